"""One unnamed source of one text, however often it is named.

- In one text "a well-placed source", "the source" and "sources" are one source of a proposition:
  where the words of one name lie within another's. "Another source" is another one.
- A headline repeats its text: its unnamed source is the one whom the text names for the same words.
- The count errs towards fewer origins, never towards more.

Example::

    selfsame([(source, "x-1", True, False), (a_clerk, "x-1", False, False)])  # (a_clerk, a_clerk)
"""

import dataclasses
import re
from collections.abc import Sequence

from quoth.record.claim import OriginKind
from quoth.weigh.origins import Found
from quoth.weigh.words import content_words

__all__ = ["Telling", "selfsame"]

Telling = tuple[Found, str, bool, bool]
"""An origin, the first text that holds it, whether in a headline, whether it denies."""

_OTHER = re.compile(r"(?:another|other|others|different)\b")
_KINDS = ("unnamed:", "group:")


def selfsame(tellings: Sequence[Telling]) -> tuple[Found, ...]:
    """For each telling of one claim the origin by which it counts, in the same order."""
    lifted = [_from_body(one, tellings) for one in tellings]
    texts = [text for _, text, _, _ in tellings]
    every = {(one.key, text): one for found, text in zip(lifted, texts, strict=True) for one in _both(found)}
    same = _named_once(every)
    return tuple(_replaced(found, text, same) for found, text in zip(lifted, texts, strict=True))


def _from_body(telling: Telling, tellings: Sequence[Telling]) -> Found:
    """The origin of a headline: whom the body of its text names for the same."""
    found, text, heading, denies = telling
    if not heading or not _unnamed(found) or found.rests is not None:
        return found
    body = [one for one, other, above, no in tellings if other == text and not above and no == denies]
    bearers = {one.key: one for held in body for one in (held.rests or held,)}
    if not bearers:
        return found
    words = _words(found)
    return min(bearers.values(), key=lambda one: (not words & _words(one), not _unnamed(one), one.key))


def _both(found: Found) -> tuple[Found, ...]:
    return (found, found.rests) if found.rests is not None else (found,)


def _named_once(every: dict[tuple[str, str], Found]) -> dict[tuple[str, str], Found]:
    """The fullest name of each unnamed source, by its key and text."""
    made: dict[tuple[str, str], Found] = {}
    fullest: dict[str, list[Found]] = {}
    for (key, text), found in sorted(every.items(), key=lambda item: (-len(_words(item[1])), item[0])):
        words = _words(found)
        if not words or not _unnamed(found) or _OTHER.match(_bare(found)):
            continue
        known = fullest.setdefault(text, [])
        chosen = next((one for one in known if words <= _words(one)), found)
        if chosen is found:
            known.append(found)
        made[key, text] = chosen
    return made


def _replaced(found: Found, text: str, same: dict[tuple[str, str], Found]) -> Found:
    chosen = same.get((found.key, text), found)
    rests = same.get((found.rests.key, text), found.rests) if found.rests is not None else None
    if rests is not None and rests.key == chosen.key:
        rests = None
    return dataclasses.replace(found, key=chosen.key, label=chosen.label, scope=chosen.scope, rests=rests)


def _unnamed(found: Found) -> bool:
    return found.kind is OriginKind.ANONYMOUS and found.key.startswith(_KINDS)


def _bare(found: Found) -> str:
    return found.key.partition(":")[2]


def _words(found: Found) -> frozenset[str]:
    """The folded words of an unnamed source's name; none of a pronoun's."""
    return frozenset(content_words(_bare(found)))
