"""Taking in: never the case itself, never more of a name than is needed, the rest goes on."""

import json
import subprocess
import sys

import pytest

from quoth.case.casebook import Casebook
from quoth.case.flow import Flow
from quoth.case.intake import take_in
from quoth.case.projection.connect import close_database, open_database
from quoth.case.spoken import note_of, replay_at
from quoth.case.work import perform
from quoth.errors import CaseError
from quoth.record.custody import Action
from quoth.record.exhibit import ExhibitStatus


class Here:
    """Runs the tasks in this process, one after another."""

    def run(self, worker, root, tasks):
        for task in tasks:
            yield task, perform(root, task)


@pytest.fixture
def evidence(tmp_path):
    folder = tmp_path / "evi dence – ü"
    folder.mkdir()
    (folder / "a.txt").write_text("The clerk said that the crews had sailed.\n", encoding="utf-8")
    (folder / "J.Okoro.txt").write_text("Olen Varga denied the order.\n", encoding="utf-8")
    (folder / "Statement of Tove.Anker").write_text("Runa Teld was told nothing.\n", encoding="utf-8")
    return folder


def held(book):
    return sorted(one.title for one in book.spoken().exhibits.values() if one.status is ExhibitStatus.HELD)


def test_a_case_in_the_folder_does_not_take_itself_in(evidence):
    with Casebook.create(evidence / "case", note_of("C"), by="desk") as book:
        (evidence / "case-notes.txt").write_text("The clerk denied it.", encoding="utf-8")
        (evidence / "out").mkdir()
        (evidence / "out" / "index.html").write_text("<p>Ours</p>", encoding="utf-8")
        for _ in range(2):
            take_in(book, [evidence], by="desk", besides=[evidence / "out"])
            assert held(book) == ["J.Okoro.txt", "Statement of Tove.Anker", "a.txt", "case-notes.txt"]


def test_a_path_inside_the_case_is_refused(evidence):
    with Casebook.create(evidence / "case", note_of("C"), by="desk") as book:
        for path in (evidence / "case", evidence / "case" / "objects", evidence / "case" / "quoth-case.json"):
            with pytest.raises(CaseError, match="which quoth itself writes"):
                take_in(book, [path], by="desk")
        assert held(book) == []


def test_no_part_of_a_name_stands_in_what_the_log_and_the_derivations_say(evidence, tmp_path):
    root = tmp_path / "case"
    (evidence / "call.zh.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nhello\n", encoding="utf-8")
    (evidence / "call.Reed.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nhello you\n", encoding="utf-8")
    with Casebook.create(root, note_of("C"), by="desk") as book:
        take_in(book, [evidence], by="desk")
        tasks = Flow(book, Here())._reading()
    told = {task.setting("suffix") for task in tasks}
    assert told == {".txt", ".zh.vtt", ".vtt", ""}
    log = (root / "log" / "entries.jsonl").read_text(encoding="utf-8")
    for name in ("Okoro", "Anker", "Reed", "a.txt"):
        assert name not in log
        assert name not in repr(tasks)


def test_a_damaged_object_is_one_line_and_the_rest_is_taken(evidence, tmp_path):
    with Casebook.create(tmp_path / "case", note_of("C"), by="desk") as book:
        take_in(book, [evidence / "a.txt"], by="desk")
        (exhibit,) = book.spoken().exhibits.values()
        path = book.store.object_path(exhibit.digest)
        path.chmod(0o644)
        path.write_bytes(b"changed")
        taken = take_in(book, [evidence], by="desk")
        assert [one.name for one in taken.refused] == ["a.txt"]
        assert "does not hold the bytes" in taken.refused[0].reason
        assert held(book) == ["J.Okoro.txt", "Statement of Tove.Anker", "a.txt"]


def test_two_that_take_in_the_same_folder_at_once_enter_each_file_once(evidence, tmp_path):
    root = tmp_path / "case"
    Casebook.create(root, note_of("C"), by="desk").close()
    for number in range(40):
        (evidence / f"{number}.txt").write_text(f"The clerk said {number}.", encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from quoth.case.casebook import Casebook;"
        "from quoth.case.intake import take_in; print('here', flush=True); sys.stdin.readline();"
        "take_in(Casebook.open(Path(sys.argv[1])), [Path(sys.argv[2])], by='desk')"
    )
    words = [sys.executable, "-c", code, str(root), str(evidence)]
    both = [subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    for one in both:
        assert one.stdout.readline() == "here\n"
    for one in both:
        one.stdin.write("go\n")
        one.stdin.flush()
    for one in both:
        one.communicate(timeout=120)
        assert one.returncode == 0
    with Casebook.open(root) as book:
        received = [one for one in book.store.entries() if one.action is Action.RECEIVED]
    assert len(received) == 43


def test_two_folders_that_name_the_case_differently_enter_nothing_anew_the_second_time(tmp_path):
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        (folder / "provenance.toml").write_text(f'[case]\ntitle = "{folder.name}"\n', encoding="utf-8")
    with Casebook.create(tmp_path / "case", note_of("C"), by="desk") as book:
        assert take_in(book, folders, by="desk").entered == 1
        assert take_in(book, folders, by="desk").entered == 0
        assert book.spoken().note.title == "two"


def test_a_worker_sees_the_case_as_it_stood_when_its_task_was_planned(evidence, tmp_path):
    root = tmp_path / "case"
    with Casebook.create(root, note_of("C"), by="desk") as book:
        take_in(book, [evidence / "a.txt"], by="desk")
        planned = book.spoken()
        take_in(book, [evidence], by="desk")
        assert replay_at(str(root), planned.as_of) == planned
        assert len(book.spoken().exhibits) == 3


def test_lost_records_are_made_again_by_the_same_command(evidence, tmp_path):
    root = tmp_path / "case"
    with Casebook.create(root, note_of("C"), by="desk") as book:
        open_database(root)
        take_in(book, [evidence], by="desk")
        first = Flow(book, Here()).build()
        assert first.done["read"] == 3
        lost = next(one.records for (step, _), one in book.outputs().items() if step == "read")
        before = book.store.head()
        book.store.object_path(lost).unlink()
        again = Flow(book, Here()).build()
        assert again.done == {"read": 1}
        assert book.store.read_object(lost)
        assert book.store.head() == before, "a step was entered twice"
        close_database()


def test_json_lines_never_overwrite_what_they_are_read_from(tmp_path):
    from quoth.case.lines import attribute_lines

    path = tmp_path / "docs.jsonl"
    path.write_text('{"doc_id": "1", "text": "The clerk said so."}\n{"doc_id": "2"}\n', encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(CaseError, match="line 2"):
        attribute_lines(path, path)
    assert path.read_bytes() == before
    path.write_text('{"doc_id": "1", "text": "half a pair: \\ud83d"}\n', encoding="utf-8")
    with pytest.raises(CaseError, match="line 1"):
        attribute_lines(path, tmp_path / "out")
    path.write_text('{"doc_id": "1", "text": "The clerk said so."}\n', encoding="utf-8")
    assert attribute_lines(path, path).documents == 1
    assert json.loads(path.read_text(encoding="utf-8"))["doc_id"] == "1"
    assert [one.name for one in tmp_path.iterdir()] == ["docs.jsonl"]
