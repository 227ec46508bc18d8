"""Full audit of a case against `openssl dgst -sha256` of the same bytes.

- One case, one run, interleaved: 10,000 small files (about 20 kB) and 5 of 200 MiB, random bytes, each
  with its log entry and its opening. The audit checks objects, log, checkpoint and openings.
- What counts is CPU seconds (user and system) of the whole process tree.

Example::

    python bench/audit.py            # the full set; needs about 3 GB in $TMPDIR
    python bench/audit.py --small    # a fiftieth of it
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from intake import intake, make_data, measured

from quoth.custody.audit import audit
from quoth.custody.store import Store
from quoth.record.finding import Outcome

BAR = 1.3


def check(root: Path) -> int:
    """What the child does: audit the case; gives 0 when the summary holds."""
    found = list(audit(Store.open(root)))
    return 0 if found[-1].outcome is Outcome.HOLDS else 1


def main() -> int:
    """Run and print; gives 0 when the bar is met or the peer is missing, else 1."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--small", action="store_true", help="a fiftieth of the set")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--child", type=Path, metavar="CASE", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        return check(options.child)
    if not shutil.which("openssl"):
        print("missing peer: openssl")
        return 0
    spent: dict[str, list[float]] = {"quoth": [], "openssl": []}
    with tempfile.TemporaryDirectory(prefix="quoth-bench-") as name:
        top = Path(name)
        (top / "source").mkdir()
        count, total = make_data(top / "source", small=options.small)
        intake(top / "source", top / "case")
        shutil.rmtree(top / "source")
        print(f"{count} objects, {total / 1e6:.0f} MB, as many entries and openings")
        commands = {
            "quoth": f"{sys.executable} {Path(__file__).resolve()} --child {top}/case",
            "openssl": f"find {top}/case/objects -type f -print0 | xargs -0 openssl dgst -sha256",
        }
        for number in range(options.rounds):
            for peer, command in commands.items():
                cpu, wall = measured(command)
                spent[peer].append(cpu)
                print(f"  round {number + 1}  {peer:8} cpu {cpu:6.2f} s  wall {wall:6.2f} s", flush=True)
    ratio = min(spent["quoth"]) / min(spent["openssl"])
    print(f"quoth / openssl dgst -sha256: {ratio:.2f} of its CPU seconds (bar: at most {BAR})")
    return 0 if ratio <= BAR else 1


if __name__ == "__main__":
    sys.exit(main())
