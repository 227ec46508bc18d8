"""Exhibits: named by their bytes, copies joined, held and cited never alike."""

import pytest

from quoth.collect.citing import cited_exhibit
from quoth.collect.exhibits import held_exhibit, merge_exhibits, provenance_of
from quoth.collect.files import walk
from quoth.collect.provenance import Declared
from quoth.errors import CollectError
from quoth.record.custody import ObjectRef
from quoth.record.exhibit import Availability, Citation, ExhibitStatus, Provenance, RequestOutcome
from quoth.record.wire import from_bytes, to_bytes
from quoth.terms.digest import digest_of
from quoth.terms.when import When

NOON = "2031-05-02T12:00:00Z"
BYTES = ObjectRef(digest=digest_of(b"Dear A"), size=6)


def made(*names, digest=BYTES):
    provenance = [Provenance(name_as_given=name, received_at=NOON) for name in names]
    first = held_exhibit(digest, provenance[0], kind="text/plain", kind_by_name="")
    for one in provenance[1:]:
        first = merge_exhibits(first, held_exhibit(digest, one, kind="text/plain", kind_by_name=""))
    return first


def test_a_held_exhibit_is_named_by_its_digest():
    exhibit = made("in/letter.txt")
    assert (exhibit.id, exhibit.title, exhibit.status) == (made("other").id, "letter.txt", ExhibitStatus.HELD)
    assert (exhibit.digest, exhibit.size) == (BYTES.digest, 6)
    assert from_bytes(to_bytes(exhibit)) == exhibit


def test_both_types_are_kept():
    exhibit = held_exhibit(
        BYTES, Provenance(name_as_given="a.pdf", received_at=NOON), kind="image/png", kind_by_name="application/pdf"
    )
    assert (exhibit.kind, exhibit.kind_by_name) == ("image/png", "application/pdf")


def test_bytes_that_were_not_preserved_make_no_exhibit():
    with pytest.raises(CollectError, match="not preserved yet"):
        held_exhibit(ObjectRef(sealed="x"), Provenance(name_as_given="a", received_at=NOON), kind="", kind_by_name="")


def test_copies_keep_every_provenance_once_and_in_order():
    exhibit = made("b", "a", "b", "c")
    assert [one.name_as_given for one in exhibit.provenances] == ["b", "a", "c"]
    assert merge_exhibits(exhibit, exhibit) == exhibit


def test_different_bytes_are_never_joined():
    with pytest.raises(CollectError, match="not the same bytes"):
        merge_exhibits(made("a"), made("a", digest=ObjectRef(digest=digest_of(b""), size=0)))
    cited = cited_exhibit("Records", Citation(said_by="the group", description=""))
    with pytest.raises(CollectError, match="not the same bytes"):
        merge_exhibits(cited, cited)


def test_provenance_has_the_name_the_declaration_and_the_remarks(tmp_path):
    (tmp_path / "a\u202eb.txt").write_text("x")
    (item,) = walk(tmp_path)
    declared = Declared(given_by="B. C.", obtained_on=When(words="May"), note="by hand")
    provenance = provenance_of(item, declared, received_at=NOON)
    assert provenance.name_as_given == "a\\u202eb.txt"
    assert provenance.note == "by hand; right-to-left override in the name"
    assert (provenance.given_by, provenance.obtained_on.words) == ("B. C.", "May")
    assert from_bytes(to_bytes(provenance)) == provenance


def test_cited_evidence_is_visibly_not_held():
    citation = Citation(said_by="the group", description="16 lines", availability=Availability.OFFERED)
    exhibit = cited_exhibit("Company records", citation)
    assert (exhibit.status, exhibit.digest, exhibit.provenances) == (ExhibitStatus.CITED, None, ())
    assert exhibit.id.startswith("c-")
    assert not exhibit.suggested
    assert from_bytes(to_bytes(exhibit)) == exhibit


def test_what_becomes_of_a_request_does_not_make_a_second_exhibit():
    def at(outcome):
        return cited_exhibit("Records", Citation(said_by="the group", description="", outcome=outcome)).id

    assert at(RequestOutcome.ASKED) == at(RequestOutcome.REFUSED)
    assert at(RequestOutcome.ASKED) != cited_exhibit("Records", Citation(said_by="another", description="")).id


@pytest.mark.parametrize(("title", "said_by", "why"), [(" ", "x", "needs a title"), ("Records", "", "nobody is named")])
def test_a_citation_needs_a_title_and_a_speaker(title, said_by, why):
    with pytest.raises(CollectError, match=why):
        cited_exhibit(title, Citation(said_by=said_by, description=""))
