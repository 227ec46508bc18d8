"""Names of records: short, and the same for the same thing.

- A name is a letter, a hyphen and 16 hexadecimal digits of SHA-256 over what identifies the thing.
- The same input gives the same name on every machine, so that a repeated step adds nothing new.

Example::

    >>> ident("s", "abc", 4)
    's-1905b2b918f40978'
"""

import hashlib

__all__ = ["ident"]


def ident(letter: str, *parts: str | int) -> str:
    """A name made of ``letter`` and a digest over ``parts`` (each with its length, so none run together)."""
    hasher = hashlib.sha256()
    for part in parts:
        data = str(part).encode("utf-8", "surrogatepass")
        hasher.update(len(data).to_bytes(8, "big"))
        hasher.update(data)
    return f"{letter}-{hasher.hexdigest()[:16]}"
