"""Small cases to hand over, and keys for who hands them over: everything in them is invented."""

import os
import shutil
from pathlib import Path

from quoth.case import keys
from quoth.case.casebook import Casebook
from quoth.case.declared import declared
from quoth.case.intake import take_in
from quoth.case.spoken import note_of

GIVER = "Torvald Ankerstrand"


def files(folder: Path, **texts: str) -> Path:
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def small_case(folder: Path, *, signed: bool = True) -> Casebook:
    """A case with two exhibits that nobody gave, and one that somebody did."""
    book = Casebook.create(folder / "case", note_of("The harbour"), by="Ada")
    if signed:
        os.environ["QUOTH_KEYS"] = str(folder / "keys")
        keys.make_key("Ada", folder / "keys")
        keys.bring_in(book.store, "Ada", file=None, by="Ada")
    take_in(book, [files(folder / "found", letter="The crews were told to sail.\n", ledger="Petrel, 7\n")], by="Ada")
    given = files(folder / "given", statement="Nobody was asked.\n")
    take_in(book, [given], by="Ada", declared=declared(given_by=GIVER))
    return book


def copy_of(book: Casebook, target: Path) -> Casebook:
    """The same case on another machine."""
    shutil.copytree(book.root, target)
    return Casebook.open(target)
