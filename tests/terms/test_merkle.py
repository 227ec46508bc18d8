"""Merkle trees: against a naive recursion, another library, published vectors, and forgers."""

import hashlib
import random

import pymerkle
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.errors import TermsError
from quoth.terms.merkle import (
    EMPTY,
    GrowingTree,
    TiledTree,
    TreeHead,
    consistency_fault,
    inclusion_fault,
    leaf_hash,
    node_hash,
    tile_path,
)

# The eight leaves that certificate-transparency implementations test with, and their roots.
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
LARGEST = 700


def naive_root(leaves):
    """RFC 9162, section 2.1.1, word for word."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return hashlib.sha256(b"\x01" + naive_root(leaves[:split]) + naive_root(leaves[split:])).digest()


def naive_inclusion(index, leaves):
    """RFC 9162, section 2.1.3.1, word for word."""
    if len(leaves) == 1:
        return []
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    if index < split:
        return [*naive_inclusion(index, leaves[:split]), naive_root(leaves[split:])]
    return [*naive_inclusion(index - split, leaves[split:]), naive_root(leaves[:split])]


def naive_consistency(old, leaves, *, whole=True):
    """RFC 9162, section 2.1.4.1, word for word."""
    if old == len(leaves):
        return [] if whole else [naive_root(leaves)]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    if old <= split:
        return [*naive_consistency(old, leaves[:split], whole=whole), naive_root(leaves[split:])]
    return [*naive_consistency(old - split, leaves[split:], whole=False), naive_root(leaves[:split])]


def leaves_of(count):
    return [b"%d" % number for number in range(count)]


@pytest.fixture(scope="module", name="large_tree")
def _large_tree():
    return TiledTree(leaf_hash(one) for one in leaves_of(LARGEST))


@pytest.fixture(scope="module", name="oracle")
def _oracle():
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    tree.append_entries(leaves_of(LARGEST))
    return tree


@pytest.mark.parametrize("size", ROOTS)
def test_published_roots(size):
    grown = GrowingTree()
    for leaf in LEAVES[:size]:
        grown.add(leaf)
    assert grown.root().hex() == ROOTS[size] == TiledTree(map(leaf_hash, LEAVES[:size])).head().root.hex()


def test_every_small_size_against_the_words_of_the_standard():
    leaves = leaves_of(40)
    tree = TiledTree(map(leaf_hash, leaves))
    grown = GrowingTree()
    for size in range(41):
        head = tree.head(size)
        assert head.root == naive_root(leaves[:size]) == grown.root()
        for index in range(size):
            path = tree.inclusion(index, size)
            assert list(path) == naive_inclusion(index, leaves[:size])
            assert inclusion_fault(path, tree.leaf(index), index=index, head=head) == ""
        for old in range(1, size + 1):
            path = tree.consistency(old, size)
            assert list(path) == naive_consistency(old, leaves[:size])
            assert consistency_fault(path, tree.head(old), new=head) == ""
        assert consistency_fault(tree.consistency(0, size), tree.head(0), new=head) == ""
        if size < 40:
            grown.add(leaves[size])


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_another_library_makes_and_accepts_the_same(large_tree, oracle, data):
    size = data.draw(st.integers(1, LARGEST))
    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(1, size))
    head = large_tree.head(size)
    assert head.root == oracle.get_root(size)
    theirs = oracle.prove_inclusion(index + 1, size)
    pymerkle.verify_inclusion(large_tree.leaf(index), head.root, theirs, index=index + 1, size=size)
    assert sorted(theirs.path[1:]) == sorted(large_tree.inclusion(index, size))
    grown = oracle.prove_consistency(old, size)
    pymerkle.verify_consistency(large_tree.head(old).root, head.root, grown)
    assert consistency_fault(large_tree.consistency(old, size), large_tree.head(old), new=head) == ""


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 600), max_size=5))
def test_growing_in_any_pieces_gives_the_same_tree(pieces):
    tree, leaves = TiledTree(), leaves_of(sum(pieces))
    for count in pieces:
        tree.extend(map(leaf_hash, leaves[tree.size : tree.size + count]))
    assert tree.size == len(leaves)
    assert tree.head() == TiledTree(map(leaf_hash, leaves)).head()
    assert list(tree.tiles()) == list(TiledTree(map(leaf_hash, leaves)).tiles())


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_a_doctored_inclusion_is_refused(large_tree, data):
    size = data.draw(st.integers(1, LARGEST))
    index = data.draw(st.integers(0, size - 1))
    path, leaf, head = list(large_tree.inclusion(index, size)), large_tree.leaf(index), large_tree.head(size)
    other = data.draw(st.binary(min_size=32, max_size=32))
    for wrong in (
        [*path, other],
        [other, *path],
        path[1:] if path else [other],
        path[:-1] if path else [other],
        [one[:-1] for one in path] or [b""],
        [*path[:-1], bytes(one ^ 1 for one in path[-1])] if path else [other],
    ):
        assert inclusion_fault(wrong, leaf, index=index, head=head)
    assert inclusion_fault(path, other, index=index, head=head)
    assert inclusion_fault(path, leaf, index=size, head=head)
    assert inclusion_fault(path, leaf, index=-1, head=head)
    assert inclusion_fault(path, leaf, index=index + size, head=head)
    assert inclusion_fault(path, leaf, index=index, head=TreeHead(size=size, root=other))
    if size > 1:
        assert inclusion_fault(path, leaf, index=(index + 1) % size, head=head)


@settings(max_examples=50, deadline=None)
@given(st.data())
def test_a_doctored_consistency_is_refused(large_tree, data):
    new = data.draw(st.integers(2, LARGEST))
    old = data.draw(st.integers(1, new - 1))
    path, before, head = list(large_tree.consistency(old, new)), large_tree.head(old), large_tree.head(new)
    other = data.draw(st.binary(min_size=32, max_size=32))
    for wrong in (
        [*path, other],
        [other, *path],
        path[1:],
        path[:-1],
        [one + b"x" for one in path],
        [*path[:-1], other],
    ):
        assert consistency_fault(wrong, before, new=head)
    assert consistency_fault(path, TreeHead(size=old, root=other), new=head)
    assert consistency_fault(path, before, new=TreeHead(size=new, root=other))
    assert consistency_fault(path, head, new=before)
    assert consistency_fault((), head, new=TreeHead(size=new, root=other))
    assert consistency_fault((), TreeHead(size=0, root=other), new=head)
    assert consistency_fault((other,), TreeHead(size=0, root=EMPTY), new=head)
    assert consistency_fault((other,), head, new=head)


def test_sizes_that_no_tree_has_are_refused(large_tree):
    path, leaf, head = large_tree.inclusion(3), large_tree.leaf(3), large_tree.head()
    for size in (-1, 1 << 63, True, 4.0, None):
        assert inclusion_fault(path, leaf, index=0, head=TreeHead(size=size, root=head.root))
        assert consistency_fault(path, TreeHead(size=size, root=head.root), new=head)


@pytest.mark.parametrize(
    "ask",
    [
        lambda tree: tree.inclusion(LARGEST),
        lambda tree: tree.inclusion(0, LARGEST + 1),
        lambda tree: tree.inclusion(-1),
        lambda tree: tree.consistency(5, 4),
        lambda tree: tree.consistency(-1),
        lambda tree: tree.leaf(LARGEST),
        lambda tree: tree.head(-1),
        lambda tree: tree.tile(0, 2),
        lambda tree: tree.tile(9, 0),
        lambda tree: tree.tile(0, 0, 0),
        lambda tree: tree.extend([b"short"]),
    ],
)
def test_what_the_tree_does_not_have_is_an_error(large_tree, ask):
    with pytest.raises(TermsError):
        ask(large_tree)


def test_tiles_hold_the_hashes_that_their_names_say(large_tree):
    named = {tile_path(*one): large_tree.tile(*one) for one in large_tree.tiles()}
    assert list(named) == ["tile/0/000", "tile/0/001", "tile/0/002.p/188", "tile/1/000.p/2"]
    assert named["tile/0/001"][:32] == leaf_hash(b"256")
    assert named["tile/1/000.p/2"][32:] == naive_root(leaves_of(LARGEST)[256:512])
    assert tile_path(0, 1234067) == "tile/0/x001/x234/067"


def test_a_leaf_is_never_a_node():
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    assert node_hash(left, right) != leaf_hash(left + right)


def test_a_copy_grows_on_its_own():
    tree = GrowingTree()
    for leaf in leaves_of(11):
        tree.add(leaf)
    other = tree.copy()
    other.add(b"more")
    assert tree.root() == naive_root(leaves_of(11))
    assert other.root() == naive_root([*leaves_of(11), b"more"])


def test_random_sizes_far_apart():
    rng = random.Random(9162)
    tree = TiledTree(hashlib.sha256(b"%d" % number).digest() for number in range(70_000))
    for _ in range(60):
        new = rng.randint(1, tree.size)
        old, index = rng.randint(0, new), rng.randrange(new)
        head = tree.head(new)
        assert inclusion_fault(tree.inclusion(index, new), tree.leaf(index), index=index, head=head) == ""
        assert consistency_fault(tree.consistency(old, new), tree.head(old), new=head) == ""
