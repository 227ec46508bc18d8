"""Key statements: the few that an overview shows first, by rule.

- First come chains of three and more speakers that end with a source not named or an official, then other
  chains of three, then what bears on the claims with most origins.
- Where it is not clear who speaks, a statement stands behind those where it is.
- Words copied from one exhibit to another, or held within a longer statement, stand once.
- No exhibit fills the list: at most two of one, more only where few exhibits have any statement.

Example::

    key_statements(lookup)[0].id
"""

import re

from quoth.publish.chain import is_unclear, words_of
from quoth.publish.lookup import Lookup
from quoth.record.statement import SourceType, Statement

__all__ = ["MOST", "key_statements"]

MOST = 8
_EACH = 2
_SPEAKERS = 3
_WORDS = 6
_OTHERS = 10
"""Two statements are one where, of each so many words of the shorter, at most one is not in the longer."""

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+")
_NO_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


def key_statements(lookup: Lookup) -> list[Statement]:
    """At most eight statements, in the order of the rules above; the same for the same release."""
    ranked = sorted(
        ((_rank(lookup, one), one) for one in lookup.statements.values() if _tells(lookup, one)),
        key=lambda pair: pair[0],
    )
    telling = [one for rank, one in ranked if rank[1] < _OTHER] or [one for _, one in ranked]
    exhibits = {lookup.exhibit_of[one.rendition] for one in telling}
    each = max(_EACH, MOST // max(1, len(exhibits)))
    chosen: list[Statement] = []
    words: list[frozenset[str]] = []
    taken: dict[str, int] = {}
    for one in telling:
        own, exhibit = _words(one), lookup.exhibit_of[one.rendition]
        if taken.get(exhibit, 0) < each and not any(_alike(own, held) for held in words):
            chosen.append(one)
            words.append(own)
            taken[exhibit] = taken.get(exhibit, 0) + 1
        if len(chosen) == MOST:
            break
    return chosen


_OTHER = 3


def _rank(lookup: Lookup, one: Statement) -> tuple[int, int, int, str, int]:
    chain = lookup.chains.get(one.id)
    links = len(chain.links) if chain else 0
    origins = max((len(claim.origins) for claim in lookup.claims_with.get(one.id, ())), default=0)
    place = _OTHER
    if links >= _SPEAKERS:
        place = 0 if _weighty(lookup, one) else 1
    elif origins:
        place = 2
    return _unclear(lookup, one), place, -origins, lookup.exhibit_of[one.rendition], lookup.numbers[one.id]


def _weighty(lookup: Lookup, statement: Statement) -> bool:
    """Whether it comes in the end from a source that is not named, or from somebody who holds an office."""
    if statement.source_type in (SourceType.UNNAMED, SourceType.ROLE):
        return True
    return any(one.id in lookup.officials for one in lookup.speakers(statement))


def _unclear(lookup: Lookup, statement: Statement) -> int:
    """How many speakers of its chain are a word that nothing explains, or that may be two names."""
    chain = lookup.chains.get(statement.id)
    nodes = [lookup.statements.get(one.statement) for one in chain.links] if chain else [statement]
    return sum(is_unclear(lookup, held) for held in nodes if held)


def _tells(lookup: Lookup, statement: Statement) -> bool:
    """Whether it says something by itself: six words, and a source at every node of its chain.

    Eight Chinese or Japanese signs count as five words.
    """
    chain = lookup.chains.get(statement.id)
    sourced = all(one.source_type is not SourceType.NONE for one in chain.links) if chain else bool(statement.source)
    content = words_of(statement, "content")
    signs = len(_NO_SPACES.findall(content))
    return sourced and len(_WORD.findall(content)) - signs + signs * 5 // 8 >= _WORDS


def _words(statement: Statement) -> frozenset[str]:
    return frozenset(_WORD.findall(words_of(statement, "content").casefold()))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    shorter = min(len(one), len(other))
    return shorter - len(one & other) <= shorter // _OTHERS
