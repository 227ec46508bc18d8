"""Web pages of the demo: articles inside the furniture of real sites."""

import json
from calendar import month_name
from datetime import date
from html import escape

from quoth.demo.marks import Block, Page

__all__ = ["OUTLETS", "as_html", "furniture", "outlet_name"]

OUTLETS: dict[str, tuple[str, str, str]] = {
    "ledger": ("The Kelsund Ledger", "kelsundledger.example", "en-GB"),
    "wire": ("Northwater Wire", "northwater.example", "en-GB"),
    "standard": ("The Orvane Standard", "orvanestandard.example", "en-GB"),
    "kar": ("Kelsund Absence Register", "absence-register.example", "en"),
    "ministry": ("Ministry of the Interior", "interior.orvane.example", "en"),
}
_MENU = {
    "ledger": ("Harbour", "City", "Investigations", "Opinion", "Weather at sea"),
    "wire": ("Latest", "Orvane", "World", "For subscribers"),
    "standard": ("Nation", "Business", "Opinion", "Crossword"),
    "kar": ("Names", "Reports", "Releases", "Contact"),
    "ministry": ("The Ministry", "Services", "Statements", "Forms"),
}
_ASIDE = {
    "ledger": (
        "Most read",
        "Ferry to run every hour from June",
        "Crane 11 to be taken down",
        "A hundred years of the net market",
    ),
    "wire": ("More from Northwater", "Herring quota unchanged", "Istmere opens second lock"),
    "standard": (
        "Also today",
        "Crown steady against the guilder",
        "Five harbours for a long weekend",
        "Quiz: do you know your knots?",
    ),
    "kar": ("Give", "Become a friend of the Register", "How we keep what you send us"),
    "ministry": ("Quick links", "Renew a seaman’s card", "Office hours", "Accessibility"),
}
_FOOT = {
    "ledger": "The Kelsund Ledger appears six days a week and in three languages. "
    "Subscribe to our evening letter. All rights reserved.",
    "wire": "Northwater Wire. Republication by subscribers only. Terms of use. Cookies.",
    "standard": "The Orvane Standard, Exchange Row 4, Kelsund. Advertise with us. Privacy.",
    "kar": "The Kelsund Absence Register is a charity. Write to us safely.",
    "ministry": "Ministry of the Interior, Customs Square 2, Kelsund. Imprint. Data protection.",
}
_INSIDE = {
    "ledger": "Get the Ledger’s evening letter: sign up in one minute.",
    "standard": "Read also: Istmere opens its second lock to night traffic.",
}
_BOX_AFTER = 4
_PROTECTED = {"ledger": "Tips, in confidence: ", "kar": "Write to us: "}


def outlet_name(page: Page) -> str:
    """The outlet as readers know it."""
    return OUTLETS[page.front["outlet"]][0]


def _head(page: Page) -> str:
    name, host, language = OUTLETS[page.front["outlet"]]
    front = page.front
    link = f"https://www.{host}/{front['published'][:4]}/{page.name}"
    lines = [
        "<!doctype html>",
        f'<html lang="{language}">',
        "<head>",
        '<meta charset="utf-8">',
        f"<title>{escape(front['title'])} | {escape(name)}</title>",
        f'<meta name="author" content="{escape(front["author"])}">',
        f'<meta name="date" content="{front["published"][:10]}">',
        '<meta property="og:type" content="article">',
        f'<meta property="og:site_name" content="{escape(name)}">',
        f'<meta property="og:title" content="{escape(front["title"])}">',
        f'<meta property="article:published_time" content="{front["published"]}">',
        f'<meta property="article:section" content="{escape(front["section"])}">',
        f'<link rel="canonical" href="{link}">',
    ]
    if "modified" in front:
        lines.insert(-2, f'<meta property="article:modified_time" content="{front["modified"]}">')
    if page.front["outlet"] == "standard":
        lines.append(_linked_data(page))
    if page.name == "ledger-topic":
        lines.append(
            f'<link rel="alternate" type="application/rss+xml" href="https://www.{host}/'
            'winter-list.xml" title="The Winter List">'
        )
        lines += [f'<link rel="alternate" hreflang="{code}" href="{link}?lang={code}">' for code in ("en", "zh")]
    return "\n".join([*lines, "</head>"])


def _furniture_top(page: Page) -> str:
    outlet = page.front["outlet"]
    items = "".join(f'<li><a href="/{entry.split()[0].lower()}">{escape(entry)}</a></li>' for entry in _MENU[outlet])
    return (
        f'<header class="site"><a class="logo" href="/">{escape(OUTLETS[outlet][0])}</a>\n'
        f'<nav aria-label="Sections"><ul>{items}</ul></nav></header>'
    )


def furniture(page: Page) -> list[str]:
    """Visible strings of the page that are no part of the article."""
    outlet = page.front["outlet"]
    found = [*_MENU[outlet], *_ASIDE[outlet], _FOOT[outlet]]
    if outlet in _INSIDE and _has_box(page):
        found.append(_INSIDE[outlet])
    if outlet in _PROTECTED:
        found.append(f"{_PROTECTED[outlet]}[email protected]")
    return found


def _has_box(page: Page) -> bool:
    """Longer articles carry a box between their paragraphs."""
    return sum(block.kind == "p" for block in page.blocks) >= _BOX_AFTER + 2


def _linked_data(page: Page) -> str:
    """The article as schema.org JSON-LD, as one of the sites sends it."""
    front = page.front
    body = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": front["title"],
        "datePublished": front["published"],
        "author": {"@type": "Organization", "name": front["author"]},
        "publisher": {"@type": "Organization", "name": outlet_name(page)},
    }
    return f'<script type="application/ld+json">{json.dumps(body, ensure_ascii=False)}</script>'


def _day(moment: str) -> str:
    day = date.fromisoformat(moment[:10])
    return f"{day.day} {month_name[day.month]} {day.year}"


def _byline(page: Page) -> str:
    front = page.front
    parts = [
        f'<p class="byline">By <span rel="author">{escape(front["author"])}</span> ',
        f'<time datetime="{front["published"]}">{_day(front["published"])}</time>',
    ]
    if "modified" in front:
        parts.append(
            f' <span class="updated">Updated <time datetime="{front["modified"]}">'
            f"{_day(front['modified'])}</time></span>"
        )
    return "".join([*parts, "</p>"])


def _block(block: Block) -> str:
    text = escape(block.text, quote=False)
    if block.kind == "figure":
        file, credit, alt = block.extra
        return (
            f'<figure><img src="{file}" alt="{escape(alt)}" width="480" height="320">\n'
            f"<figcaption>{text} "
            f'<span class="credit">Photo: {escape(credit)}</span></figcaption></figure>'
        )
    if block.kind == "update":
        return f'<p class="correction">{text}</p>'
    tag = {"h2": "h2", "li": "li"}.get(block.kind, "p")
    return f"<{tag}>{text}</{tag}>"


def _body(page: Page) -> str:
    lines: list[str] = []
    in_list = False
    outlet = page.front["outlet"]
    seen = 0
    for block in page.blocks:
        if block.kind in ("title", "deck"):
            continue
        if (block.kind == "li") != in_list:
            in_list = not in_list
            lines.append("<ul>" if in_list else "</ul>")
        lines.append(_block(block))
        seen += block.kind == "p"
        if seen == _BOX_AFTER and block.kind == "p" and outlet in _INSIDE and _has_box(page):
            lines.append(f'<div class="box newsletter"><p><a href="/letter">{_INSIDE[outlet]}</a></p></div>')
    if in_list:
        lines.append("</ul>")
    return "\n".join(lines)


def as_html(page: Page) -> str:
    """The whole page as its site would send it."""
    outlet = page.front["outlet"]
    heading, *entries = _ASIDE[outlet]
    aside = "".join(f'<li><a href="#">{escape(entry)}</a></li>' for entry in entries)
    deck = "".join(
        f'<p class="standfirst">{escape(block.text, quote=False)}</p>\n'
        for block in page.blocks
        if block.kind == "deck"
    )
    title = escape(page.front["title"], quote=False)
    foot = f"<p>{escape(_FOOT[outlet], quote=False)}</p>"
    if outlet in _PROTECTED:
        link = '<a class="protected" href="/email-protection">[email protected]</a>'
        foot += f"<p>{_PROTECTED[outlet]}{link}</p>"
    return f"""{_head(page)}
<body>
{_furniture_top(page)}
<main>
<article>
<h1>{title}</h1>
{deck}{_byline(page)}
{_body(page)}
</article>
<aside class="related"><h2>{escape(heading)}</h2><ul>{aside}</ul></aside>
</main>
<footer>{foot}</footer>
</body>
</html>
"""
