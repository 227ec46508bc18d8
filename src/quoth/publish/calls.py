"""Recordings: player, picture of the sound, lines that open it.

- Each line's time opens the sound there (Media Fragments URI 1.0, section 4.2.1), without a script.
- Layers stay layers: what was transcribed stands above what was translated, each in its language.
- A caller that the records only describe is shown as described.

Example::

    rows(call)[0].time.start_ms
"""

import dataclasses

from quoth.publish.layout.html import Child, Html, tag
from quoth.publish.layout.pieces import facts, link, name, to, tongue_of, when
from quoth.publish.lookup import Lookup, party_name
from quoth.publish.media import media_path
from quoth.publish.references import linked
from quoth.record.call import Call, CallParty, LayerKind, TranscriptLayer, TranscriptLine
from quoth.record.call_record import CallMatch, CallRecord, MatchOutcome
from quoth.record.rendition import RenditionKind
from quoth.terms.anchor import TimeSpan

__all__ = ["Row", "call_head", "clock", "line_list", "matches", "rows"]

_ORDER = (LayerKind.SPOKEN, LayerKind.TRANSCRIPT, LayerKind.PRINTED, LayerKind.TRANSLATION)
_LAYER = {
    LayerKind.SPOKEN: "spoken",
    LayerKind.TRANSCRIPT: "transcript",
    LayerKind.PRINTED: "as printed",
    LayerKind.TRANSLATION: "translation",
}
_MATCH = {
    MatchOutcome.MATCHED: "A row of the telephone company’s file fits",
    MatchOutcome.NONE_FITS: "No row of the telephone company’s file fits",
    MatchOutcome.CANNOT_TELL: "The telephone company’s file cannot tell",
}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One moment of a call in every layer that has words for it."""

    time: TimeSpan
    lines: tuple[tuple[TranscriptLayer, TranscriptLine], ...]


def rows(call: Call) -> tuple[Row, ...]:
    """The layers' lines by their time; lines that begin together are one row."""
    layers = sorted(call.layers, key=lambda one: (_ORDER.index(one.kind), one.language, one.content))
    held: dict[int, list[tuple[TranscriptLayer, TranscriptLine]]] = {}
    for layer in layers:
        for line in layer.lines:
            held.setdefault(line.time.start_ms, []).append((layer, line))
    return tuple(Row(time=held[start][0][1].time, lines=tuple(held[start])) for start in sorted(held))


def clock(milliseconds: int) -> str:
    """Minutes and seconds, with hours where there are any: ``1:02``, ``1:00:02``."""
    minutes, seconds = divmod(max(milliseconds, 0) // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def call_head(lookup: Lookup, call: Call, here: str) -> Html:
    """Player, waveform where one is released, parties and claimed date."""
    sound = lookup.media.get(call.recording)
    audio: Child = tag("p", "The sound itself is not part of this dossier.", class_="absent")
    if sound:
        title = lookup.title(call.exhibit)[0]
        audio = tag(
            "audio", controls=True, preload="none", src=to(here, media_path(sound)), aria_label=f"Sound: {title}"
        )
    return tag(
        "div",
        _waveform(lookup, call, here),
        audio,
        facts(
            ("Length", clock(call.duration_ms)),
            ("Said to be made", when(call.claimed) if call.claimed else None),
            *((one.role.value.capitalize(), _party(lookup, one, here)) for one in call.parties),
            ("Pretext", name(call.pretext) if call.pretext else None),
        ),
        class_="call",
    )


def _waveform(lookup: Lookup, call: Call, here: str) -> Html | None:
    for one in lookup.renditions.get(call.exhibit, ()):
        picture = lookup.media.get(one.content)
        if one.kind is RenditionKind.PEAKS and picture and picture.media_type == "image/png":
            words = f"Loudness of the sound over its {clock(call.duration_ms)}; what is said stands below in words"
            return tag("img", src=to(here, media_path(picture)), alt=words, class_="wave")
    return None


def _party(lookup: Lookup, one: CallParty, here: str) -> Child:
    """Name or description, else that there is none; then the number as said."""
    party = lookup.parties.get(one.party)
    shown: list[Child] = [link(here, f"players/{party.id}.html", name(*party_name(party)))] if party else []
    if one.described:
        shown.append([" – " if shown else None, name(one.described)])
    if not shown:
        shown.append("not named")
    if one.number_as_said:
        shown.append(["; number as said: ", name(one.number_as_said)])
    return shown


def line_list(lookup: Lookup, call: Call, shown: tuple[Row, ...], here: str) -> Html:
    """Lines of a call: time, speaker, words in each layer."""
    sound = lookup.media.get(call.recording)
    items = []
    for row in shown:
        start = clock(row.time.start_ms)
        time: Child = start
        if sound:
            span = f"#t={row.time.start_ms / 1000:g},{row.time.end_ms / 1000:g}"
            time = tag("a", start, href=to(here, media_path(sound)) + span, aria_label=f"{start}: hear it")
        words = [
            tag(
                "p",
                tag("span", _LAYER[layer.kind], " ", class_="layer"),
                tag("bdi", line.text, **tongue_of(layer.language)),
                class_="tr" if layer.kind is LayerKind.TRANSLATION else "og",
            )
            for layer, line in row.lines
        ]
        speaker = next((line.speaker for _, line in row.lines if line.speaker), "")
        items.append(
            tag("li", tag("span", time, class_="at"), tag("div", tag("b", name(speaker)) if speaker else None, words))
        )
    return tag("ol", items, class_="lines")


def matches(lookup: Lookup, call: Call, here: str) -> list[Html]:
    """What comparing the call with a telephone company's file came to, and what that does not show."""
    held = {one.id: one for one in lookup.release.records.call_records}
    return [_match(lookup, one, held, here) for one in lookup.release.records.call_matches if one.call == call.id]


def _match(lookup: Lookup, one: CallMatch, held: dict[str, CallRecord], here: str) -> Html:
    best, second = held.get(one.record), held.get(one.runner_up)
    return tag(
        "li",
        tag("p", tag("b", _MATCH[one.outcome]), f" (weight of this suggestion: {one.probability} of 1000)"),
        facts(("Row", _row(lookup, best, here)), ("Next best row", _row(lookup, second, here))),
        tag("ul", [tag("li", linked(lookup, reason, here)) for reason in one.reasons]) if one.reasons else None,
        tag(
            "p",
            "This does not show who spoke, nor that the row is about this sound. ",
            ["What would settle it: ", linked(lookup, one.would_settle, here)] if one.would_settle else None,
            class_="limit",
        ),
    )


def _row(lookup: Lookup, row: CallRecord | None, here: str) -> Child:
    if row is None:
        return None
    where: Child = f"row {row.row}"
    if row.exhibit in lookup.exhibits:
        where = [link(here, f"exhibits/{row.exhibit}.html", name(lookup.title(row.exhibit)[0])), f", row {row.row}"]
    shown: list[Child] = [where]
    if row.start:
        shown.append(f", {row.start.replace('T', ' ')} {row.zone or '(time zone not given)'}")
    if row.duration_s >= 0:
        shown.append(f", {row.duration_s} s")
    if row.caller:
        shown.append([", from ", name(row.caller.as_written)])
    if row.callee:
        shown.append([", to ", name(row.callee.as_written)])
    return shown
