"""quoth attribute: who says what via whom.

On a case it runs the step; with ``--docs`` it runs the statement engine alone on JSON lines.

Example::

    quoth attribute --docs DOCS.jsonl --out SYS.jsonl
"""

import argparse
from pathlib import Path

from quoth.cli.screen import Progress, print_json
from quoth.cli.stepping import run_step_verb, step_options
from quoth.errors import CliError

__all__ = ["EXAMPLES", "options", "run"]

EXAMPLES = """         quoth attribute --docs DOCS.jsonl --out SYS.jsonl
DOCS has {"doc_id", "text"} a line; SYS gets {"doc_id", "statements"} a line, offsets in characters."""


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("case", metavar="CASE", nargs="?", help="the case's folder")
    parser.add_argument("--docs", metavar="DOCS.jsonl", help="run the engine alone on these texts")
    parser.add_argument("--out", metavar="SYS.jsonl", help="where to write what it finds")
    step_options(parser)


def run(chosen: argparse.Namespace) -> int:
    """Run the step, or the engine alone; gives the exit code."""
    if chosen.docs:
        return _alone(chosen)
    if not chosen.case:
        raise CliError("neither CASE nor --docs is given", hint="quoth attribute CASE")
    return run_step_verb(chosen, "attribute")


def _alone(chosen: argparse.Namespace) -> int:
    from quoth.case.lines import attribute_lines

    if not chosen.out:
        raise CliError("--docs needs --out", hint="quoth attribute --docs DOCS.jsonl --out SYS.jsonl")
    with Progress(quiet=chosen.json) as progress:
        documents, found = attribute_lines(
            Path(chosen.docs), Path(chosen.out), progress=lambda done: progress("attribute", done)
        )
    if chosen.json:
        print_json({"documents": documents, "statements": found, "out": chosen.out})
    else:
        print(f"{found} statements in {documents} documents, written to {chosen.out}")
    return 0
