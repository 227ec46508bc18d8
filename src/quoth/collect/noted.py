"""Records that people note in ``provenance.toml``: evidence cited, requests, open matters.

- Names come from what is said, so that reading a file twice adds nothing.
- A table's keys are taken one by one; what is left over at the end is unknown and refused.

Example::

    records = records_in(Table({"question": [{"text": "Who answered?"}]}, path="", where="provenance.toml",
                               read_date=iso_when))
"""

import datetime
import enum
import typing
from collections.abc import Callable, Iterator

from quoth.collect.citing import cited_exhibit
from quoth.errors import CollectError, QuothError
from quoth.record.exhibit import Availability, Citation, Exhibit, RequestOutcome
from quoth.record.hypothesis import Gap, Hypothesis, Question
from quoth.record.request import Request
from quoth.terms.ident import ident
from quoth.terms.when import When

__all__ = ["Table", "records_in"]

_HINT = "see docs/collect.md for the keys of provenance.toml"
_LARGEST = 2**53
_Enum = typing.TypeVar("_Enum", bound=enum.Enum)


class Table:
    """A TOML table whose keys are taken one by one; each error names the path of its key."""

    def __init__(self, held: dict[str, typing.Any], *, path: str, where: str, read_date: Callable[[str], When]) -> None:
        self._held = held
        self._left = dict(held)
        self._path = path
        self._where = where
        self._read_date = read_date
        self._below: list[Table] = []

    def refuse(self, key: str, why: str) -> CollectError:
        """The error for ``key``, with its path."""
        path = f"{self._path}.{key}" if self._path else key
        return CollectError(f"{self._where}: {path}: {why}", hint=_HINT)

    def text(self, key: str, *, required: bool = False) -> str:
        """Text without space around it; empty where the key is missing and not required."""
        value = self._left.pop(key, "")
        if not isinstance(value, str):
            raise self.refuse(key, f"expected text, found {_called(value)}")
        if required and not value.strip():
            raise self.refuse(key, "missing or empty" if key in self._held else "missing")
        return value.strip()

    def date(self, key: str) -> When | None:
        """A TOML date, or words read as a date; ``None`` where the key is missing or empty."""
        value = self._left.pop(key, None)
        if isinstance(value, datetime.datetime):
            iso = value.date().isoformat()
            return When(words=value.isoformat(), earliest=iso, latest=iso, edtf=iso)
        if isinstance(value, datetime.date):
            value = value.isoformat()
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            raise self.refuse(key, f"expected a date or words, found {_called(value)}")
        try:
            return self._read_date(value)
        except QuothError as err:
            raise self.refuse(key, str(err)) from err

    def lines(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty where the key is missing."""
        value = self._left.pop(key, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.refuse(key, "expected a list of texts")
        return tuple(one.strip() for one in value)

    def count(self, key: str) -> int:
        """A whole number from 0."""
        value = self._left.pop(key, None)
        if type(value) is not int or not 0 <= value < _LARGEST:
            raise self.refuse(key, f"expected a whole number, found {_called(value)}")
        return value

    def choice(self, key: str, default: _Enum) -> _Enum:
        """One of the values of ``default``'s enumeration."""
        value = self.text(key)
        if not value:
            return default
        for member in type(default):
            if member.value == value:
                return member
        allowed = ", ".join(member.value for member in type(default))
        raise self.refuse(key, f"expected one of {allowed}, found {value!r}")

    def tables(self, key: str, *, single: bool = False) -> Iterator["Table"]:
        """The table (``single``) or the tables of a list under ``key``; none where it is missing."""
        if key not in self._left:
            return
        value = self._left.pop(key)
        if single:
            value = [value]
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            raise self.refuse(key, f"expected {'[' + key + ']' if single else '[[' + key + ']]'}")
        for place, one in enumerate(value, start=1):
            path = key if single else f"{key}[{place}]"
            below = Table(one, path=path, where=self._where, read_date=self._read_date)
            self._below.append(below)
            yield below

    def finish(self) -> None:
        """Raise :class:`CollectError` for the first key that nobody took, here or below."""
        for key in self._left:
            raise self.refuse(key, "unknown key")
        for below in self._below:
            below.finish()


def _called(value: object) -> str:
    if value is None:
        return "nothing"
    kinds = {bool: "true or false", int: "a number", float: "a number", str: "text", list: "a list", dict: "a table"}
    return kinds.get(type(value), "a date")


def records_in(table: Table) -> tuple[Exhibit | Request | Hypothesis | Question | Gap, ...]:
    """The records in the lists ``cited``, ``request``, ``hypothesis``, ``question``, ``announced``."""
    return (
        *map(_cited, table.tables("cited")),
        *map(_request, table.tables("request")),
        *map(_hypothesis, table.tables("hypothesis")),
        *map(_question, table.tables("question")),
        *map(_announced, table.tables("announced")),
    )


def _cited(table: Table) -> Exhibit:
    return cited_exhibit(
        table.text("title", required=True),
        Citation(
            said_by=table.text("said_by", required=True),
            description=table.text("description"),
            availability=table.choice("availability", Availability.UNKNOWN),
            held_by=table.text("held_by"),
            terms=table.text("terms"),
            asked_on=table.date("asked_on"),
            outcome=table.choice("outcome", RequestOutcome.NOT_ASKED),
        ),
    )


def _request(table: Table) -> Request:
    to, how, put = table.text("to", required=True), table.text("how"), table.text("put")
    sent = table.date("sent_on")
    return Request(
        id=ident("e", to, how, put, sent.words if sent else ""),
        to=to,
        how=how,
        put=put,
        sent=sent,
        reply=table.text("reply"),
        replied=table.date("replied_on"),
        as_of=table.date("as_of"),
        asked_by=table.text("asked_by"),
    )


def _hypothesis(table: Table) -> Hypothesis:
    text = table.text("text", required=True)
    return Hypothesis(
        id=ident("t", text),
        text=text,
        put_by=table.text("put_by"),
        fits=table.lines("fits"),
        strains=table.lines("strains"),
    )


def _question(table: Table) -> Question:
    text = table.text("text", required=True)
    return Question(id=ident("u", text), text=text)


def _announced(table: Table) -> Gap:
    what, by = table.text("what", required=True), table.text("by")
    announced = table.count("announced")
    return Gap(
        id=ident("g", what, announced, by),
        what=what,
        announced=announced,
        grounds=(f"announced by {by}",) if by else (),
    )
