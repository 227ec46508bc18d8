"""A folder goes in, a dossier comes out; a second time nothing is done again."""

import json
import shutil

import pytest

from case import material
from quoth.case import answers
from quoth.case.casebook import Casebook
from quoth.case.projection import models
from quoth.case.projection.connect import close_database, delete_database, open_database
from quoth.case.projection.load import follow
from quoth.cli.main import main
from quoth.record.finding import Outcome
from quoth.record.hypothesis import Hypothesis


def build(folder, case, *more):
    return main(["build", str(folder), "--case", str(case), "--workers", "2", *more])


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """One case built once; tests that change it copy it."""
    root = tmp_path_factory.mktemp("built")
    folder = material.write(root / "folder")
    assert build(folder, root / "case") == 0
    close_database()
    return root


@pytest.fixture
def case(built, tmp_path):
    shutil.copytree(built / "case", tmp_path / "case")
    yield tmp_path / "case"
    close_database()


def dump():
    tables = (models.Entry, models.Derived, models.Exhibit, models.Statement, models.Party, models.Event, models.Item)
    return {
        table.__name__: sorted(
            json.dumps({k: v for k, v in row.items() if k != "id"}, sort_keys=True) for row in table.objects.values()
        )
        for table in tables
    }


def test_every_file_becomes_an_exhibit_and_copies_are_one(case, capsys):
    assert main(["exhibits", str(case), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    held = {row["title"]: row for row in rows if row["status"] == "held"}
    assert set(held) == {"first.html", "second.html", "questions.eml", "letters.zip", "note.txt", "tides.csv", *held}
    assert sorted(held["first.html"]["names"]) == ["first.html", "letters/first-again.html"]
    assert held["tides.csv"]["parent"] == held["questions.eml"]["id"]
    cited = [row for row in rows if row["status"] == "cited"]
    assert any(row["title"] == "The order book" and row["availability"] == "withheld" for row in cited)


def test_statements_lead_from_the_outlet_to_the_origin(case, capsys):
    assert main(["statements", str(case), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    told = [row for row in rows if row["act"] == "tell" and "clerk" in row["source"]]
    assert told
    assert told[0]["chain"][-1]["source"].startswith("A clerk of the harbour office")
    assert any(row["act"] == "no_response" and "Ministry of Ports" in row["source"] for row in rows)
    assert any(row["act"] == "rumour" and row["source"] == "" for row in rows)
    assert any("Nobody was forced" in row["content"] and row["form"] == "direct" for row in rows)


def test_a_second_build_does_nothing_again_and_says_so(built, case, capsys):
    with Casebook.open(case) as book:
        before = book.store.head()
    assert build(built / "folder", case) == 0
    out = capsys.readouterr().out
    assert "Nothing to do" in out
    assert "Taken in: 0 exhibits" in out
    with Casebook.open(case) as book:
        assert book.store.head() == before


def test_rebuild_gives_equal_answers(case):
    with Casebook.open(case) as book:
        open_database(case)
        follow(book.store)
        kept = dump()
        assert kept["Statement"]
        assert kept["Item"]
        delete_database(case)
        assert not (case / "cache" / "projection.sqlite3").exists()
        open_database(case)
        assert models.Statement.objects.count() == 0
        follow(book.store)
        assert dump() == kept


def test_following_step_by_step_equals_rebuilding(built, tmp_path):
    folder = material.write(tmp_path / "folder")
    (folder / "second.html").rename(tmp_path / "second.html")
    case = tmp_path / "case"
    assert build(folder, case) == 0
    (tmp_path / "second.html").rename(folder / "second.html")
    assert build(folder, case) == 0
    grown = dump()
    close_database()
    assert main(["rebuild", str(case)]) == 0
    assert dump() == grown
    close_database()


def test_every_anchor_is_proved_and_nothing_fails(case, capsys):
    assert main(["audit", str(case), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["outcome"] for row in rows} == {Outcome.HOLDS.value}
    (anchors,) = [row for row in rows if row["check"] == "anchors"]
    count = int(anchors["grounds"][0].split()[0])
    assert count > 60
    assert anchors["grounds"] == [f"{count} of {count} anchors stand where they say"]


def test_an_anchor_that_does_not_stand_is_found(case, capsys):
    """A records object that was swapped for one with a shifted anchor, its digest kept honest."""
    from quoth.case.proof import prove_anchors

    with Casebook.open(case) as book:
        (place, output) = next(
            (place, one)
            for place, one in book.outputs().items()
            if place[0] == "attribute" and b'"statement"' in book.store.read_object(one.records)
        )
        path = book.store.object_path(output.records)
        data = path.read_bytes()
        at = data.index(b'"exact":"') + 9
        path.chmod(0o644)
        path.write_bytes(data[:at] + (b"Z" if data[at : at + 1] != b"Z" else b"Y") + data[at + 1 :])
        failed = [one for one in prove_anchors(book) if one.outcome is Outcome.FAILS]
    assert failed
    assert failed[0].subject.startswith(f"{place[0]} {place[1]}")
    assert main(["audit", str(case)]) == 1


def test_what_people_said_is_nowhere_in_the_log(case):
    log = b"".join(path.read_bytes() for path in (case / "log").rglob("*") if path.is_file())
    assert b"received" in log
    for secret in (material.SECRET_GIVER, "The order book", "first.html", "Who sent the crews out"):
        assert secret.encode() not in log
    openings = b"".join(path.read_bytes() for path in (case / "openings").rglob("*") if path.is_file())
    assert material.SECRET_GIVER.encode() in openings


def test_the_giver_is_nowhere_in_the_draft(case):
    pages = [path for path in (case / "draft").rglob("*") if path.is_file()]
    assert len(pages) > 10
    for path in pages:
        assert material.SECRET_GIVER.encode() not in path.read_bytes(), path


def test_every_page_is_stamped_as_a_draft(case):
    for path in (case / "draft").rglob("*.html"):
        assert "draft: machine suggestions, not reviewed" in path.read_text(encoding="utf-8"), path


def test_what_people_entered_is_kept(case):
    open_database(case)
    with Casebook.open(case) as book:
        follow(book.store)
        assert book.spoken().note.title == "The three crews"
    assert [one.text for one in answers.every(Hypothesis)] == ["The order came from the harbour master"]


def test_a_copy_adds_no_origin(case):
    from quoth.record.claim import Claim
    from quoth.record.finding import CopyLink

    open_database(case)
    assert answers.items(CopyLink), "the second article copies the first"
    varga = [one for one in answers.every(Claim) if "forced" in one.proposition]
    assert varga
    assert all(len(one.origins) == 1 for one in varga)
