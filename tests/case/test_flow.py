"""The flow survives the death of a worker and of the whole process."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from case import material
from quoth.case.casebook import Casebook
from quoth.case.flow import Flow
from quoth.case.intake import take_in
from quoth.case.jobs import Jobs
from quoth.case.projection.connect import close_database, open_database
from quoth.case.spoken import note_of
from quoth.case.work import perform
from quoth.engine.local import LocalEngine
from quoth.record.custody import Action


def texts(folder, count):
    folder.mkdir()
    for place in range(count):
        (folder / f"note-{place}.txt").write_text(
            f"Note {place}\n\nClerk number {place} said the gate was shut at {place} o'clock.\n", encoding="utf-8"
        )
    return folder


def killing(root, task):
    """The real work, but the first worker to come here is killed in the middle of it."""
    flag = Path(root) / "tmp" / "killed-once"
    if task.step == "attribute":
        try:
            os.close(os.open(flag, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            pass
        else:
            os.kill(os.getpid(), signal.SIGKILL)
    return perform(root, task)


class KillingEngine(LocalEngine):
    """The default engine with workers of which one is killed."""

    def run(self, worker, root, tasks):
        yield from super().run("case.test_flow:killing", root, tasks)


def test_one_killed_worker_loses_nothing_and_does_nothing_twice(tmp_path):
    folder = texts(tmp_path / "folder", 12)
    with Casebook.create(tmp_path / "case", note_of("Gate"), by="desk") as book:
        open_database(book.root)
        take_in(book, [folder], by="desk")
        report = Flow(book, KillingEngine(2)).build("attribute")
        assert (tmp_path / "case" / "tmp" / "killed-once").exists(), "no worker was killed"
        assert report.failed == []
        assert report.done == {"read": 12, "attribute": 12}
        derived = [one for one in book.store.entries() if one.action is Action.DERIVED]
        assert len(derived) == 24
        assert len({one.key for one in derived}) == 24
        assert Jobs().failures() == []
    close_database()


def test_a_killed_build_goes_on_where_it_was(tmp_path):
    folder = texts(tmp_path / "folder", 30)
    case = tmp_path / "case"
    command = [sys.executable, "-m", "quoth.cli.main", "build", str(folder), "--case", str(case), "--workers", "1"]
    rounds = 0
    for delay in (0.6, 1.2, 1.8):
        process = subprocess.Popen(
            command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(delay)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        rounds += 1
        if (case / "log" / "entries.jsonl").exists():
            with Casebook.open(case) as book:
                assert [one.seq for one in book.store.entries()] == list(range(book.store.head()[0]))
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with Casebook.open(case) as book:
        entries = list(book.store.entries())
        received = [one.objects[0].digest for one in entries if one.action is Action.RECEIVED]
        keys = [one.key for one in entries if one.key]
    assert len(set(received)) == 30
    assert len(received) == 30, "an exhibit was received twice"
    assert len(keys) == len(set(keys)), "a step was done twice"
    assert rounds == 3


def test_an_unchanged_scope_is_not_done_again_when_another_is_added(tmp_path):
    folder = material.write(tmp_path / "folder")
    with Casebook.create(tmp_path / "case", note_of("Crews"), by="desk") as book:
        open_database(book.root)
        take_in(book, [folder], by="desk")
        Flow(book, LocalEngine(1)).build("resolve")
        (folder / "late.txt").write_text("Late\n\nThe gate was shut, said Varga.\n", encoding="utf-8")
        take_in(book, [folder], by="desk")
        report = Flow(book, LocalEngine(1)).build("resolve")
        assert report.done == {"read": 1, "attribute": 1, "resolve": 1}
    close_database()
