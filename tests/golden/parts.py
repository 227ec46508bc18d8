"""The parts of the fictional release: everything that clearing takes."""

import base64

from golden.story import AR, ARABIC, CALL_TEXT, CHINESE, EN, ENGLISH, ZH, StoryText, held, picture, sound
from quoth.record.assessment import Assessment
from quoth.record.call import (
    Call,
    CallParty,
    CallRole,
    LayerKind,
    ReplyForm,
    ResponseCode,
    ResponseStance,
    TranscriptLayer,
    TranscriptLine,
)
from quoth.record.call_record import CallMatch, CallRecord, MatchOutcome, WrittenCell
from quoth.record.claim import Claim, Origin, OriginKind, Route, Stance, StatementStance
from quoth.record.custody import CaseNote, Decision, Verdict
from quoth.record.event import Event, Participant
from quoth.record.exhibit import Availability, Citation, Exhibit, ExhibitStatus, RequestOutcome
from quoth.record.finding import CopyLink, Finding, Outcome
from quoth.record.hypothesis import Gap, Hypothesis, Question
from quoth.record.party import Mention, Name, NameRole, Party, PartyKind
from quoth.record.passage import PassageRole
from quoth.record.position import Occupancy, Position
from quoth.record.release import ReleasedMedia, ReleasedRecords, ReleasedText
from quoth.record.rendition import Head, Rendition, RenditionKind, Setting
from quoth.record.request import Request
from quoth.record.statement import Act, AttributionChain, ChainLink, EditorialVoice, Form, SourceType
from quoth.terms.anchor import TimeSpan
from quoth.terms.digest import digest_of
from quoth.terms.ident import ident
from quoth.terms.phone import PhoneNumber
from quoth.terms.tongue import Tongue
from quoth.terms.when import Reading, When, day

__all__ = ["parts"]


def _month(words: str, edtf: str, last: str, *, against: str = "") -> When:
    return When(
        words=words,
        earliest=f"{edtf}-01",
        latest=last,
        edtf=edtf,
        against=against or None,
        basis="a month of that year",
    )


def parts() -> tuple[CaseNote, ReleasedRecords, tuple[ReleasedText, ...], tuple[ReleasedMedia, ...]]:
    """Everything that :func:`release` clears: note, records, texts, media."""
    article = held("lantern-2031-03-04.html", b"<html>" + ENGLISH.encode(), "text/html", outlet="The Sarrow Lantern")
    gazette = held("gazette.txt", CHINESE.encode() + b"\n", "text/plain", outlet="港口公报")
    letter = held("letter.txt", ARABIC.encode() + b"\n", "text/plain", claimed_author="سامر الحلواني")
    tape = held("call-2.wav", sound(), "audio/wav")
    talk = held("call-2.txt", CALL_TEXT.encode() + b"\n", "text/plain")
    rows = held("calls.csv", b"Start;From;To\n03/03/31 10:31;+447700900461;+441632960114\n", "text/csv")

    lantern = StoryText(article, ENGLISH, EN, roles=(PassageRole.TITLE, PassageRole.BYLINE))
    chinese = StoryText(gazette, CHINESE, ZH, roles=(PassageRole.TITLE,))
    arabic = StoryText(letter, ARABIC, AR, roles=(PassageRole.HEADING,))
    transcript = StoryText(talk, CALL_TEXT, EN)
    table = StoryText(rows, "Start\tFrom\tTo\n03/03/31 10:31\t+447700900461\t+441632960114", Tongue("und"))
    table_rendition = Rendition(
        of=rows.digest,
        kind=RenditionKind.TABLE,
        content=table.content,
        media_type="text/plain;charset=utf-8",
        tool="quoth.read.table",
        version="1",
    )

    told = lantern.say(
        Act.TELL,
        SourceType.UNNAMED,
        Form.INDIRECT,
        cue="told",
        source="A clerk at the customs house",
        addressee="the Lantern",
        content='harbour master Ivo Karst had said, "The blue ledger [of landings] went to the ministry in May."',
    )
    karst_said = lantern.say(
        Act.SAY,
        SourceType.NAMED,
        Form.DIRECT,
        cue="had said",
        source="harbour master Ivo Karst",
        content="The blue ledger [of landings] went to the ministry in May.",
        within=told,
    )
    declined = lantern.say(
        Act.DECLINE, SourceType.NAMED, Form.INDIRECT, cue="declined to comment", source="The Ministry of Moorings"
    )
    rumour = lantern.say(
        Act.RUMOUR,
        SourceType.GROUP,
        Form.INDIRECT,
        cue="It was rumoured",
        source="in the port",
        content="the ledger had been burnt",
    )
    silent = lantern.say(
        Act.NO_RESPONSE,
        SourceType.NAMED,
        Form.INDIRECT,
        cue="did not respond",
        source="Karst",
        after="Karst, who was",
        refers="Ivo Karst",
    )
    worker = lantern.say(
        Act.REPORT,
        SourceType.UNNAMED,
        Form.INDIRECT,
        cue="according to",
        source="a dock worker who asked not to be named",
        content="He was heard|telling a visitor that the ledger was perhaps never complete",
    )
    heard = lantern.say(
        Act.TELL,
        SourceType.NAMED,
        Form.INDIRECT,
        cue="telling",
        source="He",
        after="He was heard",
        addressee="a visitor",
        refers="Ivo Karst",
        content="the ledger was perhaps never complete",
        hedges="perhaps",
        within=worker,
    )
    watch = lantern.say(
        Act.CLAIM,
        SourceType.GROUP,
        Form.INDIRECT,
        cue="says",
        source="A group called Harbour Watch",
        content="it holds six recordings",
    )
    offer = lantern.say(
        Act.OFFER,
        SourceType.GROUP,
        Form.INDIRECT,
        cue="is able to provide",
        source="It",
        after="It is able",
        refers="Harbour Watch",
        content="the telephone company's file",
    )
    zh_deny = chinese.say(
        Act.DENY,
        SourceType.NAMED,
        Form.DIRECT,
        cue="表示",
        source="港务部发言人秦澜",
        content="从来没有什么蓝色登记册",
        after="港务部发言人",
        said=When(
            words="周三",
            earliest="2031-03-05",
            latest="2031-03-05",
            edtf="2031-03-05",
            against="2031-03-06",
            basis="weekday before publication",
        ),
    )
    zh_told = chinese.say(
        Act.TELL,
        SourceType.UNNAMED,
        Form.INDIRECT,
        cue="告诉",
        source="一名不愿透露姓名的码头工人",
        addressee="本报",
        content="登记册在五月被送走",
    )
    ar_wrote = arabic.say(
        Act.WRITE,
        SourceType.NAMED,
        Form.INDIRECT,
        cue="كتب",
        source="أمين الجمارك سامر الحلواني",
        content="السجل الأزرق سُلّم إلى الوزارة في شهر مايو",
        after="كتب",
    )
    statements = (told, karst_said, declined, rumour, silent, worker, heard, watch, offer, zh_deny, zh_told, ar_wrote)

    def mention(text: StoryText, words: str, after: str = "", kind: PartyKind = PartyKind.PERSON) -> Mention:
        part = text.at(words, after)
        return Mention(
            id=ident("m", text.content, part.start, part.end), rendition=text.content, extract=part, kind=kind
        )

    karst_mentions = (
        mention(lantern, "Ivo Karst"),
        mention(lantern, "Karst", "Karst, who"),
        mention(chinese, "伊沃·卡斯特"),
    )
    qin = mention(chinese, "秦澜")
    ministry = mention(lantern, "Ministry of Moorings", kind=PartyKind.ORGANISATION)
    halwani = mention(arabic, "سامر الحلواني")
    clerk = mention(lantern, "A clerk at the customs house", kind=PartyKind.UNNAMED)
    subscriber = mention(table, "+447700900461")
    karst = Party(
        id=ident("y", "karst"),
        kind=PartyKind.PERSON,
        mentions=tuple(one.id for one in karst_mentions),
        confidence=700,
        reason="the surname alone, in the same document; the Chinese name by its sound",
        names=(
            Name(text="Ivo Karst", role=NameRole.PRIMARY, language=EN),
            Name(text="Karst", role=NameRole.SURNAME, language=EN),
            Name(text="伊沃·卡斯特", role=NameRole.TRANSLITERATION, language=ZH),
        ),
    )
    parties = (
        karst,
        Party(
            id=ident("y", "qin"),
            kind=PartyKind.PERSON,
            names=(Name(text="秦澜", role=NameRole.PRIMARY, language=ZH),),
            mentions=(qin.id,),
        ),
        Party(
            id=ident("y", "ministry"),
            kind=PartyKind.ORGANISATION,
            names=(
                Name(text="Ministry of Moorings", role=NameRole.PRIMARY, language=EN),
                Name(text="港务部", role=NameRole.ALIAS, language=ZH),
            ),
            mentions=(ministry.id,),
            decided_by="R. Viewer",
        ),
        Party(
            id=ident("y", "halwani"),
            kind=PartyKind.PERSON,
            names=(Name(text="سامر الحلواني", role=NameRole.PRIMARY, language=AR),),
            mentions=(halwani.id,),
        ),
        Party(
            id=ident("y", "clerk"),
            kind=PartyKind.UNNAMED,
            names=(Name(text="A clerk at the customs house", role=NameRole.DESCRIPTION, language=EN),),
            mentions=(clerk.id,),
        ),
        Party(
            id=ident("y", "subscriber"),
            kind=PartyKind.UNKNOWN,
            names=(Name(text="+447700900461"),),
            mentions=(subscriber.id,),
        ),
    )
    office = Position(
        id=ident("q", "harbour master"),
        title="harbour master",
        place="Port Sarrow",
        note="The port had two harbours; which one is not said.",
    )
    occupancy = Occupancy(
        id=ident("o", "karst"),
        position=office.id,
        party=karst.id,
        rendition=lantern.content,
        evidence=(lantern.at("who was then harbour master"),),
        as_of=When(words="then", basis="the time of the ledger, not known"),
        ended=True,
        confidence=600,
        reason="apposition",
    )

    file_cited = Exhibit(
        id=ident("c", "telephone file"),
        status=ExhibitStatus.CITED,
        title="the telephone company's file",
        suggested=True,
        citation=Citation(
            said_by="Harbour Watch",
            description="the telephone company's file",
            availability=Availability.OFFERED,
            held_by="Harbour Watch",
            terms="to researchers",
            outcome=RequestOutcome.NO_REPLY,
            asked_on=day("4 April 2031", "2031-04-04"),
            statement=offer.id,
        ),
    )
    ledger_cited = Exhibit(
        id=ident("c", "ledger"),
        status=ExhibitStatus.CITED,
        title="the blue ledger",
        citation=Citation(
            said_by="a clerk at the customs house",
            description="the blue ledger of landings",
            availability=Availability.HANDED_OVER,
            held_by="Ministry of Moorings",
            statement=told.id,
        ),
    )
    call = Call(
        id=ident("k", tape.digest), exhibit=tape.id, recording=tape.digest, duration_ms=4000, pretext="a question about pensions",
        claimed=When(words="mid-April", earliest="2031-04-10", latest="2031-04-20", edtf="2031-04-10/2031-04-20", against="2031-04-30", basis="the middle ten days"),
        parties=(
            CallParty(role=CallRole.CALLER, party=parties[3].id, described="covert caller", number_as_said="+44 7700 900461"),
            CallParty(role=CallRole.CALLEE, party=karst.id),
        ),
        layers=(
            TranscriptLayer(kind=LayerKind.TRANSCRIPT, language=ZH, content=talk.digest, made_by="A translator in danger", lines=(
                TranscriptLine(time=TimeSpan(start_ms=0, end_ms=1500), speaker="Karst", text="谁给你这个号码的？"),
                TranscriptLine(time=TimeSpan(start_ms=1500, end_ms=2750), speaker="Caller", text="养老金办公室。登记册送到港务部了吗？"),
                TranscriptLine(time=TimeSpan(start_ms=2750, end_ms=4000), speaker="Karst", text="你去问港务部。我只拿别人给我的。"),
            )),
            TranscriptLayer(kind=LayerKind.TRANSLATION, language=EN, content=transcript.content, lines=tuple(
                TranscriptLine(time=TimeSpan(start_ms=start, end_ms=end), speaker=line.split(": ")[0], text=line.split(": ", 1)[1])
                for (start, end), line in zip(((0, 1500), (1500, 2750), (2750, 4000)), CALL_TEXT.split("\n"), strict=True)
            )),
        ),
    )  # fmt: skip
    row = CallRecord(
        id=ident("r", rows.digest, 2),
        exhibit=rows.id,
        rendition=table.content,
        row=2,
        start="2031-03-03T10:31:00",
        duration_s=33,
        cells=(
            WrittenCell(column="Start", as_written="03/03/31 10:31"),
            WrittenCell(column="From", as_written="+447700900461"),
        ),
        caller=PhoneNumber.of("+447700900461"),
        callee=PhoneNumber.of("+441632960114"),
    )
    other_row = CallRecord(
        id=ident("r", rows.digest, 3),
        exhibit=rows.id,
        rendition=table.content,
        row=3,
        cells=(WrittenCell(column="From", as_written="+447700900999"),),
        caller=PhoneNumber.of("+447700900999"),
    )
    match = CallMatch(
        id=ident("h", call.id),
        call=call.id,
        outcome=MatchOutcome.CANNOT_TELL,
        record=row.id,
        probability=410,
        reasons=("the day is not known to within a week", "the caller +44 7700 900461 is in the file"),
        would_settle="the original file with its time zone",
    )
    claim = Claim(
        id=ident("l", "handed over"), proposition="The blue ledger went to the ministry in May.", reason="the same object, the same month",
        stances=(
            StatementStance(statement=karst_said.id, stance=Stance.ASSERTS), StatementStance(statement=zh_told.id, stance=Stance.ASSERTS),
            StatementStance(statement=ar_wrote.id, stance=Stance.ASSERTS), StatementStance(statement=zh_deny.id, stance=Stance.DENIES),
            StatementStance(statement=declined.id, stance=Stance.WOULD_NOT_SAY),
        ),
        origins=(Origin(id="n1", label="Ivo Karst", kind=OriginKind.NAMED, statements=(karst_said.id,)), Origin(id="n2", label="سامر الحلواني", kind=OriginKind.HELD, statements=(ar_wrote.id,)), Origin(id="n3", label="a dock worker", kind=OriginKind.ANONYMOUS, statements=(zh_told.id,))),
        routes=(Route(origin="n1", through=(article.id,), statements=(karst_said.id, told.id), reason="through a clerk"), Route(origin="n2", through=(letter.id,), statements=(ar_wrote.id,)), Route(origin="n3", through=(gazette.id,), statements=(zh_told.id,))),
    )  # fmt: skip
    published = day("4 March 2031", "2031-03-04")
    records = ReleasedRecords(
        exhibits=(article, gazette, letter, tape, talk, rows, file_cited, ledger_cited),
        heads=(
            Head(of=article.digest, title="Six recordings, three of them described", byline="Odile Marrant", outlet="The Sarrow Lantern", place="Port Sarrow", url="https://lantern.example/2031/six-recordings", language=EN, published=published, updated=day("2034-06-01", "2034-06-01"), properties=(Setting(name="author", value="Hidden Author"),)),
            Head(of=gazette.digest, title="港务部否认登记册存在", outlet="港口公报", language=ZH, published=day("2031年3月6日", "2031-03-06")),
            Head(of=letter.digest, title="إلى وزارة المراسي", language=AR),
        ),
        renditions=(lantern.rendition, chinese.rendition, arabic.rendition, transcript.rendition, table_rendition, Rendition(of=tape.digest, kind=RenditionKind.PEAKS, content=digest_of(picture()), media_type="image/png", tool="quoth.read.audio", version="1", duration_ms=4000)),
        passages=(*lantern.passages, *chinese.passages, *arabic.passages, *transcript.passages, *table.passages),
        statements=statements,
        voices=(EditorialVoice(rendition=lantern.content, extracts=(lantern.at("Whether the ledger was copied before it left the customs house is not known."),)),),
        chains=(
            AttributionChain(statement=karst_said.id, links=(
                ChainLink(source="The Sarrow Lantern", source_type=SourceType.OUTLET, act=Act.REPORT),
                ChainLink(source="A clerk at the customs house", source_type=SourceType.UNNAMED, act=Act.TELL, statement=told.id),
                ChainLink(source="Ivo Karst", source_type=SourceType.NAMED, act=Act.SAY, statement=karst_said.id),
            )),
            AttributionChain(statement=heard.id, links=(
                ChainLink(source="The Sarrow Lantern", source_type=SourceType.OUTLET, act=Act.REPORT),
                ChainLink(source="a dock worker who asked not to be named", source_type=SourceType.UNNAMED, act=Act.REPORT, statement=worker.id),
                ChainLink(source="Ivo Karst", source_type=SourceType.NAMED, act=Act.TELL, statement=heard.id),
            )),
            AttributionChain(statement=zh_deny.id, links=(
                ChainLink(source="港口公报", source_type=SourceType.OUTLET, act=Act.REPORT),
                ChainLink(source="秦澜", source_type=SourceType.NAMED, act=Act.DENY, statement=zh_deny.id),
            )),
        ),
        mentions=(*karst_mentions, qin, ministry, halwani, clerk, subscriber),
        parties=parties,
        positions=(office,),
        occupancies=(occupancy,),
        events=(
            Event(id=ident("v", "ledger"), title="The blue ledger went to the ministry", when=When(words="in May", earliest="2030-05-01", latest="2030-05-31", edtf="2030-05", against="2031-03-04", basis="last May before publication", alternatives=(Reading(earliest="2029-05-01", latest="2029-05-31", edtf="2029-05"),)), rendition=lantern.content, extract=lantern.at("went to the ministry in May"), participants=(Participant(party=karst.id),), statements=(karst_said.id,)),
            Event(id=ident("v", "sent away"), title="登记册在五月被送走", when=_month("五月", "2030-05", "2030-05-31", against="2031-03-06"), rendition=chinese.content, extract=chinese.at("登记册在五月被送走"), statements=(zh_told.id,)),
            Event(id=ident("v", "burnt"), title="the ledger had been burnt", when=When(words=""), rendition=lantern.content, extract=lantern.at("the ledger had been burnt"), statements=(rumour.id,)),
        ),
        calls=(call,),
        call_records=(row, other_row),
        call_matches=(match,),
        claims=(claim,),
        assessments=(Assessment(id=ident("a", "halvard"), by="Ines Halvard", on="six recordings", opinion="believes that they are genuine", basis="listened to three of them", relation="a former colleague of Harbour Watch"),),
        findings=(
            Finding(id=ident("f", "duration"), check="recording-length", subject=tape.id, outcome=Outcome.HOLDS, grounds=("4.000 s by its header and by its samples",), limits=("It does not show when the sound was recorded.",)),
            Finding(id=ident("f", "kind"), check="kind-by-content", subject=letter.id, outcome=Outcome.CANNOT_TELL, limits=("A plain text has no mark of its maker.",)),
        ),
        copies=(CopyLink(id=ident("b", article.id, talk.id), left=article.id, right=talk.id, shared=82, earlier=article.id, grounds=("14 of 170 words in the same order",)),),
        requests=(
            Request(id=ident("e", "ministry"), to="Ministry of Moorings", how="e-mail", put="where the ledger is", sent=day("1 April 2031", "2031-04-01"), as_of=day("30 April 2031", "2031-04-30"), asked_by="The Sarrow Lantern", statement=declined.id),
            Request(id=ident("e", "karst"), to="Ivo Karst", how="three letters", as_of=published, statement=silent.id),
            Request(id=ident("e", "watch"), to="Harbour Watch", sent=_month("April", "2031-04", "2031-04-30"), reply="The file is there for researchers.", replied=day("2 May 2031", "2031-05-02")),
        ),
        hypotheses=(
            Hypothesis(id=ident("t", "one"), text="The ledger was handed over whole.", put_by="Harbour Watch", fits=("two letters name the month",), strains=("the ministry denies that there was one",)),
            Hypothesis(id=ident("t", "two"), text="The ledger was never complete.", put_by="a dock worker", fits=("nobody describes its last pages",)),
        ),
        questions=(Question(id=ident("u", "copied"), text="Whether the ledger was copied before it left the customs house", rendition=lantern.content, extract=lantern.at("Whether the ledger was copied before it left the customs house is not known.")),),
        response_codes=(
            ResponseCode(id=ident("w", "1"), call=call.id, proposition="The ledger went to the ministry", reply_form=ReplyForm.REFERRAL, stance=ResponseStance.NEITHER, flags=("asked who gave the number",), coded_by="R. Viewer"),
            ResponseCode(id=ident("w", "2"), call=call.id, proposition="The ledger went to the ministry", reply_form=ReplyForm.ANSWER, stance=ResponseStance.IMPLIES, admitted="carried what he was given", coded_by="S. Econd"),
        ),
        gaps=(Gap(id=ident("g", "recordings"), what="recordings", announced=6, described=3, held=1, rendition=lantern.content, extract=lantern.at("it holds six recordings; three of them are described")),),
        decisions=(Decision(id=ident("n", "1"), about=(declined.id,), verdict=Verdict.ACCEPT, by="R. Viewer", at="2031-05-01T10:00:00Z", reason="seen on paper"),),
    )  # fmt: skip
    texts = tuple(
        ReleasedText(content=one.content, text=one.text) for one in (lantern, chinese, arabic, transcript, table)
    )
    media = (
        _media(sound(), "recordings/call-2.wav", "audio/wav"),
        _media(picture(), "peaks.png", "image/png"),
    )
    note = CaseNote(title="The blue ledger of Port Sarrow", question="Where did the blue ledger go, and who says so?")
    return note, records, texts, media


def _media(data: bytes, name: str, kind: str) -> ReleasedMedia:
    return ReleasedMedia(content=digest_of(data), name=name, media_type=kind, base64=base64.b64encode(data).decode())
