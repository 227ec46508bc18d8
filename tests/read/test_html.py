"""Web pages: what is the article, what it says of itself, and nothing fetched."""

import http.server
import threading

import pytest

from quoth.record.passage import Passage
from read.reading import grounds_of, head_of, of_kind, reading, roles_of, text_of, words_of

PARAGRAPHS = "".join(
    f"<p>The officials who picked up telephone number {number} did not hang up at once. They were "
    f"<a href='/x'>asked</a> about forty-one dockers, each “sent home by sea”.</p>"
    for number in range(6)
)
PAGE = f"""<!doctype html><html lang="en"><head><title>On the Telephone - The Kelsund Ledger</title>
<meta property="og:site_name" content="The Kelsund Ledger">
<link rel="canonical" href="https://ledger.example/telephone">
<meta property="article:modified_time" content="2034-05-02T07:10:00+02:00">
<script type="application/ld+json">{{"@context":"https://schema.org","@graph":[{{"@type":"NewsArticle",
"headline":"On the Telephone","datePublished":"2031-05-01T01:10:00+02:00",
"author":[{{"@type":"Person","name":"Nadia Ferrow"}}]}}]}}</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/w">Weather</a></li></ul></nav>
<article><header><h1>On the Telephone</h1><p class="deck">A rights group publishes six recordings of calls.</p>
<p class="byline">By <a rel="author">Nadia Ferrow</a></p><p><time datetime="2031-05-01">May 1, 2031</time></p>
<p>Updated: <time datetime="2034-05-02">May 2, 2034</time></p></header>
<figure><img src="quay.jpg" alt="A low island with a long building">
<figcaption>The landing stage, seen in April 2031. <span class="credit">Jonas Welk / The Kelsund Ledger</span></figcaption></figure>
<p>KELSUND, May 1 (Northwater) – The ministry spoke at last. It said that no list had ever been made.</p>
{PARAGRAPHS}
<h2>The pension fund is calling</h2>
<blockquote><p>Do not stop anything yet, somebody has to sign.</p></blockquote>
<ul><li>The yard book says that the ship lay in dry dock.</li></ul>
<figure><img src="b.jpg" alt="x"><figcaption>The old pier. (Anna Holt/Northwater)</figcaption></figure>
<p>Subscribe to our e-newsletter.</p></article>
<aside>Most read: gulls</aside><footer>About the Ledger. Terms.</footer></body></html>"""


@pytest.fixture
def page():
    return reading(PAGE.encode(), "text/html")


def test_the_article_stands_in_reading_order(page):
    roles = roles_of(page)
    assert roles[0] == ("title", "On the Telephone")
    assert roles[1] == ("body", "A rights group publishes six recordings of calls.")
    assert roles[2] == ("byline", "By Nadia Ferrow")
    assert words_of(page, "dateline") == ["May 1, 2031", "Updated: May 2, 2034", "KELSUND, May 1 (Northwater) –"]
    assert ("heading", "The pension fund is calling") in roles
    body = words_of(page, "body")
    assert body[1].startswith("The ministry spoke")
    assert body[2].startswith("The officials who picked up telephone number 0")
    assert body[2].endswith("“sent home by sea”.")
    assert body[-2:] == [
        "Do not stop anything yet, somebody has to sign.",
        "The yard book says that the ship lay in dry dock.",
    ]


def test_the_text_is_its_passages_with_blank_lines_between(page):
    assert text_of(page) == "\n\n".join(words_of(page))


def test_captions_and_credits_stand_apart(page):
    assert words_of(page, "caption") == [
        "The landing stage, seen in April 2031.",
        "The old pier.",
        "A low island with a long building",
    ]
    assert words_of(page, "credit") == ["Jonas Welk / The Kelsund Ledger", "Anna Holt/Northwater"]


def test_navigation_is_left_out_and_furniture_is_marked(page):
    text = text_of(page)
    assert "Weather" not in text
    assert "Most read" not in text
    assert words_of(page, "furniture") == ["Subscribe to our e-newsletter."]


def test_the_head_keeps_the_dates_as_written(page):
    head = head_of(page)
    assert (head.published.words, head.published.earliest) == ("2031-05-01T01:10:00+02:00", "2031-05-01")
    assert (head.updated.words, head.updated.earliest) == ("2034-05-02T07:10:00+02:00", "2034-05-02")
    assert (head.byline, head.outlet) == ("Nadia Ferrow", "The Kelsund Ledger")
    assert (head.url, head.place, head.language) == ("https://ledger.example/telephone", "KELSUND", "en")
    assert [(one.name, one.value) for one in head.properties] == [("image-1", "quay.jpg"), ("image-2", "b.jpg")]


def test_dates_and_byline_are_taken_from_the_visible_lines_when_the_markup_is_silent():
    plain = f"<h1>A List</h1><p>By Ann Holt</p><p>June 20, 2031 | Updated: June 22, 2031</p>{PARAGRAPHS}"
    head = head_of(reading(plain.encode(), "text/html"))
    assert (head.published.earliest, head.updated.earliest) == ("2031-06-20", "2031-06-22")
    assert (head.title, head.byline) == ("A List", "Ann Holt")


def test_a_byline_and_its_date_are_told_apart():
    page = PAGE.replace("Nadia Ferrow</a></p>", "Nadia Ferrow</a> <time>30 April 2031</time></p>")
    readout = reading(page.encode(), "text/html")
    assert words_of(readout, "byline") == ["By Nadia Ferrow"]
    assert words_of(readout, "dateline")[0] == "30 April 2031"


def test_time_elements_say_what_they_are():
    plain = f"<h1>A List</h1><div>Published <time>20 June 2031</time>. Last updated <time>22 June 2031</time></div>{PARAGRAPHS}"
    head = head_of(reading(plain.encode(), "text/html"))
    assert (head.published.earliest, head.updated.earliest) == ("2031-06-20", "2031-06-22")


def test_a_paragraph_inside_the_article_is_never_lost():
    lone = "<p>Short.</p>" + PARAGRAPHS.replace("</p>", "</p><p>“No,” said Holt.</p>", 1)
    readout = reading(PAGE.replace(PARAGRAPHS, lone).encode(), "text/html")
    assert "“No,” said Holt." in words_of(readout, "body")


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "latin1"])
def test_pages_in_old_encodings(declared):
    page = f'<meta charset="{declared}"><h1>Café</h1><p>The “list” – nobody’s – was in the café all the time.</p>'
    assert words_of(reading(page.encode("cp1252"), "text/html"), "body") == [
        "The “list” – nobody’s – was in the café all the time."
    ]


def test_chinese_pages_keep_their_words():
    body = "<p>他说委员会在冬天已经看过这份名单，但是没有人愿意承认。</p>"
    page = f'<meta charset="gb2312"><h1>名单</h1>{body}'
    readout = reading(page.encode("gb18030"), "text/html")
    assert words_of(readout, "body") == ["他说委员会在冬天已经看过这份名单，但是没有人愿意承认。"]
    assert of_kind(readout, Passage)[-1].language == "zh"


def test_nothing_is_run_and_nothing_is_fetched():
    asked = []

    class Counting(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *words):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Counting)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        at = f"http://127.0.0.1:{server.server_port}"
        hostile = (
            f'<?xml version="1.0"?><!DOCTYPE html SYSTEM "{at}/dtd"><html><head><base href="{at}/">'
            f'<link rel="stylesheet" href="{at}/css"><script src="{at}/js"></script>'
            f"<script>document.write('run')</script></head><body><img src='{at}/pixel.png'>"
            f'<iframe src="{at}/frame"></iframe><p onload="fetch(\'{at}/p\')">The clerk said that nothing was run.</p></body></html>'
        )
        readout = reading(hostile.encode(), "text/html")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert asked == []
    assert "The clerk said that nothing was run." in text_of(readout)
    assert "document.write" not in text_of(readout)


def test_a_page_of_a_hundred_thousand_nested_tags_is_read_and_told():
    deep = "<div>" * 100_000 + "<p>The clerk stands at the bottom.</p>" + "</div>" * 100_000 + "<p>And after it.</p>"
    readout = reading(f"<html><body><p>Before it.</p>{deep}</body></html>".encode(), "text/html")
    assert words_of(readout) == ["Before it.", "The clerk stands at the bottom.", "And after it."]
    assert any("nested too deeply" in ground for ground in grounds_of(readout))


@pytest.mark.parametrize(
    "data", [b"<", b"<html>", b"\x00\x01\x02", b"<!-- only -->", b"<script>x</script>", b"<p></p>"]
)
def test_pages_without_words_are_findings(data):
    assert any("shows no text" in ground for ground in grounds_of(reading(data, "text/html"))) or text_of(
        reading(data, "text/html")
    )


def test_broken_linked_data_is_passed_over():
    page = PAGE.replace('"@context"', '"@context" broken')
    assert head_of(reading(page.encode(), "text/html")).published is not None
