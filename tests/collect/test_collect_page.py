"""The room's page says what the code does."""

import re
import tomllib
from pathlib import Path

import pytest

from quoth.collect.incoming import Limits
from quoth.collect.kinds import kind_by_name
from quoth.collect.provenance import parse
from quoth.errors import CollectError

PAGE = (Path(__file__).parents[2] / "docs" / "collect.md").read_text(encoding="utf-8")
EXAMPLE = re.search(r"```toml\n(.*?)```", PAGE, re.DOTALL).group(1)
MIB = 2**20


def keys(table, path=""):
    for key, value in table.items():
        yield f"{path}{key}"
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield from keys(one, f"{path}{key}.")


def test_the_example_is_understood():
    made = parse(EXAMPLE.encode())
    assert made.case.title == "The Winter List"
    assert len(made.records) == 5
    assert made.declared_for("letters/a.jpg").claimed_author == "S. Antrobar"
    assert made.declared_for("page.html").given_by == "Case desk"


@pytest.mark.parametrize("key", sorted(set(keys(tomllib.loads(EXAMPLE)))))
def test_every_key_of_the_example_is_one_that_would_be_missed(key):
    """A key spelt wrongly is refused, so the page cannot name one that does nothing."""
    last = key.rsplit(".", 1)[-1]
    header = rf"(?m)^(\[+){last}(\]+)"
    wrong = (
        re.sub(header, rf"\g<1>{last}x\g<2>", EXAMPLE)
        if "." not in key
        else re.sub(rf"(?m)^{last} =", f"{last}x =", EXAMPLE)
    )
    assert wrong != EXAMPLE
    with pytest.raises(CollectError):
        parse(wrong.encode())


def test_the_limits_are_those_of_the_code():
    rows = dict(
        re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", PAGE.split("## Limits")[1].split("## Names")[0], re.MULTILINE)
    )
    limits = Limits()
    assert rows["members"] == f"{limits.members:,}"
    assert rows["bytes unpacked"] == f"{limits.total_bytes // 2**30} GiB"
    assert rows[f"one member, unpacked to packed, above {limits.ratio_from // MIB} MiB"] == f"{limits.ratio} : 1"
    assert (
        rows[f"the whole archive, unpacked to packed, above {limits.total_ratio_from // 2**30} GiB"]
        == f"{limits.ratio} : 1"
    )
    assert rows["archives within archives"] == f"{limits.depth} levels"
    assert (
        rows["an archive inside an archive (held in memory while looked into)"] == f"{limits.nested_bytes // MIB} MiB"
    )
    assert rows["a member list, or a member's header"] == f"{limits.directory_bytes // MIB} MiB"


def test_the_kinds_named_there_are_known():
    for word in ("DOCX", "XLSX", "PPTX", "ODT", "EPUB", "WACZ", "JAR", "APK"):
        assert word in PAGE
        assert kind_by_name(f"x.{word.lower()}")
