"""Which exhibits hold the same text, and which one came first.

- Exhibits that share at least half of the shorter text are one text; so are exhibits whose texts
  are equal to the letter.
- Below that, two exhibits are related only in the passages that they share.
- The first is the one dated first, as far as the dates tell; then the one named first.

Example::

    Kinship.of(copies, documents).first("x-reprint")  # 'x-wire'
"""

import dataclasses
from collections.abc import Callable, Iterable

from quoth.record.document import Document
from quoth.record.finding import CopyLink

__all__ = ["WHOLE", "Kinship", "united"]

WHOLE = 500
"""Thousandths of the shorter text from which two exhibits count as one text."""


@dataclasses.dataclass(frozen=True, slots=True)
class Kinship:
    """Copies of one case: first texts by exhibit, links by pair, days and outlets by exhibit."""

    firsts: dict[str, str]
    links: dict[tuple[str, str], CopyLink]
    published: dict[str, str]
    outlets: dict[str, str]

    @classmethod
    def of(cls, copies: Iterable[CopyLink], documents: Iterable[Document]) -> "Kinship":
        """The kinship that ``copies`` and equal texts make."""
        held = tuple(documents)
        published: dict[str, str] = {}
        for document in held:
            day = document.published or "9999"
            published[document.exhibit] = min(day, published.get(document.exhibit, "9999"))
        links = {_pair(link.left, link.right): link for link in sorted(copies, key=lambda one: (one.shared, one.id))}
        texts: dict[str, str] = {}
        same = [pair for pair, link in links.items() if link.shared >= WHOLE]
        for document in sorted(held, key=lambda one: one.exhibit):
            other = texts.setdefault(document.content, document.exhibit)
            if other != document.exhibit:
                same.append(_pair(other, document.exhibit))
        every = {*published, *(name for pair in links for name in pair)}
        outlets = {one.exhibit: one.outlet for one in sorted(held, key=lambda one: (one.exhibit, one.outlet))}
        firsts = united(every, same, lambda name: (published.get(name, "9999"), name))
        return cls(firsts, links, published, outlets)

    def first(self, exhibit: str) -> str:
        """The exhibit whose text this one copies; itself where it copies none."""
        return self.firsts.get(exhibit, exhibit)

    def link(self, one: str, two: str) -> CopyLink | None:
        """The link between two exhibits, if they share words."""
        return self.links.get(_pair(one, two))

    def copied(self, one: str, two: str) -> bool:
        """Whether two different exhibits are one text, or share passages."""
        return one != two and (self.first(one) == self.first(two) or _pair(one, two) in self.links)

    def order(self, exhibit: str) -> tuple[str, str]:
        """Sorts exhibits by day, then by name; those without a day last."""
        return self.published.get(exhibit, "9999"), exhibit


def united(
    names: Iterable[str], same: Iterable[tuple[str, str]], order: Callable[[str], tuple[str, str]]
) -> dict[str, str]:
    """Each name with the first name (by ``order``) of the set that the pairs put it in."""
    parent = {name: name for name in names}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for one, two in sorted(same):
        low, high = sorted((root(one), root(two)), key=order)
        parent[high] = low
    return {name: root(name) for name in parent}


def _pair(one: str, two: str) -> tuple[str, str]:
    return (one, two) if one <= two else (two, one)
