"""Exhibits made of what came in, copies of one digest joined.

- The name of a held exhibit comes from its digest: the same bytes are one exhibit.
- Each copy keeps its own provenance, in the order in which it came, none twice.
- The type by content and the type by name are both kept, even where they differ.

Example::

    exhibit = held_exhibit(ref, provenance, kind="image/png", kind_by_name="application/pdf")
"""

import dataclasses

from quoth.collect.incoming import Incoming
from quoth.collect.provenance import Declared
from quoth.errors import CollectError
from quoth.record.custody import ObjectRef
from quoth.record.exhibit import Exhibit, ExhibitStatus, Provenance
from quoth.terms.ident import ident

__all__ = ["held_exhibit", "merge_exhibits", "provenance_of"]


def provenance_of(incoming: Incoming, declared: Declared, *, received_at: str) -> Provenance:
    """How this copy came in: its name and container, and what people said of it.

    ``received_at`` is an RFC 3339 instant; remarks on the name are added to the note.
    """
    return Provenance(
        name_as_given=incoming.name,
        received_at=received_at,
        container=incoming.container,
        given_by=declared.given_by,
        obtained_how=declared.obtained_how,
        obtained_on=declared.obtained_on,
        claimed_author=declared.claimed_author,
        claimed_date=declared.claimed_date,
        outlet=declared.outlet,
        line_called=declared.line_called,
        spoken=declared.spoken,
        note="; ".join(part for part in (declared.note, *incoming.remarks) if part),
    )


def held_exhibit(ref: ObjectRef, provenance: Provenance, *, kind: str, kind_by_name: str, parent: str = "") -> Exhibit:
    """The exhibit whose bytes are ``ref``; its title is the last part of the name as given.

    Raises :class:`CollectError` where ``ref`` names no digest.
    """
    if ref.digest is None:
        raise CollectError(
            f"{provenance.name_as_given}: not preserved yet, so it cannot be an exhibit",
            hint="store the bytes first; the exhibit is named by their digest",
        )
    return Exhibit(
        id=ident("x", ref.digest),
        status=ExhibitStatus.HELD,
        title=provenance.name_as_given.rstrip("/").rsplit("/", 1)[-1] or provenance.name_as_given,
        digest=ref.digest,
        size=ref.size,
        kind=kind,
        kind_by_name=kind_by_name,
        provenances=(provenance,),
        parent=parent,
    )


def merge_exhibits(first: Exhibit, second: Exhibit) -> Exhibit:
    """``first`` with the provenances of ``second`` after its own, none twice.

    Raises :class:`CollectError` where the two are not the same bytes.
    """
    if first.digest is None or first.digest != second.digest:
        raise CollectError(
            f"{first.id} and {second.id} are not the same bytes", hint="only copies of one digest are joined"
        )
    return dataclasses.replace(
        first,
        provenances=tuple(dict.fromkeys((*first.provenances, *second.provenances))),
        parent=first.parent or second.parent,
        kind=first.kind or second.kind,
        kind_by_name=first.kind_by_name or second.kind_by_name,
    )
