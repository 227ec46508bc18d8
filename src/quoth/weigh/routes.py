"""Claims, their origins, and the routes on which they reach us.

- A claim is suggested where a proposition is carried by two exhibits or more, by two stances, or
  by a chain of three speakers that says something at length (five content words); everything else
  stays a single statement.
- Copies add neither an origin nor a route: they are passed on the route of the text they copy.
- Where one outlet names another, the route leads on into that outlet's text, if it is held;
  two outlets that name each other give no origin, and the reason says so.
- A statement within which another one stands only reports: the inner one brings the origin.
- Asking and refusing bring no origin. Denying does, and is counted apart.

Example::

    claims_of(ground, chains, exhibits=exhibits, copies=copies)[0].reason
    # '3 reports, 1 origin: x-1, x-2 and x-3 rest on Ines Halvard; x-2 copies x-1 (912 of 1000)'
"""

import dataclasses
from collections.abc import Iterable, Sequence

from quoth.record.claim import Claim, Stance, StatementStance
from quoth.record.exhibit import Exhibit
from quoth.record.finding import CopyLink
from quoth.record.statement import Act, AttributionChain, Polarity, Statement
from quoth.terms.ident import ident
from quoth.weigh.alike import Saying, groups, saying
from quoth.weigh.ground import Ground, bare, joined
from quoth.weigh.kinship import Kinship
from quoth.weigh.origins import Found, Origins
from quoth.weigh.paths import Paths, Step, origins_in, paths_of, routes_in
from quoth.weigh.words import content_words

__all__ = ["claims_of", "stance_of"]

_SILENT = frozenset({Act.NO_RESPONSE, Act.DECLINE})
_ASKING = frozenset({Act.ASK, Act.REQUEST})
_PASSING_ON = frozenset({Act.REPORT, Act.RUMOUR})
_ATTITUDES = frozenset({Act.WANT, Act.HOPE, Act.FEAR, Act.PLAN, Act.ORDER, Act.OFFER, Act.PROMISE})
_REQUESTING = "requests for comment questions inquiries enquiries interviews telephone email e-mail phone calls written"
_DEEDS = frozenset({Act.ORDER, Act.WANT, Act.PLAN, Act.HOPE, Act.FEAR})
_NO_PROPOSITION = frozenset(content_words(_REQUESTING))
_ORIGINLESS = frozenset({Stance.ASKS, Stance.WOULD_NOT_SAY})
_OPENING, _CLOSING = '“"«', '”"»'
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
    depth: int
    stance: Stance
    outlet: str

    @property
    def step(self) -> Step:
        """What the routes need of it."""
        return Step(self.statement.id, self.said, self.origin, self.exhibits, self.outlet)


def stance_of(statement: Statement, *, holds_another: bool) -> Stance:
    """What a statement does with its content, by act and polarity; ``holds_another``: it only passes on."""
    negative = statement.polarity is Polarity.NEGATIVE
    if statement.act in _SILENT:
        return Stance.WOULD_NOT_SAY
    if statement.act is Act.DENY:
        return Stance.REPORTS if negative else Stance.DENIES
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
        nested = one.statement.within == two.statement.id or two.statement.within == one.statement.id
        cites = bool(one.origin.outlet or two.origin.outlet)
        same = one.origin.key == two.origin.key and kin.first(one.origin.scope) == kin.first(two.origin.scope)
        return nested or same or cites or kin.copied(one.exhibits[0], two.exhibits[0])

    made = (_claim([voices[place] for place in group], kin) for group in groups([one.said for one in voices], related))
    return tuple(sorted((claim for claim in made if claim is not None), key=lambda claim: claim.id))


def _voices(ground: Ground, origins: Origins) -> list[_Voice]:
    holders = {one.within for one in ground.statements if one.within}
    made = []
    for statement in ground.statements:
        text = joined(statement.content)
        said = saying(text)
        if said.words <= _NO_PROPOSITION:
            continue
        made.append(
            _Voice(
                statement=statement,
                text=text,
                said=said,
                origin=origins.of(statement),
                exhibits=ground.exhibits(statement.rendition),
                depth=origins.depth(statement),
                stance=stance_of(statement, holds_another=statement.id in holders),
                outlet=bare(ground.document(statement.rendition).outlet),
            )
        )
    return made


def _claim(voices: Sequence[_Voice], kin: Kinship) -> Claim | None:
    carried = sorted({exhibit for voice in voices for exhibit in voice.exhibits}, key=kin.order)
    stances = {voice.stance for voice in voices} - {Stance.REPORTS}
    bearing = _bearing(voices)
    deep = any(voice.depth >= _DEEP and len(voice.said.words) >= _TELLING for voice in bearing)
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
    """Voices that bring an origin: no questions, no refusals, nobody who only passes on another of them.

    An order or a wish that another one reports is that other one's account: it brings no origin itself.
    """
    outer = {voice.statement.within for voice in voices if voice.statement.act not in _DEEDS}
    names = {voice.statement.id for voice in voices}
    voices = [voice for voice in voices if voice.statement.act not in _DEEDS or voice.statement.within not in names]
    return [voice for voice in voices if voice.stance not in _ORIGINLESS and voice.statement.id not in outer]


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
