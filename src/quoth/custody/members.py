"""Who may sign in a case, and the rules for key changes.

- A key change is an entry *key-changed*: its first object is a :class:`Member` record, the others are SSH
  signatures over that record's bytes, so that ``ssh-keygen -Y verify`` can check each of them.
- The first key signs itself in. Another person's is brought in by a member; a new one in an old one's
  place is signed by both; in a *lost* one's place it needs the signature of a second member.
- A key stands for one person, once: no key comes back, none serves two.
- A change that breaks a rule changes nothing.

Example::

    members = Members("0a" * 16)
    members.take(entry, store.read_object)   # why it is refused; empty where it came into force
    members.at("Ada", 41)                    # the key that signs for Ada from entry 41 on
"""

import dataclasses
import re
import unicodedata
from collections.abc import Callable

from quoth.custody.signing import PublicKey, SigningKey
from quoth.custody.sshsig import parse_sshsig, ssh_sign, sshsig_fault
from quoth.errors import CustodyError, RecordError
from quoth.record import wire
from quoth.record.custody import CustodyEntry, KeyStep, Member
from quoth.terms.digest import Digest
from quoth.terms.ident import ident

__all__ = ["KeyPeriod", "Members", "is_plain_name", "member_id", "prepare"]

_BAD_IN_A_NAME = re.compile(r'["*?!,\\+\s]')
_LONGEST_NAME = 64


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class KeyPeriod:
    """A key in force from entry ``since`` on, before entry ``until`` (``None``: to this day)."""

    member: Member
    key: PublicKey
    since: int
    until: int | None = None

    def covers(self, first: int, size: int) -> bool:
        """Whether it may sign for the entries from ``first`` to before ``size``."""
        return self.since <= first and (self.until is None or size <= self.until)


def is_plain_name(name: str) -> bool:
    """Whether entries, notes and allowed-signers files can all carry the name as it is; inner spaces are fine."""
    inner = name.replace(" ", "")
    printable = inner.isprintable() and not _BAD_IN_A_NAME.search(inner)
    trimmed = 0 < len(name) <= _LONGEST_NAME and name == name.strip() and "  " not in name
    return trimmed and printable and unicodedata.normalize("NFC", name) == name


def member_id(case: str, name: str, key: str) -> str:
    """The id of a member record."""
    return ident("m", case, name, key)


def prepare(member: Member, keys: tuple[SigningKey, ...]) -> tuple[bytes, ...]:
    """The objects of a key change: the record, then a signature by each key."""
    data = wire.to_bytes(member)
    return (data, *(ssh_sign(data, key) for key in keys))


class Members:
    """The keys of a case named ``case``, as its key changes brought them into force one after another."""

    def __init__(self, case: str) -> None:
        self._case = case
        self._periods: list[KeyPeriod] = []
        self._seen: set[PublicKey] = set()

    @property
    def periods(self) -> tuple[KeyPeriod, ...]:
        """Every key that was ever in force, in the order of the log."""
        return tuple(self._periods)

    def at(self, name: str, number: int | None = None) -> KeyPeriod | None:
        """The key in force for ``name`` at an entry (left out: now), or ``None``."""
        for one in reversed(self._periods):
            if one.member.name != name:
                continue
            if number is None or (one.since <= number and (one.until is None or number < one.until)):
                return one
        return None

    def of(self, key: PublicKey) -> KeyPeriod | None:
        """The period of a key, or ``None`` for a key that is no member's."""
        return next((one for one in self._periods if one.key == key), None)

    def take(self, entry: CustodyEntry, read: Callable[[Digest], bytes]) -> str:
        """Bring a key change into force; gives why not, in words, or nothing. ``read`` gives an object, checked."""
        try:
            parts = [read(ref.digest) for ref in entry.objects if ref.digest is not None]
        except CustodyError as err:
            return f"what it names cannot be read: {err}"
        # 1. it names a member record and at least one signature
        if len(parts) < 2 or len(parts) != len(entry.objects):
            return "does not name a member record and signatures over it"
        try:
            member, key = self._record(parts[0], entry)
        except (CustodyError, RecordError) as err:
            return str(err)
        fault = self._unfit(member, entry) or self._unsigned(member, parts)
        if fault:
            return fault
        standing = self.at(member.name)
        if standing is not None:
            self._periods[self._periods.index(standing)] = dataclasses.replace(standing, until=entry.seq)
        self._periods.append(KeyPeriod(member=member, key=key, since=entry.seq))
        self._seen.add(key)
        return ""

    def _record(self, data: bytes, entry: CustodyEntry) -> tuple[Member, PublicKey]:
        # 2. the record is a member's, of this case, as it was written, for this entry
        member = wire.from_bytes(data)
        if not isinstance(member, Member) or wire.to_bytes(member) != data:
            raise CustodyError("its first object is no member record as it was written")
        if member.case != self._case or member.at != entry.at:
            raise CustodyError("the member record is of another case or another moment")
        if not is_plain_name(member.name) or member.id != member_id(member.case, member.name, member.key):
            raise CustodyError("the member record has a name or an id that does not fit")
        # 3. its key is an Ed25519 key that never stood in this case before
        key = PublicKey.from_line(member.key)
        if key.line != member.key:
            raise CustodyError("the member record's key is not as it is written")
        if key in self._seen:
            raise CustodyError("this key stood in the case before")
        return member, key

    def _unfit(self, member: Member, entry: CustodyEntry) -> str:
        """What in the record does not fit who stands in the case and who acts."""
        standing, actor = self.at(member.name), self.at(entry.by)
        before = standing.member.key if standing else ""
        # 4. it names the key whose place it takes, and none where there was none
        if member.before != before:
            return "names another key as the one before than the one in force"
        # 5. whoever acts may bring this key in
        match member.step:
            case KeyStep.FIRST:
                fits = not self._periods and entry.by == member.name and not member.vouched_by
            case KeyStep.ADDED:
                fits = standing is None and actor is not None and member.vouched_by == entry.by
            case KeyStep.ROTATED:
                fits = standing is not None and entry.by == member.name and not member.vouched_by
            case KeyStep.SUCCEEDED:
                another = entry.by != member.name and member.vouched_by == entry.by
                fits = standing is not None and actor is not None and another
        return "" if fits else f"a key {member.step.value} this way must be entered by somebody else"

    def _unsigned(self, member: Member, parts: list[bytes]) -> str:
        """What is wrong with the signatures over the record."""
        voucher = self.at(member.vouched_by) if member.vouched_by else None
        wanted: set[PublicKey] = set()
        if member.step in (KeyStep.FIRST, KeyStep.ROTATED):
            wanted.add(PublicKey.from_line(member.key))
        if member.step is KeyStep.ROTATED:
            wanted.add(PublicKey.from_line(member.before))
        if voucher is not None:
            wanted.add(voucher.key)
        # 6. it is signed by the keys that the step asks for, by each once and by no other
        try:
            by = [parse_sshsig(one).public for one in parts[1:]]
        except CustodyError as err:
            return str(err)
        if set(by) != wanted or len(by) != len(wanted):
            return "is not signed by the keys that such a change needs"
        # 7. each signature is one of the record's bytes
        faults = [sshsig_fault(one, parts[0], key=key) for one, key in zip(parts[1:], by, strict=True)]
        return next((one for one in faults if one), "")
