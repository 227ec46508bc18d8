"""Ours against code of others: python's sd-jwt both ways, pymerkle on roots and paths, ssh-keygen on keys."""

import json
import subprocess

import pymerkle
import pytest
import sd_jwt.verifier
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from jwcrypto.jwk import JWK
from sd_jwt.common import SDObj
from sd_jwt.holder import SDJWTHolder
from sd_jwt.issuer import SDJWTIssuer

from quoth.custody.signing import SigningKey
from quoth.seal import disclose_merkle
from quoth.seal.disclose import Present, commit, present
from quoth.seal.disclose_binding import Binding
from quoth.seal.disclose_cells import Salts, Table, TableRow, claim_names
from quoth.seal.disclose_jose import b64, key_line
from quoth.seal.disclose_terms import Assurance, Terms
from quoth.seal.disclose_verify import Expected, verify

AT = 1_935_565_200
ISSUER, HOLDER = Ed25519PrivateKey.from_private_bytes(bytes(32)), Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)


def raw(key):
    return key.public_key().public_bytes_raw()


def jwk(key, *, private=False):
    made = {"kty": "OKP", "crv": "Ed25519", "x": b64(raw(key))}
    return JWK.from_json(json.dumps({**made, "d": b64(key.private_bytes_raw())} if private else made))


def judge(public, signature, message):
    from quoth.case.disclosure import judge as judged

    return judged(public, signature, message)


def small_table(count=5):
    rows = tuple(
        TableRow(number=place + 2, cells=(f"2031-05-02 10:0{place % 10}", f"01632 96000{place % 10}"))
        for place in range(count)
    )
    return Table(names=claim_names(("Start", "Called"), 3), rows=rows)


def theirs_of(text, *, audience=None, nonce=None):
    checked = sd_jwt.verifier.SDJWTVerifier(text, lambda _issuer, _header: jwk(ISSUER), audience, nonce)
    return checked.get_verified_payload()


@pytest.fixture(name="eddsa_binding")
def _eddsa_binding(monkeypatch):
    monkeypatch.setattr(sd_jwt.verifier, "DEFAULT_SIGNING_ALG", "EdDSA")


@pytest.mark.usefixtures("eddsa_binding")
@pytest.mark.parametrize("decoys", [0, 3])
def test_theirs_verifies_ours(decoys):
    table, salts = small_table(), Salts(b"\x01" * 32)
    terms = Terms(issuer=raw(ISSUER), at=AT, assurance=Assurance.NOTARISED_COPY)
    text = commit(table, salts, terms, sign=ISSUER.sign, decoys=decoys)
    to = Present(binding=Binding(audience="A", nonce="n", at=AT), sign=ISSUER.sign, decoys=decoys)
    file = present(text, table, salts, {2: ("Called",), 4: ("Start", "row")}, to=to).decode()
    claims = theirs_of(file, audience="A", nonce="n")
    assert sorted(claims["rows"], key=len) == [{"Called": "01632 960000"}, {"Start": "2031-05-02 10:02", "row": 4}]
    ours = verify(file.encode(), Expected(judge=judge, at=AT, key=raw(ISSUER), audience="A", nonce="n"))
    assert ours.shown is not None
    assert ours.shown.claims["rows"] == claims["rows"]


plain = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(max_size=12)
    | st.floats(allow_nan=False, allow_infinity=False)
)
names = st.text(min_size=1, max_size=8).filter(
    lambda one: one not in ("_sd", "...", "_sd_alg", "cnf", "iat", "exp", "nbf")
)
keys = st.tuples(names, st.booleans())


def hidden(pairs):
    """An object whose keys may be hidden; of two keys of one name, one stays."""
    kept = {name: (hide, value) for (name, hide), value in pairs}
    return {SDObj(name) if hide else name: value for name, (hide, value) in kept.items()}


values = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner | inner.map(SDObj), max_size=4) | st.lists(st.tuples(keys, inner), max_size=4).map(hidden)
    ),
    max_leaves=12,
)
claims_of = st.lists(st.tuples(keys, values), max_size=4).map(hidden)


@settings(max_examples=40)
@given(claims_of, st.booleans())
def test_ours_verifies_theirs(claims, decoys):
    issued = SDJWTIssuer(claims, jwk(ISSUER, private=True), jwk(HOLDER), sign_alg="EdDSA", add_decoy_claims=decoys)
    text = issued.sd_jwt_issuance
    expected = Expected(judge=judge, at=AT, key=raw(ISSUER), typ="example+sd-jwt", bound=False)
    verdict = verify(text.encode(), expected)
    assert verdict.shown is not None, [one.grounds for one in verdict.findings]
    assert verdict.shown.claims == theirs_of(text)


@settings(max_examples=20)
@given(st.lists(st.booleans(), min_size=4, max_size=4))
def test_ours_verifies_their_presentations_with_a_key_binding(shown):
    claims = {SDObj(f"c{place}"): [SDObj("x"), place] for place in range(4)}
    issued = SDJWTIssuer(claims, jwk(ISSUER, private=True), jwk(HOLDER), sign_alg="EdDSA")
    holder = SDJWTHolder(issued.sd_jwt_issuance)
    chosen = {f"c{place}": [True, True] for place, one in enumerate(shown) if one}
    holder.create_presentation(chosen, "n", "A", jwk(HOLDER, private=True), sign_alg="EdDSA")
    text = holder.sd_jwt_presentation
    expected = Expected(judge=judge, at=2**34, key=raw(ISSUER), typ="example+sd-jwt", audience="A", nonce="n")
    verdict = verify(text.encode(), expected)
    assert verdict.shown is not None, [one.grounds for one in verdict.findings]
    assert {name: verdict.shown.claims[name] for name in chosen} == {name: ["x", int(name[1])] for name in chosen}
    assert verdict.shown.binding.audience == "A"


@pytest.mark.parametrize("count", [1, 2, 3, 8, 13])
def test_pymerkle_gives_our_root_and_accepts_our_paths(count):
    table, salts = small_table(count), Salts(b"\x02" * 32)
    chosen = {row.number: ("Called",) for row in table.rows}
    root, rows = disclose_merkle.proved_rows(table, salts, 0, chosen=chosen)
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    for row in rows:
        tree.append_entry(disclose_merkle.leaf_of(row.digests))
    assert tree.get_root() == root
    for row in rows:
        proof = tree.prove_inclusion(row.position + 1)
        pymerkle.verify_inclusion(tree.get_leaf(row.position + 1), root, proof)
        assert sorted(b64(one) for one in proof.path[1:]) == sorted(row.path)


def test_the_key_in_a_commitment_is_the_one_that_ssh_keygen_knows(tmp_path):
    key = SigningKey.from_seed(bytes(32))
    (tmp_path / "k.pub").write_text(key_line(key.public.raw) + "\n")
    said = subprocess.run(["ssh-keygen", "-lf", tmp_path / "k.pub"], capture_output=True, text=True, check=True).stdout
    assert key.public.fingerprint in said
    assert key_line(key.public.raw) == key.public.line
