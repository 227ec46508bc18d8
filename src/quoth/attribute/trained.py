"""Weights that somebody trained, as a finder.

- A folder that ``quoth train`` wrote holds the same files as the weights that ship, and a card.

Example::

    attribute_text(text, by=open_finder(pathlib.Path("weights")))
"""

import pathlib

from quoth.attribute.tagged import TaggerFinder
from quoth.attribute.tagger import load

__all__ = ["open_finder"]


def open_finder(folder: pathlib.Path) -> TaggerFinder:
    """The tagger with the weights in ``folder``.

    Raises :class:`AttributeRoomError` when a file of them is missing or cannot be read.
    """
    return TaggerFinder(tagger=load(folder))
