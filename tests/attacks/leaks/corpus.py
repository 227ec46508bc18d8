"""The leak corpus: every file of it, leaking or clean, always the same bytes.

- Run it to have the files in a folder: ``python corpus.py FOLDER`` writes ``leaking/``, ``clean/`` and ``secrets.txt``.

Example::

    for one in corpus(SECRET): print(one.kind, one.format, one.name, len(one.data))
"""

import dataclasses
import re
import sys
from pathlib import Path

HERE = str(Path(__file__).resolve().parent)
if HERE not in sys.path:
    sys.path.insert(0, HERE)

from hidden import HIDDEN, NAMED, PIXEL  # noqa: E402
from spelled import CARRIERS, DECOY, SECRET, SPELLINGS, carries  # noqa: E402

__all__ = ["DECOY", "PICTURES", "SECRET", "One", "corpus"]

PICTURES = frozenset({
    "letters in the picture", "number in the picture", "picture turned by its EXIF", "thumbnail", "scanned page",
    "cover picture",
})  # fmt: skip
"""Kinds that only reading by machine finds."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class One:
    """One file: what is hidden how, in which format, its name and its bytes."""

    kind: str
    format: str
    name: str
    data: bytes = dataclasses.field(repr=False)


def corpus(who, *, kinds=None):
    """All files for an identity; ``kinds`` chooses by name."""
    number = 0
    for kind, spell in SPELLINGS.items():
        for carrier, carry in CARRIERS.items():
            if (kinds is None or kind in kinds) and carries(carrier, spell(who)):
                number += 1
                yield One(kind=kind, format=carrier, name=_name(number, carrier), data=carry(spell(who)))
    for (kind, form), make in HIDDEN.items():
        number += 1
        if kinds is None or kind in kinds:
            yield One(kind=kind, format=form, name=_name(number, form), data=make(who))
    for (kind, form), ending in NAMED.items():
        number += 1
        if kinds is None or kind in kinds:
            data = PIXEL if ending in ("png", "wav", "pdf") else b"minutes\n"
            yield One(kind=kind, format=form, name=f"{number:03}_{who.given}-{who.family}.{ending}", data=data)


def _name(number, form):
    return f"{number:03}.{re.sub('[^a-z0-9]+', '-', form.lower())}"


def main():
    """Write the corpus into the folder that is named."""
    top = Path(sys.argv[1])
    for folder, who in (("leaking", SECRET), ("clean", DECOY)):
        (top / folder).mkdir(parents=True)
        for one in corpus(who):
            (top / folder / one.name).write_bytes(one.data)
    (top / "secrets.txt").write_text(SECRET.secrets, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
