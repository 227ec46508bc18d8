"""A reader that misbehaves on demand, for the tests of the fence.

It is declared as an entry point by a folder that the tests put on the path, like any reader from
another package; the document's first word says what it does.
"""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from quoth.read.readout import Blob, Reader, Readout, unread
from quoth.read.rendering import Span, TextDraft
from quoth.record.custody import CaseNote

HOSTILE = Reader(name="hostile", version="1", kinds=frozenset({"application/x-hostile"}), module="hostile_reader:read")


def read(source, request, *, reader):
    deed, _, rest = source.read().decode().partition(" ")
    return DEEDS[deed](rest, request, reader)


def told(words, request, reader):
    draft = TextDraft(text=words, spans=(Span(start=0, end=len(words)),))
    return draft.finish(request, reader).readout()


def echo(rest, request, reader):
    return told(rest, request, reader)


def crash(rest, request, reader):
    ctypes.string_at(0)


def abort(rest, request, reader):
    os.abort()


def loop(rest, request, reader):
    while True:
        pass


def sleep(rest, request, reader):
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, signal.NSIG))
    time.sleep(3600)


def eat(rest, request, reader):
    held = []
    while True:
        held.append(bytearray(2**24))


def recurse(rest, request, reader):
    return recurse(rest, request, reader)


def raise_it(rest, request, reader):
    raise ValueError("first line\nsecond line")


def exit_it(rest, request, reader):
    raise SystemExit(7)


def leave(rest, request, reader):
    os._exit(0)


def write(rest, request, reader):
    with Path("large").open("wb") as target:
        target.writelines(b"\0" * 2**20 for _ in range(1024))


def give_much(rest, request, reader):
    blobs = tuple(Blob.of(bytes([place]) * 2**20) for place in range(int(rest)))
    return Readout(blobs=blobs)


def flood(rest, request, reader):
    """Writes past the protocol, straight into whatever is open."""
    for number in range(3, 10):
        try:
            while True:
                os.write(number, b"x" * 2**16)
        except OSError:
            continue
    return Readout()


def connect(rest, request, reader):
    try:
        with socket.create_connection(("127.0.0.1", int(rest)), timeout=5):
            return told("connected", request, reader)
    except OSError as err:
        return told(f"refused: {err.strerror}", request, reader)


def connect_here(rest, request, reader):
    """Tries the machine's own services: a socket in the file system."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as mine:
            mine.connect(rest)
            return told("connected", request, reader)
    except OSError as err:
        return told(f"refused: {err.strerror}", request, reader)


def state(rest, request, reader):
    """What the child can see of the world it came from."""
    words = [
        f"stdin={sys.stdin.read()!r}",
        f"files={sorted(int(one.name) for one in Path('/proc/self/fd').iterdir())}",
        f"folder={Path.cwd()}",
        f"secret={os.environ.get('QUOTH_SECRET')}",
    ]
    Path("mine").write_text("left behind")
    return told("\n".join(words), request, reader)


def grandchild(rest, request, reader):
    process = subprocess.Popen(["sleep", "3600"])
    Path(rest).write_text(str(process.pid))
    os.abort()


def forge_kind(rest, request, reader):
    return Readout(records=(CaseNote(title="not a reading"),))


def forge_anchor(rest, request, reader):
    readout = told("She said yes.", request, reader)
    other = told("She said no!.", request, reader)
    return Readout(records=readout.records, blobs=other.blobs)


def forge_subject(rest, request, reader):
    import dataclasses

    return Readout(records=(unread(dataclasses.replace(request, exhibit="x-ffffffffffffffff"), "no", reader=reader),))


DEEDS = {
    name: value
    for name, value in list(globals().items())
    if callable(value) and getattr(value, "__module__", "") == __name__
}
