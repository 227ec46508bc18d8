"""The command ``quoth``: finds the verb and runs it.

- Exit codes: 0 done, 1 a check failed, 2 used wrongly, 3 could not check.
- Whatever goes wrong is one clear line; with ``--json`` standard output then holds ``error`` and ``hint``.
- Verbs are imported when they are used, so that ``quoth --help`` is quick.

Example::

    quoth build FOLDER --case CASE
"""

import argparse
import importlib
import io
import json
import keyword
import os
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

from quoth import __version__
from quoth.errors import CliError, QuothError

__all__ = ["CHAPTERS", "main"]

CHAPTERS: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...] = (
    (
        "Start",
        (
            ("demo", "build the fictional case and open its dossier", "quoth demo"),
            ("build", "a folder in, a draft dossier out", "quoth build FOLDER --case CASE"),
            ("doctor", "what is missing on this machine, and what works without it", "quoth doctor"),
        ),
    ),
    (
        "Bring in",
        (
            ("init", "make an empty case", 'quoth init CASE --title "The harbour calls"'),
            ("add", "take in files and folders", 'quoth add CASE letters/ --given-by "A. N."'),
            ("cite", "enter evidence that someone says exists", 'quoth cite CASE "call ledger" --said-by "B. C."'),
        ),
    ),
    (
        "Step by step",
        (
            ("read", "bytes to passages", "quoth read CASE"),
            ("attribute", "who says what via whom", "quoth attribute CASE"),
            ("resolve", "who, which office, when", "quoth resolve CASE"),
            ("verify", "copies, calls against call records", "quoth verify CASE"),
            ("weigh", "origins, routes, gaps", "quoth weigh CASE"),
            ("publish", "write the draft dossier", "quoth publish CASE --out dossier/"),
        ),
    ),
    (
        "Look",
        (
            ("exhibits", "what is held, what is only cited", "quoth exhibits CASE"),
            ("statements", "who says what, with the chain", "quoth statements CASE --json"),
            ("parties", "persons and organisations, and their offices", "quoth parties CASE"),
            ("timeline", "what is said to have happened, when", "quoth timeline CASE"),
            ("log", "the custody log", "quoth log CASE"),
            ("desk", "review suggestions in the browser", "quoth desk CASE"),
        ),
    ),
    (
        "Decide and teach",
        (
            ("decide", "accept, reject or correct one suggested statement", "quoth decide CASE s-… accept --by Ada"),
            ("lessons", "what people decided, as marked texts to train on", "quoth lessons CASE --out marked/"),
            ("train", "fine-tune the statement tagger on marked texts", "quoth train marked/ --out weights/"),
        ),
    ),
    (
        "Keep and prove",
        (
            ("keys", "make keys, bring them into a case, change them", "quoth keys add CASE Ada"),
            ("stamp", "when did the log, or an item, already exist?", "quoth stamp CASE --authority hours"),
            ("audit", "prove every object, entry and anchor again", "quoth audit CASE"),
            (
                "disclose",
                "prove chosen cells of a table, the rest withheld",
                'quoth disclose CASE --of x-… --rows 3,17-19 --cells callee,start --to "The Gazette" --out proof',
            ),
            ("bundle", "hand over exhibits with all that proves them", "quoth bundle CASE --out hand-over.zip --all"),
            ("import", "merge a bundle; take in bags and web archives", "quoth import hand-over.zip --case CASE"),
            ("leaks", "look for known secrets in final bytes", "quoth leaks FILES… --secrets SECRETS.txt"),
            ("redact", "make a file anew, with words and places hidden", "quoth redact FILE --out FILE --hide WORDS"),
            ("rebuild", "delete the projection and make it again", "quoth rebuild CASE"),
        ),
    ),
    (
        "Seal and erase",
        (
            ("seal", "put evidence, or a word of its record, behind keys", "quoth seal CASE letter.pdf"),
            (
                "unseal",
                "open a sealed thing, with a reason for the log",
                'quoth unseal CASE 3fa9c1 --reason "…" --out FILE',
            ),
            ("lock", "stop the desk and drop every key", "quoth lock"),
            ("erase", "remove a thing and all made from it", "quoth erase CASE x-… --reason source-in-danger"),
        ),
    ),
)
"""The verbs in the order of a table of contents: name, what it does, example."""

VERBS = {name for _, verbs in CHAPTERS for name, _, _ in verbs}


def contents() -> str:
    """The table of contents that ``quoth --help`` prints."""
    lines = [
        "Quoth, an evidence desk: who says so, through whom, and what bears it out?",
        "It records, it never asserts.",
        "",
        "usage: quoth VERB [options]      quoth VERB --help for each",
    ]
    for chapter, verbs in CHAPTERS:
        lines += ["", chapter]
        for name, what, example in verbs:
            lines += [f"  {name:<11}{what}", f"  {'':<11}  $ {example}"]
    lines += [
        "",
        "Every verb takes --json. Exit codes: 0 done, 1 a check failed, 2 used wrongly, 3 could not check.",
    ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; gives the exit code."""
    if arguments is None:
        _settle()
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or words[0] in ("-h", "--help", "help"):
        print(contents())
        return 0
    if words[0] in ("-V", "--version"):
        print(f"quoth {__version__}")
        return 0
    try:
        return _run(words[0], words[1:])
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return _fault(words, "stopped", "everything acknowledged is kept; run the same command to go on")
    except CliError as err:
        return _fault(words, str(err), err.hint, code=2)
    except QuothError as err:
        return _fault(words, str(err), err.hint)
    except _database_faults() as err:  # looked up only when something else than the above was raised
        return _fault(words, f"the projection cannot be used: {err}", "the case is whole; run: quoth rebuild CASE")
    except (OSError, MemoryError) as err:
        return _fault(words, _plainly(err), _KEPT)


_KEPT = "everything acknowledged is kept; put the cause right, then run the same command again"


def _fault(words: Sequence[str], said: str, hint: str, *, code: int = 3) -> int:
    """Say what failed, what was kept, what to do; gives the exit code."""
    print(f"quoth: {said}\n  {hint}" if hint else f"quoth: {said}", file=sys.stderr)
    if "--json" in words:
        print(json.dumps({"error": said, "hint": hint}))
    return code


def _plainly(err: OSError | MemoryError) -> str:
    if isinstance(err, MemoryError):
        return "the memory of this machine is used up"
    return f"{err.filename}: {err.strerror}" if err.filename else str(err.strerror or err)


def _database_faults() -> tuple[type[Exception], ...]:
    """What the projection's database raises, if this run has opened one."""
    opened = sys.modules.get("quoth.case.projection.connect")
    return opened.FAULTS if opened else ()


class _Parser(argparse.ArgumentParser):
    """A parser that leaves the last word to :func:`main`."""

    def error(self, message: str) -> NoReturn:
        raise CliError(f"{self.prog.removeprefix('quoth ')}: {message}", hint=" ".join(self.format_usage().split()))


def _stop(_number: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt


def _settle() -> None:
    """What holds for a whole process: a termination signal stops it like Ctrl-C, any name can be printed."""
    signal.signal(signal.SIGTERM, _stop)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a file's name may be any bytes


def _run(verb: str, words: Sequence[str]) -> int:
    if verb not in VERBS:
        raise CliError(f"no verb {verb!r}", hint="quoth --help lists them all")
    module = importlib.import_module(f"quoth.cli.{verb}{'_' * keyword.iskeyword(verb)}")
    what, example = next((what, ex) for _, vs in CHAPTERS for name, what, ex in vs if name == verb)
    parser = _Parser(
        prog=f"quoth {verb}",
        description=f"{what[0].upper()}{what[1:]}.",
        epilog=f"example: {example}\n{getattr(module, 'EXAMPLES', '')}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.options(parser)
    parser.add_argument("--json", action="store_true", help="print JSON for machines")
    code: int = module.run(parser.parse_args(words))
    return code


if __name__ == "__main__":
    sys.exit(main())
