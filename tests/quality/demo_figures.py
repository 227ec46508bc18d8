"""What the pipeline finds of the demo case, measured against its answer key.

- A figure is a percentage (F1 where the system can also say too much), or a count of faults.
- Records that the case's own ``provenance.toml`` brings in do not count as found.

Example::

    python tests/quality/demo_figures.py
    python tests/quality/demo_figures.py --missing act
"""

import json
import re
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from quality.demo_case import DemoCase, build, build_result, dice, key, load, quoth, words_in
from quality.demo_statements import Figure, statement_figures
from quoth.record.assessment import Assessment
from quoth.record.call import Call, LayerKind
from quoth.record.call_record import CallMatch, CallRecord, MatchOutcome
from quoth.record.claim import Claim
from quoth.record.event import Dating
from quoth.record.exhibit import Exhibit, ExhibitStatus
from quoth.record.finding import CopyLink
from quoth.record.hypothesis import Gap, Question
from quoth.record.party import Party
from quoth.record.position import Occupancy, Position
from quoth.record.request import Request
from quoth.record.statement import Act, EditorialVoice, Statement
from quoth.terms.when import When

SMALL = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "for",
        "in",
        "on",
        "at",
        "by",
        "and",
        "or",
        "its",
        "it",
        "their",
        "this",
        "that",
        "from",
        "with",
        "as",
        "not",
        "be",
    ]
)
ARTICLES = ("the ", "mr ", "ms ", "mister ", "doctor ")


def _fault(name: str, faults: Iterable[str]) -> Figure:
    found = list(faults)
    return Figure(name, hits=len(found), counts=True, missing=found)


def _plain(name: str) -> str:
    lowered = " ".join(name.casefold().replace("’", "'").split())
    return next((lowered[len(one) :] for one in ARTICLES if lowered.startswith(one)), lowered)


def _names(party: Party) -> set[str]:
    return {_plain(one.text) for one in party.names}


def _holds(text: str, wanted: str) -> bool:
    return set(words_in(wanted)) - SMALL <= set(words_in(text))


def _fits(text: str, wanted: str) -> bool:
    return bool(words_in(text)) and (_holds(text, wanted) or _holds(wanted, text))


def party_figures(case: DemoCase) -> list[Figure]:
    """Who is found by the first of the key's names, and who was taken for somebody else."""
    found = Figure("parties found by their first name")
    known: dict[str, Any] = key("parties.json")["parties"]
    mine = [(one, _names(one)) for one in case.every(Party)]
    for party in known.values():
        found.add(any(_plain(party["names"][0]) in names for _, names in mine), party["names"][0])
    owners: dict[str, set[str]] = {}
    for who, party in known.items():
        for name in party["names"]:
            owners.setdefault(_plain(name), set()).add(who)
    merged = []
    for _, names in mine:
        whose = {who for name in names if len(owners.get(name, ())) == 1 for who in owners[name]}
        if len(whose) > 1:
            merged.append(f"{sorted(whose)} are one party: {sorted(names)}")
    return [found, _fault("parties wrongly merged", merged)]


def _bounds(held: Occupancy) -> tuple[str | None, str | None]:
    start, end = held.start or held.as_of, held.end or held.as_of
    return start.earliest if start else None, end.latest if end else None


def office_figures(case: DemoCase) -> list[Figure]:
    """Which office is found with its holder, and with the bounds that the text gives."""
    found, bounded = Figure("offices found with their holder"), Figure("offices with the key's bounds")
    positions = {one.id: one for one in case.every(Position)}
    parties = {one.id: _names(one) for one in case.every(Party)}
    known = key("parties.json")["parties"]
    for office in key("offices.json"):
        names = {_plain(one) for one in known[office["holder"]]["names"]}
        fitting = []
        for one in case.every(Occupancy):
            at = positions.get(one.position)
            title = f"{at.title} {at.organisation} {at.place}" if at else ""
            if names & parties.get(one.party, set()) and _holds(title, office["position"]):
                fitting.append(one)
        what = f"{office['holder']}: {office['position']}"
        found.add(bool(fitting), what)
        wanted = (office["earliest"], office["latest"])
        bounded.add(wanted in map(_bounds, fitting), f"{what}: {wanted}, not {[*map(_bounds, fitting)]}")
    return [found, bounded]


def _bounds_fit(mine: When, gold: dict[str, Any]) -> bool:
    """The key's bounds; where it leaves one open, the anchor may bound a deadline ahead or a time until now."""
    both = ((mine.earliest, gold["earliest"]), (mine.latest, gold["latest"]))
    return all(ours == theirs or (theirs is None and ours == gold["anchor"]) for ours, theirs in both)


def _narrower(mine: When, gold: dict[str, Any]) -> bool:
    if _bounds_fit(mine, gold):
        return False
    readings = [(mine.earliest, mine.latest), *((one.earliest, one.latest) for one in mine.alternatives)]
    lows, highs = [low or "0000" for low, _ in readings], [high or "9999" for _, high in readings]
    low, high = gold["earliest"] or "0000", gold["latest"] or "9999"
    return low <= min(lows) and max(highs) <= high and (min(lows), max(highs)) != (low, high)


def _overlaps(mine: When, gold: dict[str, Any]) -> bool:
    """Whether the reading, or another that was kept open, has a day in common with the key's."""
    readings = [(mine.earliest, mine.latest), *((one.earliest, one.latest) for one in mine.alternatives)]
    low, high = gold["earliest"] or "0000", gold["latest"] or "9999"
    return any((first or "0000") <= high and low <= (last or "9999") for first, last in readings)


def date_figures(case: DemoCase) -> list[Figure]:
    """Dates found, read with exactly the key's bounds, and read more precisely than the words allow."""
    found, exact = Figure("dates found"), Figure("dates with exact bounds")
    near = Figure("dates that share a day with the key's")
    invented = []
    for gold in key("dates.json"):
        document = case.documents.get(gold["doc_id"])
        if document is None:
            continue
        end = gold["start"] + len(gold["expression"])
        words = document.at([{"block": gold["block"], "start": gold["start"], "end": end}])
        mine = [
            (dice(document.of([one.extract]), words), one.when)
            for one in case.every(Dating)
            if one.rendition == document.rendition
        ]
        score, when = max(mine, key=lambda one: one[0], default=(0.0, None))
        there = when is not None and score >= 0.5
        read = f"{when.earliest} to {when.latest}" if there and when else "not found"
        what = f"{gold['doc_id']} “{gold['expression']}”: {gold['earliest']} to {gold['latest']}, not {read}"
        found.add(there, what)
        exact.add(there and when is not None and _bounds_fit(when, gold), what)
        near.add(there and when is not None and _overlaps(when, gold), what)
        if there and when is not None and _narrower(when, gold):
            invented.append(what)
    return [found, exact, near, _fault("dates more precise than the source", invented)]


def call_figures(case: DemoCase) -> list[Figure]:
    """Recordings held as calls, with their layers, and which line of the call record each is matched to."""
    held, layered = Figure("calls held"), Figure("calls with a written layer")
    right = Figure("calls matched rightly, or rightly to no line")
    calls = {case.file_of(one.exhibit): one for one in case.every(Call)}
    rows = {one.id: one for one in case.every(CallRecord)}
    matches = {one.call: one for one in case.every(CallMatch)}
    wrong = []
    for gold in key("matches.json")["calls"]:
        if not gold["held"]:
            continue
        call = calls.get(gold["recording"])
        held.add(call is not None, gold["recording"])
        written = [one for one in call.layers if one.kind is not LayerKind.SPOKEN and one.lines] if call else []
        layered.add(bool(written), gold["recording"])
        match = matches.get(call.id) if call else None
        row = rows.get(match.record) if match and match.outcome is MatchOutcome.MATCHED else None
        line = gold["record"]
        fits = (
            row is not None
            and line is not None
            and row.start == line["start"][:19]
            and row.duration_s == line["seconds"]
        )
        none = match is not None and match.outcome is MatchOutcome.NONE_FITS
        what = f"{gold['recording']}: {match.outcome.value if match else 'no match made'} {row.start if row else ''}"
        right.add(fits if line else none, what)
        if row is not None and not fits:
            wrong.append(what)
    return [held, layered, right, _fault("calls matched to a wrong line", wrong)]


def _independent(entry: dict[str, Any], count: int) -> bool:
    return count == int(entry["independent"]) if entry["independent"].isdigit() else 1 <= count <= len(entry["origins"])


def _carriers(case: DemoCase, leaf: dict[str, Any]) -> set[str]:
    """The system's statements that carry a statement of the key: most of its words stand in their content."""
    document = case.documents[leaf["doc_id"]]
    entries = {one["doc_id"]: one["statements"] for one in key("statements.jsonl")}
    gold = next(one for one in entries[leaf["doc_id"]] if one["id"] == leaf["statement"])
    words = document.at(gold["content"])
    here = [one for one in case.every(Statement) if one.rendition == document.rendition]
    return {one.id for one in here if len(words & document.of(one.content)) >= 0.8 * len(words)}


def origin_figures(case: DemoCase) -> list[Figure]:
    """Claims of the key that are there as one claim, and those whose independent origins are counted rightly."""
    together, counted = Figure("claims found with their statements"), Figure("claims with the right number of origins")
    claims = [(one, {stance.statement for stance in one.stances}) for one in case.every(Claim)]
    for entry in key("origins.json"):
        wanted = [_carriers(case, leaf) for leaf in entry["support"]]
        ranked = [(sum(bool(ids & leaf) for leaf in wanted), len(one.origins)) for one, ids in claims]
        shared, count = max(ranked, key=lambda one: one[0], default=(0, 0))
        there = f"{shared} of {len(wanted)} statements, {count if shared else 0} origins"
        together.add(shared == len(wanted), f"{entry['id']}: {there}")
        counted.add(shared > 0 and _independent(entry, count), f"{entry['id']}: {there}, not {entry['independent']}")
    return [together, counted]


def copy_figures(case: DemoCase) -> list[Figure]:
    """Pairs of copies; two copies of one original are a pair as well."""
    families: dict[str, set[str]] = {}
    for one in key("copies.json"):
        families.setdefault(one["original"], {one["original"]}).add(one["copy"])
    gold = {frozenset((a, b)) for family in families.values() for a in family for b in family if a != b}
    mine = {frozenset((case.file_of(one.left), case.file_of(one.right))) for one in case.every(CopyLink)}
    missing = [f"{sorted(one)}" for one in gold ^ mine]
    return [Figure("copies, pairs", hits=len(gold & mine), said=len(mine), gold=len(gold), missing=missing)]


def _like(text: str, wanted: str) -> bool:
    ours, theirs = set(words_in(text)) - SMALL, set(words_in(wanted)) - SMALL
    return len(ours & theirs) >= 2


def told_figures(case: DemoCase) -> list[Figure]:
    """The set of six, what is only cited, requests for comment, open questions, assessments, editorial voice."""
    (six,) = key("gaps.json")
    gap, cited = Figure("gap: six announced, four held"), Figure("cited, not held")
    announced = [one for one in case.every(Gap) if one.announced == six["announced"]]
    said = [f"{one.what}: {one.announced} announced, {one.held} held" for one in announced]
    gap.add(any(one.held == len(six["held"]) for one in announced), f"{said}")
    suggested = [one for one in case.every(Exhibit) if one.status is ExhibitStatus.CITED]
    for one in key("cited.json"):
        fitting = [
            mine
            for mine in suggested
            if mine.citation
            and _like(f"{mine.title} {mine.citation.description}", f"{one['title']} {one['description']}")
        ]
        cited.add(any(mine.digest is None for mine in fitting), one["title"])
    requests, questions = Figure("requests for comment"), Figure("open questions")
    for one in key("requests.json"):
        fitting_to = [mine for mine in case.every(Request) if _fits(mine.to, one["to"])]
        # A suggestion that a person's entry covers is not made; the silence that it rests on must still be found.
        told = any(
            mine.act in (Act.NO_RESPONSE, Act.DECLINE) and any(_fits(part.exact, one["to"]) for part in mine.source)
            for mine in case.every(Statement)
        )
        requests.add(told or any(bool(mine.reply) == ("reply" in one) for mine in fitting_to), one["to"])
    for one in key("questions.json"):
        asked = [mine.text for mine in case.every(Question)]
        questions.add(any(dice(words_in(one["quote"]), words_in(text)) >= 0.6 for text in asked), one["quote"])
    return [gap, cited, requests, questions]


def voice_figures(case: DemoCase) -> list[Figure]:
    """Assessments by the person who made them, and what the outlets assert themselves."""
    opinions, voice = Figure("assessments"), Figure("editorial voice")
    known = key("parties.json")["parties"]
    for one in key("responses.json")["assessment"]:
        names = known[one["by"]]["names"]
        said = [mine for mine in case.every(Assessment) if any(_holds(mine.by, name) for name in names)]
        opinions.add(any("recordings" in mine.on for mine in said), one["by"])
    for one in key("responses.json")["editorial"]:
        document = case.documents[one["doc_id"]]
        texts = [
            " ".join(part.exact.split())
            for mine in case.every(EditorialVoice)
            if mine.rendition == document.rendition
            for part in mine.extracts
        ]
        voice.add(any(one["quote"].rstrip(".") in text for text in texts), f"{one['doc_id']}: {one['quote']}")
    return [opinions, voice]


def anchor_figures(case: DemoCase) -> list[Figure]:
    """What ``quoth audit`` says: its checks that hold, and the anchors that stand where they say."""
    done = quoth("audit", str(case.root), "--json")
    checks, anchors = Figure("audit: checks that hold"), Figure("audit: anchors that stand")
    for one in json.loads(done.stdout):
        checks.add(one["outcome"] == "holds", f"{one['check']}: {one}")
        for ground in one["grounds"] if one["check"] == "anchors" else ():
            counted = re.fullmatch(r"(\d+) of (\d+) anchors stand where they say", ground)
            if counted:
                anchors.hits, anchors.said, anchors.gold = (int(counted[place]) for place in (1, 2, 2))
    checks.add(done.returncode == 0, f"quoth audit gave {done.returncode}")
    return [checks, anchors]


def figures(case: DemoCase) -> list[Figure]:
    """Every figure, in the order of the flow."""
    groups = (
        statement_figures,
        party_figures,
        office_figures,
        date_figures,
        call_figures,
        copy_figures,
        origin_figures,
        told_figures,
        voice_figures,
        anchor_figures,
    )
    return [figure for group in groups for figure in group(case)]


def main(arguments: list[str]) -> int:
    """Builds the demo (or reads a case that is named by ``--case``) and prints the table."""
    root = Path(arguments[arguments.index("--case") + 1]) if "--case" in arguments else None
    wanted = arguments[arguments.index("--missing") + 1] if "--missing" in arguments else None
    with tempfile.TemporaryDirectory() as folder:
        case = root or build(Path(folder))
        if root is None and (said := build_result(Path(folder)))["rc"]:
            print(said["err"], file=sys.stderr)
        for figure in figures(load(case)):
            print(figure.line())
            if wanted is not None and wanted in figure.name:
                print("\n".join(f"    {one}" for one in figure.missing))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
