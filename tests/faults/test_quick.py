"""A small part of each fault run; ``make faults`` runs the whole."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.parametrize(
    ("script", "at_least", "counted"),
    [
        (("syscalls.py", "--quick"), 60, r"injected faults: (\d+), (\d+) bad"),
        (("power.py", "--quick"), 300, r"power-loss states: (\d+) different ones judged, (\d+) bad"),
        (("flips.py", "--quick"), 600, r"flipped bits: (\d+), (\d+) bad"),
        (("writers.py", "--quick"), 200, r"acknowledged entries: (\d+), checkpoints seen: \d+, (\d+) bad"),
    ],
    ids=lambda one: one[0] if isinstance(one, tuple) else None,
)
def test_a_small_part_finds_nothing_bad(script, at_least, counted, tmp_path) -> None:
    command = [sys.executable, HERE / script[0], *script[1:], "--jobs", "1"]
    done = subprocess.run(
        command[:-2] if script[0] == "writers.py" else command,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    match = re.search(counted, done.stdout)
    assert match, done.stdout
    assert int(match[1]) >= at_least, done.stdout
    assert int(match[2]) == 0, done.stdout
