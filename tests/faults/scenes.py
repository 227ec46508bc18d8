"""The commands that are struck: how the case lies before, what is run, and how to tell what came of it."""

import contextlib
import dataclasses
import io
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pyrage
from judge import AT, recover

from quoth.case import clock
from quoth.case.casebook import Casebook
from quoth.case.flow import Flow
from quoth.case.intake import take_in
from quoth.case.keys import bring_in, make_key
from quoth.case.projection.connect import FAULTS, close_database, open_database
from quoth.case.spoken import note_of
from quoth.case.work import perform
from quoth.cli.main import main
from quoth.custody.store import EntryDraft, Store
from quoth.errors import QuothError
from quoth.record.custody import Action

MAIL = b"""From: Runa Teld <runa@gazette.example>
To: Olen Varga <varga@harbour.example>
Date: Mon, 12 May 2031 09:00:00 +0000
Subject: Questions
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="cut"

--cut
Content-Type: text/plain; charset=utf-8

Dear Mr Varga, did you order the crews to sail? The clerk said that you did.

--cut
Content-Type: text/csv; name="tides.csv"
Content-Disposition: attachment; filename="tides.csv"

hour,metres
1,3.2

--cut--
"""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Scene:
    """A command on a case: ``base`` lies in a folder, ``run`` acts on a copy of it.

    ``again`` says whether the same command is run once more after the fault, and must then end as it would have.
    ``damaged`` says that the audit alarms before the command, and must not after it. ``loose`` says that what it makes is random
    (cipher text) or goes away (erasure): its entries are known by action, author and note, and the audit alone judges the rest. ``goes_on`` says
    that the audit may alarm while a plan of it lies there, until the case is opened next: that does what the log says already.
    ``alone`` says that nobody else writes before the command is run again (another
    entry would make a fork of what is brought in).
    """

    name: str
    base: Path
    run: Callable[[Path], int]
    again: bool = True
    damaged: bool = False
    loose: bool = False
    goes_on: bool = False
    alone: bool = False
    check: Callable[[Path], list[str]] = lambda _folder: []


def quietly(*words: object) -> int:
    """Run a command of ours in this process; gives its exit code."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()) as said:
        code = main([str(one) for one in words])
    close_database()
    if code == 2:
        raise SystemExit(f"used wrongly: {words}: {said.getvalue()}")
    return code


class Replay:
    """An engine that gives what the real one gave before: only the commits are struck, not the readers."""

    def __init__(self, done: dict[str, object]) -> None:
        self._done = done

    def run(self, _worker: str, root: str, tasks: list) -> Iterator[tuple]:
        for task in tasks:
            if task.key not in self._done:
                self._done[task.key] = perform(root, task)
            yield task, self._done[task.key]


def stop_the_clock() -> None:
    """One instant for every run, so that equal steps give equal names."""
    real = clock.now
    clock.now = lambda: AT
    for module in list(sys.modules.values()):
        if getattr(module, "now", None) is real:
            module.now = clock.now


def _files(folder: Path, count: int, size: int = 9) -> Path:
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"{number}.txt").write_text(f"Page {number}: the clerk said the crews had sailed.\n" * size)
    return folder


def _case(folder: Path, *, signed: bool = False, taken: int = 2) -> Path:
    """A case at ``folder/case``, its projection made; what ``QUOTH_KEYS`` names lies beside the cases."""
    root = folder / "case"
    with Casebook.create(root, note_of("Crews"), by="desk") as book:
        if taken:
            take_in(book, [_files(folder / "before", taken, 4)], by="desk")
        if signed:
            bring_in(book.store, "Ada", file=None, by="Ada")
    quietly("exhibits", root)
    return root


def _add(words: tuple[str, ...] = ()) -> Callable[[Path], int]:
    return lambda folder: quietly("add", folder / "case", folder / "in", *words)


def _build(done: dict[str, object]) -> Callable[[Path], int]:
    def run(folder: Path) -> int:
        try:
            with Casebook.open(folder / "case") as book:
                open_database(book.root)
                Flow(book, Replay(done)).build()
        except (QuothError, OSError, *FAULTS):
            return 3  # as the command does
        finally:
            close_database()
        return 0

    return run


def _first_statement(root: Path) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        main(["statements", str(root), "--json"])
    close_database()
    return json.loads(out.getvalue())[0]["id"]


def _unsigned(root: Path) -> None:
    """Entries in Ada's name that a crash left unsigned."""
    store = Store.open(root)
    for number in range(2):
        store.stage(EntryDraft(action=Action.VIEWED, note=f"look {number}"))
        store.commit(by="Ada", at="2031-05-02T09:00:00Z")


def _bundle(folder: Path) -> int:
    return quietly("bundle", folder / "case", "--out", folder / "out.zip", "--all", "--by", "Ada")


def _bundle_whole(folder: Path) -> list[str]:
    """A bundle is whole or it is not there under its name."""
    out = folder / "out.zip"
    if out.exists() and quietly("verify", out) == 1:
        return ["the bundle that stands there does not verify"]
    return []


def _damage(root: Path) -> None:
    for path in sorted((root / "objects").glob("*/*"))[:2]:
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 4
        path.chmod(0o644)
        path.write_bytes(data)


def scenes(top: Path) -> Iterator[Scene]:
    """Every scene, its base made below ``top``."""
    os.environ["QUOTH_KEYS"] = str(top / "keys")
    os.environ["XDG_RUNTIME_DIR"] = str(top)
    stop_the_clock()
    make_key("Ada", top / "keys")

    plain = top / "plain"
    _case(plain)
    _files(plain / "in", 3)
    (plain / "in" / "questions.eml").write_bytes(MAIL)
    yield Scene(name="add", base=plain, run=_add())

    many = top / "many"
    _case(many)
    _files(many / "in", 26, 1)
    yield Scene(name="add, a large batch", base=many, run=_add())

    signed = top / "signed"
    _case(signed, signed=True)
    _files(signed / "in", 3)
    yield Scene(name="add, signed", base=signed, run=_add(("--by", "Ada")))

    wrecked = top / "wrecked"
    shutil.copytree(plain, wrecked, symlinks=True)
    with (wrecked / "case/log/entries.jsonl").open("ab") as log:
        log.write(b'{"action":"received","at":"2031-05-02T0')
    (wrecked / "case/tmp/w-0123456789abcdef").mkdir()
    (wrecked / "case/tmp/w-0123456789abcdef/1").write_bytes(b"left behind")
    yield Scene(name="recovery: add over a torn line and a dead writer's files", base=wrecked, run=_add())

    over = top / "over"
    shutil.copytree(plain, over, symlinks=True)
    old = (over / "case/log/checkpoint").read_bytes()
    recover(over / "case")
    (over / "case/log/checkpoint").write_bytes(old)
    yield Scene(name="recovery: add over entries without their checkpoint", base=over, run=_add())

    built = top / "built"
    _case(built)
    done: dict[str, object] = {}
    trial = top / "trial"
    shutil.copytree(built, trial, symlinks=True)
    _build(done)(trial)
    yield Scene(name="build: derive", base=built, run=_build(done))

    decided = top / "decided"
    shutil.copytree(trial, decided, symlinks=True)
    with Casebook.open(decided / "case") as book:
        bring_in(book.store, "Ada", file=None, by="Ada")
    about = _first_statement(decided / "case")
    yield Scene(
        name="decide, signed",
        base=decided,
        run=lambda folder: quietly("decide", folder / "case", about, "accept", "--by", "Ada"),
    )

    keyed = top / "keyed"
    _case(keyed)
    yield Scene(
        name="checkpoint: a first key, signed",
        base=keyed,
        run=lambda folder: quietly("keys", "add", folder / "case", "Ada"),
    )

    late = top / "late"
    _unsigned(_case(late, signed=True))
    yield Scene(
        name="checkpoint: sign late",
        base=late,
        run=lambda folder: quietly("keys", "sign", folder / "case", "Ada", "--yes"),
    )

    repaired = top / "repaired"
    shutil.copytree(plain, repaired, symlinks=True)
    shutil.copytree(plain / "case", repaired / "copy", symlinks=True)
    _damage(repaired / "case")
    yield Scene(
        name="repair",
        base=repaired,
        run=lambda folder: quietly("audit", folder / "case", "--repair-from", folder / "copy"),
        damaged=True,
    )

    bundled = top / "bundled"
    shutil.copytree(signed, bundled, symlinks=True)
    yield Scene(name="bundle", base=bundled, run=_bundle, check=_bundle_whole, loose=True)

    again = top / "imported"
    shutil.copytree(bundled, again, symlinks=True)
    shutil.copytree(again / "case", again / "grown", symlinks=True)
    quietly("add", again / "grown", again / "in")
    quietly("bundle", again / "grown", "--out", again / "other.zip", "--travel", "--openings", "all", "--by", "Ada")
    shutil.rmtree(again / "grown")
    yield Scene(
        name="import",
        base=again,
        run=lambda folder: quietly("import", folder / "other.zip", "--case", folder / "case"),
        loose=True,
        alone=True,
    )

    closed = top / "sealed"
    shutil.copytree(plain, closed, symlinks=True)
    pairs = [pyrage.x25519.Identity.generate() for _ in range(2)]
    (closed / "recipients.txt").write_text(
        f"# Ada\n{pairs[0].to_public()}\n# Vault [offline]\n{pairs[1].to_public()}\n"
    )
    (closed / "ada.key").write_text(f"{pairs[0]}\n")
    (closed / "ada.key").chmod(0o600)
    quietly("seal", closed / "case", "--recipients", closed / "recipients.txt")
    yield Scene(
        name="seal: a file while it is taken in",
        base=closed,
        run=lambda folder: quietly("seal", folder / "case", folder / "in" / "1.txt", "--identity", folder / "ada.key"),
        loose=True,
    )

    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        main(["exhibits", str(closed / "case"), "--json"])
    close_database()
    exhibit = json.loads(out.getvalue())[0]["id"]
    yield Scene(
        name="seal: move in an exhibit",
        base=closed,
        run=lambda folder: quietly("seal", folder / "case", exhibit, "--identity", folder / "ada.key"),
        loose=True,
        goes_on=True,
    )
    yield Scene(
        name="erase",
        base=closed,
        run=lambda folder: quietly("erase", folder / "case", exhibit, "--reason", "source-in-danger", "--yes"),
        loose=True,
        goes_on=True,
    )
