"""quoth log: the custody log, and proofs of what stands in it.

Example::

    quoth log CASE
"""

import argparse

from quoth.case import answers, log_proofs
from quoth.case.describing import case_uco_of, prov_of
from quoth.cli.screen import open_case, print_json, print_table

__all__ = ["EXAMPLES", "options", "run"]

EXAMPLES = """         quoth log CASE --prove 41 > 41.tlog-proof   a proof of entry 41 (C2SP tlog-proof)
         quoth log CASE --checkpoint > ours.note     the newest signed checkpoint, to be kept elsewhere
         quoth log CASE --consistency 41             a proof that the log grew from its first 41 entries"""


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("case", metavar="CASE", help="the case's folder")
    asked = parser.add_mutually_exclusive_group()
    asked.add_argument("--prove", type=int, metavar="N", help="print a proof of entry N")
    asked.add_argument("--checkpoint", action="store_true", help="print the newest signed checkpoint")
    asked.add_argument("--consistency", type=int, metavar="SIZE", help="print a proof of growth from SIZE entries")
    asked.add_argument("--prov", action="store_true", help="print the log as W3C PROV (PROV-JSON)")
    asked.add_argument("--case-uco", action="store_true", help="print the log as CASE/UCO (JSON-LD)")


def run(chosen: argparse.Namespace) -> int:
    """List the entries, or print a proof; gives the exit code."""
    if chosen.prov or chosen.case_uco:
        with open_case(chosen.case, projection=False) as book:
            print((prov_of(book) if chosen.prov else case_uco_of(book)).decode())
        return 0
    if chosen.checkpoint or chosen.prove is not None or chosen.consistency is not None:
        return _prove(chosen)
    with open_case(chosen.case):
        rows = list(answers.log())
    if chosen.json:
        print_json(rows)
    else:
        print_table((str(row["seq"]), row["at"], row["action"], row["by"], row["note"]) for row in rows)
    return 0


def _prove(chosen: argparse.Namespace) -> int:
    with open_case(chosen.case, projection=False) as book:
        if chosen.checkpoint:
            text = log_proofs.newest_checkpoint(book.store)
        elif chosen.prove is not None:
            text = log_proofs.prove_entry(book.store, chosen.prove)
        else:
            text = log_proofs.prove_consistency(book.store, chosen.consistency)
    if chosen.json:
        print_json({"text": text.decode()})
    else:
        print(text.decode(), end="")
    return 0
