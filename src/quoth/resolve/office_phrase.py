"""The phrase that names an office: its title, its body, its place.

- "former Chief of X", "head of the Y's regional branch in Z", "Harbour Minister".
- A phrase has at most a dozen words; what does not fit the form is left alone.

Example::

    office_in("then deputy mayor of Kelsund".split())   # Office(title="deputy mayor", place="Kelsund", status="then")
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from quoth.resolve.name_words import CONNECTORS, FUNCTION, OFFICE_HEADS, ORG_HEADS, PAPER_HEADS, SPEECH

__all__ = ["Office", "phrase_after", "phrase_before"]

_WORD = re.compile(r"[^\s,;:()“”\"\n]+")
_BREAK = re.compile(r"[,;:()“”\"]|\.\s|\n\s*\n")
_OVER = frozenset({"former", "ex", "late", "onetime", "one-time", "formerly", "previously"})
_STATUSES = _OVER | {"then", "acting", "current", "now", "currently"}
_STATUS_OF = {"currently": "current", "now": "current", "formerly": "former", "previously": "former"}
_COUNTED = frozenset(["one", "those", "these", "them", "us", "people", "men", "women", "course", "it"])
_ENDINGS = ("of state", "of staff", "in chief", "of police")
_LOWER_BODY = frozenset(
    [
        "ministry",
        "department",
        "office",
        "council",
        "committee",
        "commission",
        "court",
        "party",
        "company",
        "group",
        "union",
        "police",
        "army",
        "bureau",
        "agency",
        "university",
        "hospital",
        "bank",
        "board",
        "society",
        "station",
        "harbour",
        "prison",
        "region",
        "regional",
        "provincial",
        "local",
        "coastal",
        "branch",
        "city",
        "province",
        "district",
    ]
)
_MODIFIERS = 3


class Office(NamedTuple):
    """A title with the body and place that the words give, and "former", "then" or the like."""

    title: str
    organisation: str
    place: str
    status: str


class _Word(NamedTuple):
    text: str
    low: str
    start: int
    end: int


_Hit = tuple[Office, int, int]


def _words(text: str, start: int, end: int) -> list[_Word]:
    made = []
    for found in _WORD.finditer(text, start, end):
        word = found.group().rstrip(".")
        made.append(_Word(word, word.lower().replace("’", "'"), found.start(), found.start() + len(word)))
    return made


def phrase_before(text: str, start: int, end: int) -> Iterator[_Hit]:
    """Offices right before a name that starts at ``end``."""
    stretch = text[start:end]
    if stretch[-1:] not in (" ", "\n", ",") or stretch.endswith("\n\n"):
        return
    if stretch.rstrip().endswith(")") and "(" in stretch:
        end = start + stretch.rindex("(")
        stretch = text[start:end]
    marks = [one.end() for one in _BREAK.finditer(stretch.rstrip(", \n"))]
    words = _words(text, start + (marks[-1] if marks else 0), end)
    for head, word in enumerate(words):
        if not _is_head(word) or len(words) - head > 14:
            continue
        first = _back(words, head)
        made = list(_offices(words, first, whole=True))
        if made:
            owned = first > 0 and words[first - 1].low in ("his", "her", "their", "its", "my", "our")
            yield from (one for one in made if not owned or one[0].organisation or one[0].place)
            return


def phrase_after(text: str, start: int, end: int, *, implied: str = "") -> Iterator[_Hit]:
    """Offices that begin at ``start``: an apposition or a predicate; ``implied`` is the title in a verb."""
    stop = _BREAK.search(text, start, end)
    words = _words(text, start, stop.start() if stop else end)[:16]
    if implied:
        body = _body(words, 0)
        if body:
            yield Office(implied, body[0], body[1], ""), words[0].start, words[body[2] - 1].end
        return
    yield from _offices(words, 0, whole=False)


def _is_head(word: _Word) -> bool:
    low = word.low.removeprefix("ex-").removeprefix("co-").removesuffix("'s")
    return low in OFFICE_HEADS or low.split("-")[-1] in OFFICE_HEADS


def _back(words: list[_Word], head: int) -> int:
    """Where the phrase of the office at ``head`` starts: over modifiers and a status word."""
    first = head
    while first > 0 and head - first < _MODIFIERS + 1:
        low = words[first - 1].low
        if low in _STATUSES or low.startswith("ex-"):
            return first - 1
        if low in FUNCTION or low.isdigit() or low in SPEECH or low in CONNECTORS or low.endswith(("ly", "ing", "ed")):
            break
        first -= 1
    return first


def _offices(words: list[_Word], first: int, *, whole: bool) -> Iterator[_Hit]:
    """The offices from ``first`` on; with ``whole`` the phrase must reach the end of the words."""
    made: list[_Hit] = []
    at = first
    while at < len(words):
        one = _one(words, at)
        if one is None:
            break
        office, after = one
        made.append((office, words[at].start, words[after - 1].end))
        at = after
        if at < len(words) and words[at].low == "and":
            at += 1
            continue
        break
    if whole and at < len(words):
        return
    if made and made[0][0].status and not whole:
        made = [(one._replace(status=one.status or made[0][0].status), a, b) for one, a, b in made]
    if made and whole and made[0][0].status:
        made = [(one._replace(status=made[0][0].status), a, b) for one, a, b in made]
    yield from made


def _one(words: list[_Word], first: int) -> tuple[Office, int] | None:
    """One office from ``first``: status, modifiers, head, body."""
    at, status = first, ""
    while at < len(words) and (
        words[at].low in ("a", "an", "the", "as", "its", "our", "their") or words[at].low in _STATUSES
    ):
        if words[at].low in _STATUSES:
            status = _STATUS_OF.get(words[at].low, words[at].low)
        at += 1
    if at < len(words) and words[at].low.startswith("ex-"):
        status = "ex"
    head = next((place for place in range(at, min(at + _MODIFIERS + 1, len(words))) if _is_head(words[place])), None)
    if head is None or any(_no_modifier(one) for one in words[at:head]):
        return None
    head = _last_head(words, head)
    if words[head].low.endswith("'s"):
        return None
    after = head + 1
    joined = " ".join(one.low for one in words[after : after + 2])
    title_words = [one.text for one in words[at:after]]
    if joined in _ENDINGS:
        title_words += [one.text for one in words[after : after + 2]]
        after += 2
    if status == "ex":
        title_words[0] = re.sub(r"^[Ee]x-", "", title_words[0])
    if [one.low for one in words[after : after + 3]] in (["of", "the", "time"], ["of", "that", "time"]):
        organisation, title_words = _leading_body(title_words)
        return Office(" ".join(title_words), organisation, "", status or "of the time"), after + 3
    field = _field(words, after)
    title_words += [one.text for one in words[after:field]]
    return _with_body(words, field, title_words, status)


def _with_body(words: list[_Word], after: int, title: list[str], status: str) -> tuple[Office, int] | None:
    """The office with the body and place that "of", "for", "at" or "in" gives it."""
    organisation, title = _leading_body(title)
    if after >= len(words) or words[after].low not in ("of", "for", "at", "in", "to"):
        return Office(" ".join(title), organisation, "", status), after
    body = _body(words, after + 1, place=words[after].low == "in")
    if body is None:
        if words[after].low in ("of", "for", "to"):
            return None
        return Office(" ".join(title), organisation, "", status), after
    return Office(" ".join(title), body[0] or organisation, body[1], status), body[2]


def _field(words: list[_Word], after: int) -> int:
    """The place after "of records", "of public health": a field of work that belongs to the title."""
    if after >= len(words) or words[after].low != "of" or words[after - 1].low == "member":
        return after
    at = after + 1
    while at < len(words) and at - after < 4 and words[at].text.isalpha() and words[at].text.islower():
        low = words[at].low
        if low in _LOWER_BODY or low in FUNCTION or low in SPEECH or low in _COUNTED:
            break
        at += 1
    ends = at >= len(words) or words[at].low in ("of", "for", "at", "in", "since", "until", "from", "when", "and")
    return at if at > after + 1 and ends else after


def _last_head(words: list[_Word], head: int) -> int:
    """The last head word of one title: "deputy interior minister", "chief of staff" stays at its first."""
    at = head
    for step in (1, 2, 1, 2):
        between = words[at + 1 : at + step]
        if at + step < len(words) and _is_head(words[at + step]) and not any(_no_modifier(one) for one in between):
            at += step
    return at


def _no_modifier(word: _Word) -> bool:
    return word.low in FUNCTION or word.low in SPEECH or word.low in CONNECTORS or word.low == "who"


def _leading_body(title: list[str]) -> tuple[str, list[str]]:
    """Forms like "WOIPFG representative", "Party chief", "Harbour Board chairman": the body before the head."""
    cut = 0
    for place, word in enumerate(title[:-1]):
        acronym = (len(word) > 1 and word.isupper()) or word.endswith(("’s", "'s"))
        if acronym or (word[0].isupper() and word.lower() in ORG_HEADS):
            cut = place + 1
    return " ".join(title[:cut]).removesuffix("’s").removesuffix("'s"), title[cut:]


def _body(words: list[_Word], at: int, *, place: bool = False) -> tuple[str, str, int] | None:
    """The body after "of": organisation, place, and the place after them."""
    start = at
    while at < len(words) and words[at].low in ("the", "a", "an", "its", "his", "her", "their"):
        at += 1
    first = at
    if at < len(words) and words[at].text in _LOWER_BODY:
        while at < len(words) and words[at].text in _LOWER_BODY:
            at += 1
    else:
        while at < len(words) and at - first < 2 and _adjective(words, at):
            at += 1
        at = _capitals(words, at) if at == first or _is_body(_run(words, at)) else first
    if at == first:
        return None
    name = " ".join(one.text for one in words[first:at])
    if name.endswith(("’s", "'s")):
        more = at
        while more < len(words) and more - at < 3 and (words[more].low in _LOWER_BODY or words[more].text[0].isupper()):
            more += 1
        if more == at:
            return None
        name, at = " ".join(one.text for one in words[first:more]), more
    where, at = _where(words, at)
    if place and start == first and not _is_body(name):
        return "", name, at
    return ("", name if not where else f"{name}, {where}", at) if not _is_body(name) else (name, where, at)


def _adjective(words: list[_Word], at: int) -> bool:
    """Whether a lower-case word may stand before a body's name: "the parliamentary Committee on X"."""
    word = words[at]
    return word.text.isalpha() and word.text.islower() and not (_no_modifier(word) or _is_head(word))


def _run(words: list[_Word], at: int) -> str:
    """The capitalised words from ``at`` on, or a name that is no body's."""
    return " ".join(one.text for one in words[at : _capitals(words, at)]) or "-"


def _capitals(words: list[_Word], at: int) -> int:
    """The place after a run of capitalised words and the connectors inside of it."""
    first = last = at
    while at < len(words):
        if words[at].text[0].isupper():
            at += 1
            last = at
            if words[at - 1].low.endswith("'s"):
                break
        elif words[at].low in CONNECTORS and words[at].low != "in" and at > first and at - last < 2:
            if words[at].low == "and" and at + 1 < len(words) and _is_head(words[at + 1]):
                break
            at += 1
        else:
            break
    return last


def _where(words: list[_Word], at: int) -> tuple[str, int]:
    """Forms like "in Liaoning Province" after a body."""
    if at + 1 < len(words) and words[at].low == "in" and words[at + 1].text[0].isupper():
        end = at + 1
        while end < len(words) and words[end].text[0].isupper():
            end += 1
        return " ".join(one.text for one in words[at + 1 : end]), end
    return "", at


def _is_body(name: str) -> bool:
    """Whether a name is an organisation's rather than a place's."""
    lows = [word.lower().removesuffix("'s").removesuffix("’s") for word in name.split()]
    if any(low in ORG_HEADS or low in PAPER_HEADS for low in lows) or "’s" in name or "'s" in name:
        return True
    return any(word.isupper() and len(word) > 2 for word in name.split()) or lows[0] in _LOWER_BODY
