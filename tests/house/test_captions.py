"""Captions: a module opens with one sentence of at most twelve words."""

import ast

from house.house import functions, is_migration, modules, name, tree


def test_every_module_opens_with_a_caption():
    faults = []
    for path in modules():
        if is_migration(path):
            continue
        text = ast.get_docstring(tree(path))
        if not text:
            faults.append(f"{name(path)}: no caption")
            continue
        caption = text.split("\n\n")[0].replace("\n", " ")
        sentence = caption.split(". ")[0]
        if len(sentence.split()) > 12:
            faults.append(f"{name(path)}: {len(sentence.split())} words: {sentence}")
        if not caption.endswith((".", ".)", ":")):
            faults.append(f"{name(path)}: the caption does not end: {caption[-30:]}")
    assert not faults, "\n".join(faults)


def test_everything_public_is_described():
    bare = []
    for path in modules():
        if is_migration(path):
            continue
        for node in tree(path).body:
            if (
                isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
                and not node.name.startswith("_")
                and not ast.get_docstring(node)
            ):
                bare.append(f"{name(path)}:{node.lineno} {node.name}")
    assert not bare, "\n".join(bare)


def test_every_function_is_annotated():
    bare = []
    for path in modules():
        if is_migration(path):
            continue
        for function in functions(path):
            spec = function.args
            wanting = [
                one.arg
                for one in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs)
                if one.annotation is None and one.arg not in ("self", "cls")
            ]
            if wanting or function.returns is None:
                bare.append(f"{name(path)}:{function.lineno} {function.name}")
    assert not bare, "\n".join(bare)


def test_every_module_names_what_it_offers():
    silent = []
    for path in modules():
        if path.name in ("__init__.py", "__main__.py") or is_migration(path):
            continue
        public = [
            node.name
            for node in tree(path).body
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        ]
        names = {
            target.id
            for node in tree(path).body
            if isinstance(node, ast.Assign)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        if public and "__all__" not in names:
            silent.append(name(path))
    assert not silent, "no __all__:\n" + "\n".join(silent)
