"""The desk, really served: the link works once, decisions are entries, undo is a later one."""

import html
import http.cookiejar
import json
import re
import shlex
import signal
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request

import pytest

from case import material
from quoth.case.casebook import Casebook
from quoth.case.projection.connect import close_database
from quoth.cli.main import main
from quoth.desk.review import correction, pieces
from quoth.record.custody import Action


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    root = tmp_path_factory.mktemp("desk")
    folder = material.write(root / "folder")
    assert main(["build", str(folder), "--case", str(root / "case"), "--workers", "1"]) == 0
    close_database()
    return root / "case"


class Browser:
    """A visitor with cookies and without scripts."""

    def __init__(self):
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, url):
        with self.opener.open(url, timeout=20) as answer:
            return answer.read().decode(), answer

    def post(self, url, **fields):
        data = urllib.parse.urlencode(fields).encode()
        with self.opener.open(urllib.request.Request(url, data, {"Referer": url}), timeout=20) as answer:
            return answer.read().decode(), answer


@pytest.fixture
def desk(case):
    process = subprocess.Popen(
        [sys.executable, "-m", "quoth.cli.main", "desk", str(case), "--json", "--no-open", "--by", "Ada"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    lines = []
    while not lines or lines[-1].strip() != "}":
        lines.append(process.stdout.readline())
        assert lines[-1], process.stderr.read()
    yield json.loads("".join(lines))["link"]
    process.send_signal(signal.SIGTERM)
    try:
        _, err = process.communicate(timeout=60)
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 0, err
    assert "every decision is kept" in err


def refused(browser, url, **fields):
    with pytest.raises(urllib.error.HTTPError) as caught:
        browser.post(url, **fields) if fields else browser.get(url)
    with caught.value as error:
        return error.code


def test_review_decide_and_undo(desk, case):
    home = desk.split("/enter")[0]
    assert home.startswith("http://127.0.0.1:")
    browser = Browser()
    page, answer = browser.get(desk)
    assert "The three crews" in page
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "<script" not in page
    assert re.search(r'<mark class="(cue|source|content)">', page)
    first = re.search(r"/statements/(s-[0-9a-f]+)/decide", page)[1]
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)[1]
    with Casebook.open(case) as book:
        size = book.store.head()[0]
    page, _ = browser.post(
        f"{home}/statements/{first}/decide", csrfmiddlewaretoken=token, verdict="accept", reason="seen"
    )
    assert "1 of " in page
    assert "Saved: accept" in page
    following = re.search(r"/statements/(s-[0-9a-f]+)/decide", page)[1]
    assert following != first
    with Casebook.open(case) as book:
        entries = list(book.store.entries())
        assert len(entries) == size + 1
        assert (entries[-1].action, entries[-1].by) == (Action.DECIDED, "Ada")
        assert first not in (case / "log" / "entries.jsonl").read_text(encoding="utf-8").splitlines()[-1]
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)[1]
    page, _ = browser.post(f"{home}/undo", csrfmiddlewaretoken=token)
    assert "0 of " in page
    with Casebook.open(case) as book:
        assert book.store.head()[0] == size + 2, "undo is an entry, not a deletion"
    assert (
        refused(browser, f"{home}/statements/s-0000000000000000/decide", csrfmiddlewaretoken=token, verdict="accept")
        == 409
    )
    assert refused(browser, f"{home}/statements/{first}/decide", csrfmiddlewaretoken=token, verdict="burn") == 404
    assert refused(browser, f"{home}/statements/{first}/decide", verdict="accept") == 403, "a form without its token"


def test_what_is_told_beside_the_words_stands_on_the_card(desk):
    """Why the source has no name, who found it and how sure: as on the page that readers see."""
    browser = Browser()
    home = desk.split("/enter")[0]
    page, _ = browser.get(desk)
    ids = re.findall(r'href="/statements/(s-[0-9a-f]+)"', page)
    cards = []
    for chosen in {*ids, *everything(home, browser)}:
        cards.append(browser.get(f"{home}/statements/{chosen}")[0])
    unnamed = [one for one in cards if "<dt>Why it has no name</dt>" in one]
    assert unnamed, "the clerk who asked not to be named"
    assert "asked not to be named</q>" in unnamed[0]
    assert "a draft shows no guess at who it is" in unnamed[0]
    assert all("found by the " in one for one in cards)
    assert all(re.search(r"read rightly|doubtful|guess|reading", one) for one in cards)


def everything(home, browser):
    """Every statement that the desk shows, by walking its queue with "later", which is then undone."""
    seen, page = [], browser.get(home)[0]
    while match := re.search(r"/statements/(s-[0-9a-f]+)/decide", page):
        if match[1] in seen or len(seen) > 60:
            break
        seen.append(match[1])
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)[1]
        page, _ = browser.post(f"{home}/statements/{match[1]}/decide", csrfmiddlewaretoken=token, verdict="later")
    for _ in seen:
        token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)[1]
        page, _ = browser.post(f"{home}/undo", csrfmiddlewaretoken=token)
    return seen


def test_the_command_that_corrects_runs_as_shown_and_the_desk_sees_it(desk, capsys):
    browser = Browser()
    page, _ = browser.get(desk)
    home = desk.split("/enter")[0]
    chosen = re.search(r"/statements/(s-[0-9a-f]+)/decide", page)[1]
    shown = html.unescape(re.search(r'<code class="copy">(.*?)</code>', page)[1])
    words = shlex.split(shown)
    assert words[:2] == ["quoth", "decide"]
    assert words[3] == chosen
    assert words[-1] == "Ada"
    assert subprocess.run([sys.executable, "-m", "quoth.cli.main", *words[1:]], check=False).returncode == 0
    after, _ = browser.get(f"{home}/statements/{chosen}")
    assert "<dt>Decided</dt><dd>correct</dd>" in after
    assert "corrected by a person; a person’s own reading" in after
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', after)[1]
    page, _ = browser.post(f"{home}/undo", csrfmiddlewaretoken=token)
    assert "0 of " in page


def form_of(page):
    """What a browser would send of the form of corrections as it stands."""
    form = re.search(r'<form method="post" action="/statements/(s-[0-9a-f]+)/correct">(.*?)</form>', page, re.DOTALL)
    fields = {
        n: html.unescape(v) for n, v in re.findall(r'<textarea name="(\w+)"[^>]*>(.*?)</textarea>', form[2], re.DOTALL)
    }
    for name, options in re.findall(r'<select name="(\w+)">(.*?)</select>', form[2]):
        fields[name] = re.search(r"<option selected>(.*?)</option>", options)[1]
    return form[1], fields | {"csrfmiddlewaretoken": re.search(r'value="(\w+)"', form[2])[1]}


def test_a_statement_is_corrected_in_the_browser(desk, case):
    browser = Browser()
    page, _ = browser.get(desk)
    home = desk.split("/enter")[0]
    chosen, fields = form_of(page)
    assert fields["content"]
    address = f"{home}/statements/{chosen}/correct"
    with Casebook.open(case) as book:
        size = book.store.head()[0]

    with pytest.raises(urllib.error.HTTPError) as caught:
        browser.post(address, **fields)
    with caught.value as error:
        assert error.code == 409
        assert "Nothing is corrected" in error.read().decode()
    with pytest.raises(urllib.error.HTTPError) as caught:
        browser.post(address, **fields | {"content": "words that no paragraph <has>", "reason": "a slip"})
    with caught.value as error:
        body = error.read().decode()
        assert error.code == 409
        assert "does not stand there" in body
        assert "Nothing was entered" in body
        assert form_of(body)[1]["content"] == "words that no paragraph <has>", "what was typed is not lost"
        assert "<has>" not in body
    with Casebook.open(case) as book:
        assert book.store.head()[0] == size

    shorter = fields["content"].splitlines()[0].partition(" ")[2]
    page, answer = browser.post(address, **fields | {"content": shorter + "\r\n", "act": "warn"})
    assert answer.url.endswith(chosen)
    assert "<dt>Act</dt><dd>warn" in page
    assert form_of(page)[1]["content"] == shorter
    assert "corrected by a person; a person’s own reading" in page
    with Casebook.open(case) as book:
        assert book.store.head()[0] == size + 1
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)[1]
    page, _ = browser.post(f"{home}/undo", csrfmiddlewaretoken=token)
    assert form_of(browser.get(f"{home}/statements/{chosen}")[0])[1]["content"] == fields["content"]


def test_a_path_with_spaces_and_quotes_is_one_word_of_the_command(tmp_path):
    row = {"id": "s-1", "act": "say", "polarity": "positive", "source_type": "named"}
    root = tmp_path / "it's a case; rm -rf $HOME"
    assert shlex.split(correction(root, row, "Ada & Eve"))[2] == str(root)
    assert shlex.split(correction(root, row, "Ada & Eve"))[-1] == "Ada & Eve"


@pytest.mark.parametrize("width", [1280, 380])
def test_a_browser_without_scripts_can_decide(desk, width):
    from playwright.sync_api import sync_playwright

    quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
    heard = []
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=quiet)
        page = chromium.new_context(java_script_enabled=False, viewport={"width": width, "height": 900}).new_page()
        page.on("console", lambda message: heard.append(message.text))
        page.goto(desk)
        first = page.locator("form[action*=decide]").get_attribute("action")
        page.click("button[value=later]")
        assert page.locator("form[action*=decide]").get_attribute("action") != first
        assert "Saved: later" in page.locator("footer").inner_text()
        page.click("footer button")
        assert page.locator("form[action*=decide]").get_attribute("action") == first
        box = page.locator("main").bounding_box()
        assert box["width"] <= width
        chromium.close()
    assert heard == []


def test_nobody_else_gets_in(desk):
    home = desk.split("/enter")[0]
    stranger = Browser()
    assert refused(stranger, home + "/") == 403
    assert refused(stranger, home + "/enter?key=guess") == 403
    first = Browser()
    first.get(desk)
    assert refused(Browser(), desk) == 403, "the link works once"
    with pytest.raises(urllib.error.HTTPError) as caught:
        first.opener.open(urllib.request.Request(home + "/", headers={"Host": "evil.example"}), timeout=20)
    with caught.value as error:
        assert error.code in (400, 403)


def test_a_rejected_suggestion_is_left_out_of_the_draft(case, tmp_path):
    from quoth.case import answers
    from quoth.cli.screen import open_case
    from quoth.record.custody import Verdict

    with open_case(str(case)) as book:
        rows = list(answers.statements())
        gone, kept = rows[0]["id"], rows[-1]["id"]
        book.decide([gone], Verdict.REJECT, by="Ada", reason="not said")
    assert main(["publish", str(case), "--out", str(tmp_path / "out")]) == 0
    pages = {path.name for path in (tmp_path / "out").rglob("*.html")}
    assert f"{gone}.html" not in pages
    assert f"{kept}.html" in pages
    close_database()


def test_what_is_told_beside_the_words_is_marked_apart():
    cut = pieces("On Monday she said no.", 10, {"when": [[10, 19]], "cue": [[24, 28]], "source": [[20, 23]]})
    assert [(one.text, one.part) for one in cut] == [
        ("On Monday", "beside"),
        (" ", ""),
        ("she", "source"),
        (" ", ""),
        ("said", "cue"),
        (" no.", ""),
    ]
