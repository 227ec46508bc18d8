"""quoth stamp: have an authority say when things already existed.

Only a digest leaves, shown first; without an authority named nothing is asked.

Example::

    quoth stamp CASE --authority https://stamps.example/tsr --roots stamps.pem
"""

import argparse
from collections.abc import Iterable
from pathlib import Path

from quoth.case import stamp_authorities, stamp_look, stamping
from quoth.case.casebook import Casebook
from quoth.cli.screen import ask, plain, print_json, who
from quoth.errors import CliError

__all__ = ["EXAMPLES", "options", "run"]

EXAMPLES = """         quoth stamp CASE --authority hours          an authority named in your authorities.toml
         quoth stamp CASE --item x-3f0c… --authority hours
         quoth stamp CASE --authority hours --queue  keep the request; send it when there is a network:
         quoth stamp CASE --send-queued
         quoth stamp CASE --request-out log.tsq --roots stamps.pem    carry it by hand, and bring back:
         quoth stamp CASE --answer log.tsr
         quoth stamp CASE --subject-out log.txt      for an OpenTimestamps client; keep its proof:
         quoth stamp CASE --proof log.txt.ots
         quoth stamp CASE --check                    every step of every stamp again
A stamp says: these bytes existed not later than that, by that authority's clock."""


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("case", metavar="CASE", help="the case's folder")
    parser.add_argument("--item", action="append", default=[], metavar="EXHIBIT", help="not the log: this item")
    parser.add_argument("--authority", action="append", default=[], metavar="WHO", help="a name or an address")
    parser.add_argument("--authorities", default="", metavar="FILE", help="where authorities are named (TOML)")
    parser.add_argument("--roots", default="", metavar="FILE", help="the authority's certificates (PEM)")
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--queue", action="store_true", help="keep the requests, send nothing")
    way.add_argument("--send-queued", action="store_true", help="send all requests that wait")
    way.add_argument("--request-out", default="", metavar="FILE", help="write the request (.tsq), to be carried")
    way.add_argument("--answer", default="", metavar="FILE", help="keep the answer (.tsr) to a request that waits")
    way.add_argument("--subject-out", default="", metavar="FILE", help="write the checkpoint that would be stamped")
    way.add_argument("--proof", default="", metavar="FILE", help="keep an OpenTimestamps proof (.ots)")
    way.add_argument("--check", action="store_true", help="check every stamp, step by step")
    parser.add_argument("--yes", action="store_true", help="send without asking")
    parser.add_argument("--by", default="", metavar="NAME", help="who acts")


def run(chosen: argparse.Namespace) -> int:
    """Do it; gives 0 when it is done and holds, 1 when a step fails, 3 when nothing came or it cannot be checked."""
    with Casebook.open(Path(chosen.case)) as book:
        if chosen.check:
            return _check(chosen, book)
        roots = stamp_authorities.read_roots(Path(chosen.roots)) if chosen.roots else b""
        if chosen.answer:
            return _came(chosen, [stamping.take_answer(book, Path(chosen.answer), by=who(chosen), roots=roots)])
        if chosen.proof:
            proof, seq = stamping.take_proof(book, Path(chosen.proof), by=who(chosen))
            told = [one.told() for one in proof.attestations]
            return _said(chosen, {"entry": seq, "verified": False, "names": told}, [f"Kept as entry {seq}.", *told])
        if chosen.subject_out:
            stamping.write_subject(stamping.subject_of(book), Path(chosen.subject_out))
            return _said(chosen, {"written": chosen.subject_out}, [f"Wrote {chosen.subject_out}; nothing left"])
        return _request(chosen, book, roots)


def _request(chosen: argparse.Namespace, book: Casebook, roots: bytes) -> int:
    if chosen.send_queued:
        plan = stamping.waiting(book)
    elif chosen.request_out and not chosen.authority:
        plan = stamping.planned(book, items=chosen.item, authorities=[stamp_authorities.by_hand(roots)])
    else:
        file = Path(chosen.authorities) if chosen.authorities else None
        them = stamp_authorities.chosen_authorities(chosen.authority, roots=roots, file=file)
        plan = stamping.planned(book, items=chosen.item, authorities=them)
        if not plan.parcels:
            raise CliError("no authority is named, so nothing was asked", hint="give --authority, or see --help")
    if chosen.request_out:
        seq = stamping.carry_out(book, plan, Path(chosen.request_out), by=who(chosen))
        return _said(chosen, {"entry": seq}, [f"Wrote {chosen.request_out}; entry {seq} waits for the answer"])
    if chosen.queue:
        entries = stamping.queue(book, plan, by=who(chosen))
        return _said(chosen, {"entries": list(entries)}, [f"{len(entries)} requests wait; nothing left"])
    lines = list(plan.lines())
    if plan.parcels and not chosen.yes and not ask("Send it?", shown=lines, whole=lines):
        return _said(chosen, {"sent": 0}, ["Nothing was sent."], code=1)
    return _came(chosen, stamping.send(book, plan, by=who(chosen)))


def _came(chosen: argparse.Namespace, all_came: Iterable[stamping.Came]) -> int:
    came = []
    for one in all_came:
        came.append(one)
        if not chosen.json:
            print(plain(f"{one.authority}: {one.told()}"))
    rows = [{"authority": one.authority, "entry": one.entry, "code": one.code, "said": one.told()} for one in came]
    return _said(chosen, rows, () if rows else ("No request waits.",), code=stamping.code_of(came))


def _check(chosen: argparse.Namespace, book: Casebook) -> int:
    looked = []
    for one in stamp_look.look_at_all(book):
        looked.append(one)
        if not chosen.json:
            print("\n".join(plain(line) for line in one.lines()))
    waits, limits = len(stamping.waiting(book).parcels), list(stamp_look.LIMITS)
    value = {"stamps": [one.to_json() for one in looked], "waiting": waits, "limits": limits}
    lines = ("", f"{len(looked)} stamps, {waits} requests wait. A stamp:", *(f"- {one}" for one in limits))
    return _said(chosen, value, lines, code=stamp_look.code_of(looked))


def _said(chosen: argparse.Namespace, value: object, lines: Iterable[str], *, code: int = 0) -> int:
    if chosen.json:
        print_json(value)
    else:
        print("\n".join(plain(line) for line in lines))
    return code
