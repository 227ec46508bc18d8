"""Writes the pages that are made from the code: schemas, glossary, command line."""

import argparse
import dataclasses
import importlib
import inspect
import json
import keyword
import re
import sys
import textwrap
import typing
from pathlib import Path

from quoth.cli.main import CHAPTERS
from quoth.record import kinds, wire
from quoth.record.schema import schema_of

HERE = Path(__file__).resolve().parent


def schemas() -> dict[str, str]:
    """One JSON Schema file a record."""
    return {
        f"formats/{kind}.schema.json": json.dumps(schema_of(cls), ensure_ascii=False, indent=1, sort_keys=False) + "\n"
        for kind, cls in sorted(wire.kinds_by_name().items())
    }


def _type_words(hint: object) -> str:
    words = str(hint) if not isinstance(hint, type) else hint.__name__
    return re.sub(r"quoth\.[a-z_.]+\.|typing\.|<class '|'>", "", words).replace("|", "or")


def glossary() -> str:
    """Every record with its fields, and the example that its module gives."""
    lines = [
        "# Glossary",
        "",
        "What a case is made of. One meaning a word; code, pages and screens use these words.",
        "This page is made from the records by `make docs`; a test compares it.",
        "",
    ]
    for cls in sorted(typing.get_args(kinds.Record), key=lambda one: one.__name__):
        lines += [f"## {cls.__name__}", "", " ".join(inspect.getdoc(cls).split()), ""]
        lines += [
            f"On the wire: `{wire.kind_of(cls)}` · schema: [`{wire.kind_of(cls)}.schema.json`](formats/{wire.kind_of(cls)}.schema.json)",
            "",
        ]
        lines += ["| field | type | may be left out |", "| --- | --- | --- |"]
        hints = typing.get_type_hints(cls)
        lines += [
            f"| `{one.name}` | {_type_words(hints[one.name])} | {'no' if one.default is dataclasses.MISSING else 'yes'} |"
            for one in dataclasses.fields(cls)
        ]
        module = inspect.getdoc(sys.modules[cls.__module__]) or ""
        _, _, example = module.partition("Example::")
        if example.strip() and cls.__name__ in example:
            lines += ["", "```python", textwrap.dedent(example).strip("\n"), "```"]
        lines.append("")
    return "\n".join(lines)


def command_line() -> str:
    """Every verb with its help."""
    lines = ["# Command line", "", "This page is made from the verbs by `make docs`; a test compares it.", ""]
    lines += ["Exit codes: 0 done, 1 a check failed, 2 used wrongly, 3 could not check. Every verb takes `--json`.", ""]
    for chapter, verbs in CHAPTERS:
        lines += [f"## {chapter}", ""]
        for name, what, example in verbs:
            module = importlib.import_module(f"quoth.cli.{name}{'_' * keyword.iskeyword(name)}")
            parser = argparse.ArgumentParser(prog=f"quoth {name}", add_help=False, formatter_class=_Formatter)
            module.options(parser)
            lines += [f"### quoth {name}", "", f"{what[0].upper()}{what[1:]}.", "", f"    $ {example}", ""]
            lines += ["```text", parser.format_help().strip(), "```", ""]
    return "\n".join(lines)


class _Formatter(argparse.HelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=100)


def made() -> dict[str, str]:
    """Every page that is made from the code, by its path below docs/."""
    return {**schemas(), "glossary.md": glossary(), "cli.md": command_line()}


if __name__ == "__main__":
    for path, text in made().items():
        (HERE / path).parent.mkdir(exist_ok=True)
        (HERE / path).write_text(text, encoding="utf-8")
    print(f"{len(made())} pages written below {HERE.name}/")
