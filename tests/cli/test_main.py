"""The command line: help, exit codes, messages that say what to do."""

import json
import os
import re
import resource
import subprocess
import sys

import pytest

from quoth.case.lines import as_line
from quoth.case.projection.connect import close_database
from quoth.cli.main import VERBS, main
from quoth.record.statement import Act, Fidelity, Form, SourceType, Statement
from quoth.terms.anchor import extract
from quoth.terms.digest import digest_of


@pytest.fixture(autouse=True)
def closed():
    yield
    close_database()


def test_help_is_a_table_of_contents_with_an_example_for_each_verb(capsys):
    assert main(["--help"]) == 0
    text = capsys.readouterr().out
    for verb in VERBS:
        assert re.search(rf"^  {verb}\s", text, flags=re.MULTILINE)
        assert f"$ quoth {verb}" in text
    assert "Exit codes" in text


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_every_verb_explains_itself_with_an_example(verb, capsys):
    with pytest.raises(SystemExit) as stopped:
        main([verb, "--help"])
    assert stopped.value.code == 0
    text = capsys.readouterr().out
    assert f"quoth {verb}" in text
    assert "example: quoth" in text
    assert "--json" in text


def test_help_imports_neither_django_nor_a_parser():
    code = (
        "import sys; from quoth.cli.main import main; main(['--help']);"
        "heavy = {'django', 'numpy', 'lxml', 'av', 'PIL', 'trafilatura'} & set(sys.modules);"
        "sys.exit(f'imported: {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["buidl"], "no verb 'buidl'"),
        (["add", "CASE", "no-such-file"], "no such file or folder"),
        (["attribute"], "neither CASE nor --docs"),
        (["attribute", "--docs", "x.jsonl"], "--docs needs --out"),
    ],
)
def test_wrong_use_exits_with_2_and_says_what_is_right(words, said, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(words) == 2
    err = capsys.readouterr().err
    assert said in err
    assert "Traceback" not in err


def test_an_unknown_option_exits_with_2(capsys):
    assert main(["log", "--frobnicate", "x"]) == 2
    assert "--frobnicate" in capsys.readouterr().err


@pytest.mark.parametrize("verb", ["read", "statements", "audit", "rebuild", "log"])
def test_a_folder_that_is_no_case_exits_with_3_and_a_hint(verb, tmp_path, capsys):
    assert main([verb, str(tmp_path)]) == 3
    err = capsys.readouterr().err
    assert "quoth init" in err
    assert list(tmp_path.iterdir()) == [], "a wrong folder must not be written to"


def test_init_refuses_a_folder_that_holds_something(tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert main(["init", str(tmp_path)]) == 3
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_empty_states_say_the_next_step(tmp_path, capsys):
    case = str(tmp_path / "case")
    assert main(["init", case, "--title", "Empty"]) == 0
    for verb in ("exhibits", "statements", "parties", "timeline"):
        capsys.readouterr()
        assert main([verb, case]) == 0
        assert "quoth" in capsys.readouterr().out


def test_cite_enters_once_and_is_never_held(tmp_path, capsys):
    case = str(tmp_path / "case")
    main(["init", case])
    words = [
        "cite",
        case,
        "call ledger",
        "--said-by",
        "B. Corwin",
        "--availability",
        "offered",
        "--terms",
        "to researchers",
    ]
    assert main(words) == 0
    assert main(words) == 0
    assert "Stands already" in capsys.readouterr().out
    assert main(["exhibits", case, "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["status"], row["availability"], row["terms"], row["digest"]) == (
        "cited",
        "offered",
        "to researchers",
        None,
    )


def test_attribute_alone_writes_the_scorers_shape(tmp_path, capsys):
    text = "“The gate was shut,” said Olen Varga. The ministry did not respond to requests for comment."
    docs, out = tmp_path / "docs.jsonl", tmp_path / "sys.jsonl"
    docs.write_text(json.dumps({"doc_id": "d1", "text": text}) + "\n" + json.dumps({"doc_id": "d2", "text": ""}) + "\n")
    assert main(["attribute", "--docs", str(docs), "--out", str(out)]) == 0
    first, second = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert (first["doc_id"], second) == ("d1", {"doc_id": "d2", "statements": []})
    keys = {
        "content",
        "cue",
        "source",
        "addressee",
        "kind",
        "act",
        "polarity",
        "source_type",
        "within",
        "confidence",
        "reason",
    }
    for statement in first["statements"]:
        assert keys <= set(statement)
    said = [one for one in first["statements"] if one["act"] == "say"]
    assert "".join(text[s:e] for s, e in said[0]["source"]) == "Olen Varga"


def test_attribute_alone_writes_what_a_text_says_beside_the_words(tmp_path):
    text = (
        "“They [the crews] are … perhaps safe,” a clerk who asked not to be named told reporters on Tuesday. "
        "Speaking to a crowd, Olen Varga said the gate was shut."
    )
    docs, out = tmp_path / "docs.jsonl", tmp_path / "sys.jsonl"
    docs.write_text(json.dumps({"doc_id": "d1", "text": text}) + "\n")
    assert main(["attribute", "--docs", str(docs), "--out", str(out), "--by", "rules"]) == 0
    (line,) = [json.loads(one) for one in out.read_text(encoding="utf-8").splitlines()]
    first = next(one for one in line["statements"] if "perhaps safe" in text[slice(*one["content"][0])])
    assert first["fidelity"] == ["brackets", "ellipsis"]
    assert [text[start:end] for start, end in first["hedges"]] == ["perhaps"]
    assert ["asked not to be named" in text[start:end] for start, end in first["anonymity"]] == [True]
    for one in line["statements"]:
        for part in ("hedges", "medium", "when", "where", "audience", "anonymity"):
            assert all(0 <= start < end <= len(text) for start, end in one[part]), part


def test_a_line_carries_every_part_of_its_statement():
    text = "A clerk said it."
    one = (extract(text, 0, 7),)
    parts = dict.fromkeys(("hedges", "medium", "when", "where", "audience", "anonymity"), one)
    said = Statement(
        id="s-1",
        rendition=digest_of(b"x"),
        passage="",
        source=(),
        cue=(),
        content=(),
        act=Act.SAY,
        form=Form.INDIRECT,
        source_type=SourceType.UNNAMED,
        fidelity=(Fidelity.SIC,),
        confidence=500,
        reason="r",
        **parts,
    )
    line = as_line(said)
    assert {name: line[name] for name in parts} == {key: [[0, 7]] for key in parts}
    assert (line["fidelity"], json.loads(json.dumps(line))) == (["sic"], line)


def test_attribute_names_the_line_that_is_no_document(tmp_path, capsys):
    docs = tmp_path / "docs.jsonl"
    docs.write_text('{"doc_id": "d1", "text": "x"}\n{"doc_id": 2}\n')
    assert main(["attribute", "--docs", str(docs), "--out", str(tmp_path / "o")]) == 3
    assert "line 2" in capsys.readouterr().err


def test_doctor_names_what_is_missing_and_how_to_get_it(monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("QUOTH_SPEECH_MODEL", raising=False)
    assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    for name in ("tesseract", "ffmpeg", "dot", "speech model"):
        assert f"{name} is missing" in out
    assert "apt install tesseract-ocr" in out


def test_text_from_evidence_cannot_move_the_cursor(tmp_path, capsys):
    case, folder = tmp_path / "case", tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(
        "Title\n\n“Stop \x1b[2J\x1b]0;owned\x07 it,” said Olen \u202eVarga.\n", encoding="utf-8"
    )
    assert main(["build", str(folder), "--case", str(case), "--workers", "1"]) == 0
    capsys.readouterr()
    assert main(["statements", str(case)]) == 0
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", capsys.readouterr().out)


def test_a_reader_that_goes_away_is_not_an_error(tmp_path):
    main(["init", str(tmp_path / "case")])
    close_database()
    done = subprocess.run(
        f"{sys.executable} -m quoth.cli.main log {tmp_path / 'case'} | true",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr


def test_a_full_file_size_limit_is_one_clear_line(tmp_path):
    main(["init", str(tmp_path / "case")])
    close_database()
    big = tmp_path / "big.bin"
    big.write_bytes(os.urandom(3_000_000))

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))

    done = subprocess.run(
        [sys.executable, "-m", "quoth.cli.main", "add", str(tmp_path / "case"), str(big)],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit,
    )
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("quoth: ") or "not taken" in done.stdout
    assert main(["audit", str(tmp_path / "case")]) == 0
