"""Merkle trees: roots, inclusion and consistency proofs, strict verification.

- Hashing is RFC 9162, section 2.1.1: ``0x00`` before a leaf's bytes, ``0x01`` before two nodes.
- A proof is right in one form only: a hash too many, too few or of another length is refused.
- :class:`TiledTree` keeps the nodes of every fourth height; those between are made again from at most
  16 of them, so that a proof takes a hundred hashes at any size. Every second kept height is a level
  of tiles (C2SP tlog-tiles).
- A function ``…_fault`` gives words that say what is wrong, and no words where the proof holds.

Example::

    >>> tree = TiledTree([leaf_hash(b"a"), leaf_hash(b"b"), leaf_hash(b"c")])
    >>> path = tree.inclusion(1)
    >>> inclusion_fault(path, leaf_hash(b"b"), index=1, head=tree.head())
    ''
"""

import dataclasses
import hashlib
from collections.abc import Iterable, Sequence

from quoth.errors import TermsError

__all__ = [
    "EMPTY",
    "HASH_SIZE",
    "TILE_WIDTH",
    "GrowingTree",
    "TiledTree",
    "TreeHead",
    "consistency_fault",
    "inclusion_fault",
    "leaf_hash",
    "node_hash",
    "tile_path",
]

HASH_SIZE = 32
"""Bytes of a node's hash (SHA-256)."""

TILE_WIDTH = 256
"""Hashes in a full tile (C2SP tlog-tiles)."""

EMPTY = hashlib.sha256().digest()
"""The root of a tree without leaves."""

_STEP = 4
"""Every so many heights the nodes are kept."""

_LARGEST = 1 << 63
_PART = 1000
"""Tile numbers are written in groups of three digits."""


def leaf_hash(data: bytes) -> bytes:
    """The 32 bytes that stand for a leaf of these bytes."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The 32 bytes over two nodes of 32 bytes each."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TreeHead:
    """How many leaves a tree has, and its root of 32 bytes."""

    size: int
    root: bytes


class GrowingTree:
    """A tree that grows at its end and knows its root; it holds one hash a level and gives no proofs."""

    def __init__(self) -> None:
        self.size = 0
        self._whole: list[bytes] = []

    def add(self, data: bytes) -> None:
        """Add a leaf of these bytes."""
        self.add_all((data,))

    def add_all(self, leaves: Iterable[bytes]) -> None:
        """Add leaves in order."""
        sha, whole, size = hashlib.sha256, self._whole, self.size
        for data in leaves:
            node, above = sha(b"\x00" + data).digest(), size
            while above & 1:
                node = sha(b"\x01" + whole.pop() + node).digest()
                above >>= 1
            whole.append(node)
            size += 1
        self.size = size

    def root(self) -> bytes:
        """The root of what was added so far; of nothing, :data:`EMPTY`."""
        return _from_the_right(self._whole) if self._whole else EMPTY

    def copy(self) -> "GrowingTree":
        """A tree of the same leaves, to grow on its own."""
        made = GrowingTree()
        made.size = self.size
        made._whole = self._whole.copy()
        return made


class TiledTree:
    """A tree that gives proofs for each of its sizes; about 34 bytes of memory a leaf.

    ``leaves`` are leaf hashes (:func:`leaf_hash`), 32 bytes each.
    """

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._levels: list[bytearray] = [bytearray()]
        self.extend(leaves)

    @property
    def size(self) -> int:
        """How many leaves there are."""
        return len(self._levels[0]) // HASH_SIZE

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add leaf hashes at the end; raises :class:`TermsError` for one that is not 32 bytes."""
        added = b"".join(leaves)
        if len(added) % HASH_SIZE:
            raise TermsError("a leaf hash is not 32 bytes", hint="give what leaf_hash gives")
        self._levels[0] += added
        step, level = HASH_SIZE << _STEP, 0
        while len(self._levels[level]) >= step:
            if level + 1 == len(self._levels):
                self._levels.append(bytearray())
            below, above = self._levels[level], self._levels[level + 1]
            for start in range(len(above) << _STEP, len(below) - step + 1, step):
                above += _folded(below[start : start + step])
            level += 1

    def leaf(self, index: int) -> bytes:
        """The leaf hash at ``index``."""
        self._check(index + 1)
        return self._nodes(0, index, 1)

    def head(self, size: int | None = None) -> TreeHead:
        """Size and root of the first ``size`` leaves (all of them when left out)."""
        wanted = self.size if size is None else size
        self._check(wanted)
        return TreeHead(size=wanted, root=self._range(0, wanted) if wanted else EMPTY)

    def inclusion(self, index: int, size: int | None = None) -> tuple[bytes, ...]:
        """The path that proves leaf ``index`` in the first ``size`` leaves (RFC 9162, 2.1.3.1), from its sibling up."""
        low, high = 0, self.size if size is None else size
        self._check(high)
        if not 0 <= index < high:
            raise TermsError(f"there is no leaf {index} among {high}", hint="leaves are counted from 0")
        path: list[bytes] = []
        while high - low > 1:
            split = low + _split(high - low)
            if index < split:
                path.append(self._range(split, high))
                high = split
            else:
                path.append(self._range(low, split))
                low = split
        return tuple(reversed(path))

    def consistency(self, old: int, new: int | None = None) -> tuple[bytes, ...]:
        """The path that proves the first ``old`` leaves to begin the first ``new`` ones (RFC 9162, 2.1.4.1)."""
        low, high = 0, self.size if new is None else new
        self._check(high)
        if not 0 <= old <= high:
            raise TermsError(f"a tree of {old} leaves does not begin one of {high}", hint="give the smaller size first")
        if old in (0, high):
            return ()
        path: list[bytes] = []
        rest = old
        while rest != high - low:
            width = _split(high - low)
            if rest <= width:
                path.append(self._range(low + width, high))
                high = low + width
            else:
                path.append(self._range(low, low + width))
                low, rest = low + width, rest - width
        if low:
            path.append(self._range(low, high))
        return tuple(reversed(path))

    def tile(self, level: int, number: int, width: int = TILE_WIDTH) -> bytes:
        """The hashes of one tile: ``width`` nodes of height ``8 * level`` (C2SP tlog-tiles), 32 bytes each."""
        start = number * TILE_WIDTH
        held = len(self._levels[2 * level]) // HASH_SIZE if 0 <= 2 * level < len(self._levels) else 0
        if not (0 < width <= TILE_WIDTH and start >= 0 and start + width <= held):
            raise TermsError(f"there is no tile {level}/{number} of width {width}", hint="the tree is smaller")
        return self._nodes(2 * level, start, width)

    def tiles(self) -> Iterable[tuple[int, int, int]]:
        """Level, number and width of every tile of the tree as it is, the last one of each level partial."""
        for level, held in enumerate(self._levels[::2]):
            full, rest = divmod(len(held) // HASH_SIZE, TILE_WIDTH)
            for number in range(full):
                yield level, number, TILE_WIDTH
            if rest:
                yield level, full, rest

    def _check(self, size: int) -> None:
        if not 0 <= size <= self.size:
            raise TermsError(f"the tree has {self.size} leaves, not {size}", hint="leaves are counted from 0")

    def _nodes(self, level: int, start: int, count: int) -> bytes:
        return bytes(self._levels[level][start * HASH_SIZE : (start + count) * HASH_SIZE])

    def _range(self, low: int, high: int) -> bytes:
        """The hash over the leaves from ``low`` to ``high``; ``low`` is where such a range may begin."""
        whole: list[bytes] = []
        while low < high:
            height = (high - low).bit_length() - 1
            level, above = divmod(height, _STEP)
            whole.append(_folded(self._nodes(level, low >> level * _STEP, 1 << above)))
            low += 1 << height
        return _from_the_right(whole)


def inclusion_fault(path: Sequence[bytes], leaf: bytes, *, index: int, head: TreeHead) -> str:
    """What is wrong with the proof that the leaf hash ``leaf`` is number ``index`` (RFC 9162, 2.1.3.2)."""
    # 1. index and size are whole numbers that a tree can have, and the leaf is within the tree
    if not _is_size(head.size) or not _is_size(index) or index >= head.size:
        return f"there is no leaf {index} in a tree of {head.size}"
    # 2. every hash has 32 bytes
    if not _are_hashes((leaf, head.root, *path)):
        return "a hash has not 32 bytes"
    # 3. there are as many hashes as the place of the leaf asks for
    inner = (index ^ (head.size - 1)).bit_length()
    border = (index >> inner).bit_count()
    if len(path) != inner + border:
        return f"holds {len(path)} hashes where {inner + border} are needed"
    # 4. they lead from the leaf to the root
    node = leaf
    for place, other in enumerate(path):
        on_the_left = place >= inner or index >> place & 1
        node = node_hash(other, node) if on_the_left else node_hash(node, other)
    return "" if node == head.root else "leads to another root"


def consistency_fault(path: Sequence[bytes], old: TreeHead, *, new: TreeHead) -> str:
    """What is wrong with the proof that the leaves under ``old`` begin those under ``new`` (RFC 9162, 2.1.4.2)."""
    # 1. the sizes are whole numbers that a tree can have, and the old tree is not the larger one
    if not _is_size(old.size) or not _is_size(new.size) or old.size > new.size:
        return f"a tree of {old.size} leaves does not begin one of {new.size}"
    # 2. every hash has 32 bytes
    if not _are_hashes((old.root, new.root, *path)):
        return "a hash has not 32 bytes"
    # 3. between equal sizes, and from nothing, no hash is needed and the roots say all
    if old.size in (0, new.size):
        known = EMPTY if old.size == 0 else new.root
        fault = "" if old.root == known else "has another root for the same leaves"
        return f"holds {len(path)} hashes where none is needed" if path else fault
    # 4. there are as many hashes as the two sizes ask for
    shift = (old.size & -old.size).bit_length() - 1  # whole subtrees at the right edge of the old tree
    first, inner = old.size >> shift, ((old.size - 1) ^ (new.size - 1)).bit_length() - shift
    border = ((old.size - 1) >> shift + inner).bit_count()
    seeded = first == 1  # the old tree is one whole subtree: its root is where the path begins
    if len(path) != inner + border + (not seeded):
        return f"holds {len(path)} hashes where {inner + border + (not seeded)} are needed"
    # 5. they lead to the old root and to the new one
    seed, rest = (old.root, path) if seeded else (path[0], path[1:])
    before = after = seed
    for place, other in enumerate(rest):
        if place >= inner or (first - 1) >> place & 1:
            before, after = node_hash(other, before), node_hash(other, after)
        else:
            after = node_hash(after, other)
    if before != old.root:
        return "leads to another root of the old tree"
    return "" if after == new.root else "leads to another root of the new tree"


def tile_path(level: int, number: int, width: int = TILE_WIDTH) -> str:
    """Where a tile stands, relative to the log: ``tile/0/x001/234``, with ``.p/12`` where it is not full."""
    groups = [f"{number % _PART:03d}"]
    while number := number // _PART:
        groups.append(f"x{number % _PART:03d}")
    partial = "" if width == TILE_WIDTH else f".p/{width}"
    return f"tile/{level}/{'/'.join(reversed(groups))}{partial}"


def _folded(nodes: bytes | bytearray) -> bytes:
    """The node over a power of two of nodes that stand side by side."""
    sha = hashlib.sha256
    while len(nodes) > HASH_SIZE:
        nodes = b"".join(
            [sha(b"\x01" + nodes[at : at + 2 * HASH_SIZE]).digest() for at in range(0, len(nodes), 2 * HASH_SIZE)]
        )
    return bytes(nodes)


def _from_the_right(whole: Sequence[bytes]) -> bytes:
    """The hash over whole subtrees of falling height."""
    node = whole[-1]
    for left in reversed(whole[:-1]):
        node = node_hash(left, node)
    return node


def _split(count: int) -> int:
    """The largest power of two smaller than ``count``."""
    return 1 << (count - 1).bit_length() - 1


def _is_size(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number < _LARGEST


def _are_hashes(hashes: Iterable[object]) -> bool:
    return all(isinstance(one, bytes) and len(one) == HASH_SIZE for one in hashes)
