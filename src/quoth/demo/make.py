"""Makes the demo case and its answer key.

Run as `python -m quoth.demo.make OUT_DIR`; writes OUT_DIR/files and OUT_DIR/key.
No clock, no network, no chance: equal tools give equal bytes. What depends on the
version of a tool is named in key/sound.json and key/tools.json.
"""

import json
import platform
import sys
import tomllib
from pathlib import Path
from typing import Any

import av
import PIL
import reportlab

from quoth.demo import answers, calls, marks, pages, paper, phone_company, pictures, post
from quoth.demo.voices import Speaker

__all__ = ["main", "make", "paper_tools", "read_all_pages", "sound_tools"]

SOURCES = Path(__file__).resolve().parent / "sources"
_ORIGINAL = pictures.Caption(
    headline="Gannet Island, landing stage",
    text="The landing stage of the former quarantine station on Gannet Island, "
    "seen from the Kelsund ferry on 11 April 2024.",
    author="Jonas Welk",
    credit="Jonas Welk / The Kelsund Ledger",
    taken="2024-04-11T09:42:16",
)

Files = dict[str, bytes]


def _json(value: object) -> bytes:
    return (json.dumps(value, sort_keys=True, indent=1, ensure_ascii=False) + "\n").encode()


def read_all_pages() -> list[marks.Page]:
    """The web pages, the report and the e-mail, with their marks."""
    report = marks.parse_page("report", (SOURCES / "report.txt").read_text("utf-8"))
    mail = marks.parse_page("mail", (SOURCES / "mail.txt").read_text("utf-8"))
    return [*marks.read_pages(SOURCES / "articles"), report, mail]


def _paper_files(texts: list[marks.Page]) -> Files:
    made: Files = {}
    for page in texts:
        out = page.front["out"]
        if out.endswith(".pdf"):
            made[out] = paper.as_pdf(page)
        elif out.endswith(".eml"):
            made[out] = post.as_eml(page, post.read_terms(SOURCES / "terms.toml"))
        else:
            made[out] = pages.as_html(page).encode()
    letter = (SOURCES / "letter.txt").read_text("utf-8")
    made["letters/antrobar-to-tallende.jpg"] = paper.letter_jpeg(letter)
    made["provenance.toml"] = (SOURCES / "provenance.toml").read_bytes()
    return made


def _picture_files() -> Files:
    small = (480, 320)
    return {
        "articles/lazaret-quay.jpg": pictures.as_jpeg(pictures.landing_stage(small)),
        "articles/legation-gate.jpg": pictures.as_jpeg(pictures.gate(small)),
        "articles/coat-stairs.jpg": pictures.as_jpeg(pictures.coat(small)),
        "photos/lazaret-quay-original.jpg": pictures.as_jpeg(pictures.landing_stage((1200, 800)), _ORIGINAL, 72),
    }


def _call_files(recordings: list[calls.Recording]) -> Files:
    made: Files = {}
    for recording in recordings:
        made[f"calls/{recording.stem}.opus"] = recording.opus
        for name, text in calls.transcripts(recording).items():
            made[f"calls/{name}"] = text.encode()
    return made


def _has_avx2() -> bool:
    source = Path("/proc/cpuinfo")
    return source.exists() and "avx2" in source.read_text("utf-8", errors="replace")


def sound_tools(speaker: Speaker) -> dict[str, Any]:
    """Everything the bytes of the sound depend on."""
    return {
        "espeak_ng": speaker.version,
        "libav": {name: list(version) for name, version in sorted(av.library_versions.items())},
        "av": av.__version__,
        "machine": platform.machine(),
        "avx2": _has_avx2(),
    }


def paper_tools() -> dict[str, str]:
    """Everything the bytes of pictures and paper depend on."""
    return {
        "pillow": PIL.__version__,
        "reportlab": reportlab.Version,
        "machine": platform.machine(),
    }


def _gaps(script: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "what": "recorded calls",
            "by": "Kelsund Absence Register",
            "announced": len(script),
            "held": [call["number"] for call in script if call["held"]],
            "not_held": [call["number"] for call in script if not call["held"]],
            "calls": [
                {name: call[name] for name in ("number", "held", "claimed", "seconds", "called")} for call in script
            ],
        }
    ]


def _texts_key(texts: list[marks.Page]) -> Files:
    keyed = [answers.statements(page) for page in texts if page.keyed]
    lines = [json.dumps(entry, sort_keys=True, ensure_ascii=False) for entry in keyed]
    return {
        "statements.jsonl": ("\n".join(lines) + "\n").encode(),
        "dates.json": _json([date for page in texts for date in answers.dates(page)]),
        "questions.json": _json([item for page in texts for item in answers.open_questions(page)]),
        "paragraphs.json": _json({page.name: answers.paragraphs(page) for page in texts}),
        "copies.json": _json(
            [
                {
                    "copy": page.front["out"],
                    "of": page.front["copy_of"],
                    "original": f"articles/{page.front['copy_of']}.html",
                }
                for page in texts
                if "copy_of" in page.front
            ]
        ),
        "letter.txt": (SOURCES / "letter.txt").read_bytes(),
        "README.md": (SOURCES / "key-readme.md").read_bytes(),
    }


def _offices(facts: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for office in facts["office"]:
        earliest, latest = answers.bounds(office["edtf"])
        found.append({**office, "earliest": earliest, "latest": latest})
    return found


def _facts_key(script: list[dict[str, Any]], rows: list[phone_company.Row]) -> Files:
    facts = tomllib.loads((SOURCES / "facts.toml").read_text("utf-8"))
    told = tomllib.loads((SOURCES / "provenance.toml").read_text("utf-8"))
    return {
        "parties.json": _json({"parties": facts["party"], "ambiguous": facts["ambiguous"]}),
        "offices.json": _json(_offices(facts)),
        "origins.json": _json(facts["claim"]),
        "responses.json": _json({name: facts[name] for name in ("matrix", "assessment", "editorial", "layers")}),
        "matches.json": _json(
            {
                "clock_behind_seconds": phone_company.CLOCK_BEHIND,
                "calls": phone_company.matches(script, rows),
            }
        ),
        "gaps.json": _json(_gaps(script)),
        "requests.json": _json(told["request"]),
        "cited.json": _json(told["cited"]),
        "tools.json": _json(paper_tools()),
    }


def make() -> tuple[Files, Files]:
    """All files and the whole key, as path to bytes."""
    texts = read_all_pages()
    script = calls.read_script(SOURCES / "calls.toml")
    speaker = Speaker()
    recordings = [calls.record(call, speaker) for call in script if call["held"]]
    rows = phone_company.ledger(script)
    files = {
        **_paper_files(texts),
        **_picture_files(),
        **_call_files(recordings),
        "calls/harbour-telecom.csv": phone_company.as_csv(rows).encode(),
    }
    sound = {"tools": sound_tools(speaker), "recordings": calls.sound_key(recordings)}
    key = {**_texts_key(texts), **_facts_key(script, rows), "sound.json": _json(sound)}
    return files, key


def main(arguments: list[str]) -> int:
    """Write the case under the folder named; 2 when used wrongly."""
    if len(arguments) != 1:
        sys.stderr.write("usage: python -m quoth.demo.make OUT_DIR\n")
        return 2
    files, key = make()
    for room, made in (("files", files), ("key", key)):
        for name, data in sorted(made.items()):
            path = Path(arguments[0]) / room / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    size = sum(map(len, files.values()))
    sys.stdout.write(f"{len(files)} files, {size} bytes; {len(key)} key files\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
