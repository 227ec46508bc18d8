"""Redaction of pictures: rebuilt from pixels, nothing else of the file left."""

import io
import struct
import subprocess
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from quoth.errors import SealError
from quoth.seal.redact import redacted
from quoth.seal.redact_check import check_made
from quoth.seal.redact_find import Hidden
from quoth.seal.redact_paint import painted
from quoth.seal.redact_terms import Box, Plan, Word

SECRET = "Jane Roe"


def read_words(png: bytes) -> tuple[Word, ...]:
    """What stands in the pictures of these tests, whose letters are drawn as plain boxes."""
    size = Image.open(io.BytesIO(png)).size
    assert size == (800, 400)
    places = (("Yours,", 10, 90), ("Jane", 110, 180), ("Roe", 190, 240), ("of", 250, 280))
    return tuple(
        Word(text=text, left=left, top=100, right=right, bottom=130, line=("1",)) for text, left, right in places
    )


def photo(*, mode: str = "RGB", kind: str = "JPEG") -> bytes:
    picture = Image.new(mode, (800, 400), "white")
    exif = Image.Exif()
    exif[0x013B] = SECRET
    target = io.BytesIO()
    picture.save(target, kind, exif=exif, **({"comment": SECRET.encode()} if kind == "JPEG" else {}))
    return target.getvalue() + SECRET.encode()


@pytest.mark.parametrize(
    "text",
    [
        "said jane ROE today",
        "said Jane\nRoe today",
        "said Ja-\nne Roe today",
        "said Ja\u00adne\u00a0R\u00f6e",
        "Roe, Jane",
        "J\u0061\u0301ne Roe",
        "Jane\u200b Roe.",
    ],
)
def test_words_are_found_however_written(text: str) -> None:
    assert Hidden((SECRET,)).found(text)


@pytest.mark.parametrize("text", ["Jane", "Roe", "Janet Roe", "Jane Roebuck", "", "Jan E. Roe-Smith is Ann"])
def test_other_words_are_left(text: str) -> None:
    assert not Hidden(("Jane Roey",)).found(text)
    assert text not in ("Jane", "Roe", "Janet Roe", "Jane Roebuck") or not Hidden((SECRET,)).found(text)


def test_a_number_is_found_in_its_other_forms() -> None:
    (match,) = Hidden(("+44 7700 900123",)).found("call 07700-900 123 now")
    assert match[2] == 1
    assert "07700-900 123"[1:] in "call 07700-900 123 now"[match[0] : match[1]] + " "


def test_what_a_machine_misread_is_found_in_read_text_only() -> None:
    assert Hidden(("Billy Stool",)).found("by B1lly St00l", read=True)
    assert not Hidden(("Billy Stool",)).found("by B1lly St00l")


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_matches_lie_in_the_text_and_cover_the_words(before: str, after: str) -> None:
    text = f"{before} {SECRET} {after}"
    found = Hidden((SECRET,)).found(text)
    assert any(start <= len(before) + 1 and end >= len(before) + 1 + len(SECRET) for start, end, _ in found)
    assert all(0 <= start < end <= len(text) for start, end, _ in found)


def test_short_words_are_refused_without_being_told() -> None:
    with pytest.raises(SealError, match="--hide number 2") as caught:
        Hidden((SECRET, "Xy"))
    assert "Xy" not in caught.value.diagnostics()


@settings(max_examples=50, deadline=None)
@given(st.integers(100, 4000), st.integers(0, 3000), st.integers(5, 900))
def test_a_box_is_wider_than_its_words_by_whole_steps(width: int, left: int, length: int) -> None:
    right = min(width, left + length)
    left = min(left, right - 1)
    box = painted((left, 50, right, 70), (width, 400))
    assert 0 <= box[0] <= left
    assert right <= box[2] <= width
    assert box[1] < 50
    assert box[3] > 70
    step = -(-width // 8)
    assert (box[2] - box[0]) % step == 0 or box[2] - box[0] == width


def test_words_of_different_lengths_get_boxes_of_one_width() -> None:
    widths = {painted((100, 50, 100 + length, 70), (1600, 400))[2] - 100 for length in range(5, 150)}
    assert len(widths) == 1


def test_whole_lines_run_from_edge_to_edge() -> None:
    assert painted((100, 50, 130, 70), (800, 400), whole_lines=True)[::2] == (0, 800)


@pytest.mark.parametrize("ending", ["png", "jpg"])
def test_words_and_boxes_are_black_and_the_rest_of_the_file_is_gone(ending: str) -> None:
    plan = Plan(ending=ending, hide=(SECRET,), boxes=(Box(page=1, left=700, top=300, width=50, height=50),))
    made = redacted(photo(), plan, kind="image/jpeg", read=read_words)
    again = redacted(photo(), plan, kind="image/jpeg", read=read_words)
    assert made == again
    assert [one.words for one in made.places] == [1, 0]
    assert SECRET.encode() not in made.data
    picture = Image.open(io.BytesIO(made.data)).convert("RGB")
    for place in ((110, 100), (239, 129), (200, 115), (701, 301), (749, 349)):
        assert max(picture.getpixel(place)) < 20
    assert min(picture.getpixel((600, 50))) > 235
    assert not picture.getexif()


@pytest.mark.parametrize("ending", ["png", "jpg"])
def test_exiftool_sees_pixels_alone(ending: str, tmp_path: Path) -> None:
    made = redacted(photo(), Plan(ending=ending), kind="image/jpeg", read=read_words)
    path = tmp_path / f"made.{ending}"
    path.write_bytes(made.data)
    said = subprocess.run(["exiftool", "-a", "-G1", str(path)], capture_output=True, check=True, text=True).stdout
    groups = {line[1 : line.index("]")] for line in said.splitlines()}
    assert groups <= {"ExifTool", "System", "File", "PNG", "JFIF", "Composite"}
    assert SECRET not in said


def test_colours_hidden_by_alpha_are_gone() -> None:
    picture = Image.new("RGBA", (800, 400), (255, 255, 255, 255))
    picture.paste((200, 10, 10, 0), (0, 0, 400, 400))
    target = io.BytesIO()
    picture.save(target, "PNG")
    made = redacted(target.getvalue(), Plan(ending="png"), kind="image/png", read=read_words)
    assert Image.open(io.BytesIO(made.data)).getcolors() == [(320_000, (255, 255, 255))]


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "I;16", "CMYK"])
def test_every_kind_of_pixel_becomes_plain_colour(mode: str) -> None:
    target = io.BytesIO()
    kind = "TIFF" if mode == "CMYK" else "PNG"
    Image.new("L", (800, 400), 255).convert("I;16" if mode == "I;16" else mode).save(target, kind)
    made = redacted(target.getvalue(), Plan(ending="png"), kind="image/png", read=read_words)
    assert Image.open(io.BytesIO(made.data)).mode == "RGB"


def huge_png() -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


def many_frames() -> bytes:
    target = io.BytesIO()
    frames = [Image.new("L", (80, 40), shade) for shade in (0, 255)]
    frames[0].save(target, "GIF", save_all=True, append_images=frames[1:])
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (huge_png(), "30000 × 30000 pixels|too many pixels"),
        (many_frames(), "2 pictures"),
        (b"\x89PNG\r\n\x1a\nbroken", "damaged"),
        (photo()[:700], "damaged"),
        (b"", "damaged"),
    ],
)
def test_bad_pictures_are_refused_in_words(data: bytes, said: str) -> None:
    with pytest.raises(SealError, match=said):
        redacted(data, Plan(ending="png"), kind="image/png", read=read_words)


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (Plan(ending="png", boxes=(Box(page=2, left=0, top=0, width=9, height=9),)), "no page 2"),
        (Plan(ending="png", boxes=(Box(page=1, left=900, top=0, width=9, height=9),)), "outside"),
        (Plan(ending="gif"), "not made"),
    ],
)
def test_plans_that_do_not_fit_are_refused(plan: Plan, said: str) -> None:
    with pytest.raises(SealError, match=said):
        redacted(photo(), plan, kind="image/jpeg", read=read_words)


def with_text(png: bytes) -> bytes:
    body = b"tEXtTitle\0Jane Roe"
    return png[:33] + struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body)) + png[33:]


def test_the_second_look_refuses_what_should_not_be_there() -> None:
    png = redacted(photo(), Plan(ending="png"), kind="image/jpeg", read=read_words).data
    jpeg = redacted(photo(), Plan(ending="jpg"), kind="image/jpeg", read=read_words).data
    for data, ending in ((png + b"x", "png"), (with_text(png), "png"), (jpeg + b"x", "jpg"), (photo(), "jpg")):
        with pytest.raises(SealError, match="more than it should"):
            check_made(data, ending)
