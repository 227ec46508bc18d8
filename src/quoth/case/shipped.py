"""Where the shipped fictional case stands.

Example::

    demo_files() / "provenance.toml"
"""

from quoth.demo import demo_files

__all__ = ["demo_files"]
