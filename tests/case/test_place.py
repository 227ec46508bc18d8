"""The place of a dossier: nothing of anybody else is ever replaced."""

import json

import pytest

from quoth.case.place import refuse_foreign, take_place
from quoth.errors import PublishError


@pytest.fixture
def roots(tmp_path):
    case, target = tmp_path / "case", tmp_path / "dossier"
    case.mkdir()
    return case, target


def ours(target, *names):
    target.mkdir()
    files = [{"path": name} for name in names]
    (target / "manifest.json").write_text(json.dumps({"log_size": 1, "log_head": "x", "made_at": "", "files": files}))
    (target / "SHA256SUMS").touch()
    for name in names:
        (target / name).parent.mkdir(exist_ok=True)
        (target / name).write_text(name)


def test_a_dossier_of_ours_an_empty_folder_and_nothing_may_be_replaced(roots):
    case, target = roots
    refuse_foreign(case, target)
    ours(target, "index.html", "texts/a.txt")
    refuse_foreign(case, target)
    (case / "draft").mkdir()
    refuse_foreign(case, case / "draft")


@pytest.mark.parametrize("strange", ["notes.txt", "texts/mine.txt", ".git"])
def test_a_dossier_with_a_file_of_somebody_else_is_kept(roots, strange):
    case, target = roots
    ours(target, "index.html", "texts/a.txt")
    (target / strange).touch()
    with pytest.raises(PublishError, match="it holds"):
        refuse_foreign(case, target)


@pytest.mark.parametrize("text", ['{"name": "an app"}', "[]", "nonsense", '{"files": 3, "log_size": 1}', "3"])
def test_another_manifest_does_not_make_a_folder_ours(roots, text):
    case, target = roots
    target.mkdir()
    (target / "manifest.json").write_text(text)
    with pytest.raises(PublishError, match="not one of our dossiers"):
        refuse_foreign(case, target)


def test_a_file_and_the_inside_of_the_case_are_refused(roots, tmp_path):
    case, _ = roots
    (tmp_path / "file").touch()
    with pytest.raises(PublishError, match="is a file"):
        refuse_foreign(case, tmp_path / "file")
    for inside in (case, case / "log" / "x", case / "draft" / "x"):
        with pytest.raises(PublishError, match="lies in the case"):
            refuse_foreign(case, inside)


def test_the_one_before_comes_back_when_the_new_one_cannot_take_its_place(roots):
    case, target = roots
    ours(target, "index.html")
    with pytest.raises(OSError, match="missing"):
        take_place(case, target.with_name("missing"), target)
    assert (target / "index.html").read_text() == "index.html"
    assert sorted(one.name for one in case.parent.iterdir()) == ["case", "dossier"]


def test_the_new_one_takes_the_place_of_the_old_one(roots):
    case, target = roots
    ours(target, "index.html")
    ours(target.with_name("new"), "other.html")
    take_place(case, target.with_name("new"), target)
    assert sorted(one.name for one in target.iterdir()) == ["SHA256SUMS", "manifest.json", "other.html"]
    assert sorted(one.name for one in case.parent.iterdir()) == ["case", "dossier"]
