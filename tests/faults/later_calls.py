"""Signed commits, scrubs, repairs and kept forks, broken at every system call in three ways.

    python tests/faults/later_calls.py [--quick]

It prints how many faults were injected; any third state ends it with exit code 1. About a quarter of an hour;
``--quick`` strikes every 29th call.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
SCRIPT = TESTS / "custody" / "every_later_call.py"


def main() -> int:
    parser = argparse.ArgumentParser(description="faults at every system call")
    parser.add_argument("--quick", action="store_true", help="every 29th call only")
    step = "29" if parser.parse_args().quick else "1"
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), os.environ.get("PYTHONPATH", "")])}
    total = 0
    for what in ("sign", "scrub", "repair", "fork"):
        for how in ("kill", "ENOSPC", "EIO"):
            with tempfile.TemporaryDirectory() as folder:
                command = [sys.executable, str(SCRIPT), f"{folder}/case", what, how, step]
                done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
            if done.returncode or done.stderr:
                print(f"{what}, {how}: {done.stderr.strip()}")
                return 1
            print(f"{what}, {how}: {done.stdout.strip()} faults, nothing lost", flush=True)
            total += int(done.stdout)
    print(f"{total} faults injected, 0 third states")
    return 0


if __name__ == "__main__":
    sys.exit(main())
