"""Leaks: every kind of the corpus is caught, what resembles it is not, and gaps are told."""

import gzip
import io
import os
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "attacks" / "leaks"), str(ROOT / "seal")]

from corpus import DECOY, PICTURES, SECRET  # noqa: E402
from hidden import HIDDEN  # noqa: E402
from leak_wraps import WRAPS, wrapped  # noqa: E402
from spelled import CARRIERS, SPELLINGS, carries  # noqa: E402

from quoth.errors import SealError  # noqa: E402
from quoth.seal.leaks import Blind, Finder, Hit, Limits, attack, read_secrets, shown_name  # noqa: E402

PLACES = [key for key in HIDDEN if key[0] not in PICTURES]


@pytest.fixture(scope="module")
def corpus_finder():
    return Finder(read_secrets(SECRET.secrets))


def looked(data, finder, **options):
    found = list(attack(io.BytesIO(data), finder, **options))
    return [one for one in found if isinstance(one, Hit)], [one for one in found if isinstance(one, Blind)]


@pytest.mark.parametrize("kind", SPELLINGS)
def test_every_spelling_is_caught_and_its_double_is_not(kind, corpus_finder):
    number = list(SPELLINGS).index(kind)
    chosen = [carrier for place, carrier in enumerate(CARRIERS) if (place + number) % 3 == 0]
    for carrier in chosen:
        text, double = SPELLINGS[kind](SECRET), SPELLINGS[kind](DECOY)
        if carries(carrier, text):
            assert looked(CARRIERS[carrier](text), corpus_finder)[0], carrier
        if carries(carrier, double):
            assert looked(CARRIERS[carrier](double), corpus_finder) == ([], []), carrier


@pytest.mark.parametrize(("kind", "form"), PLACES, ids=lambda one: one.replace(" ", "-"))
def test_every_hiding_place_is_looked_into(kind, form, corpus_finder):
    assert looked(HIDDEN[(kind, form)](SECRET), corpus_finder)[0]
    assert looked(HIDDEN[(kind, form)](DECOY), corpus_finder) == ([], [])


@settings(max_examples=50)
@given(
    st.sampled_from(
        [
            ("Jane Marchetti", "MARCHETTI, Jane"),
            ("Zoë O'Hara-Müller", "zoë o’hara müller"),
            ("+44 7700 900123", "07700 900 123"),
            ("jane.roe@example.org", "Jane.Roe@Example.org"),
            ("14 Harbour Lane, Testford TE5 7ST", "14 Harbour Ln, Testford"),
            ("王小伟", "王小伟"),
            ("Иван Петровский", "ПЕТРОВСКИЙ Иван"),
            ("5f" * 32, "5F" * 32),
        ]
    ),
    st.lists(st.sampled_from(sorted(WRAPS)), max_size=3),
    st.sampled_from(["Told by {} on Monday.", "{}", "x: {}\n", "“{}”, said they"]),
)
def test_up_to_three_encodings_hide_nothing(secret, names, around):
    words, written = secret
    if around == "{}" and len(written) < 4:
        around = "据{}说"
    data, _ = wrapped(around.format(written).encode(), names)
    assert looked(data, Finder(read_secrets(words)))[0]


@pytest.mark.parametrize(
    ("secret", "text"),
    [
        ("Jane Marchetti", "Joan Marchettini and Jan E. Marchetti were there"),
        ("Jane Marchetti", "Jane, Rosa and Marchetti's cousin; Marianne Marchettis"),
        ("Jane Marchetti", "We met Jane. Marchetti was late."),
        ("Ann Lee", "Joann Leeds annleeds mannlee"),
        ("+44 7700 900123", "77009001234 0770090012 +44 7700 900124 1770090012355"),
        ("jane.roe@example.org", "xjane.roe@example.org jane.roe@example.net"),
        ("Иван Петров", "ИванаПетрова Петрович"),
        ("14 Harbour Lane", "114 Harbour Lane. Harbourlanes 14"),
    ],
)
def test_what_only_resembles_a_secret_is_no_hit(secret, text):
    assert looked(text.encode(), Finder(read_secrets(secret)))[0] == []


@pytest.mark.parametrize(
    ("secret", "text"),
    [
        ("Roe, Jane", "Jane ROE"),
        ("Müller, Ida", "Ida Mueller"),
        ("Ida Mueller", "ida müller"),
        ("Jan van der Berg", "J. van der Berg"),
        ("Anna Maria Tarkowska", "A. M. Tarkowska"),
        ("Anna Maria Tarkowska", "Tarkowska Anna"),
        ("07700 900123", "+44 7700 900123"),
        ("0044 7700 900123", "tel:+447700900123"),
        ("+1 555 0123456", "1-555-012-3456"),
        ("Jane Marchetti", "DocJaneMarchetti2.pdf"),
        ("Jane Marchetti", "我听Jane Marchetti说过"),
        ("AB-123456", "ab 123 456"),
    ],
)
def test_other_spellings_are_hits(secret, text):
    assert looked(text.encode(), Finder(read_secrets(secret)))[0]


def test_what_is_unknown_is_said_and_still_searched(corpus_finder):
    noise = os.urandom(4000)
    hits, blind = looked(b"\0\1\2QQ" + noise, corpus_finder)
    assert (hits, len(blind)) == ([], 1)
    hits, blind = looked(b"\0\1\2QQ" + noise + b"\nIlse Marwick\n" + noise, corpus_finder)
    assert [hit.line for hit in hits] == [2]
    assert len(blind) == 1


def _zip(members, **options):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return target.getvalue()


def _nest(depth):
    data = b"Ilse Marwick"
    for _ in range(depth):
        data = gzip.compress(data)
    return data


def _locked():
    data = bytearray(_zip((("a.txt", b"x" * 90),)))
    for head, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(head) + place] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (_zip((("zeros", bytes(40 * 2**20)),)), "times its size"),
        (gzip.compress(bytes(40 * 2**20)), "times its size"),
        (_nest(20), "within each other"),
        (_locked(), "encrypted"),
        (gzip.compress(os.urandom(9000))[:4000], "cut short"),
        (b"%PDF-1.7\nbroken", "damaged"),
        (b"\x89PNG\r\n\x1a\n" + os.urandom(300), "decoded"),
        (b"7z\xbc\xaf\x27\x1c" + os.urandom(300), "cannot be opened"),
        (b"SQLite format 3\0" + os.urandom(300), "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Office"),
    ],
)
def test_what_stops_the_search_is_a_gap(data, why, corpus_finder):
    _, blind = looked(data, corpus_finder, read=lambda _: "")
    assert any(why in one.reason for one in blind), blind


def test_too_much_is_a_gap(corpus_finder):
    data = _zip((("a", os.urandom(3000)), ("b", os.urandom(3000))))
    _, blind = looked(data, corpus_finder, limits=Limits(total=4000))
    assert any("unpacks to more" in one.reason for one in blind)


def test_a_file_larger_than_memory_is_searched_in_pieces(corpus_finder):
    limits = Limits(whole=2**16)
    text = b"minutes of the meeting\n" * 9000
    hits, blind = looked(text + b"Ilse Marwick\n" + text, corpus_finder, limits=limits)
    assert (len(hits), blind) == (1, [])
    archive = _zip((("a.txt", b"minutes"), ("b.txt", b"Ilse Marwick"), ("c.bin", os.urandom(2**16))))
    assert looked(archive, corpus_finder, limits=limits)[0]


def test_pictures_are_read_and_a_failing_reader_is_a_gap(corpus_finder):
    made = HIDDEN[("letters in the picture", "PNG")](SECRET)
    assert looked(made, corpus_finder)[0] == []
    hits, _ = looked(made, corpus_finder, read=lambda _: "Witness: I1se MARW1CK")
    assert hits[0].form.endswith("in letters read in the picture")

    def broken(_):
        raise SealError("tesseract stopped with 1: the picture was not read")

    _, blind = looked(made, corpus_finder, read=broken)
    assert "tesseract stopped" in blind[0].reason


def test_no_secret_stands_in_what_is_told():
    finder = Finder(read_secrets("Ilse Marwick"))
    data = _zip(
        (("Ilse Marwick/old Ilse Marwick.txt", b"by Ilse Marwick"), ("Ilse-Marwick.7z", b"7z\xbc\xaf\x27\x1c" * 40))
    )
    found = list(attack(io.BytesIO(data), finder, name="Ilse Marwick.zip"))
    assert found
    assert "Marwick" not in repr(found)
    assert "Ilse" not in repr(finder.secrets)
    shown = list(attack(io.BytesIO(data), finder, name="Ilse Marwick.zip", show=True))
    assert "Ilse Marwick" in repr(shown)
    assert shown_name("a/Ilse_Marwick.pdf", finder) == "•/••••_•••••••.pdf"
    assert shown_name("a/minutes.pdf", finder) == "a/minutes.pdf"


def test_lists_that_cannot_be_used_are_refused_without_their_words():
    for text in ("", "# only a remark\n", "Jane Roe\nBob\nEve\n"):
        with pytest.raises(SealError) as caught:
            read_secrets(text)
        assert "Bob" not in caught.value.diagnostics()
    assert [one.line for one in read_secrets("\ufeff# x\n\nJane Roe\nJane Roe\n王伟\n")] == [3, 5]


def test_a_stream_that_only_looks_like_one_hides_nothing(corpus_finder):
    noise = b"\x78\x9c" + os.urandom(50) + zlib.compress(b"Ilse Marwick") + os.urandom(50)
    assert looked(noise, corpus_finder)[0]
