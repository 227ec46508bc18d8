"""The package's source as the house rules see it."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "quoth"
ROOMS = (
    "collect",
    "custody",
    "seal",
    "read",
    "attribute",
    "resolve",
    "verify",
    "weigh",
    "publish",
    "case",
    "engine",
    "cli",
    "desk",
    "demo",
)


@cache
def modules() -> tuple[Path, ...]:
    found = tuple(sorted(SOURCE.rglob("*.py")))
    assert len(found) > 100, "the package's source was not found"
    return found


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def is_migration(path: Path) -> bool:
    return "migrations" in path.parts and path.name != "__init__.py"
