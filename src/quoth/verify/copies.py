"""Texts that share most of their words.

- Only body passages count; titles, captions and page furniture do not.
- A word is shared when it stands in a run of five words that both texts hold. Where runs were
  broken up by cutting single words, content words in the same order count instead.
- Candidates come from an index of runs; a run found in many texts links each of them to the
  first, so that a thousand reprints give a thousand links and not half a million.
- Words are hashed with BLAKE2b to 64 bits (RFC 7693): the same on every machine and every run.
- Chinese and Japanese characters count as words of their own.

Example::

    find_copies((wire, reprint))[0].grounds
    # ('212 of the 230 words of the shorter text stand in runs of five or more in the other',)
"""

import dataclasses
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from quoth.record.document import Document
from quoth.record.finding import CopyLink
from quoth.record.passage import PassageRole
from quoth.terms.ident import ident

__all__ = ["LEAST_SHARED", "LEAST_WORDS", "RUN", "find_copies"]

RUN = 5
"""Words in a run."""

LEAST_SHARED = 300
"""Thousandths of the shorter text that must stand in shared runs."""

LEAST_IN_ORDER = 700
"""Thousandths of the shorter text's content words that must stand in the same order."""

LEAST_WORDS = 25
"""Shared words below this are no copy: a greeting, a legal notice."""

_CROWD = 16
"""A run held by more texts than this links them to the first only."""

_LONG_QUOTE = 12
"""Words that make a quotation long."""

_SHORT_WORD = 4
"""Latin words below this length carry no content."""

_WORD = re.compile(r"[㐀-鿿豈-﫿぀-ヿ]|[^\W_㐀-鿿豈-﫿぀-ヿ]+(?:['’][^\W_]+)*")
_QUOTE = re.compile(r"[“\"«「]([^“”\"«»「」]{20,2000})[”\"»」]")
_MIX = np.uint64(0x9E3779B97F4A7C15)

_Hashes = NDArray[np.uint64]
_Places = NDArray[np.int64]


@dataclasses.dataclass(frozen=True, slots=True)
class _Text:
    """One document's words as hashes, in the order of the text."""

    exhibit: str
    published: str
    words: _Hashes
    content: _Hashes
    runs: _Hashes
    quotes: frozenset[str]


def find_copies(documents: Iterable[Document]) -> tuple[CopyLink, ...]:
    """One link for each pair of exhibits whose texts share their words; any order of input."""
    ordered = sorted(documents, key=lambda one: (one.published or "9999", one.exhibit, one.content))
    known: dict[str, int] = {}
    texts = [text for text in (_text(one, known) for one in ordered) if len(text.words) >= LEAST_WORDS]
    best: dict[tuple[str, str], CopyLink] = {}
    for left, right in _candidates(texts):
        link = _link(texts[left], texts[right])
        if link is None:
            continue
        key = (min(link.left, link.right), max(link.left, link.right))
        if key not in best or _rank(link) > _rank(best[key]):
            best[key] = link
    return tuple(best[key] for key in sorted(best))


def _rank(link: CopyLink) -> tuple[int, tuple[str, ...], str]:
    return link.shared, link.grounds, link.earlier


def _text(document: Document, known: dict[str, int]) -> _Text:
    body = [p.text for p in document.passages if p.role is PassageRole.BODY]
    whole = "\n".join(body)
    words = _words(whole)
    hashes = np.array([_hash(word, known) for word in words], dtype=np.uint64)
    heavy = [len(word) >= _SHORT_WORD or not word.isascii() for word in words]
    quotes = frozenset(
        " ".join(said) for said in (_words(q) for q in _QUOTE.findall(whole)) if len(said) >= _LONG_QUOTE
    )
    return _Text(
        exhibit=document.exhibit,
        published=document.published,
        words=hashes,
        content=hashes[np.array(heavy, dtype=bool)] if words else hashes,
        runs=_runs(hashes, RUN),
        quotes=quotes,
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold().replace("’", "'"))


def _hash(word: str, known: dict[str, int]) -> int:
    made = known.get(word)
    if made is None:
        digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8, person=b"quoth-copies").digest()
        made = known[word] = int.from_bytes(digest, "big")
    return made


def _runs(words: _Hashes, length: int) -> _Hashes:
    """One hash for every run of ``length`` words, in order; shape (words - length + 1,)."""
    count = len(words) - length + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    made = np.zeros(count, dtype=np.uint64)
    for step in range(length):
        made = (made ^ words[step : step + count]) * _MIX
        made ^= made >> np.uint64(29)
    return made


def _candidates(texts: Sequence[_Text]) -> list[tuple[int, int]]:
    """Pairs that share at least three runs of words, or five pairs of content words next to each other."""
    by_runs = _pairs([np.unique(text.runs) for text in texts], 3, 0.03)
    by_words = _pairs([np.unique(_runs(text.content, 2)) for text in texts], 5, 0.2)
    return sorted(by_runs | by_words)


def _pairs(sets: Sequence[_Hashes], least: int, share: float) -> set[tuple[int, int]]:
    """Pairs of sets with at least ``least`` members in common that are ``share`` of the smaller set."""
    if len(sets) < 2:
        return set()
    owners: _Places = np.repeat(np.arange(len(sets), dtype=np.int64), [len(one) for one in sets])
    hashes = np.concatenate(sets)
    order = np.lexsort((owners, hashes))
    hashes, owners = hashes[order], owners[order]
    starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]]) if len(hashes) else np.empty(0, dtype=np.int64)
    sizes = np.diff(np.r_[starts, len(hashes)])
    codes = [_codes(owners, starts[sizes == size], int(size), len(sets)) for size in np.unique(sizes) if size > 1]
    if not codes:
        return set()
    found, counts = np.unique(np.concatenate(codes), return_counts=True)
    lengths = np.array([len(one) for one in sets], dtype=np.int64)
    left, right = found // len(sets), found % len(sets)
    enough = (counts >= least) & (counts >= share * np.minimum(lengths[left], lengths[right]))
    return {(int(a), int(b)) for a, b in zip(left[enough], right[enough], strict=True)}


def _codes(owners: _Places, starts: _Places, size: int, base: int) -> _Places:
    """Pairs of owners as ``left * base + right``: all of them in a small group, a star in a crowd."""
    members = owners[starts[:, None] + np.arange(size, dtype=np.int64)[None, :]]
    if size <= _CROWD:
        left, right = np.triu_indices(size, k=1)
        pairs: _Places = members[:, left] * base + members[:, right]
    else:
        pairs = members[:, :1] * base + members[:, 1:]
    return pairs.ravel()


def _link(one: _Text, two: _Text) -> CopyLink | None:
    if one.exhibit == two.exhibit:
        return None
    shorter, longer = (one, two) if (len(one.words), one.exhibit) <= (len(two.words), two.exhibit) else (two, one)
    covered = _covered(shorter.runs, longer.runs, len(shorter.words))
    shared = 1000 * covered // len(shorter.words)
    of = f"of the {len(shorter.words)} words of the shorter text"
    grounds = [f"{covered} {of} stand in runs of {RUN} or more in the other"]
    if shared < LEAST_SHARED or covered < LEAST_WORDS:
        in_order = _in_order(shorter, longer)
        if in_order * 1000 < LEAST_IN_ORDER * len(shorter.content) or in_order < LEAST_WORDS:
            return None
        shared = max(shared, 1000 * in_order // len(shorter.content))
        grounds.append(f"{in_order} of its {len(shorter.content)} content words stand in the other in the same order")
    quoted = len(one.quotes & two.quotes)
    if quoted:
        grounds.append(f"shares {quoted} quotation{'s' if quoted > 1 else ''} word for word")
    earlier = _earlier(one, two)
    grounds.append(_dated(one, two, earlier))
    left, right = sorted((one.exhibit, two.exhibit))
    return CopyLink(
        id=ident("b", left, right), left=left, right=right, shared=shared, earlier=earlier, grounds=tuple(grounds)
    )


def _covered(runs: _Hashes, others: _Hashes, words: int) -> int:
    """How many words stand in at least one run that the other text holds too."""
    marks = np.zeros(words, dtype=bool)
    hits = np.flatnonzero(np.isin(runs, others))
    for step in range(RUN):
        marks[hits + step] = True
    return int(marks.sum())


def _in_order(shorter: _Text, longer: _Text) -> int:
    if len(shorter.content) < LEAST_WORDS:
        return 0
    return int(LCSseq.similarity(shorter.content.tolist(), longer.content.tolist()))


def _earlier(one: _Text, two: _Text) -> str:
    if not one.published or not two.published or one.published == two.published:
        return ""
    return one.exhibit if one.published < two.published else two.exhibit


def _dated(one: _Text, two: _Text, earlier: str) -> str:
    if earlier:
        first, second = sorted((one.published, two.published))
        return f"the earlier one is dated {first}, the later one {second}, as they say themselves"
    if one.published and one.published == two.published:
        return f"both are dated {one.published}: which came first is not known"
    return "one of them has no date: which came first is not known"
