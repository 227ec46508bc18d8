"""quoth verify: a case, or a file that was handed over.

What is verified depends on what the path is: a case runs its verify step; a disclosure is verified step by
step, in words.

Example::

    quoth verify CASE
    quoth verify proof --key discloser.pub --to "The Gazette"
"""

import argparse
from collections.abc import Callable
from pathlib import Path

from quoth.cli import verify_bundle, verify_disclosure
from quoth.cli.stepping import run_step_verb, step_options
from quoth.errors import CliError

__all__ = ["EXAMPLES", "FORMS", "options", "run"]

EXAMPLES = """         quoth verify proof --key discloser.pub --to "The Gazette" --nonce 8c1f
Of a disclosure: 0 every step holds, 1 one fails, 3 nobody said whose key it is (--key)."""


def _case(chosen: argparse.Namespace) -> int:
    return run_step_verb(chosen, "verify")


FORMS: tuple[tuple[Callable[[Path], bool], Callable[[argparse.Namespace], int]], ...] = (
    (verify_bundle.fits, verify_bundle.run),
    (Path.is_file, verify_disclosure.run),
    (lambda _path: True, _case),
)
"""What a path may be, and what verifies it; the first that fits."""


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("case", metavar="CASE|FILE", help="the case's folder, or a file that was handed over")
    step_options(parser)
    verify_disclosure.options(parser)
    verify_bundle.options(parser)


def run(chosen: argparse.Namespace) -> int:
    """Verify what the path is; gives the exit code."""
    path = Path(chosen.case)
    found = next(verifier for fits, verifier in FORMS if fits(path))
    if found is _case and verify_disclosure.asked(chosen):
        raise CliError(f"{path} is no disclosure", hint="--key, --to, --nonce and --days are for a file handed over")
    return found(chosen)
