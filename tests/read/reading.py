"""What the reading tests share: a way to read bytes, and the proof of every anchor."""

import io

from quoth.read.readers import ReadRequest, read
from quoth.record.finding import Finding, Outcome
from quoth.record.passage import Passage, PassageRole
from quoth.record.rendition import Head, Part, Rendition
from quoth.record.wire import from_lines, to_lines
from quoth.terms.digest import digest_of

TEXT_KINDS = ("text/plain;charset=utf-8", "application/jsonl", "application/json", "image/png")


def request_for(data, kind, **more):
    return ReadRequest(exhibit="x-0000000000000001", digest=digest_of(data), size=len(data), kind=kind, **more)


def reading(data, kind, **more):
    """Read ``data`` and prove the readout before giving it."""
    request = request_for(data, kind, **more)
    readout = read(io.BytesIO(data), request)
    prove(readout, request)
    return readout


def prove(readout, request):
    """Every blob named, every anchor's words where it says, every record through the wire and back."""
    blobs = {}
    for blob in readout.blobs:
        assert digest_of(blob.data) == blob.digest
        blobs[blob.digest] = blob.data
    assert len(blobs) == len(readout.blobs), "a blob is given twice"
    renditions = of_kind(readout, Rendition)
    named = {one.content for one in renditions} | {one.content for one in of_kind(readout, Part)}
    assert named == set(blobs), "blobs and the records that name them differ"
    for rendition in renditions:
        assert rendition.of == request.digest
        assert rendition.media_type in TEXT_KINDS
        if rendition.media_type.startswith("text/"):
            assert rendition.characters == len(blobs[rendition.content].decode())
    seen = {}
    for passage in of_kind(readout, Passage):
        text = blobs[passage.anchor.target].decode()
        words = passage.anchor.extract
        assert text[words.start : words.end] == words.exact == passage.text
        assert words.exact.strip(), "an empty passage"
        assert text[: words.start].endswith(passage.anchor.prefix)
        assert text[words.end :].startswith(passage.anchor.suffix)
        assert passage.ordinal == seen.get(passage.anchor.target, -1) + 1
        seen[passage.anchor.target] = passage.ordinal
    for head in of_kind(readout, Head):
        assert head.of == request.digest
        for anchor in head.anchors:
            text = blobs[anchor.target].decode()
            assert text[anchor.extract.start : anchor.extract.end] == anchor.extract.exact
    for finding in of_kind(readout, Finding):
        assert (finding.check, finding.subject) == ("reading", request.exhibit)
        assert finding.outcome is Outcome.NOT_CHECKED
        assert finding.grounds[0].strip()
    identifiers = [one.id for one in of_kind(readout, Passage)]
    assert len(identifiers) == len(set(identifiers))
    assert tuple(from_lines(to_lines(readout.records))) == readout.records


def of_kind(readout, *kinds):
    return [one for one in readout.records if isinstance(one, kinds)]


def head_of(readout):
    return of_kind(readout, Head)[0]


def words_of(readout, role=None):
    """The words of all passages, or of those in one role."""
    wanted = PassageRole(role) if role else None
    return [one.text for one in of_kind(readout, Passage) if wanted is None or one.role is wanted]


def roles_of(readout):
    return [(one.role.value, one.text) for one in of_kind(readout, Passage)]


def grounds_of(readout):
    return [one.grounds[0] for one in of_kind(readout, Finding)]


def text_of(readout):
    rendition = of_kind(readout, Rendition)[0]
    return readout.blob(rendition.content).decode()
