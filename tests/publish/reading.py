"""Reading a dossier back, the way a browser would: elements, links, text."""

import dataclasses
import posixpath
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


@dataclasses.dataclass
class Read:
    """What one page holds."""

    text: str = ""
    links: list = dataclasses.field(default_factory=list)
    ids: list = dataclasses.field(default_factory=list)
    tags: list = dataclasses.field(default_factory=list)
    faults: list = dataclasses.field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.read = Read()
        self.open = []

    def handle_starttag(self, tag, attributes):
        held = dict(attributes)
        if len(held) != len(attributes):
            self.read.faults.append(f"<{tag}> has an attribute twice")
        if tag == "a" and "a" in self.open:
            self.read.faults.append("a link within a link")
        if tag in ("p", "ul", "ol", "div", "section", "dl", "h2", "blockquote") and "p" in self.open:
            self.read.faults.append(f"<{tag}> within <p>")
        self.read.tags.append((tag, held))
        self.read.links += [held[key] for key in ("href", "src") if key in held]
        if "id" in held:
            self.read.ids.append(held["id"])
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.read.faults.append(f"</{tag}> closes {self.open[-1:]}")
        else:
            self.open.pop()

    def handle_data(self, data):
        self.read.text += data

    def close(self):
        super().close()
        self.read.faults += [f"<{tag}> is never closed" for tag in self.open]


def read(data: bytes) -> Read:
    reader = _Reader()
    reader.feed(data.decode())
    reader.close()
    held = reader.read
    held.faults += [f"the id {name} stands twice" for name in {one for one in held.ids if held.ids.count(one) > 1}]
    return held


def broken_links(files: dict) -> list:
    """Every link of every page that leads out of the dossier or to nothing in it."""
    pages = {path: read(data) for path, data in files.items() if path.endswith(".html")}
    faults = []
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            target = (
                posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path))) if parts.path else path
            )
            if parts.scheme or parts.netloc or link.startswith("/") or target not in files:
                faults.append(f"{path}: {link}")
            elif parts.fragment and target in pages and parts.fragment not in pages[target].ids:
                faults.append(f"{path}: {link} (no such place)")
    return faults
