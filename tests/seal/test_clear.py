"""Clearing a draft: what is refused, what is left out, and that nobody else makes a Release."""

import ast
import dataclasses
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import quoth
from golden.make_release import MADE_AT, parts, release
from quoth.errors import SealError
from quoth.record import wire
from quoth.record.custody import CaseNote, ObjectRef
from quoth.record.exhibit import Exhibit, ExhibitStatus, Provenance
from quoth.record.release import Release, ReleasedMedia, ReleasedRecords, ReleasedText, ReleaseKind
from quoth.record.rendition import Rendition, RenditionKind
from quoth.record.statement import Act, Form, SourceType, Statement
from quoth.seal.clear import clear_draft
from quoth.terms.anchor import extract
from quoth.terms.digest import Digest, digest_of

HEAD = digest_of(b"log head")
SEALED = "sealed:" + "ab" * 32
PACKAGE = Path(quoth.__file__).parent


def clear(records=None, *, case=None, texts=None, media=None, made_at=MADE_AT, log=(3, HEAD)):
    note, held, words, files = parts()
    return clear_draft(
        case or note,
        held if records is None else records,
        texts=words if texts is None else texts,
        media=files if media is None else media,
        made_at=made_at,
        log=log,
    )


def changed(**fields):
    return dataclasses.replace(parts()[1], **fields)


def test_a_draft_is_a_draft():
    made = release()
    assert (made.kind, made.number, made.made_at, made.log_size) == (ReleaseKind.DRAFT, 0, MADE_AT, 212)
    assert wire.from_bytes(wire.to_bytes(made)) == made


def makers_of_release(path: Path) -> list[str]:
    """Places in a module that could make a Release: calls of its name, and new names for it."""
    tree = ast.parse(path.read_text())
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if called == "Release":
                found.append(f"{path.name}:{node.lineno}")
        if isinstance(node, ast.ImportFrom) and any(one.name == "Release" and one.asname for one in node.names):
            found.append(f"{path.name}:{node.lineno} renames it")
    return found


def test_only_clear_makes_a_release():
    makers = {path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py") if makers_of_release(path)}
    assert makers == {"seal/clear.py"}


def test_the_search_for_makers_would_find_one(tmp_path):
    planted = tmp_path / "planted.py"
    planted.write_text("from quoth.record import release\nx = release.Release(kind=1)\n")
    assert makers_of_release(planted) == ["planted.py:2"]


def everything(value) -> str:
    return wire.to_bytes(value).decode()


@pytest.mark.parametrize(
    "secret",
    [
        "A friend of the house",
        "left at the door",
        "do not call",
        "from-a-friend",
        "Hidden Author",
        "A translator in danger",
        "R. Viewer",
        "S. Econd",
        "seen on paper",
        "+447700900461",
        "+44 7700 900461",
        "+447700900999",
        "recordings/",
    ],
)
def test_what_readers_must_not_see_is_left_out(secret):
    assert secret in str(parts()), "the fixture no longer holds the secret"
    assert secret not in everything(release())


def test_a_person_known_only_from_the_telephone_file_is_left_out():
    held = {one.id for one in parts()[1].parties} - {one.id for one in release().records.parties}
    assert len(held) == 1


def test_only_rows_that_a_comparison_names_are_released_and_without_cells():
    rows = release().records.call_records
    assert [(one.row, one.cells, one.caller.as_written, one.callee.as_written) for one in rows] == [
        (2, (), "+••••••••••61", "+441632960114")
    ]


def test_what_is_published_of_a_provenance():
    made = release().records.exhibits[0].provenances
    assert made == (
        Provenance(
            name_as_given="lantern-2031-03-04.html", received_at="2031-04-30T08:15:00Z", outlet="The Sarrow Lantern"
        ),
    )


def test_the_covert_caller_stays_described():
    caller = release().records.calls[0].parties[0]
    assert (caller.party, caller.described, caller.number_as_said) == ("", "covert caller", "+•• •••• ••••61")


def test_a_parent_that_is_not_released_is_not_named():
    exhibits = (dataclasses.replace(parts()[1].exhibits[0], parent="x-0000000000000000"), *parts()[1].exhibits[1:])
    assert clear(changed(exhibits=exhibits)).records.exhibits[0].parent == ""


def test_a_table_is_not_quoted_even_when_it_holds_no_call_record():
    made = clear(changed(call_records=(), call_matches=()))
    assert "900461" not in everything(made)


def test_the_text_of_a_telephone_file_is_not_quoted_under_any_kind():
    records = parts()[1]
    renditions = tuple(
        dataclasses.replace(one, kind=RenditionKind.TEXT) if one.kind is RenditionKind.TABLE else one
        for one in records.renditions
    )
    assert "900461" not in everything(clear(changed(renditions=renditions)))


def test_a_claim_made_only_in_a_withheld_text_is_left_out():
    data = b"secret: the clerk did it"
    file = Exhibit(id="x-1", status=ExhibitStatus.HELD, title="m", digest=digest_of(b"file"))
    meta = Rendition(
        of=file.digest,
        kind=RenditionKind.METADATA,
        content=digest_of(data),
        media_type="text/plain",
        tool="t",
        version="1",
    )
    said = Statement(
        id="s-1", rendition=meta.content, passage="", source=(), cue=(extract(data.decode(), 0, 6),), content=(),
        act=Act.SAY, form=Form.INDIRECT, source_type=SourceType.NONE, confidence=1, reason="r",
    )  # fmt: skip
    claim = dataclasses.replace(
        parts()[1].claims[0], stances=(dataclasses.replace(parts()[1].claims[0].stances[0], statement="s-1"),)
    )
    made = clear_draft(
        CaseNote(title="x"), ReleasedRecords(exhibits=(file,), renditions=(meta,), statements=(said,), claims=(claim,)),
        texts=(ReleasedText(content=meta.content, text=data.decode()),), media=(), made_at=MADE_AT, log=(1, HEAD),
    )  # fmt: skip
    assert (made.texts, made.records.statements, made.records.claims) == ((), (), ())


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("exhibits", {"title": f"letter {SEALED}"}),
        ("exhibits", {"parent": SEALED}),
        ("statements", {"place": SEALED}),
        ("parties", {"reason": f"see {SEALED} there"}),
        ("findings", {"subject": SEALED}),
        ("requests", {"asked_by": SEALED}),
    ],
)
def test_a_sealed_name_anywhere_is_refused_with_its_path(field, change):
    held = getattr(parts()[1], field)
    spoilt = (*held[:-1], dataclasses.replace(held[-1], **change))
    with pytest.raises(
        SealError, match=rf"records\.{field}\[{len(held) - 1}\]\.{next(iter(change))}: it names something sealed"
    ):
        clear(changed(**{field: spoilt}))


def test_a_sealed_name_in_the_question_or_a_text_is_refused():
    with pytest.raises(SealError, match=r"case\.question"):
        clear(case=CaseNote(title="x", question=SEALED))
    with pytest.raises(SealError, match=r"texts\[0\]\.text"):
        clear(texts=(ReleasedText(content=digest_of(SEALED.encode()), text=SEALED),))


def test_a_place_in_the_log_is_refused_wherever_it_hides():
    with pytest.raises(SealError, match="ObjectRef may not be released"):
        clear(changed(exhibits=(ObjectRef(sealed=SEALED),)))
    hidden = dataclasses.replace(parts()[1].exhibits[0], provenances=(ObjectRef(digest=HEAD),))
    with pytest.raises(SealError, match="a place in the log is not for release"):
        clear(changed(exhibits=(hidden,)))


def test_a_text_that_belongs_to_nothing_is_refused():
    with pytest.raises(SealError, match=r"texts\[0\]: .* belongs to no exhibit"):
        clear(texts=(ReleasedText(content=digest_of(b"stray"), text="stray"),))


def test_a_file_that_belongs_to_nothing_is_refused():
    with pytest.raises(SealError, match=r"media\[0\]: .* belongs to no exhibit"):
        clear(media=(ReleasedMedia(content=digest_of(b"stray"), name="s", media_type="image/png", base64="c3RyYXk="),))


def test_a_text_of_an_exhibit_left_out_is_refused():
    records = parts()[1]
    with pytest.raises(SealError, match="belongs to no exhibit"):
        clear(changed(exhibits=records.exhibits[1:]))


def test_words_other_than_the_digest_says_are_refused():
    words = parts()[2]
    with pytest.raises(SealError, match="its words are not those"):
        clear(texts=(dataclasses.replace(words[0], text=words[0].text + " "), *words[1:]))


def test_bytes_other_than_the_digest_says_are_refused():
    files = parts()[3]
    with pytest.raises(SealError, match="its bytes are not those"):
        clear(media=(dataclasses.replace(files[0], base64=files[1].base64),))
    with pytest.raises(SealError, match="not base64"):
        clear(media=(dataclasses.replace(files[0], base64="§§"),))


def test_the_telephone_file_itself_is_refused():
    rows = next(one for one in parts()[1].exhibits if one.title == "calls.csv")
    data = "U3RhcnQ7RnJvbTtUbwowMy8wMy8zMSAxMDozMTsrNDQ3NzAwOTAwNDYxOys0NDE2MzI5NjAxMTQK"
    with pytest.raises(SealError, match="not for a dossier"):
        clear(media=(ReleasedMedia(content=rows.digest, name="c", media_type="text/csv", base64=data),))


@pytest.mark.parametrize(
    "made_at", ["2031-05-02", "2031-05-02T09:00:00+02:00", "2031-13-02T09:00:00Z", "", "yesterday"]
)
def test_an_instant_must_be_one(made_at):
    with pytest.raises(SealError):
        clear(made_at=made_at)


@pytest.mark.parametrize("log", [(-1, HEAD), (1, Digest("sha256:1")), (1, Digest(""))])
def test_a_place_in_the_log_must_be_one(log):
    with pytest.raises(SealError):
        clear(log=log)


def test_refusing_makes_nothing_and_says_what_to_do():
    with pytest.raises(SealError) as caught:
        clear(case=CaseNote(title=SEALED))
    assert caught.value.hint


@settings(max_examples=40, deadline=None)
@given(given_by=st.text(min_size=3, max_size=30), note=st.text(min_size=3, max_size=30))
def test_no_giver_and_no_note_ever_leaves(given_by, note):
    exhibit = Exhibit(
        id="x-1",
        status=ExhibitStatus.HELD,
        title="t",
        digest=HEAD,
        provenances=(Provenance(name_as_given="n", received_at="", given_by="g#" + given_by, note="n#" + note),),
    )
    made = clear_draft(
        CaseNote(title="x"), ReleasedRecords(exhibits=(exhibit,)), texts=(), media=(), made_at=MADE_AT, log=(1, HEAD)
    )
    assert made.records.exhibits[0].provenances == (Provenance(name_as_given="n", received_at=""),)


def test_the_room_imports_in_a_bare_interpreter():
    code = "import sys, quoth.seal.clear; print(sorted(m for m in sys.modules if m.startswith('quoth.')))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "quoth.publish" not in loaded
    assert "quoth.custody" not in loaded
    assert Release.__module__ == "quoth.record.release"
