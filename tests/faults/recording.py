"""What a process did to a folder, recorded by strace: every change of a file, a name or a folder, in order.

The process is forked warm, waits, and goes on once strace holds it; so nothing of Python's own start is recorded. What it
says by :func:`mark` (a write to a file beside the folder) stands in the record in its place.
"""

import dataclasses
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

CALLS = (
    "open,openat,creat,write,pwrite64,writev,pwritev,lseek,ftruncate,truncate,fallocate,rename,renameat,renameat2,"
    "link,linkat,symlink,symlinkat,mkdir,mkdirat,unlink,unlinkat,rmdir,fsync,fdatasync,syncfs,sync,mmap,"
    "sendfile,copy_file_range"
)
MARKS = "marks"
_LINE = re.compile(r"(?:\d+ +)?(\w+)\((.*)\) += (-?\d+|0x[0-9a-f]+)(?:<(?P<path>[^>]*)>)?(?P<rest>.*)\Z")
_PART = re.compile(
    r'"(?P<text>(?:\\x[0-9a-f]{2})*)"(?P<more>\.\.\.)?|(?P<fd>AT_FDCWD|\d+)<(?P<at>[^>]*)>|(?P<word>[^,"<\s][^,"<]*)'
)


@dataclasses.dataclass(frozen=True, slots=True)
class Op:
    """One call that worked: its name, the paths it is about, and for writes place and bytes."""

    call: str
    path: str
    target: str = ""
    offset: int = 0
    data: bytes = b""
    size: int = 0
    made: bool = False


def record(work: Callable[[Callable[[str], None]], None], scratch: Path) -> list[Op]:
    """Run ``work(mark)`` in a child under strace; gives what it did to files. Raises SystemExit when it fails."""
    out, source, pipe = scratch / "strace.txt", *os.pipe()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            os.read(source, 1)
            marks = os.open(scratch / MARKS, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            work(lambda text: (os.write(marks, text.encode()), None)[1])
            code = 0
        finally:
            os._exit(code)
    command = ["strace", "-f", "-y", "-xx", "-s", "100000000", "-o", out, "-p", str(pid), "-e", f"trace={CALLS}"]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as tracer:
        first = tracer.stderr.readline()
        if b"attached" not in first:
            os.kill(pid, 9)
            raise SystemExit(f"strace could not be started: {first!r}")
        os.write(pipe, b"g")
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    os.close(source)
    os.close(pipe)
    if status:
        raise SystemExit(f"the recorded process ended with {status}")
    return list(read_record(out))


def read_record(path: Path) -> Iterator[Op]:
    """The changes in a record; raises SystemExit for a call that the model does not know."""
    places: dict[tuple[str, str], int] = {}
    for line in path.read_text().splitlines():
        match = _LINE.match(line)
        if match is None or match[3] == "-1":
            if " +++ " in line or (match and match[3] == "-1"):
                continue
            raise SystemExit(f"not understood: {line[:200]}")
        call, result = match[1], match[3]
        parts = [one for one in _PART.finditer(match[2]) if one["word"] is None or one["word"].strip()]
        yield from _op(call, parts, result, _plain(match["path"] or ""), places)


def _plain(text: str) -> str:
    return bytes.fromhex(text.replace("(deleted)", "").replace("\\x", "")).decode()


def _text(part: re.Match[str]) -> bytes:
    if part["more"]:
        raise SystemExit("the record is cut short")
    return bytes.fromhex(part["text"].replace("\\x", ""))


def _paths(parts: list[re.Match[str]]) -> list[str]:
    """Every path named, those relative to a folder made whole."""
    made, base = [], ""
    for part in parts:
        if part["at"] is not None:
            base = _plain(part["at"])
        elif part["text"] is not None:
            made.append(os.path.normpath(Path(base, _text(part).decode())))
            base = ""
    return made


def _op(  # noqa: PLR0912 - one branch a call
    call: str, parts: list[re.Match[str]], result: str, opened: str, places: dict[tuple[str, str], int]
) -> Iterator[Op]:
    held = _plain(parts[0]["at"]) if parts and parts[0]["at"] is not None else ""
    slot = (parts[0]["fd"] or "", "") if parts else ("", "")
    words = [part["word"].strip() for part in parts if part["word"]]
    if call in {"open", "openat", "creat"}:
        flags = " ".join(words)
        append = "O_APPEND" in flags
        places[result, ""] = -1 if append else 0
        if call == "creat" or "O_TRUNC" in flags:
            yield Op("truncate", opened)
        if call == "creat" or "O_CREAT" in flags:
            yield Op("create", opened)
    elif call in {"write", "pwrite64"}:
        data = _text(parts[1])[: int(result)]
        place = int(words[-1]) if call == "pwrite64" else places.get(slot, -1)
        yield Op("write", held, offset=place, data=data)
        if call == "write" and place >= 0:
            places[slot] = place + len(data)
    elif call == "lseek":
        if places.get(slot, 0) >= 0:
            places[slot] = int(result)
    elif call in {"ftruncate", "truncate"}:
        yield Op("truncate", held or _paths(parts)[0], size=int(words[-1]))
    elif call in {"rename", "renameat", "renameat2", "link", "linkat"}:
        source, target = _paths(parts)
        yield Op("rename" if call.startswith("rename") else "link", source, target)
    elif call in {"mkdir", "mkdirat"}:
        yield Op("mkdir", _paths(parts)[0])
    elif call in {"unlink", "unlinkat", "rmdir"}:
        yield Op("unlink", _paths(parts)[0])
    elif call in {"fsync", "fdatasync"}:
        yield Op(call, held)
    elif call in {"syncfs", "sync"}:
        yield Op("syncfs", held)
    elif call == "mmap" and "MAP_SHARED" in " ".join(words) and "PROT_WRITE" in " ".join(words) and held:
        raise SystemExit(f"a file is written through memory, which the model does not know: {held}")
    elif call != "mmap":
        raise SystemExit(f"the model does not know the call {call}")
