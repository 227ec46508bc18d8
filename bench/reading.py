"""Pages a second against markitdown, in one run on the same bytes.

The peer lives in an environment of its own, because it brings many packages::

    python -m venv /tmp/peer && /tmp/peer/bin/pip install 'markitdown[pdf]'
    python bench/reading.py --peer /tmp/peer/bin/python

Without ``--peer`` our own figures are printed alone. CPU seconds are compared, not wall time: both
sides read each document ``--rounds`` times in one warm process, alternating. What each side gives is
printed too: a faster answer that leaves out the anchors is another answer.
"""

import argparse
import io
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

SENTENCE = (
    "The officials who picked up telephone number {} did not hang up at once, and when they were asked about the "
    "forty-one dockers they said that the list had been settled in the harbour committee. "
)
PEER = """
import json, sys, time
from markitdown import MarkItDown
reader = MarkItDown(enable_plugins=False)
reader.convert(sys.argv[1])
for line in sys.stdin:
    before = time.process_time()
    text = reader.convert(line.strip()).text_content
    print(json.dumps({"seconds": time.process_time() - before, "characters": len(text)}), flush=True)
"""


def page_of(paragraphs):
    """A news page with navigation, figure and footer."""
    body = "".join(f"<p>{SENTENCE.format(number) * 3}</p>" for number in range(paragraphs))
    links = "".join(f"<li><a href='/{number}'>Section {number}</a></li>" for number in range(40))
    return (
        "<!doctype html><html lang='en'><head><title>On the Telephone</title>"
        "<meta property='article:published_time' content='2031-05-01T07:10:00+02:00'></head><body>"
        f"<nav><ul>{links}</ul></nav><article><h1>On the Telephone</h1><figure><img src='a.jpg' alt='A quay'>"
        "<figcaption>The quay. <span class='credit'>Jonas Welk</span></figcaption></figure>"
        f"{body}</article><footer>About us</footer></body></html>"
    ).encode()


def report_of(pages):
    """A PDF of about ``pages`` full pages."""
    target = io.BytesIO()
    style = getSampleStyleSheet()["BodyText"]
    flow = [Paragraph(f"{number}. {SENTENCE.format(number) * 3}", style) for number in range(pages * 12)]
    SimpleDocTemplate(target, pagesize=A4, invariant=1).build(flow)
    return target.getvalue()


def ours(path, kind):
    """CPU seconds, characters and passages of one reading."""
    from quoth.read.readers import ReadRequest, read
    from quoth.record.passage import Passage
    from quoth.record.rendition import Rendition
    from quoth.terms.digest import digest_of

    data = path.read_bytes()
    request = ReadRequest(exhibit="x-bench", digest=digest_of(data), size=len(data), kind=kind)
    before = time.process_time()
    readout = read(io.BytesIO(data), request)
    seconds = time.process_time() - before
    rendition = next(one for one in readout.records if isinstance(one, Rendition))
    passages = sum(isinstance(one, Passage) for one in readout.records)
    return {"seconds": seconds, "characters": rendition.characters, "passages": passages, "pages": rendition.pages or 1}


class Peer:
    """The peer in its own environment, warm."""

    def __init__(self, python, first):
        self._process = subprocess.Popen(
            [python, "-c", PEER, str(first)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def read(self, path):
        self._process.stdin.write(f"{path}\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def close(self):
        self._process.stdin.close()
        self._process.wait()


def compare(path, kind, peer, rounds):
    """Best of ``rounds``, the two sides alternating."""
    left, right = [], []
    ours(path, kind)
    for _ in range(rounds):
        left.append(ours(path, kind))
        if peer:
            right.append(peer.read(path))
    best = min(left, key=lambda one: one["seconds"])
    rate = best["pages"] / best["seconds"]
    line = f"{path.name:14} ours {rate:8.1f} pages/CPU s, {best['passages']} anchored passages"
    if right:
        other = min(right, key=lambda one: one["seconds"])
        line += f"; markitdown {best['pages'] / other['seconds']:8.1f} pages/CPU s, no anchors"
        line += f"; ratio {other['seconds'] / best['seconds']:.2f}"
    print(line)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--peer", help="the Python of an environment that has markitdown")
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        documents = {
            "small.html": (page_of(12), "text/html"),
            "large.html": (page_of(150), "text/html"),
            "report.pdf": (report_of(20), "application/pdf"),
        }
        paths = {}
        for name, (data, _) in documents.items():
            paths[name] = Path(folder, name)
            paths[name].write_bytes(data)
        peer = Peer(chosen.peer, paths["small.html"]) if chosen.peer else None
        for name, (_, kind) in documents.items():
            compare(paths[name], kind, peer, chosen.rounds)
        if peer:
            peer.close()
        else:
            print(
                "no peer: python -m venv /tmp/peer && /tmp/peer/bin/pip install 'markitdown[pdf]', then --peer",
                file=sys.stderr,
            )


if __name__ == "__main__":
    main()
