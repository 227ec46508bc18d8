"""The corpus by split, as ``splits.toml`` says.

from corpora import read_split
read_split("dev")  ->  {"d1/001-…": MarkedText(…), …}
"""

import pathlib
import tomllib

from quoth.attribute.marked import MarkedText, read_marked

__all__ = ["CORPUS", "is_real", "read_split"]

HERE = pathlib.Path(__file__).resolve().parent
CORPUS = HERE / "corpus"
_SPLITS = tomllib.loads((HERE / "splits.toml").read_text(encoding="utf-8"))


def read_split(name: str, language: str = "en", *, only: tuple[str, ...] = ()) -> dict[str, MarkedText]:
    """The marked texts of ``train``, ``dev``, ``chains`` or ``test``, by folder and name; of the folders ``only``, if given."""
    table = _SPLITS[language]
    moved = set(table.get("dev_texts", ()))
    found = {}
    for path in sorted((CORPUS / language).rglob("*.txt")):
        split = next(
            (part for part in ("train", "dev", "chains", "test") if path.parent.name in table.get(part, ())), None
        )
        if split == "train" and path.stem in moved:
            split = "dev"
        if split == name and (not only or path.parent.name in only):
            found[f"{path.parent.name}/{path.stem}"] = read_marked(path.read_text(encoding="utf-8"))
    return found


def is_real(name: str) -> bool:
    """Whether a text of this name is found text, not written for the corpus."""
    return name.partition("/")[0] in _SPLITS["en"]["real"]
