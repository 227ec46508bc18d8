"""OpenTimestamps proofs written by hand: a digest, hashed into a calendar's tree and a block's.

Compared once with opentimestamps 0.4.5: it reads these bytes and writes the same again.
"""

import hashlib

MAGIC = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94"
BITCOIN = bytes.fromhex("0588960d73d71901")
CALENDAR = bytes.fromhex("83dfe30d2ef90c8e")


def count(value: int) -> bytes:
    made = b""
    while value >= 128:
        made += bytes([value & 127 | 128])
        value >>= 7
    return made + bytes([value])


def block(data: bytes) -> bytes:
    return count(len(data)) + data


def calendar(address: str) -> bytes:
    return b"\x00" + CALENDAR + block(block(address.encode()))


def bitcoin(height: int) -> bytes:
    return b"\x00" + BITCOIN + block(count(height))


def append(data: bytes) -> bytes:
    return b"\xf0" + block(data)


def prepend(data: bytes) -> bytes:
    return b"\xf1" + block(data)


SHA256 = b"\x08"


def proof(digest: bytes, tree: bytes, *, version: int = 1, kind: bytes = SHA256) -> bytes:
    return MAGIC + count(version) + kind + digest + tree


def usual(digest: bytes) -> tuple[bytes, bytes]:
    """A proof with a promise of a calendar and a block, and the Merkle root that the block would hold."""
    salt, left, right = (hashlib.sha256(word).digest() for word in (b"salt", b"left", b"right"))
    first = hashlib.sha256(digest + salt[:16]).digest()
    root = hashlib.sha256(hashlib.sha256(left + first + right).digest()).digest()
    up = prepend(left) + append(right) + SHA256 + SHA256 + bitcoin(700_000)
    tree = append(salt[:16]) + SHA256 + b"\xff" + calendar("https://calendar.example") + up
    return proof(digest, tree), root
