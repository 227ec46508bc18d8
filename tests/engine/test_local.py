"""The local engine: nothing lost, nothing done twice, whoever dies."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from quoth.engine.local import ATTEMPTS, LocalEngine
from quoth.errors import EngineError, QuothError


def double(root, task):
    (Path(root) / f"ran-{task}-{os.getpid()}-{os.urandom(4).hex()}").touch()
    return task * 2


def die_once(root, task):
    flag = Path(root) / f"died-{task}"
    if task % 10 == 3 and not flag.exists():
        flag.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return task * 2


def die_always(root, task):
    if task == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return task


def fault(root, task):
    if task == 1:
        raise QuothError("this one cannot be read", hint="look at it by hand")
    if task == 2:
        raise ValueError("an odd number of quotes")
    return task


def run(function, root, count, workers=2):
    engine = LocalEngine(workers)
    return dict(engine.run(f"engine.test_local:{function}", str(root), list(range(count))))


def test_every_task_is_done_once(tmp_path):
    assert run("double", tmp_path, 50) == {one: one * 2 for one in range(50)}
    assert len(list(tmp_path.glob("ran-*"))) == 50


def test_killed_workers_lose_no_task(tmp_path):
    assert run("die_once", tmp_path, 40) == {one: one * 2 for one in range(40)}
    assert len(list(tmp_path.glob("died-*"))) == 4, "the workers were never killed"


def test_a_task_that_always_kills_is_given_up_and_the_rest_goes_on(tmp_path):
    found = run("die_always", tmp_path, 5)
    assert found.pop(2).startswith(f"took its worker down {ATTEMPTS} times")
    assert found == {0: 0, 1: 1, 3: 3, 4: 4}


def test_an_error_is_one_clear_line_and_the_rest_goes_on(tmp_path):
    found = run("fault", tmp_path, 4, workers=1)
    assert found == {
        0: 0,
        1: "this one cannot be read\n  look at it by hand",
        2: "ValueError: an odd number of quotes",
        3: 3,
    }


def test_nothing_to_do_starts_nobody(tmp_path):
    assert run("double", tmp_path, 0) == {}


def test_leaving_early_leaves_no_worker_behind(tmp_path):
    engine = LocalEngine(2)
    running = engine.run("engine.test_local:double", str(tmp_path), list(range(20)))
    next(running)
    running.close()
    import multiprocessing

    assert multiprocessing.active_children() == []


def test_the_engine_is_found_by_its_entry_point():
    from importlib.metadata import entry_points

    (found,) = entry_points(group="quoth.engines", name="local")
    assert found.load() is LocalEngine


def mistaken(root, task):
    if task == 1:
        raise NotImplementedError("not\nyet")
    return task // (task - 2)


def sleepy(root, task):
    (Path(root) / f"began-{task}").touch()
    time.sleep(600)


def test_a_mistake_in_a_step_is_a_line_and_not_the_end_of_its_worker(tmp_path, capfd):
    found = run("mistaken", tmp_path, 4, workers=1)
    assert found[1] == "NotImplementedError: not yet"
    assert found[2].startswith("ZeroDivisionError: ")
    assert (found[0], found[3]) == (0, 3)
    assert capfd.readouterr().err == ""


def test_fewer_workers_than_one_are_refused():
    for count in (0, -1):
        with pytest.raises(EngineError, match="can do nothing"):
            LocalEngine(count)


def test_ctrl_c_stops_the_workers_at_once_and_prints_no_trace(tmp_path):
    code = (
        "import sys; from quoth.engine.local import LocalEngine\n"
        "if __name__ == '__main__':\n"
        "    try:\n"
        f"        list(LocalEngine(2).run('engine.test_local:sleepy', {str(tmp_path)!r}, [1, 2]))\n"
        "    except KeyboardInterrupt:\n"
        "        sys.exit(7)\n"
    )
    (tmp_path / "run.py").write_text(code)
    paths = os.pathsep.join(one for one in sys.path if one)
    asked = subprocess.Popen(
        [sys.executable, str(tmp_path / "run.py")],
        env={**os.environ, "PYTHONPATH": paths},
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  # the background ignores it
    )
    while len(list(tmp_path.glob("began-*"))) < 2 and asked.poll() is None:
        time.sleep(0.05)
    os.killpg(asked.pid, signal.SIGINT)  # as a terminal does
    try:
        _, said = asked.communicate(timeout=120)
    finally:
        asked.kill()
        asked.communicate()
    assert (asked.returncode, said) == (7, b"")
