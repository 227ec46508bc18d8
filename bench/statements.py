"""Statements: words per CPU second, and who+what beside a regex floor.

- The marked texts of ``tests/quality/statements`` are scored; dev was worked on; of blind only the total was watched.
- The demo case's answer key, marked by others, is scored where it is there.
- ``--outside FILE`` scores another marked set: JSON lines with doc_id, text and statements
  (content, cue, source as lists of [start, end]), optionally ``genre`` for ``--genres``.

Example::

    python bench/statements.py --outside gum_attribution.jsonl --genres news,interview
"""

import argparse
import json
import pathlib
import re
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "quality"))

import scoring  # noqa: E402

from quoth.attribute.engine import attribute_text  # noqa: E402

VERB = re.compile(
    r"\b(?:said|says?|saying|told|tells|asked|asks|added|adds|wrote|writes|argued|argues|claimed|claims|believes?|thinks?|thought|"
    r"announced|noted|notes|explained|explains|insisted|suggests?|suggested|warned|stated|states|replied|responded|reported|"
    r"admitted|denied|denies|promised|called|continued|concluded|confirmed|wants|hopes|according to)\b"
)
NAME = re.compile(r"(?:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*|\b[Hh]e\b|\b[Ss]he\b|\b[Tt]hey\b)")
QUOTE = re.compile(r"“[^”\n]{9,}”|\"[^\"\n]{9,}\"")
SENTENCE = re.compile(r"[^\n.!?]+[.!?]?[”\"]?")


def _nearest(pattern, text, window, place, blocked=()):
    best = ()
    for match in pattern.finditer(text, *window):
        start, end = match.span()
        if any(start < last and first < end for first, last in (place, *blocked)):
            continue
        distance = min(abs(start - place[1]), abs(end - place[0]))
        if not best or distance < best[0]:
            best = (distance, (start, end))
    return best[1:]


def regex_floor(text):
    """The floor: quotations with the nearest verb and name; "X said Y" up to the sentence's end."""
    found = []
    quotes = [match.span() for match in QUOTE.finditer(text)]
    for span in quotes:
        window = (max(0, span[0] - 80), span[1] + 80)
        cue = _nearest(VERB, text, window, span, quotes)
        source = _nearest(NAME, text, window, cue[0] if cue else span, quotes)
        found.append(scoring.Marked(content=(span,), cue=cue, source=source))
    for sentence in SENTENCE.finditer(text):
        verb = VERB.search(text, *sentence.span())
        if verb is None or any(start < sentence.end() and sentence.start() < end for start, end in quotes):
            continue
        after = verb.group() != "according to" and len(text[verb.end() : sentence.end()].split()) > 3
        content = (verb.end(), sentence.end()) if after else (sentence.start(), verb.start())
        source = _nearest(NAME, text, sentence.span(), verb.span(), (content,))
        found.append(scoring.Marked(content=(content,), cue=(verb.span(),), source=source))
    return tuple(found)


def engine(text):
    """What the engine finds, in the scorer's shape."""
    return scoring.marked_of(attribute_text(text).statements)


def _outside(path, genres):
    texts = {}
    with pathlib.Path(path).open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            if genres and record.get("genre") not in genres:
                continue
            marked = tuple(
                scoring.Marked(**{key: tuple(map(tuple, one.get(key) or ())) for key in ("content", "cue", "source")})
                for one in record["statements"]
            )
            texts[record["doc_id"]] = scoring.MarkedText(text=record["text"], statements=marked)
    return texts


def _demo(folder):
    """The answer key of the demo case: marked by others."""
    blocks = json.loads((folder / "paragraphs.json").read_text(encoding="utf-8"))
    texts = {}
    for line in (folder / "statements.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        text, starts = "", []
        for block in blocks[record["doc_id"]]["blocks"]:
            starts.append(len(text))
            text += block["text"].replace("\n", " ") + "\n"
        marked = tuple(
            scoring.Marked(
                **{
                    key: tuple(
                        (starts[part["block"]] + part["start"], starts[part["block"]] + part["end"])
                        for part in one[key]
                    )
                    for key in ("content", "cue", "source", "addressee")
                }
            )
            for one in record["statements"]
        )
        texts[record["doc_id"]] = scoring.MarkedText(text=text, statements=marked)
    return texts


def _report(name, texts):
    words = sum(len(item.text.split()) for item in texts.values())
    began = time.process_time()
    found = {key: engine(item.text) for key, item in texts.items()}
    spent = time.process_time() - began
    print(f"{name}: {len(texts)} texts, {words} words, {words / spent:,.0f} words per CPU second")
    rows = (("engine", found), ("regex floor", {key: regex_floor(item.text) for key, item in texts.items()}))
    for label, mine in rows:
        score = scoring.score(texts, mine)
        both = score.who_what
        print(
            f"  {label:12} who+what P {both.precision:5.1f} R {both.recall:5.1f} F1 {both.f1:5.1f}"
            f"   content {score.content.f1:5.1f}   direct {score.direct.f1:5.1f}   indirect {score.indirect.f1:5.1f}"
            f"   source given content {score.source_given_content.f1:5.1f}"
        )


def main():
    parser = argparse.ArgumentParser(description="Score and time the statement engine.")
    parser.add_argument("--outside", help="another marked set, JSON lines")
    parser.add_argument("--genres", default="", help="only these genres of the outside set, with commas")
    options = parser.parse_args()
    for part in ("dev", "blind"):
        _report(part, scoring.read_folder(ROOT / "tests" / "quality" / "statements" / part))
    key = ROOT / "src" / "quoth" / "demo" / "key"
    if (key / "statements.jsonl").exists():
        _report("demo case", _demo(key))
    if options.outside:
        _report("outside", _outside(options.outside, set(filter(None, options.genres.split(",")))))


if __name__ == "__main__":
    main()
