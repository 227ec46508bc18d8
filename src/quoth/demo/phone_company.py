"""The telephone company: an extract of its ledger with planted rows.

Three of the four held calls have a row. The switch clock runs 19 seconds behind
the caller's; lengths are counted from the answer and rounded up to the second.
Callers' mobile numbers are shortened, and near misses are planted on purpose.
All numbers lie in the ranges that Ofcom keeps for drama.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

__all__ = ["CLOCK_BEHIND", "Row", "as_csv", "ledger", "matches"]

CLOCK_BEHIND = 19
_ROWS = 2000
_FIRST = datetime.fromisoformat("2022-10-01T05:40:00")
_LAST = datetime.fromisoformat("2024-04-30T22:00:00")
_OPEN, _MASKED = "+44 1632 960{:03d}", "+44 7700 900***"
_PREAMBLE = """\
HARBOUR TELECOM;EXTRACT FROM THE CALL LEDGER;;;;;
Exchange;Kelsund Port;;;;;
Period;01.10.2022 to 30.04.2024;;;;;
Made on;02.05.2024 08:15;by the switch room;;;;
Times;switch clock, UTC+2 all year;;;;;
Length;seconds from the answer, rounded up;;;;;
Calling;mobile numbers shortened (***) by order of the board;;;;;
;;;;;;
Line no.;Date;Time;Length;Calling;Called;Result
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the ledger; `at` is the switch clock."""

    at: datetime
    length: int
    calling: str
    called: str
    result: str
    call: int | None = None


def _landline(number: int) -> str:
    return _OPEN.format(number)


def _shown(number: str) -> str:
    """+441632960114 as the company writes it; mobile numbers are shortened."""
    if number.startswith("+447700900"):
        return _MASKED
    return _landline(int(number[-3:]))


def _traffic(dice: random.Random, count: int, watched: list[int]) -> list[Row]:
    span = int((_LAST - _FIRST).total_seconds())
    lines = watched + dice.sample(range(380, 700), 160 - len(watched))
    rows: list[Row] = []
    while len(rows) < count:
        at = _FIRST + timedelta(seconds=int(dice.random() * span))
        if not 6 <= at.hour < 22:
            continue
        length = max(1, int(10 ** (0.7 + dice.random() * 2.1)))
        result = "answered"
        draw = dice.random()
        if draw < 0.16:
            length, result = 0, "no answer"
        elif draw < 0.22:
            length, result = 0, "busy"
        mobile = dice.random() < 0.55
        calling = _MASKED if mobile else _landline(lines[int(dice.random() ** 2 * 160)])
        called = _landline(lines[int(dice.random() ** 2 * 160)])
        if called != calling:
            rows.append(Row(at=at, length=length, calling=calling, called=called, result=result))
    return rows


def _planted(calls: list[dict[str, Any]]) -> list[Row]:
    rows: list[Row] = []
    for call in calls:
        if not call.get("row"):
            continue
        start = datetime.fromisoformat(call["started"]).replace(tzinfo=None)
        rows.append(
            Row(
                at=start - timedelta(seconds=CLOCK_BEHIND),
                length=call["seconds"],
                calling=_shown(call["caller"]),
                called=_shown(call["called"]),
                result="answered",
                call=call["number"],
            )
        )
    return rows


def _near_misses(calls: list[dict[str, Any]]) -> list[Row]:
    rows: list[Row] = []
    for call in calls:
        for at, length, called in call.get("near_misses", ()):
            rows.append(
                Row(
                    at=datetime.fromisoformat(at),
                    length=length,
                    calling=_MASKED,
                    called=_shown(called),
                    result="answered" if length else "no answer",
                )
            )
    return rows


def ledger(calls: list[dict[str, Any]]) -> list[Row]:
    """All rows of the extract in the order of the switch clock."""
    special = _planted(calls) + _near_misses(calls)
    watched = {_shown(call["called"]): int(call["called"][-3:]) for call in calls}
    rows = [
        row
        for row in _traffic(random.Random(1632), _ROWS * 2, list(watched.values()))  # noqa: S311  a fixed seed is wanted
        if row.called not in watched or row.calling != _MASKED
    ]
    return sorted(
        rows[: _ROWS - len(special)] + special,
        key=lambda row: (row.at, row.called, row.length),
    )


def as_csv(rows: list[Row]) -> str:
    """The file as the company gave it: preamble, rows, a line of totals."""
    lines = [
        f"{number};{row.at:%d.%m.%Y};{row.at:%H:%M:%S};{row.length};{row.calling};{row.called};{row.result}\n"
        for number, row in enumerate(rows, 1)
    ]
    total = sum(row.length for row in rows)
    return _PREAMBLE + "".join(lines) + f"Total;;{len(rows)} calls;{total};;;\n"


def matches(calls: list[dict[str, Any]], rows: list[Row]) -> list[dict[str, Any]]:
    """Recording to ledger line, or to nothing, as planted."""
    lines = {row.call: (number, row) for number, row in enumerate(rows, 1) if row.call}
    found: list[dict[str, Any]] = []
    for call in calls:
        entry: dict[str, Any] = {"call": call["number"], "held": call["held"], "record": None}
        if call["held"]:
            entry["recording"] = f"calls/call-{call['number']}.opus"
            entry["started"] = call["started"]
        if call["number"] in lines:
            number, row = lines[call["number"]]
            entry["record"] = {
                "file": "calls/harbour-telecom.csv",
                "line_no": str(number),
                "start": row.at.isoformat() + "+02:00",
                "seconds": row.length,
                "calling": row.calling,
                "called": row.called,
            }
        entry["near_misses"] = [
            {"start": at + "+02:00", "seconds": length, "called": _shown(called)}
            for at, length, called in call.get("near_misses", ())
        ]
        found.append(entry)
    return found
