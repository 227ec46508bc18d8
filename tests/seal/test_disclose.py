"""Committing and showing: what is hidden stays hidden, what is asked wrongly is refused, words say what is so."""

import base64
import copy
import dataclasses
import hashlib
import itertools
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.case.disclosure import judge
from quoth.errors import SealError
from quoth.record.finding import Outcome
from quoth.seal import disclose_jose as jose
from quoth.seal.disclose import Present, commit, present
from quoth.seal.disclose_binding import Binding
from quoth.seal.disclose_cells import ROW, Salts, Table, TableRow, claim_names, hidden_cells, places, revealed
from quoth.seal.disclose_jose import NotVerified
from quoth.seal.disclose_sdjwt import Digests, digests_in, reached, unpacked
from quoth.seal.disclose_terms import MOST_IN_JWT, Assurance, DisclosureStep, Terms
from quoth.seal.disclose_verify import Expected, verify
from quoth.seal.disclose_words import page

AT = 1_935_565_200
KEY = Ed25519PrivateKey.from_private_bytes(b"\x05" * 32)
RAW = KEY.public_key().public_bytes_raw()
TERMS = Terms(issuer=RAW, at=AT, assurance=Assurance.RESEARCHER_HELD)
TO = Present(binding=Binding(audience="The Gazette", nonce="n", at=AT), sign=KEY.sign)
HEADER = ("Start", "Caller", "Called")


def phone_table(count, *, first=0):
    rows = tuple(
        TableRow(
            number=place + 2,
            cells=(f"2031-05-02 {place % 24:02}:00", f"+44 7700 900{place + first:03}"[:15], "01632 960001"),
        )
        for place in range(count)
    )
    return Table(names=claim_names(HEADER), rows=rows)


def shown_of(file, **expected):
    known = {"judge": judge, "at": AT, "key": RAW, "audience": "The Gazette", "nonce": "n", **expected}
    return verify(file, Expected(**known))


@pytest.mark.parametrize(
    ("count", "decoys", "form"), [(1, 0, "sd"), (1000, 0, "sd"), (999, 1, "sd"), (1001, 0, "root"), (3, 998, "root")]
)
def test_rows_are_shown_as_written_up_to_the_limit_and_above_it(count, decoys, form):
    table, salts = phone_table(count), Salts(b"\x01" * 32)
    text = commit(table, salts, TERMS, sign=KEY.sign, decoys=decoys)
    wanted = {2: ("Caller", ROW)} if count == 1 else {2: ("Caller", ROW), 4: ("Called",)}
    file = present(text, table, salts, wanted, to=dataclasses.replace(TO, decoys=decoys))
    assert file.startswith(b"{") == (form == "root")
    shown = shown_of(file).shown
    assert shown is not None
    assert (shown.terms.rows, shown.terms.width, shown.terms.decoys) == (count + decoys, 4, decoys > 0)
    assert {row.number: dict(row.cells) for row in shown.rows}[2] == {"Caller": "+44 7700 900000"}
    assert len(shown.rows) == len(wanted)
    assert MOST_IN_JWT == 1000


@settings(max_examples=15)
@given(
    st.lists(
        st.lists(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=6), max_size=4).map(tuple),
        min_size=1,
        max_size=6,
    ),
    st.data(),
)
def test_any_cells_of_any_table_come_out_as_they_went_in(rows, data):
    table = Table(
        names=claim_names(("A", "A", "_sd"), 4),
        rows=tuple(TableRow(number=place + 1, cells=cells) for place, cells in enumerate(rows)),
    )
    salts = Salts(b"\x02" * 32)
    chosen = data.draw(
        st.dictionaries(
            st.integers(1, len(rows)),
            st.lists(st.sampled_from((ROW, *table.names)), min_size=1, unique=True).map(tuple),
            min_size=1,
        )
    )
    text = commit(table, salts, TERMS, sign=KEY.sign)
    shown = shown_of(present(text, table, salts, chosen, to=TO)).shown
    assert shown is not None
    found = sorted(((row.number, row.cells) for row in shown.rows), key=repr)
    want = []
    for number, names in chosen.items():
        cells = dict(zip(table.names, rows[number - 1], strict=False))
        told = tuple(sorted((name, cells.get(name)) for name in names if name != ROW))
        want.append((number if ROW in names else 0, told))
    assert found == sorted(want, key=repr)


def test_a_bare_hash_of_a_number_falls_and_ours_does_not():
    table, salts = phone_table(6, first=123), Salts(bytes(range(32)))
    guesses = [f"+44 7700 900{place:03}" for place in range(1000)] + [f"01632 960{place:03}" for place in range(1000)]
    guesses = list(itertools.islice(itertools.cycle(guesses), 0, 10_000))
    caller = table.rows[3].cells[1]
    bare = hashlib.sha256(caller.encode()).hexdigest()
    assert [one for one in set(guesses) if hashlib.sha256(one.encode()).hexdigest() == bare] == [caller]

    text = commit(table, salts, TERMS, sign=KEY.sign)
    file = present(text, table, salts, {5: ("Called",)}, to=TO).decode()
    opened = [revealed(one) for one in file.split("~")[1:-1]]
    seen = {one["..."] for one in jose.read_jws(text).payload["rows"]}
    seen |= {digest for one in opened if isinstance(one.value, dict) for digest in one.value["_sd"]}
    known_salts = ["", jose.b64(bytes(32)), jose.b64(bytes(16)), *(one.salt for one in opened)]
    tried = 0
    for guess in dict.fromkeys(guesses):
        for salt in known_salts:
            made = jose.b64(json.dumps([salt, "Caller", guess], separators=(",", ":")).encode())
            tried += 1
            assert jose.sha256_text(made) not in seen
        assert jose.b64(hashlib.sha256(guess.encode()).digest()) not in seen
    assert tried >= 10_000
    assert caller not in file
    assert base64.b64encode(caller.encode())[:12].decode() not in file
    assert all(jose.b64(salts.of("cell", row.number, 2)) not in file for row in table.rows)


def test_every_cell_has_a_salt_of_its_own_of_256_bits():
    table, salts = phone_table(50), Salts(b"\x03" * 32)
    found = [revealed(cell.disclosure).salt for row in table.rows for cell in hidden_cells(table, row, salts).values()]
    assert len(set(found)) == len(found) == 200
    assert all(len(jose.unb64(one)) == 32 for one in found)
    other = {cell.digest for row in table.rows for cell in hidden_cells(table, row, Salts(b"\x04" * 32)).values()}
    assert not other & {cell.digest for row in table.rows for cell in hidden_cells(table, row, salts).values()}


def test_the_order_of_the_rows_is_not_that_of_the_file():
    table = phone_table(40)
    one, two = (
        tuple(place.row.number for place in places(table, Salts(secret), 0)) for secret in (b"\x01" * 32, b"\x02" * 32)
    )
    assert sorted(one) == sorted(two) == [row.number for row in table.rows]
    assert len({one, two, tuple(sorted(one))}) == 3


def test_salts_are_not_shown_and_not_copied():
    salts = Salts(b"\x41" * 32)
    assert repr(salts) == "Salts(…)"
    with pytest.raises(SealError, match="not to be copied"):
        copy.copy(salts)
    with pytest.raises(SealError, match="not 32 bytes"):
        Salts(b"\x41" * 16)


def test_titles_become_names_that_differ():
    assert claim_names(("Start", "Start", "", "_sd", "...", "row", " B  number "), 8) == (
        "Start",
        "Start (2)",
        "column 3",
        "column 4",
        "column 5",
        "column 6",
        "B number",
        "column 8",
    )
    assert claim_names(("Start", "Start (2)", "Start")) == ("Start", "Start (2)", "Start (3)")


def test_what_cannot_be_committed_to_is_refused():
    salts = Salts(bytes(32))
    with pytest.raises(SealError, match="no rows"):
        commit(Table(names=("A",), rows=()), salts, TERMS, sign=KEY.sign)
    double = Table(names=("A",), rows=(TableRow(number=1, cells=("x",)), TableRow(number=1, cells=("y",))))
    with pytest.raises(SealError, match="one number"):
        commit(double, salts, TERMS, sign=KEY.sign)
    for decoys in (-1, 10**7):
        with pytest.raises(SealError, match="decoys"):
            commit(phone_table(1), salts, TERMS, sign=KEY.sign, decoys=decoys)


@pytest.mark.parametrize("count", [3, 1001])
def test_what_cannot_be_shown_is_refused(count):
    table, salts = phone_table(count), Salts(bytes(32))
    text = commit(table, salts, TERMS, sign=KEY.sign)
    for chosen, words in (
        ({}, "no row was chosen"),
        ({99_999: ("Called",)}, "no row 99999"),
        ({2: ("Colour",)}, "no such cells"),
        ({2: ()}, "no such cells"),
        ({2: ("Called", "Called")}, "no such cells"),
    ):
        with pytest.raises(SealError, match=words):
            present(text, table, salts, chosen, to=TO)
    other = Table(
        names=table.names, rows=(*table.rows[:-1], dataclasses.replace(table.rows[-1], cells=("x", "y", "z")))
    )
    for wrong in (other, dataclasses.replace(table, rows=table.rows[:-1])):
        with pytest.raises(SealError, match="not the one that was committed to"):
            present(text, wrong, salts, {2: ("Called",)}, to=TO)
    with pytest.raises(SealError, match="not the one that was committed to"):
        present(text, table, Salts(b"\x01" * 32), {2: ("Called",)}, to=TO)


def test_without_a_key_from_elsewhere_nobody_says_whose_it_is():
    table, salts = phone_table(2), Salts(bytes(32))
    file = present(commit(table, salts, TERMS, sign=KEY.sign), table, salts, {2: ("Called",)}, to=TO)
    verdict = shown_of(file, key=None, audience="", nonce="")
    told = [number for number, one in enumerate(verdict.findings, start=1) if one.outcome is Outcome.CANNOT_TELL]
    assert verdict.shown is not None
    assert told == [DisclosureStep.ISSUER, DisclosureStep.RECIPIENT]


def test_a_key_binding_may_be_too_old_or_end():
    table, salts = phone_table(2), Salts(bytes(32))
    text = commit(table, salts, dataclasses.replace(TERMS, until=AT + 900), sign=KEY.sign)
    to = dataclasses.replace(TO, binding=dataclasses.replace(TO.binding, until=AT + 600))
    file = present(text, table, salts, {2: ("Called",)}, to=to)
    assert shown_of(file, at=AT + 599, within=599).failed is None
    assert shown_of(file, at=AT + 599, within=598).failed is DisclosureStep.BINDING_TIME
    assert shown_of(file, at=AT + 600).failed is DisclosureStep.BINDING_TIME
    assert shown_of(file, at=AT + 900).failed is DisclosureStep.TIME
    shown = shown_of(file).shown
    assert "Holds until: 2031-05-" in page(shown_of(file))
    assert shown.terms.until == AT + 900


def test_a_signature_that_is_not_of_a_person_is_none():
    assert "relied on" in judge(b"\x01" + bytes(31), bytes(64), b"text")
    with pytest.raises(SealError, match="must be known"):
        verify(b"x", Expected(judge=judge, at=AT, typ="example+sd-jwt"))


def test_the_page_says_what_is_shown_and_what_is_not():
    table = Table(
        names=("A\x1b[2J", "B"),
        rows=(TableRow(number=2, cells=("x\x07\u202ey",)), TableRow(number=3, cells=("u", "v"))),
    )
    salts = Salts(bytes(32))
    terms = dataclasses.replace(TERMS, assurance=Assurance.CLAIMED_NOT_HELD, complete=False)
    text = commit(table, salts, terms, sign=KEY.sign, decoys=2)
    file = present(text, table, salts, {2: ("A\x1b[2J", "B"), 3: (ROW,)}, to=dataclasses.replace(TO, decoys=2))
    said = page(shown_of(file))
    assert "\x1b" not in said
    assert "\u202e" not in said
    for words in (
        "Made for: The Gazette",
        "of at most 4 in the table",
        "may be decoys",
        "was longer than could be read",
        "row 3 of the file; 2 of its 3 cells are withheld",
        "(the row has no such cell)",
        "claimed-not-held",
        "that the telephone company made the table",
        " 18. holds",
    ):
        assert words in said
    refused = page(shown_of(file[:-1] + b"A"))
    assert "REFUSED" in refused
    assert "Made for" not in refused
    foreign = jose.sign_jws({"a": 1}, typ="x", sign=KEY.sign).encode() + b"~"
    verdict = verify(foreign, Expected(judge=judge, at=AT, key=RAW, typ="x", bound=False))
    assert verdict.shown.claims == {"a": 1}
    assert "It is no table" in page(verdict)
    unbound = file[: file.rindex(b"~") + 1]
    assert shown_of(unbound).failed is DisclosureStep.BOUND
    assert "Made for nobody in particular" in page(shown_of(unbound, bound=False))


@pytest.mark.parametrize(
    "data",
    [
        b"\xff",
        b"{",
        b'{"a":1,"a":2}',
        b"NaN",
        b"1e999",
        b'"\\ud800"',
        b"[" * 40 + b"]" * 40,
        b"[" * 100_000,
        b"9" * 5000,
    ],
)
def test_json_that_leaves_a_doubt_is_refused(data):
    with pytest.raises(NotVerified):
        jose.read_json(data)


@pytest.mark.parametrize("text", ["YQ==", "YR", "A", "a+b/", "a b", "é", 7, None])
def test_base64url_has_one_writing(text):
    with pytest.raises(NotVerified):
        jose.unb64(text)


@pytest.mark.parametrize(
    "line", ["", "ssh-ed25519", "ssh-ed25519 é", "ssh-rsa AAAA", jose.key_line(bytes(32))[:-4], None]
)
def test_a_line_that_names_no_key(line):
    with pytest.raises(NotVerified):
        jose.key_in_line(line)


@pytest.mark.parametrize(
    "jwk", [None, {}, {"kty": "OKP", "crv": "Ed25519", "x": "AAAA"}, {**jose.jwk_of(bytes(32)), "d": "x"}]
)
def test_a_jwk_that_holds_no_public_key(jwk):
    with pytest.raises(NotVerified):
        jose.key_in_jwk(jwk)


def test_a_digest_that_is_reached_twice_is_followed_once():
    assert reached(Digests(claims=("a", "a"), elements=("b",)), {"a": Digests(claims=(), elements=("b",))}.get) == {
        "a",
        "b",
    }


def test_disclosures_that_lead_too_deep_are_refused():
    value, shown = "end", {}
    for number in range(40):
        text = jose.b64(json.dumps([str(number), value]).encode())
        shown[jose.sha256_text(text)] = revealed(text)
        value = [{"...": jose.sha256_text(text)}]
    assert digests_in(value).elements
    with pytest.raises(NotVerified, match="too many times"):
        unpacked({"rows": value}, shown)
