"""The records of the whole case, as a case-wide step sees them.

- A group is what one earlier task gave; groups made by reading name their exhibit.
- What people entered stands beside what the steps gave.

Example::

    whole.of(Statement)
"""

import dataclasses
import functools
from collections.abc import Callable
from typing import TypeVar

from quoth.case.documents import declared_of, documents_of
from quoth.case.spoken import Spoken
from quoth.record.document import Document
from quoth.record.exhibit import Exhibit
from quoth.record.kinds import Record
from quoth.record.rendition import Rendition
from quoth.terms.digest import Digest
from quoth.terms.ident import ident

__all__ = ["Whole"]

Kind = TypeVar("Kind")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Whole:
    """Groups of records, what people entered, and how to get at a text."""

    groups: tuple[tuple[Record, ...], ...]
    spoken: Spoken
    text_of: Callable[[Digest], str]

    def of(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """Every record of one kind: those of the steps, then those of people."""
        made = [one for group in self.groups for one in group if isinstance(one, kind)]
        return (*made, *(one for one in self.spoken.records if isinstance(one, kind)))

    def exhibits(self) -> tuple[Exhibit, ...]:
        """What people gave and cited, by id, then what texts cite."""
        given = tuple(self.spoken.exhibits[key] for key in sorted(self.spoken.exhibits))
        suggested = tuple(
            one
            for group in self.groups
            for one in group
            if isinstance(one, Exhibit) and one.id not in self.spoken.exhibits
        )
        return (*given, *suggested)

    def read_groups(self) -> dict[str, tuple[Record, ...]]:
        """What reading gave, by the id of the exhibit that was read."""
        made: dict[str, tuple[Record, ...]] = {}
        for group in self.groups:
            of = next((one.of for one in group if isinstance(one, Rendition)), None)
            if of is not None:
                made[ident("x", of)] = group
        return made

    @functools.cached_property
    def _documents(self) -> tuple[Document, ...]:
        groups = self.read_groups()
        return tuple(
            document
            for key in sorted(groups)
            if key in self.spoken.exhibits
            for document in documents_of(
                key, groups[key], text_of=self.text_of, declared=declared_of(self.spoken.exhibits[key])
            )
        )

    def documents(self) -> tuple[Document, ...]:
        """The documents of all held exhibits, by the id of the exhibit."""
        return self._documents
