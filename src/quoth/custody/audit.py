"""Every promise of the case on disk, checked again byte by byte.

- A finding names the exact file or entry. Only *fails* and *not checked* are alarms; *cannot tell* is
  a note: an opening that was erased or lost, an object that no entry names, bytes set aside.
- The audit trusts nothing that the store remembers: it reads the files again.
- It writes nothing and takes no lock; writers may go on meanwhile.
- Numbers in the comments are the numbers in :class:`AuditStep`; each has its attack in ``tests/attacks``.

Example::

    alarms = [one for one in audit(store) if one.outcome in (Outcome.FAILS, Outcome.NOT_CHECKED)]
"""

from collections.abc import Callable, Iterator, Mapping

from quoth.custody import folder
from quoth.custody.log_check import AuditStep, LogCheck, found
from quoth.custody.openings import Openings, read_opening
from quoth.custody.signed_check import SignedCheck
from quoth.custody.staging import Staging
from quoth.custody.store import Store
from quoth.custody.vault import READ, Vault, hash_file, place_of
from quoth.errors import CaseError, CustodyError
from quoth.record.finding import Finding, Outcome
from quoth.terms.digest import Digest, digest_of

__all__ = ["AuditStep", "audit"]

_LIMITS = (
    "entries that nobody signed can be rewritten, with their checkpoint, by whoever can write this disk",
    "compare the Merkle root with one that was kept elsewhere to see that nothing was taken back",
    "the audit says that bytes are those received, not that what they say is so",
)


def audit(
    store: Store,
    *,
    progress: Callable[[int, int], None] | None = None,
    against: Mapping[str, bytes] | None = None,
) -> Iterator[Finding]:
    """Findings about every object, entry, signature and opening; a summary that *holds* when there is no alarm.

    ``progress`` is called with the bytes of objects hashed so far and the bytes in all; ``against`` are
    checkpoints from elsewhere by name.
    """
    made = _Audit(store, against or {})
    for finding in made.run(progress):
        made.alarms += finding.outcome in (Outcome.FAILS, Outcome.NOT_CHECKED)
        made.notes += finding.outcome is Outcome.CANNOT_TELL
        yield finding
    if not made.alarms:
        yield made.summary()


class _Audit:
    """What one run has seen."""

    def __init__(self, store: Store, against: Mapping[str, bytes]) -> None:
        self._root = store.root
        self._log = LogCheck(store.root, store.case_file.origin)
        self._origin = store.case_file.origin
        self._signed = SignedCheck(store.root, self._origin, read=store.read_object, against=against)
        self._log.wanted |= self._signed.sizes()
        self._vault = Vault(str(store.root), Staging(str(store.root)))
        self._openings = Openings(str(store.root))
        self._sizes: dict[Digest, int] = {}
        self._bad: set[Digest] = set()
        self._opened = 0
        self.alarms = 0
        self.notes = 0

    def run(self, progress: Callable[[int, int], None] | None) -> Iterator[Finding]:
        """All steps, the log first: what it names was in its place before it was named."""
        yield from self._log.run()
        yield from self._signed.run(self._log)
        yield from self._case_file()
        yield from self._readable(self._objects(progress), AuditStep.BYTES, folder.OBJECTS)
        yield from self._named()
        yield from self._readable(self._opening_files(), AuditStep.OPENING, folder.OPENINGS)

    def _readable(self, findings: Iterator[Finding], step: AuditStep, place: str) -> Iterator[Finding]:
        """The findings; one more that fails where the folder they are about is gone or closed to us."""
        try:
            yield from findings
        except OSError as err:
            yield found(step, place, Outcome.FAILS, f"cannot be read: {err.strerror}")

    def summary(self) -> Finding:
        """The one finding of an audit without an alarm."""
        held = sum(self._sizes.values())
        grounds = (
            f"{len(self._sizes)} objects ({held} bytes) hold the bytes that their names say",
            f"{self._log.size} entries in one chain, Merkle root {self._log.root_text}",
            f"{self._opened} openings fit their commitments",
            f"{self._signed.signed_count} signed checkpoints by {len(self._signed.members.periods)} keys of members",
            f"{self.notes} notes",
        )
        made = found(AuditStep.SUMMARY, self._origin, Outcome.HOLDS, *grounds)
        return Finding(
            id=made.id,
            check=made.check,
            subject=made.subject,
            outcome=made.outcome,
            grounds=grounds,
            limits=_LIMITS,
            tool=made.tool,
            version=made.version,
        )

    def _case_file(self) -> Iterator[Finding]:
        try:
            data = (self._root / folder.CASE_FILE).read_bytes()
        except OSError as err:
            yield found(AuditStep.CASE_FILE, folder.CASE_FILE, Outcome.FAILS, f"cannot be read: {err.strerror}")
            return
        # 1. the case file is canonical JSON of a format that we know
        try:
            folder.read_case_text(data)
        except CaseError as err:
            yield found(AuditStep.CASE_FILE, folder.CASE_FILE, Outcome.FAILS, str(err))
        # 2. its bytes are those that entry 0 names
        first = self._log.first
        named = () if first is None else tuple(ref.digest for ref in first.objects)
        if named != (digest_of(data),):
            ground = "entry 0 of the log names other bytes"
            yield found(AuditStep.CASE_NAMED, folder.CASE_FILE, Outcome.FAILS, ground)

    def _objects(self, progress: Callable[[int, int], None] | None) -> Iterator[Finding]:
        total = sum(size for _, _, size in self._vault.listing()) if progress is not None else 0
        named = dict(iter(self._log.objects))
        buffer, done = memoryview(bytearray(READ)), 0
        for place, digest, size in self._vault.listing():
            # 8. in objects/ there are objects and nothing else
            if digest is None:
                ground = "no object has this name, or it is not a plain file"
                yield found(AuditStep.FOREIGN, place, Outcome.FAILS, ground)
                continue
            # 9. an object's bytes have the digest that is its name
            try:
                actual, read = hash_file(self._vault.path(digest), buffer)
            except OSError as err:
                self._bad.add(digest)
                yield found(AuditStep.BYTES, place, Outcome.NOT_CHECKED, f"cannot be read: {err.strerror}")
                continue
            if actual != digest:
                self._bad.add(digest)
                ground = _difference(read, named.get(digest), actual if actual in named else None)
                yield found(AuditStep.BYTES, place, Outcome.FAILS, ground)
            else:
                self._sizes[digest] = read
                if digest not in named:
                    ground = "whole, but no entry names it: left over from a batch that was never acknowledged"
                    yield found(AuditStep.NOTED, place, Outcome.CANNOT_TELL, ground)
            done += size
            if progress is not None:
                progress(done, total)

    def _named(self) -> Iterator[Finding]:
        for (digest, size), number in self._log.objects.items():
            if digest in self._bad:
                continue
            # 23. what was erased and not received again since is gone
            if digest in self._log.erased:
                yield self._erased(digest)
            # 10. every object that an entry names is here
            elif digest not in self._sizes:
                ground = f"missing; entry {number} of the log names it ({size} bytes)"
                yield found(AuditStep.PRESENT, place_of(digest), Outcome.FAILS, ground)
            # 11. it has the size that the entry says
            elif self._sizes[digest] != size:
                ground = f"says {size} bytes for {place_of(digest)}, which has {self._sizes[digest]}"
                yield found(AuditStep.SIZE, f"{folder.ENTRIES} entry {number}", Outcome.FAILS, ground)

    def _erased(self, digest: Digest) -> Finding:
        number = self._log.erased[digest]
        what = "sealed" if digest in self._log.sealed else "erased"
        if digest in self._sizes:
            ground = f"entry {number} of the log says that it was {what}, and it is here"
            return found(AuditStep.ERASED, place_of(digest), Outcome.FAILS, ground)
        return found(AuditStep.ERASED, place_of(digest), Outcome.HOLDS, f"gone: {what} by entry {number} of the log")

    def _opening_files(self) -> Iterator[Finding]:
        missing = dict(self._log.commitments)
        yield from self._foreign_openings()
        for name in self._openings.names():
            number = 0
            for number, (_, line) in enumerate(self._openings.lines(name), start=1):
                place = f"{folder.OPENINGS}/{name} line {number}"
                # 12. an opening is canonical and fits its commitment
                try:
                    commitment = read_opening(line).commitment
                except CustodyError as err:
                    yield found(AuditStep.OPENING, place, Outcome.FAILS, str(err))
                    continue
                self._opened += 1
                # 14. what is left over or was erased is noted
                if commitment not in self._log.commitments:
                    ground = "no entry has this commitment: left over from a batch that was never acknowledged"
                    yield found(AuditStep.NOTED, place, Outcome.CANNOT_TELL, ground)
                missing.pop(commitment, None)
            if number == 0:
                yield found(AuditStep.OPENING, f"{folder.OPENINGS}/{name}", Outcome.FAILS, "is empty")
        for commitment, entry in missing.items():
            if entry in self._log.closed:
                ground = f"gone: its opening was erased or sealed by entry {self._log.closed[entry]}"
                yield found(AuditStep.ERASED, f"{folder.ENTRIES} entry {entry}", Outcome.HOLDS, ground)
                continue
            ground = f"nothing opens {commitment}: erased, sealed or lost"
            yield found(AuditStep.NOTED, f"{folder.ENTRIES} entry {entry}", Outcome.CANNOT_TELL, ground)

    def _foreign_openings(self) -> Iterator[Finding]:
        names = set(self._openings.names())
        for one in sorted((self._root / folder.OPENINGS).iterdir()):
            if one.name not in names or one.is_symlink() or not one.is_file():
                place = f"{folder.OPENINGS}/{one.name}"
                yield found(AuditStep.FOREIGN, place, Outcome.FAILS, "no file of the case has this name")


def _difference(read: int, expected: int | None, other: Digest | None) -> str:
    """What happened to an object, in words."""
    if other is not None:
        return f"swapped: holds the bytes of {place_of(other)}"
    if read == 0:
        return "empty"
    if expected is not None and read < expected:
        return f"cut short: {read} of {expected} bytes"
    if expected is not None and read > expected:
        return f"longer than it was: {read} bytes instead of {expected}"
    return "changed: the bytes have another digest than the name"
