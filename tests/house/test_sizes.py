"""Sizes: files, functions, arguments, and names that hide what is inside."""

import ast

from house.house import functions, is_migration, modules, name

FILE = 400
RECORD_FILE = 200
FUNCTION = 60
USUAL_FUNCTION = 40
ARGUMENTS = 6
VERB_FILE = 120
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base"}


def test_no_file_is_too_long():
    long = []
    for path in modules():
        lines = len(path.read_text(encoding="utf-8").splitlines())
        bar = RECORD_FILE if path.parent.name == "record" and path.name != "wire.py" else FILE
        bar = VERB_FILE if path.parent.name == "cli" and path.name not in ("main.py", "screen.py") else bar
        if lines > bar:
            long.append(f"{name(path)}: {lines} lines, at most {bar}")
    assert not long, "\n".join(long)


def test_no_function_is_too_long():
    sizes = []
    long = []
    for path in modules():
        if is_migration(path):
            continue
        for function in functions(path):
            size = (function.end_lineno or 0) - function.lineno + 1
            sizes.append(size)
            if size > FUNCTION:
                long.append(f"{name(path)}:{function.lineno} {function.name}: {size} lines")
    assert not long, "\n".join(long)
    sizes.sort()
    assert sizes[int(len(sizes) * 0.95)] <= USUAL_FUNCTION


def test_no_function_takes_too_much():
    wide = []
    for path in modules():
        for function in functions(path):
            spec = function.args
            own = [one.arg for one in (*spec.posonlyargs, *spec.args) if one.arg not in ("self", "cls")]
            if len(own) + len(spec.kwonlyargs) > ARGUMENTS:
                wide.append(f"{name(path)}:{function.lineno} {function.name}")
    assert not wide, "more than six arguments:\n" + "\n".join(wide)


def test_no_module_hides_behind_a_vague_name():
    assert not [name(path) for path in modules() if path.stem in VAGUE]


def test_nothing_catches_everything_but_the_fence():
    broad = []
    for path in modules():
        if path.parent.name == "case" and path.stem.startswith("fence"):
            continue
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.ExceptHandler):
                caught = node.type
                names = [caught] if not isinstance(caught, ast.Tuple) else caught.elts
                if caught is None or any(
                    isinstance(one, ast.Name) and one.id in ("Exception", "BaseException") for one in names
                ):
                    broad.append(f"{name(path)}:{node.lineno}")
    assert not broad, "\n".join(broad)


def test_no_assert_in_the_product():
    found = [
        f"{name(path)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Assert)
    ]
    assert not found, "\n".join(found)


def _tree(path):
    from house.house import tree

    return tree(path)
