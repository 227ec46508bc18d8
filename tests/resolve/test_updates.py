"""An update or correction is read against its own day, anything else against publication."""

import dataclasses

import pytest

from quoth.record.rendition import Head
from quoth.resolve.texts import resolve
from quoth.terms.when import day


def _month(document):
    (found,) = [one for one in resolve(document, ()).datings if one.extract.exact.lower() == "last month"]
    return found.when.earliest, found.when.latest


@pytest.mark.parametrize(
    "opening",
    [
        "Updated 14 October 2032:",
        "UPDATE, 14 October 2032:",
        "Correction (14 October 2032):",
        "Corrected on October 14, 2032.",
        "This article was updated on 14 October 2032.",
        "Editor’s note, updated 14 October 2032:",
        "[Clarification, 2032-10-14]",
    ],
)
def test_an_update_with_a_date_is_read_against_it(resolve_document, opening):
    document = resolve_document(f"The count was 171.\n\n{opening} The report published last month gives 173.")
    assert _month(document) == ("2032-09-01", "2032-09-30")


@pytest.mark.parametrize(
    "passage",
    [
        "The register was updated on 14 October 2032, last month’s report says.",
        "Correction: the report published last month gives 173.",
        "Updated 14 October 2030: the report published last month gives 173.",
        "Updated by the clerk. On 14 October 2032 he will come; last month he came.",
    ],
)
def test_anything_else_is_read_against_publication(resolve_document, passage):
    assert _month(resolve_document(passage)) == ("2031-05-01", "2031-05-31")


def test_a_date_without_a_year_is_the_heads(resolve_document):
    document = resolve_document("Updated 14 October: the report published last month gives 173.")
    assert _month(document) == ("2031-05-01", "2031-05-31")
    head = Head(of=document.content, updated=day("14 October 2033", "2033-10-14"))
    assert _month(dataclasses.replace(document, head=head)) == ("2033-09-01", "2033-09-30")
