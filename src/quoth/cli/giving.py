"""The options that say where evidence came from.

Example::

    declared = declared_from(options)
"""

import argparse

from quoth.case.declared import Declared, declared
from quoth.case.intake import Taken

__all__ = ["declared_from", "provenance_options", "say_taken", "taken_json"]


def provenance_options(parser: argparse.ArgumentParser) -> None:
    """Who gave it, how and when it was obtained, what it claims of itself."""
    given = parser.add_argument_group("provenance (kept as said; wins over provenance.toml)")
    given.add_argument("--given-by", default="", metavar="NAME", help="who gave it")
    given.add_argument("--obtained-how", default="", metavar="TEXT", help="how it was obtained")
    given.add_argument("--obtained-on", default="", metavar="DATE", help="when, as precisely as known")
    given.add_argument("--claimed-author", default="", metavar="NAME", help="who is said to have made it")
    given.add_argument("--claimed-date", default="", metavar="DATE", help="when it is said to have been made")
    given.add_argument("--outlet", default="", metavar="NAME", help="who published it")
    given.add_argument("--line-called", default="", metavar="NUMBER", help="of a recorded call: the number called")
    given.add_argument("--spoken", default="", metavar="LANGUAGE", help="of a recorded call: the language spoken")
    given.add_argument("--note", default="", metavar="TEXT", help="anything else worth keeping")


def declared_from(options: argparse.Namespace) -> Declared:
    """What the options say."""
    return declared(
        given_by=options.given_by,
        obtained_how=options.obtained_how,
        obtained_on=options.obtained_on,
        claimed_author=options.claimed_author,
        claimed_date=options.claimed_date,
        outlet=options.outlet,
        line_called=options.line_called,
        spoken=options.spoken,
        note=options.note,
    )


def say_taken(taken: Taken) -> None:
    """What came of taking in, one line for every file that was refused or odd."""
    for refused in taken.refused:
        hint = f" ({refused.hint})" if refused.hint else ""
        print(f"not taken: {refused.label}: {refused.reason}{hint}")
    for remark in taken.remarks:
        print(f"note: {remark}")
    again = f", {taken.again} known by their bytes with a new provenance" if taken.again else ""
    known = f", {taken.known} here already" if taken.known else ""
    entered = f", {taken.entered} entries from provenance.toml" if taken.entered else ""
    print(f"Taken in: {taken.new} exhibits, {taken.size:,} bytes{again}{known}{entered}.")


def taken_json(taken: Taken) -> dict[str, object]:
    """The same for machines."""
    return {
        "new": taken.new,
        "again": taken.again,
        "known": taken.known,
        "bytes": taken.size,
        "entered": taken.entered,
        "refused": [{"name": one.label, "reason": one.reason, "hint": one.hint} for one in taken.refused],
        "remarks": taken.remarks,
    }
