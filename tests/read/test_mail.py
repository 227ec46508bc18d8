"""Mail: header lines, quoted replies, parts, mailboxes, and too many parts."""

import email.message
import email.policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quoth.record.passage import Passage
from quoth.record.rendition import Part
from quoth.terms.digest import digest_of
from read import samples
from read.reading import grounds_of, head_of, of_kind, reading, text_of, words_of

EML = "message/rfc822"


def test_header_lines_are_decoded_passages():
    readout = reading(samples.message().as_bytes(), EML)
    assert words_of(readout, "mail-header") == [
        "From: Ann Holt <ann@example.org>",
        "To: bo@example.org",
        "Date: Thu, 01 May 2031 23:30:00 -0700",
        "Subject: Die Größe der Liste 名单",
    ]
    head = head_of(readout)
    assert head.title == "Die Größe der Liste 名单"
    assert (head.published.words, head.published.earliest) == ("Thu, 01 May 2031 23:30:00 -0700", "2031-05-01")


def test_quoted_lines_are_passages_of_their_own():
    body = words_of(reading(samples.message().as_bytes(), EML), "body")
    assert body == [
        "Dear Bo,",
        "The list was written in the harbour office, said the clerk.",
        "On Monday Bo wrote:",
        "> Who wrote it?",
        "> I want to know.",
        "That is all.",
    ]


def test_wrapped_lines_of_quoted_mail_are_joined_and_keep_their_marks():
    lines = [
        "The register that we spoke of lies in the office of the harbour clerk,",
        "and nobody has asked for it.",
        "> You asked whether lengths are counted from the answer or from the first",
        "> ring of the telephone.",
        ">",
        ">> The company has received your letter of 22 April, and it is able to help",
        ">> in part.",
    ]
    body = words_of(reading("\r\n".join(["From: x@example.org", "", *lines]).encode(), EML), "body")
    assert body == [
        f"{lines[0]} {lines[1]}",
        "> You asked whether lengths are counted from the answer or from the first ring of the telephone.",
        ">> The company has received your letter of 22 April, and it is able to help in part.",
    ]


def test_attachments_become_parts_and_the_other_form_is_named():
    readout = reading(samples.message().as_bytes(), EML)
    (part,) = of_kind(readout, Part)
    assert (part.name, part.media_type, part.size, part.ordinal) == ("die Liste.pdf", "application/pdf", 13, 1)
    assert readout.blob(part.content) == b"%PDF-1.4 list"
    assert "text/html, 32 bytes, not read" in {one.value for one in head_of(readout).properties}


def test_a_body_in_html_only_is_read_as_a_page():
    made = email.message.EmailMessage()
    made["From"] = "x@example.org"
    made.set_content("<h1>List</h1><p>The list was written by the clerk.</p><script>x()</script>", subtype="html")
    readout = reading(made.as_bytes(), EML)
    assert words_of(readout, "body") == ["The list was written by the clerk."]
    assert "x()" not in text_of(readout)


def test_an_attached_message_is_one_part():
    outer = email.message.EmailMessage()
    outer["From"] = "x@example.org"
    outer.set_content("See below.")
    outer.add_attachment(samples.message())
    (part,) = of_kind(reading(outer.as_bytes(), EML), Part)
    assert part.media_type == EML
    assert b"die Liste.pdf" in reading(outer.as_bytes(), EML).blob(part.content)


def test_ten_thousand_parts_are_counted_and_a_thousand_taken():
    piece = (
        "--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=a{}\r\n\r\nx{}\r\n"
    )
    data = "From: x@example.org\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHello there.\r\n"
    data += "".join(piece.format(number, number) for number in range(10_000)) + "--b--\r\n"
    readout = reading(data.encode(), EML)
    assert len(of_kind(readout, Part)) == 1_000
    assert grounds_of(readout) == ["10000 parts: 1000 taken"]
    assert words_of(readout, "body") == ["Hello there."]


def test_names_of_parts_hold_no_path():
    made = email.message.EmailMessage()
    made["From"] = "x@example.org"
    made.set_content("Hello")
    made.add_attachment(b"x", maintype="a", subtype="b", filename="../../etc/passwd")
    (part,) = of_kind(reading(made.as_bytes(), EML), Part)
    assert "/" not in part.name


@pytest.mark.parametrize(
    "date", ["yesterday", "", "Thu, 99 May 2031 23:30:00", "Thu, 01 May 99999 23:30:00 -0700", "=?utf-8?q?x?="]
)
def test_dates_that_are_none_stay_words(date):
    data = f"From: x@example.org\r\nDate: {date}\r\n\r\nHello\r\n".encode()
    assert head_of(reading(data, EML)).published is None


def test_a_file_without_a_header_is_a_finding():
    assert grounds_of(reading(b"\r\n\r\nno header", EML)) == ["no mail header was found"]


def test_a_mailbox_gives_every_message_untouched():
    first = samples.message().as_bytes(policy=email.policy.SMTP)
    second = b"From: y@example.org\nSubject: Two\n\n>From the start it was clear.\n"
    box = b"From a@b Mon May  1 00:00:00 2031\n" + first + b"\r\nFrom a@b Mon May  1 00:00:01 2031\n" + second + b"\n"
    readout = reading(box, "application/mbox")
    parts = of_kind(readout, Part)
    assert [readout.blob(one.content) for one in parts] == [first, second]
    assert [one.media_type for one in parts] == [EML, EML]
    assert [one.content for one in parts] == [digest_of(first), digest_of(second)]
    assert [one.text for one in of_kind(readout, Passage)][1] == "2\t\ty@example.org\tTwo"


def test_a_long_mailbox_is_counted():
    box = b"".join(b"From a@b\nSubject: %d\n\nHello %d\n\n" % (number, number) for number in range(1200))
    readout = reading(box, "application/mbox")
    assert len(of_kind(readout, Part)) == 1_000
    assert grounds_of(readout) == ["1200 messages: 1000 taken"]


def test_a_mailbox_without_messages_is_a_finding():
    assert grounds_of(reading(b"hello\n", "application/mbox")) == ["no message was found in the mailbox"]


@given(st.binary(max_size=300))
def test_any_bytes_read_as_mail(data):
    if data:
        reading(b"Subject: =?utf-8?b?" + data, EML)
        reading(b"From a@b\n" + data, "application/mbox")
