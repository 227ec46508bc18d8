"""The Chinese cue lexicon: words, silences, and what they are not.

- The words are data (``cues.zh.toml``), in simplified script; :func:`fold` maps a text character for character.
- The longest word wins: 说法 is skipped whole, so its 说 is no cue.
- A light verb with its noun (表示担忧) and a refusal with its verb (拒绝透露) are one cue each.

Example::

    >>> [token.entry.lemma for token in tokens("村民说他们担心", 0, 7)]
    ['说', '担心']
"""

import dataclasses
import re
from typing import Any

from quoth.attribute.cues import load_table
from quoth.errors import AttributeRoomError
from quoth.record.statement import Act

__all__ = ["ALONE", "NOUNS", "TABLE", "Entry", "Token", "any_of", "fold", "tokens"]

TABLE = load_table("cues.zh.toml")
_FRAMES = frozenset(["clause", "noun", "person", "object"])


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One cue: its act and frames (see ``cues.zh.toml``).

    ``kind`` is verb, carried (light verb and noun), silence, reply (an answer that failed), or alone (据悉).
    ``factive`` is ``"factive"``, ``"counter"`` or empty.
    """

    lemma: str
    act: Act
    frames: frozenset[str]
    weak: bool = False
    led: bool = False
    negative: bool = False
    factive: str = ""
    hedge: bool = False
    kind: str = "verb"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A cue where it stands; ``split`` ends the part before the object of a bare refusal (拒绝|置评)."""

    start: int
    end: int
    entry: Entry
    split: int = 0


def any_of(words: str) -> str:
    """An alternation of ``words``, the longest first, for a pattern."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words.split(), key=len, reverse=True)) + ")"


_SCRIPT = str.maketrans(TABLE["script"]["traditional"], TABLE["script"]["simplified"])


def fold(text: str) -> str:
    """``text`` in simplified script, of the same length."""
    return text.translate(_SCRIPT)


def _entries(table: dict[str, Any]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for group in table["verbs"]:
        frames = frozenset(group["frames"].split())
        if group["act"] not in Act.__members__ or not frames <= _FRAMES:
            raise AttributeRoomError(f"Chinese cue lexicon: unknown act or frame in {group['words'][:20]!r}")
        for word in group["words"].split():
            found[word] = Entry(
                lemma=word,
                act=Act[group["act"]],
                frames=frames,
                weak=group.get("weak", False),
                led=group.get("led", False),
                negative=group.get("negative", False),
                factive=group.get("factive", ""),
                hedge=group.get("hedge", False),
            )
    return found


_VERBS = _entries(TABLE)
ALONE = {
    word: Entry(lemma=word, act=Act[act], frames=frozenset(["clause"]), hedge=act == "RUMOUR", kind="alone")
    for act, words in TABLE["alone"].items()
    for word in words.split()
}
"""Cues that are whole by themselves: 据悉, 有消息称."""
NOUNS = {word: Act[act] for act, words in TABLE["nouns"].items() for word in words.split()}
"""Nouns that stand for what somebody says → act."""
_BLOCKED = frozenset(TABLE["blocked"]["words"].split()) - _VERBS.keys()
_LONGEST = max(map(len, [*_VERBS, *_BLOCKED, *ALONE]))
_CARRIED = {
    noun: (Act[act.removesuffix("_NEGATIVE")], act.endswith("_NEGATIVE"))
    for act, nouns in TABLE["carried"]["nouns"].items()
    for noun in nouns.split()
}
_LIGHT = re.compile(
    f"{any_of(TABLE['carried']['light'])}{any_of(TABLE['carried']['degree'])}?的?(?P<noun>{any_of(' '.join(_CARRIED))})"
)
_REFUSAL = re.compile(
    f"(?P<will>{any_of(TABLE['silence']['will'])})(?:再|多|作|做|进一步|正面|公开|对外)?(?P<speak>{any_of(TABLE['silence']['speak'])})(?!人|会|服|法)"
)
_NONE = re.compile(
    f"{any_of(TABLE['silence']['none'])}{any_of(TABLE['silence']['middle'])}{{0,3}}(?P<reply>{any_of(TABLE['silence']['reply'])})"
)
_UNREACHED = re.compile(
    "(?:电话|手机)(?:始终|一直|均|都)?(?:无人接听|无法接通|打不通|未能接通|关机)|(?:无法|未能)(?:与其)?取得联系"
)
_FIRM = frozenset(TABLE["silence"]["firm"].split())
_HEADS = frozenset(
    word[0]
    for section, key in (("carried", "light"), ("silence", "will"), ("silence", "none"))
    for word in TABLE[section][key].split()
) | frozenset("电手无")


def _composed(text: str, at: int, end: int) -> Token | None:
    """A cue of several words that starts at ``at``."""
    silent = _NONE.match(text, at, end) or _UNREACHED.match(text, at, end)
    if silent:
        reply = silent.groupdict().get("reply") or "接听"
        entry = Entry(lemma=reply, act=Act.NO_RESPONSE, frames=frozenset(["noun"]), negative=True, kind="reply")
        return Token(start=at, end=silent.end(), entry=entry)
    refused = _REFUSAL.match(text, at, end)
    if refused:
        entry = Entry(lemma=refused[0], act=Act.DECLINE, frames=frozenset(["noun"]), negative=True, kind="silence")
        bare = refused["speak"] in _FIRM
        return Token(start=at, end=refused.end(), entry=entry, split=refused.end("will") if bare else 0)
    light = _LIGHT.match(text, at, end)
    if light:
        act, negative = _CARRIED[light["noun"]]
        frames = frozenset(["clause", "noun"])
        entry = Entry(lemma=light["noun"], act=act, frames=frames, negative=negative, kind="carried")
        return Token(start=at, end=light.end(), entry=entry)
    return None


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The cues in ``text[start:end]`` (folded), in order, none overlapping."""
    found: list[Token] = []
    at = start
    while at < end:
        composed = _composed(text, at, end) if text[at] in _HEADS else None
        if composed is not None:
            found.append(composed)
            at = composed.end
            continue
        step = 1
        for length in range(min(_LONGEST, end - at), 0, -1):
            word = text[at : at + length]
            entry = _VERBS.get(word) or ALONE.get(word)
            if entry is not None:
                found.append(Token(start=at, end=at + length, entry=entry))
            if entry is not None or word in _BLOCKED:
                step = length
                break
        at += step
    return found
