"""How the cases of this folder were made, one of each way that format 1 was ever written.

    python tests/custody/formats/make.py FOLDER

They stay as they are for ever (SHA256SUMS): a case that could be read once must be read, audited and gone on
with by every later version. A later version adds its own beside them.
"""

import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from custody.forge import small_case
from custody.people import signed_case

MADE = {"1-unsigned": small_case, "1-signed": signed_case}


def stream(seed: bytes) -> Iterator[bytes]:
    number = 0
    while True:
        yield hashlib.sha256(seed + number.to_bytes(8, "big")).digest()
        number += 1


def make(folder: Path, name: str) -> None:
    """Make one case at ``folder/name``, its randomness fixed."""
    source, real = stream(name.encode()), os.urandom

    def fixed(count: int) -> bytes:
        return b"".join(next(source) for _ in range(count // 32 + 1))[:count]

    os.urandom = fixed
    try:
        MADE[name](folder / name)
    finally:
        os.urandom = real
    for empty in ("cache", "tmp"):  # not kept by git
        (folder / name / empty).rmdir()


if __name__ == "__main__":
    for one in MADE:
        make(Path(sys.argv[1]), one)
