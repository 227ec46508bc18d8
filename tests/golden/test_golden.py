"""The golden dossier: every byte of it, file by file."""

from golden.make_release import FOLDER, release
from quoth.publish.dossier import pages


def test_the_dossier_is_the_golden_one():
    """After a wanted change: look at the difference that ``golden.make_release`` shows, then run it with ``--write``."""
    made = {page.path: page.data for page in pages(release())}
    kept = {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in FOLDER.rglob("*") if path.is_file()}
    assert sorted(made) == sorted(kept)
    differing = [path for path in made if made[path] != kept[path]]
    assert differing == [], "see: PYTHONPATH=tests .venv/bin/python -m golden.make_release"
