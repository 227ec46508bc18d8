"""Openings: the salts and values that open the log's commitments.

- A commitment is SHA-256 over 32 random bytes and the canonical JSON of a record. The log holds the
  commitment alone, so nobody can find a name or a number in it by guessing.
- Openings stand apart from the log, one file a batch, so that they can be sealed or erased while
  every proof of the log stays whole.

Example::

    opening = commit_to(exhibit)
    value_of(opening) == exhibit
"""

import hashlib
import json
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from quoth.custody import folder
from quoth.custody.staging import Staging
from quoth.custody.usual import usual_opening
from quoth.errors import CustodyError, RecordError
from quoth.record import wire
from quoth.record.custody import Opening
from quoth.record.kinds import Record
from quoth.terms.digest import Digest

__all__ = ["Openings", "commit_to", "commitment_in", "commitment_of", "read_opening", "value_of"]

_KIND = wire.kind_of(Opening)
_SALT = re.compile(r"[0-9a-f]{64}\Z")


def commit_to(record: Record) -> Opening:
    """A fresh opening of ``record``: 32 bytes of salt from the operating system."""
    salt, value = os.urandom(32), wire.to_bytes(record)
    return Opening(commitment=_digest(salt, value), salt=salt.hex(), value=value.decode())


def commitment_of(opening: Opening) -> Digest:
    """What the log must hold for this salt and value; raises :class:`CustodyError` for a malformed salt."""
    if not _SALT.match(opening.salt):
        raise CustodyError("an opening's salt is not 64 lowercase hexadecimal digits", hint="run: quoth audit CASE")
    return _digest(bytes.fromhex(opening.salt), opening.value.encode())


def value_of(opening: Opening) -> Record:
    """The record that was committed to."""
    return wire.from_bytes(opening.value.encode())


def read_opening(line: bytes) -> Opening:
    """The opening in a line (newline included), canonical and fitting its commitment; else :class:`CustodyError`."""
    usual = usual_opening(line)
    try:
        opening = usual or wire.from_bytes(line)
    except RecordError as err:
        raise CustodyError(f"not an opening: {err}", hint="run: quoth audit CASE") from err
    if not isinstance(opening, Opening) or (usual is None and _line_of(opening) + b"\n" != line):
        raise CustodyError("not an opening as it was written", hint="run: quoth audit CASE")
    if commitment_of(opening) != opening.commitment:
        raise CustodyError("the opening does not fit its commitment", hint="run: quoth audit CASE")
    return opening


class Openings:
    """The openings of the case at ``root``, read when asked for."""

    def __init__(self, root: str) -> None:
        self._folder = Path(root, folder.OPENINGS)
        self._where: dict[str, tuple[str, int]] = {}
        self._seen: set[str] = set()

    def stage(self, openings: Sequence[Opening], staging: Staging, *, at_entry: int) -> None:
        """Write a batch's openings to a temporary file that takes its place with the batch.

        ``at_entry`` is the log's length seen; the name begins with it, so that files sort in order.
        """
        if not openings:
            return
        descriptor, name = staging.new_file(0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(b"".join(_line_of(opening) + b"\n" for opening in openings))
        staging.place_later(name, f"{folder.OPENINGS}/{at_entry:012d}-{os.urandom(8).hex()}.jsonl")

    def names(self) -> list[str]:
        """The files, sorted; raises :class:`OSError` when the folder is gone."""
        return sorted(one.name for one in self._folder.iterdir() if one.name.endswith(".jsonl"))

    def lines(self, name: str) -> Iterator[tuple[int, bytes]]:
        """The lines of one file with their newlines, each with its offset in bytes."""
        offset = 0
        with (self._folder / name).open("rb") as source:
            for line in source:
                yield offset, line
                offset += len(line)

    def all(self) -> Iterator[Opening]:
        """Every opening; raises :class:`CustodyError` naming the file and line that does not fit."""
        for name in self.names():
            for number, (_, line) in enumerate(self.lines(name), start=1):
                yield _read(f"{folder.OPENINGS}/{name} line {number}", line)

    def find(self, commitment: Digest) -> Opening | None:
        """The opening of ``commitment``, or ``None`` when it was erased, sealed or lost."""
        if commitment not in self._where:
            self._look_through_new_files()
        where = self._where.get(commitment)
        if where is None:
            return None
        name, offset = where
        try:
            with (self._folder / name).open("rb") as source:
                source.seek(offset)
                line = source.readline()
        except FileNotFoundError:
            return None
        return _read(f"{folder.OPENINGS}/{name} at byte {offset}", line)

    def _look_through_new_files(self) -> None:
        try:
            names = self.names()
        except FileNotFoundError:
            return  # all of them erased at once
        for name in names:
            if name in self._seen:
                continue
            for offset, line in self.lines(name):
                self._where.setdefault(commitment_in(line), (name, offset))
            self._seen.add(name)


def _line_of(opening: Opening) -> bytes:
    """What ``wire.to_bytes`` gives, at a third of its cost: there is one for each file taken in."""
    return wire.canonical(
        {"commitment": opening.commitment, "salt": opening.salt, "type": _KIND, "value": opening.value}
    )


def commitment_in(line: bytes) -> str:
    """The commitment that a line names, whatever else it holds; empty when it names none."""
    try:
        value = json.loads(line)
    except ValueError:
        return ""
    found = value.get("commitment") if isinstance(value, dict) else None
    return found if isinstance(found, str) else ""


def _read(place: str, line: bytes) -> Opening:
    try:
        return read_opening(line)
    except CustodyError as err:
        raise CustodyError(f"{place}: {err}", hint=err.hint) from err


def _digest(salt: bytes, value: bytes) -> Digest:
    return Digest("sha256:" + hashlib.sha256(salt + value).hexdigest())
