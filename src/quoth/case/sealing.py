"""Put bytes and words of a case behind its recipients' keys.

- What is sealed while it is taken in never stands in the clear: not in objects, log, openings, projection, ``tmp``.
- What was taken in before is moved into the seal, and all that was made from it is overwritten and removed; its
  SHA-256 stays in the log, and that is said.
- Every seal, unsealing and look is an entry, written before a byte is given.

Example::

    seals = Seals(book, find_identities(recipients_of(book)))
    report = seals.take_in([Path("letter.pdf")], by="Ada")
"""

import contextlib
import dataclasses
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO, Protocol

from quoth.case.casebook import Casebook
from quoth.case.clock import now
from quoth.case.reaching import Belongings, belongings, on_the_case
from quoth.custody.openings import commit_to
from quoth.custody.sealed_change import Change
from quoth.custody.sealed_store import SECRET, Files, Sealed, SealList, key_place, object_place, read_file
from quoth.custody.store import EntryDraft
from quoth.custody.vault import place_of
from quoth.errors import CustodyError, SealError
from quoth.record import wire
from quoth.record.custody import Action, ObjectRef, Opening
from quoth.record.exhibit import Exhibit, Provenance
from quoth.seal.sealed import DataKey, Source, new_secret, seal_stream
from quoth.seal.sealed_keys import key_text, read_key_text, unwrap, wrap
from quoth.seal.sealed_recipients import Identity, Recipients, read_recipients
from quoth.terms.digest import Digest, digest_of

__all__ = ["FIELDS", "SealReport", "Seals", "Spoken", "data_key", "listed", "recipients_of", "set_recipients"]

FIELDS = ("given_by", "obtained_how", "claimed_author", "line_called", "note")
"""Words of an exhibit's record that can be sealed alone."""

_SPOKEN_ON = ("line_called",)
_SHORTEST = 4


@dataclasses.dataclass(kw_only=True)
class SealReport:
    """What was sealed (names), how many things went from the clear, and, in lines, what stays."""

    names: list[str] = dataclasses.field(default_factory=list)
    known: list[str] = dataclasses.field(default_factory=list)
    refused: list[str] = dataclasses.field(default_factory=list)
    removed: int = 0
    stays: list[str] = dataclasses.field(default_factory=list)


class Spoken(Protocol):
    """Makes the record of what is taken in, from its name in the seal and its size in bytes."""

    def __call__(self, name: str, size: int) -> Exhibit:
        """The record."""
        ...


def recipients_of(book: Casebook) -> Recipients:
    """Who can open what is sealed here; raises :class:`SealError` where nobody was named yet."""
    said = Sealed.read(book.store).recipients
    if not said:
        raise SealError(
            "nobody is named yet who can open what is sealed",
            hint="write a list of at least two keys, one marked [offline]: quoth seal CASE --recipients FILE",
        )
    return read_recipients(said)


def set_recipients(book: Casebook, text: str, *, by: str, identities: Sequence[Identity] = ()) -> SealReport:
    """Name who can open what is sealed; where there is a list already, every key file is wrapped anew.

    Then ``identities`` must open what is sealed now. Nothing that was copied before can be taken back.
    """
    recipients = read_recipients(text)
    with book.alone(), book.store.only_writer():
        before = Sealed.read(book.store)
        secret = _secret(book, before, identities) if before.secret else new_secret()
        report = SealReport(names=sorted(before.files))
        with Change(book.store) as change:
            files: dict[str, Files] = {}
            for number, (name, held) in enumerate(sorted(before.files.items())):
                plain = unwrap(_checked(book, key_place(name), held.key_file), identities)
                data = wrap(plain, recipients)
                with change.new_file(f"key-{number}") as out:
                    out.write(data)
                change.place.append((f"key-{number}", key_place(name)))
                files[name] = dataclasses.replace(held, key_file=digest_of(data))
            wrapped = wrap(secret, _one_group(recipients))
            with change.new_file("case") as out:
                out.write(wrapped)
            change.place.append(("case", SECRET))
            listed = SealList(files=files, recipients=recipients.to_text(), secret=digest_of(wrapped))
            ref = book.store.put(listed.to_bytes())
            draft = EntryDraft(action=Action.SEALED, objects=(ref,), note="recipients")
            change.commit(draft, by=by, at=now())
    if before.secret:
        report.stays.append(
            "whoever copied this case before, and holds a key that was taken off the list, can still open that copy"
        )
    return report


def _one_group(recipients: Recipients) -> Recipients:
    """Everybody alike: the secret opens no evidence, and whoever seals needs it."""
    return Recipients(all=tuple(dataclasses.replace(one, second=False) for one in recipients.all))


def _checked(book: Casebook, place: str, digest: Digest | None) -> bytes:
    data = read_file(book.store, place)
    if digest_of(data) != digest:
        raise SealError(f"{place} is not the file that the log names", hint="run: quoth audit CASE")
    return data


def _secret(book: Casebook, sealed: Sealed, identities: Sequence[Identity]) -> bytes:
    return unwrap(_checked(book, SECRET, sealed.secret), identities)


class Seals:
    """The seals of an open case, with keys that open them."""

    def __init__(self, book: Casebook, identities: Sequence[Identity]) -> None:
        self._book = book
        self._identities = tuple(identities)
        self._recipients = recipients_of(book)

    def take_in(self, sources: Iterable[tuple[Source, Spoken]], *, by: str) -> SealReport:
        """Seal bytes that were never here; every source is read once and closed by the caller."""
        report = SealReport()
        with self._changing() as (change, sealed, secret):
            files: dict[str, Files] = {}
            for stream, spoken in sources:
                key, cipher = self._encrypt(change, stream, secret, number=len(files))
                if key.name in sealed.files or key.name in files:
                    change.drop(f"object-{len(files)}")
                    report.known.append(key.name)
                    continue
                opening = commit_to(spoken(key.name, key.size))
                files[key.name] = self._keep(change, key, cipher, [_line(opening)], number=len(files))
                files[key.name] = dataclasses.replace(files[key.name], commitment=opening.commitment)
                report.names.append(key.name)
            if files:
                self._enter(change, files, by=by, note="taken in")
        return report

    def move_in(self, exhibit: str, *, by: str) -> SealReport:
        """Seal an exhibit that stands in the clear, with its parts; what was made from it goes."""
        report = SealReport()
        with self._changing() as (change, sealed, secret):
            held = belongings(self._book, exhibit)
            lines = change.take_openings(list(held.openings.values()))
            files: dict[str, Files] = {}
            for number, (_, digest) in enumerate(sorted(held.exhibits.items(), key=lambda one: one[0] != exhibit)):
                with _Proved(self._book.store.open_object(digest), digest) as source:
                    key, cipher = self._encrypt(change, source, secret, number=number)
                    source.prove()
                files[key.name] = self._keep(change, key, cipher, lines if not number else (), number=number)
            change.remove += held.places(self._book)
            change.sweep = True
            note = f"moved in; {held.said}" if held.said else "moved in"
            self._enter(change, files, by=by, note=note, gone=held.objects)
            report.names += [name for name in files if name not in sealed.files]
            report.known += [name for name in files if name in sealed.files]
            report.removed = len(held.objects)
            report.stays += _stays(self._book, held)
        return report

    def hide_words(self, exhibit: str, field: str, *, by: str) -> SealReport:
        """Seal one field of an exhibit's record; the record stands without it from then on."""
        report = SealReport()
        with self._changing() as (change, _, secret):
            whole = self._book.spoken().exhibits.get(exhibit)
            if whole is None or field not in FIELDS:
                raise SealError(f"no exhibit {exhibit}, or no field that can be sealed", hint="see: quoth seal --help")
            words = sorted({getattr(one, field) for one in whole.provenances} - {""})
            if not words:
                raise SealError("nothing stands in this field", hint="nothing was sealed; see: quoth exhibits CASE")
            provenances = tuple(_without(one, field) for one in whole.provenances)
            commitments = _said_of(self._book, exhibit)
            lines = change.take_openings(list(commitments.values()))
            key, cipher = self._encrypt(
                change, io.BytesIO("".join(f"{one}\n" for one in lines).encode()), secret, number=0, kind="opening"
            )
            files = {key.name: self._keep(change, key, cipher, (), number=0)}
            gone = on_the_case(self._book) if field in _SPOKEN_ON else ()
            change.remove += [place_of(one.digest) for one in gone if one.digest is not None]
            change.sweep = True
            numbers = " ".join(str(one) for one in sorted(commitments))
            bare = dataclasses.replace(whole, provenances=tuple(dict.fromkeys(provenances)))
            self._enter(change, files, by=by, note=f"words; openings {numbers}", gone=gone, secret=bare)
            report.names.append(key.name)
            report.removed = len(lines) + len(gone)
        report.stays += _still_said(self._book, words)
        return report

    @contextlib.contextmanager
    def _changing(self) -> Iterator[tuple[Change, Sealed, bytes]]:
        store = self._book.store
        with self._book.alone(), store.only_writer():
            sealed = Sealed.read(store)
            secret = _secret(self._book, sealed, self._identities)
            with Change(store) as change:
                yield change, sealed, secret

    def _encrypt(
        self, change: Change, source: Source, secret: bytes, *, number: int, kind: str = "object"
    ) -> tuple[DataKey, tuple[Digest, int]]:
        with change.new_file(f"object-{number}") as out:
            target = _Hashed(out)
            key = seal_stream(source, target, secret=secret, kind=kind)
        return key, (Digest(f"sha256:{target.hasher.hexdigest()}"), target.size)

    def _keep(
        self, change: Change, key: DataKey, cipher: tuple[Digest, int], lines: Sequence[str], *, number: int
    ) -> Files:
        data = wrap(key_text(key, lines), self._recipients)
        with change.new_file(f"key-{number}") as out:
            out.write(data)
        change.place.append((f"object-{number}", object_place(key.name)))
        change.place.append((f"key-{number}", key_place(key.name)))
        return Files(cipher=cipher[0], size=cipher[1], key_file=digest_of(data))

    def _enter(
        self,
        change: Change,
        files: dict[str, Files],
        *,
        by: str,
        note: str,
        gone: Sequence[ObjectRef] = (),
        secret: Exhibit | None = None,
    ) -> None:
        listed = SealList(files=files)
        refs = (*listed.refs(self._book.store.put(listed.to_bytes())), *gone)
        change.commit(EntryDraft(action=Action.SEALED, objects=refs, secret=secret, note=note), by=by, at=now())


class _Hashed:
    """A target whose digest and size are known at its end: those of the cipher text."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self.hasher = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> int:
        """Write and hash."""
        count = self._out.write(data)
        self.hasher.update(data[:count])
        self.size += count
        return count


class _Proved(contextlib.AbstractContextManager["_Proved"]):
    """An object read while its digest is proved: a damaged one is not sealed as if it were whole."""

    def __init__(self, source: BinaryIO, digest: Digest) -> None:
        self._source = source
        self._digest = digest
        self._hasher = hashlib.sha256()

    def __exit__(self, *exception: object) -> None:
        self._source.close()

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self._source.read(size)
        self._hasher.update(data)
        return data

    def prove(self) -> None:
        """Raise :class:`CustodyError` unless what was read has the digest."""
        if f"sha256:{self._hasher.hexdigest()}" != self._digest:
            raise CustodyError("the object is damaged; nothing was sealed", hint="run: quoth audit CASE")


def _line(opening: Opening) -> str:
    return wire.to_bytes(opening).decode()


def _without(said: Provenance, field: str) -> Provenance:
    empty: dict[str, Any] = {field: ""}
    return dataclasses.replace(said, **empty)


def _said_of(book: Casebook, exhibit: str) -> dict[int, Digest]:
    """Entries with the record of an exhibit, and their commitments."""
    made: dict[int, Digest] = {}
    for entry in book.store.entries():
        opening = book.store.opening(entry.commitment) if entry.commitment else None
        if opening is not None and entry.commitment is not None:
            record = wire.from_bytes(opening.value.encode())
            if isinstance(record, Exhibit) and record.id == exhibit:
                made[entry.seq] = entry.commitment
    return made


def _stays(book: Casebook, held: Belongings) -> list[str]:
    stays = [f"its SHA-256 and its size stand in the log since entry {held.first}, and are named by this entry again"]
    if held.stay:
        stays.append(f"{held.stay} derived objects stay: something else gave the same bytes")
    inside = {one.parent for key, one in book.spoken().exhibits.items() if key in held.exhibits and one.parent} - set(
        held.exhibits
    )
    stays += [f"it lies in exhibit {one} too, which is in the clear" for one in sorted(inside)]
    return stays


def _still_said(book: Casebook, words: Sequence[str]) -> list[str]:
    """Where words that were sealed still stand in the clear: in openings, or in the bytes of objects."""
    wanted = [one.encode() for one in words if len(one) >= _SHORTEST]
    found = [
        f"the words stand in what was said at entry {entry.seq}"
        for entry in book.store.entries()
        if entry.commitment
        and (opening := book.store.opening(entry.commitment))
        and any(one in opening.value.encode() for one in wanted)
    ]
    named = {ref.digest for entry in book.store.entries() for ref in entry.objects if ref.digest}
    held = [one for one in sorted(named - set(book.store.gone())) if book.store.has(one)]
    return found + [
        f"the words stand in the object {one[7:23]}…, as evidence or derived from it"
        for one in held
        if any(word in book.store.read_object(one) for word in wanted)
    ]


def data_key(book: Casebook, name: str, identities: Sequence[Identity]) -> tuple[DataKey, tuple[str, ...], bytes]:
    """The data key of a sealed thing, its openings, and the case's secret; raises :class:`SealError`."""
    sealed = Sealed.read(book.store)
    text = unwrap(_checked(book, key_place(name), sealed.files[name].key_file), identities)
    key, openings = read_key_text(text)
    if key.name != name:
        raise SealError(f"{key_place(name)} is the key file of another name", hint="run: quoth audit CASE")
    return key, openings, _secret(book, sealed, identities)


def listed(book: Casebook) -> dict[str, Any]:
    """Names, sizes (of cipher texts) and entries of what is sealed, and who can open it; for the screen."""
    sealed = Sealed.read(book.store)
    recipients = read_recipients(sealed.recipients).all if sealed.recipients else ()
    return {
        "recipients": [
            " ".join((one.name, "(offline)" * one.offline, "(second group)" * one.second)).strip() for one in recipients
        ],
        "sealed": [
            {"name": name, "size": one.size, "since": sealed.since.get(name, -1)} for name, one in sealed.files.items()
        ],
        "erased": [{"name": name, "entry": number} for name, number in sealed.erased.items()],
    }
