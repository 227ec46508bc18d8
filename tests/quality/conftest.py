"""The demo case is built once, also when several workers ask for it."""

import os

import pytest

from quality import demo_case


@pytest.fixture(scope="session")
def demo_root(tmp_path_factory):
    base = tmp_path_factory.getbasetemp()
    root = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "demo-quality"
    demo_case.build(root)
    return root


@pytest.fixture(scope="session")
def demo(demo_root):
    return demo_case.load(demo_root / "demo-case")
