"""Statements: the engine beside the rules, a regex floor and a peer, on the corpus's splits.

- Figures by form, act and source type on the development and the blind split; see ``tests/quality/figures.py``.
- Words per CPU second of the whole engine, one core, and of spaCy on the same texts in the same run, if it is there.
- ``--floor FILE`` runs another floor: a script that reads DOCS.jsonl and prints SYS.jsonl.

Example::

    python bench/statements.py --brief
"""

import argparse
import importlib.util
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests" / "quality"), str(ROOT / "training")]

import figures as measure  # noqa: E402
from corpora import is_real, read_split  # noqa: E402

from quoth.attribute.tagged import shipped  # noqa: E402
from quoth.record.statement import Act, Form, SourceType, Statement  # noqa: E402
from quoth.terms.anchor import extract  # noqa: E402
from quoth.terms.digest import digest_of  # noqa: E402

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


def _statement(text, content, cue, source):
    return Statement(
        id="s-0",
        rendition=digest_of(b""),
        passage="",
        source=tuple(extract(text, *span) for span in source),
        cue=tuple(extract(text, *span) for span in cue),
        content=tuple(extract(text, *span) for span in content),
        act=Act.SAY,
        form=Form.DIRECT,
        source_type=SourceType.NAMED,
        confidence=500,
        reason="floor",
    )


def regex_floor(text):
    """Our own small floor: quotations with the nearest verb and name; "X said Y" up to the sentence's end."""
    found = []
    quotes = [match.span() for match in QUOTE.finditer(text)]
    for span in quotes:
        window = (max(0, span[0] - 80), span[1] + 80)
        cue = _nearest(VERB, text, window, span, quotes)
        source = _nearest(NAME, text, window, cue[0] if cue else span, quotes)
        found.append(_statement(text, (span,), cue, source))
    for sentence in SENTENCE.finditer(text):
        verb = VERB.search(text, *sentence.span())
        if verb is None or any(start < sentence.end() and sentence.start() < end for start, end in quotes):
            continue
        after = verb.group() != "according to" and len(text[verb.end() : sentence.end()].split()) > 3
        content = (verb.end(), sentence.end()) if after else (sentence.start(), verb.start())
        if not text[content[0] : content[1]].strip():
            continue
        source = _nearest(NAME, text, sentence.span(), verb.span(), (content,))
        found.append(_statement(text, (content,), (verb.span(),), source))
    return found


def script_floor(path, texts):
    """What another script finds: DOCS.jsonl in, SYS.jsonl out."""
    with tempfile.TemporaryDirectory() as folder:
        docs = pathlib.Path(folder) / "docs.jsonl"
        docs.write_text(
            "".join(json.dumps({"doc_id": k, "text": m.text}) + "\n" for k, m in texts.items()), encoding="utf-8"
        )
        lines = subprocess.run([sys.executable, path, str(docs)], check=True, capture_output=True, text=True).stdout
    by_text = {}
    for line in lines.splitlines():
        record = json.loads(line)
        text = texts[record["doc_id"]].text
        by_text[text] = [
            _statement(
                text,
                *(
                    [tuple(span) for span in one.get(part) or () if span[1] > span[0]]
                    for part in ("content", "cue", "source")
                ),
            )
            for one in record["statements"]
        ]
    return by_text


def speed(texts, find):
    """Words per CPU second, the better of two rounds."""
    words = sum(len(text.split()) for text in texts)
    best = float("inf")
    for _ in range(2):
        began = time.process_time()
        for text in texts:
            find(text)
        best = min(best, time.process_time() - began)
    return words / best


def spacy_peer():
    """A spaCy pipeline of the usual small shape (tok2vec, tagger, parser, NER), its weights as initialised.

    No trained pipeline can be had without a download; how fast it runs does not depend on how well it was trained.
    """
    import spacy
    from spacy.training import Example

    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec")
    listener = {
        "model": {
            "@architectures": "spacy.Tagger.v2",
            "tok2vec": {"@architectures": "spacy.Tok2VecListener.v1", "width": 96},
        }
    }
    nlp.add_pipe("tagger", config=listener)
    nlp.add_pipe("parser")
    nlp.add_pipe("ner")
    made = Example.from_dict(
        nlp.make_doc("Ana Prell said it ."),
        {
            "tags": ["N", "N", "V", "P", "."],
            "heads": [1, 2, 2, 2, 2],
            "deps": ["flat", "nsubj", "ROOT", "obj", "punct"],
            "entities": ["B-PER", "L-PER", "O", "O", "O"],
        },
    )
    nlp.initialize(lambda: [made])
    return nlp


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--brief", action="store_true", help="no table by form, act and source type")
    parser.add_argument("--floor", help="another floor: a script, DOCS.jsonl in, SYS.jsonl out")
    chosen = parser.parse_args()
    finder = shipped()
    print("engine:", f"{finder.tool} {finder.version}, and the rules" if finder else "the rules alone: no weights")
    for split in ("dev", "test"):
        whole = read_split(split)
        for kind, texts in (
            ("written", {k: m for k, m in whole.items() if not is_real(k)}),
            ("found", {k: m for k, m in whole.items() if is_real(k)}),
        ):
            print(f"\n== {split}, {kind} texts: {len(texts)}")
            for name, find in (
                ("engine", measure.engine),
                ("rules alone", measure.rules),
                ("regex floor", regex_floor),
            ):
                print(f"-- {name}")
                print(measure.table(measure.figures(texts, find), parts=not chosen.brief and name == "engine"))
            if chosen.floor:
                given = script_floor(chosen.floor, texts)
                print(f"-- {chosen.floor}")
                print(measure.table(measure.figures(texts, given.get), parts=False))
    texts = [marked.text for marked in read_split("dev").values()]
    ours = speed(texts, measure.engine)
    print(f"\nspeed on dev: engine {ours:,.0f} words a CPU second, rules alone {speed(texts, measure.rules):,.0f}")
    if importlib.util.find_spec("spacy"):
        peer = speed(texts, spacy_peer())
        print(f"spaCy (tok2vec, tagger, parser, NER, small CNN): {peer:,.0f}; engine / spaCy = {ours / peer:.2f}")
    else:
        print("spaCy is not installed here: no peer")


if __name__ == "__main__":
    main()
