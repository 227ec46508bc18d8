"""quoth stamp against a real authority on loopback that answers rightly, wrongly, late or not at all."""

import io
import json
import socket
import subprocess
from pathlib import Path

import pytest

from quoth.case.casebook import Casebook
from quoth.case.projection.connect import close_database
from quoth.case.stamp_look import audit_stamps
from quoth.case.stamp_opinions import ask_library, ask_openssl
from quoth.cli.main import main
from quoth.custody.stamp import stamps_in
from quoth.custody.stamp_check import StampEvidence
from quoth.record.custody import Action, CaseNote
from quoth.record.finding import Outcome
from quoth.terms.digest import digest_of
from simulators import make_tokens, ots
from simulators.authority import Authority


@pytest.fixture(scope="module", name="authority")
def _authority(tmp_path_factory):
    with Authority(tmp_path_factory.mktemp("authority")) as served:
        yield served


@pytest.fixture(name="case")
def _case(tmp_path, monkeypatch):
    monkeypatch.setenv("QUOTH_KEYS", str(tmp_path / "keys"))
    monkeypatch.setenv("QUOTH_AUTHORITIES", str(tmp_path / "authorities.toml"))
    with Casebook.create(tmp_path / "case", CaseNote(title="The harbour"), by="desk"):
        pass
    yield tmp_path / "case"
    close_database()


def entries(case: Path):
    with Casebook.open(case) as book:
        return list(book.store.entries())


def stamp(case, *words):
    return main(["stamp", str(case), *map(str, words)])


def asking(authority, manner="honest"):
    return ("--authority", authority.url(manner), "--roots", authority.works.roots, "--yes")


def test_the_log_is_stamped_and_the_stamp_verifies_with_openssl_alone(case, authority, capsys, tmp_path):
    before = (case / "log" / "checkpoint").read_bytes()
    assert stamp(case, *asking(authority)) == 0
    assert "stamped: not later than 20" in capsys.readouterr().out
    asked, answered = entries(case)[-2:]
    assert (asked.action, answered.action) == (Action.DISCLOSED, Action.STAMPED)
    assert asked.note == f"stamp asked {authority.url()}"
    assert answered.note == f"stamp answered {authority.url()}"
    with Casebook.open(case) as book:
        subject, request, roots, answer = (book.store.read_object(one.digest) for one in answered.objects)
    assert subject == before
    sent, headers = authority.asked[-1]
    assert sent == request
    assert headers["Content-Type"] == "application/timestamp-query"
    for name, data in (("subject", subject), ("roots.pem", roots), ("answer.tsr", answer)):
        (tmp_path / name).write_bytes(data)
    command = ["openssl", "ts", "-verify", "-data", "subject", "-in", "answer.tsr", "-CAfile", "roots.pem"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout
    assert stamp(case, "--check") == 0
    shown = capsys.readouterr().out
    assert "holds       11-this-log: the first 2 entries of this log" in shown
    assert "does not say how much earlier" in shown
    assert "0 requests wait" in shown


def test_nothing_is_asked_unless_somebody_is_named_and_yes_was_said(case, authority, capsys, monkeypatch, tmp_path):
    count = len(authority.asked)
    assert stamp(case) == 2
    assert "no authority is named, so nothing was asked" in capsys.readouterr().err
    assert stamp(case, "--authority", authority.url()) == 3
    assert "root certificate is missing" in capsys.readouterr().err
    monkeypatch.setattr("sys.stdin", io.StringIO("show\nno\n"))
    assert stamp(case, *asking(authority)[:-1]) == 1
    shown = capsys.readouterr()
    assert "Nothing was sent." in shown.out
    digest = digest_of((case / "log" / "checkpoint").read_bytes()).removeprefix("sha256:")
    assert shown.err.count(digest) == 2
    assert f"To 127.0.0.1:{authority.server_address[1]} (this machine itself)" in shown.err
    assert len(authority.asked) == count
    assert len(entries(case)) == 2


REFUSED = {
    "wrong-nonce": "stamp-03-nonce",
    "expired": "stamp-06-certificates-at-that-time",
    "strange-chain": "stamp-08-openssl",
    "truncated": "stamp-01-answer",
    "refuses": "stamp-01-answer",
}


def test_a_wrong_answer_is_kept_as_refused_and_the_request_waits(case, authority, capsys):
    for manner, step in REFUSED.items():
        assert stamp(case, *asking(authority, manner)) == 1, manner
        told = capsys.readouterr().out
        assert f"refused: custody.{step}" in told
        assert "the request waits" in told
    with Casebook.open(case) as book:
        log = stamps_in(book.store.entries())
        assert len(log.refused) == len(log.waiting) == len(REFUSED)
        assert not log.answered
        assert list(audit_stamps(book)) == []
    assert stamp(case, "--check", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["kind"] for one in told["stamps"]] == ["refused"] * len(REFUSED)
    assert told["waiting"] == len(REFUSED)


NOTHING = {
    "error-500": "answered 500",
    "elsewhere": "points elsewhere, and that is not followed",
    "hangs-up": "closed the connection before its answer was whole",
    "huge": "gave more than 262144 bytes",
    "empty": "gave an empty answer",
}


def test_an_authority_that_gives_nothing_leaves_the_request_waiting(case, authority, capsys):
    for manner, words in NOTHING.items():
        assert stamp(case, *asking(authority, manner)) == 3, manner
        told = capsys.readouterr().out
        assert words in told
        assert "--send-queued" in told
    with Casebook.open(case) as book:
        log = stamps_in(book.store.entries())
    assert len(log.waiting) == len(NOTHING)
    assert not log.refused


def test_a_slow_authority_is_given_up_after_its_seconds(case, authority, capsys, tmp_path):
    (tmp_path / "roots.pem").write_bytes(authority.works.roots.read_bytes())
    (tmp_path / "authorities.toml").write_text(
        f'[[authority]]\nname = "slow"\nurl = "{authority.url("slow")}"\nroots = "roots.pem"\nseconds = 0.5\n'
        f'[[authority]]\nname = "quick"\nurl = "{authority.url()}"\nroots = "roots.pem"\n'
        f'policy = "1.3.6.1.4.1.55555.1.1.2"\n'
    )
    assert stamp(case, "--yes") == 3
    told = capsys.readouterr().out
    assert "did not answer within 0.5 seconds" in told
    assert "stamped: not later than" in told


def test_offline_requests_wait_and_are_sent_later(case, authority, capsys, monkeypatch):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}/"
    roots = authority.works.roots
    count = len(authority.asked)
    assert stamp(case, "--authority", authority.url(), "--roots", roots, "--queue") == 0
    assert "1 requests wait; nothing left" in capsys.readouterr().out
    assert len(authority.asked) == count
    assert stamp(case, "--authority", nobody, "--roots", roots, "--yes") == 3
    assert "refuses connections" in capsys.readouterr().out
    assert stamp(case, "--send-queued", "--yes") == 3
    told = capsys.readouterr().out
    assert "stamped: not later than" in told
    assert "refuses connections" in told
    with Casebook.open(case) as book:
        log = stamps_in(book.store.entries())
        assert [one.authority for one in log.waiting] == [nobody]
        (kept,) = log.answered
        (finding,) = audit_stamps(book)
    assert kept.asked_at <= kept.at
    assert finding.outcome is Outcome.HOLDS
    assert "not later than" in finding.grounds[0]
    assert any("revocation" in one for one in finding.limits)


def test_a_request_is_carried_by_hand_and_its_answer_taken_back(case, authority, capsys, tmp_path):
    request, answer = tmp_path / "log.tsq", tmp_path / "log.tsr"
    assert stamp(case, "--request-out", request, "--roots", authority.works.roots) == 0
    answer.write_bytes(authority.works.reply(request.read_bytes()))
    half = tmp_path / "half.tsr"
    half.write_bytes(answer.read_bytes()[:700])
    stranger = tmp_path / "stranger.tsr"
    stranger.write_bytes((make_tokens.FOLDER / "sorted.tsr").read_bytes())
    capsys.readouterr()
    for path, words in (
        (half, "ends too early"),
        (stranger, "answers none of the 1 requests"),
        (tmp_path / "nowhere", "cannot be read"),
        (request, "is no time stamp"),
    ):
        assert stamp(case, "--answer", path) == 3
        assert words in capsys.readouterr().err
    assert stamp(case, "--request-out", request, "--roots", authority.works.roots) == 3
    assert "is there already" in capsys.readouterr().err
    assert stamp(case, "--answer", answer) == 0
    assert "by the clock of by-hand" in capsys.readouterr().out
    assert stamp(case, "--answer", answer) == 3
    assert "is kept already" in capsys.readouterr().err
    assert len(entries(case)) == 4


def test_certificates_out_of_order_are_accepted_and_the_disagreement_is_shown(case, authority, capsys):
    assert stamp(case, *asking(authority, "reordered")) == 0
    told = capsys.readouterr().out
    assert "stamped: not later than" in told
    assert "they disagree: OpenSSL accepts it, rfc3161-client refuses it" in told
    with Casebook.open(case) as book:
        (finding,) = audit_stamps(book)
    assert finding.outcome is Outcome.HOLDS
    assert any("they disagree" in one for one in finding.grounds)


def test_a_clock_set_back_is_told_in_a_clear_line(case, authority, capsys):
    assert stamp(case, *asking(authority, "fast")) == 3
    assert "one of the two clocks is wrong" in capsys.readouterr().out
    assert stamp(case, *asking(authority, "set-back")) == 1
    assert "this authority's clock was set back" in capsys.readouterr().out
    assert stamp(case, "--check") == 3


def test_an_item_is_stamped_and_its_digest_said_to_be_known_to_others(case, authority, capsys, tmp_path, monkeypatch):
    (tmp_path / "letter.txt").write_text("Olen Varga said no.\n", encoding="utf-8")
    assert main(["add", str(case), str(tmp_path / "letter.txt")]) == 0
    digest = digest_of((tmp_path / "letter.txt").read_bytes())
    capsys.readouterr()
    with Casebook.open(case) as book:
        (held,) = book.spoken().exhibits.values()
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert stamp(case, "--item", held.id, "--authority", authority.url(), "--roots", authority.works.roots) == 1
    assert "can see from the digest that you have it too" in capsys.readouterr().err
    assert stamp(case, "--item", held.id, *asking(authority)) == 0
    assert authority.asked[-1][0][-60:].find(bytes.fromhex(digest.removeprefix("sha256:"))) >= 0
    assert stamp(case, "--check") == 0
    assert f"the object {digest}" in capsys.readouterr().out
    place = case / "objects" / digest[7:9] / digest[9:]
    place.chmod(0o644)
    place.write_text("Olen Varga said so.\n", encoding="utf-8")
    assert stamp(case, "--check") == 1
    assert "is damaged" in capsys.readouterr().out


def test_what_is_only_cited_or_not_there_is_not_stamped(case, authority, capsys):
    assert main(["cite", str(case), "the harbour's log book", "--said-by", "Olen Varga"]) == 0
    capsys.readouterr()
    with Casebook.open(case) as book:
        (cited,) = book.spoken().exhibits.values()
    for item, words in ((cited.id, "only cited"), ("x-none", "no item x-none")):
        assert stamp(case, "--item", item, *asking(authority)) == 3
        assert words in capsys.readouterr().err


def test_an_opentimestamps_proof_is_kept_and_not_called_verified(case, authority, capsys, tmp_path):
    subject, proof = tmp_path / "log.txt", tmp_path / "log.txt.ots"
    assert stamp(case, "--subject-out", subject) == 0
    data = ots.usual(bytes.fromhex(digest_of(subject.read_bytes()).removeprefix("sha256:")))[0]
    proof.write_bytes(data)
    assert stamp(case, *asking(authority)) == 0  # the log goes on
    assert stamp(case, "--proof", proof) == 0
    assert "Bitcoin block 700000, whose header would hold" in capsys.readouterr().out
    assert stamp(case, "--check") == 0
    assert "NOT verified against Bitcoin" in capsys.readouterr().out
    with Casebook.open(case) as book:
        finding = list(audit_stamps(book))[-1]
    assert finding.check == "custody.stamp-12-opentimestamps"
    assert "not verified against Bitcoin" in finding.limits[0]
    proof.write_bytes(make_tokens.FOLDER.joinpath("subject.ots").read_bytes())
    assert stamp(case, "--proof", proof) == 3
    assert "which is not in this case" in capsys.readouterr().err
    proof.write_bytes(data[:-1])
    assert stamp(case, "--proof", proof) == 3
    assert "ends too early" in capsys.readouterr().err


def test_a_signed_checkpoint_is_stamped_with_its_signature(case, authority, capsys, tmp_path, monkeypatch):
    assert main(["keys", "new", "Ada", "--folder", str(tmp_path / "keys")]) == 0
    assert main(["keys", "add", str(case), "Ada"]) == 0
    assert stamp(case, *asking(authority), "--by", "Ada") == 0
    answered = entries(case)[-1]
    with Casebook.open(case) as book:
        subject = book.store.read_object(answered.objects[0].digest)
    assert "\n\u2014 quoth/" in subject.decode()
    assert stamp(case, "--check") == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[authority]", "cannot be read"),
        ('[[authority]]\nname = "a"\n', "without name, url and roots"),
        ('[[authority]]\nname = "a"\nurl = "ftp://x/"\nroots = "roots.pem"\n', "not an http or https"),
        ('[[authority]]\nname = "a"\nurl = "http://x/"\nroots = "missing.pem"\n', "missing.pem cannot be read"),
        ('[[authority]]\nname = "a"\nurl = "http://x/"\nroots = "authorities.toml"\n', "cannot be read"),
        ('[[authority]]\nname = "a"\nurl = "http://x/"\nroots = "leaf.pem"\n', "no root is among"),
        ('[[authority]]\nname = "a"\nurl = "http://x/"\nroots = "roots.pem"\nseconds = 0\n', "no time to wait"),
        ('[[authority]]\nname = "a"\nurl = "http://x/"\nroots = "roots.pem"\npolicy = "my"\n', "no object identifier"),
        ("else = 1\n", "names no authority"),
    ],
)
def test_a_file_of_authorities_that_cannot_be_used_is_one_clear_line(case, authority, capsys, tmp_path, text, words):
    (tmp_path / "authorities.toml").write_text(text)
    (tmp_path / "roots.pem").write_bytes(authority.works.roots.read_bytes())
    (tmp_path / "leaf.pem").write_bytes(authority.works.chain.signer.pem)
    assert stamp(case, "--authority", "a", "--yes") == 3
    assert words in capsys.readouterr().err


def test_a_tool_that_is_missing_or_slow_has_no_opinion(monkeypatch, tmp_path):
    names = ("subject.txt", "request.tsq", "sorted.tsr", "roots.pem")
    subject, request, answer, roots = ((make_tokens.FOLDER / one).read_bytes() for one in names)
    evidence = StampEvidence(subject=digest_of(subject), request=request, answer=answer, certificates=roots)
    assert "did not end within" in ask_openssl(evidence, seconds=0.000001).words
    assert ask_library(evidence, seconds=0.000001).accepts is None
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "openssl is not on this machine" in ask_openssl(evidence).words
