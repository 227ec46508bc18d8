"""Disclosure in a case: commit to a held table, show cells.

- The commitment is an object and an entry *disclosed*; its secret is the entry's opening, apart from the log.
- Nothing is shown before the log says that it will be: the entry is forced first, then the file is written.
- Who could be found by what is shown is counted before anything is shown, with all that was shown before.

Example::

    plan = plan_for(book, "x-…", rows="3,17-19", cells="callee,start", ask=Wanted(by="Ada"))
    hand_over(book, plan, to=Handing(audience="The Gazette", out=Path("proof")))
"""

import dataclasses
import datetime
import os
import secrets
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from quoth.case import spoken
from quoth.case.casebook import Casebook
from quoth.case.clock import now
from quoth.case.disclosed_table import HeldTable, held_table, names_in, numbers_in
from quoth.case.keys import Ask, ask_at_the_terminal, signer_for
from quoth.custody import key_files
from quoth.custody.signing import PublicKey, SigningKey
from quoth.custody.store import EntryDraft
from quoth.errors import CaseError, CustodyError, SealError
from quoth.record import wire
from quoth.record.custody import Action, CustodyEntry, Opening
from quoth.seal.disclose import Present, commit, present
from quoth.seal.disclose_binding import Binding
from quoth.seal.disclose_cells import Salts
from quoth.seal.disclose_jose import key_in_line, read_jws
from quoth.seal.disclose_risk import Risk, risks
from quoth.seal.disclose_terms import Assurance, Terms
from quoth.seal.disclose_verify import Expected, Verdict, verify
from quoth.seal.disclose_words import page
from quoth.terms.digest import Digest, digest_of

__all__ = [
    "ASSURANCES",
    "Committed",
    "Handing",
    "Plan",
    "Verdict",
    "Wanted",
    "commit_exhibit",
    "commitments",
    "hand_over",
    "page",
    "plan_for",
    "verify_file",
]

ASSURANCES: Mapping[str, Assurance] = {one.value: one for one in Assurance}
"""What may be said of a file, by its word."""

LARGEST = 256 * 2**20
"""Bytes of a file that is looked at."""

COMMITMENT, PRESENTATION = "commitment to a table", "cells of a table shown"
_DAY = 86_400


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How to commit: who acts, with which key file (empty: theirs in the case), and what is said of the file."""

    by: str
    key_file: str = ""
    assurance: Assurance | None = None
    decoys: int = 0
    again: bool = False
    ask: Ask = ask_at_the_terminal


@dataclasses.dataclass(frozen=True, kw_only=True)
class Committed:
    """A commitment of the case: the entry ``seq``, its digest, and what opens it (never shown)."""

    seq: int
    digest: Digest
    text: str
    exhibit: str
    rendition: Digest
    sheet: str
    decoys: int
    new: bool
    salts: Salts

    @property
    def said(self) -> Mapping[str, Any]:
        """What the commitment says of the table in the clear."""
        said: Mapping[str, Any] = read_jws(self.text).payload["table"]
        return said


@dataclasses.dataclass(frozen=True, kw_only=True)
class Plan:
    """What would be shown, by row and names of cells, and who could be found by it. Nothing is shown yet."""

    committed: Committed
    table: HeldTable
    chosen: Mapping[int, tuple[str, ...]]
    risks: tuple[Risk, ...]
    key: SigningKey
    by: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Handing:
    """To whom and where; ``nonce`` is what the recipient gave (made up where they gave none)."""

    audience: str
    out: Path
    nonce: str = ""
    days: int = 0


def commitments(book: Casebook, exhibit: str = "") -> Iterator[Committed]:
    """The commitments of the case to tables of ``exhibit`` (all, when empty), oldest first, where not erased."""
    for entry, opening in _disclosed(book):
        value = wire.parse_json(opening.value.encode())
        if isinstance(value, dict) and value.get("kind") == COMMITMENT and exhibit in ("", value["exhibit"]):
            yield _committed(book, entry, opening, value)


def commit_exhibit(book: Casebook, exhibit: str, wanted: Wanted) -> Committed:
    """The standing commitment to an exhibit's table; a new one where there is none, or ``again`` asks for it.

    Raises :class:`SealError` where nothing is held, or another assurance or number of decoys was committed to.
    """
    with book.alone():
        standing = list(commitments(book, exhibit))
        if standing and not wanted.again:
            return _fitting(standing[-1], wanted)
        table = held_table(book, exhibit)
        key = _key_for(book, wanted)
        secret = secrets.token_bytes(32)
        terms = Terms(
            issuer=key.public.raw,
            at=_seconds(now()),
            assurance=wanted.assurance or Assurance.RESEARCHER_HELD,
            complete=table.complete,
        )
        text = commit(table.table, Salts(secret), terms, sign=key.sign, decoys=wanted.decoys)
        value: dict[str, wire.Json] = {
            "decoys": wanted.decoys,
            "exhibit": exhibit,
            "kind": COMMITMENT,
            "rendition": table.rendition,
            "sheet": table.sheet,
        }
        ref = book.store.put(text.encode("ascii"))
        made = digest_of(text.encode("ascii"))
        opening = Opening(commitment=made, salt=secret.hex(), value=wire.canonical(value).decode())
        book.store.stage(EntryDraft(action=Action.DISCLOSED, objects=(ref,), secret=opening, note=COMMITMENT))
        (entry,) = book.store.commit(by=wanted.by, at=now())
        return dataclasses.replace(_committed(book, entry, opening, value), new=True)


def plan_for(book: Casebook, exhibit: str, *, rows: str, cells: str, wanted: Wanted) -> Plan:
    """What would be shown of the rows and cells named in words; commits first where that was not done yet."""
    table = held_table(book, exhibit)
    names, numbers = names_in(cells, table), numbers_in(rows, table)
    committed = commit_exhibit(book, exhibit, wanted)
    if (committed.rendition, committed.sheet) != (table.rendition, table.sheet):
        table = held_table(book, exhibit, rendition=committed.rendition, sheet=committed.sheet)
        names, numbers = names_in(cells, table), numbers_in(rows, table)
    chosen = dict.fromkeys(numbers, names)
    key = _key_for(book, wanted)
    if key.public.raw != key_in_line(read_jws(committed.text).payload["iss"]):
        raise SealError(
            "the table was committed to with another key than this one",
            hint="nothing was shown; give that key with --key, or commit anew with --again",
        )
    found = risks(table.table, chosen, table.meanings, before=_shown_before(book, committed.digest))
    return Plan(committed=committed, table=table, chosen=chosen, risks=found, key=key, by=wanted.by)


def hand_over(book: Casebook, plan: Plan, *, to: Handing) -> Verdict:
    """Enter that the cells are shown, then write the file and its page of words (``….txt``); gives our own verdict.

    Raises :class:`SealError` where a file stands there already or cannot be written.
    """
    beside = to.out.with_name(to.out.name + ".txt")
    for path in (to.out, beside):
        if path.exists():
            raise SealError(f"{path} is there already", hint="nothing was shown; choose another name with --out")
    at = _seconds(now())
    binding = Binding(
        audience=to.audience,
        nonce=to.nonce or secrets.token_urlsafe(24),
        at=at,
        until=at + to.days * _DAY if to.days else 0,
    )
    made = Present(binding=binding, sign=plan.key.sign, decoys=plan.committed.decoys)
    data = present(plan.committed.text, plan.table.table, plan.committed.salts, plan.chosen, to=made)
    verdict = verify(data, Expected(judge=judge, at=at, key=plan.key.public.raw, audience=to.audience))
    if verdict.shown is None:
        raise SealError("what was made does not verify", hint="nothing was shown; please report this")
    value: dict[str, wire.Json] = {
        "kind": PRESENTATION,
        "of": plan.committed.digest,
        "shown": {str(number): list(names) for number, names in plan.chosen.items()},
        "to": to.audience,
    }
    opening = Opening(
        commitment=digest_of(data), salt=secrets.token_bytes(32).hex(), value=wire.canonical(value).decode()
    )
    book.store.stage(EntryDraft(action=Action.DISCLOSED, secret=opening, note=PRESENTATION))
    book.store.commit(by=plan.by, at=now())
    _write(to.out, data)
    _write(beside, page(verdict).encode())
    return verdict


def verify_file(path: Path, *, key: str = "", audience: str = "", nonce: str = "", days: int = 0) -> Verdict:
    """The verdict on a file that somebody handed over; ``key`` is a public key file or ``ssh-ed25519 AAAA…``.

    Raises :class:`CaseError` where the file cannot be read, :class:`CustodyError` where the key cannot.
    """
    expected = Expected(
        judge=judge,
        at=_seconds(now()),
        key=_public(key).raw if key else None,
        audience=audience,
        nonce=nonce,
        within=days * _DAY,
    )
    try:
        with path.open("rb") as source:
            data = source.read(LARGEST + 1)
    except OSError as err:
        raise CaseError(f"{path} cannot be read: {err.strerror}", hint="check its name and permissions") from err
    if len(data) > LARGEST:
        raise CaseError(f"{path} is larger than any disclosure", hint="was it the right file?")
    return verify(data.removesuffix(b"\n"), expected)


def judge(raw: bytes, signature: bytes, message: bytes) -> str:
    """Why a signature does not hold (RFC 8032); keys of small order are refused too."""
    try:
        return PublicKey.of(raw).fault_of(signature, message)
    except CustodyError as err:
        return str(err)


def _public(text: str) -> PublicKey:
    return PublicKey.from_line(text) if text.startswith("ssh-") else key_files.read_public_file(Path(text))


def _key_for(book: Casebook, wanted: Wanted) -> SigningKey:
    if wanted.key_file:
        path = Path(wanted.key_file)
        return key_files.read_key_file(path, wanted.ask(path) if key_files.is_wrapped(path) else "")
    key = (book.store.signer or signer_for(book.store))(wanted.by)
    if key is None:
        raise SealError(
            f"{wanted.by} has no key in this case to sign with",
            hint="nothing was written; make one with quoth keys new NAME, or give a private key with --key",
        )
    return key


def _fitting(standing: Committed, wanted: Wanted) -> Committed:
    said = wanted.assurance.value if wanted.assurance else standing.said["assurance"]
    if standing.said["assurance"] != said or (wanted.decoys and wanted.decoys != standing.decoys):
        raise SealError(
            "the table was committed to with another assurance or number of decoys",
            hint="nothing was shown; leave them out, or commit anew with --again",
        )
    return standing


def _disclosed(book: Casebook) -> Iterator[tuple[CustodyEntry, Opening]]:
    for entry in book.store.entries():
        if entry.action is Action.DISCLOSED:
            secret = spoken.secret_of(book.store, entry)
            if isinstance(secret, Opening):
                yield entry, secret


def _committed(book: Casebook, entry: CustodyEntry, opening: Opening, value: dict[str, wire.Json]) -> Committed:
    return Committed(
        seq=entry.seq,
        digest=opening.commitment,
        text=book.store.read_object(opening.commitment).decode("ascii"),
        exhibit=str(value["exhibit"]),
        rendition=Digest(str(value["rendition"])),
        sheet=str(value["sheet"]),
        decoys=int(str(value["decoys"])),
        new=False,
        salts=Salts(bytes.fromhex(opening.salt)),
    )


def _shown_before(book: Casebook, commitment: Digest) -> dict[int, tuple[str, ...]]:
    """Cells of this commitment that were shown before, to anybody, by row number."""
    made: dict[int, tuple[str, ...]] = {}
    for _, opening in _disclosed(book):
        value: Any = wire.parse_json(opening.value.encode())
        if value.get("kind") == PRESENTATION and value["of"] == commitment:
            for number, names in value["shown"].items():
                made[int(number)] = tuple(dict.fromkeys((*made.get(int(number), ()), *names)))
    return made


def _seconds(instant: str) -> int:
    return int(datetime.datetime.fromisoformat(instant).timestamp())


def _write(path: Path, data: bytes) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
    except OSError as err:
        raise SealError(
            f"{path} cannot be written: {err.strerror}",
            hint="the log says that the cells were shown; run the same command again with another --out",
        ) from err
