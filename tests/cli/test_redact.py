"""quoth redact: files in, files made anew out, through the fence and the leak check."""

import argparse
import json
import subprocess
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from quoth.case.casebook import Casebook
from quoth.case.intake import take_in
from quoth.case.projection.connect import close_database
from quoth.case.redacting import Plan, box, redact_exhibit
from quoth.cli import redact
from quoth.custody.openings import value_of
from quoth.errors import CaseError, QuothError, SealError
from quoth.record.custody import Action, CaseNote, Opening

SECRET = "Jane Roe"


@pytest.fixture(autouse=True)
def redact_projection_shut():
    yield
    close_database()


def run(*words: str) -> int:
    parser = argparse.ArgumentParser(exit_on_error=False)
    redact.options(parser)
    parser.add_argument("--json", action="store_true")
    return redact.run(parser.parse_args(list(words)))


def letter(folder: Path) -> Path:
    path = folder / "letter.pdf"
    page = Canvas(str(path), pagesize=(595, 842))
    page.setTitle(SECRET)
    page.setFont("Helvetica", 14)
    page.drawString(72, 700, "The letter was written by Jane Roe in the month of May.")
    page.drawString(72, 660, "Nobody else had a hand in it, as far as anybody knew then.")
    page.save()
    return path


def test_a_pdf_goes_through_fence_and_leak_check_and_tells_where(tmp_path: Path, capsys) -> None:
    made = tmp_path / "public.pdf"
    assert run(str(letter(tmp_path)), "--out", str(made), "--hide", SECRET, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["places"][0]["where"].startswith("page 1, ")
    assert told["gate"].startswith("nothing found")
    assert SECRET not in json.dumps(told)
    assert not subprocess.run(["pdftotext", str(made), "-"], capture_output=True, check=True).stdout.strip()
    assert made.stat().st_mode & 0o777 == 0o600


def test_what_stays_visible_in_the_picture_is_found_and_blocks(tmp_path: Path) -> None:
    """The text layer says one name, the drawing shows another: the leak check reads the drawing."""
    path = tmp_path / "two.pdf"
    page = Canvas(str(path), pagesize=(595, 842))
    page.setFont("Helvetica", 24)
    text = page.beginText(72, 700)
    text.setTextRenderMode(3)
    text.textLine("Ann Other")
    page.drawText(text)
    page.drawPath(_outlines(page, "JANE ROE WAS HERE"), stroke=0, fill=1)
    page.save()
    with pytest.raises(SealError, match="leak check still finds --hide number 1"):
        run(str(path), "--out", str(tmp_path / "o.pdf"), "--hide", SECRET, "--allow-missing")
    assert not (tmp_path / "o.pdf").exists()


def _outlines(page: Canvas, words: str):
    """Letters as filled squares of a drawn bitmap, so that there is no text and no picture."""
    from PIL import ImageDraw, ImageFont

    font = ImageFont.load_default(size=40)
    drawn = Image.new("1", (480, 60), 0)
    ImageDraw.Draw(drawn).text((5, 5), words, fill=1, font=font)
    path = page.beginPath()
    for y in range(60):
        for x in range(480):
            if drawn.getpixel((x, y)):
                path.rect(72 + x, 500 - y, 1.05, 1.05)
    return path


def test_words_that_are_not_there_stop_it_with_one(tmp_path: Path, capsys) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Nobody is named here, and nothing happened.\n")
    assert run(str(path), "--out", str(tmp_path / "o.txt"), "--hide", SECRET) == 1
    said = capsys.readouterr().err
    assert "--hide number 1" in said
    assert SECRET not in said
    assert not (tmp_path / "o.txt").exists()


def test_hidden_runs_and_comments_of_a_document_are_not_there(tmp_path: Path) -> None:
    document = docx.Document()
    document.core_properties.author = SECRET
    document.add_paragraph("It was signed by Jane Roe and by nobody else on that day.")
    document.save(tmp_path / "a.docx")
    assert run(str(tmp_path / "a.docx"), "--out", str(tmp_path / "o.html"), "--hide", SECRET) == 0
    made = (tmp_path / "o.html").read_text()
    assert "signed by [hidden] and" in made


def test_files_within_a_mail_are_left_out_and_told(tmp_path: Path, capsys) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.org", "b@example.org", "About the harbour"
    mail["X-Author"] = SECRET
    mail.set_content("The letter is from Jane Roe, who wrote it.\n")
    mail.add_attachment(SECRET.encode(), maintype="text", subtype="plain", filename="roe.txt")
    (tmp_path / "a.eml").write_bytes(mail.as_bytes())
    assert run(str(tmp_path / "a.eml"), "--out", str(tmp_path / "o.txt"), "--hide", SECRET) == 0
    assert "files within it were left out" in capsys.readouterr().out
    assert "Jane" not in (tmp_path / "o.txt").read_text()


def test_the_log_of_a_case_tells_what_was_made_from_what_and_no_word(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("It was written by Jane Roe.\n")
    with Casebook.create(tmp_path / "case", CaseNote(title="Harbour"), by="desk") as book:
        take_in(book, [path], by="desk")
        (exhibit,) = book.spoken().exhibits.values()
        plan, out = Plan(ending="txt", hide=(SECRET,)), tmp_path / "o.txt"
        report = redact_exhibit(book, exhibit.id, plan, out=out, by="Ada")
        entry = list(book.store.entries())[-1]
        assert (entry.action, entry.seq, entry.by) == (Action.DERIVED, report.entry, "Ada")
        assert entry.note == f"redact {exhibit.id}"
        assert entry.key
        opening = value_of(book.store.opening(entry.commitment))
        assert isinstance(opening, Opening)
        told = json.loads(opening.value)
        assert (told["of"], told["made"]) == (exhibit.digest, report.digest)
        assert "Jane" not in opening.value
        with pytest.raises(SealError, match="lie in the case"):
            redact_exhibit(book, exhibit.id, plan, out=tmp_path / "case" / "o.txt", by="Ada")
    assert not [one for one in (tmp_path / "case").rglob("log/*") if one.is_file() and b"Jane" in one.read_bytes()]


@pytest.mark.parametrize(
    ("name", "data", "out", "said"),
    [
        ("a.wav", b"", "o.wav", "is empty"),
        ("a.bin", b"\0\1\2\3" * 99, "o.txt", "cannot be made anew"),
        ("a.pdf", b"%PDF-1.7\nbroken", "o.pdf", "damaged"),
        ("a.txt", b"Jane Roe said so.", "Jane Roe.txt", "name of the file"),
    ],
)
def test_bad_input_is_one_line_and_nothing_is_written(
    name: str, data: bytes, out: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(QuothError, match=said) as caught:
        run(str(tmp_path / name), "--out", str(tmp_path / out), "--hide", SECRET)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / out).exists()


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    with pytest.raises(SealError, match="there already"):
        run(str(tmp_path / "a.txt"), "--out", str(tmp_path / "a.txt"))
    with pytest.raises(CaseError, match="cannot be read"):
        run(str(tmp_path / "none.txt"), "--out", str(tmp_path / "o.txt"))


@pytest.mark.parametrize("text", ["", "1", "0:1,1,1,1", "1:1,1,0,1", "1:1,1,1", "1:-1,1,1,1", "a:1,1,1,1"])
def test_what_is_no_box_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="^" if not text else "."):
        box(text)


def test_boxes_are_read_as_written() -> None:
    assert (box("2:60,700.5,200,40").page, box("2:60,700.5,200,40").top) == (2, 700.5)
