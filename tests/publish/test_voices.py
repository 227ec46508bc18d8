"""Who speaks: words as printed, what they are read as, and what nobody is made to say."""

import dataclasses
import re

import pytest

from golden.make_release import MADE_AT, parts
from publish.reading import broken_links, read
from quoth.errors import PublishError
from quoth.publish.acts import kind_of
from quoth.publish.chain import read_as
from quoth.publish.dossier import pages
from quoth.publish.key import MOST, key_statements
from quoth.publish.lookup import Lookup
from quoth.record.call import CallParty, CallRole
from quoth.record.custody import CaseNote
from quoth.record.exhibit import Exhibit, ExhibitStatus
from quoth.record.finding import Finding, Outcome
from quoth.record.party import Mention, Name, NameRole, Party, PartyKind
from quoth.record.passage import Passage
from quoth.record.release import ReleasedRecords, ReleasedText
from quoth.record.rendition import Rendition, RenditionKind
from quoth.record.statement import (
    Act,
    AttributionChain,
    ChainLink,
    EditorialVoice,
    Fidelity,
    Form,
    Polarity,
    SourceType,
    Statement,
)
from quoth.seal.clear import clear_draft
from quoth.terms.anchor import anchor_at, extract
from quoth.terms.digest import digest_of
from quoth.terms.ident import ident
from quoth.terms.when import Reading, When


def cleared(records, texts):
    return clear_draft(
        CaseNote(title="T"), records, texts=texts, media=(), made_at=MADE_AT, log=(1, digest_of(b"head"))
    )


class Told:
    """One exhibit with a text, whose statements and parties are named by their words."""

    def __init__(self, text, name="one"):
        self.text, self.content = text, digest_of(text.encode())
        self.exhibit = Exhibit(
            id=ident("x", name),
            status=ExhibitStatus.HELD,
            title=name,
            digest=digest_of(b"file" + name.encode()),
            size=4,
        )
        self.rendition = Rendition(
            of=self.exhibit.digest,
            kind=RenditionKind.TEXT,
            content=self.content,
            media_type="text/plain",
            tool="t",
            version="1",
        )
        self.passages, start = [], 0
        for ordinal, piece in enumerate(text.split("\n\n")):
            anchor = anchor_at(self.content, text, start, start + len(piece))
            self.passages.append(Passage(id=ident("p", self.content, ordinal), anchor=anchor, ordinal=ordinal))
            start += len(piece) + 2
        self.statements, self.chains, self.mentions, self.parties = [], [], [], []
        self.voices, self.findings = [], []

    def at(self, words):
        start = self.text.index(words)
        return extract(self.text, start, start + len(words))

    def say(self, source, content, *, kind=SourceType.NAMED, refers="", other="", through=(), said=None):
        one = Statement(
            id=ident("s", self.content, len(self.statements)),
            rendition=self.content,
            passage=self.passages[0].id,
            source=(self.at(source),),
            cue=(),
            content=(self.at(content),),
            act=Act.SAY,
            form=Form.INDIRECT,
            source_type=kind,
            source_refers_to=self.at(refers) if refers else None,
            source_may_refer_to=self.at(other) if other else None,
            said=said,
            confidence=500,
            reason="r",
        )
        links = tuple(ChainLink(source=name, source_type=SourceType.UNNAMED, act=Act.SAY) for name in through)
        link = ChainLink(source=refers or source, source_type=kind, act=Act.SAY, statement=one.id)
        self.statements.append(one)
        self.chains.append(AttributionChain(statement=one.id, links=(*links, link)))
        return one

    def party(self, words, kind=PartyKind.PERSON, *, at="", mentions=1):
        start = self.text.index(at or words) + (at.index(words) if at else 0)
        mention = Mention(
            id=ident("m", self.content, words, start),
            rendition=self.content,
            extract=extract(self.text, start, start + len(words)),
            kind=kind,
        )
        party = Party(
            id=ident("y", words, start),
            kind=kind,
            names=(Name(text=words, role=NameRole.PRIMARY),),
            mentions=(mention.id,) * mentions,
        )
        self.mentions.append(mention)
        self.parties.append(party)
        return party


def gathered(*told, **more):
    def all_of(name):
        return tuple(one for held in told for one in getattr(held, name))

    names = ("passages", "statements", "chains", "mentions", "parties", "voices", "findings")
    records = ReleasedRecords(
        exhibits=tuple(one.exhibit for one in told),
        renditions=tuple(one.rendition for one in told),
        **{name: all_of(name) for name in names},
        **more,
    )
    return cleared(records, tuple(ReleasedText(content=one.content, text=one.text) for one in told))


def made(release):
    files = {page.path: page.data for page in pages(release)}
    assert broken_links(files) == []
    shown = {path: read(data) for path, data in files.items() if path.endswith(".html")}
    assert {path: page.faults for path, page in shown.items() if page.faults} == {}
    return shown


TEXT = "A friend of Lene Orr saw it. Tam Orr wept. Lene Orr’s office agreed; she said that it had rained on the quay."


def test_a_pronoun_stays_as_printed_and_its_reading_is_a_suggestion():
    told = Told(TEXT)
    one = told.say("she", "that it had rained on the quay", refers="Lene Orr", other="Tam Orr")
    page = made(gathered(told))[f"statements/{one.id}.html"]
    assert page.text.index("she") < page.text.index("read as Lene Orr (suggested); may also be Tam Orr")
    quotes = [held for tag, held in page.tags if tag == "q"]
    assert quotes
    who = page.text.split("Attribution chain")[1].split("Said by")[0]
    assert who.startswith("she read as Lene Orr (suggested)")


def test_a_reading_tells_when_whom_it_stands_for_is_not_named():
    told = Told(TEXT)
    told.say("she", "that it had rained on the quay", kind=SourceType.UNNAMED, refers="A friend of Lene Orr")
    lookup = Lookup.of(gathered(told))
    shown = str(read_as(lookup, told.statements[0], "index.html"))
    assert "(suggested, not named)" in shown


def test_a_short_word_that_nothing_explains_says_so():
    told = Told("We hold that it had rained on the quay.")
    told.say("We", "that it had rained on the quay")
    lookup = Lookup.of(gathered(told))
    assert "whom it stands for was not worked out" in str(read_as(lookup, told.statements[0], "index.html"))


def test_nobody_is_made_to_say_what_an_office_or_a_friend_of_theirs_says():
    told = Told(TEXT)
    friend = told.say("A friend of Lene Orr", "saw it", kind=SourceType.UNNAMED)
    office = told.say("Lene Orr’s office", "agreed", kind=SourceType.ROLE)
    own = told.say("Tam Orr", "wept")
    told.party("Lene Orr", at="Lene Orr saw")
    told.party("Lene Orr", at="Lene Orr’s office")
    tam = told.party("Tam Orr")
    lookup = Lookup.of(gathered(told))
    assert lookup.speakers(friend) == ()
    assert lookup.speakers(office) == ()
    assert lookup.speakers(own) == (tam,)


def test_a_name_within_a_longer_name_does_not_speak():
    told = Told("The man called Port Sarrow Pilots’ Union said that it had rained.")
    said = told.say("Port Sarrow Pilots’ Union", "that it had rained")
    told.party("Port Sarrow")
    union = told.party("Port Sarrow Pilots’ Union", PartyKind.ORGANISATION)
    assert Lookup.of(gathered(told)).speakers(said) == (union,)


def test_when_it_was_said_is_shown_with_words_bounds_and_rule():
    told = Told(TEXT)
    date = When(
        words="on Tuesday",
        earliest="2031-03-04",
        latest="2031-03-04",
        edtf="2031-03-04",
        against="2031-03-11",
        basis="the Tuesday before",
        alternatives=(Reading(earliest="2031-03-11", latest="2031-03-11", edtf="2031-03-11"),),
    )
    one = told.say("Tam Orr", "wept", said=date)
    other = told.say("she", "that it had rained on the quay")
    shown = made(gathered(told))
    text = shown[f"statements/{one.id}.html"].text
    assert "When it was saidon Tuesday, read as 4 March 2031 or 11 March 2031" in text
    assert "(the Tuesday before, read against 11 March 2031)" in text
    assert "When it was saidthe words around it do not tell" in shown[f"statements/{other.id}.html"].text
    assert "said 4 March 2031 or 11 March 2031" in shown["statements/index.html"].text


def test_the_own_voice_is_counted_listed_and_set_off():
    told = Told("Tam Orr said that it rained. The quay was wet.\n\nThe quay is old. Nobody mends it.")
    told.say("Tam Orr", "that it rained")
    pieces = ("The quay was wet.", "The quay is old.", "Nobody mends it.")
    told.voices = [EditorialVoice(rendition=told.content, extracts=tuple(map(told.at, pieces)))]
    page = made(gathered(told))[f"exhibits/{told.exhibit.id}.html"]
    assert "3 sentences or parts of them are attributed to nobody: the text’s own voice" in page.text
    ruled = [held.get("id") for tag, held in page.tags if tag == "p" and held.get("class") == "own"]
    assert ruled == [told.passages[1].id]
    assert page.links.count(f"#{told.passages[1].id}") == 2
    assert page.links.count(f"#{told.passages[0].id}") == 1


def test_a_voice_that_reads_otherwise_is_refused():
    told = Told("The quay is old. Nobody mends it.")
    wrong = dataclasses.replace(told.at("The quay"), start=3, end=11)
    release = gathered(told)
    for voice in (
        EditorialVoice(rendition=told.content, extracts=(wrong,)),
        EditorialVoice(rendition=told.content, extracts=(told.at("The quay is old."),), evaluative=(wrong,)),
    ):
        records = dataclasses.replace(release.records, voices=(voice,))
        with pytest.raises(PublishError, match="editorial voice: characters 3 to 11 read otherwise"):
            list(pages(dataclasses.replace(release, records=records)))


def test_a_long_own_voice_keeps_the_page_within_its_budget():
    lines = [f"The quay has {number} stones, <all> of them & \u202e wet." for number in range(900)]
    told = Told("\n\n".join(lines))
    told.voices = [EditorialVoice(rendition=told.content, extracts=tuple(map(told.at, lines)))]
    files = {page.path: page.data for page in pages(gathered(told))}
    assert broken_links(files) == []
    assert all(len(data) <= 60_000 for path, data in files.items() if path.endswith(".html"))
    first = read(files[f"exhibits/{told.exhibit.id}.html"])
    assert "900 sentences or parts of them" in first.text
    assert "more, without a mark in the text" in first.text
    labels = [held["aria-label"] for tag, held in first.tags if tag == "nav"]
    assert len(set(labels)) == len(labels) == 3


def test_what_does_not_hold_stands_first_and_open_and_what_holds_is_folded():
    told = Told("The quay is old.")
    outcomes = (Outcome.HOLDS, Outcome.NOT_CHECKED, Outcome.FAILS, Outcome.HOLDS, Outcome.CANNOT_TELL)
    told.findings = [
        Finding(
            id=ident("f", number),
            check=f"check-{number}",
            subject=told.exhibit.id,
            outcome=outcome,
            limits=("does not show who named it", "a day can come from zones"),
        )
        for number, outcome in enumerate(outcomes)
    ]
    page = made(gathered(told))[f"exhibits/{told.exhibit.id}.html"]
    order = [page.text.index(f"Check {number}: ") for number in (2, 4, 1, 0, 3)]
    assert order == sorted(order)
    assert page.text.index("Check 1: ") < page.text.index("2 checks hold") < page.text.index("Check 0: ")
    folds = [held for tag, held in page.tags if tag == "details"]
    assert folds
    assert all("open" not in held for held in folds)
    assert page.text.count("does not show who named ita day can come from zones") == 5
    assert "Does not show: does not show" not in page.text


def test_a_party_of_a_call_without_a_name_has_no_loose_comma():
    note, records, texts, media = parts()
    call = records.calls[0]
    bare = dataclasses.replace(call, parties=(CallParty(role=CallRole.CALLEE, number_as_said="+44 1632 960114"),))
    release = clear_draft(
        note,
        dataclasses.replace(records, calls=(bare,)),
        texts=texts,
        media=media,
        made_at=MADE_AT,
        log=(1, digest_of(b"head")),
    )
    page = made(release)[f"exhibits/{call.exhibit}.html"]
    assert "Calleenot named; number as said: +44 1632 960114" in page.text


def test_key_statements_start_with_far_origins_and_take_two_of_an_exhibit_at_most():
    stories = []
    for number, name in enumerate(("one", "two", "three", "four", "five")):
        claims = [
            f"that crate {number}{part} was {verb} from shed {number}{part}"
            for part, verb in enumerate(("taken", "sold", "lost", "hidden"))
        ]
        copied = "that the harbour master burnt the whole blue ledger"
        text = "\n\n".join(f"A clerk {part} said {words}." for part, words in enumerate((*claims, copied)))
        told = Told(f"{text}\n\nOdile Marr said that nothing at all was ever missing {name}.", name)
        near = told.say("Odile Marr", f"that nothing at all was ever missing {name}", through=("The Lantern",))
        for part, words in enumerate((*claims, copied)):
            told.say(f"A clerk {part}", words, kind=SourceType.UNNAMED, through=("The Lantern", "a neighbour"))
        stories.append((told, near))
    lookup = Lookup.of(gathered(*(told for told, _ in stories)))
    chosen = key_statements(lookup)
    assert len(chosen) == MOST
    assert not {one.id for one in chosen} & {near.id for _, near in stories}
    homes = [lookup.exhibit_of[one.rendition] for one in chosen]
    assert max(homes.count(home) for home in homes) == 2
    assert sum("blue ledger" in one.content[0].exact for one in chosen) <= 1


def test_players_stand_by_statements_then_name_and_what_is_mentioned_once_stands_last():
    told = Told("Zed Orr said that it rained. Abe Orr said no. Zed Orr agreed at Long Quay with a clerk and Bea.")
    told.say("Zed Orr", "that it rained")
    told.say("Zed Orr", "agreed")
    told.say("Abe Orr", "no")
    clerk = told.say("a clerk", "Bea", kind=SourceType.UNNAMED)
    assert clerk
    told.party("Zed Orr")
    told.party("Abe Orr")
    told.party("Long Quay", PartyKind.UNKNOWN)
    told.party("Bea", PartyKind.ORGANISATION)
    told.party("a clerk", PartyKind.UNNAMED)
    text = made(gathered(told))["players.html"].text
    places = ["Zed Orr2 statements", "Abe Orr1 statement", "Beaorganisation", "Sources that no text namesnot named"]
    places += ["not named a clerk1 statement", "Mentioned once", "Long Quayperson or organisation"]
    found = [text.index(one) for one in places]
    assert found == sorted(found)


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "</details></summary></q><!--",
        "name\u202egnp.exe",
        "\u2066\u2067unclosed isolates",
        "nul\x00bell\x07esc\x1b[31m\x85\ufffe",
        "a" * 30_000,
        "Zalgo" + "\u0301" * 400,
    ],
    ids=range(8),
)
def test_hostile_words_stay_words_in_readings_dates_voices_and_checks(words):
    told = Told(
        f"Tam {words} wept. Lene {words} saw it. she said that it rained on the quay.\n\nThe quay {words} is old."
    )
    date = When(words=words, earliest="2031-03-04", latest="2031-03-09", against="2031-03-11", basis=words)
    told.say("she", "that it rained on the quay", refers=f"Tam {words}", other=f"Lene {words}", said=date)
    told.say(f"Lene {words}", "saw it")
    told.party(f"Lene {words}")
    told.voices = [EditorialVoice(rendition=told.content, extracts=(told.at(f"The quay {words} is old."),))]
    told.findings = [
        Finding(
            id=ident("f", outcome.value), check=words, subject=told.exhibit.id, outcome=outcome, limits=(words, words)
        )
        for outcome in Outcome
    ]
    release = gathered(told)
    for path, page in made(release).items():
        names = {tag for tag, _ in page.tags}
        assert not names & {"script", "style", "iframe", "object", "svg", "img"}, path
        assert not [held for _, held in page.tags for key in held if key.startswith("on")], path
    for page in pages(release):
        if page.path.endswith(".html"):
            assert "\u202e" not in page.data.decode(), page.path
            assert len(page.data) <= 60_000, page.path


DETAILS = (
    "On Tuesday, at the old quay, she told reporters through a crackling radio that it [the gate] had … moved, on "
    "condition of anonymity because the yard was watched."
)


def detailed(**fields):
    """A statement with everything that a text may say beside the words."""
    told = Told(DETAILS)
    one = told.say("she", "that it [the gate] had … moved", kind=SourceType.UNNAMED)
    more = {
        "when": (told.at("On Tuesday"),),
        "where": (told.at("at the old quay"),),
        "audience": (told.at("reporters"),),
        "medium": (told.at("a crackling radio"),),
        "anonymity": (told.at("on condition of anonymity because the yard was watched"),),
        "fidelity": (Fidelity.BRACKETS, Fidelity.ELLIPSIS),
        "reason": "tagger: cue 0.99, content 0.97, source 0.93; the rules found the same",
        "tool": "quoth.attribute.tagger",
        "version": "t1",
        "confidence": 874,
    }
    told.statements[0] = dataclasses.replace(one, **(more | fields))
    return made(gathered(told))[f"statements/{one.id}.html"].text


@pytest.mark.parametrize(
    "words",
    [
        "Why it has no nameon condition of anonymity because the yard was watched (in the text’s words; no guess",
        "Before whomreporters",
        "Througha crackling radio",
        "When it was saidOn Tuesday: which day that was is not worked out",
        "Whereat the old quay",
        "A hand in the wordingwords in square brackets: put in by another hand than the speaker’san ellipsis:",
        "Who found itfound by the tagger; the rules found the same",
        "How surelikely read rightly (874 of 1000)",
        "tagger: cue 0.99, content 0.97, source 0.93; the rules found the same",
        "Actsays (said, asked or written)",
        "Kind of sourcenot named",
        "Said byshe kept unnamed by the text",
    ],
)
def test_what_a_text_says_beside_the_words_stands_on_the_page(words):
    assert words in detailed()


def test_a_day_that_was_read_stands_beside_the_words_that_tell_it():
    said = When(words="", earliest="2031-03-04", latest="2031-03-04", edtf="2031-03-04", against="2031-03-06")
    assert "When it was saidOn Tuesday, read as 4 March 2031 (read against 6 March 2031)" in detailed(said=said)


def test_what_is_not_told_has_no_row():
    text = detailed(when=(), where=(), audience=(), medium=(), anonymity=(), fidelity=())
    for label in ("Why it has no name", "Before whom", "Through", "A hand in the wording"):
        assert label not in text
    assert "the words around it do not tell" in text


@pytest.mark.parametrize(
    ("tool", "reason", "confidence", "who", "sure"),
    [
        ("quoth.attribute.rules", "silence", 800, "found by the rules", "likely read rightly (800 of 1000)"),
        ("", "corrected by a person", 1000, "corrected by a person", "a person’s own reading"),
        ("", "r", 240, "found by a tool that was not recorded", "little more than a guess (240 of 1000)"),
        ("other.tool", "r", 999, "found by another tool", "very likely read rightly (999 of 1000)"),
        (
            "quoth.attribute.endpoint",
            "model m: how often it is right was not measured; the rules saw nothing here",
            500,
            "found by a language model; the rules saw nothing here",
            "not known: how often this finder is right was not measured",
        ),
    ],
)
def test_who_found_it_and_how_sure_is_told_in_words(tool, reason, confidence, who, sure):
    text = detailed(tool=tool, reason=reason, confidence=confidence)
    assert f"Who found it{who}How sure{sure}" in text


def test_the_list_is_narrowed_by_kind_of_act_and_polarity_without_a_script():
    told = Told("Tam Orr hoped for rain. Lene Orr did not say that it rained. The office kept silent.")
    acts = ((Act.HOPE, Polarity.POSITIVE), (Act.SAY, Polarity.NEGATIVE), (Act.NO_RESPONSE, Polarity.POSITIVE))
    for source, content in (("Tam Orr", "for rain"), ("Lene Orr", "that it rained"), ("The office", "kept silent")):
        told.say(source, content)
    told.statements = [
        dataclasses.replace(one, act=act, polarity=way) for one, (act, way) in zip(told.statements, acts, strict=True)
    ]
    files = {page.path: page.data for page in pages(gathered(told))}
    page = read(files["statements/index.html"])
    boxes = [held["id"] for tag, held in page.tags if tag == "input"]
    assert boxes == ["f-sp", "f-mi", "f-si", "f-po", "f-ne"]
    assert [held["class"] for tag, held in page.tags if tag == "li" and "a-" in held.get("class", "")] == [
        "a-mi a-po",
        "a-sp a-ne",
        "a-si a-po",
    ]
    assert ["hopes" in page.text, "says (in the negative)" in page.text] == [True, True]
    style = files["dossier.css"].decode()
    for box in boxes:
        assert f"body:has(#{box}:not(:checked)) .{box.replace('f-', 'a-')}" in style


@pytest.mark.parametrize("act", list(Act))
def test_every_act_is_of_one_kind_and_wishes_are_not_speech(act):
    wishes = {Act.BELIEVE, Act.KNOW, Act.WANT, Act.PLAN, Act.FEAR, Act.HOPE}
    assert (kind_of(act).key == "mi") == (act in wishes)
    assert (kind_of(act).key == "si") == (act in {Act.DECLINE, Act.NO_RESPONSE})


def judged():
    told = Told("Tam Orr said that the brutal rain fell. The shabby quay was wet.\n\nThe quay is shabby. Grim it is.")
    told.say("Tam Orr", "that the brutal rain fell")
    pieces = ("The shabby quay was wet.", "The quay is shabby.", "Grim it is.")
    last = told.text.rindex("shabby")
    words = (told.at("shabby"), extract(told.text, last, last + 6), told.at("Grim"))
    told.voices = [
        EditorialVoice(rendition=told.content, extracts=tuple(map(told.at, pieces)), evaluative=words),
    ]
    return told


def test_words_that_judge_stand_in_a_box_and_in_a_list_with_a_legend():
    told = judged()
    files = {page.path: page.data.decode() for page in pages(gathered(told)) if page.path.endswith(".html")}
    path = f"exhibits/{told.exhibit.id}.html"
    words = files[path].split('<div class="words">')[1]
    assert re.findall(r'<span class="jdg">(.*?)</span>', words) == ["shabby", "shabby", "Grim"]
    page = read(files[path].encode())
    assert page.faults == []
    assert "Words that judge, in the text’s own voice: shabby (2 times), Grim. Found by a list of words" in page.text
    assert (
        "In a box: words that judge, in the text’s own voice. Found by a list of words; whether they fit" in page.text
    )
    assert "Rule at the side: a paragraph of nothing but the text’s own voice." in page.text
    assert read(words.split("</div>")[0].encode()).text.replace("1", "") == told.text.replace("\n\n", "")


def test_without_words_that_judge_there_is_no_box_and_no_legend_of_one():
    told = judged()
    told.voices = [dataclasses.replace(told.voices[0], evaluative=())]
    page = made(gathered(told))[f"exhibits/{told.exhibit.id}.html"]
    assert "judge" not in page.text
    assert not [held for _, held in page.tags if held.get("class") == "jdg"]
    assert "Rule at the side" in page.text


def test_many_words_that_judge_keep_the_page_within_its_budget():
    lines = [f"The quay{number} is grim{number}, <grim> and \u202e grim." for number in range(900)]
    told = Told("\n\n".join(lines))
    judging = tuple(told.at(f"grim{number},") for number in range(900))
    told.voices = [EditorialVoice(rendition=told.content, extracts=tuple(map(told.at, lines)), evaluative=judging)]
    files = {page.path: page.data for page in pages(gathered(told))}
    assert all(len(data) <= 60_000 for path, data in files.items() if path.endswith(".html"))
    assert "and 870 more" in read(files[f"exhibits/{told.exhibit.id}.html"]).text


def test_a_source_kept_unnamed_is_nobody_that_the_text_names():
    told = Told("A senior Lene Orr aide said on condition of anonymity that it rained.")
    one = told.say("A senior Lene Orr aide", "that it rained", kind=SourceType.UNNAMED)
    lene = told.party("Lene Orr")
    assert Lookup.of(gathered(told)).speakers(one) == (lene,)
    told.statements[0] = dataclasses.replace(one, anonymity=(told.at("on condition of anonymity"),))
    lookup = Lookup.of(gathered(told))
    assert lookup.speakers(lookup.statements[one.id]) == ()
