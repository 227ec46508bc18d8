"""The fence: whatever a reader does, the case goes on with one clear line."""

import concurrent.futures
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from pathlib import Path

import pytest

from quoth.case import fence_frames
from quoth.case.fence import Fence, Limits, fenced_read
from quoth.errors import RecordError
from quoth.read.readers import ReadRequest
from quoth.record.finding import Finding, Outcome
from quoth.record.passage import Passage
from quoth.terms.digest import digest_of

HERE = Path(__file__).parent
SMALL = Limits(memory=700 * 2**20, cpu_s=2, wall_s=6, file=2**22, output=2**22)


@pytest.fixture(scope="module")
def declared(tmp_path_factory):
    """A folder that declares the hostile reader, as an installed package would."""
    folder = tmp_path_factory.mktemp("plugin")
    info = folder / "quoth_hostile-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: quoth-hostile\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[quoth.readers]\nhostile = hostile_reader:HOSTILE\n")
    return os.pathsep.join([str(folder), str(HERE)])


@pytest.fixture(scope="module")
def hostile_fence(declared):
    patch = pytest.MonkeyPatch()
    patch.setenv("PYTHONPATH", declared)
    patch.setenv("QUOTH_SECRET", "the name of the source")
    with Fence(limits=SMALL) as fence:
        yield fence
    patch.undo()


def request_for(data, kind="application/x-hostile", name=""):
    return ReadRequest(exhibit="x-0000000000000001", digest=digest_of(data), size=len(data), kind=kind, name=name)


@pytest.fixture
def deed(hostile_fence, tmp_path):
    """Do a deed behind the fence; gives the readout."""

    def do(words):
        path = tmp_path / "document"
        path.write_bytes(words.encode())
        return hostile_fence.read(path, request_for(words.encode()))

    return do


def ground(readout):
    """The one finding of a reading that was stopped."""
    (finding,) = readout.records
    assert isinstance(finding, Finding)
    assert finding.outcome is Outcome.NOT_CHECKED
    assert readout.blobs == ()
    assert "\n" not in finding.grounds[0]
    return finding.grounds[0]


def words(readout):
    return "".join(one.text for one in readout.records if isinstance(one, Passage))


def test_a_good_reading_passes_unchanged(deed):
    assert words(deed("echo The clerk said no.")) == "The clerk said no."


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("crash", "the reader crashed (SIGSEGV)"),
        ("abort", "the reader crashed (SIGABRT)"),
        ("loop", "used more than 2 seconds of computing"),
        ("sleep", "took longer than 6 seconds"),
        ("eat", "used more than 700 MiB of memory"),
        ("recurse", "the document is nested too deeply"),
        ("raise_it", "ValueError: first line second line"),
        ("exit_it", "left without a result"),
        ("leave", "ended before its result was complete"),
        ("write", "wrote a temporary file larger than 4 MiB"),
        ("give_much 8", "gave more than 4194304 bytes"),
        ("forge_kind", "not its own: CaseNote"),
        ("forge_subject", "not its own: Finding"),
        ("forge_anchor", "an object that it does not give"),
    ],
)
def test_what_a_reader_may_do_becomes_one_line(deed, what, said):
    assert said in ground(deed(what))
    assert words(deed("echo still here")) == "still here"


def test_a_flood_into_the_pipe_is_cut_off(deed):
    said = ground(deed("flood"))
    assert "gave more than" in said or "unknown form" in said or "before its result" in said
    assert words(deed("echo still here")) == "still here"


def test_the_child_reaches_no_network(deed):
    with socket.create_server(("127.0.0.1", 0)) as server:
        said = words(deed(f"connect {server.getsockname()[1]}"))
        server.settimeout(0.2)
        with pytest.raises(TimeoutError):
            server.accept()
    assert said.startswith("refused")


def test_the_child_reaches_no_service_of_the_machine(deed):
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(f"{folder}/agent")
        server.listen()
        assert words(deed(f"connect_here {folder}/agent")) == "refused: Operation not permitted"


@pytest.mark.parametrize("only", ["namespace", "filter"])
def test_either_way_alone_keeps_the_network_away(only):
    """Each way by itself, in a process of its own, against a listening server."""
    lame = {
        "namespace": "network._filtered = lambda library: False",
        "filter": "network._NEW_USER = network._NEW_NET = 1",
    }
    program = f"""
import socket, sys
from quoth.case import fence_network as network
{lame[only]}
assert network.cut_off() == ({only!r},), "the way was not to be had"
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=5)
except OSError:
    print("refused")
"""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        ran = subprocess.run([sys.executable, "-c", program, port], capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("refused\n", "")


def test_the_child_sees_nothing_of_its_parent(deed, tmp_path):
    with (tmp_path / "open-in-the-parent").open("wb"):
        said = dict(line.split("=", 1) for line in words(deed("state")).splitlines())
    assert said["stdin"] == "''"
    assert said["secret"] == "None"
    # the standard three, the document, the result, and the listing of the folder itself
    assert len(json.loads(said["files"])) <= 6
    assert not Path(said["folder"]).exists()


def test_what_a_reader_started_ends_with_it(deed, tmp_path):
    noted = tmp_path / "pid"
    assert "SIGABRT" in ground(deed(f"grandchild {noted}"))
    pid = int(noted.read_text())
    for _ in range(200):
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.05)
    pytest.fail("a process outlived the reading that started it")


def test_a_killed_warm_process_is_replaced(tmp_path):
    path = tmp_path / "note.txt"
    path.write_bytes(b"The clerk said no.")
    request = request_for(path.read_bytes(), "text/plain")
    with Fence(limits=SMALL) as fence:
        assert words(fence.read(path, request)) == "The clerk said no."
        fence._warm._process.kill()
        fence._warm._process.wait()
        assert words(fence.read(path, request)) == "The clerk said no."


def test_threads_share_one_fence(tmp_path):
    def read(number):
        path = tmp_path / f"{number}.txt"
        path.write_bytes(f"The clerk said number {number}.".encode())
        return words(fence.read(path, request_for(path.read_bytes(), "text/plain")))

    with Fence(limits=SMALL) as fence, concurrent.futures.ThreadPoolExecutor(8) as pool:
        assert list(pool.map(read, range(40))) == [f"The clerk said number {number}." for number in range(40)]


def test_many_documents_cost_little_each(tmp_path):
    path = tmp_path / "note.txt"
    path.write_bytes(b"The clerk said no.")
    request = request_for(path.read_bytes(), "text/plain")
    with Fence() as fence:
        fence.read(path, request)
        warm = fence._warm._process.pid
        for _ in range(50):
            assert words(fence.read(path, request)) == "The clerk said no."
        assert fence._warm._process.pid == warm


def test_a_forked_worker_has_a_warm_process_of_its_own(tmp_path):
    program = """
import os, sys
from pathlib import Path
from quoth.case.fence import Fence
from quoth.read.readers import ReadRequest
from quoth.terms.digest import digest_of
path = Path(sys.argv[1])
data = path.read_bytes()
request = ReadRequest(exhibit="x-1", digest=digest_of(data), size=len(data), kind="text/plain")
with Fence() as fence:
    first = fence.read(path, request)
    child = os.fork()
    if child == 0:
        same = fence.read(path, request) == first
        fence.close()
        os._exit(0 if same else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert fence.read(path, request) == first
print("done")
"""
    path = tmp_path / "note.txt"
    path.write_bytes(b"The clerk said no.")
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, str(path)], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "done\n", "")


def test_fenced_read_works_and_leaves_nothing_behind(tmp_path):
    program = """
import sys
from pathlib import Path
from quoth.case.fence import fenced_read
from quoth.read.readers import ReadRequest
from quoth.terms.digest import digest_of
path = Path(sys.argv[1])
data = path.read_bytes()
request = ReadRequest(exhibit="x-1", digest=digest_of(data), size=len(data), kind="text/plain")
assert fenced_read(path, request) == fenced_read(path, request)
print("done")
"""
    path = tmp_path / "note.txt"
    path.write_bytes(b"The clerk said no.")
    (tmp_path / "tmp").mkdir()
    environment = {**os.environ, "TMPDIR": str(tmp_path / "tmp")}
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, str(path)],
        capture_output=True, text=True, check=False, env=environment,
    )  # fmt: skip
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "done\n", "")
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_file_that_is_gone_is_a_finding(tmp_path):
    assert "could not be opened" in ground(fenced_read(tmp_path / "gone", request_for(b"x")))


def test_an_unknown_kind_is_a_finding(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(b"x")
    assert ground(fenced_read(path, request_for(b"x", "application/x-nobody"))) == "no reader for application/x-nobody"


def _pdf(objects):
    """A PDF of numbered objects with a right cross-reference table."""
    data = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(data + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))


PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R>>"
RECURSIVE_TREE = _pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>"])
HUGE_LENGTH = _pdf(
    [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        PAGE,
        b"<</Length 99999999999>>\nstream\nBT ET\nendstream",
    ]
)
BOMB = zlib.compress(b"q " * 2**25, 9)
BOMB_PAGE = _pdf(
    [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", PAGE,
     b"<</Filter/FlateDecode/Length %d>>\nstream\n" % len(BOMB) + BOMB + b"\nendstream"]
)  # fmt: skip
HUGE_COUNT = _pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 2000000000/Kids[]>>"])


@pytest.mark.parametrize(
    "data",
    [RECURSIVE_TREE, HUGE_LENGTH, BOMB_PAGE, HUGE_COUNT, RECURSIVE_TREE[:-60], b"%PDF-1.7\n" + b"[" * 100_000, b"%PDF"],
    ids=["recursive-tree", "huge-length", "bomb", "huge-count", "no-xref", "nested-arrays", "head-only"],
)
def test_hostile_documents_end_in_a_finding(data, tmp_path):
    path = tmp_path / "hostile.pdf"
    path.write_bytes(data)
    readout = fenced_read(path, request_for(data, "application/pdf"))
    assert any(isinstance(one, Finding) for one in readout.records)


def test_a_result_that_is_cut_anywhere_is_refused(tmp_path):
    path = tmp_path / "note.txt"
    path.write_bytes(b"The clerk said no.")
    request = request_for(path.read_bytes(), "text/plain")
    readout = fenced_read(path, request)
    whole = b"".join(fence_frames.framed(readout))
    assert fence_frames.parsed(whole, request) == readout
    for place in range(len(whole)):
        with pytest.raises(RecordError):
            fence_frames.parsed(whole[:place], request)
    with pytest.raises(RecordError):
        fence_frames.parsed(whole + b"more", request)


def test_closing_a_fence_waits_for_the_reading_in_hand(tmp_path):
    path = tmp_path / "note.txt"
    path.write_bytes(b"The clerk said no.")
    request = request_for(path.read_bytes(), "text/plain")
    fence = Fence()
    found = []
    reader = threading.Thread(target=lambda: found.append(words(fence.read(path, request))))
    reader.start()
    while not fence._lock.locked() and not found:
        time.sleep(0.001)
    fence.close()
    reader.join()
    assert found == ["The clerk said no."]
    fence.close()
