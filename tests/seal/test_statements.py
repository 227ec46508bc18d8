"""Statements at the gate: no part of a withheld one leaves, no source kept unnamed is guessed at, no word is foreign."""

import dataclasses
import typing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from golden.make_release import MADE_AT, parts
from quoth.errors import SealError
from quoth.publish.dossier import pages
from quoth.record import wire
from quoth.record.assessment import Assessment
from quoth.record.call_record import CallRecord
from quoth.record.claim import Claim, Origin, OriginKind, Route, Stance, StatementStance
from quoth.record.custody import CaseNote, Decision, Verdict
from quoth.record.exhibit import Exhibit, ExhibitStatus
from quoth.record.party import Mention, Name, NameRole, Party, PartyKind
from quoth.record.release import ReleasedRecords, ReleasedText
from quoth.record.rendition import Rendition, RenditionKind
from quoth.record.request import Request
from quoth.record.statement import (
    Act,
    AttributionChain,
    ChainLink,
    EditorialVoice,
    Fidelity,
    Form,
    SourceType,
    Statement,
)
from quoth.seal.clear import clear_draft
from quoth.seal.statements import NOT_NAMED
from quoth.terms.anchor import Extract, extract
from quoth.terms.digest import digest_of
from quoth.terms.when import When

HEAD = digest_of(b"log head")
SEALED = "sealed:" + "ab" * 32
PARTS = tuple(name for name, hint in typing.get_type_hints(Statement).items() if Extract in typing.get_args(hint))
MANY = tuple(name for name in PARTS if not name.startswith("source_"))
SECRETS = {name: f"secret{place}word" for place, name in enumerate(PARTS)} | {"judged": "secretjudgement"}
TEXT = " ".join(SECRETS.values()) + " said twice."


def spot(text, words, after=0):
    start = text.index(words, after)
    return extract(text, start, start + len(words))


def exhibit(name, data):
    return Exhibit(id=f"x-{name}", status=ExhibitStatus.HELD, title="t", digest=digest_of(data))


def rendition(of, text, kind):
    content = digest_of(text.encode())
    return Rendition(of=of, kind=kind, content=content, media_type="text/plain", tool="t", version="1")


def statement(target, text, **fields):
    """A statement with every part filled by its own secret word, whatever parts the record has."""
    given_ = {name: (spot(text, SECRETS[name]),) for name in MANY if SECRETS[name] in text}
    refers = {name: spot(text, SECRETS[name]) for name in PARTS if name not in MANY and SECRETS[name] in text}
    made = {
        "id": "s-1", "rendition": target, "source": (), "cue": (), "passage": "", "act": Act.SAY, "form": Form.INDIRECT,
        "source_type": SourceType.UNNAMED, "fidelity": tuple(Fidelity), "place": "secretplace",
        "said": When(words="secretday", earliest="2031-03-04", latest="2031-03-04"), "confidence": 1,
        "reason": "r", **given_, **refers,
    }  # fmt: skip
    return Statement(**(made | fields))


def everything(release):
    return wire.to_bytes(release).decode() + "".join(
        page.data.decode(errors="replace") for page in pages(release) if not page.path.startswith("media/")
    )


def clear(records, texts):
    return clear_draft(CaseNote(title="x"), records, texts=texts, media=(), made_at=MADE_AT, log=(1, HEAD))


def test_the_record_has_the_parts_that_this_test_is_about():
    assert {"when", "where", "audience", "anonymity", "medium", "hedges", "addressee", "source", "content"} <= set(
        PARTS
    )


@pytest.mark.parametrize(
    "way", [*sorted(one.value for one in RenditionKind if one.value in ("table", "metadata")), "rows"]
)
def test_no_part_of_a_statement_in_a_withheld_text_leaves(way):
    file = exhibit("1", b"file")
    kind = RenditionKind.TEXT if way == "rows" else RenditionKind(way)
    text = rendition(file.digest, TEXT, kind)
    said = statement(text.content, TEXT)
    voice = EditorialVoice(
        rendition=text.content, extracts=(spot(TEXT, "secretjudgement"),), evaluative=(spot(TEXT, "secretjudgement"),)
    )
    chain = AttributionChain(
        statement="s-1",
        links=(ChainLink(source=SECRETS["source"], source_type=SourceType.UNNAMED, act=Act.SAY, statement="s-1"),),
    )
    corrected = Decision(id="d-1", verdict=Verdict.CORRECT, about=("s-1",), by="Ada", at=MADE_AT, instead=said)
    rows = (CallRecord(id="r-1", exhibit=file.id, rendition=text.content, row=1, cells=()),) if way == "rows" else ()
    release = clear(
        ReleasedRecords(
            exhibits=(file,), renditions=(text,), statements=(said,), chains=(chain,), voices=(voice,),
            decisions=(corrected,), call_records=rows,
        ),
        (ReleasedText(content=text.content, text=TEXT),),
    )  # fmt: skip
    assert (release.records.statements, release.records.voices, release.texts) == ((), (), ())
    shown = everything(release)
    for secret in (*SECRETS.values(), "secretplace", "secretday"):
        assert secret not in shown


@pytest.mark.parametrize("field", PARTS)
def test_no_part_may_carry_words_of_another_text(field):
    """A statement about a released text cannot take along what stands only in a withheld one."""
    file = exhibit("1", b"file")
    text = rendition(file.digest, "She said no.", RenditionKind.TEXT)
    foreign = Extract(start=0, end=3, exact="Ada")
    said = statement(text.content, "She said no.", content=(extract("She said no.", 4, 8),), place="", said=None)
    spoilt = dataclasses.replace(said, **{field: (foreign,) if field in MANY else foreign})
    records = ReleasedRecords(exhibits=(file,), renditions=(text,), statements=(spoilt,))
    with pytest.raises(
        SealError, match=rf"records\.statements\[0\]\.{field}: characters 0 to 3 of its text read otherwise"
    ):
        clear(records, (ReleasedText(content=text.content, text="She said no."),))
    with pytest.raises(SealError, match=r"records\.statements\[0\]\.\w+: its text .* is not part of this release"):
        clear(records, ())


@pytest.mark.parametrize("field", PARTS)
def test_a_sealed_name_in_any_part_is_refused_with_its_path(field):
    note, records, texts, media = parts()
    part = Extract(start=0, end=len(SEALED), exact=SEALED)
    spoilt = dataclasses.replace(records.statements[0], **{field: (part,) if field in MANY else part})
    with pytest.raises(SealError, match=rf"records\.statements\[0\]\.{field}.*: it names something sealed"):
        clear_draft(
            note, dataclasses.replace(records, statements=(spoilt, *records.statements[1:])),
            texts=texts, media=media, made_at=MADE_AT, log=(1, HEAD),
        )  # fmt: skip


@pytest.mark.parametrize("field", ["extracts", "evaluative"])
def test_an_own_voice_in_other_words_is_refused(field):
    file = exhibit("1", b"file")
    text = rendition(file.digest, "The quay is grim.", RenditionKind.TEXT)
    voice = EditorialVoice(rendition=text.content, extracts=(extract("The quay is grim.", 0, 17),))
    spoilt = dataclasses.replace(voice, **{field: (Extract(start=0, end=3, exact="Ada"),)})
    with pytest.raises(SealError, match=rf"records\.voices\[0\]\.{field}: characters 0 to 3"):
        clear(
            ReleasedRecords(exhibits=(file,), renditions=(text,), voices=(spoilt,)),
            (ReleasedText(content=text.content, text="The quay is grim."),),
        )


NEWS = (
    "Lene Orr left the office. Tam Orr stayed. Speaking on condition of anonymity, she said that Ivo Karst told her "
    "that it rained. Lene Orr said it was dry."
)


def anonymous():
    """A source kept unnamed by its text, and a guess at who it is wherever one can be made from it."""
    file = exhibit("1", b"file")
    text = rendition(file.digest, NEWS, RenditionKind.TEXT)
    plain = {"place": "", "said": None, "rendition": text.content}
    said = statement(
        text.content, NEWS, id="s-1", source=(spot(NEWS, "she"),), content=(spot(NEWS, "that Ivo Karst told her that it rained"),),
        anonymity=(spot(NEWS, "on condition of anonymity"),), source_refers_to=spot(NEWS, "Lene Orr"),
        source_may_refer_to=spot(NEWS, "Tam Orr"), source_type=SourceType.NAMED, **plain,
    )  # fmt: skip
    inner = statement(
        text.content, NEWS, id="s-2", source=(spot(NEWS, "Ivo Karst"),), content=(spot(NEWS, "that it rained"),),
        within="s-1", source_type=SourceType.NAMED, **plain,
    )  # fmt: skip
    open_ = statement(
        text.content, NEWS, id="s-3", source=(spot(NEWS, "Lene Orr", 60),), content=(spot(NEWS, "it was dry"),),
        source_type=SourceType.NAMED, **plain,
    )  # fmt: skip
    link = ChainLink(source="Lene Orr", source_type=SourceType.NAMED, act=Act.SAY, statement="s-1")
    own = ChainLink(source="Ivo Karst", source_type=SourceType.NAMED, act=Act.TELL, statement="s-2")
    mentions = (
        Mention(id="m-1", rendition=text.content, extract=spot(NEWS, "Lene Orr"), kind=PartyKind.PERSON),
        Mention(id="m-2", rendition=text.content, extract=spot(NEWS, "she"), kind=PartyKind.UNNAMED),
    )
    return ReleasedRecords(
        exhibits=(file,), renditions=(text,), statements=(said, inner, open_), mentions=mentions,
        chains=(AttributionChain(statement="s-1", links=(link,)), AttributionChain(statement="s-2", links=(link, own))),
        parties=(
            Party(id="y-1", kind=PartyKind.PERSON, names=(Name(text="Lene Orr", role=NameRole.PRIMARY),), mentions=("m-1",)),
            Party(
                id="y-2", kind=PartyKind.UNNAMED, names=(Name(text="Lene Orr", role=NameRole.DESCRIPTION),),
                mentions=("m-2",), reason="stands for Lene Orr",
            ),
        ),
        claims=(
            Claim(
                id="l-1", proposition="it rained",
                stances=(StatementStance(statement="s-1", stance=Stance.ASSERTS),),
                origins=(
                    Origin(id="g-1", label="Lene Orr", kind=OriginKind.NAMED, statements=("s-1",)),
                    Origin(id="g-2", label="Ivo Karst, according to Lene Orr", kind=OriginKind.NAMED, statements=("s-2",)),
                    Origin(id="g-3", label="Lene Orr", kind=OriginKind.NAMED, statements=("s-1", "s-3")),
                ),
                routes=(
                    Route(origin="g-1", through=("x-1",), statements=("s-1",), reason="Lene Orr alone"),
                    Route(origin="g-3", through=("x-1",), statements=("s-1", "s-3")),
                ),
            ),
        ),
        requests=(Request(id="e-1", to="Lene Orr", statement="s-1"),),
        assessments=(Assessment(id="a-1", by="Lene Orr", on="rain", opinion="wet", statement="s-1"),),
    ), (ReleasedText(content=text.content, text=NEWS),)  # fmt: skip


def test_no_guess_at_a_source_that_its_text_keeps_unnamed_leaves_the_case():
    records, texts = anonymous()
    made = clear(records, texts).records
    said, inner, open_ = made.statements
    assert (said.source_refers_to, said.source_may_refer_to, said.source_type) == (None, None, SourceType.UNNAMED)
    assert said.anonymity, "the phrase itself stands in the text, and stays"
    assert (inner, open_) == records.statements[1:]
    assert [[link.source for link in one.links] for one in made.chains] == [["she"], ["she", "Ivo Karst"]]
    assert [link.source_type for link in made.chains[0].links] == [SourceType.UNNAMED]
    (claim,) = made.claims
    first, second, third = claim.origins
    assert (first.label, first.kind) == ("she", OriginKind.ANONYMOUS)
    assert first.id != "g-1", "the id was made from the name"
    assert second.label == "Ivo Karst"
    assert (third.label, third.statements) == ("Lene Orr", ("s-3",))
    assert [(one.origin, one.statements, one.reason) for one in claim.routes] == [
        (first.id, ("s-1",), ""),
        ("g-3", ("s-3",), ""),
    ]
    assert (made.requests[0].to, made.assessments[0].by) == ("she", "she")
    assert [[name.text for name in one.names] for one in made.parties] == [["Lene Orr"], ["she"]]
    assert made.parties[1].reason == ""


def test_the_dossier_names_nobody_for_a_source_kept_unnamed():
    records, texts = anonymous()
    shown = {page.path: page.data.decode() for page in pages(clear(records, texts))}
    own = shown["statements/s-1.html"].split("In its paragraph")[0]
    assert "Orr" not in own
    assert "on condition of anonymity" in own
    assert "no guess" in own
    assert "s-1.html" not in shown["players/y-1.html"], "no page says that she said it"
    assert "s-3.html" in shown["players/y-1.html"] or "No statement" in shown["players/y-1.html"]


def test_a_source_without_words_is_said_not_to_be_named():
    records, texts = anonymous()
    said = dataclasses.replace(records.statements[0], source=())
    made = clear(dataclasses.replace(records, statements=(said, *records.statements[1:])), texts).records
    assert made.requests[0].to == made.chains[0].links[0].source == NOT_NAMED


@pytest.mark.parametrize(
    "change",
    [
        {"anonymity": ()},
        {"source": (spot(NEWS, "Orr"),), "source_may_refer_to": spot(NEWS, "Tam Orr")},
        {"source": (spot(NEWS, "Lene Orr", 60),), "source_refers_to": None, "source_may_refer_to": None},
    ],
)
def test_where_nobody_is_kept_unnamed_all_readings_stay(change):
    records, texts = anonymous()
    said = dataclasses.replace(records.statements[0], **change)
    kept = dataclasses.replace(records, statements=(said, *records.statements[1:]))
    made = clear(kept, texts).records
    assert (made.statements, made.chains, made.claims) == (kept.statements, kept.chains, kept.claims)


@settings(max_examples=30, deadline=None)
@given(folder=st.text(alphabet="abc xyz.-", min_size=1, max_size=12).map(lambda one: one.strip() or "a"))
def test_paths_in_the_name_of_a_tool_or_model_stay_behind(folder):
    records, texts = anonymous()
    folder = "ada-" + folder.replace(" ", "-")
    said = dataclasses.replace(
        records.statements[2], reason=f"model /home/{folder}/m.bin: stands verbatim", version=f"1 C:\\{folder}\\m.bin"
    )
    made = clear(dataclasses.replace(records, statements=(*records.statements[:2], said)), texts).records.statements[2]
    assert (made.reason, made.version) == ("model m.bin: stands verbatim", "1 C:m.bin")
