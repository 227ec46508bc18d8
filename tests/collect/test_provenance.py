"""provenance.toml: every key known, every date as precise as it was given."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.collect.provenance import Declared, gather, is_provenance, iso_when, join, merge, parse
from quoth.errors import CollectError, QuothError
from quoth.record.exhibit import Availability, ExhibitStatus, RequestOutcome
from quoth.record.wire import from_bytes, to_bytes
from quoth.terms.when import When

WHOLE = b"""
[case]
title = "The Winter List"
question = "Who had them written out?"
language = "en"

[default]
given_by = "Case desk"
obtained_on = 2031-05-02

[[file]]
path = "letters/*.jpg"
given_by = "The office"
claimed_date = "18 March 2031"
claimed_author = "S. A."

[[file]]
path = "letters/one.jpg"
outlet = "The Ledger"
note = "With its stamp."

[[cited]]
title = "Telephone ledger"
description = "sixteen lines"
said_by = "the company"
availability = "offered"
held_by = "the company"
terms = "no copies"
asked_on = "2031-04"
outcome = "no-reply"

[[request]]
to = "Ministry"
how = "letter"
sent_on = "2031-04-22"
put = "Was there a list?"
reply = "None."
replied_on = 2031-05-01T10:00:00Z
as_of = "2031"
asked_by = "The Ledger"

[[hypothesis]]
text = "It was ordered."
put_by = "the group"
fits = ["call 3"]
strains = ["few say so"]

[[question]]
text = "Where are they?"

[[announced]]
what = "recorded calls"
announced = 6
by = "the group"
"""


def test_a_whole_file_becomes_records():
    made = parse(WHOLE)
    assert (made.case.title, made.case.language) == ("The Winter List", "en")
    cited, request, hypothesis, question, gap = made.records
    assert (cited.status, cited.digest, cited.citation.availability) == (
        ExhibitStatus.CITED,
        None,
        Availability.OFFERED,
    )
    assert cited.citation.outcome is RequestOutcome.NO_REPLY
    assert (cited.citation.asked_on.earliest, cited.citation.asked_on.latest) == ("2031-04-01", "2031-04-30")
    assert (request.sent.grain, request.as_of.grain, request.replied.earliest) == ("day", "year", "2031-05-01")
    assert (hypothesis.fits, hypothesis.strains) == (("call 3",), ("few say so",))
    assert question.text == "Where are they?"
    assert (gap.announced, gap.held, gap.described, gap.grounds) == (6, -1, -1, ("announced by the group",))
    for record in made.records:
        assert from_bytes(to_bytes(record)) == record


def test_reading_twice_names_everything_the_same():
    assert parse(WHOLE) == parse(WHOLE)
    assert len(join(parse(WHOLE), parse(WHOLE)).records) == 5


def test_later_entries_win_over_earlier_and_files_over_the_default():
    made = parse(WHOLE)
    one = made.declared_for("letters/one.jpg")
    assert (one.given_by, one.outlet, one.claimed_author) == ("The office", "The Ledger", "S. A.")
    assert one.claimed_date == When(words="18 March 2031")
    assert one.obtained_on.grain == "day"
    assert made.declared_for("elsewhere.txt") == Declared(given_by="Case desk", obtained_on=one.obtained_on)


def test_words_that_are_no_iso_date_go_to_the_reader_of_dates():
    asked = []

    def read(words):
        asked.append(words)
        return When(words=words, earliest="2031-03-18", latest="2031-03-18")

    made = parse(WHOLE, read_date=read)
    assert asked == ["18 March 2031"]
    assert made.declared_for("letters/two.jpg").claimed_date.earliest == "2031-03-18"


def test_a_fault_of_the_reader_of_dates_is_named_with_its_path():
    def read(words):
        raise QuothError("no such day")

    with pytest.raises(CollectError, match=r"provenance.toml: file\[1\].claimed_date: no such day"):
        parse(WHOLE, read_date=read)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("titel = 'x'", "titel: unknown key"),
        ("[case]\ntitle = 'x'\nlanguag = 'en'", "case.languag: unknown key"),
        ("[case]\nquestion = 'x'", "case.title: missing"),
        ("[case]\ntitle = ' '", "case.title: missing or empty"),
        ("[case]\ntitle = 'x'\nlanguage = 'not a tag'", "case.language: not a language tag"),
        ("[[case]]\ntitle = 'x'", r"case: expected \[case\]"),
        ("[default]\ngiven_by = 3", "default.given_by: expected text, found a number"),
        ("[default]\nobtained_on = 2031", "default.obtained_on: expected a date or words, found a number"),
        ("[default]\nobtained_on = 10:30:00", "default.obtained_on: expected a date or words"),
        ("[default]\npath = 'x'", "default.path: unknown key"),
        ("[file]\npath = 'x'", r"file: expected \[\[file\]\]"),
        ("[[file]]\npath = 'x'\n[[file]]\nnote = 'y'", r"file\[2\].path: missing"),
        ("[[file]]\npath = 'x'\nnote.a = 'y'", r"file\[1\].note: expected text, found a table"),
        ("[[cited]]\ntitle = 'x'", r"cited\[1\].said_by: missing"),
        (
            "[[cited]]\ntitle = 'x'\nsaid_by = 'y'\navailability = 'lost'",
            r"cited\[1\].availability: expected one of offered",
        ),
        (
            "[[cited]]\ntitle = 'x'\nsaid_by = 'y'\noutcome = true",
            r"cited\[1\].outcome: expected text, found true or false",
        ),
        ("[[request]]\nput = 'x'", r"request\[1\].to: missing"),
        ("[[hypothesis]]\ntext = 'x'\nfits = 'y'", r"hypothesis\[1\].fits: expected a list of texts"),
        ("[[hypothesis]]\ntext = 'x'\nstrains = [1]", r"hypothesis\[1\].strains: expected a list of texts"),
        ("[[question]]\ntext = []", r"question\[1\].text: expected text, found a list"),
        ("[[announced]]\nwhat = 'x'", r"announced\[1\].announced: expected a whole number, found nothing"),
        ("[[announced]]\nwhat = 'x'\nannounced = true", r"announced\[1\].announced: expected a whole number"),
        ("[[announced]]\nwhat = 'x'\nannounced = -1", r"announced\[1\].announced: expected a whole number"),
        ("question = ['x']", r"question: expected \[\[question\]\]"),
        ("[case", "is not TOML"),
        ("x = " + "9" * 5000, "is not TOML"),
        ("x = " + "[" * 5000, "is not TOML"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_path(text, path):
    with pytest.raises(CollectError, match=path) as caught:
        parse(text.encode())
    assert "docs/collect.md" in caught.value.hint


@settings(max_examples=50, deadline=None)
@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(max_size=200).map(str.encode),
        st.lists(st.sampled_from(WHOLE.decode().splitlines())).map(lambda lines: "\n".join(lines).encode()),
        st.tuples(st.integers(0, len(WHOLE)), st.binary(max_size=3)).map(
            lambda cut: WHOLE[: cut[0]] + cut[1] + WHOLE[cut[0] :]
        ),
    )
)
def test_parse_raises_nothing_but_its_own_error(data):
    try:
        made = parse(data)
    except CollectError:
        return
    made.declared_for("letters/one.jpg", "a.zip")


@settings(max_examples=50, deadline=None)
@given(st.dates())
def test_iso_dates_have_their_bounds(date):
    iso = date.isoformat()
    assert (iso_when(iso).earliest, iso_when(iso).latest, iso_when(iso).grain) == (iso, iso, "day")
    month, year = iso_when(iso[:7]), iso_when(iso[:4])
    assert month.grain == "month"
    assert year.grain == "year"
    assert year.earliest <= month.earliest <= iso <= month.latest <= year.latest


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=20))
def test_other_words_stay_words(text):
    assert iso_when(text).words == text.strip()


def test_days_that_do_not_exist_stay_words():
    for words in ("2031-02-30", "2031-13", "0000", "٢٠٣١"):
        assert iso_when(words) == When(words=words)


def test_members_of_an_archive_inherit_what_is_said_of_it():
    made = parse(
        b"[[file]]\npath = 'post.zip'\ngiven_by = 'B'\n[[file]]\npath = 'post.zip!in.tar!*.txt'\noutlet = 'L'\n"
    )
    assert made.declared_for("a.txt", "post.zip") == Declared(given_by="B")
    assert made.declared_for("a.txt", "post.zip!in.tar") == Declared(given_by="B", outlet="L")
    assert made.declared_for("post.zip") == Declared(given_by="B")
    assert made.declared_for("a.txt") == Declared()


def test_names_are_compared_as_people_read_them():
    made = parse("[[file]]\npath = 'caf\u00e9 \u202fx.txt'\nnote = 'n'\n".encode())
    assert made.declared_for("cafe\u0301 \\u202fx.txt").note == "n"
    assert parse(b"[[file]]\npath = 'a[1].txt'\nnote = 'n'\n").declared_for("a[1].txt").note == "n"


def test_options_win_over_the_file():
    merged = merge(Declared(given_by="file", outlet="file"), Declared(given_by="option", obtained_on=When(words="May")))
    assert merged == Declared(given_by="option", outlet="file", obtained_on=When(words="May"))


def test_the_nearest_folder_wins(tmp_path):
    (tmp_path / "in" / "ner").mkdir(parents=True)
    (tmp_path / "provenance.toml").write_text(
        "[default]\ngiven_by = 'outer'\noutlet = 'O'\n[[file]]\npath = 'in/*'\nnote = 'outer'\n[[question]]\ntext = 'q'\n"
    )
    (tmp_path / "in" / "provenance.toml").write_text(
        "[default]\ngiven_by = 'inner'\nnote = 'inner'\n[[file]]\npath = 'ner/a.txt'\nclaimed_author = 'A'\n[[question]]\ntext = 'q'\n"
    )
    made = gather(tmp_path)
    assert made.declared_for("b.txt") == Declared(given_by="outer", outlet="O")
    assert made.declared_for("in/ner/a.txt") == Declared(given_by="inner", outlet="O", note="inner", claimed_author="A")
    assert len(made.records) == 1
    assert gather(tmp_path / "in" / "provenance.toml").declared_for("ner/a.txt").claimed_author == "A"


def test_a_folder_without_declarations_declares_nothing(tmp_path):
    assert gather(tmp_path).declared_for("a") == Declared()


def test_a_declaration_that_cannot_be_read_is_an_error_with_its_place(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "provenance.toml").write_text("titel = 1")
    with pytest.raises(CollectError, match=r"in/provenance\.toml: titel: unknown key"):
        gather(tmp_path)
    (tmp_path / "in" / "provenance.toml").unlink()
    (tmp_path / "in" / "provenance.toml").symlink_to("/etc/hostname")
    with pytest.raises(CollectError, match=r"in/provenance\.toml cannot be read"):
        gather(tmp_path)


def test_an_enormous_declaration_is_refused(tmp_path):
    with (tmp_path / "provenance.toml").open("wb") as file:
        os.truncate(file.fileno(), 5 * 2**20)
    with pytest.raises(CollectError, match="larger than"):
        gather(tmp_path)


def test_only_the_exact_name_declares():
    assert is_provenance("a/provenance.toml")
    assert not is_provenance("a/my-provenance.toml")
    assert not is_provenance("provenance.toml/x")
