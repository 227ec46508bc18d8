"""Sealing bytes: padding, names, errors of streams, recipients, key files; opened by age itself."""

import io
import pickle
import subprocess

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quoth.errors import SealError
from quoth.seal.sealed import DataKey, new_secret, padded_size, seal_stream, unsealed_stream
from quoth.seal.sealed_keys import key_text, read_key_text, unwrap, wrap
from quoth.seal.sealed_recipients import read_identity, read_recipients

SECRET = bytes(range(32))


def pair():
    return pyrage.x25519.Identity.generate()


@pytest.fixture
def ada():
    return pair()


@pytest.fixture
def safe():
    return pair()


@pytest.fixture
def two(ada, safe):
    return read_recipients(f"# Ada\n{ada.to_public()}\n# the notary [offline]\n{safe.to_public()}\n")


def sealed(data, kind="object"):
    out = io.BytesIO()
    return seal_stream(io.BytesIO(data), out, secret=SECRET, kind=kind), out.getvalue()


def opened(key, cipher, secret=SECRET):
    out = io.BytesIO()
    unsealed_stream(io.BytesIO(cipher), out, key=key, secret=secret)
    return out.getvalue()


@given(st.binary(max_size=5000))
@settings(max_examples=30, deadline=None)
def test_what_was_sealed_comes_out_again(data):
    key, cipher = sealed(data)
    assert opened(key, cipher) == data
    assert key.size == len(data)


@given(st.integers(min_value=0, max_value=2**50))
@settings(max_examples=50, deadline=None)
def test_padding_costs_at_most_an_eighth_and_never_shrinks(size):
    padded = padded_size(size)
    assert padded >= size
    assert padded <= max(512, size * 1.12)
    assert padded_size(padded) == padded


def test_sizes_that_are_near_one_another_look_alike():
    assert len({padded_size(size) for size in range(40_000, 40_900, 100)}) == 1
    assert len(sealed(bytes(40_900))[1]) > 40_960  # what age adds varies by chance


def test_a_name_is_equal_for_equal_bytes_and_says_nothing_without_the_secret():
    first, cipher = sealed(b"a letter")
    again, other = sealed(b"a letter")
    assert first.name == again.name
    assert cipher != other
    assert first.unsealed_text() != again.unsealed_text()
    foreign = seal_stream(io.BytesIO(b"a letter"), io.BytesIO(), secret=new_secret())
    assert foreign.name != first.name
    assert sealed(b"a letter", kind="opening")[0].name != first.name


def test_keys_show_nothing_of_themselves(ada, two):
    key, _ = sealed(b"x")
    (identity,) = read_identity(str(ada).encode())
    for one, secret in ((key, key.unsealed_text()), (identity, str(ada))):
        assert secret not in repr(one)
        assert secret not in str(one)
        with pytest.raises(SealError):
            pickle.dumps(one)
    assert str(ada) not in two.to_text()


class Broken(io.RawIOBase):
    """A stream that gives 100,000 bytes, then an error; and takes as many."""

    def __init__(self, after):
        self.left = after

    def readable(self):
        return True

    def read(self, size=-1):
        if self.left <= 0:
            raise OSError(5, "Input/output error")
        self.left -= 1000
        return b"x" * 1000

    def write(self, data):
        self.left -= len(data)
        if self.left <= 0:
            raise OSError(28, "No space left on device")
        return len(data)


@pytest.mark.parametrize("after", [0, 100, 1000, 66_000, 131_000])
def test_a_full_disk_is_never_swallowed_by_the_library(after):
    with pytest.raises(OSError, match="No space"):
        seal_stream(io.BytesIO(bytes(130_000)), Broken(after), secret=SECRET)
    key, cipher = sealed(bytes(150_000))
    with pytest.raises(OSError, match="No space"):
        unsealed_stream(io.BytesIO(cipher), Broken(after), key=key, secret=SECRET)


@pytest.mark.parametrize("after", [0, 1000, 66_000])
def test_an_unreadable_source_is_never_swallowed(after):
    with pytest.raises(OSError, match="Input/output"):
        seal_stream(Broken(after), io.BytesIO(), secret=SECRET)
    key, _ = sealed(b"x")
    with pytest.raises(OSError, match="Input/output"):
        unsealed_stream(Broken(0), io.BytesIO(), key=key, secret=SECRET)


def as_size(key, size):
    return DataKey(key.unsealed_text(), name=key.name, kind=key.kind, size=size)


def renamed(key, cipher, name):
    return DataKey(key.unsealed_text(), name=name, kind=key.kind, size=key.size), cipher


ATTACKS = {
    "another data key": lambda key, cipher: (sealed(b"a letter")[0], cipher),
    "one bit": lambda key, cipher: (key, cipher[:-20] + bytes([cipher[-20] ^ 1]) + cipher[-19:]),
    "cut short": lambda key, cipher: (key, cipher[:-1]),
    "longer": lambda key, cipher: (key, cipher + b"x"),
    "a size beyond the padding": lambda key, cipher: (as_size(key, 10_000), cipher),
    "a smaller size": lambda key, cipher: (as_size(key, key.size - 1), cipher),
    "padding as content": lambda key, cipher: (as_size(key, key.size + 1), cipher),
    "another's bytes and key": lambda key, _: renamed(*sealed(b"b letter"), name=key.name),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_is_not_what_was_sealed_is_refused(attack):
    key, cipher = ATTACKS[attack](*sealed(b"a letter"))
    with pytest.raises(SealError):
        opened(key, cipher)


def test_another_secret_does_not_name_it():
    key, cipher = sealed(b"a letter")
    with pytest.raises(SealError, match="another name"):
        opened(key, cipher, secret=new_secret())


def test_age_alone_opens_both_steps_with_an_age_key_and_with_an_ssh_key(tmp_path, safe):
    run = lambda *words, **more: subprocess.run(words, check=True, capture_output=True, cwd=tmp_path, **more)  # noqa: E731
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "ssh")
    (tmp_path / "age").write_text(str(safe))
    public = (tmp_path / "ssh.pub").read_text().strip()
    recipients = read_recipients(f"# Ada\n{public}\n# safe [offline]\n{safe.to_public()}\n")
    key, cipher = sealed(b"who gave it: a neighbour\n" * 50)
    (tmp_path / "object").write_bytes(cipher)
    (tmp_path / "key").write_bytes(wrap(key_text(key, ['{"a":1}']), recipients))
    for mine in ("ssh", "age"):
        (tmp_path / "data-key").write_bytes(run("age", "-d", "-i", mine, "key").stdout)
        plain = run("age", "-d", "-i", "data-key", "object").stdout
        assert plain[: key.size] == b"who gave it: a neighbour\n" * 50
        assert not plain[key.size :].strip(b"\0")
    (identity,) = read_identity((tmp_path / "ssh").read_bytes())
    assert recipients.named(identity.public).name == "Ada"
    assert read_key_text(unwrap((tmp_path / "key").read_bytes(), [identity]))[0].name == key.name


def test_a_two_person_seal_wants_one_key_of_each_group_and_age_opens_it(tmp_path):
    keys = [pair() for _ in range(4)]
    tags = ("", " [offline]", " [second]", " [offline second]")
    text = "".join(f"# P{n}{tag}\n{key.to_public()}\n" for n, (key, tag) in enumerate(zip(keys, tags, strict=True)))
    recipients = read_recipients(text)
    assert recipients.to_text() == text
    held = [read_identity(str(one).encode())[0] for one in keys]
    key, _ = sealed(b"x")
    data = wrap(key_text(key), recipients)
    for first in (0, 1):
        for second in (2, 3):
            assert unwrap(data, [held[first], held[second]]) == key_text(key)
    for wrong in ([held[0]], [held[2]], [held[0], held[1]], [held[2], held[3]]):
        with pytest.raises(SealError, match="opens this seal"):
            unwrap(data, wrong)
    (tmp_path / "one").write_text(str(keys[0]))
    (tmp_path / "two").write_text(str(keys[2]))
    (tmp_path / "key").write_bytes(data)
    piped = "age -d -i two key | age -d -i one"
    out = subprocess.run(["sh", "-c", piped], cwd=tmp_path, capture_output=True, check=True).stdout
    assert out == key_text(key)


def lines(*tags):
    return "".join(f"# P{n}{f' [{tag}]' if tag else ''}\n{pair().to_public()}\n" for n, tag in enumerate(tags))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "there is none"),
        (lines(""), "there is one"),
        (lines("offline"), "there is one"),
        (lines("", ""), "marked \\[offline\\]"),
        (lines("offline", "offline"), "every recipient"),
        (lines("", "offline", "second"), "of each group"),
        (lines("", "offline", "second", "second"), "of each group"),
        (lines("", "away"), "does not say whose"),
        (f"{pair().to_public()}\n" + lines("", "offline"), "does not say whose"),
        (f"# Ada\nage1bad\n{lines('offline')}", "not one that age knows"),
        (f"# Ada\nssh-ed25519 AAAA\n{lines('offline')}", "not one that age knows"),
        (f"# Ada\n{pair()}\n{lines('offline')}", "is a private key"),
        (lambda key: f"# A\n{key}\n# B [offline]\n{key}\n", "stands twice"),
    ],
    ids=lambda one: "" if not isinstance(one, str) or "age1" in one else None,
)
def test_a_list_that_could_lose_the_evidence_is_refused(text, said):
    with pytest.raises(SealError, match=said) as err:
        read_recipients(text(str(pair().to_public())) if callable(text) else text)
    assert err.value.hint
    assert "AGE-SECRET-KEY" not in f"{err.value} {err.value.hint}"


def test_key_files_of_other_forms_are_refused_without_a_word_of_them(tmp_path):
    for data in (
        b"",
        b"# nothing\n",
        b"AGE-SECRET-KEY-1WRONG\n",
        b"\xff\xfe",
        b"-----BEGIN OPENSSH PRIVATE KEY-----\nx\n",
    ):
        with pytest.raises(SealError) as err:
            read_identity(data)
        assert "WRONG" not in str(err.value)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "pass", "-f", tmp_path / "k"], check=True)
    with pytest.raises(SealError, match="passphrase"):
        read_identity((tmp_path / "k").read_bytes())


def test_an_age_key_under_a_passphrase_is_opened_with_it(ada):
    data = pyrage.passphrase.encrypt(str(ada).encode(), "four words are enough")
    assert read_identity(data, "four words are enough")[0].public == str(ada.to_public())
    with pytest.raises(SealError, match="passphrase"):
        read_identity(data, "other")


def test_a_key_file_keeps_its_openings_and_its_length_tells_little(two, ada):
    (mine,) = read_identity(str(ada).encode())
    key, _ = sealed(b"x")
    texts = ['{"note":"# opening"}', '{"b":"ü"}']
    assert read_key_text(unwrap(wrap(key_text(key, texts), two), [mine]))[1] == tuple(texts)
    assert len(key_text(key, ["a" * 10])) == len(key_text(key, ["a" * 90]))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"quoth-sealed 1", b"quoth-sealed 2"),
        (b"# kind object", b"# kind other"),
        (b"# name sealed:", b"# name "),
        (b"# size 0", b"# size x"),
        (b"AGE-SECRET-KEY-1", b"# AGE-SECRET-KEY-1"),
        (b"# name", b"\xff"),
    ],
)
def test_a_damaged_key_text_is_refused(old, new):
    text = key_text(sealed(b"x")[0])
    with pytest.raises(SealError, match="does not hold"):
        read_key_text(text.replace(old, new))


def test_a_lost_key_and_a_foreign_key_open_nothing(two):
    key, _ = sealed(b"x")
    data = wrap(key_text(key), two)
    for wrong in ((), read_identity(str(pair()).encode())):
        with pytest.raises(SealError, match="opens this seal"):
            unwrap(data, wrong)
    with pytest.raises(SealError):
        unwrap(pyrage.encrypt(wrap(wrap(b"x", two), two), [two.all[0].age()]), wrong)


def test_an_unknown_kind_is_refused():
    with pytest.raises(SealError, match="unknown kind"):
        sealed(b"x", kind="other")
