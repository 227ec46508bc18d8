"""Reading pictures of text with tesseract, when it is installed.

- The program is called with the picture on its input; it sees no file of ours.
- Words below half confidence are left out; the mean confidence is kept in the settings.
- A paragraph carries the box that holds its words, in the picture's own pixels.

Example::

    read_picture(png, "eng").paragraphs[0].words
"""

import csv
import dataclasses
import functools
import io
import shutil
import subprocess

from quoth.read.paragraphs import joined
from quoth.record.rendition import Setting

__all__ = ["INSTALL", "OcrParagraph", "Picture", "languages_for", "program", "read_picture"]

INSTALL = "install it with: apt install tesseract-ocr tesseract-ocr-eng tesseract-ocr-chi-sim"
SECONDS = 120
LEAST_CONFIDENCE = 50
_LANGUAGES = {
    "en": "eng", "zh": "chi_sim", "fr": "fra", "de": "deu", "es": "spa", "it": "ita", "pt": "por", "ru": "rus",
    "ar": "ara", "fa": "fas", "ja": "jpn", "ko": "kor", "nl": "nld", "pl": "pol", "tr": "tur", "uk": "ukr",
    "vi": "vie", "he": "heb", "hi": "hin", "bo": "bod", "ug": "uig",
}  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OcrParagraph:
    """Words of one paragraph and the pixels that hold them."""

    words: str
    left: int
    top: int
    right: int
    bottom: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What was read: paragraphs, the sum and count of word confidences, or why nothing was read."""

    paragraphs: tuple[OcrParagraph, ...] = ()
    confidence: int = 0
    words: int = 0
    trouble: str = ""


@functools.cache
def program() -> str:
    """The name and version of the program; empty when it is not installed."""
    if shutil.which("tesseract") is None:
        return ""
    said = subprocess.run(["tesseract", "--version"], capture_output=True, timeout=30, check=False)
    return said.stdout.decode(errors="replace").partition("\n")[0].strip()


@functools.cache
def _installed() -> frozenset[str]:
    said = subprocess.run(["tesseract", "--list-langs"], capture_output=True, timeout=30, check=False)
    return frozenset(said.stdout.decode(errors="replace").split())


def languages_for(tongue: str) -> str:
    """The program's languages for a language tag; English and Chinese where it says nothing."""
    wanted = _LANGUAGES.get(tongue.partition("-")[0].lower(), "")
    if tongue.lower() in ("zh-hant", "zh-tw", "zh-hk"):
        wanted = "chi_tra"
    chosen = [wanted] if wanted in _installed() else [one for one in ("eng", "chi_sim") if one in _installed()]
    return "+".join(chosen)


def settings(languages: str) -> tuple[Setting, ...]:
    """The program and its languages, as settings of the rendition."""
    return (Setting(name="ocr", value=program()), Setting(name="ocr-languages", value=languages))


def read_picture(png: bytes, languages: str) -> Picture:
    """One picture read as a page of text."""
    command = ["tesseract", "stdin", "stdout", "-l", languages, "--psm", "3", "tsv"]
    try:
        said = subprocess.run(command, input=png, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return Picture(trouble=f"tesseract took longer than {SECONDS} seconds")
    except OSError as err:
        return Picture(trouble=f"tesseract could not be started: {err.strerror}")
    if said.returncode != 0:
        words = " ".join(said.stderr.decode(errors="replace").split())[-200:]
        return Picture(trouble=f"tesseract stopped with {said.returncode}: {words}")
    return _picture(said.stdout.decode(errors="replace"))


def _picture(table: str) -> Picture:
    """The program's table of words, gathered into paragraphs."""
    groups: dict[tuple[str, str], list[dict[str, str]]] = {}
    total = count = 0
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row.get("level") != "5" or not (row.get("text") or "").strip():
            continue
        confidence = int(float(row["conf"]))
        if confidence >= LEAST_CONFIDENCE:
            groups.setdefault((row["block_num"], row["par_num"]), []).append(row)
            total += confidence
            count += 1
    paragraphs = tuple(_paragraph(rows) for rows in groups.values())
    return Picture(paragraphs=paragraphs, confidence=total, words=count)


def _paragraph(rows: list[dict[str, str]]) -> OcrParagraph:
    words = rows[0]["text"].strip()
    for row in rows[1:]:
        words = joined(words, row["text"].strip())
    return OcrParagraph(
        words=words,
        left=min(int(row["left"]) for row in rows),
        top=min(int(row["top"]) for row in rows),
        right=max(int(row["left"]) + int(row["width"]) for row in rows),
        bottom=max(int(row["top"]) + int(row["height"]) for row in rows),
    )
