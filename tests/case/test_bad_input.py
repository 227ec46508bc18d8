"""One folder of everything that goes wrong: a clear line for each, and the rest goes on."""

import dataclasses
import http.server
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from case import bad_folder, material

pytestmark = pytest.mark.timeout(1800)
QUOTH = (sys.executable, "-m", "quoth.cli.main")
AS_ANYBODY = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
"""Root reads what nobody may read; without these rights it is a user like any other."""


def as_anybody():
    return AS_ANYBODY if os.geteuid() == 0 else ()


def quoth(*words, before=()):
    return subprocess.run([*before, *QUOTH, *map(str, words)], capture_output=True, text=True, check=False)


def statements(case):
    done = quoth("statements", case, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def assert_whole(case):
    """Every object, entry and anchor stands."""
    done = quoth("audit", case)
    assert done.returncode == 0, done.stdout + done.stderr


@dataclasses.dataclass(frozen=True)
class Listener:
    """A web server on loopback that remembers who called."""

    url: str
    asked: list[str]


@pytest.fixture(scope="module")
def listener():
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_words):
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Listener(url=f"http://127.0.0.1:{server.server_port}", asked=asked)
    server.shutdown()
    server.server_close()
    thread.join()


@dataclasses.dataclass(frozen=True)
class Built:
    """The folder, the case, what was said, and how it ended."""

    folder: Path
    case: Path
    done: subprocess.CompletedProcess[str]

    @property
    def lines(self):
        return self.done.stdout.splitlines()


@pytest.fixture(scope="module")
def bad(tmp_path_factory, listener):
    root = tmp_path_factory.mktemp("bad")
    folder = bad_folder.write(root / "deep" / "in", remote=listener.url)
    done = quoth("build", folder, "--case", root / "case", "--workers", "2", before=as_anybody())
    yield Built(folder=folder, case=root / "case", done=done)
    (folder / "shut").chmod(0o700)
    shutil.rmtree(root)


LINES = (
    ("an archive of no bytes", "not taken: nothing.zip: named as an archive, but empty"),
    (
        "a zip bomb",
        "not taken: bomb.zip!zeros.bin: unpacks to more than 200 times its packed size: looks like a zip bomb",
    ),
    ("a link in a tar", "not taken: devices.tar!link: a link to /etc/passwd inside an archive, not followed"),
    ("a hard link in a tar", "not taken: devices.tar!hard: a link to /etc/passwd inside an archive, not followed"),
    ("a pipe in a tar", "not taken: devices.tar!pipe: a device or pipe inside an archive, not a file"),
    ("a disk in a tar", "not taken: devices.tar!disk: a device or pipe inside an archive, not a file"),
    ("a device in a tar", "not taken: devices.tar!zero: a device or pipe inside an archive, not a file"),
    ("a link", "not taken: link.txt: a link to /etc/hostname, not followed"),
    ("a pipe", "not taken: pipe: a pipe, not a file"),
    ("a shut folder", "not taken: shut: permission denied"),
    ("a climbing name in a tar", "note: climbing.tar!../../escaped-tar.txt: name leads outside the archive"),
    ("an absolute name in a tar", "note: climbing.tar!/tmp/quoth-escaped-tar.txt: name is an absolute path"),
    ("a climbing name in a zip", "note: climbing.zip!../../escaped-zip.txt: name leads outside the archive"),
    ("an absolute name in a zip", "note: climbing.zip!/tmp/quoth-escaped-zip.txt: name is an absolute path"),
    ("a name with backslashes", "note: climbing.zip!..\\\\..\\\\escaped-zip.txt: name leads outside the archive"),
    ("a name that runs backwards", "note: invoice\\u202egpj.txt: right-to-left override in the name"),
    ("a name that is not UTF-8", "note: name-\\xff\\xfe.txt: the name is not UTF-8"),
    ("a wrong extension", "note: picture.pdf: the name says application/pdf, the content is text/plain"),
    ("an empty file", "not read: empty.txt: the file is empty"),
    ("a text that is not UTF-8", "not read: broken.txt: 2 stretches of bytes could not be decoded as utf-8"),
    ("a page tree that loops", "not read: loop-pages.pdf: 1000000 pages: only the first 5000 were read"),
    ("a table that loops", "not read: loop-table.pdf: the document is damaged or no PDF"),
    ("an image bomb", "not read: vast.png: the picture is too large to unpack"),
    ("a mail of 10,000 parts", "not read: parts.eml: 9999 parts: 1000 taken"),
    (
        "a file that no reader knows",
        "not read: hollow.bin, a0.bin, a1.bin and 998 more: no reader for application/octet-stream",
    ),
)


@pytest.mark.parametrize(("what", "line"), LINES, ids=[what.replace(" ", "-") for what, _ in LINES])
def test_each_fault_has_one_clear_line(bad, what, line):
    found = [one for one in bad.lines if one.startswith(line)]
    assert len(found) == 1, f"{what}:\n{bad.done.stdout}"
    assert len(found[0]) < 300


def test_it_ends_with_3_and_without_a_trace(bad):
    assert bad.done.returncode == 3, bad.done.stderr
    for word in ("Traceback", "Error(", "Exception"):
        assert word not in bad.done.stdout + bad.done.stderr
    assert "Draft dossier" in bad.done.stdout


def test_the_rest_of_the_folder_goes_on(bad):
    rows = {(row["exhibit_title"], row["act"]): row for row in statements(bad.case)}
    assert "gate had been shut" in rows["good.txt", "say"]["content"]
    assert "Varga" in rows["good.txt", "say"]["source"]
    assert "Ministry of Ports" in rows["good.txt", "no_response"]["source"]
    assert "quay was empty" in rows["calling.html", "say"]["content"]


def test_everything_that_could_be_kept_is_kept_and_stands(bad):
    assert_whole(bad.case)
    done = quoth("exhibits", bad.case, "--json")
    rows = {name: row for row in json.loads(done.stdout) if row["status"] == "held" for name in row["names"]}
    for path in bad.folder.iterdir():
        if path.is_file() and not path.is_symlink() and path.suffix in (".zip", ".tar", ".pdf", ".png", ".eml", ".bin"):
            assert rows[path.name]["size"] == path.stat().st_size, path.name
    for member in ("letter.txt", "inside.txt", "after.txt", "../../escaped-tar.txt", "/tmp/quoth-escaped-zip.txt"):
        assert rows[member]["size"] > 0
    assert "zeros.bin" not in rows


def test_nothing_climbed_out_of_an_archive(bad):
    for outside in (bad.folder.parent, bad.folder.parent.parent, Path("/tmp"), Path.cwd(), Path.cwd().parent):
        assert not [one for one in outside.iterdir() if "escaped" in one.name], outside


def test_no_connection_was_made_and_no_script_was_run(bad, listener):
    assert listener.asked == []
    assert not any("written by a script" in row["content"] for row in statements(bad.case))
    pages = "".join(page.read_text(encoding="utf-8") for page in (bad.case / "draft").rglob("*.html"))
    for hook in (f'src="{listener.url}', f'href="{listener.url}', "<script", "<iframe"):
        assert hook not in pages


def test_the_same_folder_again_says_the_same_and_adds_nothing(bad):
    before = (bad.case / "log" / "entries.jsonl").read_bytes()
    again = quoth("build", bad.folder, "--case", bad.case, before=as_anybody())
    assert again.returncode == 3
    assert [one for one in again.stdout.splitlines() if one.startswith("not ")] == [
        one for one in bad.lines if one.startswith("not ")
    ]
    assert (bad.case / "log" / "entries.jsonl").read_bytes() == before


def _can(*words):
    return shutil.which(words[0]) and subprocess.run([*words, "true"], capture_output=True, check=False).returncode == 0


def test_a_build_needs_no_network(tmp_path):
    """Where the machine allows it, there is none at all; elsewhere the build still has to end well."""
    alone = ("unshare", "--user", "--map-root-user", "--net")
    folder = material.write(tmp_path / "in")
    (folder / "calling.html").write_text(bad_folder.calling_page("http://192.0.2.1"), encoding="utf-8")
    done = quoth("build", folder, "--case", tmp_path / "case", before=alone if _can(*alone) else ())
    assert done.returncode == 0, done.stdout + done.stderr
    assert any(row["exhibit_title"] == "calling.html" for row in statements(tmp_path / "case"))


FULL = """
set -e
mount -t tmpfs -o size=6m tmpfs "$1/small"
set +e
"$3" -m quoth.cli.main build "$1/in" --case "$1/small/case" --out "$1/draft" --workers 1 >"$1/first.out" 2>"$1/first.err"
echo "first $?"
"$3" -m quoth.cli.main audit "$1/small/case" >"$1/audit.out" 2>&1
echo "audit $?"
cp "$1/small/case/log/entries.jsonl" "$1/log-before"
mount -o remount,size=200m "$1/small"
"$3" -m quoth.cli.main build "$1/in" --case "$1/small/case" --out "$1/draft" --workers 1 >"$1/second.out" 2>"$1/second.err"
echo "second $?"
"$3" -m quoth.cli.main audit "$1/small/case" >"$1/audit2.out" 2>&1
echo "audit2 $?"
cp "$1/small/case/log/entries.jsonl" "$1/log-after"
"$3" -m quoth.cli.main statements "$1/small/case" --json >"$1/statements.json"
"""
LIMITED = """
set +e
limit() { (ulimit -f 4000; exec "$@"); }
limit "$3" -m quoth.cli.main build "$1/in" --case "$1/small/case" --out "$1/draft" --workers 1 >"$1/first.out" 2>"$1/first.err"
echo "first $?"
"$3" -m quoth.cli.main audit "$1/small/case" >"$1/audit.out" 2>&1
echo "audit $?"
cp "$1/small/case/log/entries.jsonl" "$1/log-before"
"$3" -m quoth.cli.main build "$1/in" --case "$1/small/case" --out "$1/draft" --workers 1 >"$1/second.out" 2>"$1/second.err"
echo "second $?"
"$3" -m quoth.cli.main audit "$1/small/case" >"$1/audit2.out" 2>&1
echo "audit2 $?"
cp "$1/small/case/log/entries.jsonl" "$1/log-after"
"$3" -m quoth.cli.main statements "$1/small/case" --json >"$1/statements.json"
"""


def test_a_full_disk_is_one_clear_line_and_loses_nothing(tmp_path):
    folder = material.write(tmp_path / "in")
    (folder / "zz-large.bin").write_bytes(bytes(range(256)) * 40_000)
    (tmp_path / "small").mkdir()
    inside = ("unshare", "--user", "--map-root-user", "--mount")
    possible = _can(*inside)
    words = [
        *(inside if possible else ()),
        "bash",
        "-c",
        FULL if possible else LIMITED,
        "full",
        tmp_path,
        "-",
        sys.executable,
    ]
    done = subprocess.run(list(map(str, words)), capture_output=True, text=True, check=False)
    codes = dict(line.split() for line in done.stdout.splitlines())

    def told(name):
        return (tmp_path / name).read_text(encoding="utf-8")

    said = told("first.out") + told("first.err")
    assert codes["first"] == "3", said
    assert "Traceback" not in said
    full = [line for line in said.splitlines() if "No space left" in line or "File too large" in line]
    assert len(full) == 1, said
    assert full[0].startswith(("quoth: ", "not taken: ")), said
    assert "kept" in said, said
    assert codes["audit"] == "0", told("audit.out")
    assert codes["second"] == "0", told("second.out") + told("second.err")
    assert codes["audit2"] == "0", told("audit2.out")
    assert (tmp_path / "log-after").read_bytes().startswith((tmp_path / "log-before").read_bytes())
    assert any("Nobody was forced" in row["content"] for row in json.loads(told("statements.json")))


def _entries(case):
    log = case / "log" / "entries.jsonl"
    whole = log.read_bytes() if log.exists() else b""
    return whole[: whole.rfind(b"\n") + 1].splitlines()


def _killed_when(folder, case, *, action):
    """Starts a build and kills it, and all it started, as soon as the log has an entry of ``action``."""
    build = subprocess.Popen(
        [*QUOTH, "build", str(folder), "--case", str(case), "--workers", "2"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    wanted = f'"action":"{action}"'.encode()
    while build.poll() is None and not any(wanted in line for line in _entries(case)):
        time.sleep(0.002)
    if build.poll() is None:
        os.killpg(build.pid, signal.SIGKILL)
    return build.wait()


def test_kill_at_any_moment_then_the_same_command_again(tmp_path):
    folder, case = material.write(tmp_path / "in"), tmp_path / "case"
    standing = []
    for action in ("received", "derived"):
        ended = _killed_when(folder, case, action=action)
        assert ended == -signal.SIGKILL, f"the build ended by itself with {ended} before it could be killed"
        now = _entries(case)
        assert now[: len(standing)] == standing, "an acknowledged entry was lost"
        standing = now
        assert_whole(case)
    done = quoth("build", folder, "--case", case)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert _entries(case)[: len(standing)] == standing
    assert_whole(case)
    undisturbed = tmp_path / "undisturbed"
    assert quoth("build", folder, "--case", undisturbed).returncode == 0
    told = [
        [(row["id"], row["source"], row["act"], row["content"], row["chain"]) for row in statements(one)]
        for one in (case, undisturbed)
    ]
    assert told[0] == told[1]
    assert told[0]


def test_the_temporary_folder_is_left_as_it_was(tmp_path):
    """A build leaves nothing behind in the folder for passing files, however it ends."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text(bad_folder.GOOD, encoding="utf-8")
    (folder / "vast.png").write_bytes(bad_folder.image_bomb())
    (folder / "loop.pdf").write_bytes(bad_folder.pdf_whose_pages_loop())
    passing = Path(tempfile.mkdtemp(dir=tmp_path))
    done = subprocess.run(
        [*QUOTH, "build", str(folder), "--case", str(tmp_path / "case")],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "TMPDIR": str(passing)},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert list(passing.iterdir()) == []
