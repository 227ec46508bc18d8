"""A disk that loses power: which effects of a record may be gone, and what then lies in the folder.

- Strict on purpose: data, size and name of a file are effects of their own; a rename is two (the new name, the loss of the
  old one); each may be lost alone until it is forced. ``fsync`` of a file forces its bytes, not its name; of a folder, the
  names in it, not the files; ``syncfs`` forces all.
- A write that is not forced may be torn: cut short, zeros (the size arrived, the bytes did not), or with sectors missing.
"""

import dataclasses
import os
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from recording import MARKS, Op

SECTOR = 512


@dataclasses.dataclass(slots=True)
class Effect:
    """One thing that reaches the disk after the ``at``-th op, at the latest with the ``forced``-th."""

    at: int
    kind: str
    inode: int
    name: str = ""
    child: int = 0
    offset: int = 0
    data: bytes = b""
    forced: int | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Mark:
    """What the recorded process said, and after which op."""

    at: int
    text: str


class Disk:
    """The effects of a record on everything below ``top``."""

    def __init__(self, ops: Sequence[Op], top: str) -> None:
        self.ops = ops
        self.effects: list[Effect] = []
        self.marks: list[Mark] = []
        self._top = top
        self._live: dict[str, int] = {"": 0}
        self._folders = {0}
        self._sizes: dict[int, int] = {}
        self._count = 0
        for number, op in enumerate(ops):
            if Path(op.path).name == MARKS and op.call == "write":
                self.marks.append(Mark(number, op.data.decode()))
            elif op.path == top or op.path.startswith(top + "/") or op.call == "syncfs":
                self._take(number, op)

    def _take(self, at: int, op: Op) -> None:
        path = op.path[len(self._top) + 1 :]
        if op.call in {"create", "mkdir"}:
            if path in self._live:
                return
            self._count += 1
            self._live[path] = self._count
            if op.call == "mkdir":
                self._folders.add(self._count)
            self._name(at, path, self._count)
        elif op.call == "write":
            inode = self._live[path]
            offset = self._sizes.get(inode, 0) if op.offset < 0 else op.offset
            self._sizes[inode] = max(self._sizes.get(inode, 0), offset + len(op.data))
            self.effects.append(Effect(at, "data", inode, offset=offset, data=op.data))
        elif op.call == "truncate":
            inode = self._live[path]
            self._sizes[inode] = op.size
            self.effects.append(Effect(at, "size", inode, offset=op.size))
        elif op.call in {"rename", "link"}:
            target = op.target[len(self._top) + 1 :]
            inode = self._live[path]
            self._live[target] = inode
            self._name(at, target, inode)
            if op.call == "rename":
                self._unname(at, path)
        elif op.call == "unlink":
            self._unname(at, path)
        else:
            self._force(at, op.call, None if op.call == "syncfs" else self._live.get(path))

    def _name(self, at: int, path: str, child: int) -> None:
        folder, name = os.path.split(path)
        self.effects.append(Effect(at, "name", self._live[folder], name=name, child=child))

    def _unname(self, at: int, path: str) -> None:
        folder, name = os.path.split(path)
        self.effects.append(Effect(at, "unname", self._live[folder], name=name, child=self._live.pop(path)))

    def _force(self, at: int, call: str, inode: int | None) -> None:
        for one in self.effects:
            if one.forced is None and (call == "syncfs" or one.inode == inode):
                one.forced = at

    def said(self, after: int) -> list[str]:
        """What was said up to and including the op ``after``."""
        return [one.text for one in self.marks if one.at <= after]

    def crash(self, after: int, rng: random.Random, most: int) -> Iterator[dict[str, bytes | None]]:
        """What may lie in the folder when the power fails after the op ``after``: path to bytes (``None``: a folder).

        All subsets where there are at most ``most`` of them, else as many drawn by ``rng``, with torn writes.
        """
        until = [one for one in self.effects if one.at <= after]
        loose = [one for one in until if one.forced is None or one.forced > after]
        firm = {id(one) for one in until} - {id(one) for one in loose}
        writes = sum(one.kind == "data" for one in loose)
        whole = len(loose) < 30 and 2 ** len(loose) <= most
        if whole:
            for bits in range(2 ** len(loose)):
                here = firm | {id(one) for place, one in enumerate(loose) if bits >> place & 1}
                yield self._made(until, here, {})
        drawn = (min(most, 12 * writes) if whole else most) if loose else 0
        for number in range(drawn):
            share = (0.5, 0.9, 0.1, 0.97, 0.03)[number % 5] if not whole else 0.8
            here = firm | {id(one) for one in loose if rng.random() < share}
            torn = {id(one): _torn(one, rng) for one in loose if one.kind == "data" and rng.random() < 0.4}
            yield self._made(until, here, torn)

    def _made(
        self, until: Sequence[Effect], here: set[int], torn: dict[int, tuple[tuple[int, bytes], ...]]
    ) -> dict[str, bytes | None]:
        names: dict[int, dict[str, int]] = {0: {}}
        bodies: dict[int, bytearray] = {}
        for one in until:
            if id(one) not in here:
                continue
            if one.kind == "name":
                names.setdefault(one.inode, {})[one.name] = one.child
            elif one.kind == "unname":
                if names.get(one.inode, {}).get(one.name) == one.child:
                    del names[one.inode][one.name]
            elif one.kind == "size":
                body = bodies.setdefault(one.inode, bytearray())
                del body[one.offset :]
                body.extend(bytes(one.offset - len(body)))
            else:
                for offset, data in torn.get(id(one), ((one.offset, one.data),)):
                    body = bodies.setdefault(one.inode, bytearray())
                    body.extend(bytes(max(0, offset - len(body))))
                    body[offset : offset + len(data)] = data
        made: dict[str, bytes | None] = {}
        self._walk(0, "", names, bodies, made)
        return made

    def _walk(
        self,
        inode: int,
        path: str,
        names: dict[int, dict[str, int]],
        bodies: dict[int, bytearray],
        made: dict[str, bytes | None],
    ) -> None:
        for name, child in names.get(inode, {}).items():
            place = f"{path}/{name}" if path else name
            if child in self._folders:
                made[place] = None
                self._walk(child, place, names, bodies, made)
            else:
                made[place] = bytes(bodies.get(child, b""))


def _torn(one: Effect, rng: random.Random) -> tuple[tuple[int, bytes], ...]:
    """The pieces of a write that arrived."""
    size = len(one.data)
    how = rng.randrange(4)
    cut = rng.randrange(size + 1)
    if how == 0:  # the first part alone
        return ((one.offset, one.data[:cut]),)
    if how == 1:  # the size and nothing else
        return ((one.offset, bytes(size)),)
    if how == 2:  # the first part, then zeros
        return ((one.offset, one.data[:cut] + bytes(size - cut)),)
    body = bytearray(one.data)  # sectors that never arrived
    for start in range(-(one.offset % SECTOR), size, SECTOR):
        if rng.random() < 0.5:
            low, high = max(start, 0), min(start + SECTOR, size)
            body[low:high] = bytes(high - low)
    return ((one.offset, bytes(body)),)
