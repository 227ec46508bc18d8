"""Who is "he": every short source and whom it stands for.

- He, she, I, we, it, they, a bare surname, a first name, "the spokesman", "the MWU": the fullest form.
- The runner-up is kept. Nobody is merged: of two people of one surname each is the other's runner-up.
- Where nothing speaks for one of two, neither is named: a wrong link is worse than none.
- The text is walked once, in order; the same text always gives the same links.

Example::

    references("Dana Orrin left. She said so.", [Said(source=(17, 20), ...)], layout)  ->  [Link(first=(0, 10))]
"""

from collections.abc import Sequence

from quoth.attribute.reference_first import first_person
from quoth.attribute.reference_places import Layout, Link, Said
from quoth.attribute.reference_walk import Walk, Watch

__all__ = ["Layout", "Link", "Said", "Watch", "references"]


def references(text: str, said: Sequence[Said], layout: Layout, *, watch: Watch | None = None) -> list[Link]:
    """For each of ``said`` whom its source stands for; spans are characters of ``text``.

    ``watch`` sees each he and she with its candidates before it is decided: for training alone.
    """
    walk = Walk(text, said, layout, watch=watch)
    walk.run()
    links = []
    for index, one in enumerate(said):
        low = text[one.source[0] : one.source[1]].lower() if one.source else ""
        links.append(first_person(walk, index) if low in ("i", "we", "me", "us") else walk.link(index))
    return links
