"""Signatures, key changes and forks checked: who vouches for what.

- Every key change is judged by the rules of :mod:`quoth.custody.members`; one that breaks a rule changes nothing.
- A note that fails a step is not looked at further, so that the finding names the first thing that is wrong.
- An entry that names somebody who signs, and that none of their signatures covers as their own, is
  not called false: nobody can tell who wrote it.

Example::

    check = SignedCheck(root, origin, read_object)
    log.wanted |= check.sizes()
    ...
    findings = list(check.run(log))
"""

import bisect
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from quoth.custody import folder
from quoth.custody.checkpoint import SignedText, parse_signed
from quoth.custody.forks import Foreign, OwnLog, judge, read_foreign
from quoth.custody.log_check import AuditStep, LogCheck, found
from quoth.custody.members import KeyPeriod, Members
from quoth.custody.note import NoteKey, note_fault, note_name, parse_note
from quoth.custody.signed import SIG, note_place, size_in
from quoth.custody.sshsig import sshsig_fault
from quoth.errors import CustodyError
from quoth.record.finding import Finding, Outcome
from quoth.terms.digest import Digest, hex_of
from quoth.terms.merkle import EMPTY, TreeHead

__all__ = ["SignedCheck"]


class SignedCheck:
    """The signed part of the log of the case at ``root``; ``read`` gives an object, checked.

    ``against`` are checkpoints from elsewhere, by the names under which findings speak of them.
    """

    def __init__(
        self, root: Path, origin: str, *, read: Callable[[Digest], bytes], against: Mapping[str, bytes] | None = None
    ) -> None:
        self._root = root
        self._origin = origin
        self._read = read
        self._trouble: list[Finding] = []
        self._names = self._listed(folder.SIGNED)
        self._foreign = {name: (False, data) for name, data in (against or {}).items()}
        for name in self._listed(folder.FORKS):
            place = f"{folder.FORKS}/{name}"
            self._foreign[place] = (True, self._bytes_of(place))
        self._signed: dict[str, list[tuple[int, int]]] = {}
        self.members = Members(origin.removeprefix("quoth-case/"))
        self.signed_count = 0

    def sizes(self) -> set[int]:
        """The sizes of the log at which its head is needed."""
        made = {size for name in self._names if (size := size_in(name.removesuffix(SIG))) is not None}
        for _, data in self._foreign.values():
            foreign = _foreign_in(data)
            made |= {foreign.head.size} if isinstance(foreign, Foreign) else set()
        return made

    def run(self, log: LogCheck) -> Iterator[Finding]:
        """Steps 15 to 22."""
        yield from self._trouble
        yield from self._key_changes(log)
        notes = {name for name in self._names if not name.endswith(SIG)}
        for name in self._names:
            if name in notes:
                yield from self._note(name, log)
            elif name.removesuffix(SIG) not in notes:
                yield _half(f"{folder.SIGNED}/{name}", "the note it signs")
        yield from self._forks(log)
        yield from self._unsigned(log)

    def _key_changes(self, log: LogCheck) -> Iterator[Finding]:
        for entry in log.key_changes:
            # 20. a key change keeps the rules of members
            fault = self.members.take(entry, self._read)
            if fault:
                yield found(AuditStep.KEY_CHANGE, _entry(entry.seq), Outcome.FAILS, fault)

    def _note(self, name: str, log: LogCheck) -> Iterator[Finding]:
        place = f"{folder.SIGNED}/{name}"
        try:
            data = (self._root / place).read_bytes()
            # 15. it is a signed checkpoint of this case as it was written, under its own name
            text, period = self._taken_apart(place, data)
        except OSError as err:
            yield found(AuditStep.SIGNED_FORM, place, Outcome.FAILS, f"cannot be read: {err.strerror}")
            return
        except CustodyError as err:
            yield found(AuditStep.SIGNED_FORM, place, Outcome.FAILS, str(err))
            return
        # 16. both signatures over it are by one member's key
        if period is None:
            yield found(AuditStep.SIGNATURE, place, Outcome.FAILS, "is signed by a key that is no member's")
            return
        fault, at = note_fault(data, NoteKey(name=note_name(period.key), public=period.key)), place
        try:
            ssh = (self._root / (place + SIG)).read_bytes()
        except FileNotFoundError:
            yield _half(place, "the SSH signature beside it")
        except OSError as err:
            fault, at = fault or f"cannot be read: {err.strerror}", at if fault else place + SIG
        else:
            if not fault:
                fault, at = sshsig_fault(ssh, data, key=period.key), place + SIG
        if fault:
            yield found(AuditStep.SIGNATURE, at, Outcome.FAILS, fault)
            return
        yield from self._covered(place, text, period, log)

    def _taken_apart(self, place: str, data: bytes) -> tuple[SignedText, KeyPeriod | None]:
        note = parse_note(data)
        text = parse_signed(note.text)
        if text.checkpoint.origin != self._origin:
            raise CustodyError(f"is of another case: {text.checkpoint.origin}")
        short = note.signatures[0].name.removeprefix("quoth/")
        if len(note.signatures) != 1 or place != note_place(text.checkpoint.size, short):
            raise CustodyError("stands under another name than its own, or is signed by several")
        return text, next((one for one in self.members.periods if one.key.short == short), None)

    def _covered(self, place: str, text: SignedText, period: KeyPeriod, log: LogCheck) -> Iterator[Finding]:
        made, who = text.checkpoint, period.member.name
        # 17. the log had this root and this last line at that size, and still has so many entries
        if made.size > log.size:
            ground = f"{who} signed {made.size} entries, and the log has {log.size}: some were taken back"
            yield found(AuditStep.SIGNED_LOG, place, Outcome.FAILS, ground)
            return
        head, last = log.heads[made.size]
        if head.root != made.root or bytes.fromhex(hex_of(last)) != made.last:
            ground = f"{who} signed another history: the first {made.size} entries are not those"
            yield found(AuditStep.SIGNED_LOG, place, Outcome.FAILS, ground)
            return
        # 18. the key was in force for these entries
        if not period.covers(text.first, made.size):
            ground = f"this key of {who} was not in force from entry {text.first} to entry {made.size - 1}"
            yield found(AuditStep.KEY_IN_FORCE, place, Outcome.FAILS, ground)
            return
        # 19. the entries signed as their own say that they are theirs
        foreign = _authors(log, text.first, made.size) - {who}
        if foreign:
            ground = f"{who} signed entries of {', '.join(sorted(foreign))} as their own"
            yield found(AuditStep.OWN_ENTRIES, place, Outcome.FAILS, ground)
            return
        self._signed.setdefault(who, []).append((text.first, made.size))
        self.signed_count += 1

    def _forks(self, log: LogCheck) -> Iterator[Finding]:
        def head_at(size: int) -> TreeHead | None:
            if size == 0:
                return TreeHead(size=0, root=EMPTY)
            return log.head() if size == log.size else log.heads[size][0] if size in log.heads else None

        own = OwnLog(origin=self._origin, size=log.size, head_at=head_at)
        for name, (kept, data) in self._foreign.items():
            foreign = _foreign_in(data)
            # 21. no other history of this log is known
            if isinstance(foreign, str):
                outcome: Outcome = Outcome.FAILS if kept else Outcome.NOT_CHECKED
                yield found(AuditStep.FORK, name, outcome, foreign)
                continue
            outcome, grounds = judge(foreign, own, members=self.members)
            yield found(AuditStep.FORK, name, outcome, *grounds)

    def left_unsigned(self, log: LogCheck) -> Iterator[tuple[str, int, int]]:
        """Entries of people who sign that no signature of theirs covers: name, first, one after the last."""
        since: dict[str, int] = {}
        for one in self.members.periods:
            since.setdefault(one.member.name, one.since)
        for by, start, end in _runs(log):
            if by in since and end > since[by]:
                for first, size in _left(max(start, since[by]), end, self._signed.get(by, [])):
                    yield by, first, size

    def _unsigned(self, log: LogCheck) -> Iterator[Finding]:
        # 22. whoever signs has signed their entries
        for by, first, size in self.left_unsigned(log):
            place = _entry(first) if size == first + 1 else f"{folder.ENTRIES} entries {first} to {size - 1}"
            ground = f"{by} signs, and signed none of this: written without their key, or cut off by a crash"
            yield found(AuditStep.UNSIGNED, place, Outcome.CANNOT_TELL, ground)

    def _listed(self, place: str) -> list[str]:
        try:
            return sorted(one.name for one in (self._root / place).iterdir())
        except (FileNotFoundError, NotADirectoryError):  # a file of this name is foreign, and named as such
            return []
        except OSError as err:
            self._trouble.append(found(AuditStep.SIGNED_FORM, place, Outcome.FAILS, f"cannot be read: {err.strerror}"))
            return []

    def _bytes_of(self, place: str) -> bytes:
        try:
            return (self._root / place).read_bytes()
        except OSError:
            return b""  # read as no checkpoint, and named


def _runs(log: LogCheck) -> Iterator[tuple[str, int, int]]:
    """Who wrote which entries without a break: name, first, one after the last."""
    if not log.authors:  # no entry that can be read
        return
    ends = [start for _, start in log.authors[1:]]
    for (by, start), end in zip(log.authors, [*ends, log.size], strict=True):
        yield by, start, end


def _authors(log: LogCheck, first: int, size: int) -> set[str]:
    """Who wrote the entries from ``first`` to before ``size``."""
    begin = bisect.bisect_right(log.authors, first, key=_start) - 1
    return {by for by, _ in log.authors[max(begin, 0) : bisect.bisect_left(log.authors, size, key=_start)]}


def _start(run: tuple[str, int]) -> int:
    return run[1]


def _left(start: int, end: int, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What of ``start`` to ``end`` no span covers."""
    for first, size in sorted(spans):
        if size <= start or first >= end:
            continue
        if first > start:
            yield start, first
        start = max(start, size)
    if start < end:
        yield start, end


def _foreign_in(data: bytes) -> Foreign | str:
    try:
        return read_foreign(data)
    except CustodyError as err:
        return str(err)


def _half(place: str, missing: str) -> Finding:
    return found(AuditStep.NOTED, place, Outcome.CANNOT_TELL, f"{missing} is missing: cut off by a crash, or lost")


def _entry(number: int) -> str:
    return f"{folder.ENTRIES} entry {number}"
