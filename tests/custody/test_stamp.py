"""Time stamps: every step has an answer that fails it and no other; OpenSSL is asked for real."""

import dataclasses
import datetime
import hashlib
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.case.stamp_opinions import ask_library, ask_openssl
from quoth.custody import stamp_second
from quoth.custody.stamp import BY_HAND, StampKind, note_of_stamp, stamps_in
from quoth.custody.stamp_answer import parse_answer
from quoth.custody.stamp_check import Earlier, Opinion, StampEvidence, StampStep, certificates_in, check_stamp
from quoth.custody.stamp_der import read_der, write_der, write_integer, write_oid
from quoth.custody.stamp_request import make_request, parse_request
from quoth.errors import CustodyError
from quoth.record.custody import GENESIS, Action, CustodyEntry, ObjectRef
from quoth.record.finding import Outcome
from quoth.terms.digest import digest_of
from simulators import make_tokens, token
from simulators.authority import MANNERS, Clockwork, asked_in
from simulators.chain import make_chain

SUBJECT = b"the checkpoint of an invented case\n"
NONCE = 0xDEADBEEF12345678
KEPT = make_tokens.FOLDER
YES, NO = (
    Opinion(tool="OpenSSL", accepts=True),
    Opinion(tool="OpenSSL", accepts=False, words="certificate verify error"),
)
SECOND = Opinion(tool="rfc3161-client", accepts=True)


@pytest.fixture(scope="module", name="works")
def _works(tmp_path_factory):
    return Clockwork(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module", name="asked")
def _asked():
    return make_request(hashlib.sha256(SUBJECT).digest(), nonce=NONCE)


@pytest.fixture(scope="module", name="honest")
def _honest(works, asked):
    return StampEvidence(
        subject=digest_of(SUBJECT),
        request=asked,
        answer=works.reply(asked),
        certificates=works.roots.read_bytes(),
        about="these bytes",
    )


def second(evidence) -> Opinion:
    """The library's opinion, in this process."""
    imprint = bytes.fromhex(evidence.subject.removeprefix("sha256:"))
    told = stamp_second.judged(evidence.answer, evidence.certificates, nonce=NONCE, imprint=imprint)
    return Opinion(
        tool="rfc3161-client", accepts=told["accepts"], could_read=told["could_read"], words=str(told["words"])
    )


def both(evidence):
    return check_stamp(evidence, openssl=ask_openssl(evidence), library=second(evidence))


FAILS = {
    "wrong-nonce": (StampStep.NONCE, "not the request's", False),
    "wrong-imprint": (StampStep.IMPRINT, "about other bytes", False),
    "wrong-hash": (StampStep.IMPRINT, "over SHA-512, not over the SHA-256", False),
    "expired": (StampStep.VALIDITY, "had expired by", False),
    "not-yet": (StampStep.VALIDITY, "was not valid yet", False),
    "no-use": (StampStep.USE, "does not say that it is for time stamps", False),
    "use-not-critical": (StampStep.USE, "marked critical", False),
    "strange-chain": (StampStep.REFERENCE, "unable to get local issuer certificate", False),
    "other-words": (StampStep.SIGNER, "signs other words", False),
    "bad-signature": (StampStep.REFERENCE, "signature failure", False),
    "truncated": (StampStep.ANSWER, "ends too early", False),
    "trailing": (StampStep.ANSWER, "1 bytes stand after its end", True),
    "huge": (StampStep.ANSWER, "no time stamp is that long", True),
    "refuses": (StampStep.ANSWER, "closed for stocktaking; it has no clock to go by", False),
    "not-asn1": (StampStep.ANSWER, "is no time stamp", False),
    "empty": (StampStep.ANSWER, "is empty", False),
}
"""The step that fails, its words, and whether OpenSSL accepts it nevertheless."""


@pytest.mark.parametrize("manner", sorted(FAILS))
def test_what_is_wrong_fails_its_own_step_and_no_other(works, asked, honest, manner):
    step, words, accepted = FAILS[manner]
    evidence = dataclasses.replace(honest, answer=MANNERS[manner](works, asked))
    openssl = ask_openssl(evidence)
    report = check_stamp(evidence, openssl=openssl, library=second(evidence))
    assert (report.outcome, report.worst.step) == (Outcome.FAILS, step)
    assert words in report.worst.ground
    assert [one.outcome for one in report.steps[:-1]] == [Outcome.HOLDS] * (len(report.steps) - 1)
    assert openssl.accepts is accepted
    assert openssl.told() in report.worst.ground
    assert "rfc3161-client refuses it" in report.worst.ground


def test_every_manner_is_tried():
    good = {"honest", "reordered", "openssl-reordered", "set-back", "fast"}
    assert set(FAILS) | good == set(MANNERS)
    assert {step for step, _, _ in FAILS.values()} >= set(StampStep) - {
        StampStep.POLICY,
        StampStep.SECOND,
        StampStep.ORDER,
        StampStep.LOG,
        StampStep.PROOF,
    }


def test_an_honest_stamp_holds_in_every_step(honest):
    report = both(honest)
    assert [one.outcome for one in report.steps] == [Outcome.HOLDS] * 11
    assert [one.step for one in report.steps] == list(StampStep)[:11]
    assert report.token.accuracy == 1_500_000
    assert "1.3.6.1.4.1.55555.1.1" in report.steps[3].ground
    assert "OpenSSL accepts it" in report.steps[7].ground


@pytest.mark.parametrize("manner", ["reordered", "openssl-reordered"])
def test_certificates_out_of_order_hold_and_the_disagreement_is_shown(works, asked, honest, manner):
    evidence = dataclasses.replace(honest, answer=MANNERS[manner](works, asked))
    if manner == "openssl-reordered":
        evidence = dataclasses.replace(evidence, certificates=(works.folder / "long" / "roots.pem").read_bytes())
    opinion = second(evidence)
    assert (opinion.accepts, opinion.could_read) == (False, False)
    report = both(evidence)
    assert report.outcome is Outcome.HOLDS
    told = next(one for one in report.steps if one.step is StampStep.SECOND).ground
    assert "they disagree" in told
    assert "InvalidSetOrdering" in told
    assert "OpenSSL is the reference" in told


def test_the_policy_asked_for_must_be_the_one_given(works, honest):
    digest = hashlib.sha256(SUBJECT).digest()
    for policy, outcome in (("1.3.6.1.4.1.55555.1.1.2", Outcome.HOLDS), ("1.3.6.1.4.1.55555.9", Outcome.FAILS)):
        request = make_request(digest, nonce=NONCE, policy=policy)
        answer = works.reply(request) if outcome is Outcome.HOLDS else works.by_hand(request)
        evidence = dataclasses.replace(honest, request=request, answer=answer)
        report = check_stamp(evidence, openssl=YES, library=SECOND)
        step = next(one for one in report.steps if one.step is StampStep.POLICY)
        assert (step.outcome, report.outcome) == (outcome, outcome)


def test_opinions_that_differ_are_told_and_openssl_is_the_reference(honest):
    no = dataclasses.replace(SECOND, accepts=False, words="Nonce mismatch")
    unheard = dataclasses.replace(YES, accepts=None, words="openssl is not on this machine")
    table = [
        (YES, no, Outcome.CANNOT_TELL, StampStep.SECOND, "they disagree"),
        (NO, SECOND, Outcome.FAILS, StampStep.REFERENCE, "rfc3161-client accepts it"),
        (unheard, SECOND, Outcome.NOT_CHECKED, StampStep.REFERENCE, "not on this machine"),
        (unheard, no, Outcome.NOT_CHECKED, StampStep.REFERENCE, "not on this machine"),
        (YES, dataclasses.replace(SECOND, accepts=None), Outcome.NOT_CHECKED, StampStep.SECOND, "was not heard"),
    ]
    for openssl, library, outcome, step, words in table:
        worst = check_stamp(honest, openssl=openssl, library=library).worst
        assert (worst.outcome, worst.step) == (outcome, step)
        assert words in worst.ground


def test_a_clock_set_back_is_told(works, asked, honest):
    said = parse_answer(honest.answer).token
    signer = said.signer_certificate()
    other = make_chain("Elsewhere").signer.der
    late = said.instant + datetime.timedelta(hours=1)
    for who, outcome, words in (
        (signer, Outcome.FAILS, "this authority's clock was set back"),
        (other, Outcome.CANNOT_TELL, "one of the two authorities' clocks is wrong"),
    ):
        earlier = (Earlier(seq=4, instant=late, accuracy=None, signer=who),)
        report = check_stamp(dataclasses.replace(honest, earlier=earlier), openssl=YES, library=SECOND)
        assert (report.outcome, report.worst.step) == (outcome, StampStep.ORDER)
        assert words in report.worst.ground
        assert "entry 4" in report.worst.ground
    earlier = (Earlier(seq=4, instant=said.instant, accuracy=0, signer=signer),)
    assert (
        check_stamp(dataclasses.replace(honest, earlier=earlier), openssl=YES, library=SECOND).outcome is Outcome.HOLDS
    )


@pytest.mark.parametrize(("manner", "words"), [("set-back", "before it was asked for"), ("fast", "after it came")])
def test_an_authority_far_from_our_clock_cannot_be_told(works, asked, honest, manner, words):
    now = datetime.datetime.now(tz=datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    answer = MANNERS[manner](works, asked)
    evidence = dataclasses.replace(honest, answer=answer, asked_at=now, kept_at=now)
    report = check_stamp(evidence, openssl=YES, library=SECOND)
    assert (report.outcome, report.worst.step) == (Outcome.CANNOT_TELL, StampStep.ORDER)
    assert words in report.worst.ground
    assert "one of the two clocks is wrong" in report.worst.ground


def test_a_stamp_of_another_history_fails_the_last_step(honest):
    evidence = dataclasses.replace(honest, log_fault="it is about another history of this log")
    report = check_stamp(evidence, openssl=YES, library=SECOND)
    assert (report.outcome, report.worst.step) == (Outcome.FAILS, StampStep.LOG)


def test_certificates_that_cannot_be_read_are_one_clear_line(honest):
    evidence = dataclasses.replace(
        honest, certificates=b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
    )
    assert ask_openssl(evidence).accepts is None
    assert second(evidence).accepts is False
    report = check_stamp(evidence, openssl=YES, library=SECOND)
    assert (report.outcome, report.worst.step) == (Outcome.FAILS, StampStep.SIGNER)
    with pytest.raises(CustodyError, match="cannot be read"):
        certificates_in(b"nothing")


# Old tokens, kept


def kept_evidence(name: str) -> StampEvidence:
    subject, request, answer, roots = (
        (KEPT / one).read_bytes() for one in ("subject.txt", "request.tsq", name, "roots.pem")
    )
    return StampEvidence(subject=digest_of(subject), request=request, answer=answer, certificates=roots)


@pytest.mark.parametrize("name", ["sorted.tsr", "reordered.tsr", "alone.tsr", "openssl.tsr"])
def test_a_token_of_long_ago_still_verifies(name):
    evidence = kept_evidence(name)
    report = check_stamp(evidence, openssl=ask_openssl(evidence), library=ask_library(evidence))
    assert report.outcome is Outcome.HOLDS, report.worst.ground
    if name != "openssl.tsr":
        assert report.token.instant == datetime.datetime(2019, 4, 2, 9, 30, tzinfo=datetime.UTC)
        assert "valid until 2020-01-01" in report.steps[5].ground


def test_the_maker_still_makes_the_same_tokens():
    for name, data in make_tokens.made().items():
        assert (KEPT / name).read_bytes() == data, name


def test_the_kept_token_verifies_with_openssl_alone(tmp_path):
    command = ["openssl", "ts", "-verify", "-data", "subject.txt", "-in", "reordered.tsr", "-CAfile", "roots.pem"]
    at = str(int(datetime.datetime(2019, 4, 2, 9, 30, tzinfo=datetime.UTC).timestamp()))
    done = subprocess.run([*command, "-attime", at], cwd=KEPT, capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout


# Bytes


def test_openssl_reads_our_request_and_we_read_its(asked):
    told = asked_in(asked)
    assert told == {"imprint": hashlib.sha256(SUBJECT).digest(), "nonce": NONCE}
    command = ["openssl", "ts", "-query", "-sha256", "-digest", told["imprint"].hex(), "-cert", "-tspolicy", "1.2.3"]
    theirs = parse_request(subprocess.run(command, capture_output=True, check=True).stdout)
    assert (theirs.imprint, theirs.policy) == (told["imprint"], "1.2.3")


@pytest.mark.parametrize(
    "data", [b"", b"\x30", b"\x30\x80\x00\x00", b"\x30\x81\x05" + bytes(5), b"\x3f\x21\x00", b"\x02\x01\x05"]
)
def test_what_is_no_request_is_refused(data):
    with pytest.raises(CustodyError):
        parse_request(data)


@pytest.mark.parametrize("value", [0, 1, 127, 128, 255, 256, 2**63, 2**64 - 1])
def test_numbers_are_read_as_written(value):
    assert read_der(write_integer(value)).integer() == value


@pytest.mark.parametrize("dotted", ["1.2.840.113549.1.9.16.1.4", "0.39.1", "2.999.1", "2.16.840.1.101.3.4.2.1"])
def test_identifiers_are_read_as_written(dotted):
    assert read_der(write_oid(dotted)).oid() == dotted


@pytest.mark.parametrize("dotted", ["", "1", "1.40.1", "3.1.1", "1.2.-3", "1.2.x", "1..2"])
def test_what_is_no_identifier_is_refused(dotted):
    with pytest.raises(CustodyError):
        write_oid(dotted)


@pytest.mark.parametrize("body", [b"20261122045829Z", b"20261122045829.5Z"])
def test_instants_are_read(body):
    assert read_der(write_der(0x18, body)).instant().second == 29


@pytest.mark.parametrize("body", [b"", b"2026112204Z", b"20261122045829", b"20261322045829Z", b"20261122045829.50Z"])
def test_what_is_no_instant_is_refused(body):
    with pytest.raises(CustodyError):
        read_der(write_der(0x18, body)).instant()


def swapped(old: bytes, new: bytes) -> bytes:
    """The kept answer with bytes of the same length in the place of others."""
    data = (KEPT / "alone.tsr").read_bytes()
    assert len(old) == len(new)
    assert old in data
    return data.replace(old, new)


ESS = token.oid("1.2.840.113549.1.9.16.2.47")
STATUS = token.der(0x30, token.number(0))


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (token.der(0x30, STATUS, STATUS, STATUS), "more than two parts|a part is missing"),
        (token.der(0x30, STATUS, token.der(0x30, token.oid("1.2.3"), token.der(0xA0))), "not signed data"),
        (token.der(0x30), "a part is missing"),
        (token.der(0x31, STATUS), "expected tag 0x30, found 0x31"),
        (swapped(token.oid("1.2.840.113549.1.9.16.1.4"), token.oid("1.2.840.113549.1.9.16.1.5")), "than time"),
        (swapped(ESS, token.oid("1.2.840.113549.1.9.16.2.46")), "does not name the certificate"),
        (swapped(token.oid("1.2.840.113549.1.9.3"), token.oid("1.2.840.113549.1.9.4")), "an attribute twice"),
        (swapped(b"\x30\x03\x02\x01\x01", b"\x30\x03\x02\x01\xff"), "accuracy cannot be read"),
        (swapped(b"\x18\x0f2019", b"\x18\x0f2O19"), "a time is not written"),
        (swapped(b"\x02\x01\x07\x18", b"\x03\x01\x07\x18"), "expected tag 0x02, found 0x03"),
        (
            swapped(b"\x02\x01\x01" + token.oid(token.POLICY), b"\x02\x01\x02" + token.oid(token.POLICY)),
            "has version 2",
        ),
    ],
)
def test_what_is_no_answer_is_refused_in_words(answer, words):
    with pytest.raises(CustodyError, match=words):
        parse_answer(answer)


@settings(max_examples=50)
@given(data=st.data())
def test_no_change_of_an_answer_breaks_the_reader(data):
    evidence = kept_evidence("sorted.tsr")
    answer = bytearray(evidence.answer)
    for _ in range(data.draw(st.integers(min_value=1, max_value=3))):
        answer[data.draw(st.integers(min_value=0, max_value=len(answer) - 1))] ^= data.draw(st.integers(1, 255))
    answer = answer[: data.draw(st.integers(min_value=0, max_value=len(answer)))] or answer
    changed = dataclasses.replace(evidence, answer=bytes(answer))
    assert check_stamp(changed, openssl=NO, library=SECOND).outcome is Outcome.FAILS


# The log


def entry(seq, kind, count, *, note="", action=None):
    objects = tuple(ObjectRef(digest=digest_of(f"{one}".encode()), size=1) for one in range(count))
    return CustodyEntry(
        seq=seq,
        prev=GENESIS,
        action=action or kind.action,
        at=f"2031-05-02T09:00:{seq:02d}Z",
        by="desk",
        objects=objects,
        note=note or note_of_stamp(kind, "http://stamps.example/"),
    )


def test_a_request_waits_until_its_stamp_has_come():
    entries = [entry(1, StampKind.QUEUED, 3), entry(2, StampKind.ASKED, 3), entry(3, StampKind.REFUSED, 4)]
    log = stamps_in(entries)
    assert [one.seq for one in log.waiting] == [2]
    assert [(one.seq, one.asked_at) for one in log.refused] == [(3, "2031-05-02T09:00:01Z")]
    log = stamps_in([*entries, entry(4, StampKind.ANSWERED, 4), entry(5, StampKind.PROOF, 2)])
    assert not log.waiting
    assert log.answered[0].answer == digest_of(b"3")
    assert log.answered[0].certificates == digest_of(b"2")
    assert log.proofs[0].answer == digest_of(b"1")


def test_entries_of_another_form_are_left_alone():
    others = [
        entry(1, StampKind.ASKED, 2),
        entry(2, StampKind.ANSWERED, 4, action=Action.DISCLOSED),
        entry(3, StampKind.ASKED, 3, note="sent for statements"),
        entry(4, StampKind.ASKED, 3, action=Action.RECEIVED),
    ]
    log = stamps_in(others)
    assert (log.answered, log.waiting, log.refused, log.proofs) == ((), (), (), ())
    with pytest.raises(CustodyError, match="no address has"):
        note_of_stamp(StampKind.ASKED, "two words")
    assert note_of_stamp(StampKind.CARRIED, BY_HAND) == "stamp carried by-hand"
