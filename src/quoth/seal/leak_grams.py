"""Many byte patterns found in one pass over large data.

- Every fourth byte begins a gram of four; each pattern is known by the grams at its first four offsets,
  so that one of them falls on such a byte wherever the pattern stands.
- A table of bits sorts out nearly all grams at memory speed; what is left is compared byte by byte.
- The cost hardly depends on how many patterns there are.

Example::

    list(Grams((b"janeroe", b"447700900123")).find(b"xxjaneroexx"))      # [(0, 2)]
"""

from collections.abc import Iterator, Sequence

import numpy as np

__all__ = ["Grams"]

_BITS = 18
_FACTOR = np.uint32(0x9E3779B1)
_SHIFT = np.uint32(32 - _BITS)
_WORD = 4


class Grams:
    """An index over patterns of four bytes and more."""

    def __init__(self, patterns: Sequence[bytes]) -> None:
        self._patterns = tuple(patterns)
        self._table = np.zeros(1 << _BITS, dtype=np.bool_)
        self._known: dict[int, list[tuple[int, int]]] = {}
        for number, pattern in enumerate(self._patterns):
            for offset in range(min(_WORD, len(pattern) - _WORD + 1)):
                gram = int.from_bytes(pattern[offset : offset + _WORD], "little")
                self._known.setdefault(gram, []).append((number, offset))
        if self._known:
            grams = np.fromiter(self._known, dtype=np.uint32, count=len(self._known))
            self._table[(grams * _FACTOR) >> _SHIFT] = True
        shortest = min((len(pattern) for pattern in self._patterns), default=_WORD + 3)
        self._starts = {4: (0, 1, 2, 3), 5: (0, 2), 6: (0, 1)}.get(shortest, (0,))

    def find(self, data: bytes) -> Iterator[tuple[int, int]]:
        """Number of the pattern and its place, for every place where one stands."""
        if not self._known:
            return
        seen: set[tuple[int, int]] = set()
        for start in self._starts:
            count = (len(data) - start) // _WORD
            if count <= 0:
                continue
            words = np.frombuffer(data, dtype="<u4", count=count, offset=start)
            places = np.flatnonzero(self._table[(words * _FACTOR) >> _SHIFT])
            for place, gram in zip(places.tolist(), words[places].tolist(), strict=True):
                for number, offset in self._known.get(gram, ()):
                    at = place * _WORD + start - offset
                    if at >= 0 and (number, at) not in seen and data.startswith(self._patterns[number], at):
                        seen.add((number, at))
                        yield number, at
