"""The feed: what came in, as Atom.

- Atom is RFC 4287; an entry's name is the exhibit's digest as an ``ni`` name (RFC 6920, section 3),
  which claims no domain and stays the same in every edition.
- Links are relative to the feed, so that it works from a folder.

Example::

    feed(lookup).path  # 'feed.xml'
"""

import base64
import datetime

from quoth.publish.layout.frame import DRAFT_STAMP, Page
from quoth.publish.layout.html import Html, plain, tag, text
from quoth.publish.lookup import Lookup
from quoth.record.exhibit import Exhibit
from quoth.record.release import ReleaseKind
from quoth.terms.digest import Digest, digest_of, hex_of

__all__ = ["feed", "ni_name"]

_MOST = 50


def ni_name(digest: Digest) -> str:
    """A digest as a URI that claims no domain (RFC 6920, section 3)."""
    raw = base64.urlsafe_b64encode(bytes.fromhex(hex_of(digest))).decode().rstrip("=")
    return f"ni:///sha-256;{raw}"


def feed(lookup: Lookup) -> Page:
    """``feed.xml``: the fifty exhibits that came in last."""
    release = lookup.release
    case = release.case
    received = sorted(
        (
            (one.provenances[0].received_at, one.id)
            for one in lookup.exhibits.values()
            if one.provenances and one.digest
        ),
        reverse=True,
    )
    stamp = tag("subtitle", DRAFT_STAMP) if release.kind is ReleaseKind.DRAFT else None
    entries = [_entry(lookup, lookup.exhibits[name], at, release.made_at) for at, name in received[:_MOST]]
    body = tag(
        "feed",
        tag("id", ni_name(digest_of(f"quoth feed\n{case.title}\n{case.question}".encode("utf-8", "replace")))),
        tag("title", plain(case.title)),
        stamp,
        tag("updated", release.made_at),
        tag("author", tag("name", "The desk of this case")),
        Html('<link rel="self" type="application/atom+xml" href="feed.xml"/>'),
        Html('<link rel="alternate" type="text/html" href="index.html"/>'),
        entries,
        xmlns="http://www.w3.org/2005/Atom",
    )
    data = f'<?xml version="1.0" encoding="utf-8"?>\n{body}\n'.encode()
    return Page(path="feed.xml", data=data, media_type="application/atom+xml")


def _entry(lookup: Lookup, exhibit: Exhibit, at: str, made_at: str) -> Html:
    title = plain(lookup.title(exhibit.id)[0]) or exhibit.id
    digest = exhibit.digest or digest_of(exhibit.id.encode())
    return tag(
        "entry",
        tag("id", ni_name(digest)),
        tag("title", f"Received: {title}"),
        tag("updated", at if _is_instant(at) else made_at),
        Html(f'<link rel="alternate" type="text/html" href="exhibits/{text(exhibit.id)}.html"/>'),
        tag("summary", f"Exhibit held, SHA-256 {hex_of(digest)}."),
    )


def _is_instant(value: str) -> bool:
    """Whether a text is an RFC 3339 instant with its zone, as Atom requires (section 3.3)."""
    try:
        return datetime.datetime.fromisoformat(value).tzinfo is not None and "T" in value
    except ValueError:
        return False
