"""One Chinese clause: its cues, each with its parts.

- A cue counts when what stands before it can speak; a weak verb needs a source that is recognised, or shared.
- 的 behind a cue, or 的, 这一, 有关 before it, make it a noun or a modifier: no cue.
- The person told or asked is split from what is said by the ends of persons and bodies.

Example::

    "警方要求他离开"  ->  source 警方, cue 要求, addressee 他, content from 离开
"""

import dataclasses
import re

from quoth.attribute.chinese_layers import Clause
from quoth.attribute.chinese_left import Left, is_adverbial, leading_source, read_left, skip_joins
from quoth.attribute.chinese_nouns import framed, is_noun
from quoth.attribute.chinese_people import ANONYMOUS, QUOTED, is_party, is_pronoun, kind_of, named_at_end
from quoth.attribute.chinese_words import NOUNS, TABLE, Entry, Token, any_of, tokens
from quoth.attribute.drafts import Span
from quoth.record.statement import Act, SourceType

__all__ = ["Hit", "hits_in"]

_MOST = 6
_READ = 400
"""Characters of a clause that are searched for cues: no prose goes on so long without a mark."""
_SPEECH = frozenset(
    [
        Act.SAY,
        Act.TELL,
        Act.ANSWER,
        Act.REVEAL,
        Act.ASK,
        Act.ADMIT,
        Act.WARN,
        Act.CLAIM,
        Act.REPORT,
        Act.DENY,
        Act.CONFIRM,
        Act.PROMISE,
        Act.BELIEVE,
        Act.ANNOUNCE,
    ]
)
_PLAIN_SPEECH = frozenset(TABLE["plain"]["words"].split())
_PARTICLE = re.compile(
    r"(?:了(?!解|如|结|断|不起)|过(?!去|于|度|程|敏|期|境|渡|河|渡)|着(?!手|眼|力|急|重|陆|火|装|想)|之|出来?)+"
)
_SAYING = re.compile(r"(?:说(?!法|服|明|话|谎)|道(?!路|德|歉|理|别)|称(?!号|职|为|赞)|指出|表示|认为)+")
_OF = "的(?:[一二两三四五六七八九十几多]+[项条点个大]|最大的?|主要|唯一的?|这种|一贯|初步|核心)?"
_NOUN_CUE = re.compile(
    rf"(?P<who>[^，。：；{QUOTED}]{{1,20}}?){_OF}(?P<noun>{any_of(' '.join(NOUNS))})(?:(?P<be>是)|\Z|(?=：)|$)"
)
_BE = re.compile("的(?=不?是)")
_NEXT = frozenset(
    "立尽在不把将对向应要就是从为以停撤公释提介到别来去出交放让与保勿说做改加减派设签退补澄道还回承遵守配合允许禁取查调帮留参进入开关打等找按先后再重继速迅即必须务可能会有没无严依全彻自主切认正面回给作采制尊"
)
_UNLIKELY = re.compile(
    r"[，。；]|是因为|(?:是|了|着|过)\Z|[一二两三四五六七八九十几这那每某各多第][名位个份项种]?\Z|(?:因|为|从|和|与|及|或|被|让|使|令|给|于|以|所|而|地|得|更|之|前|后|中|里|上|时|打|去|来|到|把|将|在|要|会)\Z"
)


@dataclasses.dataclass(slots=True, kw_only=True)
class Hit:
    """One cue that counts: spans in the layer. ``waits`` when its content is still to come."""

    token: Token
    left: Left
    cue: Span
    source: Span | None
    addressee: Span | None = None
    content: list[Span] = dataclasses.field(default_factory=list)
    about: Span | None = None
    waits: bool = False
    quoted: bool = False
    shares: bool = False
    negative: bool = False
    rule: str = "Chinese cue with what is said"

    @property
    def act(self) -> Act:
        """What kind of saying it is."""
        return self.token.entry.act

    def is_loose(self) -> bool:
        """Whether its content may run on over commas."""
        return "clause" in self.token.entry.frames


def _speaker(text: str, left: Left, *, token: Token, inner: bool, plain: str) -> tuple[bool, Span | None]:
    """Whether the source will do, and the source as cut."""
    span = left.source
    if span is None:
        return True, None
    words = text[span[0] : span[1]]
    kind = kind_of(words, plain[span[0] : span[1]])
    strange = _UNLIKELY.search(words) is not None and not named_at_end(words) and not is_pronoun(words)
    if kind is not None and not strange:
        return True, _cut(text, span)
    if kind is None and is_adverbial(text, *span):
        return True, None
    head = leading_source(text, *span)
    if head is not None and head[1] < span[1]:
        return not token.entry.weak or token.entry.act in _SPEECH, head
    if token.entry.weak or strange or (inner and token.entry.lemma not in _PLAIN_SPEECH):
        return False, None
    return len(words) <= 30, span


def _cut(text: str, span: Span) -> Span:
    """The source without a verb phrase before it: 打来电话的, 其中."""
    start, end = span
    for lead in ("其中", "连", "当"):
        if (
            text.startswith(lead, start)
            and start + len(lead) < end
            and kind_of(text[start + len(lead) : end])
            and not is_pronoun(text[start:end])
        ):
            return start + len(lead), end
    return span


def _told(text: str, start: int, *, clause: Clause) -> int:
    """Where the addressee that begins at ``start`` ends, or ``start``."""
    rest = text[start : clause.end]
    whole = kind_of(rest) if clause.after in ("，", "：") and 0 < len(rest) <= 16 and QUOTED not in rest else None
    if (
        whole is not None
        and is_party(rest)
        and rest[0] not in _NEXT
        and leading_source(text, start, clause.end) is None
    ):
        return clause.end
    best = 0
    if rest[:1] in _NEXT:
        return start
    for size in range(1, min(len(rest), 22)):
        words = rest[:size]
        if QUOTED in words:
            break
        ahead = rest[size]
        if ahead in "的、" or words[-1] in "的、":
            continue
        if not is_party(words):
            continue
        if is_pronoun(words) and not is_pronoun(words + ahead):
            return start + size
        if ahead in _NEXT or ahead == QUOTED:
            longer = next(
                (
                    more
                    for more in range(size + 1, min(size + 5, len(rest)))
                    if kind_of(rest[:more])
                    and len(rest) > more
                    and (rest[more] in _NEXT or rest[more] == QUOTED)
                    and not named_at_end(rest[:more])
                ),
                0,
            )
            return start + (longer or size)
        if not best and size > 1:
            best = size
    return start + best


def _fill(text: str, hit: Hit, *, clause: Clause) -> None:
    """The cue's end, the addressee and the content in this clause."""
    token, left = hit.token, hit.left
    at = token.end
    if token.split:
        hit.cue = (left.cue, token.split)
        hit.content = [(token.split, token.end)]
        return
    particle = _PARTICLE.match(text, at, clause.end)
    at = particle.end() if particle else at
    saying = _SAYING.match(text, at, clause.end) if token.entry.kind in ("verb", "carried") else None
    at = saying.end() if saying else at
    hit.cue = (left.cue, at)
    be = _BE.match(text, at, clause.end)
    at = be.end() if be else at
    if token.entry.lemma in ("称", "视", "形容", "任命", "判定", "描述", "评", "视作", "看作") and text[
        at : at + 1
    ] in ("为", "作"):
        at += 1
        hit.cue = (left.cue, at)
    if left.held is not None:
        hit.content.append(left.held)
    if left.passive and left.patient is not None:
        told = token.entry.act in (Act.TELL, Act.WARN, Act.REQUEST, Act.ASK)
        if told:
            hit.addressee = left.patient
        else:
            hit.content.append(left.patient)
    elif "person" in token.entry.frames:
        end = _told(text, at, clause=clause)
        if end > at:
            hit.addressee = (at, end)
            at = end
    if clause.end > at:
        hit.content.append((at, clause.end))
        hit.quoted = text[at] == QUOTED
    else:
        hit.waits = bool(clause.after) and clause.after in "，：:," and hit.is_loose()


def _around(text: str, hit: Hit) -> None:
    """Settles 对X and 就X: addressee, or content."""
    left = hit.left
    on = left.about
    if left.to is not None:
        words = text[left.to[0] : left.to[1]]
        person = kind_of(words) not in (None, SourceType.DOCUMENT)
        if (
            hit.addressee is None
            and person
            and hit.act in _SPEECH
            and (hit.waits or hit.content or hit.token.entry.kind == "verb")
            and hit.token.entry.kind != "carried"
            and hit.act not in (Act.BELIEVE, Act.DENY)
        ):
            hit.addressee = left.to
        elif words not in ("此", "其", "之"):
            on = on or left.to
    if on is not None and not hit.content and not hit.waits:
        hit.content = [on]
    elif on is not None and hit.token.entry.kind == "carried" and (hit.waits or not hit.content):
        hit.content, hit.waits = [on], False
    elif on is not None and hit.content and hit.token.split:
        hit.content = [on]
        hit.cue = (hit.cue[0], hit.token.end)
    elif on is not None and not hit.content:
        hit.about = on


def hits_in(text: str, clause: Clause, plain: str, *, start: int) -> list[Hit]:
    """The cues of ``clause`` that count; ``start`` is where its words begin, behind a leading quotation."""
    found: list[Hit] = []
    floor = start
    cues = tokens(text, start, min(clause.end, start + _READ))
    noun = _noun_cue(text, clause, start=start)
    if noun is not None:
        return [noun]
    for index, token in enumerate(cues):
        if len(found) == _MOST:
            break
        if (
            token.start < floor
            or is_noun(text, token, clause=clause)
            or framed(text, token, later=cues[index + 1 : index + 3], floor=floor)
        ):
            continue
        if token.entry.kind == "alone":
            if skip_joins(text, start, token.start) == token.start:
                left = Left(cue=token.start)
                hit = Hit(
                    token=token, left=left, cue=(token.start, token.end), source=None, rule="Chinese report or rumour"
                )
                _fill(text, hit, clause=clause)
                found.append(hit)
                floor = token.end
            continue
        tried = _tried(text, token, clause=clause, plain=plain, floor=floor, found=found)
        if tried is not None:
            found.append(tried)
            floor = max(tried.cue[1], tried.content[-1][0] if tried.content else 0)
    return found


def _noun_cue(text: str, clause: Clause, *, start: int) -> Hit | None:
    """X的担忧是…, X的三项要求：: a noun that stands for what is said."""
    match = _NOUN_CUE.match(text, start, clause.end)
    if (
        match is None
        or (match.end() == clause.end and clause.after not in ("：", ":"))
        or (match["be"] and match.end() == clause.end)
    ):
        return None
    source = match.span("who")
    source = (skip_joins(text, *source), source[1])
    if kind_of(text[slice(*source)]) is None:
        return None
    entry = Entry(lemma=match["noun"], act=NOUNS[match["noun"]], frames=frozenset(["clause"]), kind="noun")
    token = Token(start=match.start("noun"), end=match.end(), entry=entry)
    hit = Hit(
        token=token, left=Left(cue=token.start), cue=(token.start, token.end), source=source, rule="Chinese noun cue"
    )
    if match.end() < clause.end:
        hit.content.append((match.end(), clause.end))
    else:
        hit.waits = True
    return hit


def _tried(text: str, token: Token, *, clause: Clause, plain: str, floor: int, found: list[Hit]) -> Hit | None:
    """The hit of one cue, or none where nobody fit to speak stands before it."""
    left = read_left(text, floor, token.start)
    inner = bool(found)
    if token.entry.lemma == "看来":
        if left.medium is None or left.source is not None:
            return None
        left.source, left.medium = (left.medium[0] + 1, left.medium[1]), None
    if left.frame and token.entry.weak and not kind_of(text[slice(*left.source)] if left.source else ""):
        return None
    good, source = _speaker(text, left, token=token, inner=inner, plain=plain)
    if not good:
        return None
    negative = _polarity(token, left)
    hit = Hit(token=token, left=left, cue=(left.cue, token.end), source=source, negative=negative)
    _fill(text, hit, clause=clause)
    _around(text, hit)
    hit.shares = source is None and not left.passive
    if hit.shares and inner and not _joins(text, hit, clause=clause, outer=found[-1]):
        return None
    if (
        hit.source is not None
        and source is not None
        and text[source[0] : source[1]] in ("没有人", "无人", "没人", "没有谁")
    ):
        hit.negative = True
    if hit.act is Act.ANSWER and left.negative and token.entry.kind == "carried":
        entry = dataclasses.replace(token.entry, act=Act.NO_RESPONSE, negative=True)
        hit.token, hit.negative = dataclasses.replace(token, entry=entry), True
    hit.rule = _rule(hit)
    return hit


def _joins(text: str, hit: Hit, *, clause: Clause, outer: Hit) -> bool:
    """Gives a cue right behind another the other's source; false where it is part of what the other governs."""
    token, left = hit.token, hit.left
    if "person" in outer.token.entry.frames and outer.act is Act.REQUEST:
        return False
    if outer.act is Act.NO_RESPONSE or (outer.act is Act.DECLINE and left.cue <= outer.cue[1]):
        return False
    noun = token.end == clause.end and token.entry.lemma in NOUNS and token.entry.kind == "verb"
    if noun or token.entry.lemma in ("报道", "报导"):
        return False
    apart = outer.cue[1] < left.cue and bool(outer.content) and outer.content[-1][0] < left.cue
    if apart and ANONYMOUS not in text[outer.cue[1] : left.cue]:
        return False
    hit.source = outer.source
    hit.shares = outer.shares
    return True


def _polarity(token: Token, left: Left) -> bool:
    """Whether the cue is negative: its own minus and a negation before it cancel out, but for denials."""
    own = token.entry.negative
    if token.entry.kind == "verb" and left.negative and token.entry.act is not Act.DENY:
        return not own
    return own or left.negative


def _rule(hit: Hit) -> str:
    if hit.act in (Act.DECLINE, Act.NO_RESPONSE):
        return "Chinese silence or refusal"
    if hit.left.passive:
        return "Chinese passive"
    return "Chinese source in a frame" if hit.left.frame else "Chinese cue with what is said"
