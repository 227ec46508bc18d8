"""A small case with something to seal and to erase, the things done to it, and what must be so afterwards."""

import base64
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pyrage

from quoth.case.casebook import Casebook
from quoth.case.declared import declared
from quoth.case.erasing import Reason, erase
from quoth.case.intake import take_in
from quoth.case.sealing import Seals, set_recipients
from quoth.custody.audit import audit
from quoth.custody.sealed_check import check_sealed
from quoth.custody.sealed_store import Sealed
from quoth.record.custody import CaseNote
from quoth.record.exhibit import Exhibit, ExhibitStatus, Provenance
from quoth.record.finding import Outcome
from quoth.seal.sealed_recipients import read_identity

__all__ = ["CANARY", "GIVER", "OPERATIONS", "alarms", "hits", "look", "make"]

CANARY = "the lamplighter of Vesterhavn named Tuor"
GIVER = "Imre Sollander"
OTHER = "Olen Varga denied it."


def make(folder: Path, *, given: Path | None = None) -> Path:
    """A case in ``folder/case`` with one exhibit to lose, one to keep, one sealed; keys beside it, sources in ``given``."""
    ada, safe = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    (folder / "keys").write_text(f"{ada}\n{safe}\n", encoding="ascii")
    (folder / "recipients").write_text(f"# Ada\n{ada.to_public()}\n# safe [offline]\n{safe.to_public()}\n")
    given = (given or folder) / "in"
    given.mkdir()
    (given / "letter.txt").write_text(f"{CANARY}.\n" * 40, encoding="utf-8")
    (given / "other.txt").write_text(OTHER, encoding="utf-8")
    with Casebook.create(folder / "case", CaseNote(title="Lamps"), by="desk") as book:
        take_in(book, [given / "letter.txt"], by="desk", declared=declared(given_by=GIVER))
        take_in(book, [given / "other.txt"], by="desk")
        set_recipients(book, (folder / "recipients").read_text(), by="Ada")
        seals(book).take_in(iter([(io.BytesIO(b"sealed before" * 9), record)]), by="Ada")
    shutil.rmtree(given)
    return folder / "case"


def record(name: str, size: int) -> Exhibit:
    """What is said of something sealed at intake."""
    said = Provenance(name_as_given="night.txt", received_at="2031-05-02T09:00:00Z", given_by=GIVER)
    return Exhibit(id=name, status=ExhibitStatus.HELD, title="night.txt", size=size, provenances=(said,))


def seals(book: Casebook) -> Seals:
    """The seals of a case made by :func:`make`."""
    return Seals(book, read_identity((book.root.parent / "keys").read_bytes()))


def letter(book: Casebook) -> str:
    """The id of the exhibit that goes."""
    return next(key for key, one in book.spoken().exhibits.items() if one.title == "letter.txt")


def _rewrap(book: Casebook) -> None:
    third = pyrage.x25519.Identity.generate()
    text = (book.root.parent / "recipients").read_text() + f"# Third\n{third.to_public()}\n"
    set_recipients(book, text, by="Ada", identities=read_identity((book.root.parent / "keys").read_bytes()))


OPERATIONS: dict[str, Callable[[Casebook], object]] = {
    "take-in": lambda book: seals(book).take_in(iter([(io.BytesIO(CANARY.encode() * 30), record)]), by="Ada"),
    "move-in": lambda book: seals(book).move_in(letter(book), by="Ada"),
    "words": lambda book: seals(book).hide_words(letter(book), "given_by", by="Ada"),
    "erase": lambda book: erase(book, letter(book), Reason.SOURCE_IN_DANGER, by="Ada"),
    "erase-sealed": lambda book: erase(book, next(iter(Sealed.read(book.store).files)), Reason.PRIVACY_LAW, by="Ada"),
    "rewrap": _rewrap,
}
"""What is struck."""


def forms(word: str) -> tuple[bytes, ...]:
    """A word in five encodings; of base64 the part that does not depend on what stands around it."""
    data = word.encode()
    coded = [base64.b64encode(b"\0" * shift + data)[4 if shift else 0 : -4] for shift in range(3)]
    return (data, word.encode("utf-16-le"), word.encode("utf-16-be"), data.hex().encode(), *coded)


def hits(root: Path, *words: str) -> list[str]:
    """Files below ``root`` that hold one of ``words`` in any form."""
    wanted = [form for word in words for form in forms(word)]
    held = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    return [str(path.relative_to(root)) for path, data in held.items() if any(one in data for one in wanted)]


def alarms(book: Casebook) -> list[str]:
    """What the audit cries."""
    found = [*audit(book.store), *check_sealed(book.store)]
    return [
        f"{one.check} {one.subject} {one.grounds}"
        for one in found
        if one.outcome in (Outcome.FAILS, Outcome.NOT_CHECKED)
    ]


def look(root: Path, operation: str, size: int) -> str:
    """``before`` or ``after``; raises :class:`AssertionError` for any third state. ``size`` is the log's length before."""
    with Casebook.open(root) as book:
        cries = alarms(book)
        if cries:
            raise AssertionError(f"alarms: {cries}")
        exhibits = {one.title: key for key, one in book.spoken().exhibits.items()}
        state = "before" if book.store.head()[0] == size else "after"
        if book.store.head()[0] not in {size, size + 1}:
            raise AssertionError("more than one entry")
        if "other.txt" not in exhibits or book.store.read_object(
            book.spoken().exhibits[exhibits["other.txt"]].digest
        ) != (OTHER.encode()):
            raise AssertionError("another exhibit was lost")
        there = {
            "take-in": len(Sealed.read(book.store).files) == 2,
            "move-in": "letter.txt" not in exhibits and len(Sealed.read(book.store).files) == 2,
            "words": not hits(root, GIVER) and len(Sealed.read(book.store).files) == 2,
            "erase": "letter.txt" not in exhibits,
            "erase-sealed": not Sealed.read(book.store).files,
            "rewrap": "Third" in Sealed.read(book.store).recipients,
        }[operation]
        if there != (state == "after"):
            raise AssertionError(f"the log says {state}, and the case does not")
        if state == "after" and operation in {"move-in", "erase"} and hits(root, CANARY, GIVER):
            raise AssertionError(f"left in the clear: {hits(root, CANARY, GIVER)}")
        if operation == "take-in" and len(hits(root, CANARY)) > 1:
            raise AssertionError("what was to be sealed stands in the clear")
    if list((root / "sealed" / "pending").iterdir()):
        raise AssertionError("an unfinished change stayed")
    return state
