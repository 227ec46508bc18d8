"""The dossier in a browser, opened as files: what it loads, says, shows and leaves accessible.

It needs Debian's ``chromium`` and, once, ``npm ci`` in this folder. Either missing is a failure,
not a skip.
"""

from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from golden.make_release import release
from quoth.publish.dossier import pages

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = Path(__file__).with_name("node_modules") / "axe-core" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SETTINGS = [(1280, "light", True), (1280, "dark", False), (380, "light", False), (380, "dark", True)]
"""Each width with each scheme, each with and without scripts."""

OVERLAPS = """() => {
  const shown = (query) => [...document.querySelectorAll(query)].filter((one) => one.getClientRects().length);
  const groups = [shown('body > header, body > main, body > footer'), shown('.split > *'), shown('.counts > li'), shown('.cards > li')];
  const faults = [];
  for (const group of groups) for (const a of group) for (const b of group) if (a !== b) {
    const [p, q] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
    const wide = Math.min(p.right, q.right) - Math.max(p.left, q.left);
    const high = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
    if (wide > 1 && high > 1) faults.push(a.tagName + '.' + a.className + ' over ' + b.tagName + '.' + b.className);
  }
  return faults;
}"""


@pytest.fixture(scope="module")
def opened_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dossier")
    for page in pages(release()):
        target = folder / page.path
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(page.data)
    return folder


@pytest.fixture(scope="module")
def kinds_of_page(opened_folder):
    """Every page at the root, both lists, and of exhibits, statements and players each that differs."""
    made = release().records
    said = {one.statement for one in made.chains} | {made.statements[-1].id}
    paths = sorted(path.name for path in opened_folder.glob("*.html"))
    paths += ["exhibits/index.html", "statements/index.html"]
    paths += [f"exhibits/{one.id}.html" for one in made.exhibits]
    paths += [f"statements/{one}.html" for one in sorted(said)]
    paths += [f"players/{one.id}.html" for one in made.parties[:2]]
    assert len(paths) == 23
    return paths


@pytest.fixture(scope="module")
def chromium():
    assert Path(CHROMIUM).exists(), "chromium is missing: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


class Watched:
    """A tab that notes everything it says and loads."""

    def __init__(self, browser, folder, **settings):
        self.folder = folder
        self.said, self.loaded = [], []
        self.context = browser.new_context(**settings)
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("requestfailed", lambda request: self.said.append(f"failed: {request.url}"))
        self.page.on("request", lambda request: self.loaded.append(request.url))

    def open(self, path):
        self.said.clear()
        self.loaded.clear()
        self.page.goto((self.folder / path).as_uri())
        return self.page


@pytest.mark.parametrize(("width", "scheme", "scripts"), SETTINGS)
def test_every_page_is_quiet_loads_its_own_and_overlaps_nothing(
    chromium, opened_folder, kinds_of_page, width, scheme, scripts
):
    tab = Watched(
        chromium,
        opened_folder,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        java_script_enabled=scripts,
    )
    home = opened_folder.as_uri() + "/"
    for path in kinds_of_page:
        page = tab.open(path)
        assert tab.said == [], path
        assert tab.loaded, path
        assert [url for url in tab.loaded if not url.startswith(home)] == [], path
        assert len(tab.loaded) <= 6, path
        assert page.locator(".stamp").inner_text() == "draft: machine suggestions, not reviewed"
        assert page.locator(".stamp").is_visible()
        assert page.evaluate(OVERLAPS) == [], path
        painted = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert painted == {"light": "rgb(251, 250, 247)", "dark": "rgb(23, 23, 22)"}[scheme], path
    tab.context.close()


def test_no_page_is_wider_than_a_small_telephone(chromium, opened_folder, kinds_of_page):
    tab = Watched(chromium, opened_folder, viewport={"width": 320, "height": 640})
    wide = {}
    for path in kinds_of_page:
        page = tab.open(path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > page.evaluate("innerWidth"):
            wide[path] = width
    tab.context.close()
    assert wide == {}


@pytest.mark.parametrize(("scheme", "rules"), [("light", AXE_TAGS), ("dark", ["color-contrast", "link-in-text-block"])])
def test_no_page_breaks_an_accessibility_rule(chromium, opened_folder, kinds_of_page, scheme, rules):
    assert AXE.exists(), "axe-core is missing: npm ci in tests/browser"
    source = AXE.read_text(encoding="utf-8")
    tab = Watched(
        chromium, opened_folder, viewport={"width": 1280, "height": 900}, color_scheme=scheme, bypass_csp=True
    )
    found = {}
    for path in kinds_of_page:
        page = tab.open(path)
        page.evaluate(source)
        result = page.evaluate(f"axe.run(document, {{runOnly: {rules!r}}})")
        assert result["passes"], path
        faults = [(one["id"], [node["html"][:160] for node in one["nodes"]][:3]) for one in result["violations"]]
        if faults:
            found[path] = faults
    tab.context.close()
    assert found == {}


def test_the_checker_would_find_a_fault(chromium, opened_folder):
    tab = Watched(chromium, opened_folder, bypass_csp=True)
    page = tab.open("index.html")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"dossier.css\">')")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate(f"axe.run(document, {{runOnly: {AXE_TAGS!r}}})")
    assert [one["id"] for one in result["violations"]] == ["image-alt"]
    tab.context.close()


def test_the_policy_stops_a_script_that_got_in(chromium, opened_folder, tmp_path):
    spoilt = tmp_path / "spoilt"
    spoilt.mkdir()
    held = (opened_folder / "index.html").read_text(encoding="utf-8")
    (spoilt / "index.html").write_text(
        held.replace("</main>", "<script>document.title='run'</script></main>"), encoding="utf-8"
    )
    (spoilt / "dossier.css").write_bytes((opened_folder / "dossier.css").read_bytes())
    tab = Watched(chromium, spoilt)
    page = tab.open("index.html")
    assert page.title() != "run"
    assert any("Content Security Policy" in said for said in tab.said)
    tab.context.close()


def test_the_timeline_filters_without_scripts(chromium, opened_folder):
    tab = Watched(chromium, opened_folder, java_script_enabled=False)
    page = tab.open("timeline.html")
    shown = page.locator(".entries > li:visible")
    before = shown.count()
    page.get_by_label("Published or updated").uncheck()
    assert shown.count() == before - 3
    assert page.locator(".t-pu:visible").count() == 0
    assert not page.get_by_role("heading", name="2034").is_visible()
    for label in ("Said to have happened", "Calls", "Requests"):
        page.get_by_label(label).uncheck()
    assert shown.count() == 0
    assert page.locator(".year:visible").count() == 0
    page.get_by_label("Calls").check()
    assert shown.count() == 1
    tab.context.close()


def test_a_number_leads_to_its_statement_and_back_to_its_place(chromium, opened_folder):
    tab = Watched(chromium, opened_folder, java_script_enabled=False)
    page = tab.open("index.html")
    page.get_by_role("link", name="The path to the bytes").first.click()
    page.get_by_role("link", name="The sentence").click()
    target = page.url.split("#")[1]
    assert page.locator(f"#{target}").is_visible()
    page.locator(f"#{target} + a.ref, #{target} ~ a.ref").first.click()
    assert page.get_by_role("heading", name="Who says this, and through whom").is_visible()
    tab.context.close()


def test_every_page_is_reached_by_keyboard_with_the_focus_shown(chromium, opened_folder):
    tab = Watched(chromium, opened_folder)
    page = tab.open("index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    tab.context.close()


def test_a_print_has_no_menu_and_keeps_the_stamp(chromium, opened_folder):
    tab = Watched(chromium, opened_folder)
    page = tab.open("index.html")
    page.emulate_media(media="print")
    assert not page.locator("nav").first.is_visible()
    assert page.locator(".stamp").is_visible()
    tab.context.close()


def test_folded_checks_unfold_without_a_script_and_print_open(chromium, opened_folder):
    tab = Watched(chromium, opened_folder, java_script_enabled=False)
    folded = next(path for path in opened_folder.glob("exhibits/*.html") if "check holds</summary>" in path.read_text())
    page = tab.open(f"exhibits/{folded.name}")
    inside = page.get_by_text("4.000 s by its header")
    assert not inside.is_visible()
    page.get_by_text("1 check holds").click()
    assert inside.is_visible()
    page = tab.open(f"exhibits/{folded.name}")
    page.emulate_media(media="print")
    assert inside.is_visible()
    tab.context.close()


def test_an_own_paragraph_shows_a_rule_in_black_and_white(chromium, opened_folder):
    tab = Watched(chromium, opened_folder)
    held = next(path for path in opened_folder.glob("exhibits/*.html") if 'class="own"' in path.read_text())
    page = tab.open(f"exhibits/{held.name}")
    rule = "getComputedStyle(document.querySelector('.words p.own')).borderInlineStartStyle"
    assert page.evaluate(rule) == "solid"
    page.get_by_text("attributed to nobody").click()
    page.locator("details.own a").first.click()
    assert page.locator(f"[id='{page.url.split('#')[1]}']").is_visible()
    tab.context.close()
