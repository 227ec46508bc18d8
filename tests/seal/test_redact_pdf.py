"""Redaction of PDFs: pictures of pages, and nothing that another tool could read out of them."""

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from quoth.errors import SealError
from quoth.seal.redact import redacted
from quoth.seal.redact_check import check_made
from quoth.seal.redact_terms import Box, Made, Plan, Word

SECRET = "Jane Roe"
PLAN = Plan(ending="pdf", hide=(SECRET, "+44 7700 900123"))


def never_read(png: bytes) -> tuple[Word, ...]:
    raise AssertionError(f"{len(png)} bytes were to be read")


def letter(lines: tuple[str, ...], *, turned: int = 0, encrypt: str = "") -> bytes:
    target = io.BytesIO()
    page = Canvas(target, pagesize=(595, 842), encrypt=encrypt or None)
    page.setTitle(f"About {SECRET}")
    page.setAuthor(SECRET)
    for number, line in enumerate(lines):
        page.drawString(72, 760 - 18 * number, line)
    page.showPage()
    page.save()
    if not turned:
        return target.getvalue()
    with pikepdf.open(io.BytesIO(target.getvalue())) as document:
        document.pages[0].rotate(turned, relative=False)
        rotated = io.BytesIO()
        document.save(rotated)
    return rotated.getvalue()


LETTER = letter(("The meeting was held by Jane Roe in May, and by Ja-", "ne Roe in June.", "Her number: 07700 900123."))


def with_extras(data: bytes) -> bytes:
    """An attachment, XMP, a note, a second revision and bytes after the end."""
    with pikepdf.open(io.BytesIO(data)) as document:
        document.attachments["roe.txt"] = SECRET.encode()
        with document.open_metadata() as told:
            told["dc:title"] = SECRET
        document.pages[0].Annots = pikepdf.Array(
            [
                document.make_indirect(
                    pikepdf.Dictionary(
                        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[9, 9, 20, 20], Contents=SECRET
                    )
                )
            ]
        )
        target = io.BytesIO()
        document.save(target)
    return target.getvalue() + b"\n% " + SECRET.encode() + b"\n%%EOF\n"


def made_of(data: bytes, plan: Plan = PLAN) -> Made:
    return redacted(data, plan, kind="application/pdf", read=never_read)


def test_words_over_lines_are_hidden_and_told_with_page_and_place() -> None:
    places = made_of(LETTER).places
    assert [one.words for one in places] == [1, 1, 1, 2]
    assert all(one.where.startswith("page 1, ") for one in places)


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert made_of(LETTER) == made_of(LETTER)


@pytest.mark.parametrize(
    "look",
    [
        lambda path: subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout,
        lambda path: subprocess.run(["exiftool", "-a", "-ee3", path], capture_output=True, check=True).stdout,
        lambda path: subprocess.run(["strings", "-n", "4", path], capture_output=True, check=True).stdout,
        lambda path: (
            subprocess.run(
                ["qpdf", "--qdf", "--no-original-object-ids", path, "-"], capture_output=True, check=True
            ).stdout
        ),
        lambda path: subprocess.run(["pdfdetach", "-list", path], capture_output=True, check=True).stdout,
    ],
    ids=["pdftotext", "exiftool", "strings", "qpdf", "pdfdetach"],
)
def test_other_tools_see_nothing(look: Callable[[str], bytes], tmp_path: Path) -> None:
    before, after = tmp_path / "before.pdf", tmp_path / "after.pdf"
    before.write_bytes(with_extras(LETTER))
    after.write_bytes(made_of(with_extras(LETTER)).data)
    said = look(str(after))
    assert b"Roe" not in said
    assert b"roe" not in said
    assert b"900123" not in said
    assert look(str(before)) != said


def test_qpdf_finds_no_fault_and_no_text_is_left(tmp_path: Path) -> None:
    path = tmp_path / "after.pdf"
    path.write_bytes(made_of(LETTER).data)
    subprocess.run(["qpdf", "--check", str(path)], capture_output=True, check=True)
    assert not subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True).stdout.strip()


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_hidden_letters_are_black_on_turned_pages_too(turned: int) -> None:
    original = letter(("IIII Jane Roe IIII",), turned=turned)
    hidden = (
        pypdfium2.PdfDocument(made_of(original, Plan(ending="pdf", hide=(SECRET,))).data)[0].render(scale=1).to_pil()
    )
    shown = pypdfium2.PdfDocument(original)[0].render(scale=1).to_pil()
    assert all(abs(one - other) <= 1 for one, other in zip(hidden.size, shown.size, strict=True))
    left, low = 72 + 20, 760 + 5
    place = {0: (left, 842 - low), 90: (low, left), 180: (595 - left, low), 270: (842 - low, 595 - left)}[turned]
    area = [hidden.convert("L").getpixel((place[0] + x, place[1] + y)) for x in (-1, 0, 1) for y in (-1, 0, 1)]
    assert max(area) < 40


def test_boxes_of_words_of_different_lengths_are_equally_wide() -> None:
    where = set()
    for name in ("Ilya Ili", "Jane Roe", "Wendeline"):
        (place,) = made_of(letter((f"By {name} alone",)), Plan(ending="pdf", hide=(name,))).places
        where.add(place.where.split(" × ")[0])
    assert len(where) == 1


def test_a_page_without_text_is_read_by_machine() -> None:
    picture = made_of(LETTER, Plan(ending="pdf")).data
    seen: list[int] = []

    def read(png: bytes) -> tuple[Word, ...]:
        seen.append(len(png))
        return (Word(text="Jane Roe", left=300, top=200, right=380, bottom=230, line=("1",)),)

    made = redacted(picture, Plan(ending="pdf", hide=(SECRET,)), kind="application/pdf", read=read)
    assert len(seen) == 1
    assert [one.words for one in made.places] == [1]


def test_a_box_that_was_given_is_painted_on_its_page() -> None:
    made = made_of(LETTER, Plan(ending="pdf", boxes=(Box(page=1, left=100, top=400, width=60, height=30),)))
    drawn = pypdfium2.PdfDocument(made.data)[0].render(scale=1).to_pil().convert("L")
    assert drawn.getpixel((130, 415)) < 20
    assert drawn.getpixel((130, 380)) > 235
    assert made.places[0].where == "page 1, 60 × 30 points at 100,400"


@pytest.mark.parametrize(
    ("data", "plan", "said"),
    [
        (letter(("x",), encrypt="pass"), PLAN, "encrypted"),
        (LETTER[:400], PLAN, "damaged"),
        (b"%PDF-1.7\n", PLAN, "damaged"),
        (LETTER, Plan(ending="pdf", boxes=(Box(page=2, left=0, top=0, width=9, height=9),)), "no page 2"),
        (LETTER, Plan(ending="pdf", boxes=(Box(page=1, left=600, top=0, width=9, height=9),)), "outside of page 1"),
        (LETTER, Plan(ending="png"), "not made"),
    ],
)
def test_what_cannot_be_made_is_refused_in_words(data: bytes, plan: Plan, said: str) -> None:
    with pytest.raises(SealError, match=said):
        made_of(data, plan)


def test_the_second_look_refuses_other_pdfs() -> None:
    for data in (LETTER, with_extras(LETTER), made_of(LETTER).data + b"x"):
        with pytest.raises(SealError, match="more than it should"):
            check_made(data, "pdf")
