"""What was chosen for a bundle, checked against its log.

- Exhibits, proofs, openings and further objects are each tied to an entry of the log, or refused.
- Numbers in the comments are those of :class:`BundleStep`.

Example::

    packed = PackedCheck(parcel, index, log=log, keys=keys)
    for step, faults, words in packed.steps(payload): ...
"""

import contextlib
from collections.abc import Iterator, Mapping, Sequence

from quoth.custody import bundle_layout as layout
from quoth.custody import folder
from quoth.custody.bundle_layout import BundleIndex, BundleStep, PackedExhibit, proof_place, stamp_place
from quoth.custody.log_check import LogCheck
from quoth.custody.note import NoteKey
from quoth.custody.openings import read_opening, value_of
from quoth.custody.parcel import Parcel
from quoth.custody.proofs import inclusion_text_fault, parse_inclusion_text
from quoth.custody.stamp import stamps_in
from quoth.errors import CustodyError, RecordError
from quoth.record import wire
from quoth.record.custody import Action, CustodyEntry, Opening
from quoth.record.exhibit import Exhibit
from quoth.terms.digest import Digest, hex_of
from quoth.terms.merkle import inclusion_fault, leaf_hash

__all__ = ["PackedCheck", "opened_in"]

Faults = Iterator[tuple[str, str]]


def opened_in(parcel: Parcel) -> Iterator[tuple[int, Opening]]:
    """Line and opening of everything opened in a bundle; raises :class:`CustodyError` naming the line."""
    if layout.OPENED not in parcel.sizes:
        return
    *lines, rest = parcel.read(layout.OPENED).split(b"\n")
    if rest or not lines:
        raise CustodyError(f"{layout.OPENED} does not end with a whole line")
    for number, line in enumerate(lines, 1):
        try:
            yield number, read_opening(line + b"\n")
        except CustodyError as err:
            raise CustodyError(f"{layout.OPENED} line {number}: {err}") from err


class PackedCheck:
    """Steps 19 to 23 over one bundle, after its log was read."""

    def __init__(self, parcel: Parcel, index: BundleIndex, *, log: LogCheck, keys: Sequence[NoteKey]) -> None:
        self._parcel = parcel
        self._index = index
        self._log = log
        self._keys = keys
        self._lines = dict(self._wanted_lines())

    def steps(self, payload: Mapping[str, str]) -> Iterator[tuple[BundleStep, Faults, str]]:
        """The steps with what is wrong in them, and the words for when nothing is."""
        count = len(self._index.exhibits)
        words = f"{count} exhibits have the bytes that entries of the log received"
        yield BundleStep.EXHIBITS, self._exhibits(payload), words
        yield BundleStep.PROOFS, self._proofs(), f"{count} proofs lead from an entry to a checkpoint"
        yield BundleStep.OPENINGS, self._openings(), "what is opened fits what the log commits to"
        yield BundleStep.OBJECTS, self._objects(payload), "further objects are named by the log"
        stamps = {number for path in self._parcel.sizes if (number := layout.stamp_entry(path)) is not None}
        words = f"{len(stamps)} time stamps are those that the log names (VERIFY.txt asks openssl about them)"
        yield BundleStep.STAMPS, self._stamps(sorted(stamps), payload), words

    def _exhibits(self, payload: Mapping[str, str]) -> Faults:
        for one in self._index.exhibits:
            # 19. the file has the digest and size that the entry received, and was not erased since
            entry = self._entry(one.entry)
            named = entry is not None and any((ref.digest, ref.size) == (one.digest, one.size) for ref in entry.objects)
            if entry is None or not named or entry.action is not Action.RECEIVED:
                yield one.file, f"entry {one.entry} of the log received no such bytes"
            elif payload.get(one.file) != hex_of(one.digest):
                yield one.file, "has other bytes than the list of contents says"
            elif one.digest in self._log.erased:
                yield one.file, f"was erased by entry {self._log.erased[one.digest]}"

    def _proofs(self) -> Faults:
        for one in self._index.exhibits:
            fault = self._proof_fault(one)
            if fault:
                yield proof_place(one.entry), fault

    def _proof_fault(self, exhibit: PackedExhibit) -> str:
        # 20. the proof is of this entry's line, and leads to a checkpoint of this log, signed where people sign
        try:
            data = self._parcel.read(proof_place(exhibit.entry))
            proof = parse_inclusion_text(data)
            unsigned = self._parcel.read(f"data/{folder.CHECKPOINT}")
        except CustodyError as err:
            return str(err)
        if proof.index != exhibit.entry or proof.line != self._lines.get(exhibit.entry):
            return f"is the proof of another entry than {exhibit.entry}"
        if b"\n\n" in proof.checkpoint:
            fault = inclusion_text_fault(data, origin=self._index.origin, keys=self._keys)
        elif proof.checkpoint != unsigned:
            fault = "its checkpoint is neither signed nor that of the log"
        else:
            fault = inclusion_fault(proof.path, leaf_hash(proof.line), index=proof.index, head=proof.head)
        head = self._log.heads.get(proof.head.size)
        if not fault and (head is None or head[0] != proof.head):
            fault = "its checkpoint is of another history than the log"
        return fault

    def _openings(self) -> Faults:
        # 21. every opening is canonical, fits a commitment of the log, and speaks of the bytes of that entry
        seen: set[Digest] = set()
        try:
            for number, opening in opened_in(self._parcel):
                place = f"{layout.OPENED} line {number}"
                entry = self._log.commitments.get(opening.commitment)
                if entry is None or opening.commitment in seen:
                    yield place, "opens nothing of this log" if entry is None else "is there twice"
                    continue
                seen.add(opening.commitment)
                value, received = value_of(opening), self._entry(entry)
                digests = [ref.digest for ref in received.objects] if received else []
                if isinstance(value, Exhibit) and value.digest is not None and value.digest not in digests:
                    yield place, f"speaks of other bytes than entry {entry}"
        except (CustodyError, RecordError) as err:
            yield layout.OPENED, str(err)

    def _objects(self, payload: Mapping[str, str]) -> Faults:
        # 22. further objects are named by the log and not erased; a whole bundle has all of them
        named = {digest for digest, _ in self._log.objects} - self._log.erased.keys()
        for path, digest in payload.items():
            if path.startswith(f"{layout.OBJECTS}/") and Digest(f"sha256:{digest}") not in named:
                yield path, "no entry of the log names it, or it was erased"
        if self._index.whole:
            missing = {hex_of(digest) for digest in named} - set(payload.values())
            yield from (
                (f"object {one}", "is missing, in a bundle that is said to be whole") for one in sorted(missing)
            )

    def _stamps(self, numbers: Sequence[int], payload: Mapping[str, str]) -> Faults:
        for number in numbers:
            # 23. request, certificates and answer are those of the entry, and what was stamped is here
            entry = self._entry(number)
            log = stamps_in(() if entry is None else (entry,))
            place = stamp_place(number, "*")
            for kept in (*log.answered, *log.proofs):
                parts = {"tsq": kept.request, "pem": kept.certificates, "tsr": kept.answer}
                for ending, digest in ({"ots": kept.answer} if kept.request is None else parts).items():
                    if digest is None or payload.get(stamp_place(number, ending)) != hex_of(digest):
                        yield stamp_place(number, ending), f"is not what entry {number} of the log names"
                if kept.subject.digest is None or self._of(number, payload) != hex_of(kept.subject.digest):
                    yield stamp_place(number, "sha256"), f"names other bytes than entry {number} of the log"
            if not (log.answered or log.proofs):
                yield place, f"entry {number} of the log keeps no time stamp"

    def _of(self, number: int, payload: Mapping[str, str]) -> str:
        """The digest of what was stamped, where a file of the bundle has it."""
        place = stamp_place(number, "sha256")
        line = self._parcel.read(place, most=1 << 12).decode("ascii", "replace") if place in self._parcel.sizes else ""
        digest, _, path = line.removesuffix("\n").partition("  ")
        return digest if payload.get(path) == digest and line.endswith("\n") else ""

    def _entry(self, number: int) -> CustodyEntry | None:
        try:
            made = wire.from_bytes(self._lines[number])
        except (KeyError, RecordError):
            return None
        return made if isinstance(made, CustodyEntry) else None

    def _wanted_lines(self) -> Iterator[tuple[int, bytes]]:
        wanted = {one.entry for one in self._index.exhibits}
        wanted |= {number for path in self._parcel.sizes if (number := layout.stamp_entry(path)) is not None}
        with contextlib.suppress(CustodyError, RecordError):  # step 21 says so
            wanted |= {self._log.commitments.get(one.commitment, -1) for _, one in opened_in(self._parcel)}
        for number, line in _lines(self._parcel):
            if number in wanted:
                yield number, line


def _lines(parcel: Parcel) -> Iterator[tuple[int, bytes]]:
    """The lines of the log without their newlines, numbered from 0."""
    if f"data/{folder.ENTRIES}" not in parcel.sizes:
        return
    with parcel.open(f"data/{folder.ENTRIES}") as source:
        for number, line in enumerate(source):
            yield number, line.removesuffix(b"\n")
