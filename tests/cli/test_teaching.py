"""From a decision on the command line to weights: decide, lessons, train."""

import dataclasses
import json
import os
import re
import subprocess
import sys

import pytest
import torch

from case import material
from quoth.attribute.marked import read_marked
from quoth.attribute.net import Size, Tagger
from quoth.attribute.trained import open_finder
from quoth.attribute.tuning import write_weights
from quoth.case.casebook import Casebook
from quoth.case.projection import models
from quoth.case.projection.connect import close_database, open_database
from quoth.cli.main import main
from quoth.record import wire
from quoth.record.custody import Action


@pytest.fixture(autouse=True)
def closed_case():
    yield
    close_database()


@pytest.fixture(scope="module")
def taught_case(tmp_path_factory):
    """A case with one statement corrected, one rejected, and every other one in their paragraphs accepted."""
    root = tmp_path_factory.mktemp("teaching")
    folder = material.write(root / "folder")
    assert main(["build", str(folder), "--case", str(root / "case"), "--workers", "1"]) == 0
    close_database()
    return root / "case"


def told(capsys, *words):
    capsys.readouterr()
    assert main([*map(str, words), "--json"]) == 0
    close_database()
    return json.loads(capsys.readouterr().out)


def one_of(capsys, case, words):
    rows = [row for row in told(capsys, "statements", case) if words in row["content"]]
    return rows[0]


def test_decisions_become_marked_texts(taught_case, tmp_path, capsys):
    case = taught_case
    rumour = one_of(capsys, case, "order book")
    silence = one_of(capsys, case, "telephone requests")
    quoted = one_of(capsys, case, "Nobody was forced")
    assert main(["lessons", str(case), "--out", str(tmp_path / "early")]) == 3
    close_database()
    assert "no statement of this case was accepted" in capsys.readouterr().err
    changes = ["--act", "claim", "--source", "Varga", "--source-type", "role", "--by", "Ada"]
    made = told(capsys, "decide", case, quoted["id"], "correct", *changes)
    assert (made["verdict"], made["instead"]["act"], made["instead"]["source"]) == ("correct", "claim", "Varga")
    told(capsys, "decide", case, rumour["id"], "reject", "--reason", "no rumour", "--by", "Ada")
    told(capsys, "decide", case, silence["id"], "accept", "--by", "Ada")
    for row in told(capsys, "statements", case):
        if row["spans"]["cue"] and not row["decision"] and row["exhibit"] == rumour["exhibit"]:
            told(capsys, "decide", case, row["id"], "accept")
    shown = one_of(capsys, case, "Nobody was forced")
    assert (shown["act"], shown["decision"], shown["source_type"]) == ("claim", "correct", "role")
    counts = told(capsys, "lessons", case, "--out", tmp_path / "marked")
    assert counts["corrected"] == 1
    assert counts["rejected"] >= 1
    texts = [read_marked(path.read_text(encoding="utf-8")) for path in sorted((tmp_path / "marked").iterdir())]
    assert len(texts) == counts["texts"]
    marks = [(text, one) for text in texts for one in text.statements]
    assert len(marks) == counts["accepted"] + counts["corrected"]
    assert any(one.act == "claim" and one.type == "role" for _, one in marks)
    rejected = [one for text in texts for one in json.loads(text.head.get("rejected", "[]"))]
    assert any(one["act"] == rumour["act"] for one in rejected)
    assert not any("order book" in text.text[slice(*span)] for text, one in marks for span in one.content[:1])
    with Casebook.open(case) as book:
        decided = [one for one in book.store.entries() if one.action is Action.DECIDED and one.by == "Ada"]
    assert len(decided) == 3


def test_the_dossier_shows_the_statement_as_corrected(taught_case, tmp_path, capsys):
    row = one_of(capsys, taught_case, "recordings")
    told(capsys, "decide", taught_case, row["id"], "correct", "--act", "promise", "--reason", "as the text has it")
    told(capsys, "publish", taught_case, "--out", tmp_path / "dossier")
    pages = [path.read_text(encoding="utf-8") for path in (tmp_path / "dossier").rglob("*.html")]
    (own,) = [path for path in (tmp_path / "dossier").rglob("*.html") if row["id"] in path.name]
    assert "accepted by a reviewer" in own.read_text(encoding="utf-8")
    assert "promise" in own.read_text(encoding="utf-8")
    assert not any("as the text has it" in page for page in pages)
    told(capsys, "decide", taught_case, row["id"], "withdraw")
    assert one_of(capsys, taught_case, "recordings")["act"] == row["act"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["correct"], 3, "nothing is corrected"),
        (["accept", "--act", "warn"], 3, "only a correction"),
        (["correct", "--source", "Nobody Else"], 2, "does not stand there; nothing was entered"),
        (["withdraw"], 3, "no decision about"),
        (["maybe"], 2, "invalid choice"),
    ],
)
def test_a_decision_that_is_none_enters_nothing(taught_case, capsys, words, code, said):
    row = one_of(capsys, taught_case, "sail in the storm")
    with Casebook.open(taught_case) as book:
        before = book.store.head()
    if words == ["withdraw"] and row["decision"]:
        told(capsys, "decide", taught_case, row["id"], "withdraw")
        with Casebook.open(taught_case) as book:
            before = book.store.head()
    assert main(["decide", str(taught_case), row["id"], *words]) == code
    assert said in capsys.readouterr().err
    with Casebook.open(taught_case) as book:
        assert book.store.head() == before


def test_a_statement_that_is_not_there_cannot_be_decided(taught_case, capsys):
    assert main(["decide", str(taught_case), "s-0000", "accept"]) == 3
    assert "no such statement" in capsys.readouterr().err


def test_lessons_refuse_a_folder_that_holds_anything(taught_case, tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert main(["lessons", str(taught_case), "--out", str(tmp_path)]) == 3
    assert "is not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert main(["lessons", str(taught_case), "--out", str(taught_case / "marked")]) == 3
    assert "lies in the case" in capsys.readouterr().err


def test_nothing_of_a_sealed_exhibit_goes_out(taught_case, tmp_path, capsys):
    row = one_of(capsys, taught_case, "telephone requests")
    told(capsys, "decide", taught_case, row["id"], "accept")
    open_database(taught_case)
    for held in models.Exhibit.objects.filter(status="held"):
        sealed = dataclasses.replace(wire.from_bytes(held.record.encode()), digest=None)
        models.Exhibit.objects.filter(pk=held.pk).update(record=wire.to_bytes(sealed).decode())
    close_database()
    assert main(["lessons", str(taught_case), "--out", str(tmp_path / "out")]) == 3
    close_database()
    assert "are sealed" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    told(capsys, "rebuild", taught_case)


MARKED = [
    "{s1 named|Olen Varga} {c1 say|said} {t1|the gate of basin %d was shut}. Rain fell on the harbour.",
    "{s1 group|The union} {c1 deny -|denied} {t1|that crew %d had been told}. {s2 named|Teld} {c2 ask|asked} {t2|who knew}.",
]


@pytest.fixture
def small_weights(tmp_path):
    torch.manual_seed(3)
    write_weights(
        Tagger(Size(wide=24, inner=32, heads=2, layers=1, pair=16, convolutions=(1, 2))), tmp_path / "small", None
    )
    return tmp_path / "small"


@pytest.fixture
def marked(tmp_path):
    folder = tmp_path / "marked"
    folder.mkdir()
    for n in range(6):
        (folder / f"{n}.txt").write_text(MARKED[n % 2] % n + "\n", encoding="utf-8")
    return folder


def test_six_small_texts_are_trained_on_and_judged_honestly(marked, small_weights, tmp_path, capsys):
    out = tmp_path / "weights"
    words = ["train", marked, "--out", out, "--epochs", 1, "--dev", 0.3, "--from", small_weights, "--with", marked]
    card = told(capsys, *words)
    assert card == json.loads((out / "card.json").read_text(encoding="utf-8"))
    data = card["data"]
    assert (data["taught"]["texts"], data["held_out"]["texts"]) == (4, 2)
    assert data["replayed"]["texts"] == 4, "what is held out is not replayed"
    assert card["change"]["verdict"] == "too small to tell"
    assert card["after"]["marked"] == data["held_out"]["statements"] == card["before"]["marked"]
    assert open_finder(out).version == card["version"] != open_finder(small_weights).version
    again = told(capsys, *[tmp_path / "again" if one == out else one for one in words])
    assert again == card, "the same texts and seed give the same weights and figures"
    for name in ("encoder.onnx", "tagger.safetensors"):
        assert (tmp_path / "again" / name).read_bytes() == (out / name).read_bytes()


def test_the_report_is_plain_about_a_set_that_is_too_small(marked, small_weights, tmp_path, capsys):
    assert (
        main(["train", str(marked), "--out", str(tmp_path / "w"), "--epochs", "1", "--from", str(small_weights)]) == 0
    )
    text = capsys.readouterr().out
    assert re.search(r"1 text, \d statements? held out: a difference below 100.0 points is noise", text)
    assert "too small to tell" in text
    assert "Keep the weights you have" in text
    assert "better" not in text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (["--epochs", "0"], "rounds cannot be trained"),
        (["--dev", "1.5"], "cannot be held out"),
        (["--from", "nowhere"], "weights are not whole"),
        (["--with", "nowhere"], "is no folder"),
    ],
)
def test_training_that_cannot_be_is_refused_and_leaves_nothing(change, said, marked, tmp_path, capsys):
    out = tmp_path / "weights"
    assert main(["train", str(marked), "--out", str(out), *change]) == 3
    assert said in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["marked"]


def test_a_text_that_is_not_sound_is_named(marked, tmp_path, capsys):
    (marked / "3.txt").write_text("{s1 named|Nobody", encoding="utf-8")
    assert main(["train", str(marked), "--out", str(tmp_path / "weights")]) == 3
    assert "3.txt: " in capsys.readouterr().err


def test_weights_are_not_written_over_anything(marked, capsys):
    assert main(["train", str(marked), "--out", str(marked)]) == 3
    assert "is not empty" in capsys.readouterr().err


def test_without_the_extra_one_line_says_what_to_install(marked, tmp_path):
    code = (
        "import sys, importlib.util as u\n"
        "find = u.find_spec\n"
        "u.find_spec = lambda name, *rest: None if name == 'torch' else find(name, *rest)\n"
        "from quoth.cli.main import main\n"
        f"sys.exit(main(['train', {str(marked)!r}, '--out', {str(tmp_path / 'w')!r}]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=dict(os.environ)
    )
    assert done.returncode == 3
    assert done.stderr.splitlines() == [
        "quoth: training needs torch, which is not installed",
        "  pip install 'quoth[train]'",
    ]
