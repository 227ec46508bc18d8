"""Key files: the data key of a sealed thing, for all recipients.

- The plain text is an age identity file with remarks, so that two ``age -d`` open a sealed thing without us.
- Remarks carry what the log commits to (openings: salts, words); erasing the key file erases them too.
- For a two-person seal the text is encrypted twice, to each group of recipients: nested, not split by XOR,
  because ``age -d | age -d`` then still opens it with Debian's tools alone.
- The text is padded: its length does not tell how much was said.

Example::

    data = wrap(key_text(key, openings), recipients)
    key, openings = read_key_text(unwrap(data, identities))
"""

import re
from collections.abc import Sequence

import pyrage  # type: ignore[import-untyped]

from quoth.errors import SealError
from quoth.seal.sealed import KINDS, DataKey, padded_size
from quoth.seal.sealed_recipients import Identity, Recipients

__all__ = ["key_text", "read_key_text", "unwrap", "wrap"]

_HEAD = "# quoth-sealed 1"
_AGE = b"age-encryption.org/"
_NAME = re.compile(r"sealed:[0-9a-f]{64}\Z")
_KEY = re.compile(r"AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}\Z")
_DIGITS = 16


def key_text(key: DataKey, openings: Sequence[str] = ()) -> bytes:
    """The plain text of a key file; ``openings`` are canonical JSON lines that belong to the sealed thing."""
    lines = [_HEAD, f"# name {key.name}", f"# kind {key.kind}", f"# size {key.size:0{_DIGITS}d}"]
    lines += [f"# opening {one}" for one in openings]
    lines += [key.unsealed_text(), ""]
    text = "\n".join(lines).encode()
    room = padded_size(len(text) + 3) - len(text)
    return text + b"#" + b" " * (room - 2) + b"\n"


def read_key_text(text: bytes) -> tuple[DataKey, tuple[str, ...]]:
    """Key and openings of a key file's plain text; raises :class:`SealError`, with nothing of it in the message."""
    try:
        lines = text.decode().split("\n")
    except UnicodeDecodeError as err:
        raise _damaged() from err
    said = [one.removeprefix("# ") for one in lines if one.startswith("# ")]
    parts = {one.partition(" ")[0]: one.partition(" ")[2] for one in said if not one.startswith("opening ")}
    openings = tuple(one.removeprefix("opening ") for one in said if one.startswith("opening "))
    keys = [one for one in lines if one and not one.startswith("#")]
    size = parts.get("size", "")
    if (
        lines[0] != _HEAD
        or len(keys) != 1
        or not _KEY.match(keys[0])
        or not _NAME.match(parts.get("name", ""))
        or parts.get("kind") not in KINDS
        or not (len(size) == _DIGITS and size.isascii() and size.isdecimal())
    ):
        raise _damaged()
    return DataKey(keys[0], name=parts["name"], kind=parts["kind"], size=int(size)), openings


def wrap(text: bytes, recipients: Recipients) -> bytes:
    """``text`` as an age file to all recipients; one within the other where there are two groups."""
    try:
        for group in recipients.groups:
            text = pyrage.encrypt(text, [one.age() for one in group])
    except pyrage.EncryptError as err:
        raise SealError("the key could not be encrypted to the recipients", hint="nothing was sealed") from err
    return text


def unwrap(data: bytes, identities: Sequence[Identity]) -> bytes:
    """What :func:`wrap` took; raises :class:`SealError` where these keys do not open it."""
    for _ in range(2):
        if not data.startswith(_AGE):
            break
        try:
            data = pyrage.decrypt(data, [one.age for one in identities])
        except pyrage.DecryptError as err:
            raise SealError(
                "none of the keys given opens this seal",
                hint="give the key of a recipient with --identity FILE (of a two-person seal one of each group); "
                "else the key file is damaged: run quoth audit CASE",
            ) from err
    if data.startswith(_AGE):
        raise _damaged()
    return data


def _damaged() -> SealError:
    return SealError("a key file does not hold what was written", hint="run: quoth audit CASE")
