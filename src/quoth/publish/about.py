"""How to check: what a draft is, and cannot show.

Example::

    about_sheet(release).path  # 'about.html'
"""

from quoth.publish.layout.frame import DRAFT_STAMP, Sheet
from quoth.publish.layout.html import Child, tag
from quoth.publish.layout.pieces import digest
from quoth.record.release import Release

__all__ = ["about_sheet"]

_METHOD = (
    "Every exhibit is kept as it came, and named by the SHA-256 digest of its bytes.",
    "Programs read its words, mark every act of saying, and ask of each: who says so, and through whom.",
    "They suggest which names are one party, when something is said to have happened, which reports have one origin.",
    "Each suggestion carries the rule or model that made it, its version and its weight.",
)
_LIMITS = (
    "Programs overlook statements and misread some; nobody has reviewed a draft.",
    "That words stand in an exhibit does not show that what they say is so.",
    "That an exhibit is unchanged since it came in does not show who made it, or when.",
    "Few reports do not mean that little is known; many reports of one origin are one origin.",
    "Dates are as precise as their source, and stand between quotation marks where they were read against another day.",
)
_WITHHELD = (
    "who gave an exhibit, how and when it was obtained, and notes about it;",
    "the properties that files carry about their authors and devices;",
    "tables and metadata, and of a telephone company’s file all rows but those a comparison names;",
    "all but the last two digits of a caller’s number in such a row;",
    "who reviewed, coded or transcribed;",
    "anything sealed.",
)
_CUT = "import sys; _, f, a, b = sys.argv; print(open(f, newline='', encoding='utf-8').read()[int(a):int(b)])"
_COMMANDS = f"""sha256sum -c SHA256SUMS
sha256sum texts/NAME.txt
python3 -c "{_CUT}" texts/NAME.txt 120 164"""
_HOW = (
    "In the folder of this dossier: the first line checks every file; the second, a text as read against the digest on "
    "its statement’s page; the third prints the characters that a statement’s page names."
)


def about_sheet(release: Release) -> Sheet:
    """``about.html``."""
    body: list[Child] = [
        tag("h1", "How to check this dossier"),
        tag("p", "Trust nothing here that you can check yourself.", class_="lead"),
        _section(
            "Draft",
            tag(
                "p",
                "A page marked “",
                DRAFT_STAMP,
                "” shows what programs suggest. It is for looking at, not for citing.",
            ),
        ),
        _section(
            "With your own tools",
            tag("p", _HOW),
            tag("pre", tag("code", _COMMANDS), tabindex="0"),
            tag("p", "An original that you hold yourself: compare its sha256sum with the one on its exhibit’s page."),
            tag(
                "p",
                f"The draft stands on the first {release.log_size} entries of the case’s custody log, whose head is ",
                digest(release.log_head),
                ".",
            ),
        ),
        _section(
            "Badges",
            tag(
                "dl",
                [
                    tag(
                        "div",
                        tag("dt", tag("span", tag("i", aria_hidden="true"), word, class_=f"badge {kind}")),
                        tag("dd", words),
                    )
                    for kind, word, words in _BADGES
                ],
                class_="facts",
            ),
        ),
        _section("How it was made", tag("ul", [tag("li", one) for one in _METHOD])),
        _section("What it cannot show", tag("ul", [tag("li", one) for one in _LIMITS])),
        _section("What is left out on purpose", tag("ul", [tag("li", one) for one in _WITHHELD])),
    ]
    return Sheet(path="about.html", title="How to check", body=body)


_BADGES = (
    ("held", "held", "The original bytes are preserved, or a reviewer accepted a suggestion."),
    ("cited", "cited, not held", "Somebody says that it exists, or a machine suggests it; also: no reply so far."),
    ("sealed", "sealed", "Kept, and not shown."),
)


def _section(title: str, *children: Child) -> Child:
    return tag("section", tag("h2", title), children)
