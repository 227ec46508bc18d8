"""Is a case whole? Asked twice: of the audit, and of twenty lines that use nothing of the package.

A state is named by its entries without what differs from run to run (instants, salts, random names).
"""

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

from quoth.case.audit import audit_case
from quoth.case.casebook import Casebook
from quoth.custody.store import EntryDraft
from quoth.record.custody import Action
from quoth.record.finding import Outcome

AT = "2031-05-02T09:00:00Z"
NEUTRAL = "a later commit by somebody else"
ALARM = (Outcome.FAILS, Outcome.NOT_CHECKED)
_UNSIGNED = re.compile(r"entr(?:y|ies) (\d+)(?: to \d+)?\Z")
_VOLATILE = frozenset({"at", "received_at", "prev", "seq", "commitment"})


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def merkle(lines: list[bytes]) -> bytes:
    """RFC 9162, section 2.1.1, as it is written there."""
    if len(lines) == 1:
        return hashlib.sha256(b"\0" + lines[0]).digest()
    half = 1 << (len(lines) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + merkle(lines[:half]) + merkle(lines[half:])).digest()


def read_plainly(root: Path, *, gone: frozenset[str] = frozenset()) -> tuple[list[bytes], list[str]]:
    """The acknowledged lines and what is wrong with them, their objects and openings, without the package.

    ``gone`` are the hexadecimal names of objects that were erased.
    """
    faults: list[str] = []
    checkpoint = (root / "log/checkpoint").read_text().split("\n")
    lines = (root / "log/entries.jsonl").read_bytes().split(b"\n")[: int(checkpoint[1])]
    if base64.b64encode(merkle(lines)).decode() != checkpoint[2]:
        faults.append("the root is another")
    openings = {}
    for path in sorted((root / "openings").glob("*.jsonl")):
        for one in map(json.loads, path.read_bytes().splitlines()):
            made = "sha256:" + sha(bytes.fromhex(one["salt"]) + one["value"].encode())
            if made != one["commitment"]:
                faults.append(f"{path.name}: an opening does not fit")
            openings[made] = one["value"]
    prev = "0" * 64
    for number, line in enumerate(lines):
        entry = json.loads(line)
        if (entry["seq"], entry["prev"]) != (number, "sha256:" + prev):
            faults.append(f"entry {number}: chain")
        prev = sha(line)
        for ref in entry.get("objects", ()):
            name = ref.get("digest", "")[7:]
            path = root / "objects" / name[:2] / name[2:]
            if not name or (name in gone and not path.exists()):
                continue
            if not path.is_file() or sha(path.read_bytes()) != name:
                faults.append(f"entry {number}: object {name} is not here")
        if entry.get("commitment") and entry["commitment"] not in openings:
            faults.append(f"entry {number}: nothing opens it")
    return lines, faults


def names_of(lines: list[bytes], root: Path) -> list[str]:
    """Entries as texts that are equal from run to run."""
    openings = {}
    for path in (root / "openings").glob("*.jsonl"):
        for one in map(json.loads, path.read_bytes().splitlines()):
            openings[one["commitment"]] = one["value"]
    made = []
    for line in lines:
        entry = json.loads(line)
        said = json.loads(openings.get(entry.get("commitment"), "null"))
        plain = {key: value for key, value in entry.items() if key not in _VOLATILE}
        made.append(json.dumps([plain, _steady(said)], sort_keys=True))
    return made


def _steady(value: Any) -> Any:
    """A record without instants, and without the id of a decision, which is made of one."""
    if isinstance(value, dict):
        left_out = _VOLATILE | ({"id"} if value.get("type") == "decision" else set())
        return {key: _steady(one) for key, one in value.items() if key not in left_out}
    return [_steady(one) for one in value] if isinstance(value, list) else value


def alarms_of(root: Path, *, signed_below: int = 0, anchors: bool = False) -> list[str]:
    """Alarms of the audit; also entries below ``signed_below`` that a signer left unsigned."""
    made = []
    with Casebook.open_to_audit(root) as book:
        if anchors:
            findings = list(audit_case(book))
        else:
            from quoth.custody.audit import audit

            findings = list(audit(book.store))
    for one in findings:
        if one.outcome in ALARM:
            made.append(f"{one.check}: {one.subject}: {'; '.join(one.grounds)}")
        elif one.check.startswith("custody.22"):
            match = _UNSIGNED.search(one.subject)
            if match is None or int(match[1]) < signed_below:
                made.append(f"acknowledged, and not signed: {one.subject}")
    return made


def recover(root: Path) -> None:
    """What happens next to any case: somebody writes to it."""
    with Casebook.open(root) as book:
        book.store.stage(EntryDraft(action=Action.VIEWED, note=NEUTRAL))
        book.store.commit(by="somebody else", at=AT)
