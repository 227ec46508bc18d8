"""The dossier as a whole: links, bytes, sums, policy, sizes, hostile input."""

import dataclasses
import hashlib
import json
import re
import shutil
import subprocess

import pytest
from defusedxml.ElementTree import fromstring

from golden.make_release import MADE_AT, parts, release
from publish.reading import broken_links, read
from quoth.errors import PublishError
from quoth.publish.dossier import Page, pages
from quoth.publish.layout.frame import DRAFT_STAMP, POLICY
from quoth.publish.overview import NOT_ASSERTED
from quoth.record.custody import CaseNote
from quoth.record.event import Event
from quoth.record.exhibit import Exhibit, ExhibitStatus
from quoth.record.passage import Passage
from quoth.record.release import ReleasedRecords, ReleasedText
from quoth.record.rendition import Head, Rendition, RenditionKind
from quoth.record.statement import Act, Form, SourceType, Statement
from quoth.seal.clear import clear_draft
from quoth.terms.anchor import Extract, anchor_at, extract
from quoth.terms.digest import digest_of
from quoth.terms.ident import ident
from quoth.terms.when import day


@pytest.fixture(scope="module")
def dossier():
    return {page.path: page.data for page in pages(release())}


@pytest.fixture(scope="module")
def html(dossier):
    return {path: read(data) for path, data in dossier.items() if path.endswith(".html")}


def only(records, texts=(), case=None):
    return clear_draft(
        case or CaseNote(title="T"), records, texts=texts, media=(), made_at=MADE_AT, log=(1, digest_of(b"h"))
    )


def written(text, *, spans=(), passages=True, title="t"):
    """One exhibit with a text and a statement for each span."""
    data = text.encode("utf-8", "surrogatepass")
    exhibit = Exhibit(
        id=ident("x", text), status=ExhibitStatus.HELD, title=title, digest=digest_of(b"file" + data), size=4
    )
    content = digest_of(data)
    rendition = Rendition(
        of=exhibit.digest, kind=RenditionKind.TEXT, content=content, media_type="text/plain", tool="t", version="1"
    )
    statements = tuple(
        Statement(
            id=ident("s", text, start, end),
            rendition=content,
            passage="",
            source=(),
            cue=(),
            content=(extract(text, start, end),),
            act=Act.SAY,
            form=Form.DIRECT,
            source_type=SourceType.NONE,
            confidence=1,
            reason="r",
        )
        for start, end in spans
    )
    held = (Passage(id=ident("p", text), anchor=anchor_at(content, text, 0, len(text))),) if passages else ()
    records = ReleasedRecords(exhibits=(exhibit,), renditions=(rendition,), passages=held, statements=statements)
    return records, (ReleasedText(content=content, text=text),)


def test_it_takes_a_release_and_nothing_else():
    class Sub(type(release())):
        pass

    for other in (None, {}, parts()[1], "release", Sub.__new__(Sub)):
        with pytest.raises(TypeError, match="only a Release is published"):
            pages(other)


def test_every_page_is_well_formed(html):
    assert {path: page.faults for path, page in html.items() if page.faults} == {}


def test_every_link_leads_somewhere_within(dossier):
    assert broken_links(dossier) == []


def test_a_broken_link_would_be_found(dossier):
    spoilt = dict(dossier)
    del spoilt["timeline.html"]
    assert any("timeline.html" in fault for fault in broken_links(spoilt))


def test_the_same_release_gives_the_same_bytes_in_the_same_order():
    assert list(pages(release())) == list(pages(release()))


def test_no_path_stands_twice_or_leads_out(dossier):
    made = [page.path for page in pages(release())]
    assert len(made) == len(set(made))
    assert all(re.fullmatch(r"[A-Za-z0-9-]+(/[A-Za-z0-9.-]+)?(\.[a-z]+)?", path) and ".." not in path for path in made)


def test_sha256sum_checks_the_whole(dossier, tmp_path):
    for path, data in dossier.items():
        target = tmp_path / path
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(data)
    tool = shutil.which("sha256sum")
    assert tool
    done = subprocess.run(
        [tool, "-c", "--strict", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert done.stdout.count(": OK") == len(dossier) - 1
    (tmp_path / "index.html").write_bytes(b"changed")
    assert (
        subprocess.run([tool, "-c", "--quiet", "SHA256SUMS"], cwd=tmp_path, capture_output=True, check=False).returncode
        == 1
    )


def test_the_manifest_names_every_page(dossier):
    manifest = json.loads(dossier["manifest.json"])
    named = {one["path"]: (one["sha256"], one["size"]) for one in manifest["files"]}
    expected = {
        p: (hashlib.sha256(d).hexdigest(), len(d))
        for p, d in dossier.items()
        if p not in ("manifest.json", "SHA256SUMS")
    }
    assert named == expected
    assert (manifest["kind"], manifest["number"], manifest["log_size"]) == ("draft", 0, 212)


def test_every_page_of_a_draft_is_stamped_once(html):
    assert DRAFT_STAMP == "draft: machine suggestions, not reviewed"
    for path, page in html.items():
        stamps = [held for tag, held in page.tags if held.get("class") == "stamp"]
        assert len(stamps) == 1, path
        assert DRAFT_STAMP in page.text, path
        assert "212 entries of the custody log" in page.text, path


def test_the_policy_is_strict_and_nothing_is_inline(html):
    assert POLICY == (
        "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; base-uri 'none'; form-action 'none'"
    )
    for path, page in html.items():
        policies = [held["content"] for tag, held in page.tags if held.get("http-equiv") == "Content-Security-Policy"]
        assert policies == [POLICY], path
        names = {tag for tag, _ in page.tags}
        assert not names & {"script", "style", "iframe", "object", "embed", "form", "svg", "base"}, path
        keys = {key for _, held in page.tags for key in held}
        assert not {key for key in keys if key == "style" or key.startswith("on")}, path


def test_nothing_in_the_style_leads_out(dossier):
    style = dossier["dossier.css"].decode()
    assert "url(" not in style
    assert "@import" not in style
    assert len(dossier["dossier.css"]) <= 15_000


def test_pages_keep_to_their_budget(dossier, html):
    for path, data in dossier.items():
        if path.endswith(".html"):
            assert len(data) <= 60_000, path
            loaded = [
                held for tag, held in html[path].tags if tag in ("img", "audio") or held.get("rel") == "stylesheet"
            ]
            assert 1 + len(loaded) <= 6, path


def test_the_overview_asserts_nothing_and_says_so(html):
    page = html["index.html"]
    assert NOT_ASSERTED in page.text
    assert "Where did the blue ledger go, and who says so?" in page.text
    for words in (
        "12 statements",
        "1 recording",
        "2 claimed, not held",
        "2 unanswered requests",
        "29 days without a reply",
    ):
        assert words in page.text


def test_every_statement_leads_to_its_bytes(dossier, html):
    """The reader's way: the page names a text and characters; the text's bytes have the digest it names."""
    for path, page in html.items():
        if not re.fullmatch(r"statements/s-[0-9a-f]{16}\.html", path):
            continue
        start, end = map(int, re.search(r"characters (\d+) to (\d+)", page.text).groups())
        text_link = next(link for link in page.links if "texts/" in link).removeprefix("../")
        data = dossier[text_link]
        assert hashlib.sha256(data).hexdigest() in page.text
        statement = next(one for one in release().records.statements if path == f"statements/{one.id}.html")
        quoted = data.decode()[start:end]
        marks = re.search(r'<p class="words".*?</p>', dossier[path].decode(), re.DOTALL)[0]
        shown = read(re.sub(r'<a class="ref".*?</a>', "", marks).encode()).text
        assert quoted in shown
        for part in statement.content + statement.cue + statement.source:
            assert part.exact in quoted
        exhibit = next(link for link in page.links if re.search(r"exhibits/x-", link)).split("#")[0].removeprefix("../")
        assert re.search(r"whose bytes have SHA-256 [0-9a-f]{64}", page.text)[0][-64:] in html[exhibit].text


def test_fragments_carry_language_and_direction(dossier):
    letter = next(
        data.decode() for path, data in dossier.items() if "السجل".encode() in data and path.startswith("exhibits/x-")
    )
    assert re.search(r'<p[^>]* lang="ar" dir="rtl"', letter)
    gazette = next(
        data.decode() for path, data in dossier.items() if "表示".encode() in data and path.startswith("exhibits/x-")
    )
    assert re.search(r'<p[^>]* lang="zh-Hans" dir="ltr"', gazette)


def test_a_recording_has_player_picture_and_lines(dossier, html):
    path = next(path for path, page in html.items() if any(tag == "audio" for tag, _ in page.tags))
    audio = next(held for tag, held in html[path].tags if tag == "audio")
    assert audio["preload"] == "none"
    assert "autoplay" not in audio
    assert dossier[audio["src"].removeprefix("../")][:4] == b"RIFF"
    wave = next(held for tag, held in html[path].tags if tag == "img")
    assert wave["alt"]
    assert [link.split("#")[1] for link in html[path].links if "#t=" in link] == ["t=0,1.5", "t=1.5,2.75", "t=2.75,4"]
    words = dossier[path].decode()
    assert words.index("谁给你这个号码的") < words.index("Who gave you this number?")
    assert "+•• •••• ••••61" in html[path].text


def test_what_is_cited_never_looks_held(html):
    for path, page in html.items():
        if path.startswith("exhibits/c-"):
            badges = [held["class"] for tag, held in page.tags if held.get("class", "").startswith("badge ")]
            assert badges[0] == "badge cited"
            assert "badge held" not in badges
            assert "Nothing of it is held here." in page.text


def test_an_event_with_two_readings_stands_at_both_and_is_counted_once(html):
    page = html["timeline.html"]
    assert page.text.count("May 2030 or May 2029") == 2
    assert page.text.count("The same entry, at another reading of its date; drawn here: May 2029.") == 1
    assert page.text.count("More than one reading of its date; drawn here: May 2030.") == 1
    items = [held["class"] for tag, held in page.tags if tag == "li" and held.get("class", "").startswith("t-")]
    assert sum("again" not in one for one in items) == int(re.search(r"of (\d+) entries shown", page.text)[1])


def test_a_claim_counts_reports_and_origins(html):
    assert "3 reports, 3 origins" in html["claims.html"].text
    assert "1 denies, 1 would not say" in html["claims.html"].text


def test_the_feed_is_atom_and_claims_no_domain(dossier):
    feed = fromstring(dossier["feed.xml"])
    atom = "{http://www.w3.org/2005/Atom}"
    assert feed.tag == f"{atom}feed"
    ids = [one.text for one in feed.iter(f"{atom}id")]
    assert len(set(ids)) == len(ids) == 7
    assert all(re.fullmatch(r"ni:///sha-256;[A-Za-z0-9_-]{43}", one) for one in ids)
    for entry in feed.iter(f"{atom}entry"):
        assert all(entry.find(atom + part) is not None for part in ("title", "updated", "id", "link"))
        assert entry.find(f"{atom}link").get("href") in dossier
    assert feed.find(f"{atom}subtitle").text == DRAFT_STAMP


def test_an_empty_case_still_makes_a_dossier():
    made = {page.path: page.data for page in pages(only(ReleasedRecords()))}
    assert broken_links(made) == []
    assert "No statements were found." in read(made["index.html"]).text


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'onmouseover='alert(1)",
    "</title></p></main><!--",
    "javascript:alert(1)",
    "name\u202egnp.exe",
    "\u2066\u2067unclosed isolates",
    "nul\x00bell\x07esc\x1b[31m\x85\ufffe",
    "a" * 30_000,
    "Zalgo" + "\u0301" * 400,
    "&lt;&amp;&#0;",
    "lone \ud800 surrogate",
    "",
]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_stay_words(words):
    text = f"{words} said {words}. The end"
    records, texts = written(text, spans=((0, 4), (1, max(2, len(words))), (0, len(text))), title=words)
    head = Head(
        of=records.exhibits[0].digest,
        title=words,
        byline=words,
        outlet=words,
        url=words,
        published=day(words, "2031-01-01"),
    )
    case = CaseNote(title=words, question=words)
    made = {page.path: page.data for page in pages(only(dataclasses.replace(records, heads=(head,)), texts, case))}
    assert broken_links(made) == []
    for path, data in made.items():
        assert isinstance(data, bytes)
        if not path.endswith(".html"):
            continue
        page = read(data)
        assert page.faults == [], path
        names = {tag for tag, _ in page.tags}
        assert not names & {"script", "style", "iframe", "object", "svg"}, path
        assert not [held for _, held in page.tags for key in held if key.startswith("on")], path
        assert all(not link.lower().startswith("javascript") for link in page.links), path
        shown = data.decode()
        assert "\u202e" not in shown, path
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", shown), path
        assert len(data) <= 60_000, path
    fromstring(made["feed.xml"])


@pytest.mark.parametrize("name", ["../../etc/passwd", "x/y", 'x"onclick="', "", "x.html", "x" * 100, "x y"])
def test_a_name_that_is_no_name_is_refused(name):
    exhibit = Exhibit(id=name, status=ExhibitStatus.CITED, title="t")
    with pytest.raises(PublishError, match="not the name of a record"):
        list(pages(only(ReleasedRecords(exhibits=(exhibit,)))))


def test_one_name_for_two_things_is_refused():
    one = Exhibit(id="c-1", status=ExhibitStatus.CITED, title="one")
    with pytest.raises(PublishError, match="two different records"):
        list(pages(only(ReleasedRecords(exhibits=(one, dataclasses.replace(one, title="other"))))))


def test_a_statement_whose_words_stand_elsewhere_is_refused():
    records, texts = written("She said no. He said so.", spans=((0, 12),))
    moved = dataclasses.replace(
        records.statements[0], content=(dataclasses.replace(extract("xxShe", 2, 5), start=9, end=12),)
    )
    release = only(records, texts)
    spoilt = dataclasses.replace(release, records=dataclasses.replace(release.records, statements=(moved,)))
    with pytest.raises(PublishError, match="read otherwise"):
        list(pages(spoilt))


@pytest.mark.parametrize("part", ["medium", "when", "where", "audience", "anonymity"])
def test_a_part_beside_the_words_is_proved_as_they_are(part):
    records, texts = written("She said no. He said so.", spans=((0, 12),))
    release = only(records, texts)
    moved = dataclasses.replace(records.statements[0], **{part: (Extract(start=4, end=8, exact="told"),)})
    spoilt = dataclasses.replace(release, records=dataclasses.replace(release.records, statements=(moved,)))
    with pytest.raises(PublishError, match="characters 4 to 8 read otherwise"):
        list(pages(spoilt))


def test_a_statement_whose_text_is_missing_is_refused():
    records, texts = written("She said no.", spans=((0, 12),))
    with pytest.raises(PublishError, match="is not part of this release"):
        list(pages(dataclasses.replace(only(records, texts), texts=())))


def test_a_long_text_goes_on_to_further_pages_and_loses_nothing():
    sentences = [f"Witness {n} said that the {n} crates were moved at night. " for n in range(3000)]
    text = "".join(sentences)
    starts = [text.index(one) for one in sentences]
    spans = tuple((start, start + len(one) - 2) for start, one in zip(starts, sentences, strict=True))[::5]
    for passages in (True, False):
        records, texts = written(text, spans=spans, passages=passages)
        made = {page.path: page.data for page in pages(only(records, texts))}
        parts_ = sorted(
            (path for path in made if path.startswith("exhibits/x-")),
            key=lambda path: int((re.findall(r"-(\d+)\.html", path) or [1])[0]) if path.count("-") > 1 else 1,
        )
        assert len(parts_) > 3
        assert all(len(data) <= 60_000 for path, data in made.items() if path.endswith(".html"))
        shown = "".join(
            read(re.sub(r'<a class="ref".*?</a>', "", one).encode()).text
            for path in parts_
            for one in re.findall(r'<div class="words">(.*?)</div>', made[path].decode(), re.DOTALL)
        )
        assert shown == text
        assert broken_links(made) == []


def test_five_hundred_events_fit_their_budget():
    text = "It happened. " * 500
    records, texts = written(text)
    rendition = records.renditions[0].content
    events = tuple(
        Event(
            id=ident("v", n),
            title=f"Event {n}, at which something is said to have happened near the harbour",
            when=day(f"day {n}", f"{1990 + n // 50}-{n % 12 + 1:02}-{n % 28 + 1:02}"),
            rendition=rendition,
            extract=extract(text, n * 13, n * 13 + 12),
        )
        for n in range(500)
    )
    made = {page.path: page.data for page in pages(only(dataclasses.replace(records, events=events), texts))}
    timelines = [path for path in made if path.startswith("timeline")]
    assert all(len(made[path]) <= 250_000 for path in timelines)
    items = [
        held for path in timelines for tag, held in read(made[path]).tags if held.get("class", "").startswith("t-ev")
    ]
    assert len(items) == 500


def test_pages_are_pages():
    first = next(iter(pages(release())))
    assert first == Page(path="index.html", data=first.data, media_type="text/html;charset=utf-8")
