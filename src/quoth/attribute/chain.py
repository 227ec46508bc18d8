"""Which statement stands within which, and through whom it came.

- ``within`` is the smallest statement whose content holds the other's cue (or content).
- A chain starts with the outlet and ends with the origin: outlet ← unnamed source ← witness.

Example::

    chain_of(statement, by_id, outlet="The Harbour Ledger")
"""

from quoth.attribute.drafts import Draft
from quoth.record.statement import Act, AttributionChain, ChainLink, SourceType, Statement

__all__ = ["chain_of", "enclosing"]

_DEEPEST = 12


def _place(draft: Draft) -> tuple[int, int]:
    return draft.cue or draft.content[0]


def enclosing(drafts: list[Draft]) -> list[int]:
    """For each draft the index of the smallest draft whose content holds its cue, or -1."""
    spans = sorted(
        ((start, -end, index) for index, draft in enumerate(drafts) for start, end in draft.content),
    )
    order = sorted(range(len(drafts)), key=lambda index: _place(drafts[index]))
    found = [-1] * len(drafts)
    open_spans: list[tuple[int, int, int]] = []
    at = 0
    for index in order:
        start, end = _place(drafts[index])
        while at < len(spans) and spans[at][0] <= start:
            open_spans.append((-spans[at][1], spans[at][0], spans[at][2]))
            at += 1
        open_spans = [entry for entry in open_spans if entry[0] > start]
        holders = [
            entry for entry in open_spans if entry[0] >= end and entry[2] != index and _holds(drafts, entry[2], index)
        ]
        found[index] = min(holders, key=lambda entry: (entry[0] - entry[1], entry[2]))[2] if holders else -1
    return found


def _holds(drafts: list[Draft], outer: int, inner: int) -> bool:
    """Whether ``outer`` truly holds ``inner``: never both ways, never by its own cue."""
    cue = drafts[outer].cue
    place = _place(drafts[inner])
    if cue and cue[0] <= place[0] and place[1] <= cue[1]:
        return False
    mine = _place(drafts[outer])
    return not any(start <= mine[0] and mine[1] <= end for start, end in drafts[inner].content)


def chain_of(statement: Statement, by_id: dict[str, Statement], *, outlet: str) -> AttributionChain:
    """The speakers from the outlet inward to the source of ``statement``."""
    path = [statement]
    while path[-1].within and len(path) < _DEEPEST:
        path.append(by_id[path[-1].within])
    links = [ChainLink(source=outlet or "this document", source_type=SourceType.OUTLET, act=Act.REPORT)]
    for item in reversed(path):
        words = item.source_refers_to or (item.source[0] if item.source else None)
        links.append(
            ChainLink(
                source=words.exact if words else "", source_type=item.source_type, act=item.act, statement=item.id
            )
        )
    return AttributionChain(statement=statement.id, links=tuple(links))
