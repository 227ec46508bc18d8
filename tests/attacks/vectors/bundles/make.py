"""Makes the vectors of bundles again: one good one and many doctored ones. Seeded, with a fixed clock and fixed keys.

python tests/attacks/vectors/bundles/make.py
"""

import base64
import contextlib
import importlib.util
import io
import json
import lzma
import random
import shutil
import sys
import tarfile
import tempfile
import types
import zipfile
from pathlib import Path
from unittest import mock

from quoth.case.casebook import Casebook
from quoth.case.describing import descriptions, entries_in
from quoth.case.packing import Choice, packed
from quoth.collect.exhibits import held_exhibit
from quoth.custody.bundle_layout import INDEX, proof_place, read_index
from quoth.custody.bundle_write import writing
from quoth.custody.checkpoint import Checkpoint, SignedText
from quoth.custody.members import member_id, prepare
from quoth.custody.note import note_name, sign_note
from quoth.custody.openings import commit_to
from quoth.custody.proofs import inclusion_text
from quoth.custody.signing import SigningKey
from quoth.custody.sshsig import ssh_sign
from quoth.custody.store import EntryDraft, Store
from quoth.record import wire
from quoth.record.custody import Action, CaseNote, KeyStep, Member
from quoth.record.exhibit import Provenance
from quoth.terms.digest import digest_of, hex_of
from quoth.terms.merkle import TiledTree, leaf_hash

HERE = Path(__file__).parent
ADA, BEA, BEA_2, MALLORY = (SigningKey.from_seed(one * 32) for one in (b"a", b"b", b"c", b"m"))
LOG, TOP, SIGNATURE = "data/log/entries.jsonl", "data/log/checkpoint", "tagmanifest-sha256.txt.sig"
OPENED, VERIFY, CRATE = "data/openings/opened.jsonl", "VERIFY.txt", "data/ro-crate-metadata.json"
PROV, UCO, CASE = "data/provenance/prov.json", "data/provenance/case-uco.jsonld", "data/quoth-case.json"
SIGNERS, VKEYS = "data/keys/allowed_signers", "data/keys/verifier-keys.txt"


def load(name):
    """A script that stands beside this one."""
    spec = importlib.util.spec_from_file_location(f"bundle_vectors_{name}", HERE / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


apply = load("apply")


@contextlib.contextmanager
def seeded():
    chance = random.Random(20310502)
    with mock.patch("os.urandom", chance.randbytes):
        yield


def at(minute):
    return f"2031-05-02T09:{minute:02d}:00Z"


def change_key(store, name, key, step, *, minute, by, keys, before="", voucher=""):
    case = store.case_file.case
    member = Member(
        id=member_id(case, name, key.public.line), case=case, name=name, key=key.public.line, step=step,
        at=at(minute), before=before, vouched_by=voucher,
    )  # fmt: skip
    refs = tuple(store.put(one) for one in prepare(member, keys))
    store.stage(EntryDraft(action=Action.KEY_CHANGED, objects=refs, note=step.value))
    store.commit(by=by, at=at(minute), key=keys[0])


def receive(store, name, data, *, minute, key, by, giver=""):
    ref = store.put(data)
    said = Provenance(name_as_given=name, received_at=at(minute), given_by=giver)
    kind = {"txt": "text/plain", "csv": "text/csv"}[name[-3:]]
    store.stage(
        EntryDraft(action=Action.RECEIVED, objects=(ref,), secret=held_exhibit(ref, said, kind=kind, kind_by_name=kind))
    )
    store.commit(by=by, at=at(minute), key=key)
    return ref


def make_case(root, key=ADA, name="Ada"):
    store = Store.create(root, by=name, at=at(0))
    store.stage(EntryDraft(action=Action.DECIDED, secret=CaseNote(title="The harbour calls")))
    store.commit(by=name, at=at(1))
    change_key(store, name, key, KeyStep.FIRST, minute=2, by=name, keys=(key,))
    if key is ADA:
        change_key(store, "Bea", BEA, KeyStep.ADDED, minute=3, by="Ada", keys=(ADA,), voucher="Ada")
    receive(store, "letter.txt", b"The crews were told to sail.\n", minute=4, key=key, by=name)
    if key is ADA:
        receive(store, "ledger.csv", b"ship,hour\nPetrel,7\n", minute=5, key=BEA, by="Bea")
    receive(store, "note from A. Name.txt", b"Nobody was asked.\n", minute=6, key=key, by=name, giver="A. Name")
    gone = receive(store, "gone.txt", b"This was erased.\n", minute=7, key=key, by=name)
    store.stage(EntryDraft(action=Action.ERASED, objects=(gone,)))
    store.commit(by=name, at=at(8), key=key)
    store.object_path(gone.digest).unlink()
    if key is ADA:
        change_key(
            store, "Bea", BEA_2, KeyStep.ROTATED, minute=9, by="Bea", keys=(BEA_2, BEA), before=BEA.public.line
        )  # fmt: skip
    return Casebook(store, root)


def make_bundle(book, out, key=ADA, **choice):
    made = packed(book, Choice(everything=True, **choice), at=at(30))
    files = [*made.files, *descriptions(made.index, made.entries)]
    info = (("Bag-Software-Agent", "quoth"), ("Bagging-Date", "2031-05-02"), ("External-Identifier", made.index.origin))
    with writing(out, files, info=info, sign=lambda data: ssh_sign(data, key)) as written:
        written.place()


class Doctor:
    """Doctors the good bundle; ``rows`` are the vectors."""

    def __init__(self, good, other):
        self.good, self.other = good, other
        self.rows = []
        self.tools = types.SimpleNamespace(**globals())
        self.lines = good[LOG].split(b"\n")[:-1]
        self.index = json.loads(good[INDEX])
        self.origin = f"quoth-case/{self.index['case']}"
        self.files = {one["file"].rpartition("-")[2]: one["file"] for one in self.index["exhibits"]}

    def add(self, name, step, what, edits=None, *, bagged=True, signer=ADA, **more):
        """A vector; the manifests are made anew and signed unless ``bagged`` or ``signer`` say otherwise."""
        row = {"name": name, "step": step, "what": what, "bagged": bagged, "edits": dict(edits or {}), **more}
        if bagged and signer is not None and SIGNATURE not in row["edits"]:
            made = apply.edited(self.good, {**row, "edits": {k: packed_text(v) for k, v in row["edits"].items()}})
            row["edits"][f"late:{SIGNATURE}"] = ssh_sign(made["tagmanifest-sha256.txt"], signer)
        row["edits"] = {name: packed_text(value) for name, value in row["edits"].items()}
        self.rows.append({key: value for key, value in row.items() if value not in ({}, False)})

    def archive(self, name, step, what, data, kind="zip"):
        self.rows.append(
            {"name": name, "step": step, "what": what, "archive": kind, "bytes": base64.b64encode(data).decode()}
        )

    def relogged(self, entries, *, raw=None, size=None, cover=None, chain=True):
        """Edits after which everything stands on other entries, signed by who had signed: an insider's work."""
        lines, before = [], "sha256:" + "0" * 64
        for entry in entries:
            made = {**entry, "prev": before} if chain else entry
            line = wire.canonical(made)
            lines.append(line)
            before = digest_of(line)
        lines = lines if raw is None else raw(lines)
        edits = {one: None for one in self.good if one.startswith("data/log/signed/")}
        edits[LOG] = b"".join(one + b"\n" for one in lines)
        return edits | self.covered(lines[:cover], size=size)

    def covered(self, lines, *, size=None):
        tree = TiledTree([leaf_hash(one) for one in lines])
        made = Checkpoint(
            origin=self.origin, size=len(lines), root=tree.head().root, last=bytes.fromhex(hex_of(digest_of(lines[-1])))
        )
        edits = {TOP: made.to_text()}
        for name, data in self.good.items():
            if name.startswith("data/log/signed/") and name.endswith(".note"):
                edits |= self.note_again(name, data, lines)
        for one in self.index["exhibits"]:
            if one["entry"] < len(lines):
                path = tree.inclusion(one["entry"])
                text = inclusion_text(lines[one["entry"]], index=one["entry"], path=path, checkpoint=made.to_text())
                edits[proof_place(one["entry"])] = text
        index = {**self.index, "size": size or len(lines)}
        edits[INDEX] = wire.canonical(index)
        with contextlib.suppress(ValueError):
            entries = entries_in(b"".join(one + b"\n" for one in lines))
            edits |= dict(descriptions(read_index(edits[INDEX]), entries))
        return edits

    def note_again(self, name, data, lines):
        said = data.decode().split("\n")
        size, first = int(said[1]), int(said[4].split()[1])
        key = next(one for one in (ADA, BEA, BEA_2) if one.public.short in name)
        if size > len(lines):
            return {name: None, f"{name}.sig": None}
        tree = TiledTree([leaf_hash(one) for one in lines[:size]])
        made = Checkpoint(
            origin=self.origin, size=size, root=tree.head().root, last=bytes.fromhex(hex_of(digest_of(lines[size - 1])))
        )
        note = sign_note(SignedText(checkpoint=made, first=first).to_text(), note_name(key.public), key)
        return {name: note, f"{name}.sig": ssh_sign(note, key)}

    def note_by(self, key, size, *, first=None, lines=None):
        """A signed checkpoint of ``size`` entries put in beside the others."""
        lines = lines or self.lines
        tree = TiledTree([leaf_hash(one) for one in lines[:size]])
        last = bytes.fromhex(hex_of(digest_of(lines[size - 1])))
        made = Checkpoint(origin=self.origin, size=size, root=tree.head().root, last=last)
        text = SignedText(checkpoint=made, first=size - 1 if first is None else first)
        note = sign_note(text.to_text(), note_name(key.public), key)
        place = f"data/log/signed/{size:012d}-{key.public.short}.note"
        return {place: note, f"{place}.sig": ssh_sign(note, key)}

    def proof(self, number, *, size=None):
        """The proof of an entry under an unsigned checkpoint of ``size`` entries."""
        lines = self.lines[:size]
        tree = TiledTree([leaf_hash(one) for one in lines])
        last = bytes.fromhex(hex_of(digest_of(lines[-1])))
        top = Checkpoint(origin=self.origin, size=len(lines), root=tree.head().root, last=last)
        path = tree.inclusion(number)
        return inclusion_text(self.lines[number], index=number, path=path, checkpoint=top.to_text())

    def described_again(self, index):
        data = wire.canonical(index)
        return {INDEX: data, **dict(descriptions(read_index(data), entries_in(self.good[LOG])))}

    def stranger_enters(self):
        """Edits: one entry more, in which somebody brings in a key for themselves."""
        entries, case = self.entries(), self.index["case"]
        member = Member(
            id=member_id(case, "Eve", MALLORY.public.line), case=case, name="Eve", key=MALLORY.public.line,
            step=KeyStep.ADDED, at=at(20), vouched_by="Eve",
        )  # fmt: skip
        parts = prepare(member, (MALLORY,))
        objects = [{"digest": digest_of(one), "size": len(one)} for one in parts]
        entry = {
            "type": "custody-entry", "seq": len(entries), "action": "key-changed", "at": at(20), "by": "Eve",
            "note": "added", "objects": objects,
        }  # fmt: skip
        edits = self.relogged([*entries, entry])
        for one in parts:
            edits |= self.object(one)
        return edits

    def opening_of(self, words):
        return json.loads(wire.to_bytes(commit_to(CaseNote(title=words))))

    def object(self, data):
        name = hex_of(digest_of(data))
        return {f"data/objects/{name[:2]}/{name[2:]}": data}

    def fork(self, size):
        tree = TiledTree([leaf_hash(b"another history")] * size)
        made = Checkpoint(origin=self.origin, size=size, root=tree.head().root, last=bytes(32))
        return sign_note(SignedText(checkpoint=made, first=size - 1).to_text(), note_name(ADA.public), ADA)

    def entries(self):
        return [json.loads(one) for one in self.lines]

    def note(self, size):
        return next(one for one in self.good if one.startswith(f"data/log/signed/{size:012d}") and one.endswith("note"))


def packed_text(value):
    if value is None or isinstance(value, str):
        return value
    try:
        text = value.decode()
    except UnicodeDecodeError:
        return "base64:" + base64.b64encode(value).decode()
    return text if not text.startswith("base64:") else "base64:" + base64.b64encode(value).decode()


def zipped(files, *, extra=(), change=None):
    """The bundle as a ZIP, with members added after it and ``change`` made to the archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(f"good/{name}", (1980, 1, 1, 0, 0, 0)), data)
        for name, data, mode in extra:
            info = zipfile.ZipInfo("placeholder", (1980, 1, 1, 0, 0, 0))
            info.filename = name
            info.external_attr = mode << 16
            archive.writestr(info, data)
        if change:
            change(archive)
    return out.getvalue()


def tarred(files, extra=()):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(f"good/{name}")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for name, kind, target in extra:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, target
            archive.addfile(info)
    return out.getvalue()


def main(out=HERE):
    import warnings

    warnings.simplefilter("ignore", UserWarning)  # the doubled name of one vector
    with tempfile.TemporaryDirectory() as made, seeded():
        folder = Path(made)
        book = make_case(folder / "case")
        make_bundle(book, folder / "good")
        make_bundle(make_case(folder / "other", MALLORY, "Ada"), folder / "forged", MALLORY)
        good, other = apply.files_in(folder / "good"), apply.files_in(folder / "forged")
        doctor = Doctor(good, other)
        load("doctored").doctored(doctor)
    shutil.rmtree(out / "good", ignore_errors=True)
    for name, data in good.items():
        (out / "good" / name).parent.mkdir(parents=True, exist_ok=True)
        (out / "good" / name).write_bytes(data)
    rows = "".join(json.dumps(one, ensure_ascii=False, sort_keys=True) + "\n" for one in doctor.rows)
    (out / "doctored.jsonl.xz").write_bytes(lzma.compress(rows.encode(), preset=9))
    (out / "trusted.pub").write_text(ADA.public.line + "\n", encoding="utf-8")
    return len(doctor.rows)


if __name__ == "__main__":
    sys.stdout.write(f"{main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)} vectors\n")
