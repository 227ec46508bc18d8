"""A small case for tests, and a forger who rewrites its log with chain and checkpoint made to fit."""

import hashlib
import io
import json
from pathlib import Path

from quoth.custody.checkpoint import Checkpoint, Tree
from quoth.custody.store import EntryDraft, Store
from quoth.record.custody import Action, CaseNote
from quoth.record.finding import Finding, Outcome
from quoth.terms.digest import digest_of

AT = "2031-05-02T09:00:00Z"
KEY = digest_of(b"step one")
BODIES = (b"", b"x", b"a letter\n" * 40, bytes(range(256)) * 9, b"\x00" * 1500)


def small_case(root: Path) -> Store:
    """Five objects (and the case file), six entries, five openings in two files."""
    store = Store.create(root, by="desk", at=AT)
    for number, body in enumerate(BODIES):
        ref = store.put(io.BytesIO(body))
        secret = CaseNote(title=f"Item {number}")
        key = KEY if number == 2 else None
        store.stage(EntryDraft(action=Action.RECEIVED, objects=(ref,), secret=secret, key=key))
        if number in (1, 4):
            store.commit(by="desk", at=AT)
    return store


def alarms(findings: list[Finding]) -> list[Finding]:
    return [one for one in findings if one.outcome in (Outcome.FAILS, Outcome.NOT_CHECKED)]


def log_lines(root: Path) -> list[bytes]:
    return (root / "log/entries.jsonl").read_bytes().splitlines()


def rechained(lines: list[bytes], start: int = 1) -> list[bytes]:
    """The lines with ``prev`` made to fit from ``start`` on."""
    made = lines[:start]
    for line in lines[start:]:
        value = json.loads(line)
        value["prev"] = "sha256:" + (hashlib.sha256(made[-1]).hexdigest() if made else "0" * 64)
        made.append(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())
    return made


def write_log(root: Path, lines: list[bytes], *, checkpoint: bool = True) -> None:
    (root / "log/entries.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))
    if checkpoint:
        tree = Tree()
        for line in lines:
            tree.add(line)
        origin = (root / "log/checkpoint").read_text().split("\n")[0]
        last = hashlib.sha256(lines[-1]).digest()
        made = Checkpoint(origin=origin, size=len(lines), root=tree.root(), last=last)
        (root / "log/checkpoint").write_bytes(made.to_text())


def edited(line: bytes, **changes: object) -> bytes:
    value = {**json.loads(line), **changes}
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
