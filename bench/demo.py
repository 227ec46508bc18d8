"""The demo build after install: seconds of wall and CPU, and the second run that does nothing again."""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LIMIT_S = 60
HELP_CPU_S = 0.15


def run(*words: str) -> tuple[float, float, str]:
    """Wall seconds, CPU seconds of the whole process tree, and what was printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    done = subprocess.run([sys.executable, "-m", "quoth.cli.main", *words], capture_output=True, text=True, check=True)
    wall = time.monotonic() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, done.stdout


def main() -> int:
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        case = str(Path(folder) / "case")
        wall, cpu, out = run("demo", "--case", case, "--no-open", "--json")
        pages = json.loads(out)["dossier"]["pages"]
        print(f"demo build: {wall:.1f} s wall, {cpu:.1f} s CPU, {pages} pages (bar: {LIMIT_S} s wall)")
        again, again_cpu, _ = run("demo", "--case", case, "--no-open", "--json")
        print(f"second build: {again:.1f} s wall, {again_cpu:.1f} s CPU, {again_cpu / cpu:.2f} of the first")
    _, help_cpu, _ = run("--help")
    print(f"quoth --help: {help_cpu:.3f} s CPU (bar: {HELP_CPU_S})")
    return 0 if wall <= LIMIT_S and help_cpu <= HELP_CPU_S else 1


if __name__ == "__main__":
    sys.exit(main())
