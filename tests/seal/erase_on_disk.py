"""Make a case on a small disk, erase one exhibit, and count its words in the raw image. Prints JSON.

Usage: ``python erase_on_disk.py FOLDER IMAGE``, where FOLDER is where IMAGE is mounted.
"""

import json
import os
import sys
from pathlib import Path

from faults.seal_case import CANARY, GIVER, OPERATIONS, forms, make
from quoth.case.casebook import Casebook


def raw(image: Path) -> int:
    """How often a word stands anywhere on the disk, in any form."""
    os.sync()
    data = image.read_bytes()
    return sum(data.count(form) for word in (CANARY, GIVER) for form in forms(word))


def main() -> None:
    folder, image = Path(sys.argv[1]), Path(sys.argv[2])
    work = folder / "work"
    work.mkdir()
    case = make(work, given=image.parent)
    before = raw(image)
    with Casebook.open(case) as book:
        OPERATIONS["erase"](book)
    shown = [form.decode("latin-1") for word in (CANARY, GIVER) for form in forms(word)]
    print(json.dumps({"before": before, "after": raw(image), "forms": shown}))


if __name__ == "__main__":
    main()
