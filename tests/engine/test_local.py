"""The local engine: nothing lost, nothing done twice, whoever dies."""

import os
import signal
from pathlib import Path

from quoth.engine.local import ATTEMPTS, LocalEngine
from quoth.errors import QuothError


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
