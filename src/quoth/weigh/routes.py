"""Claims, their origins, and the routes on which they reach us.

- A claim is suggested where a proposition is carried by two exhibits or more, by two stances, or
  by a chain of three speakers that says something at length (five content words); everything else
  stays a single statement.
- Copies add neither an origin nor a route: they are passed on the route of the text they copy.
- Where one outlet names another, the route leads on into that outlet's text, if it is held;
  two outlets that name each other give no origin, and the reason says so.
- What somebody says within a statement is another proposition than the statement's own: each has the
  last speaker of its own chain as origin. Within one claim only the outermost of a chain counts.
- Such a chain of three makes a claim of what is said, not of a thing handed over or an order given.
- Asking and refusing bring no origin. Denying does, and is counted apart; "nobody denies" only reports.

Example::

    claims_of(ground, chains, exhibits=exhibits, copies=copies)[0].reason
    # '3 reports, 1 origin: x-1, x-2 and x-3 rest on Ines Halvard; x-2 copies x-1 (912 of 1000)'
"""

import dataclasses
import re
from collections.abc import Iterable, Sequence

from quoth.record.claim import Claim, Stance, StatementStance
from quoth.record.exhibit import Exhibit
from quoth.record.finding import CopyLink
from quoth.record.passage import PassageRole
from quoth.record.statement import Act, AttributionChain, Form, Polarity, Statement
from quoth.terms.anchor import Extract
from quoth.terms.ident import ident
from quoth.weigh.alike import Saying, groups, saying
from quoth.weigh.ground import Ground, bare, joined
from quoth.weigh.kinship import Kinship
from quoth.weigh.origins import Found, Origins, speaks
from quoth.weigh.paths import Paths, Step, origins_in, paths_of, routes_in
from quoth.weigh.words import content_words, negations

__all__ = ["claims_of", "stance_of"]

_SILENT = frozenset({Act.NO_RESPONSE, Act.DECLINE})
_ASKING = frozenset({Act.ASK, Act.REQUEST})
_PASSING_ON = frozenset({Act.REPORT, Act.RUMOUR})
_ATTITUDES = frozenset({Act.WANT, Act.HOPE, Act.FEAR, Act.PLAN, Act.ORDER, Act.OFFER, Act.PROMISE})
_REQUESTING = "requests for comment questions inquiries enquiries interviews telephone email e-mail phone calls written"
_HANDING = frozenset({Act.REVEAL, Act.SHOW, Act.REPORT, Act.KNOW, Act.OFFER, Act.OTHER})
_CLAUSE = re.compile(r"that\b|[“\"«]")
_NO_CLAUSE = re.compile(r"to\b")
_NONE_OF = re.compile(r"\b(?:none|neither|nobody|few)(?: of)?\s*$", re.IGNORECASE)
_HELD_BACK = frozenset({Stance.DENIES, Stance.DOUBTS, Stance.ASKS, Stance.WOULD_NOT_SAY})
_NO_PROPOSITION = frozenset(content_words(_REQUESTING))
_ORIGINLESS = frozenset({Stance.ASKS, Stance.WOULD_NOT_SAY})
_OPENING, _CLOSING = '“"«', '”"»'
_HEADINGS = frozenset({PassageRole.TITLE, PassageRole.HEADING, PassageRole.CAPTION})
_DEEP = 3
_TELLING = 5


@dataclasses.dataclass(frozen=True, slots=True)
class _Voice:
    """One statement as it is weighed."""

    statement: Statement
    text: str
    said: Saying
    origin: Found
    exhibits: tuple[str, ...]
    above: frozenset[str]
    deep: bool
    stance: Stance
    outlet: str
    heading: bool

    @property
    def step(self) -> Step:
        """What the routes need of it."""
        return Step(
            self.statement.id,
            self.said,
            self.origin,
            self.exhibits,
            self.outlet,
            heading=self.heading,
            denies=self.stance is Stance.DENIES,
        )


def stance_of(statement: Statement, *, holds_another: bool, undenied: bool = False) -> Stance:
    """What a statement does with its content, by act and polarity.

    ``holds_another``: it only passes on; ``undenied``: a denial that is itself negated ("did not deny").
    The act of denying carries a negative polarity of its own, which therefore tells nothing here.
    """
    negative = statement.polarity is Polarity.NEGATIVE
    if statement.act in _SILENT:
        return Stance.WOULD_NOT_SAY
    if statement.act is Act.DENY:
        return Stance.REPORTS if undenied else Stance.DENIES
    if statement.act in _ASKING:
        return Stance.ASKS
    if holds_another or statement.act in _PASSING_ON or statement.act in _ATTITUDES:
        return Stance.REPORTS
    if negative:
        return Stance.DOUBTS if statement.act in (Act.BELIEVE, Act.KNOW, Act.CLAIM) else Stance.WOULD_NOT_SAY
    return Stance.ASSERTS


def claims_of(
    ground: Ground, chains: Iterable[AttributionChain], *, exhibits: Iterable[Exhibit], copies: Iterable[CopyLink]
) -> tuple[Claim, ...]:
    """The claims of one case as suggestions, sorted by name."""
    kin = Kinship.of(copies, ground.documents)
    origins = Origins(ground, chains, exhibits)
    voices = _voices(ground, origins)

    def related(left: int, right: int) -> bool:
        one, two = voices[left], voices[right]
        nested = one.statement.id in two.above or two.statement.id in one.above
        cites = bool(one.origin.outlet or two.origin.outlet)
        same = one.origin.key == two.origin.key and kin.first(one.origin.scope) == kin.first(two.origin.scope)
        return nested or same or cites or kin.copied(one.exhibits[0], two.exhibits[0])

    places = {voice.statement.id: place for place, voice in enumerate(voices)}
    apart = [
        frozenset(places[name] for name in voice.above if name in places and speaks(voice.statement))
        for voice in voices
    ]
    found = groups([one.said for one in voices], related, apart=apart)
    made = (_claim([voices[place] for place in group], kin) for group in found)
    return tuple(sorted((claim for claim in made if claim is not None), key=lambda claim: claim.id))


def _voices(ground: Ground, origins: Origins) -> list[_Voice]:
    passing = {one.within for one in ground.statements if one.within and not one.source}
    retold = {one.within for one in ground.statements if origins.depth(one) >= _DEEP and _retells(ground, one)}
    headings = {
        document.content: tuple(one.anchor.extract for one in document.passages if one.role in _HEADINGS)
        for document in ground.unique()
    }
    made = []
    for statement in ground.statements:
        text = joined(statement.content)
        said = saying(text)
        if said.words <= _NO_PROPOSITION:
            continue
        origin = origins.of(statement)
        above = origins.ancestors(statement)[1:]
        stance = _stance(ground, statement, above, passes_on=statement.id in passing)
        told = origin.rests is not None or (bool(above) and not speaks(statement))
        deep = statement.id in retold or origins.depth(statement) >= _DEEP
        made.append(
            _Voice(
                statement=statement,
                text=text,
                said=said,
                origin=origin,
                exhibits=ground.exhibits(statement.rendition),
                above=frozenset(one.id for one in above),
                deep=deep and len(said.words) >= _TELLING and _is_clause(statement, text),
                stance=Stance.REPORTS if told and stance is Stance.ASSERTS else stance,
                outlet=bare(ground.document(statement.rendition).outlet),
                heading=_stands_in(statement, headings.get(statement.rendition, ())),
            )
        )
    return made


def _stands_in(statement: Statement, passages: Iterable[Extract | None]) -> bool:
    spots = statement.cue or statement.content or statement.source
    return any(held is not None and held.start <= spots[0].start < held.end for held in passages if spots)


def _retells(ground: Ground, statement: Statement) -> bool:
    """Whether a statement is what the one around it is about: another speaker's words, at length."""
    holder = ground.by_id.get(statement.within)
    if holder is None or not speaks(statement) or statement.act in _SILENT | _ASKING:
        return False
    inner, outer = saying(joined(statement.content)).words, saying(joined(holder.content)).words
    another = ground.speaker(statement).key != ground.speaker(holder).key
    return another and len(inner) >= _TELLING and len(inner) * 2 >= len(outer)


def _stance(ground: Ground, statement: Statement, above: Sequence[Statement], *, passes_on: bool) -> Stance:
    """The stance of a statement; what nobody says within a denial or a question is denied or asked with it."""
    own = stance_of(statement, holds_another=passes_on, undenied=_undenied(ground, statement))
    holder = next((one for one in above if speaks(one)), None)
    if statement.source or holder is None:
        return own
    held = stance_of(holder, holds_another=False, undenied=_undenied(ground, holder))
    if held not in _HELD_BACK:
        return own
    return Stance.REPORTS if own is held is Stance.DENIES else held


def _undenied(ground: Ground, statement: Statement) -> bool:
    """Whether it is a denial that is not made: "did not deny", "none of them denies"."""
    if statement.act is not Act.DENY:
        return False
    start = min((spot.start for spot in statement.source), default=0)
    before = ground.document(statement.rendition).text[max(0, start - 12) : start]
    nobody = negations(joined(statement.source)) > 0 or _NONE_OF.search(before) is not None
    return nobody != bool(negations(joined(statement.cue)) % 2)


def _is_clause(statement: Statement, text: str) -> bool:
    """Whether the content is something said: not a thing handed over ("gave files"), not an order ("to leave")."""
    if _CLAUSE.match(text) or statement.form is Form.DIRECT:
        return True
    return statement.act not in _HANDING and not _NO_CLAUSE.match(text)


def _claim(voices: Sequence[_Voice], kin: Kinship) -> Claim | None:
    carried = sorted({exhibit for voice in voices for exhibit in voice.exhibits}, key=kin.order)
    stances = {voice.stance for voice in voices} - {Stance.REPORTS}
    bearing = _bearing(voices)
    deep = any(voice.deep for voice in bearing)
    if not bearing or (len(carried) < 2 and not deep and len(stances) < 2):
        return None
    paths = paths_of(tuple(voice.step for voice in bearing), kin)
    return Claim(
        id=ident("l", min(voice.statement.id for voice in voices)),
        proposition=_proposition(voices),
        stances=tuple(
            StatementStance(statement=voice.statement.id, stance=voice.stance)
            for voice in sorted(voices, key=lambda voice: voice.statement.id)
        ),
        origins=origins_in(paths),
        routes=routes_in(paths, kin),
        reason=_reason(voices, carried, paths),
    )


def _bearing(voices: Sequence[_Voice]) -> list[_Voice]:
    """Voices that bring an origin: no questions, no refusals, and of one chain only the outermost."""
    names = {voice.statement.id for voice in voices}
    return [voice for voice in voices if voice.stance not in _ORIGINLESS and not voice.above & names]


def _proposition(voices: Sequence[_Voice]) -> str:
    """The shortest wording that stands within no other one, without quotation marks and "that"."""
    names = {voice.statement.id for voice in voices}
    outer = [voice for voice in voices if voice.statement.within not in names]
    positive = [voice for voice in outer if voice.stance not in _ORIGINLESS] or outer or list(voices)
    chosen = min(positive, key=lambda voice: (len(voice.text), voice.text))
    made = chosen.text.strip(" ,;:").removeprefix("that ")
    if made[:1] in _OPENING and made[-1:] in _CLOSING and not any(sign in made[1:-1] for sign in _OPENING + _CLOSING):
        made = made[1:-1].strip(" ,;:")
    return made[:1].upper() + made[1:]


def _reason(voices: Sequence[_Voice], carried: Sequence[str], paths: Paths) -> str:
    """How many exhibits report it, from how many origins, and why they are no more."""
    denied = {voice.statement.id for voice in voices if voice.stance is Stance.DENIES}
    against = {path.key for path in paths.found if set(path.statements) <= denied}
    keys = {path.key for path in paths.found}
    counts = [_counted(len(carried), "report"), _counted(len(keys - against), "origin")]
    if against:
        counts.append(_counted(len(against), "denial"))
    labels = sorted({_told(path.origin) for path in paths.found})
    parts = [", ".join(counts) + (": " + "; ".join(labels) if labels else "")]
    return ". ".join((*parts, *paths.notes))


def _told(origin: Found) -> str:
    """The origin, and through whose mouths its words have come."""
    return origin.label + (f", told through {' and '.join(origin.via)}" if origin.via else "")


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
