"""Sound: what its file says, its length, its shape.

- Frames are decoded one by one and never kept; memory does not grow with the recording.
- The length is the one decoded; where the file declares another, a finding says both.
- Nothing is filtered or improved: peaks and picture are aids to find a place, not evidence.

Example::

    read(open("call-1.opus", "rb"), request, reader=AUDIO)
"""

import dataclasses
from typing import Any, BinaryIO

from quoth.read.readout import Blob, Reader, Readout, ReadRequest, unread
from quoth.read.rendering import TextDraft, storable
from quoth.read.riff import promised_ms
from quoth.read.waveform import Peaks, picture_of
from quoth.record import wire
from quoth.record.rendition import Head, Rendition, RenditionKind, Setting

__all__ = ["read"]

MOST_MS = 24 * 3600 * 1000
"""Milliseconds that are decoded of one recording."""
_TOLERANCE_MS = 1_000
_RATE = 8_000


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """What decoding gave: length in milliseconds, peaks, and what broke off."""

    duration_ms: int
    peaks: Peaks
    broken: str = ""


def read(source: BinaryIO, request: ReadRequest, *, reader: Reader) -> Readout:
    """Metadata, peaks and a picture of the sound; findings where it breaks off."""
    import av
    from av.error import FFmpegError

    try:
        promised = promised_ms(source)
        with av.open(source, "r", metadata_errors="replace") as box:
            return _read(box, request, promised, reader=reader)
    except (FFmpegError, ValueError, EOFError, OSError) as err:
        ground = f"the file is damaged or holds no sound that can be read here: {_said(err)}"
        return Readout(records=(unread(request, ground, reader=reader),))


def _said(err: BaseException) -> str:
    return str(getattr(err, "strerror", None) or err)


def _read(box: Any, request: ReadRequest, promised: int, *, reader: Reader) -> Readout:
    moving = [one for one in box.streams.video if not one.disposition & _attached()]
    if not box.streams.audio:
        what = "moving pictures without sound" if moving else "no sound"
        return Readout(records=(unread(request, f"the file holds {what}", reader=reader),))
    stream = box.streams.audio[0]
    declared = promised or _declared_ms(box, stream)
    lines = _lines(box, stream, declared)
    heard = _heard(box, stream)
    grounds = [heard.broken] if heard.broken else []
    if moving:
        grounds.append(f"the file holds moving pictures ({moving[0].codec_context.name}): only its sound was read")
    if len(box.streams.audio) > 1:
        grounds.append(f"the file holds {len(box.streams.audio)} sound tracks: only the first was read")
    if heard.duration_ms == 0:
        grounds.append("the recording is 0 seconds long: nothing could be decoded")
    elif declared and abs(declared - heard.duration_ms) > _TOLERANCE_MS:
        lengths = f"the file declares {_clock(declared)} but {_clock(heard.duration_ms)} could be decoded"
        grounds.append(f"{lengths}: it may be cut short")
    lines.append(("decoded duration", f"{heard.duration_ms} ms"))
    readout = _metadata(request, lines, heard, reader=reader)
    if heard.duration_ms:
        readout += _shape(request, heard, reader=reader)
    return readout + Readout(records=tuple(unread(request, ground, reader=reader) for ground in grounds))


def _attached() -> int:
    from av.stream import Disposition

    attached: int = Disposition.attached_pic.value
    return attached


def _clock(milliseconds: int) -> str:
    """``1:02:03.4`` for people."""
    tenths = milliseconds // 100
    minutes, rest = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    seconds = f"{rest // 10:02d}.{rest % 10}"
    return f"{hours}:{minutes:02d}:{seconds}" if hours else f"{minutes}:{seconds}"


def _declared_ms(box: Any, stream: Any) -> int:
    if stream.duration and stream.time_base:
        return int(stream.duration * stream.time_base * 1000)
    return round(box.duration / 1000) if box.duration else 0


def _lines(box: Any, stream: Any, declared: int) -> list[tuple[str, str]]:
    """What the container and the stream say, as names and values."""
    codec = stream.codec_context
    lines = [
        ("container", str(box.format.name)),
        ("codec", str(codec.name)),
        ("sample rate", f"{codec.sample_rate} Hz"),
        ("channels", str(codec.channels)),
    ]
    if box.bit_rate:
        lines.append(("bit rate", f"{box.bit_rate} bit/s"))
    if declared:
        lines.append(("declared duration", f"{declared} ms"))
    tags = {**dict(box.metadata), **dict(stream.metadata)}
    lines += [(f"tag {name.lower()}", value) for name, value in sorted(tags.items())][:60]
    return [(name, " ".join(storable(str(value)).split())[:1000]) for name, value in lines]


def _heard(box: Any, stream: Any) -> _Heard:
    """Decode all frames into peaks."""
    import av
    from av.error import FFmpegError

    resampler = av.AudioResampler(format="s16", layout="mono", rate=_RATE)
    peaks = Peaks(rate=_RATE)
    broken = ""
    samples, rate = 0, 0
    try:
        for frame in box.decode(stream):
            samples, rate = samples + frame.samples, frame.sample_rate
            frame.pts = None
            for piece in resampler.resample(frame):
                peaks.take(piece.to_ndarray()[0])
            if samples * 1000 > MOST_MS * rate:
                broken = f"only the first {MOST_MS // 3_600_000} hours were decoded"
                break
    except (FFmpegError, ValueError, OSError) as err:
        broken = f"decoding broke off after {_clock(samples * 1000 // rate if rate else 0)}: {_said(err)}"
    return _Heard(duration_ms=round(samples * 1000 / rate) if rate else 0, peaks=peaks, broken=broken)


def _metadata(request: ReadRequest, lines: list[tuple[str, str]], heard: _Heard, *, reader: Reader) -> Readout:
    text = "".join(f"{name}: {value}\n" for name, value in lines)
    rendered = TextDraft(text=text, kind=RenditionKind.METADATA, duration_ms=heard.duration_ms).finish(request, reader)
    tags = dict(lines)
    head = Head(
        of=request.digest,
        title=tags.get("tag title", ""),
        byline=tags.get("tag artist", ""),
        properties=tuple(Setting(name=f"audio-{name.replace(' ', '-')}", value=value) for name, value in lines),
    )
    return rendered.readout(head)


def _shape(request: ReadRequest, heard: _Heard, *, reader: Reader) -> Readout:
    """The peaks as JSON, and drawn: the picture is listed both as peaks and as thumbnail."""
    peaks = heard.peaks.reduced()
    values = wire.canonical({"duration_ms": heard.duration_ms, "peaks": list(peaks), "full_scale": 1000})
    numbers, drawn = Blob.of(values), Blob.of(picture_of(peaks))
    renditions = tuple(
        Rendition(
            of=request.digest,
            kind=kind,
            content=blob.digest,
            media_type=media_type,
            tool=reader.tool,
            version=reader.version,
            duration_ms=heard.duration_ms,
        )
        for kind, blob, media_type in (
            (RenditionKind.PEAKS, numbers, "application/json"),
            (RenditionKind.PEAKS, drawn, "image/png"),
            (RenditionKind.THUMBNAIL, drawn, "image/png"),
        )
    )
    return Readout(records=renditions, blobs=(numbers, drawn))
