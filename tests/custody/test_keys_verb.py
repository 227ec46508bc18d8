"""quoth keys, quoth log and quoth audit from the command line, as people use them."""

import json
import shutil
from pathlib import Path

import pytest

from custody.people import ADA
from quoth.case import keys
from quoth.case.casebook import Casebook
from quoth.cli.main import main
from quoth.custody.key_files import read_key_file, write_key
from quoth.custody.signing import SigningKey
from quoth.errors import CustodyError
from quoth.record.custody import CaseNote


@pytest.fixture(name="desk_at_work")
def _desk_at_work(tmp_path, monkeypatch, capsys):
    """A case, a folder of keys, and a function that runs a verb and gives exit code, output and complaint."""
    monkeypatch.setenv("QUOTH_KEYS", str(tmp_path / "keys"))
    monkeypatch.chdir(tmp_path)

    def run(*words: str) -> tuple[int, str, str]:
        code = main(words)
        told = capsys.readouterr()
        return code, told.out, told.err

    assert run("init", "case", "--title", "The harbour")[0] == 0
    return run


def say(name: str, title: str) -> None:
    with Casebook.open(Path("case")) as book:
        book.enter([CaseNote(title=title)], by=name)


def test_two_people_a_new_key_and_a_lost_one(desk_at_work, tmp_path) -> None:
    run = desk_at_work
    assert run("keys", "new", "Ada")[0] == 0
    assert run("keys", "new", "Bea", "--folder", "bea")[0] == 0
    assert run("keys", "add", "case", "Ada")[0] == 0
    say("Ada", "said by Ada")
    assert run("keys", "add", "case", "Bea", "--key", "bea/Bea.pub", "--by", "Ada")[0] == 0
    assert run("keys", "new", "Ada")[0] == 0
    (new,) = (tmp_path / "keys").glob("Ada-*.pub")
    assert run("keys", "change", "case", "Ada", "--key", str(new))[0] == 0
    say("Ada", "said again")
    assert run("keys", "new", "Bea", "--folder", "bea2")[0] == 0
    code, out, _ = run(
        "keys", "succeed", "case", "Bea", "--key", "bea2/Bea.pub", "--by", "Ada", "--reason", "lost", "--json"
    )
    assert code == 0
    assert json.loads(out)["how"] == "succeeded"
    code, out, _ = run("keys", "list", "case", "--signers", "signers", "--json")
    assert [(one["name"], one["how"], one["vouched_by"], one["here"]) for one in json.loads(out)] == [
        ("Ada", "first", "", True), ("Bea", "added", "Ada", False),
        ("Ada", "rotated", "", True), ("Bea", "succeeded", "Ada", False),
    ]  # fmt: skip
    assert Path("signers").read_text().count("ssh-ed25519") == 4
    code, out, _ = run("audit", "case")
    assert code == 0, out
    assert "7 signed" not in out
    assert "6 signed checkpoints by 4 keys of members" in out
    assert run("keys", "list", "case")[1].count("\n") == 4


def test_whoever_signs_cannot_act_without_the_key(desk_at_work, tmp_path) -> None:
    run = desk_at_work
    run("keys", "new", "Ada")
    run("keys", "add", "case", "Ada")
    (tmp_path / "keys").rename(tmp_path / "away")
    code, _, err = run("cite", "case", "ledger", "--said-by", "B. C.", "--by", "Ada")
    assert code == 3
    assert "Ada signs in this case, and that key" in err
    assert "nothing was entered" in err
    assert run("cite", "case", "ledger", "--said-by", "B. C.")[0] == 0  # the desk has no key
    assert run("audit", "case")[0] == 0


def test_a_crash_s_unsigned_entries_are_signed_after_a_look(desk_at_work, monkeypatch, capsys) -> None:
    run = desk_at_work
    run("keys", "new", "Ada")
    run("keys", "add", "case", "Ada")
    with Casebook.open(Path("case")) as book:
        book.store.signer = None  # as if the process had died between log and signature
        book.enter([CaseNote(title="unsigned")], by="Ada")
    assert run("audit", "case")[0] == 3
    monkeypatch.setattr("sys.stdin.readline", lambda: "no\n", raising=False)
    assert main(["keys", "sign", "case", "Ada"]) == 1
    assert run("keys", "sign", "case", "Ada", "--yes")[1] == "Signed 1 entries\n"
    assert run("keys", "sign", "case", "Ada", "--json")[1] == '{\n "signed": 0\n}\n'
    assert run("audit", "case")[0] == 0


def test_a_key_under_a_passphrase(desk_at_work, tmp_path, monkeypatch) -> None:
    asked = []
    monkeypatch.setattr("getpass.getpass", lambda prompt: asked.append(prompt) or "three plain words")
    run = desk_at_work
    assert run("keys", "new", "Ada", "--passphrase")[0] == 0
    assert (tmp_path / "keys/Ada").read_bytes().startswith(b"age-encryption.org/v1\n")
    assert run("keys", "add", "case", "Ada")[0] == 0
    assert len(asked) == 3
    assert run("audit", "case")[0] == 0

    def no_terminal(prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("getpass.getpass", no_terminal)
    code, _, err = run("cite", "case", "ledger", "--said-by", "B. C.", "--by", "Ada")
    assert (code, "there is no terminal" in err) == (3, True)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["keys", "new"], 2, "WORD"),
        (["keys", "new", "a", "b"], 2, "1 words wanted"),
        (["keys", "lose", "case"], 2, "invalid choice"),
        (["keys", "new", "Ada*"], 3, "not a name that the log can carry"),
        (["keys", "new", "Ada", "--folder", "case/objects"], 3, "does not belong into a case"),
        (["keys", "add", "case", "Ada"], 3, "Ada.pub cannot be read"),
        (["keys", "add", "nowhere", "Ada"], 3, "no case at nowhere"),
        (["keys", "change", "case", "Ada"], 2, "--key is missing"),
        (["keys", "succeed", "case", "Ada"], 2, "--key is missing"),
        (["keys", "sign", "case", "Ada"], 3, "has no key in this case"),
        (["log", "case", "--prove", "99"], 2, "the log has no entry 99"),
        (["log", "case", "--prove", "0", "--checkpoint"], 2, "not allowed with"),
        (["audit", "case", "--scrub", "0%"], 2, "not a share"),
        (["audit", "case", "--against", "nothing"], 2, "cannot be read"),
        (["audit", "case", "--repair-from", "nowhere"], 3, "is no folder"),
    ],
)
def test_wrong_use_is_one_clear_line(desk_at_work, words, code, told) -> None:
    found, _, err = desk_at_work(*words)
    assert (found, told in err) == (code, True), err


def test_a_change_against_the_rules_enters_nothing(desk_at_work) -> None:
    run = desk_at_work
    for name in ("Ada", "Bea", "Cid"):
        run("keys", "new", name)
    run("keys", "add", "case", "Ada")
    size = Casebook.open(Path("case")).store.head()
    for words in (
        ("add", "case", "Bea"),
        ("add", "case", "Ada", "--by", "Ada"),
        ("add", "case", "Bea", "--key", "keys/Ada.pub", "--by", "Ada"),
        ("succeed", "case", "Ada", "--key", "keys/Bea.pub", "--by", "Ada"),
        ("succeed", "case", "Bea", "--key", "keys/Bea.pub", "--by", "Ada"),
        ("change", "case", "Bea", "--key", "keys/Bea.pub"),
    ):
        code, _, err = run("keys", *words)
        assert (code, err.startswith("quoth: ")) == (3, True), words
    assert Casebook.open(Path("case")).store.head() == size


def test_key_files_are_closed_to_others_and_never_written_over(tmp_path) -> None:
    path = write_key(tmp_path / "keys", "ada", ADA, passphrase="")
    assert path.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700
    assert read_key_file(path, "").public == ADA.public
    with pytest.raises(CustodyError, match="is there already"):
        write_key(tmp_path / "keys", "ada", SigningKey.new(), passphrase="")
    path.chmod(0o644)
    with pytest.raises(CustodyError, match="can be read by other users"):
        read_key_file(path, "")
    with pytest.raises(CustodyError, match="could not be written"):
        write_key(path / "below", "ada", ADA, passphrase="")
    (tmp_path / "keys/odd.pub").write_bytes(b"\xff")
    with pytest.raises(CustodyError, match="is no public key"):
        keys.public_of(tmp_path / "keys/odd.pub")


def test_a_key_beside_a_public_key_of_another_is_refused(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("QUOTH_KEYS", str(tmp_path))
    write_key(tmp_path, "ada", ADA, passphrase="")
    other = SigningKey.new()
    (tmp_path / "ada.pub").write_text(other.public.line)
    with pytest.raises(CustodyError, match="two different keys"):
        keys.private_of(other.public)


@pytest.mark.parametrize(
    ("variables", "place"), [({"XDG_CONFIG_HOME": "/x"}, "/x/quoth/keys"), ({"QUOTH_KEYS": "/k"}, "/k")]
)
def test_where_keys_lie(monkeypatch, variables, place) -> None:
    monkeypatch.delenv("QUOTH_KEYS", raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert keys.key_folder() == Path(place)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.delenv("QUOTH_KEYS", raising=False)
    assert keys.key_folder() == Path.home() / ".config/quoth/keys"


def test_a_fork_between_two_machines_a_scrub_and_a_repair(desk_at_work) -> None:
    run = desk_at_work
    run("keys", "new", "Ada")
    run("keys", "add", "case", "Ada")
    shutil.copytree("case", "other")
    say("Ada", "here")
    run("cite", "other", "there", "--said-by", "B. C.", "--by", "Ada")
    code, note, _ = run("log", "other", "--checkpoint")
    assert code == 0
    Path("other.note").write_text(note)
    code, out, _ = run("audit", "case", "--against", "other.note")
    assert code == 1
    assert "two histories: 4 entries" in out
    assert "signed by Ada" in out
    assert run("audit", "case")[0] == 1  # the evidence stays
    shutil.rmtree("case/log/forks")
    for number in (0, 1, 2, 3):
        assert json.loads(run("log", "case", "--prove", str(number), "--json")[1])["text"].startswith(
            "c2sp.org/tlog-proof@v1"
        )
    assert run("log", "case", "--consistency", "2")[1].startswith("old 2\n")
    assert run("audit", "case", "--scrub", "50%")[0] == 0
    assert run("audit", "case", "--minutes", "1")[0] == 0
    assert "scrub: " in run("log", "case")[1]
    victim = next(path for path in Path("case/objects").glob("*/*") if Path("other", *path.parts[1:]).exists())
    victim.chmod(0o644)
    victim.write_bytes(b"rotten")
    assert run("audit", "case", "--scrub", "100%")[0] == 1
    code, out, _ = run("audit", "case", "--repair-from", "other", "--by", "Ada")
    assert code == 0, out
    assert "put right, damaged bytes: damaged/" in out
    assert json.loads(run("audit", "case", "--json")[1])[0]["outcome"] == "holds"
