"""Names: shown as printable text, nothing lost."""

import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.collect.names import from_text, original, remarks_on, shown

BUDGET = settings(max_examples=50, deadline=None)
TRICKY = st.one_of(
    st.binary(max_size=40),
    st.text(max_size=20).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.lists(
        st.sampled_from(
            [b"\\", b"\\x", b"ff", b"\xff", b"\\u202e", "\u202e".encode(), "\u200c".encode(), b"/", "نا".encode()]
        )
    ).map(b"".join),
)


@BUDGET
@given(TRICKY)
def test_a_shown_name_gives_its_bytes_back(name):
    assert original(shown(name)) == name


@BUDGET
@given(TRICKY, TRICKY)
def test_two_names_never_look_the_same(first, second):
    assert (shown(first) == shown(second)) == (first == second)


@BUDGET
@given(TRICKY)
def test_a_shown_name_is_printable(name):
    text = shown(name)
    text.encode("utf-8")
    hidden = {one for one in text if unicodedata.category(one) in {"Cc", "Cs", "Co", "Cn", "Zl", "Zp"}}
    assert not hidden
    assert {one for one in text if unicodedata.category(one) == "Cf"} <= {"\u200c", "\u200d"}


@BUDGET
@given(TRICKY)
def test_text_of_the_operating_system_is_shown_like_its_bytes(name):
    assert from_text(name.decode("utf-8", "surrogateescape")) == shown(name)


@BUDGET
@given(st.text(st.characters(), max_size=20))
def test_text_with_lone_surrogates_is_shown_too(name):
    from_text(name).encode("utf-8")


def test_a_direction_override_is_shown_and_remarked():
    name = "invoice\u202efdp.exe".encode()
    assert shown(name) == "invoice\\u202efdp.exe"
    assert remarks_on(name) == ("right-to-left override in the name",)


def test_bytes_that_are_not_utf8_are_shown_and_remarked():
    assert shown(b"caf\xe9.txt") == "caf\\xe9.txt"
    assert remarks_on(b"caf\xe9.txt") == ("the name is not UTF-8; its bytes are shown escaped",)


def test_names_of_every_script_stay_as_they_are():
    for name in ("письмо.txt", "手紙 二.txt", "رسالة.pdf", "Ünlü ärger.doc", "नमस्ते.txt", "نامه\u200cها.pdf"):
        assert shown(name.encode()) == name
        assert remarks_on(name.encode()) == ()


def test_a_joiner_between_ascii_letters_is_shown():
    assert shown("pay\u200cpal".encode()) == "pay\\u200cpal"


def test_odd_paths_are_remarked():
    assert "name leads outside the archive" in remarks_on(b"../../etc/passwd")
    assert "name leads outside the archive" in remarks_on(b"a\\..\\..\\b")
    assert "name is an absolute path" in remarks_on(b"/etc/passwd")
    assert "name carries a drive letter" in remarks_on(b"C:\\Windows\\x")
    assert "control characters in the name" in remarks_on(b"a\0b")
    assert remarks_on(b"a..b/c...txt") == ()
