"""quoth train: fine-tune the statement tagger on marked texts.

Some texts are held out, and read before and after. It runs on any CPU, and sends nothing anywhere.

Example::

    quoth train marked/ --out weights/ --seed 7
"""

import argparse
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from quoth.case.training import Course, Outcome, Verdict, run_course
from quoth.cli.screen import print_json

__all__ = ["EXAMPLES", "options", "run"]

EXAMPLES = """Marked texts come from quoth lessons, or from hand: training/guideline.md.
Needs the extra: pip install 'quoth[train]'"""


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("folder", metavar="FOLDER", help="marked texts, as quoth lessons writes them")
    parser.add_argument("--out", required=True, metavar="WEIGHTS", help="a new or empty folder for the weights")
    parser.add_argument("--epochs", type=float, default=4.0, metavar="N", help="rounds over the texts (default: 4)")
    parser.add_argument("--seed", type=int, default=7, metavar="N", help="for the split and the training (default: 7)")
    parser.add_argument("--dev", type=float, default=0.2, metavar="SHARE", help="share held out (default: 0.2)")
    parser.add_argument("--from", dest="start", metavar="WEIGHTS", help="go on from these (default: those that ship)")
    parser.add_argument("--with", dest="replay", metavar="FOLDER", help="marked texts to mix in, so that less is lost")


def run(chosen: argparse.Namespace) -> int:
    """Train, and say what came of it; gives the exit code."""
    course = Course(
        epochs=chosen.epochs,
        seed=chosen.seed,
        share=chosen.dev,
        start=Path(chosen.start) if chosen.start else None,
        replay=Path(chosen.replay) if chosen.replay else None,
    )
    outcome = run_course(Path(chosen.folder), Path(chosen.out), course, told=_Teller(quiet=chosen.json))
    if chosen.json:
        print_json(outcome.card)
    else:
        _say(outcome, chosen.out)
    return 0


class _Teller:
    """A line for each stage, and for every tenth of the training: step, loss, time left."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._began = 0.0

    def __call__(self, stage: str, step: int, steps: int, loss: float) -> None:
        now = time.monotonic()
        if step == 0:
            self._say(f"{stage} …")
            return
        if step == 1:
            self._began = now
        elif step % max(1, steps // 10) == 0 or step == steps:
            left = (now - self._began) / (step - 1) * (steps - step)
            self._say(f"{stage}: step {step} of {steps}, loss {loss:.3f}, {left / 60:.1f} min left")

    def _say(self, line: str) -> None:
        if not self._quiet:
            print(line, file=sys.stderr, flush=True)


def _say(outcome: Outcome, out: str) -> None:
    card = outcome.card
    data = card["data"]
    for words, part in (("taught", "taught"), ("replayed", "replayed"), ("held out", "held_out")):
        print(f"{words}: {_counted(data[part])}")
    if data["left_out"]:
        print(f"left out, in Chinese: {len(data['left_out'])} texts")
    print(f"began at {card['began_at']}; seed {card['seed']}\n\non the held-out texts (precision, recall, F1; %)")
    for when in ("before", "after"):
        _figures(when, card[when])
    print(f"\n{verdict(outcome)}")
    print(f"Weights {card['version']} and their card are in {out}.")


def _counted(part: Mapping[str, Any]) -> str:
    return ", ".join(f"{part[name]} {name[: None if part[name] != 1 else -1]}" for name in ("texts", "statements"))


def _figures(when: str, held: Mapping[str, Any]) -> None:
    def shares(name: str) -> str:
        return " / ".join(f"{100 * one:.1f}" for one in held[name])

    low, high = held["who_what_interval"]
    known = f"  (F1 95 %: {100 * low:.1f} to {100 * high:.1f})" if high - low < 1 else ""
    print(f"  {when:<7}who and what {shares('who_what')}{known}; content {shares('content')};")
    again = f"; rejected found again {held['rejected_found_again']} of {held['rejected']}" if held["rejected"] else ""
    print(f"  {'':<7}source right where content is {100 * held['source_accuracy']:.1f}{again}")


def verdict(outcome: Outcome) -> str:
    """One sentence that says no more than the figures do."""
    change, held = outcome.change, outcome.card["after"]
    counted = f"{_counted({'texts': held['texts'], 'statements': held['marked']})} held out"
    moved = f"who and what F1 {100 * change.difference:+.1f} points"
    noise = f"a difference below {100 * change.noise:.1f} points is noise"
    said = f"{counted}: {noise}. {moved}: {change.verdict.value}."
    return said if change.verdict is Verdict.BETTER else f"{said}\nKeep the weights you have until more is marked."
