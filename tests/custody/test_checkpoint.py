"""Checkpoints: RFC 9162 roots against a naive recursion and the published vectors."""

import hashlib
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.custody.checkpoint import Checkpoint, Tree, parse_checkpoint
from quoth.errors import CustodyError

# The eight leaves that certificate-transparency implementations test with, and the roots of the
# first one, two and three of them.
LEAVES = [bytes.fromhex(one) for one in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip
ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def naive_root(leaves: list[bytes]) -> bytes:
    """RFC 9162, section 2.1.1, word for word."""
    count = len(leaves)
    if count == 0:
        return hashlib.sha256().digest()
    if count == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < count:
        split *= 2
    return hashlib.sha256(b"\x01" + naive_root(leaves[:split]) + naive_root(leaves[split:])).digest()


def grown(leaves: list[bytes]) -> Tree:
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)
    return tree


@pytest.mark.parametrize("size", ROOTS)
def test_published_roots(size) -> None:
    assert grown(LEAVES[:size]).root().hex() == ROOTS[size]
    assert naive_root(LEAVES[:size]).hex() == ROOTS[size]


def test_every_size_up_to_130() -> None:
    leaves = [b"%d" % number for number in range(130)]
    tree = Tree()
    for size, leaf in enumerate(leaves):
        assert tree.root() == naive_root(leaves[:size])
        tree.add(leaf)
        assert tree.size == size + 1


@settings(max_examples=30, deadline=None)
@given(st.lists(st.binary(max_size=20), max_size=70), st.binary(max_size=5))
def test_a_copy_grows_on_its_own(leaves, more) -> None:
    tree = grown(leaves)
    other = tree.copy()
    other.add(more)
    assert (tree.root(), tree.size) == (naive_root(leaves), len(leaves))
    assert other.root() == naive_root([*leaves, more])


def test_a_leaf_is_never_a_node() -> None:
    left, right = (hashlib.sha256(b"\x00" + one).digest() for one in (b"a", b"b"))
    assert grown([b"a", b"b"]).root() != grown([left + right]).root()


def made(size: int = 7) -> Checkpoint:
    return Checkpoint(origin="quoth-case/" + "0a" * 16, size=size, root=bytes(range(32)), last=bytes(32))


def test_text_is_the_body_of_a_tlog_checkpoint() -> None:
    lines = made().to_text().decode().split("\n")
    assert lines[:3] == ["quoth-case/" + "0a" * 16, "7", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="]
    assert lines[3].startswith("last ")
    assert lines[4:] == [""]
    assert parse_checkpoint(made().to_text()) == made()


def test_every_flipped_bit_is_refused_or_another_checkpoint() -> None:
    text = made().to_text()
    for bit in range(len(text) * 8):
        data = bytearray(text)
        data[bit // 8] ^= 1 << bit % 8
        try:
            other = parse_checkpoint(bytes(data))
        except CustodyError:
            continue
        assert other != made(), bit


def test_other_writings_of_a_checkpoint_are_refused() -> None:
    text = made().to_text()
    rng = random.Random(1)
    for other in (
        b"",
        text + b"\n",
        text[:-1],
        text.replace(b"\n7\n", b"\n07\n"),
        text.replace(b"=", b""),
        rng.randbytes(80),
    ):
        with pytest.raises(CustodyError):
            parse_checkpoint(other)
