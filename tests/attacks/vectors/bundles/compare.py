"""How many doctored bundles are refused: by quoth, by bagit.py, by sha256sum.

python tests/attacks/vectors/bundles/compare.py
"""

import argparse
import collections
import importlib.util
import logging
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

import bagit

from quoth.case.handing import told_from, verify_bundle
from quoth.errors import QuothError
from quoth.record.finding import Outcome

HERE = Path(__file__).parent
spec = importlib.util.spec_from_file_location("apply_bundle_vectors", HERE / "apply.py")
apply = importlib.util.module_from_spec(spec)
spec.loader.exec_module(apply)


def our_steps(path: Path, key: Path) -> tuple[str, set[int]]:
    """What quoth says: ``accepted`` or ``refused``, and the steps that fail or could not be made."""
    try:
        findings = list(verify_bundle(path, told=told_from(key=str(key))))
    except QuothError:
        return "refused", {1}
    bad = [one for one in findings if one.outcome in (Outcome.FAILS, Outcome.NOT_CHECKED)]
    return "refused" if bad else "accepted", {int(one.check[7:9]) for one in bad}


def unpacked(path: Path, beside: Path) -> Path:
    """The bundle as its receiver would unpack it, with what the tools for it do about odd members."""
    if path.is_dir():
        return path
    try:
        if path.suffix == ".zip":
            zipfile.ZipFile(path).extractall(beside)  # noqa: S202 - zipfile keeps names inside
        else:
            with tarfile.open(path) as archive:
                archive.extractall(beside, filter="data")
    except (zipfile.BadZipFile, tarfile.TarError, RuntimeError, OSError, NotImplementedError):
        return beside / "not unpacked"
    return beside / "good"


def bagit_says(folder: Path) -> str:
    logging.disable(logging.CRITICAL)
    try:
        bagit.Bag(str(folder)).validate()
    except (bagit.BagError, OSError, ValueError):
        return "refused"
    finally:
        logging.disable(logging.NOTSET)
    return "accepted"


def sha256sum_says(folder: Path) -> str:
    names = ["manifest-sha256.txt", "tagmanifest-sha256.txt"]
    if not all((folder / one).is_file() for one in names):
        return "refused"
    done = subprocess.run(
        ["sha256sum", "--check", "--status", *names], cwd=folder, check=False, stderr=subprocess.DEVNULL
    )
    return "refused" if done.returncode else "accepted"


def compared(folder: Path = HERE) -> tuple[collections.Counter, list[str], dict[int, set[str]]]:
    """Who refuses how many, what is wrong with our own answers, and which vectors fail one step alone."""
    counts: collections.Counter = collections.Counter()
    wrong: list[str] = []
    alone: dict[int, set[str]] = collections.defaultdict(set)
    good = apply.files_in(folder / "good")
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as made:
        for number, one in enumerate(apply.vectors(folder)):
            place = Path(made) / str(number)
            place.mkdir()
            path = apply.write(one, good, place)
            said, steps = our_steps(path, folder / "trusted.pub")
            counts["quoth", said] += 1
            if one["step"] not in steps:
                wrong.append(f"{one['name']}: step {one['step']} was to refuse it, and {sorted(steps) or 'none'} did")
            elif steps == {one["step"]}:
                alone[one["step"]].add(one["name"])
            beside = place / "unpacked"
            beside.mkdir()
            folder_of = unpacked(path, beside)
            counts["bagit", bagit_says(folder_of)] += 1
            counts["sha256sum", sha256sum_says(folder_of)] += 1
    return counts, wrong, alone


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folder", type=Path, default=HERE)
    counts, wrong, alone = compared(parser.parse_args().folder)
    for who in ("quoth", "bagit", "sha256sum"):
        print(f"{who:<10} refused {counts[who, 'refused']:>4}   accepted {counts[who, 'accepted']:>4}")
    print(f"steps that an attack fails alone: {', '.join(str(one) for one in sorted(alone))}")
    print(*wrong, sep="\n")
    return 1 if wrong or counts["quoth", "accepted"] else 0


if __name__ == "__main__":
    sys.exit(main())
