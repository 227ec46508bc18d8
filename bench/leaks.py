"""Leaks: catch rate and false alarms of `quoth leaks` beside `grep` and `mat2`.

- The corpus of tests/attacks/leaks: the same files with a secret and with one that resembles it.
- `grep` looks for the secrets as they are written, in any case; `mat2` cleans each file it knows, then grep looks at
  what it wrote (a file that it refuses or does not know goes on as it is).
- Speed: megabytes per CPU second over plain text, text with accents, HTML and random bytes.

Example::

    python bench/leaks.py             # all; about ten minutes, most of it reading pictures
    python bench/leaks.py --quick     # without pictures and without mat2
"""

import argparse
import io
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "attacks" / "leaks"))

from corpus import DECOY, PICTURES, SECRET, corpus  # noqa: E402

from quoth.case.leaks import check  # noqa: E402
from quoth.seal.leaks import Finder, attack, read_secrets  # noqa: E402

CATCH, FALSE = 1.0, 0.02


def ours(folder: Path, secrets: Path, *, pictures: bool) -> tuple[set[str], set[str]]:
    """Names of the files with a hit, and of those not looked into wholly."""
    names = sorted(folder.iterdir())
    report = check(names, secrets, with_ocr=pictures)
    hit = {name.name for name, one in zip(names, report.files, strict=True) if one.hits}
    blind = {name.name for name, one in zip(names, report.files, strict=True) if one.blind}
    return hit, blind


def grep(folder: Path, patterns: Path) -> set[str]:
    """Names of the files in which grep finds one of the secrets, in any case."""
    done = subprocess.run(
        ["grep", "-rlaiF", "-f", str(patterns), str(folder)], capture_output=True, text=True, check=False
    )
    return {Path(line).name for line in done.stdout.splitlines()}


def cleaned(folder: Path, target: Path) -> int:
    """Copy every file into ``target``, cleaned by mat2 where it can; gives how many it cleaned."""
    target.mkdir()
    count = 0
    for path in sorted(folder.iterdir()):
        kept = target / path.name
        known = {"word": "docx"}.get(path.suffix[1:], path.suffix[1:].split("-")[0])
        work = target / f"work.{known}"
        shutil.copy(path, work)
        made = target / f"work.cleaned.{known}"
        subprocess.run(["mat2", "--lightweight", str(work)], capture_output=True, check=False, timeout=120)
        if made.exists():
            count += 1
            made.replace(kept)
        else:
            shutil.copy(path, kept)
        work.unlink()
    return count


def speeds() -> list[str]:
    """Megabytes per CPU second of the attack in memory, without pictures."""
    some = random.Random(7)
    words = "minutes of the meeting about an old harbour and the ships that wait there for coal".split()  # noqa: SIM905
    plain = " ".join(some.choices(words, k=700_000)).encode()
    accents = " ".join(some.choices(["élève", "forêt", "naïf", "port", "où", "charbon"], k=500_000)).encode()
    page = b"".join(
        b"<p class='a'>%s &amp; %s</p>\n" % (plain[at : at + 60], plain[at : at + 30]) for at in range(0, 2_000_000, 60)
    )
    finder = Finder(read_secrets(SECRET.secrets + "".join(f"Nora Quill{place:04}\n" for place in range(50))))
    lines = []
    for name, data in (
        ("plain text", plain),
        ("accents", accents),
        ("HTML", page),
        ("random bytes", os.urandom(4_000_000)),
    ):
        began = time.process_time()
        for _ in attack(io.BytesIO(data), finder):
            pass
        lines.append(f"  {name:<14}{len(data) / 1e6 / (time.process_time() - began):6.1f} MB per CPU second")
    return lines


def write(top: Path, *, kinds: set[str] | None) -> dict[str, str]:
    """Write both halves; gives the kind of each leaking file."""
    of = {}
    for folder, who in (("leaking", SECRET), ("clean", DECOY)):
        (top / folder).mkdir()
        for one in corpus(who, kinds=kinds):
            (top / folder / one.name).write_bytes(one.data)
            if who is SECRET:
                of[one.name] = one.kind
    (top / "secrets.txt").write_text(SECRET.secrets, encoding="utf-8")
    patterns = [line for line in SECRET.secrets.splitlines() if not line.startswith("#")]
    (top / "patterns.txt").write_text("\n".join(patterns) + "\n", encoding="utf-8")
    return of


def table(kinds: dict[str, str], caught: dict[str, set[str]]) -> None:
    """Caught of all, a line a kind."""
    groups = defaultdict(list)
    for name, kind in kinds.items():
        groups[kind].append(name)
    print(f"{'kind of leak':<36}{'files':>6}" + "".join(f"{peer:>14}" for peer in caught))
    for kind, names in groups.items():
        row = "".join(f"{sum(name in hit for name in names):>14}" for hit in caught.values())
        print(f"{kind:<36}{len(names):>6}{row}")


def main() -> int:
    """Run and print; gives 0 when the bars are met, else 1."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--quick", action="store_true", help="without pictures and without mat2")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="quoth-bench-") as name:
        top = Path(name)
        every = {one.kind for one in corpus(SECRET)}
        kinds = write(top, kinds=every - PICTURES if options.quick else None)
        secrets, patterns = top / "secrets.txt", top / "patterns.txt"
        caught, false = {}, {}
        caught["quoth"], blind = ours(top / "leaking", secrets, pictures=not options.quick)
        false["quoth"], blind_clean = ours(top / "clean", secrets, pictures=not options.quick)
        caught["grep"], false["grep"] = grep(top / "leaking", patterns), grep(top / "clean", patterns)
        if shutil.which("mat2") and not options.quick:
            cleans = [cleaned(top / half, top / f"{half}-mat2") for half in ("leaking", "clean")]
            caught["mat2 + grep"] = grep(top / "leaking-mat2", patterns)
            false["mat2 + grep"] = grep(top / "clean-mat2", patterns)
            print(f"mat2 cleaned {cleans[0]} of {len(kinds)} leaking files; grep finds what it left, quoth:", end=" ")
            left, _ = ours(top / "leaking-mat2", secrets, pictures=True)
            print(f"{len(left)} still leak")
        table(kinds, caught)
        clean = len(list((top / "clean").iterdir()))
        print(
            f"\n{len(kinds)} leaking files of {len(set(kinds.values()))} kinds, {clean} clean ones that resemble them"
        )
        for peer, hit in caught.items():
            share, wrong = len(hit) / len(kinds), len(false[peer]) / clean
            print(f"  {peer:<14}caught {len(hit)} ({100 * share:.1f} %), ", end="")
            print(f"false alarms {len(false[peer])} ({100 * wrong:.1f} %)")
        print(f"  quoth could not look wholly into {len(blind)} leaking and {len(blind_clean)} clean files")
    for missed in sorted(set(kinds) - caught["quoth"]):
        print(f"  missed: {kinds[missed]}: {missed}")
    print("speed, 57 secrets\n" + "\n".join(speeds()))
    met = len(caught["quoth"]) == len(kinds) and len(false["quoth"]) <= FALSE * clean
    print(f"bars: {CATCH:.0%} caught, at most {FALSE:.0%} false alarms: {'met' if met else 'NOT MET'}")
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
