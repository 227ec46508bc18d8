"""Walking folders: everything is taken or named, nothing is followed."""

import os
import socket
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from quoth.collect.files import Incoming, Refused, walk
from quoth.errors import CollectError


@pytest.fixture
def evidence_folder(tmp_path):
    folder = tmp_path / "evidence"
    folder.mkdir()
    return folder


def taken(items):
    return [item.label for item in items if isinstance(item, Incoming)]


def refused(items):
    return {item.label: item for item in items if isinstance(item, Refused)}


def content(item):
    with item.open() as stream:
        return stream.read()


def test_the_order_is_by_bytes_and_the_same_each_time(evidence_folder):
    for name in ("b/2.txt", "b/10.txt", "a.txt", "Z.txt", "é.txt", "b.txt"):
        (evidence_folder / name).parent.mkdir(exist_ok=True)
        (evidence_folder / name).write_text(name)
    first = list(walk(evidence_folder))
    assert taken(first) == ["Z.txt", "a.txt", "b/10.txt", "b/2.txt", "b.txt", "é.txt"]
    assert taken(walk(evidence_folder)) == taken(first)
    assert [content(item) for item in first] == [item.name.encode() for item in first]


def test_one_file_is_named_by_its_last_part(evidence_folder):
    (evidence_folder / "letter.txt").write_bytes(b"Dear all")
    (item,) = walk(evidence_folder / "letter.txt")
    assert (item.name, item.size, content(item)) == ("letter.txt", 8, b"Dear all")


def test_an_empty_file_is_taken(evidence_folder):
    (evidence_folder / "empty.txt").touch()
    (item,) = walk(evidence_folder)
    assert (item.size, content(item)) == (0, b"")


def test_nothing_at_the_path_is_an_error_with_help(evidence_folder):
    with pytest.raises(CollectError, match="gone: nothing can be taken in") as caught:
        walk(evidence_folder / "gone")
    assert caught.value.hint


def test_links_are_not_followed_but_named_with_their_target(evidence_folder, tmp_path):
    outside = tmp_path / "outside.txt"
    outside.write_text("not part of it")
    (evidence_folder / "link.txt").symlink_to(outside)
    (evidence_folder / "folder").symlink_to(tmp_path)
    (evidence_folder / "broken").symlink_to("nowhere")
    (evidence_folder / "loop").symlink_to("loop")
    items = list(walk(evidence_folder))
    assert taken(items) == []
    assert set(refused(items)) == {"link.txt", "folder", "broken", "loop"}
    assert str(outside) in refused(items)["link.txt"].reason
    assert "a link to loop" in refused(items)["loop"].reason


def test_a_path_that_is_a_loop_of_links_is_an_error(evidence_folder):
    (evidence_folder / "loop").symlink_to("loop")
    with pytest.raises(CollectError):
        walk(evidence_folder / "loop")


def test_the_named_path_itself_may_be_a_link(evidence_folder, tmp_path):
    (evidence_folder / "a.txt").write_text("a")
    (tmp_path / "shortcut").symlink_to(evidence_folder)
    assert taken(walk(tmp_path / "shortcut")) == ["a.txt"]


def test_pipes_and_sockets_are_refused_without_waiting(evidence_folder, monkeypatch):
    os.mkfifo(evidence_folder / "pipe")
    monkeypatch.chdir(evidence_folder)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
        items = list(walk(evidence_folder))
    (evidence_folder / "z.txt").write_text("z")
    assert {name: line.reason for name, line in refused(items).items()} == {
        "pipe": "a pipe, not a file",
        "socket": "a socket, not a file",
    }
    assert taken(walk(evidence_folder)) == ["z.txt"]


def test_devices_are_refused():
    (line,) = walk(Path(os.devnull))
    assert line.reason == "a device, not a file"


def test_the_systems_own_files_are_counted_and_other_dotfiles_taken(evidence_folder):
    for name in (".DS_Store", "Thumbs.db", "._letter.txt", ".hidden", "letter.txt"):
        (evidence_folder / name).write_text("x")
    (evidence_folder / "__MACOSX").mkdir()
    (evidence_folder / "__MACOSX" / "x").write_text("x")
    items = list(walk(evidence_folder))
    assert taken(items) == [".hidden", "letter.txt"]
    (line,) = refused(items).values()
    assert (line.count, line.routine) == (4, True)


def test_a_name_that_is_not_utf8_is_taken_with_its_bytes_shown(evidence_folder):
    (evidence_folder / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"menu")
    (item,) = walk(evidence_folder)
    assert item.name == "caf\\xe9.txt"
    assert item.remarks == ("the name is not UTF-8; its bytes are shown escaped",)
    assert content(item) == b"menu"


def test_a_direction_override_in_a_file_name_is_shown(evidence_folder):
    (evidence_folder / "photo\u202egpj.exe").write_bytes(b"MZ")
    (item,) = walk(evidence_folder)
    assert item.name == "photo\\u202egpj.exe"
    assert item.remarks == ("right-to-left override in the name",)


def test_a_large_sparse_file_is_opened_lazily(evidence_folder):
    with (evidence_folder / "disk.img").open("wb") as file:
        file.truncate(5 * 10**9)
    (item,) = walk(evidence_folder)
    assert item.size == 5 * 10**9
    with item.open() as stream:
        assert stream.read(10) == bytes(10)


def test_a_file_that_vanishes_is_refused_and_the_rest_goes_on(evidence_folder):
    for name in "abc":
        (evidence_folder / name).write_text(name)
    found = walk(evidence_folder)
    assert next(found).name == "a"
    (evidence_folder / "b").unlink()
    rest = list(found)
    assert taken(rest) == ["c"]
    assert refused(rest)["b"].reason == "no such file or directory"


def test_a_file_that_vanishes_after_the_walk_says_so_when_opened(evidence_folder):
    (evidence_folder / "a").write_text("a")
    (item,) = walk(evidence_folder)
    (evidence_folder / "a").unlink()
    with pytest.raises(CollectError, match="a: no such file"):
        item.open()


def test_a_file_that_was_exchanged_meanwhile_is_not_taken_for_the_first(evidence_folder):
    (evidence_folder / "a").write_text("first")
    (evidence_folder / "other").write_text("second")
    first, _ = walk(evidence_folder)
    (evidence_folder / "other").replace(evidence_folder / "a")
    with pytest.raises(CollectError, match="another file took its place"):
        first.open()


def test_a_link_that_takes_a_files_place_is_not_followed(evidence_folder, tmp_path):
    (tmp_path / "secret").write_text("secret")
    (evidence_folder / "a").write_text("first")
    (first,) = walk(evidence_folder)
    (evidence_folder / "a").unlink()
    (evidence_folder / "a").symlink_to(tmp_path / "secret")
    with pytest.raises(CollectError):
        first.open()


def test_folders_too_deep_for_a_path_are_refused_and_the_rest_goes_on(evidence_folder):
    name, levels = "d" * 200, []
    here = os.open(evidence_folder, os.O_RDONLY)
    for _ in range(30):
        os.mkdir(name, dir_fd=here)
        levels.append(here)
        here = os.open(name, os.O_RDONLY, dir_fd=here)
    os.close(here)
    try:
        (evidence_folder / "e.txt").write_text("e")
        items = list(walk(evidence_folder))
    finally:
        # From the inside out: nothing in the standard library removes folders as deep as these.
        for level in reversed(levels):
            os.rmdir(name, dir_fd=level)
            os.close(level)
    assert taken(items) == ["e.txt"]
    (line,) = refused(items).values()
    assert line.reason == "file name too long"


def test_what_may_not_be_read_is_refused_and_the_rest_goes_on(tmp_path):
    """As another user in a process of its own, since nothing is forbidden to the superuser."""
    script = textwrap.dedent(
        """
        import os, pathlib, sys
        from quoth.collect.files import Refused, walk
        top = pathlib.Path(sys.argv[1])
        if os.getuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        os.chdir("/")
        for item in walk(top):
            print("no" if isinstance(item, Refused) else "yes", item.name, getattr(item, "reason", ""), sep="|")
        """
    )
    open_folder = tmp_path / "open"
    open_folder.mkdir()
    (open_folder / "a.txt").write_text("a")
    (open_folder / "locked.txt").write_text("l")
    (open_folder / "shut").mkdir()
    (open_folder / "shut" / "inside.txt").write_text("i")
    (open_folder / "z.txt").write_text("z")
    (open_folder / "locked.txt").chmod(0)
    (open_folder / "shut").chmod(0)
    above = [one for one in open_folder.parents if one != one.parent and one.stat().st_uid == os.getuid()]
    before = {one: one.stat().st_mode for one in above}
    try:
        for one in above:
            one.chmod(one.stat().st_mode | 0o755)
        done = subprocess.run(
            [sys.executable, "-c", script, str(open_folder)], capture_output=True, text=True, check=False, timeout=60
        )
    finally:
        for one, mode in before.items():
            one.chmod(mode)
        (open_folder / "shut").chmod(0o755)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "yes|a.txt|",
        "no|locked.txt|permission denied",
        "no|shut|permission denied",
        "yes|z.txt|",
    ]


def test_mail_files_are_taken_whole(evidence_folder):
    (evidence_folder / "m.eml").write_bytes(
        b"From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\nContent-Type: application/zip\r\n\r\nPK\x03\x04 not here"
    )
    assert taken(walk(evidence_folder)) == ["m.eml"]


def test_nothing_is_written_to_disk(evidence_folder, tmp_path):
    (evidence_folder / "a.txt").write_text("a")
    before = sorted(tmp_path.rglob("*"))
    for item in walk(evidence_folder):
        content(item)
    assert sorted(tmp_path.rglob("*")) == before
