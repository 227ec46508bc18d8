"""The published vectors: every good one is accepted, every doctored one refused; and what other libraries say."""

import base64
import importlib.util
import json
from pathlib import Path

import pytest

from custody.foreign import Go, build_go, ssh_verify
from quoth.custody.note import NoteKey, note_fault
from quoth.custody.proofs import inclusion_text_fault
from quoth.custody.signing import PublicKey
from quoth.custody.sshsig import sshsig_fault
from quoth.errors import CustodyError
from quoth.terms.merkle import TreeHead, consistency_fault, inclusion_fault

FOLDER = Path(__file__).parent / "vectors" / "log"
KINDS = ("inclusion", "consistency", "note", "sshsig", "tlog-proof")


REFUSED_ELSEWHERE = {"consistency": {"0 to 20"}}
"""Good vectors that Go refuses: it holds that nothing can be said to grow from nothing."""


def vectors(kind: str) -> list[dict]:
    return json.loads((FOLDER / f"{kind}.json").read_text(encoding="utf-8"))


def raw(text: str) -> bytes:
    return base64.b64decode(text)


def hashes(path: list[str]) -> list[bytes]:
    return [bytes.fromhex(one) for one in path]


def our_fault(kind: str, one: dict) -> str:
    """Why we refuse a vector; empty where we accept it."""
    try:
        match kind:
            case "inclusion":
                head = TreeHead(size=one["size"], root=bytes.fromhex(one["root"]))
                return inclusion_fault(hashes(one["path"]), bytes.fromhex(one["leaf"]), index=one["index"], head=head)
            case "consistency":
                old = TreeHead(size=one["old_size"], root=bytes.fromhex(one["old_root"]))
                new = TreeHead(size=one["new_size"], root=bytes.fromhex(one["new_root"]))
                return consistency_fault(hashes(one["path"]), old, new=new)
            case "note":
                return note_fault(raw(one["note"]), NoteKey.from_vkey(one["vkey"]))
            case "sshsig":
                return sshsig_fault(raw(one["signature"]), raw(one["message"]), key=PublicKey.from_line(one["key"]))
        keys = [NoteKey.from_vkey(vkey) for vkey in one["vkeys"]]
        return inclusion_text_fault(raw(one["proof"]), origin=one["origin"], keys=keys)
    except CustodyError as err:
        return str(err)


ALL = [(kind, one) for kind in KINDS for one in vectors(kind)]


@pytest.mark.parametrize(("kind", "one"), ALL, ids=[f"{kind}: {one['name']}" for kind, one in ALL])
def test_vector(kind, one) -> None:
    fault = our_fault(kind, one)
    assert (fault == "") == one["accept"], fault or one["why"]


def test_there_are_enough_and_the_maker_still_makes_them() -> None:
    assert sum(not one["accept"] for _, one in ALL) >= 70
    assert len({(kind, one["name"]) for kind, one in ALL}) == len(ALL)
    spec = importlib.util.spec_from_file_location("log_vectors", FOLDER / "make.py")
    maker = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(maker)
    assert set(maker.FILES) == {f"{kind}.json" for kind in KINDS}
    for name in maker.FILES:
        assert (FOLDER / name).read_text(encoding="utf-8") == maker.text_of(name), f"run: python {FOLDER / 'make.py'}"


def go_accepts(go: Go) -> dict[str, list[str]]:
    """The names of the vectors of each kind that Go's libraries accept."""
    asked = {
        "inclusion": [
            {"ask": "record", "path": hashes(one["path"]), "leaf": bytes.fromhex(one["leaf"]),
             "index": one["index"], "size": one["size"], "root": bytes.fromhex(one["root"])}
            for one in vectors("inclusion")
        ],
        "consistency": [
            {"ask": "tree", "path": hashes(one["path"]), "old": one["old_size"], "was": bytes.fromhex(one["old_root"]),
             "size": one["new_size"], "root": bytes.fromhex(one["new_root"])}
            for one in vectors("consistency")
        ],
        "note": [
            {"ask": "open", "note": raw(one["note"]).decode("utf-8", "surrogateescape").encode("utf-8", "replace").decode(),
             "vkeys": [one["vkey"]]}
            for one in vectors("note")
        ],
    }  # fmt: skip
    return {
        kind: [one["name"] for one, (_, fault) in zip(vectors(kind), go.ask_all(requests), strict=True) if not fault]
        for kind, requests in asked.items()
    }


def ssh_accepts(folder: Path, one: dict) -> bool:
    signers = f'someone namespaces="quoth" {one["key"]}\n'.encode()
    return ssh_verify(folder, raw(one["message"]), raw(one["signature"]), signers, name="someone") == ""


def test_others_accept_the_good_ones_and_what_more_they_accept(tmp_path, capsys) -> None:
    accepted = go_accepts(Go(build_go(tmp_path)))
    accepted["sshsig"] = [one["name"] for one in vectors("sshsig") if ssh_accepts(tmp_path, one)]
    counted = {}
    for kind, names in accepted.items():
        of_kind = vectors(kind)
        good = {one["name"] for one in of_kind if one["accept"]}
        assert good - set(names) <= REFUSED_ELSEWHERE.get(kind, set()), kind
        more = sorted(set(names) - good)
        counted[kind] = (len(of_kind) - len(good), more)
    with capsys.disabled():
        for kind, (doctored, more) in counted.items():
            print(f"\n{kind}: {doctored} doctored, others accept {len(more)}: {more}", end="")
