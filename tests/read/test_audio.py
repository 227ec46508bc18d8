"""Sound: length, peaks, and recordings that break off."""

import io
import json

import pytest
from PIL import Image

from quoth.read.waveform import COUNT, Peaks
from quoth.record.rendition import Rendition, RenditionKind
from read import samples
from read.reading import grounds_of, head_of, of_kind, reading, text_of


def renditions(readout):
    return {(one.kind, one.media_type): one for one in of_kind(readout, Rendition)}


@pytest.mark.parametrize(
    ("container", "codec", "kind"),
    [("wav", "pcm_s16le", "audio/wav"), ("ogg", "libopus", "audio/ogg"), ("flac", "flac", "audio/flac")],
)
def test_a_recording_has_its_length_and_shape(container, codec, kind):
    readout = reading(samples.sound(3, container=container, codec=codec), kind)
    found = renditions(readout)
    assert grounds_of(readout) == []
    assert {one.duration_ms for one in found.values()} == {3000}
    value = json.loads(readout.blob(found[RenditionKind.PEAKS, "application/json"].content))
    assert (value["duration_ms"], len(value["peaks"])) == (3000, COUNT)
    assert all(isinstance(one, int) and 0 <= one <= 1000 for one in value["peaks"])
    assert value["peaks"][20] < value["peaks"][200] < value["peaks"][390]
    with Image.open(io.BytesIO(readout.blob(found[RenditionKind.THUMBNAIL, "image/png"].content))) as picture:
        assert (picture.size, picture.format) == ((800, 120), "PNG")
        colours = {picture.convert("RGB").getpixel((0, 0)), picture.convert("RGB").getpixel((780, 60))}
    assert colours == {(0xF1, 0xEF, 0xE9), (0x0B, 0x4F, 0x6C)}
    assert f"container: {container}\n" in text_of(readout)


def test_the_files_own_tags_are_kept():
    assert head_of(reading(samples.sound(1, container="flac", codec="flac"), "audio/flac")).title == "Call one"


def test_a_recording_cut_short_says_both_lengths():
    data = samples.sound(4)
    readout = reading(data[: len(data) // 2], "audio/wav")
    assert grounds_of(readout) == ["the file declares 0:04.0 but 0:01.9 could be decoded: it may be cut short"]
    assert of_kind(readout, Rendition)[0].duration_ms > 1900


def test_moving_pictures_in_a_sound_file_are_told():
    assert grounds_of(reading(samples.film(), "audio/mpeg")) == ["the file holds moving pictures without sound"]


def test_nothing_recorded_is_told():
    header_only = samples.sound(1)[:44]
    assert any("0 seconds" in ground or "damaged" in ground for ground in grounds_of(reading(header_only, "audio/wav")))


@pytest.mark.parametrize("data", [b"RIFF\0\0\0\0WAVE", b"OggS" + b"\0" * 60, b"ID3\3\0\0\0\0\0\0", b"\0" * 5000])
def test_files_without_sound_are_findings(data):
    assert "damaged or holds no sound" in grounds_of(reading(data, "audio/mpeg"))[0]


def test_peaks_do_not_depend_on_how_the_sound_comes_in_pieces():
    import numpy as np

    tone = (np.sin(np.arange(30_000) / 7) * 30_000).astype("<i2")
    shapes = set()
    for size in (1, 7, 160, 30_000):
        peaks = Peaks(rate=8000)
        for place in range(0, 30_000 if size > 1 else 3000, size):
            peaks.take(tone[place : place + size])
        shapes.add(peaks.reduced() if size > 1 else None)
    assert len(shapes - {None}) == 1
    assert Peaks(rate=8000).reduced() == (0,) * COUNT


def test_the_loudest_negative_sample_is_full_scale():
    import numpy as np

    peaks = Peaks(rate=8000)
    peaks.take(np.array([-32768] * 800, dtype="<i2"))
    assert set(peaks.reduced()) == {1000}
