"""What openers give: parts of a file, and gaps.

- A part has its bytes and a label that says where in its whole it stands.
- A gap says what could not be looked into and why: it blocks, it never passes silently.
- Limits hold for one file with all that is in it.

Example::

    Part(label="comment of the archive", data=b"…", known=True)
"""

import dataclasses
from collections.abc import Callable

__all__ = ["Gap", "Limits", "Part", "ReadPicture"]

_MIB = 2**20

ReadPicture = Callable[[bytes], str]
"""PNG in, the words that stand in it out; raises ``SealError`` when it cannot."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much one file may unpack to.

    ``whole`` is the largest part (bytes) that is looked into; ``total`` all bytes that come out of one file;
    ``ratio`` how many times its size a packed part of more than 16 MiB may become; ``depth`` how many containers
    may lie within each other; ``members`` how many parts one container may have; ``pictures`` how many pictures
    and pages of one file are read; ``turns`` how many encodings may be wrapped round each other.
    """

    whole: int = 64 * _MIB
    total: int = 4096 * _MIB
    ratio: int = 600
    depth: int = 10
    members: int = 20_000
    pictures: int = 200
    turns: int = 6


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a file.

    ``known`` says that its kind needs no name of its own (a comment, a field); ``loose`` that letters may stand
    apart in it; ``picture`` that its bytes were searched already and only what it shows is to be read.
    """

    label: str
    data: bytes = dataclasses.field(repr=False)
    known: bool = False
    loose: bool = False
    picture: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that could not be looked into, and why."""

    label: str
    reason: str
