"""Pages that are made from the code say what the code says."""

import importlib.util
import re

import pytest

from house.house import ROOT

spec = importlib.util.spec_from_file_location("make_docs", ROOT / "docs" / "make_docs.py")
make_docs = importlib.util.module_from_spec(spec)
spec.loader.exec_module(make_docs)


@pytest.mark.parametrize("path", [*sorted(make_docs.schemas()), "glossary.md"])
def test_the_page_is_up_to_date(path):
    assert (ROOT / "docs" / path).read_text(encoding="utf-8") == make_docs.made()[path], "run: make docs"


def test_the_command_line_page_names_every_option():
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    fresh = make_docs.command_line()
    assert set(re.findall(r"--[a-z-]+", page)) == set(re.findall(r"--[a-z-]+", fresh)), "run: make docs"


def test_links_between_the_pages_lead_somewhere():
    lost = []
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/**/*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
            if not re.match(r"[a-z]+:", target) and not (page.parent / target).exists():
                lost.append(f"{page.relative_to(ROOT)}: {target}")
    assert not lost, "\n".join(lost)


def test_readme_names_both_commands():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make demo" in text
    assert "make test" in text
