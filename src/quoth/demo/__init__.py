"""The shipped fictional case and its answer key.

`demo_files` is the folder that `quoth build` takes in; `demo_key` holds what a
reader of those files ought to find. Both are made by `python -m quoth.demo.make`.

>>> (demo_files() / "provenance.toml").name
'provenance.toml'
"""

from pathlib import Path

__all__ = ["demo_files", "demo_key"]

_HERE = Path(__file__).resolve().parent


def demo_files() -> Path:
    """The folder of the demo case's files, as shipped."""
    return _HERE / "files"


def demo_key() -> Path:
    """The folder of the demo case's answer key, as shipped."""
    return _HERE / "key"
