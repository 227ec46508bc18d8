"""The dossier's door: a Release in, pages out.

- It takes a ``Release`` and nothing else; only ``seal.clear`` makes one.
- The same release gives the same bytes, in the same order, on every machine.
- The last two files list all others by SHA-256, so that ``sha256sum -c`` checks the whole.

Example::

    for page in pages(release):
        (folder / page.path).write_bytes(page.data)
"""

import hashlib
import importlib.resources
from collections.abc import Iterator

from quoth.errors import PublishError
from quoth.publish.about import about_sheet
from quoth.publish.claims import claim_list
from quoth.publish.exhibit_page import exhibit_sheets
from quoth.publish.feed import feed
from quoth.publish.layout.frame import Page, Sheet, frame
from quoth.publish.layout.html import plain
from quoth.publish.lists import exhibit_list, statement_list
from quoth.publish.lookup import Lookup
from quoth.publish.media import files
from quoth.publish.opinions import opinion_sheet
from quoth.publish.overview import overview_sheets
from quoth.publish.players import player_sheets
from quoth.publish.spread import Spreads
from quoth.publish.statement_page import statement_sheets
from quoth.publish.timeline import timeline_sheets
from quoth.publish.unknowns import unknown_sheets
from quoth.record import wire
from quoth.record.release import Release

__all__ = ["Page", "pages"]


def pages(release: Release) -> Iterator[Page]:
    """Every file of the dossier; raises :class:`PublishError` where a link would lead nowhere."""
    if type(release) is not Release:
        raise TypeError(f"only a Release is published, not a {type(release).__name__}")
    return _listed(release)


def _listed(release: Release) -> Iterator[Page]:
    """All pages, then the manifest, then the list for ``sha256sum -c``."""
    sums: dict[str, tuple[str, int]] = {}
    for page in _pages(release):
        held = hashlib.sha256(page.data).hexdigest(), len(page.data)
        if sums.setdefault(page.path, held) != held:
            raise PublishError(f"two pages would be written to {page.path}")
        yield page
    manifest = _manifest(release, sums)
    yield manifest
    sums[manifest.path] = hashlib.sha256(manifest.data).hexdigest(), len(manifest.data)
    lines = "".join(f"{digest}  {path}\n" for path, (digest, _) in sorted(sums.items()))
    yield Page(path="SHA256SUMS", data=lines.encode(), media_type="text/plain;charset=utf-8")


def _pages(release: Release) -> Iterator[Page]:
    lookup = Lookup.of(release)
    for sheet in _sheets(lookup):
        yield frame(release, sheet)
    yield feed(lookup)
    style = importlib.resources.files("quoth.publish").joinpath("dossier.css").read_bytes()
    yield Page(path="dossier.css", data=style, media_type="text/css;charset=utf-8")
    yield from files(release)


def _sheets(lookup: Lookup) -> Iterator[Sheet]:
    spreads = Spreads.of(lookup)
    yield from overview_sheets(lookup)
    yield from statement_list(lookup)
    yield from exhibit_list(lookup)
    yield from claim_list(lookup)
    yield opinion_sheet(lookup)
    yield from timeline_sheets(lookup)
    yield from player_sheets(lookup)
    yield from unknown_sheets(lookup)
    yield about_sheet(lookup.release)
    yield from exhibit_sheets(lookup, spreads)
    yield from statement_sheets(lookup, spreads)


def _manifest(release: Release, sums: dict[str, tuple[str, int]]) -> Page:
    """``manifest.json``: what this is, what it stands on, and every file with digest and size."""
    value: wire.Json = {
        "case": plain(release.case.title),
        "kind": release.kind.value,
        "number": release.number,
        "made_at": release.made_at,
        "log_size": release.log_size,
        "log_head": release.log_head,
        "files": [{"path": path, "sha256": digest, "size": size} for path, (digest, size) in sorted(sums.items())],
    }
    return Page(path="manifest.json", data=wire.canonical(value) + b"\n", media_type="application/json")
