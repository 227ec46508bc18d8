"""Training on marked texts: folders in, weights with a card out.

- Held-out texts are read before and after; better is said only where the figures bear it out.
- The card says what was taught, what was held out, from which seed, with which versions, and what came of it.
- Nothing is written until all is done; a folder that holds anything is refused.

Example::

    run_course(Path("marked"), Path("weights"), Course(seed=7))
"""

import dataclasses
import hashlib
import importlib.metadata
import json
import platform
import secrets
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from quoth import __version__
from quoth.attribute.course import Division, Reading, divided, readings, replayed
from quoth.attribute.marked import MarkedText, read_marked
from quoth.attribute.measure import Change, Tally, Verdict, compared, interval, total
from quoth.attribute.pretrained import require_training
from quoth.attribute.tagged import shipped
from quoth.attribute.tagger import WEIGHTS
from quoth.attribute.trained import open_finder
from quoth.errors import AttributeRoomError, CaseError

__all__ = ["Course", "Outcome", "Verdict", "run_course"]

Told = Callable[[str, int, int, float], None]
"""Stage, step, steps, loss (0 where there is none)."""
_HINT = "nothing was written; give --out a folder that is new or empty"
_REPLAYED = 2
"""Replayed texts for each one that is taught."""
LIMITS = (
    "texts marked at the desk hold only what was suggested: a statement that nobody suggested counts as none",
    "confidence was fitted for the weights this began at, not anew",
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How to train: rounds, seed, share held out, weights to go on from, a corpus to replay."""

    epochs: float = 4.0
    seed: int = 7
    share: float = 0.2
    start: Path | None = None
    replay: Path | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of it: the card as it was written, the readings before and after, what they differ in."""

    card: Mapping[str, Any]
    before: Reading
    after: Reading
    change: Change


def run_course(folder: Path, out: Path, course: Course, *, told: Told = lambda *_: None) -> Outcome:
    """Train on the marked texts in ``folder`` and write weights with their card into ``out``.

    Raises :class:`AttributeRoomError` for marked texts or weights that are not sound and for a missing library, and
    :class:`CaseError` for folders.
    """
    _refuse(out)
    if not 0 < course.epochs < 1000:
        raise CaseError(f"{course.epochs:g} rounds cannot be trained", hint="--epochs above 0 and below 1000")
    require_training()
    texts = read_folder(folder)
    replay = read_folder(course.replay) if course.replay else {}
    parts = divided(texts, share=course.share, seed=course.seed)
    held = [texts[name] for name in parts.held]
    again = replayed(replay, held, most=_REPLAYED * len(parts.taught), seed=course.seed)
    start, began = _start(course.start)
    told("reading the held-out texts as before", 0, 0, 0.0)
    before = readings(held, open_finder(start) if start else None)
    beside = out.parent / f".{out.name}-{secrets.token_hex(6)}"
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        beside.mkdir()
        taught = [texts[name] for name in parts.taught] + [replay[name] for name in again]
        windows, version = _trained(taught, beside, start, course=course, told=told)
        told("reading the held-out texts anew", 0, 0, 0.0)
        after = readings(held, open_finder(beside))
        change = compared(before.tallies, after.tallies, seed=course.seed)
        card: dict[str, Any] = {
            "format": 1,
            "version": version,
            "began_at": began,
            "seed": course.seed,
            "epochs": course.epochs,
            "made_with": _versions(),
            "data": _data(texts, parts, replay, again) | {"windows": windows},
            "before": figures(before, seed=course.seed),
            "after": figures(after, seed=course.seed),
            "change": dataclasses.asdict(change) | {"verdict": change.verdict.value},
            "limits": list(LIMITS),
        }
        (beside / "card.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")
        beside.replace(out)
    except OSError as err:
        raise CaseError(f"{out} cannot be written: {err.strerror}", hint=_HINT) from err
    finally:
        if beside.exists():
            shutil.rmtree(beside)
    return Outcome(card=card, before=before, after=after, change=change)


def _trained(
    taught: list[MarkedText], folder: Path, start: Path | None, *, course: Course, told: Told
) -> tuple[int, str]:
    """Number of windows taught, and the version of the weights written to ``folder``."""
    from quoth.attribute.tuning import Plan, lessons_of, tuned, write_weights

    windows = lessons_of(taught)
    model = tuned(
        windows,
        Plan(epochs=course.epochs, seed=course.seed),
        start=start,
        told=lambda step, steps, loss: told("training", step, steps, loss),
    )
    told("writing the weights", 0, 0, 0.0)
    return len(windows), write_weights(model, folder, start)


def _refuse(out: Path) -> None:
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise CaseError(f"{out} is no folder", hint=_HINT)
    if out.is_dir() and list(out.iterdir()):
        raise CaseError(f"{out} is not empty", hint=_HINT)


def read_folder(folder: Path) -> dict[str, MarkedText]:
    """All marked texts below ``folder``, by their path in it; raises errors that name the file."""
    if not folder.is_dir():
        raise CaseError(f"{folder} is no folder", hint="give a folder of marked texts, as quoth lessons writes")
    found = {}
    for path in sorted(folder.rglob("*.txt")):
        name = path.relative_to(folder).as_posix()
        try:
            found[name] = read_marked(path.read_text(encoding="utf-8"))
        except AttributeRoomError as err:
            raise AttributeRoomError(f"{name}: {err}", hint=err.hint) from err
        except (OSError, UnicodeDecodeError) as err:
            raise CaseError(f"{name} cannot be read: {err}", hint="marked texts are UTF-8") from err
    if not found:
        raise CaseError(f"no marked texts in {folder}", hint="quoth lessons CASE --out FOLDER writes them")
    return found


def _start(given: Path | None) -> tuple[Path | None, str]:
    """The weights to go on from, and what to call them."""
    if given is not None:
        return given, f"given: {open_finder(given).version}"
    ours = shipped()
    if ours is not None:
        return WEIGHTS, f"shipped: {ours.version}"
    return None, "the pretrained encoder; before it, the rules alone"


def _digest(texts: Mapping[str, MarkedText], names: tuple[str, ...]) -> str:
    """SHA-256 over names, texts and marks, in the order of the names."""
    from quoth.attribute.marked import write_marked

    whole = hashlib.sha256()
    for name in names:
        whole.update(f"{name}\0{write_marked(texts[name])}\0".encode())
    return whole.hexdigest()


def _data(
    texts: Mapping[str, MarkedText], parts: Division, replay: Mapping[str, MarkedText], again: tuple[str, ...]
) -> dict[str, Any]:
    def counts(held: Mapping[str, MarkedText], names: tuple[str, ...]) -> dict[str, Any]:
        return {
            "texts": len(names),
            "statements": sum(len(held[name].statements) for name in names),
            "digest": _digest(held, names),
        }

    return {
        "taught": counts(texts, parts.taught),
        "held_out": counts(texts, parts.held) | {"names": list(parts.held)},
        "replayed": counts(replay, again),
        "left_out": list(parts.left_out),
    }


def _versions() -> dict[str, str]:
    made = {name: importlib.metadata.version(name) for name in ("torch", "onnx", "onnxruntime", "numpy")}
    return {"quoth": __version__, "python": platform.python_version(), **made}


def figures(reading: Reading, *, seed: int) -> dict[str, Any]:
    """The figures of a reading: shares to four places, counts, and the 95 % interval of who and what."""
    whole: Tally = total(reading.tallies)

    def share(one: Any) -> list[float]:
        return [round(one.precision, 4), round(one.recall, 4), round(one.f1, 4)]

    low, high = interval(reading.tallies, seed=seed)
    return {
        "texts": len(reading.tallies),
        "marked": whole.marked,
        "found": whole.found,
        "who_what": share(whole.who_what),
        "who_what_interval": [round(low, 4), round(high, 4)],
        "content": share(whole.what),
        "source_accuracy": round(whole.source_accuracy, 4),
        "rejected": reading.rejected,
        "rejected_found_again": reading.again,
    }
