"""The frame of every page: stamp, way around, footer.

- No script, no inline style, nothing from outside; the page's own policy refuses them.
- Every page of a draft says so in words, above everything else.

Example::

    frame(release, Sheet(path="claims.html", title="Claims", body=body))
"""

import dataclasses

from quoth.publish.layout.html import Child, Html, join, plain, tag
from quoth.publish.layout.pieces import cut, digest, instant, link, name, to
from quoth.record.release import Release, ReleaseKind

__all__ = ["DRAFT_STAMP", "POLICY", "Page", "Sheet", "frame"]

DRAFT_STAMP = "draft: machine suggestions, not reviewed"
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; base-uri 'none'; form-action 'none'"
"""Content Security Policy Level 3, for a page that needs nothing but its style, pictures and sounds."""

_PLACES = (
    ("index.html", "Overview"),
    ("statements/index.html", "Statements"),
    ("exhibits/index.html", "Exhibits"),
    ("claims.html", "Claims"),
    ("timeline.html", "Timeline"),
    ("players.html", "Players"),
    ("unknowns.html", "What we don’t know"),
    ("about.html", "How to check"),
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One file of a dossier: ``path`` from its root with forward slashes, bytes, media type."""

    path: str
    data: bytes
    media_type: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page before it is framed; ``section`` is the place of the menu that it belongs to."""

    path: str
    title: str
    body: Child
    section: str = ""


def frame(release: Release, sheet: Sheet) -> Page:
    """The page in its frame."""
    lang = "en"
    html = tag(
        "html", _head(release, sheet), tag("body", _top(release, sheet), _main(sheet), _foot(release, sheet)), lang=lang
    )
    return Page(path=sheet.path, data=f"<!doctype html>\n{html}\n".encode(), media_type="text/html;charset=utf-8")


def _head(release: Release, sheet: Sheet) -> Html:
    case = plain(release.case.title)
    title = f"{plain(sheet.title, 80)} – {case}" if sheet.path != "index.html" else case
    draft = release.kind is ReleaseKind.DRAFT
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name="viewport", content="width=device-width,initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("meta", name="robots", content="noindex") if draft else None,
        tag("meta", name="color-scheme", content="light dark"),
        tag("title", f"[draft] {title}" if draft else title),
        tag("link", rel="stylesheet", href=to(sheet.path, "dossier.css")),
        tag("link", rel="alternate", type="application/atom+xml", title="Feed", href=to(sheet.path, "feed.xml")),
    )


def _top(release: Release, sheet: Sheet) -> Html:
    section = sheet.section or sheet.path
    case = name(cut(release.case.title, 200), release.case.language)
    places = [
        tag(
            "li",
            tag("a", label, href=to(sheet.path, path), aria_current="page" if path == section else None),
        )
        for path, label in _PLACES
    ]
    return join(
        [
            tag("a", "Skip to the content", class_="skip", href="#main"),
            tag(
                "header",
                tag("p", DRAFT_STAMP, class_="stamp") if release.kind is ReleaseKind.DRAFT else None,
                tag("p", link(sheet.path, "index.html", case), class_="case"),
                tag("nav", tag("ul", places), aria_label="Dossier"),
            ),
        ]
    )


def _main(sheet: Sheet) -> Html:
    return tag("main", sheet.body, id="main")


def _foot(release: Release, sheet: Sheet) -> Html:
    edition = "Draft, not an edition" if release.kind is ReleaseKind.DRAFT else f"Edition {release.number}"
    return tag(
        "footer",
        tag("p", edition, ", made ", instant(release.made_at), "."),
        tag("p", f"It stands on {release.log_size} entries of the custody log, head ", digest(release.log_head), "."),
        tag(
            "p",
            [f"{text}. " for text in release.corrections] or "No corrections so far. ",
            link(sheet.path, "manifest.json", "Manifest of all files"),
            " · ",
            link(sheet.path, "SHA256SUMS", "SHA256SUMS"),
            " · ",
            link(sheet.path, "feed.xml", "Feed"),
        ),
    )
