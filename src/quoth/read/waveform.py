"""The shape of a sound: peaks gathered as it plays, and drawn.

- One peak is kept for every 20 milliseconds, so that a day of sound takes four million numbers.
- The 400 values written are whole thousandths of full scale; a file plays the same anywhere.

Example::

    peaks = Peaks(rate=8000); peaks.take(samples); peaks.reduced()
"""

import io
from array import array
from collections.abc import Sequence
from typing import Any

__all__ = ["COUNT", "Peaks", "picture_of"]

COUNT = 400
WIDTH, HEIGHT = 800, 120
_BLOCK_MS = 20
_INK, _PAPER = "#0b4f6c", "#f1efe9"


class Peaks:
    """Gathers the loudest sample of every 20 milliseconds; samples are 16-bit, one channel."""

    def __init__(self, *, rate: int) -> None:
        self._size = rate * _BLOCK_MS // 1000
        self._peaks = array("H")
        self._rest: Any = None

    def take(self, samples: Any) -> None:
        """Add a NumPy array of 16-bit samples."""
        import numpy

        values = numpy.abs(samples.astype(numpy.int32))
        if self._rest is not None:
            values = numpy.concatenate([self._rest, values])
        whole = len(values) // self._size * self._size
        if whole:
            blocks = values[:whole].reshape(-1, self._size).max(axis=1)
            self._peaks.extend(int(one) for one in blocks)
        self._rest = values[whole:]

    def reduced(self) -> tuple[int, ...]:
        """Exactly 400 peaks in thousandths of full scale."""
        held = list(self._peaks)
        if self._rest is not None and len(self._rest):
            held.append(int(self._rest.max()))
        if not held:
            return (0,) * COUNT
        made = []
        for place in range(COUNT):
            start = place * len(held) // COUNT
            end = max(start + 1, (place + 1) * len(held) // COUNT)
            made.append(min(1000, max(held[start:end]) * 1000 // 32767))
        return tuple(made)


def picture_of(peaks: Sequence[int]) -> bytes:
    """The peaks as a PNG of 800 by 120 pixels, one bar every two."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    draw = ImageDraw.Draw(picture)
    middle = HEIGHT // 2
    for place, peak in enumerate(peaks):
        reach = max(1, peak * (middle - 4) // 1000)
        left = place * WIDTH // len(peaks)
        draw.line([(left, middle - reach), (left, middle + reach)], fill=_INK)
    target = io.BytesIO()
    picture.quantize(4).save(target, "PNG", optimize=True)
    return target.getvalue()
