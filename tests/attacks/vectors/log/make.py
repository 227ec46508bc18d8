"""Writes the vectors of this folder: proofs and notes, good and doctored; always the same bytes.

python tests/attacks/vectors/log/make.py
"""

import base64
import hashlib
import json
import struct
from collections.abc import Iterator
from pathlib import Path

from quoth.custody.checkpoint import Checkpoint, SignedText
from quoth.custody.note import NoteKey, note_name, sign_note
from quoth.custody.proofs import inclusion_text
from quoth.custody.signing import SigningKey, packed
from quoth.custody.sshsig import ssh_sign
from quoth.terms.merkle import EMPTY, TiledTree, leaf_hash, node_hash

HERE = Path(__file__).resolve().parent
ORIGIN = "quoth-case/" + "0a" * 16
ADA = SigningKey.from_seed(hashlib.sha256(b"quoth vectors: ada").digest())
EVE = SigningKey.from_seed(hashlib.sha256(b"quoth vectors: eve").digest())
LINES = [b'{"seq":%d}' % number for number in range(300)]
TREE = TiledTree(map(leaf_hash, LINES))
ORDER = 2**252 + 27742317777372353535851937790883648493
SMALL = b"\x01" + bytes(31)

Vector = dict[str, object]


def _hex(path: Iterator[bytes] | tuple[bytes, ...] | list[bytes]) -> list[str]:
    return [one.hex() for one in path]


def inclusions() -> Iterator[Vector]:
    """Proofs that a leaf stands in a tree."""

    def made(name: str, why: str = "", **changes: object) -> Vector:
        index, size = 13, 20
        good = {
            "leaf": TREE.leaf(index).hex(),
            "index": index,
            "size": size,
            "root": TREE.head(size).root.hex(),
            "path": _hex(TREE.inclusion(index, size)),
        }
        return {"name": name, "accept": not why, "why": why, **good, **changes}

    path, leaf = list(TREE.inclusion(13, 20)), TREE.leaf(13)
    yield made("leaf 13 of 20")
    for index, size in ((0, 1), (0, 2), (1, 2), (6, 7), (255, 256), (256, 257), (299, 300), (128, 300)):
        yield made(
            f"leaf {index} of {size}",
            leaf=TREE.leaf(index).hex(),
            index=index,
            size=size,
            root=TREE.head(size).root.hex(),
            path=_hex(TREE.inclusion(index, size)),
        )
    yield made("one hash more at the end", "a hash too many", path=_hex([*path, bytes(32)]))
    yield made("one hash more at the start", "a hash too many", path=_hex([bytes(32), *path]))
    yield made("the last hash is missing", "a hash too few", path=_hex(path[:-1]))
    yield made("the first hash is missing", "a hash too few", path=_hex(path[1:]))
    yield made("no hash at all", "no path", path=[])
    yield made("two hashes changed places", "another order", path=_hex([path[1], path[0], *path[2:]]))
    yield made("the path backwards", "another order", path=_hex(path[::-1]))
    yield made("one bit of a hash", "a hash changed", path=_hex([bytes([path[0][0] ^ 1]) + path[0][1:], *path[1:]]))
    yield made("one bit of the leaf", "another leaf", leaf=(bytes([leaf[0] ^ 128]) + leaf[1:]).hex())
    yield made("the leaf beside it", "another leaf", leaf=TREE.leaf(12).hex())
    yield made("the number beside it", "another number", index=12)
    yield made("a number with the same low bits", "a number beyond the tree", index=13 + 32)
    yield made("a number that is the size", "a number beyond the tree", index=20)
    yield made("a number below nothing", "a negative number", index=-1)
    yield made("a smaller size", "a path of 16 is shorter", size=16)
    yield made("a larger size", "a path of 40 is longer", size=40)
    yield made("a size of nothing", "an empty tree has no leaf", size=0, index=0, path=[], root=EMPTY.hex())
    yield made("a size below nothing", "a negative size", size=-20)
    yield made("a size beyond all trees", "2 to the 63 and more", size=2**63 + 20)
    yield made("another root", "the root of another size", root=TREE.head(19).root.hex())
    yield made("the root of nothing", "the empty root", root=EMPTY.hex())
    yield made(
        "a node for a leaf",
        "an inner node passed for a leaf",
        leaf=node_hash(TREE.leaf(12), leaf).hex(),
        path=_hex(path[1:]),
    )
    bare = hashlib.sha256(LINES[13]).digest()
    yield made("the leaf hashed without its prefix", "RFC 9162 puts 0x00 before a leaf", leaf=bare.hex())
    yield made("a hash cut short", "31 bytes", path=_hex([path[0][:31], *path[1:]]))
    yield made("a hash made longer", "33 bytes", path=_hex([path[0] + b"\0", *path[1:]]))
    yield made("two hashes glued to one", "64 bytes", path=_hex([path[0] + path[1], *path[2:]]))
    yield made("an empty hash between", "no bytes", path=_hex([path[0], b"", *path[1:]]))
    yield made("a leaf cut short", "31 bytes", leaf=leaf[:31].hex())
    yield made("a root cut short", "31 bytes", root=TREE.head(20).root[:31].hex())
    yield made("a lone leaf with a path", "a tree of one needs none", index=0, size=1, path=_hex(path[:1]))
    yield made("a lone leaf that is not the root", "another root", index=0, size=1, path=[])


def consistencies() -> Iterator[Vector]:
    """Proofs that one tree begins another."""

    def made(name: str, why: str = "", *, old: int = 13, new: int = 20, **changes: object) -> Vector:
        good = {
            "old_size": old,
            "old_root": TREE.head(old).root.hex(),
            "new_size": new,
            "new_root": TREE.head(new).root.hex(),
            "path": _hex(TREE.consistency(old, new)),
        }
        return {"name": name, "accept": not why, "why": why, **good, **changes}

    path = list(TREE.consistency(13, 20))
    for old, new in ((13, 20), (1, 2), (1, 300), (4, 8), (7, 8), (8, 9), (256, 300), (299, 300), (20, 20), (0, 20)):
        yield made(f"{old} to {new}", old=old, new=new)
    other = TiledTree([*map(leaf_hash, LINES[:12]), leaf_hash(b"forged"), *map(leaf_hash, LINES[13:])])
    yield made("another history", "its 13th entry differs", new_root=other.head(20).root.hex())
    yield made(
        "another history with its own path",
        "its 13th entry differs",
        new_root=other.head(20).root.hex(),
        path=_hex(other.consistency(13, 20)),
    )
    yield made("another old root", "the root of 12", old_root=TREE.head(12).root.hex())
    yield made("another new root", "the root of 21", new_root=TREE.head(21).root.hex())
    yield made("another old size", "the root is of 13", old_size=12)
    yield made("another new size", "a path to 40 is longer", new_size=40)
    yield made("the sizes changed places", "the larger first", old_size=20, new_size=13)
    yield made(
        "sizes and roots changed places",
        "the larger first",
        old_size=20,
        new_size=13,
        old_root=TREE.head(20).root.hex(),
        new_root=TREE.head(13).root.hex(),
    )
    yield made("one hash more at the end", "a hash too many", path=_hex([*path, bytes(32)]))
    yield made("one hash more at the start", "a hash too many", path=_hex([bytes(32), *path]))
    yield made("the last hash is missing", "a hash too few", path=_hex(path[:-1]))
    yield made("the first hash is missing", "a hash too few", path=_hex(path[1:]))
    yield made("no hash at all", "no path", path=[])
    yield made("the path backwards", "another order", path=_hex(path[::-1]))
    yield made("one bit of a hash", "a hash changed", path=_hex([bytes([path[0][0] ^ 1]) + path[0][1:], *path[1:]]))
    yield made("a hash cut short", "31 bytes", path=_hex([path[0][:31], *path[1:]]))
    yield made("equal sizes, other roots", "a fork", old=20, old_root=other.head(20).root.hex())
    yield made("equal sizes with a path", "none is needed", old=20, path=_hex(path))
    yield made("from nothing with a path", "none is needed", old=0, path=_hex(path))
    yield made("from nothing with a root", "the empty root is another", old=0, old_root=TREE.head(1).root.hex())
    yield made(
        "a whole old tree with its root in the path",
        "RFC 9162 leaves it out",
        old=8,
        new=20,
        path=_hex([TREE.head(8).root, *TREE.consistency(8, 20)]),
    )
    yield made("below nothing", "a negative size", old_size=-1)
    yield made("beyond all trees", "2 to the 63 and more", new_size=2**63)


def _note_line(name: str, key_id: bytes, signature: bytes) -> bytes:
    return f"\u2014 {name} {base64.b64encode(key_id + signature).decode()}\n".encode()


def notes() -> Iterator[Vector]:
    """Signed notes and the key they are tried with."""
    text = SignedText(
        checkpoint=Checkpoint(origin=ORIGIN, size=20, root=TREE.head(20).root, last=bytes(32)), first=13
    ).to_text()
    name = note_name(ADA.public)
    key, stranger = NoteKey(name=name, public=ADA.public), NoteKey(name=note_name(EVE.public), public=EVE.public)
    good = sign_note(text, name, ADA)
    line = good[len(text) + 1 :]
    raw = ADA.sign(text)

    def made(what: str, data: bytes, why: str = "", vkey: str = key.vkey) -> Vector:
        return {"name": what, "accept": not why, "why": why, "vkey": vkey, "note": base64.b64encode(data).decode()}

    yield made("a note", good)
    yield made("a note with a second signature", good + sign_note(text, stranger.name, EVE)[len(text) + 1 :])
    yield made("a text with an empty line", sign_note(b"one\n\nthree\n", name, ADA))
    yield made("a letter of the text", good.replace(b"\n20\n", b"\n21\n"), "the text was changed")
    yield made("a line more in the text", text + b"more\n\n" + line, "the text was changed")
    yield made("a line less in the text", text[:-8] + b"\n" + line, "the text was changed")
    yield made("the text without its end", text[:-1] + b"\n" + line, "no blank line")
    yield made("no signature", text + b"\n", "nobody signed")
    yield made("only text", text, "nobody signed")
    yield made("nothing", b"", "nothing")
    yield made("no end of line at the end", good[:-1], "cut short")
    yield made("the last line cut", good[:-20], "cut short")
    yield made("something after it", good + b"more\n", "a line among the signatures that is none")
    yield made("an empty line after it", good + b"\n", "no signature after the last empty line")
    yield made(
        "the signature of another text",
        text + b"\n" + _note_line(name, key.id, ADA.sign(b"other\n")),
        "of another text",
    )
    yield made(
        "another's signature under this name and id",
        text + b"\n" + _note_line(name, key.id, EVE.sign(text)),
        "another key",
    )
    yield made("signed by a stranger", sign_note(text, stranger.name, EVE), "no signature by this key")
    yield made("another name", text + b"\n" + _note_line("quoth/other", key.id, raw), "another name with the same id")
    yield made("another id", text + b"\n" + _note_line(name, b"\0\0\0\0", raw), "another id with the same name")
    yield made("a signature cut short", text + b"\n" + _note_line(name, key.id, raw[:63]), "63 bytes")
    yield made("a signature made longer", text + b"\n" + _note_line(name, key.id, raw + b"\0"), "65 bytes")
    yield made("an empty signature", text + b"\n" + _note_line(name, key.id, b""), "no bytes")
    scalar = int.from_bytes(raw[32:], "little") + ORDER
    second = raw[:32] + scalar.to_bytes(32, "little")
    yield made(
        "the other form of the same signature",
        text + b"\n" + _note_line(name, key.id, second),
        "S is not reduced (RFC 8032, 5.1.7)",
    )
    yield made("no padding", good.replace(b"=\n", b"\n"), "base64 in another form")
    yield made("padding too much", good[:-1] + b"=\n", "base64 in another form")
    yield made("base64 with a line break", good[:-30] + b"\n" + good[-30:], "base64 in another form")
    yield made("base64 for URLs", text + b"\n" + line.replace(b"+", b"-").replace(b"/", b"_"), "base64 in another form")
    yield made("loose bits in base64", _loose(good), "base64 in another form")
    yield made("a hyphen for the dash", good.replace("\u2014".encode(), b"-"), "another sign before the signature")
    yield made("two blanks", good.replace(f" {name} ".encode(), f"  {name} ".encode()), "an empty name")
    yield made("a tab in the text", sign_like(b"one\ttwo\n", name, key), "a control character")
    yield made("a carriage return", good.replace(b"\n", b"\r\n"), "control characters")
    yield made("a zero byte", sign_like(b"one\0two\n", name, key), "a control character")
    yield made("not UTF-8", sign_like(b"\xff\xfe\n", name, key), "not UTF-8")
    yield made("a mark of byte order", b"\xef\xbb\xbf" + good, "the text was changed")
    yield made("the same signature twice", good + line, "one key signs once")
    yield made(
        "a wrong one before the right one",
        text + b"\n" + _note_line(name, key.id, bytes(64)) + line,
        "a wrong signature by a known key",
    )
    small = NoteKey.__new__(NoteKey)
    object.__setattr__(small, "name", "quoth/small")
    object.__setattr__(small, "public", type(ADA.public)(raw=SMALL))
    trick = text + b"\n" + _note_line("quoth/small", small.id, SMALL + bytes(32))
    yield made("a key of small order", trick, "one signature under this key fits every text", small.vkey)
    yield made(
        "a key whose id is another's",
        good,
        "the id in the key is not its own",
        key.vkey.replace(key.id.hex(), stranger.id.hex()),
    )
    yield made(
        "a key of another kind",
        good,
        "type 0x02",
        key.vkey.rpartition("+")[0] + "+" + base64.b64encode(b"\x02" + ADA.public.raw).decode(),
    )


def sign_like(text: bytes, name: str, key: NoteKey) -> bytes:
    """A note over a text that no note may have."""
    return text + b"\n" + _note_line(name, key.id, ADA.sign(text))


def _loose(good: bytes) -> bytes:
    """The last letter before the padding with bits that decode to nothing."""
    letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    at = len(good) - 3
    return good[:at] + letters[letters.index(good[at]) ^ 1 : (letters.index(good[at]) ^ 1) + 1] + good[at + 1 :]


def signatures() -> Iterator[Vector]:
    """SSH signatures of a message, the key that is expected, for the namespace ``quoth``."""
    message = b"quoth-case: twenty entries\n"
    good = ssh_sign(message, ADA)
    raw = base64.b64decode(b"".join(good.split(b"\n")[1:-2]))

    def armored(blob: bytes, width: int = 70) -> bytes:
        text = base64.b64encode(blob).decode()
        rows = [text[at : at + width] for at in range(0, len(text), width)]
        return "\n".join(["-----BEGIN SSH SIGNATURE-----", *rows, "-----END SSH SIGNATURE-----", ""]).encode()

    def blob(by: SigningKey = ADA, **changes: bytes) -> bytes:
        parts = {"magic": b"SSHSIG", "version": struct.pack(">I", 1), "key": by.public.blob, "namespace": b"quoth",
                 "reserved": b"", "hash": b"sha512", "kind": b"ssh-ed25519", "after": b""} | changes  # fmt: skip
        hasher = hashlib.sha512 if parts["hash"] != b"sha256" else hashlib.sha256
        head = b"".join(packed(parts[one]) for one in ("namespace", "reserved", "hash"))
        signed = parts.get("signature") or by.sign(b"SSHSIG" + head + packed(hasher(message).digest()))
        inner = packed(parts["kind"]) + packed(signed)
        return parts["magic"] + parts["version"] + packed(parts["key"]) + head + packed(inner) + parts["after"]

    def made(what: str, data: bytes, why: str = "", key: str = ADA.public.line, text: bytes = message) -> Vector:
        return {"name": what, "accept": not why, "why": why, "key": key, "message": base64.b64encode(text).decode(),
                "signature": base64.b64encode(data).decode()}  # fmt: skip

    yield made("a signature", good)
    yield made("with SHA-256", armored(blob(hash=b"sha256")))
    yield made("another message", good, "the message was changed", text=message + b" ")
    yield made("no message", good, "the message was changed", text=b"")
    yield made("by another key", ssh_sign(message, EVE), "not by the key that is expected")
    yield made(
        "another's signature with this key's name", armored(blob(EVE, key=ADA.public.blob)), "not by the key it names"
    )
    yield made("for git", ssh_sign(message, ADA, namespace="git"), "for something else")
    yield made("for nothing", armored(blob(namespace=b"")), "for nothing")
    yield made("for another, renamed", armored(_renamed(raw)), "the namespace was changed after signing")
    yield made("version 2", armored(blob(version=struct.pack(">I", 2))), "another version")
    yield made("another magic word", armored(blob(magic=b"SSHSIH")), "no signature")
    yield made("SHA-1", armored(blob(hash=b"sha1")), "a hash that is not allowed")
    yield made("no hash", armored(blob(hash=b"")), "no hash")
    yield made("something reserved", armored(blob(reserved=b"x")), "a field that must be empty")
    yield made("another kind", armored(blob(kind=b"ssh-rsa")), "the kind does not fit the key")
    yield made("bytes after the end", armored(blob(after=b"\0")), "something after the end")
    yield made("a string after the end", armored(blob(after=packed(b"more"))), "something after the end")
    yield made("cut short", armored(raw[:-1]), "cut short")
    yield made("half of it", armored(raw[: len(raw) // 2]), "cut short")
    yield made("nothing in it", armored(b""), "nothing")
    yield made("nothing", b"", "nothing")
    yield made("no last line", good[: good.index(b"-----END")], "no end")
    yield made("another first line", good.replace(b"SSH SIGNATURE", b"PGP SIGNATURE"), "another armour")
    yield made("carriage returns", good.replace(b"\n", b"\r\n"), "another writing")
    yield made("something before it", b"x\n" + good, "another writing")
    yield made("something after it", good + b"x\n", "another writing")
    yield made("narrow lines", armored(raw, 40), "another writing")
    yield made("a signature of 63 bytes", armored(blob(signature=ADA.sign(b"")[:63])), "cut short")
    yield made("zeros for a signature", armored(blob(signature=bytes(64))), "no signature of the message")
    key = type(ADA.public)(raw=SMALL)
    trick = blob(key=key.blob, signature=SMALL + bytes(32))
    yield made("a key of small order", armored(trick), "one signature under this key fits every text", key.line)


def _renamed(raw: bytes) -> bytes:
    other = ssh_sign(b"quoth-case: twenty entries\n", ADA, namespace="other")
    data = base64.b64decode(b"".join(other.split(b"\n")[1:-2]))
    return data.replace(packed(b"other"), packed(b"quoth"))


def proofs() -> Iterator[Vector]:
    """``.tlog-proof`` texts, the log's origin and the keys that are trusted."""
    head, name = TREE.head(20), note_name(ADA.public)
    key = NoteKey(name=name, public=ADA.public)
    text = SignedText(checkpoint=Checkpoint(origin=ORIGIN, size=20, root=head.root, last=bytes(32)), first=13).to_text()
    note, path = sign_note(text, name, ADA), TREE.inclusion(13, 20)
    good = inclusion_text(LINES[13], index=13, path=path, checkpoint=note)
    extra = b"extra " + base64.b64encode(LINES[13])

    def made(what: str, data: bytes, why: str = "", **changes: object) -> Vector:
        return {"name": what, "accept": not why, "why": why, "origin": ORIGIN, "vkeys": [key.vkey],
                "proof": base64.b64encode(data).decode(), **changes}  # fmt: skip

    def with_note(checkpoint: bytes) -> bytes:
        return inclusion_text(LINES[13], index=13, path=path, checkpoint=checkpoint)

    stranger = sign_note(text, note_name(EVE.public), EVE)
    longer = text.replace(b"\n20\n", b"\n40\n")
    yield made("entry 13", good)
    yield made(
        "entry 13, one of two keys", good, vkeys=[NoteKey(name=note_name(EVE.public), public=EVE.public).vkey, key.vkey]
    )
    yield made("another entry's line", good.replace(extra, b"extra " + base64.b64encode(LINES[12])), "another line")
    yield made(
        "a line with a letter more", good.replace(extra, b"extra " + base64.b64encode(LINES[13] + b" ")), "another line"
    )
    yield made("another number", good.replace(b"index 13", b"index 12"), "another number")
    yield made("a number with a zero before", good.replace(b"index 13", b"index 013"), "another writing")
    yield made("a number with a sign", good.replace(b"index 13", b"index +13"), "another writing")
    yield made("no line of the entry", good.replace(extra + b"\n", b""), "the line is missing")
    yield made("two lines of entries", good.replace(extra, extra + b"\n" + extra), "a line too many")
    yield made("another version", good.replace(b"@v1", b"@v2"), "another version")
    yield made(
        "a path without its first hash",
        inclusion_text(LINES[13], index=13, path=path[1:], checkpoint=note),
        "a hash too few",
    )
    yield made(
        "a path with a hash more",
        inclusion_text(LINES[13], index=13, path=(*path, bytes(32)), checkpoint=note),
        "a hash too many",
    )
    yield made(
        "a short hash", inclusion_text(LINES[13], index=13, path=(path[0][:31], *path[1:]), checkpoint=note), "31 bytes"
    )
    yield made(
        "an empty line in the path", good.replace(b"index 13\n", b"index 13\n\n"), "the checkpoint begins too early"
    )
    yield made("no checkpoint", good[: good.index(b"\n\n") + 2], "no checkpoint")
    yield made("an unsigned checkpoint", with_note(text), "nobody signed")
    yield made("a checkpoint signed by a stranger", with_note(stranger), "nobody trusted signed")
    yield made(
        "a checkpoint of another log", with_note(sign_note(text.replace(b"0a0a", b"0b0b"), name, ADA)), "another log"
    )
    yield made("a checkpoint of another size", with_note(sign_note(longer, name, ADA)), "a path of 40 is longer")
    yield made("a checkpoint changed after signing", good.replace(b"\n20\n", b"\n19\n"), "the text was changed")
    other = text.replace(base64.b64encode(head.root), base64.b64encode(TREE.head(19).root))
    yield made("a checkpoint of another root", with_note(sign_note(other, name, ADA)), "another root")
    yield made(
        "a root that is not 32 bytes",
        with_note(sign_note(text.replace(base64.b64encode(head.root), b"AAAA"), name, ADA)),
        "3 bytes",
    )
    yield made("no key is trusted", good, "nobody is trusted", vkeys=[])
    yield made("a proof of another log", good, "another log is asked for", origin=ORIGIN[:-2] + "0b")
    yield made("not UTF-8", b"\xff" + good, "not UTF-8")
    yield made("nothing", b"", "nothing")
    yield made("carriage returns", good.replace(b"\n", b"\r\n"), "another writing")


FILES = {
    "inclusion.json": inclusions,
    "consistency.json": consistencies,
    "note.json": notes,
    "sshsig.json": signatures,
    "tlog-proof.json": proofs,
}


def text_of(name: str) -> str:
    """What a file of this folder holds."""
    return json.dumps(list(FILES[name]()), indent=1) + "\n"


if __name__ == "__main__":
    for file in FILES:
        (HERE / file).write_text(text_of(file), encoding="utf-8")
