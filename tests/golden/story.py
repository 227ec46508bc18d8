"""The fictional story: its texts, a text that knows where its words stand, a sound, a picture."""

import io
import math
import struct
import wave
import zlib

from quoth.record.exhibit import Exhibit, ExhibitStatus, Provenance
from quoth.record.passage import Passage, PassageRole
from quoth.record.rendition import Rendition, RenditionKind
from quoth.record.statement import Act, Form, SourceType, Statement
from quoth.terms.anchor import Extract, anchor_at, extract
from quoth.terms.digest import digest_of
from quoth.terms.ident import ident
from quoth.terms.tongue import Tongue
from quoth.terms.when import When

__all__ = ["AR", "ARABIC", "CALL_TEXT", "CHINESE", "EN", "ENGLISH", "ZH", "StoryText", "held", "picture", "sound"]

EN, ZH, AR = Tongue("en"), Tongue("zh-Hans"), Tongue("ar")

ENGLISH = """Six recordings, three of them described

By Odile Marrant

PORT SARROW, 4 March 2031 – A clerk at the customs house told the Lantern that harbour master Ivo Karst had said, "The blue ledger [of landings] went to the ministry in May."

The Ministry of Moorings declined to comment. It was rumoured in the port that the ledger had been burnt.

Karst, who was then harbour master, did not respond to three letters. He was heard, according to a dock worker who asked not to be named, telling a visitor that the ledger was perhaps never complete.

A group called Harbour Watch says that it holds six recordings; three of them are described on its page. It is able to provide the telephone company's file to researchers.

Whether the ledger was copied before it left the customs house is not known."""

CHINESE = """港务部否认登记册存在

港务部发言人秦澜周三表示，"从来没有什么蓝色登记册"。她拒绝回答有关伊沃·卡斯特的问题。

一名不愿透露姓名的码头工人告诉本报，登记册在五月被送走。"""

ARABIC = """إلى وزارة المراسي

كتب أمين الجمارك سامر الحلواني أن السجل الأزرق سُلّم إلى الوزارة في شهر مايو.

وقال إنه لم يتلقَّ أي إيصال."""

CALL_TEXT = """Karst: Who gave you this number?
Caller: The pension office. Did the ledger go to the ministry?
Karst: Ask the ministry. I only carry what I am given."""


class StoryText:
    """A text under construction: finds words, keeps their places."""

    def __init__(self, exhibit: Exhibit, text: str, language: Tongue, *, roles: tuple[PassageRole, ...] = ()) -> None:
        self.exhibit, self.text, self.language = exhibit, text, language
        self.content = digest_of(text.encode())
        assert exhibit.digest is not None
        self.rendition = Rendition(
            of=exhibit.digest,
            kind=RenditionKind.TEXT,
            content=self.content,
            media_type="text/plain;charset=utf-8",
            tool="quoth.read.text",
            version="1",
            language=language,
            characters=len(text),
        )
        self.passages = []
        start = 0
        for ordinal, piece in enumerate(text.split("\n\n")):
            role = roles[ordinal] if ordinal < len(roles) else PassageRole.BODY
            anchor = anchor_at(self.content, text, start, start + len(piece))
            self.passages.append(
                Passage(
                    id=ident("p", self.content, ordinal), anchor=anchor, role=role, ordinal=ordinal, language=language
                )
            )
            start += len(piece) + 2

    def at(self, words: str, after: str = "") -> Extract:
        start = self.text.index(words, self.text.index(after) if after else 0)
        return extract(self.text, start, start + len(words))

    def passage(self, part: Extract) -> str:
        return next(
            one.id
            for one in self.passages
            if one.anchor.extract.start <= part.start and part.end <= one.anchor.extract.end
        )

    def say(self, act: Act, kind: SourceType, form: Form, *, cue: str, **spans: str | When | Statement) -> Statement:
        after = str(spans.get("after", ""))
        parts = {
            name: tuple(self.at(piece, after) for piece in str(spans[name]).split("|") if piece)
            for name in ("source", "content", "addressee", "hedges")
            if name in spans
        }
        within = spans.get("within")
        refers = spans.get("refers")
        cued = self.at(cue, after)
        return Statement(
            id=ident("s", self.content, cued.start, cued.end),
            rendition=self.content,
            passage=self.passage(cued),
            source=parts.get("source", ()),
            cue=(cued,),
            content=parts.get("content", ()),
            addressee=parts.get("addressee", ()),
            hedges=parts.get("hedges", ()),
            act=act,
            form=form,
            source_type=kind,
            said=spans.get("said"),
            within=within.id if isinstance(within, Statement) else "",
            source_refers_to=self.at(str(refers)) if refers else None,
            confidence=812,
            reason="pattern:verb-of-saying",
            tool="quoth.attribute",
            version="1",
        )


def held(name: str, data: bytes, kind: str, **provenance: str) -> Exhibit:
    return Exhibit(
        id=ident("x", digest_of(data)),
        status=ExhibitStatus.HELD,
        title=name,
        digest=digest_of(data),
        size=len(data),
        kind=kind,
        kind_by_name=kind,
        provenances=(
            Provenance(
                name_as_given=f"from-a-friend/{name}",
                received_at="2031-04-30T08:15:00Z",
                given_by="A friend of the house",
                obtained_how="left at the door",
                note="do not call",
                **provenance,
            ),
        ),
    )


def sound() -> bytes:
    """Four seconds of a quiet tone, 4 kHz, 8 bit, one channel."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(4000)
        file.writeframes(bytes(128 + round(30 * math.sin(n / 3) * math.sin(n / 4500)) for n in range(16000)))
    return out.getvalue()


def picture() -> bytes:
    """Loudness as a picture: 600 by 48 points, two colours, PNG."""
    wide, high = 600, 48
    lines = []
    for y in range(high):
        line = [abs(math.sin(x / 37)) * high / 2 >= abs(y - high / 2) for x in range(wide)]
        lines.append(b"\0" + bytes(sum(line[x + bit] << (7 - bit) for bit in range(8)) for x in range(0, wide, 8)))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", wide, high, 1, 3, 0, 0, 0)
    colours = bytes.fromhex("f1efe90b4f6c")
    # stored, not squeezed: the bytes must not depend on the version of zlib
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            chunk(b"IHDR", head),
            chunk(b"PLTE", colours),
            chunk(b"IDAT", zlib.compress(b"".join(lines), 0)),
            chunk(b"IEND", b""),
        )
    )
