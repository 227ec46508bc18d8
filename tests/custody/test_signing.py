"""Keys, notes and SSH signatures: ours by others' tools, theirs by ours."""

import base64
import copy
import pickle
import random
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custody.foreign import ssh_sign_with, ssh_verify
from quoth.custody.note import NoteKey, note_fault, note_name, parse_note, sign_note
from quoth.custody.signing import PublicKey, SigningKey, read_key
from quoth.custody.sshsig import allowed_signers, parse_sshsig, ssh_sign, sshsig_fault
from quoth.errors import CustodyError

ADA = SigningKey.from_seed(b"a" * 32)
BEA = SigningKey.from_seed(b"b" * 32)
NAME = note_name(ADA.public)
TEXT = b"quoth-case/00\n7\nAAAA\n"
SMALL_ORDER = [
    "00" * 32,
    "01" + "00" * 31,
    "ec" + "ff" * 30 + "7f",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
]


def known(key=ADA):
    return NoteKey(name=note_name(key.public), public=key.public)


def test_go_opens_our_notes_and_we_open_theirs(go_sumdb):
    seed = base64.b64encode(b"\x01" + b"a" * 32).decode()
    skey = f"PRIVATE+KEY+{NAME}+{known().id.hex()}+{seed}"
    assert go_sumdb.ask("open", note=sign_note(TEXT, NAME, ADA).decode(), vkeys=[known().vkey]) == (TEXT.decode(), "")
    theirs, fault = go_sumdb.ask("sign", skey=skey, text=TEXT.decode())
    assert fault == ""
    assert theirs.encode() == sign_note(TEXT, NAME, ADA)
    assert NoteKey.from_vkey(known().vkey) == known()
    _, fault = go_sumdb.ask("open", note=sign_note(TEXT, NAME, ADA).decode(), vkeys=[known(BEA).vkey])
    assert fault


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60))
def test_any_text_without_control_characters_is_signed_and_opened(go_sumdb, text):
    data = (text + "\n").encode()
    if any(ord(one) < 32 and one != "\n" for one in text) or not text.strip("\n"):
        with pytest.raises(CustodyError):
            sign_note(data, NAME, ADA)
        return
    note = sign_note(data, NAME, ADA)
    assert parse_note(note).text == data
    assert note_fault(note, known()) == ""
    assert note_fault(note, known(BEA)) != ""
    assert go_sumdb.ask("open", note=note.decode(), vkeys=[known().vkey]) == (data.decode(), "")


def test_every_flipped_bit_of_a_note_is_refused():
    note = sign_note(TEXT, NAME, ADA)
    for bit in range(len(note) * 8):
        data = bytearray(note)
        data[bit // 8] ^= 1 << bit % 8
        assert note_fault(bytes(data), known()) != "", bit


def test_every_flipped_bit_of_an_ssh_signature_is_refused():
    armor = ssh_sign(TEXT, ADA)
    for bit in range(len(armor) * 8):
        data = bytearray(armor)
        data[bit // 8] ^= 1 << bit % 8
        assert sshsig_fault(bytes(data), TEXT, key=ADA.public) != "", bit


def test_ssh_keygen_accepts_our_signature_and_refuses_others(tmp_path):
    signers = allowed_signers([("Ada of the harbour", ADA.public), ("bea", BEA.public)])
    armor = ssh_sign(TEXT, ADA)
    assert ssh_verify(tmp_path, TEXT, armor, signers, name="Ada of the harbour") == ""
    assert ssh_verify(tmp_path, TEXT + b"x", armor, signers, name="Ada of the harbour") != ""
    assert ssh_verify(tmp_path, TEXT, armor, signers, name="bea") != ""
    assert ssh_verify(tmp_path, TEXT, ssh_sign(TEXT, ADA, namespace="git"), signers, name="bea") != ""


@pytest.mark.parametrize("name", ["", "a*", "a,b", 'a"b', "!a", "a\nb", "a?", "a\\b"])
def test_a_name_that_means_more_than_itself_is_no_signer(name):
    with pytest.raises(CustodyError):
        allowed_signers([(name, ADA.public)])


def test_we_accept_what_ssh_keygen_signs(tmp_path):
    file = tmp_path / "ada"
    file.write_bytes(ADA.unsealed_file())
    file.chmod(0o600)
    armor = ssh_sign_with(tmp_path, file, TEXT)
    assert sshsig_fault(armor, TEXT, key=ADA.public) == ""
    assert armor == ssh_sign(TEXT, ADA)
    assert sshsig_fault(armor, TEXT, key=BEA.public).startswith("the signature is by another key")
    other = ssh_sign_with(tmp_path, file, TEXT, namespace="git")
    assert "is for 'git'" in sshsig_fault(other, TEXT, key=ADA.public)
    assert parse_sshsig(armor).hash_name == "sha512"


def test_key_files_are_openssh_s_own(tmp_path):
    file = tmp_path / "ada"
    file.write_bytes(ADA.unsealed_file())
    file.chmod(0o600)
    said = subprocess.run(["ssh-keygen", "-y", "-f", file], capture_output=True, check=True, text=True).stdout
    assert said.strip() == ADA.public.line
    said = subprocess.run(["ssh-keygen", "-l", "-f", file], capture_output=True, check=True, text=True).stdout
    assert said.split()[1] == ADA.public.fingerprint
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "mine", "-f", tmp_path / "new"], check=True)
    made = read_key((tmp_path / "new").read_bytes())
    assert PublicKey.from_line((tmp_path / "new.pub").read_text()) == made.public


def test_a_wrapped_key_opens_with_its_passphrase_alone():
    wrapped = ADA.wrapped_file("three plain words")
    assert wrapped.startswith(b"age-encryption.org/v1\n-> scrypt ")
    assert read_key(wrapped, "three plain words").public == ADA.public
    for wrong in ("", "three plain word"):
        with pytest.raises(CustodyError) as told:
            read_key(wrapped, wrong)
        assert "plain" not in told.value.diagnostics()
    with pytest.raises(CustodyError):
        ADA.wrapped_file("")


def test_other_keys_are_refused_in_one_line(tmp_path):
    for kind in ("rsa", "ecdsa"):
        file = tmp_path / kind
        subprocess.run(["ssh-keygen", "-q", "-t", kind, "-N", "", "-f", file], check=True)
        with pytest.raises(CustodyError, match="Ed25519"):
            read_key(file.read_bytes())
        with pytest.raises(CustodyError):
            PublicKey.from_line((tmp_path / f"{kind}.pub").read_text())
    file = tmp_path / "locked"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "secret", "-f", file], check=True)
    for passphrase in ("", "secret"):
        with pytest.raises(CustodyError, match="OpenSSH's own passphrase"):
            read_key(file.read_bytes(), passphrase)
    for junk in (b"", b"junk", b"\xff" * 40, ADA.unsealed_file()[:200]):
        with pytest.raises(CustodyError):
            read_key(junk)


def test_a_key_shows_nothing_of_itself():
    secret = ADA.unsealed_file().split(b"\n")[2].decode()
    assert secret not in repr(ADA)
    assert repr(ADA) == f"SigningKey({ADA.public.fingerprint})"
    for carry in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(CustodyError):
            carry(ADA)


@pytest.mark.parametrize("raw", SMALL_ORDER)
def test_keys_of_small_order_are_refused(raw):
    for sign in (0, 0x80):
        data = bytearray.fromhex(raw)
        data[31] = data[31] & 0x7F | sign
        with pytest.raises(CustodyError):
            PublicKey.of(bytes(data))


def test_a_key_of_small_order_would_fit_any_text_elsewhere():
    """Why they are refused: the library below us takes one signature for every text."""
    key = PublicKey(raw=bytes.fromhex("01" + "00" * 31))
    signature = key.raw + bytes(32)
    assert all(key.fault_of(signature, b"text %d" % number) == "" for number in range(20))


@pytest.mark.parametrize(
    "line",
    [
        "",
        "ssh-ed25519",
        "ssh-ed25519 AAAA",
        "ssh-rsa " + ADA.public.line.split()[1],
        ADA.public.line + "=",
        "ssh-ed25519 " + base64.b64encode(ADA.public.blob + b"x").decode(),
        "ssh-ed25519 " + base64.b64encode(ADA.public.blob[:-1]).decode(),
        ADA.public.line.replace(" ", "  "),
        ADA.public.line.replace(" ", " \u00e9"),
    ],
)
def test_other_lines_are_no_public_key(line):
    with pytest.raises(CustodyError):
        PublicKey.from_line(line)


@pytest.mark.parametrize(
    "vkey",
    [
        "",
        known().vkey[:-4],
        known().vkey.replace("+", "-"),
        known().vkey.replace(known().id.hex(), "00000000"),
        "a b+" + known().vkey.split("+", 1)[1],
        known().vkey + "=",
        f"{NAME}+{known().id.hex()}+" + base64.b64encode(b"\x02" + ADA.public.raw).decode(),
        f"{NAME}+{known().id.hex()}+A",
    ],
)
def test_other_texts_are_no_verifier_key(vkey):
    with pytest.raises(CustodyError):
        NoteKey.from_vkey(vkey)


def test_random_bytes_are_neither_notes_nor_signatures():
    rng = random.Random(7)
    for _ in range(200):
        data = rng.randbytes(rng.randrange(200))
        assert note_fault(data, known())
        assert sshsig_fault(data, TEXT, key=ADA.public)
