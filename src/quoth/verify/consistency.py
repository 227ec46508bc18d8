"""Contradictions within the case's own papers.

- Each check compares two things that the case itself holds; it shows a contradiction or none.
- A finding says on what it rests, and what it does not show: never that anything was forged.
- A check that has nothing to compare says nothing.

Example::

    [f.check for f in contradictions((exhibit,), (document,), ())]  # ['kind-of-name', 'dates-of-head']
"""

import re
from collections.abc import Iterable, Iterator

from quoth.record.call import Call, TranscriptLayer
from quoth.record.document import Document
from quoth.record.exhibit import Exhibit, ExhibitStatus
from quoth.record.finding import Finding, Outcome
from quoth.record.passage import PassageRole
from quoth.record.rendition import RenditionKind
from quoth.terms.anchor import anchor_at
from quoth.terms.ident import ident
from quoth.verify.written_days import written_days

__all__ = ["contradictions"]

_SLACK_MS = 1000
_SHOWN = 5
_DAMAGE = re.compile("\ufffd+|(?:Ã[\u0080-¿]|â€[\u0080-¿œ™˜“”]|Â[\u0080-¿])+|[\u0000-\u0008\u000e-\u001f]+")
_SAME_KINDS = (
    frozenset({"text/plain", "text/markdown", "text/csv", "application/x-subrip", "text/vtt", "application/json"}),
    frozenset({"text/html", "application/xhtml+xml", "text/xml", "application/xml"}),
    frozenset({"audio/ogg", "audio/opus", "application/ogg", "video/ogg"}),
    frozenset({"audio/wav", "audio/x-wav", "audio/vnd.wave"}),
    frozenset({"audio/mpeg", "audio/mp3"}),
    frozenset({"audio/mp4", "video/mp4", "audio/x-m4a", "video/quicktime"}),
    frozenset({"message/rfc822", "text/plain"}),
    frozenset({"image/jpeg", "image/jpg"}),
    frozenset({"application/gzip", "application/x-gzip"}),
)


def contradictions(
    exhibits: Iterable[Exhibit], documents: Iterable[Document], calls: Iterable[Call]
) -> tuple[Finding, ...]:
    """Every comparison that could be made, with its outcome; the same in any order of input."""
    held = {exhibit.id: exhibit for exhibit in exhibits if exhibit.status is ExhibitStatus.HELD}
    found: dict[str, Finding] = {}
    for exhibit in held.values():
        _add(found, _kind_of_name(exhibit))
        _add(found, _claimed_dates(exhibit))
    for document in documents:
        _add(found, _dates_of_head(document))
        _add(found, _received_before_published(document, held.get(document.exhibit)))
        _add(found, _damaged_text(document))
        _add(found, _later_days(document))
        _add(found, _anchors(document))
        _add(found, _no_words(document))
    for call in calls:
        _add(found, _transcripts(call))
    return tuple(found[name] for name in sorted(found))


def _add(found: dict[str, Finding], more: Iterable[Finding]) -> None:
    found.update((finding.id, finding) for finding in more)


def _name(check: str, *parts: str) -> str:
    return ident("f", "verify", check, *parts)


def _kind_of_name(exhibit: Exhibit) -> Iterator[Finding]:
    if not exhibit.kind or not exhibit.kind_by_name:
        return
    one, two = (kind.split(";", maxsplit=1)[0].strip().lower() for kind in (exhibit.kind, exhibit.kind_by_name))
    same = one == two or any(one in kinds and two in kinds for kinds in _SAME_KINDS)
    yield Finding(
        id=_name("kind-of-name", exhibit.id, one, two),
        check="kind-of-name",
        subject=exhibit.id,
        outcome=Outcome.HOLDS if same else Outcome.FAILS,
        grounds=(f"the content is {exhibit.kind}; the name says {exhibit.kind_by_name}",),
        limits=("does not show who named the file, or why",),
    )


def _claimed_dates(exhibit: Exhibit) -> Iterator[Finding]:
    for place, given in enumerate(exhibit.provenances):
        claimed, received = given.claimed_date, given.received_at[:10]
        if claimed is None or not received or (claimed.earliest is None and claimed.latest is None):
            continue
        outcome = Outcome.CANNOT_TELL
        if claimed.earliest is not None and claimed.earliest > received:
            outcome = Outcome.FAILS
        elif claimed.latest is not None and claimed.latest <= received:
            outcome = Outcome.HOLDS
        yield Finding(
            id=_name("claimed-date", exhibit.id, str(place), claimed.words, received),
            check="claimed-date",
            subject=exhibit.id,
            outcome=outcome,
            grounds=(f"said to be of “{claimed.words}” ({claimed.edtf or 'no reading'}); it came in on {received}",),
            limits=("does not show when it was made", "a day's difference can come from time zones"),
        )


def _dates_of_head(document: Document) -> Iterator[Finding]:
    head = document.head
    if head is None or head.published is None or head.updated is None:
        return
    if head.published.earliest is None or head.updated.latest is None:
        return
    before = head.updated.latest < head.published.earliest
    yield Finding(
        id=_name("dates-of-head", document.exhibit, document.content),
        check="dates-of-head",
        subject=document.exhibit,
        outcome=Outcome.FAILS if before else Outcome.HOLDS,
        grounds=(f"published “{head.published.words}”, updated “{head.updated.words}”",),
        limits=("both dates are the document's own word", "does not show what was changed"),
    )


def _received_before_published(document: Document, exhibit: Exhibit | None) -> Iterator[Finding]:
    if exhibit is None or not document.published:
        return
    received = sorted(given.received_at[:10] for given in exhibit.provenances if given.received_at)
    if not received:
        return
    yield Finding(
        id=_name("published-before-received", document.exhibit, document.content, document.published, received[0]),
        check="published-before-received",
        subject=document.exhibit,
        outcome=Outcome.FAILS if document.published > received[0] else Outcome.HOLDS,
        grounds=(f"it is dated {document.published}; it first came in on {received[0]}",),
        limits=("does not show which of the two dates is wrong", "a day's difference can come from time zones"),
    )


def _damaged_text(document: Document) -> Iterator[Finding]:
    hits = list(_DAMAGE.finditer(document.text))
    if not hits:
        return
    yield Finding(
        id=_name("damaged-text", document.exhibit, document.content),
        check="damaged-text",
        subject=document.exhibit,
        outcome=Outcome.FAILS,
        grounds=(f"{len(hits)} places hold replacement characters, control characters or wrongly decoded letters",),
        limits=("does not show which words were lost; the original bytes are kept unchanged",),
        anchors=tuple(anchor_at(document.content, document.text, hit.start(), hit.end()) for hit in hits[:_SHOWN]),
    )


def _later_days(document: Document) -> Iterator[Finding]:
    """Days written in the text that lie after the document's own latest date."""
    own = document.published
    if document.head is not None and document.head.updated is not None:
        own = max(own, document.head.updated.latest or "") if own else ""
    if not own:
        return
    later = [day for day in _body_days(document) if day[0] > own]
    if not later:
        return
    named = ", ".join(sorted({iso for iso, _, _ in later})[:_SHOWN])
    yield Finding(
        id=_name("later-days", document.exhibit, document.content, own),
        check="later-days",
        subject=document.exhibit,
        outcome=Outcome.CANNOT_TELL,
        grounds=(f"dated {own}, it names {named}",),
        limits=("an announced event lies in the future honestly; a person must read the sentence",),
        anchors=tuple(anchor_at(document.content, document.text, start, end) for _, start, end in later[:_SHOWN]),
    )


def _body_days(document: Document) -> Iterator[tuple[str, int, int]]:
    for passage in document.passages:
        spot = passage.anchor.extract
        if passage.role is PassageRole.BODY and spot is not None:
            for iso, start, end in written_days(spot.exact):
                yield iso, spot.start + start, spot.start + end


def _anchors(document: Document) -> Iterator[Finding]:
    """Every passage must stand in the text where its anchor says."""
    spots = [passage.anchor.extract for passage in document.passages if passage.anchor.extract is not None]
    wrong = [spot for spot in spots if document.text[spot.start : spot.end] != spot.exact]
    if not spots:
        return
    yield Finding(
        id=_name("anchors", document.exhibit, document.content),
        check="anchors",
        subject=document.exhibit,
        outcome=Outcome.FAILS if wrong else Outcome.HOLDS,
        grounds=(f"{len(spots) - len(wrong)} of {len(spots)} passages stand where their anchors say",),
        limits=("does not show that the text was read from the original without loss",),
    )


def _no_words(document: Document) -> Iterator[Finding]:
    rendition = document.rendition
    if (
        rendition.pages < 1
        or rendition.kind not in (RenditionKind.TEXT, RenditionKind.OCR_TEXT)
        or document.text.strip()
    ):
        return
    yield Finding(
        id=_name("no-words", document.exhibit, document.content),
        check="no-words",
        subject=document.exhibit,
        outcome=Outcome.NOT_CHECKED,
        grounds=(f"{rendition.pages} pages gave no words",),
        limits=("does not show that the pages are empty: they may be pictures of text",),
    )


def _transcripts(call: Call) -> Iterator[Finding]:
    for place, layer in enumerate(call.layers):
        if not layer.lines or call.duration_ms <= 0:
            continue
        last = max(line.time.end_ms for line in layer.lines)
        backwards = sum(1 for line in layer.lines if line.time.end_ms < line.time.start_ms)
        fails = last > call.duration_ms + _SLACK_MS or backwards > 0
        yield Finding(
            id=_name("transcript-length", call.id, str(place), layer.content),
            check="transcript-length",
            subject=call.exhibit,
            outcome=Outcome.FAILS if fails else Outcome.HOLDS,
            grounds=_length_grounds(call, layer, last, backwards),
            limits=("does not show that the words were spoken", "the times are the transcriber's own"),
        )


def _length_grounds(call: Call, layer: TranscriptLayer, last: int, backwards: int) -> tuple[str, ...]:
    said = f"the {layer.kind.value} ends at {last / 1000:.1f} s; the sound lasts {call.duration_ms / 1000:.1f} s"
    return (said, f"{backwards} lines end before they begin") if backwards else (said,)
