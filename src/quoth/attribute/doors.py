"""Which engines find statements, and what each needs: their doors.

- A door is a declaration, found as an entry point of the group ``quoth.finders``; the libraries behind it
  are imported only when it is opened.
- Without a name the tagger that ships opens, or the plain rules with a notice where it cannot.
- Outside engines are never believed: what they propose is held against the text, see ``proposals``.
- A door that sends text out opens to nobody for sealed material, and needs a carrier that it is handed.

Example::

    finder("spacy", {"pipeline": "en_core_web_sm"}).by.find(text, paragraphs, ruled)
"""

import dataclasses
import functools
import importlib
import importlib.metadata
import importlib.util
import json
import pathlib
from collections.abc import Callable, Mapping

from quoth.attribute.drafts import Finder
from quoth.attribute.proposals import Checked, Outside
from quoth.errors import AttributeRoomError, SealError

__all__ = ["ENDPOINT", "GROUP", "RULES", "SPACY", "TAGGER", "Carry", "Door", "Opened", "Want", "default", "doors"]
__all__ += ["finder", "wanting"]

GROUP = "quoth.finders"
Carry = Callable[[bytes], bytes]
"""Takes the body of a request out of the machine and brings the body of the answer back."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """One setting of a door. ``counts``: it changes what is found, and is kept with the work done."""

    name: str
    meaning: str
    default: str = ""
    needed: bool = False
    counts: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """A finder's declaration: ``module`` is "module:function", called with the settings and a carrier.

    The function gives an ``Outside`` engine, whose every proposal is then held against the text. ``needs``
    are modules to be installed; ``sends``: text leaves the machine.
    """

    name: str
    what: str
    module: str
    needs: tuple[str, ...] = ()
    extra: str = ""
    settings: tuple[Want, ...] = ()
    sends: bool = False


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An open door; ``by`` is ``None`` for the rules alone, ``notice`` is what people should know."""

    door: Door
    by: Finder | None
    version: str = ""
    notice: str = ""


RULES = Door(name="rules", what="the plain rules alone", module="")
TAGGER = Door(
    name="tagger",
    what="the tagger that ships, seconded by the rules",
    module="quoth.attribute.tagged:shipped",
    needs=("onnxruntime", "numpy"),
    settings=(Want(name="weights", meaning="a folder that quoth train wrote, instead of the weights that ship"),),
)
SPACY = Door(
    name="spacy",
    what="an installed spaCy pipeline, by its dependency parse",
    module="quoth.attribute.spacy_door:open_spacy",
    needs=("spacy",),
    extra="spacy",
    settings=(Want(name="pipeline", meaning="name of an installed pipeline, or its folder", needed=True),),
)
ENDPOINT = Door(
    name="endpoint",
    what="a model behind an OpenAI-compatible address that you give; text leaves the machine",
    module="quoth.attribute.endpoint:open_endpoint",
    settings=(
        Want(name="url", meaning="http(s) address, such as http://127.0.0.1:8080/v1", needed=True, counts=True),
        Want(name="model", meaning="name of the model there", needed=True, counts=True),
        Want(name="characters", meaning="characters of text a request", default="4000", counts=True),
        Want(name="key_env", meaning="environment variable that holds the key; the key itself is kept nowhere"),
        Want(name="seconds", meaning="seconds for one answer", default="120"),
        Want(name="bytes", meaning="bytes of the largest answer", default="1000000"),
    ),
    sends=True,
)
_BUILT_IN = (TAGGER, RULES, SPACY, ENDPOINT)
_WEIGHTS = pathlib.Path(__file__).parent / "weights"
"""Where ``tagger`` looks; named here too, as that module needs heavy libraries."""
_FALLBACK = "statements are found by the plain rules alone: {why}"


@functools.cache
def doors() -> tuple[Door, ...]:
    """Every door, declared by this and other packages; the built-in ones also without an installation."""
    found: dict[str, Door] = {door.name: door for door in _BUILT_IN}
    for point in importlib.metadata.entry_points(group=GROUP):
        declared = point.load()
        if not isinstance(declared, Door):
            raise AttributeRoomError(f"the entry point {point.name} ({point.value}) of {GROUP} is not a Door")
        found.setdefault(declared.name, declared)
    return tuple(found.values())


def door_of(name: str) -> Door:
    """The door of this name; the error lists those that there are."""
    for door in doors():
        if door.name == name:
            return door
    raise AttributeRoomError(f"no finder {name!r}", hint=f"there are: {', '.join(door.name for door in doors())}")


def wanting(door: Door) -> str:
    """What keeps the door shut on this machine, in words; empty when nothing does."""
    missing = [need for need in door.needs if importlib.util.find_spec(need) is None]
    if missing:
        return f"not installed: {', '.join(missing)}"
    if door is TAGGER and not _tagger_version():
        return "its weights are not there"
    return ""


def default() -> tuple[str, str, str]:
    """Name and version of the finder that works when none is named, and a notice; opens nothing.

    The version is empty for the rules: it is that of the engine.
    """
    why = wanting(TAGGER)
    if why:
        return RULES.name, "", _FALLBACK.format(why=f"the tagger cannot work ({why})")
    return TAGGER.name, _tagger_version(), ""


def finder(
    name: str = "",
    settings: Mapping[str, str] | None = None,
    *,
    sealed: bool = False,
    carry: Carry | None = None,
) -> Opened:
    """Open the door ``name``, or the default one.

    Raises :class:`AttributeRoomError` for an unknown name or setting, a missing one, or a library or model
    that is not there; :class:`SealError` when ``sealed`` material would leave the machine.
    """
    notice = ""
    if not name:
        name, _, notice = default()
    door = door_of(name)
    if sealed and door.sends:
        raise SealError(
            f"sealed material does not leave the machine: the finder {door.name} was not asked",
            hint="nothing was sent; use a finder that works here, such as --by tagger or --by rules",
        )
    given = _checked(door, settings or {})
    lacks = "" if given.get("weights") and door is TAGGER else wanting(door)
    if lacks:
        raise AttributeRoomError(f"the finder {door.name} cannot work: {lacks}", hint=_remedy(door))
    if door is RULES:
        return Opened(door=door, by=None, notice=notice)
    by = _tagger(given["weights"]) if door is TAGGER else Checked(_opener(door)(given, carry))
    return Opened(door=door, by=by, version=by.version, notice=notice)


def _remedy(door: Door) -> str:
    if door.extra:
        return f"pip install 'quoth[{door.extra}]', then run the same command again; nothing was changed"
    return "the rules work without it: --by rules; nothing was changed"


def _checked(door: Door, settings: Mapping[str, str]) -> dict[str, str]:
    """The settings with the defaults of the door; refuses unknown and missing ones."""
    known = {want.name: want for want in door.settings}
    unknown = sorted(set(settings) - set(known))
    if unknown:
        takes = f"it takes: {', '.join(known)}" if known else "it takes none"
        raise AttributeRoomError(f"the finder {door.name} has no setting {unknown[0]!r}", hint=takes)
    given = {name: settings.get(name) or want.default for name, want in known.items()}
    missing = [want for want in door.settings if want.needed and not given[want.name]]
    if missing:
        raise AttributeRoomError(
            f"the finder {door.name} needs the setting {missing[0].name}: {missing[0].meaning}",
            hint=f"--by {door.name} --set {missing[0].name}=…",
        )
    return given


def _opener(door: Door) -> Callable[[Mapping[str, str], Carry | None], Outside]:
    path, _, function = door.module.partition(":")
    try:
        found: Callable[[Mapping[str, str], Carry | None], Outside] = getattr(importlib.import_module(path), function)
    except (ImportError, AttributeError) as err:
        raise AttributeRoomError(f"the finder {door.name} cannot be loaded: {err}", hint=_remedy(door)) from err
    return found


def _tagger(folder: str) -> Finder:
    """The tagger with the weights in ``folder``, or those that ship where it is empty.

    Raises :class:`AttributeRoomError` where the weights cannot be used.
    """
    if folder:
        from quoth.attribute.trained import open_finder

        return open_finder(pathlib.Path(folder))
    from quoth.attribute.tagged import shipped
    from quoth.attribute.tagger import load

    found = shipped()
    if found is None:
        load()  # says what is wrong with the weights
        raise AttributeRoomError("the tagger cannot work", hint=_remedy(TAGGER))
    return found


def _tagger_version() -> str:
    """The version of the weights that lie here, or empty."""
    whole = all((_WEIGHTS / name).is_file() for name in ("encoder.onnx", "pairs.onnx", "vocab.txt"))
    try:
        settings = json.loads((_WEIGHTS / "settings.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    version = settings.get("version") if isinstance(settings, dict) else None
    return version if whole and isinstance(version, str) else ""
