"""Cited exhibits: evidence that someone says exists, not held.

- It is said by someone: without a speaker there is no citation.
- A cited exhibit has no digest and no provenance; it never looks like a held one.

Example::

    cited_exhibit("Telephone company records", Citation(said_by="the group", description="sixteen calls",
                  availability=Availability.OFFERED))
"""

from quoth.errors import CollectError
from quoth.record.exhibit import Citation, Exhibit, ExhibitStatus
from quoth.terms.ident import ident

__all__ = ["cited_exhibit"]


def cited_exhibit(title: str, citation: Citation, *, suggested: bool = False) -> Exhibit:
    """The exhibit that ``citation`` speaks of.

    Its name comes from title, speaker, description and statement, so that what became of a request
    can change later without making a second exhibit. Raises :class:`CollectError` where the title
    or the speaker is empty.
    """
    if not title.strip():
        raise CollectError("a cited exhibit needs a title", hint="say what it is, for example: bank statements")
    if not citation.said_by.strip():
        raise CollectError(
            f"{title}: nobody is named who says that it exists", hint="give said_by: who says so, or in which text"
        )
    return Exhibit(
        id=ident("c", title, citation.said_by, citation.description, citation.statement),
        status=ExhibitStatus.CITED,
        title=title,
        citation=citation,
        suggested=suggested,
    )
