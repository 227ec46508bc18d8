"""One word, one room: folder, docs page, test folder, error, verb and changelog agree."""

import dataclasses
import re
import typing

from house.house import ROOMS, ROOT, SOURCE
from quoth import errors
from quoth.cli.main import CHAPTERS, VERBS
from quoth.record import kinds, wire

ERRORS = {"attribute": "AttributeRoomError"}
"""``AttributeError`` is taken by the language."""

VERDICTS = re.compile(r"\b(is_valid|real_|true_|is_true|authentic\b)")


def test_every_room_has_its_folder_docs_tests_and_error():
    wanting = []
    for room in ROOMS:
        if not (SOURCE / room / "__init__.py").is_file():
            wanting.append(f"src/quoth/{room}/")
        if not (ROOT / "docs" / f"{room}.md").is_file():
            wanting.append(f"docs/{room}.md")
        if not list((ROOT / "tests" / room).glob("test_*.py")):
            wanting.append(f"tests/{room}/")
        if not hasattr(errors, ERRORS.get(room, f"{room.capitalize()}Error")):
            wanting.append(f"errors.{room.capitalize()}Error")
    assert not wanting, "missing: " + ", ".join(wanting)


def test_there_is_no_room_beyond_the_list():
    folders = {path.name for path in SOURCE.iterdir() if (path / "__init__.py").is_file()}
    assert folders == {*ROOMS, "terms", "record"}


def test_the_map_names_every_room_in_order():
    text = (SOURCE / "__init__.py").read_text(encoding="utf-8")
    named = re.findall(r"^- ``(\w+)``", text, flags=re.MULTILINE)
    assert sorted(named) == sorted({*ROOMS, "terms", "record"})


def test_verbs_have_one_file_each_and_are_documented():
    files = {
        path.stem.removesuffix("_") if path.stem != "__init__" else "__init__" for path in (SOURCE / "cli").glob("*.py")
    }
    shared = {"__init__", "main", "screen", "stepping", "giving", "drilling", "verify_bundle", "verify_disclosure"}
    assert files - shared == VERBS
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    assert [verb for verb in sorted(VERBS) if f"quoth {verb}" not in page] == []
    assert all(example.startswith(f"quoth {verb}") for _, verbs in CHAPTERS for verb, _, example in verbs)


def test_steps_bear_the_names_of_their_rooms():
    from quoth.case.flow import STEPS
    from quoth.case.versions import VERSIONS

    assert set(STEPS) == set(VERSIONS)
    assert set(STEPS) - set(ROOMS) == {"recordings", "group"}


def test_every_record_has_a_glossary_entry_and_a_schema():
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^## (\w+)", glossary, flags=re.MULTILINE))
    classes = {cls.__name__ for cls in typing.get_args(kinds.Record)}
    assert classes - named == set()
    schemas = {path.stem.removesuffix(".schema") for path in (ROOT / "docs" / "formats").glob("*.schema.json")}
    assert schemas == set(wire.kinds_by_name())


def test_records_are_frozen_slotted_and_keyword_only():
    for cls in typing.get_args(kinds.Record):
        assert dataclasses.is_dataclass(cls)
        assert cls.__dataclass_params__.frozen, cls
        assert "__slots__" in vars(cls), cls
        assert all(field.kw_only for field in dataclasses.fields(cls)), cls


def test_no_name_in_the_records_is_a_verdict():
    for path in (SOURCE / "record").glob("*.py"):
        assert not VERDICTS.search(path.read_text(encoding="utf-8")), path


def test_the_changelog_opens_with_what_to_check_again():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "### Check again" in text


def test_every_error_has_its_place_in_the_drawn_tree():
    tree = errors.__doc__ or ""
    named = set(re.findall(r"[├└]── (\w+)", tree))
    assert named == set(errors.__all__) - {"QuothError"}


def test_no_registry_host_and_no_machine_path_is_committed():
    import subprocess

    files = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\n")
    bad = re.compile(r"(registry\.npmjs|pypi\.org|files\.pythonhosted|deb\.debian\.org|index-url|/work/|/root/)")
    found = []
    for file in files:
        path = ROOT / file
        if file == "tests/house/test_words.py" or not path.is_file() or path.stat().st_size > 2_000_000:
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if bad.search(text):
            found.append(file)
    assert not found, found


def test_planning_knows_the_tools_and_versions_of_the_rooms():
    from quoth.attribute import engine
    from quoth.case.versions import VERSIONS
    from quoth.resolve import texts
    from quoth.verify import checks
    from quoth.weigh import balance

    assert VERSIONS["attribute"] == (engine.TOOL, engine.VERSION)
    assert VERSIONS["resolve"] == (texts.TOOL, texts.VERSION)
    assert VERSIONS["group"][1] == texts.VERSION
    assert VERSIONS["verify"] == (checks.TOOL, checks.VERSION)
    assert VERSIONS["weigh"] == (balance.TOOL, balance.VERSION)
