"""quoth keys: make keys, and bring them into a case.

What a member enters is signed with their key before it is acknowledged.

Example::

    quoth keys new Ada
    quoth keys add CASE Ada
"""

import argparse
from pathlib import Path

from quoth.case import keys
from quoth.case.casebook import Casebook
from quoth.cli.drilling import drill_keys, drill_options
from quoth.cli.screen import ask, plain, print_json, print_table
from quoth.errors import CliError

__all__ = ["EXAMPLES", "options", "run"]

EXAMPLES = """         quoth keys new Ada                          a key pair in your configuration folder
         quoth keys add CASE Ada                     the case's first key
         quoth keys add CASE Bea --key bea.pub --by Ada   another person's, vouched for by Ada
         quoth keys list CASE --signers allowed_signers
         quoth keys change CASE Ada --key new/Ada    a new key in the old one's place, signed by both
         quoth keys succeed CASE Bea --key bea2.pub --by Ada --reason "laptop lost"
         quoth keys sign CASE Ada                    sign what a crash left unsigned, after looking at it
         quoth keys drill CASE --identity recovery.key   does each key given open a test seal? (an entry)
Private keys lie outside of every case: in $QUOTH_KEYS, else ~/.config/quoth/keys."""

_WORDS = {"new": 1, "list": 1, "add": 2, "change": 2, "succeed": 2, "sign": 2, "drill": 1}


def options(parser: argparse.ArgumentParser) -> None:
    """The verb's options."""
    parser.add_argument("action", choices=_WORDS, help="what to do")
    parser.add_argument("what", nargs="+", metavar="WORD", help="new: NAME; list: CASE; the others: CASE NAME")
    parser.add_argument("--key", default="", metavar="FILE", help="the key's file: .pub, or a private one beside it")
    parser.add_argument("--by", default="", metavar="NAME", help="the member who vouches")
    parser.add_argument("--reason", default="", metavar="TEXT", help="why, for the log")
    parser.add_argument("--folder", default="", metavar="FOLDER", help="new: where to write the key pair")
    parser.add_argument("--passphrase", action="store_true", help="new: put the private key under a passphrase")
    parser.add_argument("--signers", default="", metavar="FILE", help="list: write allowed signers for ssh-keygen")
    drill_options(parser)
    parser.add_argument("--yes", action="store_true", help="sign: without asking")


def run(chosen: argparse.Namespace) -> int:
    """Do it; gives the exit code."""
    if len(chosen.what) != _WORDS[chosen.action]:
        raise CliError(f"keys {chosen.action}: {_WORDS[chosen.action]} words wanted", hint="see: quoth keys --help")
    if chosen.action == "new":
        return _new(chosen)
    with Casebook.open(Path(chosen.what[0])) as book:
        if chosen.action in ("list", "drill"):
            return (_list if chosen.action == "list" else drill_keys)(chosen, book)
        with book.alone():
            return _sign(chosen, book) if chosen.action == "sign" else _change(chosen, book)


def _new(chosen: argparse.Namespace) -> int:
    folder = Path(chosen.folder) if chosen.folder else keys.key_folder()
    passphrase = ""
    if chosen.passphrase:
        passphrase = keys.ask_at_the_terminal(folder / "new key")
        if not passphrase or keys.ask_at_the_terminal(folder / "the same again") != passphrase:
            raise CliError("no passphrase, or two different ones", hint="nothing was written")
    path, fingerprint = keys.make_key(chosen.what[0], folder, passphrase=passphrase)
    if chosen.json:
        print_json({"private": str(path), "public": f"{path}.pub", "fingerprint": fingerprint})
    else:
        print(plain(f"Made {path} (keep it to yourself, and a copy elsewhere) and {path}.pub ({fingerprint})"))
    return 0


def _list(chosen: argparse.Namespace, book: Casebook) -> int:
    rows = keys.listed(book.store)
    if chosen.signers:
        Path(chosen.signers).write_bytes(keys.signers_file(book.store))
    if chosen.json:
        print_json(rows)
        return 0
    print_table(
        (
            one["name"],
            f"{one['how']}{' by ' + one['vouched_by'] if one['vouched_by'] else ''}",
            f"from entry {one['since']}" + (f" to {one['until'] - 1}" if one["until"] is not None else ""),
            "here" if one["here"] else "elsewhere",
            one["fingerprint"],
        )
        for one in rows
    )
    return 0


def _change(chosen: argparse.Namespace, book: Casebook) -> int:
    name, file = chosen.what[1], Path(chosen.key) if chosen.key else None
    if chosen.action == "add":
        made = keys.bring_in(book.store, name, file=file, by=chosen.by)
    elif file is None:
        raise CliError(f"keys {chosen.action}: --key is missing", hint="give the file of the new key")
    elif chosen.action == "change":
        made = keys.rotate(book.store, name, file=file)
    else:
        made = keys.succeed(book.store, name, file=file, by=chosen.by, reason=chosen.reason)
    if chosen.json:
        print_json({"id": made.id, "name": made.name, "key": made.key, "how": made.step.value, "before": made.before})
    else:
        print(plain(f"Entered: the key of {made.name} ({made.step.value}); from here on they sign what they enter"))
    return 0


def _sign(chosen: argparse.Namespace, book: Casebook) -> int:
    rows = [f"{one.seq}  {one.at}  {one.action.value}  {one.note}" for one in keys.unsigned(book.store, chosen.what[1])]
    if rows and not chosen.yes and not ask(f"Sign these {len(rows)} as yours?", shown=rows, whole=rows):
        return 1
    count = keys.sign_late(book.store, chosen.what[1]) if rows else 0
    print_json({"signed": count}) if chosen.json else print(f"Signed {count} entries")
    return 0
