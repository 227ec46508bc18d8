"""A small fictional release that holds every kind of thing a dossier shows.

Nobody and nothing in it exists. Run it to see how the golden dossier would change, and with
``--write`` to renew it::

    PYTHONPATH=tests .venv/bin/python -m golden.make_release
    PYTHONPATH=tests .venv/bin/python -m golden.make_release --write
"""

import difflib
import sys
from pathlib import Path

from golden.parts import parts
from quoth.publish.dossier import pages
from quoth.record.release import Release
from quoth.seal.clear import clear_draft
from quoth.terms.digest import digest_of

__all__ = ["FOLDER", "MADE_AT", "parts", "release"]

FOLDER = Path(__file__).with_name("dossier")
MADE_AT = "2031-05-02T09:00:00Z"


def release() -> Release:
    """The cleared draft."""
    note, records, texts, media = parts()
    return clear_draft(note, records, texts=texts, media=media, made_at=MADE_AT, log=(212, digest_of(b"log head")))


def main() -> int:
    """Show the difference between the golden dossier and today's; ``--write`` renews it."""
    made = {page.path: page.data for page in pages(release())}
    kept = {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in FOLDER.rglob("*") if path.is_file()}
    changed = sorted(path for path in made.keys() | kept.keys() if made.get(path) != kept.get(path))
    for path in changed:
        before, after = (
            held.get(path, b"").decode("utf-8", "replace").replace("><", ">\n<").replace("},{", "},\n{").splitlines()
            for held in (kept, made)
        )
        sys.stdout.writelines(
            line + "\n"
            for line in difflib.unified_diff(before, after, f"golden/{path}", f"made/{path}", lineterm="", n=1)
        )
    print(f"{len(changed)} of {len(made)} files differ")
    if "--write" in sys.argv[1:]:
        for path in changed:
            target = FOLDER / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(made[path]) if path in made else target.unlink()
    return 1 if changed else 0


if __name__ == "__main__":
    raise SystemExit(main())
