"""Word documents: order, tables, tracked changes, packages that are traps."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml

from read import samples
from read.reading import grounds_of, head_of, reading, roles_of, words_of

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def test_a_letter_in_reading_order():
    readout = reading(samples.letter(), DOCX)
    assert roles_of(readout) == [
        ("title", "Letter on the Register"),
        ("dateline", "2 May 2031"),
        ("heading", "What I saw"),
        ("body", "The clerk said that he had read out forty-one names."),
        ("row", "Name\tDay"),
        ("row", "Holt\t26 January"),
        ("body", "After the table he said no more."),
    ]
    head = head_of(readout)
    assert (head.title, head.byline, head.published.earliest) == (
        "Letter on the Register",
        "Ilka Senwarth",
        "2031-05-02",
    )


def test_inserted_words_are_read_and_deleted_ones_are_told():
    document = docx.Document()
    document.element.body.insert(
        0,
        parse_xml(
            f'<w:p {W}><w:r><w:t xml:space="preserve">He knew </w:t></w:r><w:ins w:id="1" w:author="x"><w:r>'
            f'<w:t>nothing</w:t></w:r></w:ins><w:del w:id="2" w:author="x"><w:r><w:delText>everything</w:delText></w:r>'
            f"</w:del><w:r><w:t>.</w:t></w:r></w:p>"
        ),
    )
    target = io.BytesIO()
    document.save(target)
    readout = reading(target.getvalue(), DOCX)
    assert words_of(readout) == ["He knew nothing."]
    assert grounds_of(readout) == ["1 tracked deletions are not in the text; see them in the file itself"]


def replaced(data, name, change):
    """The package with one part changed."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.namelist():
            part = old.read(member)
            new.writestr(member, change(part) if member == name else part)
    return target.getvalue()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            lambda part: part.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>', 1),
            "declares a document type",
        ),
        (lambda part: part[:200], "damaged or no Word file"),
        (lambda part: b"", "damaged or no Word file"),
    ],
)
def test_packages_that_are_traps_or_torn(change, said):
    assert said in grounds_of(reading(replaced(samples.letter(), "word/document.xml", change), DOCX))[0]


def test_what_is_no_package_is_a_finding():
    assert "damaged" in grounds_of(reading(b"PK\x03\x04 nothing", DOCX))[0]
