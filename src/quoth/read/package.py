"""Office packages (ZIP of XML) checked before a library opens them.

- ECMA-376 part 2 forbids document type declarations: a part that has one is refused.
- Members are counted and their declared sizes added up, so that a bomb is not unpacked.

Example::

    trouble = package_trouble(source)     # "" when it may be opened
"""

import zipfile
import zlib
from typing import BinaryIO

__all__ = ["MOST_UNPACKED", "package_trouble"]

MOST_UNPACKED = 512 * 2**20
MOST_MEMBERS = 20_000
_START = 4_096


def package_trouble(source: BinaryIO) -> str:
    """Why a package must not be opened, in words for people; empty when it may be."""
    try:
        with zipfile.ZipFile(source) as package:
            return _trouble(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as err:
        return f"the package is damaged: {err}"
    finally:
        source.seek(0)


def _trouble(package: zipfile.ZipFile) -> str:
    members = package.infolist()
    if len(members) > MOST_MEMBERS:
        return f"the package has {len(members)} members, more than {MOST_MEMBERS}"
    size = sum(member.file_size for member in members)
    if size > MOST_UNPACKED:
        return f"the package would unpack to {size} bytes, more than {MOST_UNPACKED}"
    if any(member.flag_bits & 1 for member in members):
        return "the package is encrypted"
    for member in members:
        if member.filename.lower().endswith((".xml", ".rels", ".vml")):
            with package.open(member) as part:
                start = part.read(_START).replace(b"\0", b"")
            if b"<!DOCTYPE" in start or b"<!ENTITY" in start:
                return f"the part {member.filename} declares a document type, which office files never do"
    return ""
