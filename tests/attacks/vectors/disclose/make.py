"""The doctored presentations, made with fixed keys, salts and clock.

Each vector names the step that must refuse it. Every doctored text is signed again wherever its doctor could sign:
a forger of the commitment has the discloser's key, one of the binding the holder's, so that each fails at its own
step and not merely at a signature.

    python tests/attacks/vectors/disclose/make.py      writes valid.jsonl and doctored.jsonl beside this file
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from quoth.seal.disclose import Present, commit, present
from quoth.seal.disclose_binding import Binding
from quoth.seal.disclose_cells import Salts, Table, TableRow, claim_names
from quoth.seal.disclose_terms import Assurance, Terms
from quoth.seal.disclose_terms import DisclosureStep as Step

HERE = Path(__file__).parent
AT, NOW = 1_935_565_200, 1_935_570_000
AUDIENCE, NONCE = "The Harbour Gazette", "8c1f0a77d2"
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))
SALTS = Salts(bytes(range(64, 96)))
HEADER = ("Start", "Caller", "Called number", "Duration", "Cell ID")
CHOSEN = {3: ("Called number", "Start"), 6: ("Duration", "Called number", "row")}

Vector = dict[str, Any]
Doctor = Callable[..., str]


def raw_of(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()


def table(count: int) -> Table:
    rows = tuple(
        TableRow(
            number=place + 2,
            cells=(
                f"2031-05-02 10:{place % 60:02}:0{place % 7}",
                f"+44 7700 900{place % 1000:03}",
                f"01632 9600{place % 9:02}",
                str(31 + place),
                f"CS-{place % 4}",
            ),
        )
        for place in range(count)
    )
    return Table(names=claim_names(HEADER), rows=rows)


SMALL, LARGE = table(6), table(1001)
TERMS = Terms(issuer=raw_of(KEY), at=AT, assurance=Assurance.RESEARCHER_HELD)
TO = Present(binding=Binding(audience=AUDIENCE, nonce=NONCE, at=AT + 60), sign=KEY.sign)


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def dumps(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha(text: str) -> str:
    return b64(hashlib.sha256(text.encode()).digest())


def jws(payload: Any, header: Any, key: Ed25519PrivateKey = KEY) -> str:
    signed = f"{b64(dumps(header))}.{b64(dumps(payload))}"
    return f"{signed}.{b64(key.sign(signed.encode()))}"


def apart(text: str) -> tuple[Any, Any]:
    """Header and payload of a JWS."""
    head, body, _ = text.split(".")
    return json.loads(unb64(head)), json.loads(unb64(body))


def changed(value: Any, **changes: Any) -> Any:
    """The object with other values; ``None`` takes a key out."""
    return {name: one for name, one in {**value, **changes}.items() if one is not None}


SD_COMMITMENT = commit(SMALL, SALTS, TERMS, sign=KEY.sign)
SD = present(SD_COMMITMENT, SMALL, SALTS, CHOSEN, to=TO).decode()
JWT, *DISCLOSED, KB = SD.split("~")
HEAD, BODY = apart(JWT)
KB_HEAD, KB_BODY = apart(KB)


def whole(
    jwt: str = JWT, shown: list[str] = DISCLOSED, *, head: Any = KB_HEAD, key: Ed25519PrivateKey = KEY, **changes: Any
) -> str:
    """A presentation with a fitting key binding, whatever else is wrong; ``changes`` are made to the binding."""
    bound = "~".join([jwt, *shown, ""])
    payload = changed(KB_BODY, **{"sd_hash": sha(bound), **changes})
    return bound + jws(payload, head, key)


def resigned(key: Ed25519PrivateKey = KEY, head: Any = HEAD, **changes: Any) -> str:
    """The commitment with other claims, signed again."""
    return jws(changed(BODY, **changes), head, key)


def disclosure(*values: Any) -> str:
    return b64(dumps(list(values)))


def decoded(text: str) -> Any:
    return json.loads(unb64(text))


def salt(number: int) -> str:
    return b64(hashlib.sha256(b"made up %d" % number).digest())


def forged_sd(
    jwt_rows: Callable[[list[Any]], list[Any]] | None = None, shown: list[str] = DISCLOSED, **body: Any
) -> str:
    """A presentation whose commitment was made and signed to fit what is shown."""
    rows = jwt_rows(list(BODY["rows"])) if jwt_rows else BODY["rows"]
    return whole(resigned(rows=rows, **body), shown)


ROWS = [one for one in DISCLOSED if len(decoded(one)) == 2]
CELLS = [one for one in DISCLOSED if len(decoded(one)) == 3]
FIRST_ROW, FIRST_CELL = ROWS[0], CELLS[0]


def swap_row(new: str, old: str = FIRST_ROW) -> str:
    """A presentation whose commitment holds the row ``new`` in the place of ``old``; what was below it must fit."""
    rows = [{"...": sha(new)} if one["..."] == sha(old) else one for one in BODY["rows"]]
    return whole(resigned(rows=rows), [new if one == old else one for one in DISCLOSED])


def swap_cell(new: str, old: str = FIRST_CELL, *, also: list[str] | None = None) -> str:
    """A presentation, committed to as it is, with another cell in the place of one."""
    row = decoded(FIRST_ROW)
    digests = [sha(new) if one == sha(old) else one for one in row[1]["_sd"]]
    new_row = disclosure(row[0], {"_sd": sorted(digests)})
    rows = [{"...": sha(new_row)} if one["..."] == sha(FIRST_ROW) else one for one in BODY["rows"]]
    there = {FIRST_ROW: new_row, old: new}
    return whole(resigned(rows=rows), [there.get(one, one) for one in DISCLOSED] + (also or []))


def row_with(inside: Any) -> str:
    return disclosure(decoded(FIRST_ROW)[0], inside)


def edited(text: str, value: Any) -> str:
    """The disclosure with another value, its salt and name kept."""
    return disclosure(*decoded(text)[:-1], value)


def sd_attacks() -> Iterator[tuple[Step, str, str]]:
    s = Step
    # 1 parts
    yield s.PARTS, "no ~ at all", JWT
    yield s.PARTS, "an empty disclosure between two", whole(shown=[*DISCLOSED[:1], "", *DISCLOSED[1:]])
    yield s.PARTS, "nothing", ""
    yield s.PARTS, "a newline inside", SD.replace("~", "~\n", 1).replace("~\n", "\n~", 1)
    yield s.PARTS, "a letter beyond ASCII", SD.replace("~", "~é", 1)
    yield s.PARTS, "commitment of two parts", whole(JWT.rsplit(".", 1)[0])
    yield s.PARTS, "commitment of four parts", whole(JWT + ".AAAA")
    yield s.PARTS, "signature with padding", whole(JWT + "==")
    yield s.PARTS, "payload with a doubled key", whole(doubled_key())
    yield s.PARTS, "payload that is a list", whole(jws([1], HEAD))
    yield s.PARTS, "payload with a number that is none", whole(raw_jws(b'{"iat":NaN}'))
    yield s.PARTS, "payload nested too deeply", whole(jws(changed(BODY, x=nested(40)), HEAD))
    yield s.PARTS, "signature in a second writing", whole(second_writing(JWT))
    # 2 algorithm
    for alg in ("none", "None", "NONE", "HS256", "RS256", "ES256", "EdDSA ", ""):
        yield s.ALGORITHM, f"algorithm {alg!r}", whole(resigned(head=changed(HEAD, alg=alg)))
    yield s.ALGORITHM, "no algorithm", whole(resigned(head={"typ": HEAD["typ"]}))
    yield s.ALGORITHM, "algorithm none and no signature", whole(unsigned())
    yield s.ALGORITHM, "HMAC with the public key as its secret", whole(hmac_with_public())
    yield s.ALGORITHM, "type of a key binding", whole(resigned(head=changed(HEAD, typ="kb+jwt")))
    yield s.ALGORITHM, "plain JWT type", whole(resigned(head=changed(HEAD, typ="JWT")))
    yield s.ALGORITHM, "no type", whole(resigned(head={"alg": "EdDSA"}))
    yield s.ALGORITHM, "type of the other form", whole(resigned(head=changed(HEAD, typ="quoth-table-root+jwt")))
    yield s.ALGORITHM, "critical header that nobody knows", whole(resigned(head=changed(HEAD, crit=["x"], x=1)))
    yield s.ALGORITHM, "a key of its own in the header", whole(resigned(OTHER, changed(HEAD, jwk=jwk(OTHER))))
    yield s.ALGORITHM, "a key by address in the header", whole(resigned(head=changed(HEAD, jku="https://example.org")))
    # 3 issuer
    yield (
        s.ISSUER,
        "another discloser altogether",
        whole(resigned(OTHER, iss=line(OTHER), cnf={"jwk": jwk(OTHER)}), key=OTHER),
    )
    yield s.ISSUER, "no issuer", whole(resigned(iss=None))
    yield s.ISSUER, "issuer that is no key", whole(resigned(iss="https://example.org"))
    yield s.ISSUER, "issuer with a comment after the key", whole(resigned(iss=BODY["iss"] + " ada"))
    # 4 signature
    yield s.SIGNATURE, "signed by another key in the issuer's name", whole(resigned(OTHER))
    yield s.SIGNATURE, "one bit of the signature", whole(flipped(JWT, 2))
    yield s.SIGNATURE, "one byte of the payload", whole(edited_payload())
    yield s.SIGNATURE, "signature of 63 bytes", whole(cut_signature())
    yield (
        s.SIGNATURE,
        "signature of another text by the same key",
        whole(".".join([*JWT.split(".")[:2], KB.split(".")[2]])),
    )
    # 5 hash
    for name in ("sha-1", "md5", "sha-512", "SHA-256", "", "none"):
        yield s.HASH, f"hash {name!r}", whole(resigned(_sd_alg=name))
    yield s.HASH, "hash that is no text", whole(resigned(_sd_alg=["sha-256"]))
    # 6 disclosures
    yield s.DISCLOSURES, "array of one", swap_cell(disclosure(salt(1)))
    yield s.DISCLOSURES, "array of four", swap_cell(disclosure(salt(1), "Caller", "x", "y"))
    yield s.DISCLOSURES, "empty array", swap_cell(disclosure())
    yield s.DISCLOSURES, "object in the place of an array", swap_cell(b64(dumps({"salt": salt(1)})))
    yield s.DISCLOSURES, "salt that is a number", swap_cell(disclosure(7, "Caller", "x"))
    yield s.DISCLOSURES, "name that is a number", swap_cell(disclosure(salt(1), 7, "x"))
    yield s.DISCLOSURES, "claim named _sd", swap_cell(disclosure(salt(1), "_sd", ["x"]))
    yield s.DISCLOSURES, "claim named ...", swap_cell(disclosure(salt(1), "...", "x"))
    yield s.DISCLOSURES, "not JSON", swap_cell(b64(b"salt, Caller, x"))
    yield s.DISCLOSURES, "not UTF-8", swap_cell(b64(b'["s","Caller","\xff"]'))
    yield s.DISCLOSURES, "half a character", swap_cell(b64(b'["s","Caller","\\ud800"]'))
    yield s.DISCLOSURES, "base64 with padding", swap_cell(FIRST_CELL + "=")
    yield s.DISCLOSURES, "base64 of the other alphabet", swap_cell(base64.b64encode(b'["s","n","?>?>?>?>"]').decode())
    yield s.DISCLOSURES, "base64 with a space", swap_cell(FIRST_CELL[:8] + " " + FIRST_CELL[8:])
    yield s.DISCLOSURES, "base64 of an impossible length", swap_cell(FIRST_CELL + "A" * ((5 - len(FIRST_CELL) % 4) % 4))
    # 7 places
    yield s.PLACES, "_sd that is no list", swap_row(row_with({"_sd": "x"}))
    yield s.PLACES, "digest that is a number", swap_row(row_with({"_sd": [7]}))
    yield s.PLACES, "digest of 31 bytes", swap_row(row_with({"_sd": [b64(bytes(31))]}))
    yield s.PLACES, "digest with padding", swap_row(row_with({"_sd": [b64(bytes(32)) + "="]}))
    yield s.PLACES, "digest beside other keys in an array", forged_sd(lambda rows: [{**rows[0], "x": 1}, *rows[1:]])
    yield s.PLACES, "... outside of an array", swap_row(row_with({"...": sha("x")}))
    yield s.PLACES, "_sd_alg below the top", swap_row(row_with({"_sd": decoded(FIRST_ROW)[1]["_sd"], "_sd_alg": "md5"}))
    yield s.PLACES, "digest that is null in an array", forged_sd(lambda rows: [{"...": None}, *rows[1:]])
    # 8 repeated
    yield s.REPEATED, "a disclosure twice", whole(shown=[*DISCLOSED, FIRST_CELL])
    yield s.REPEATED, "a row twice in the commitment", forged_sd(lambda rows: [*rows[:-1], rows[0]])
    yield (
        s.REPEATED,
        "a cell twice in its row",
        swap_row(row_with({"_sd": [*decoded(FIRST_ROW)[1]["_sd"][:-1], decoded(FIRST_ROW)[1]["_sd"][0]]})),
    )
    yield s.REPEATED, "one cell in two rows", cell_in_two_rows()
    # 9 referenced
    yield (
        s.REFERENCED,
        "a cell edited",
        whole(shown=[edited(one, "01632 960999") if one == FIRST_CELL else one for one in DISCLOSED]),
    )
    yield (
        s.REFERENCED,
        "a forged caller added",
        whole(shown=[*DISCLOSED, disclosure(salt(1), "Caller", "+44 7700 900999")]),
    )
    yield (
        s.REFERENCED,
        "an element added that nothing refers to",
        whole(shown=[*DISCLOSED, disclosure(salt(1), {"Caller": "x"})]),
    )
    yield (
        s.REFERENCED,
        "a cell renamed",
        whole(
            shown=[
                disclosure(decoded(one)[0], "Caller", decoded(one)[2]) if one == FIRST_CELL else one
                for one in DISCLOSED
            ]
        ),
    )
    yield s.REFERENCED, "a cell without its row", whole(shown=[one for one in DISCLOSED if one != FIRST_ROW])
    yield (
        s.REFERENCED,
        "a salt edited",
        whole(shown=[disclosure(salt(3), *decoded(one)[1:]) if one == FIRST_CELL else one for one in DISCLOSED]),
    )
    yield (
        s.REFERENCED,
        "the same JSON written with a space",
        whole(shown=[b64(unb64(one).replace(b",", b", ", 1)) if one == FIRST_CELL else one for one in DISCLOSED]),
    )
    yield s.REFERENCED, "a cell of another commitment", whole(shown=[*DISCLOSED, foreign_cell()])
    yield (
        s.REFERENCED,
        "every cell edited",
        whole(shown=[edited(one, "0") if one in CELLS else one for one in DISCLOSED]),
    )
    yield (
        s.REFERENCED,
        "a row edited to hold other cells",
        whole(shown=[row_with({"_sd": []}) if one == FIRST_ROW else one for one in DISCLOSED]),
    )
    # 10 fit
    yield (
        s.FIT,
        "a claim in the place of a row",
        forged_sd(
            lambda rows: [*rows[:-1], {"...": sha(disclosure(salt(1), "Caller", "x"))}],
            [*DISCLOSED, disclosure(salt(1), "Caller", "x")],
        ),
    )
    yield s.FIT, "an element in the place of a claim", swap_cell(disclosure(salt(1), "01632 960001"))
    yield s.FIT, "two claims of one name", two_of_a_name()
    yield s.FIT, "a claim over one in the clear", over_clear()
    # 11 time
    yield s.TIME, "commitment of the future", whole(resigned(iat=NOW + 86_400))
    yield s.TIME, "commitment expired", whole(resigned(exp=NOW - 1))
    yield s.TIME, "commitment expires this second", whole(resigned(exp=NOW))
    yield s.TIME, "commitment not yet holding", whole(resigned(nbf=NOW + 86_400))
    yield s.TIME, "no date", whole(resigned(iat=None))
    yield s.TIME, "a date in words", whole(resigned(iat="2031-05-02"))
    yield s.TIME, "a date that is true", whole(resigned(iat=True))
    yield s.TIME, "an end that is text", whole(resigned(exp="never"))
    yield s.TIME, "a date before 1970", whole(resigned(iat=-1))
    # 12 table
    for name, step_table in (
        ("fewer rows than are there", {"rows": 5}),
        ("more rows than are there", {"rows": 7}),
        ("no rows", {"rows": 0}),
        ("rows that are true", {"rows": True}),
        ("another width", {"width": 5}),
        ("assurance made up", {"assurance": "authentic"}),
        ("complete that is text", {"complete": "yes"}),
        ("a claim more in the table", {"verdict": "genuine"}),
        ("no assurance", {"assurance": None}),
        ("decoys that are a number", {"decoys": 0}),
        ("assurance that is a list", {"assurance": ["issuer-signed"]}),
    ):
        yield s.TABLE, name, whole(resigned(table=changed(BODY["table"], **step_table)))
    yield s.TABLE, "a claim more beside the table", whole(resigned(verdict="genuine"))
    yield s.TABLE, "no table", whole(resigned(table=None))
    yield s.TABLE, "rows that are no list", whole(resigned(rows="x"), [])
    yield s.TABLE, "nothing shown", whole(shown=[])
    yield (
        s.TABLE,
        "a row without a cell",
        whole(shown=[*ROWS, *[c for c in CELLS if sha(c) in decoded(ROWS[0])[1]["_sd"]]]),
    )
    yield s.TABLE, "a row in the clear", forged_sd(lambda rows: [*rows[:-1], {"Caller": "x"}])
    yield s.TABLE, "claims hidden beside the rows", whole(resigned(_sd=[sha("x")]))
    yield s.TABLE, "claims hidden beside the key", whole(resigned(cnf={"jwk": jwk(KEY), "_sd": [sha("x")]}))
    yield s.TABLE, "a cell that is a number", swap_cell(disclosure(salt(1), "Caller", 7))
    yield s.TABLE, "a cell that is an object", swap_cell(disclosure(salt(1), "Caller", {"x": "y"}))
    yield s.TABLE, "a short salt", swap_cell(disclosure(b64(bytes(16)), "Called number", "x"))
    yield s.TABLE, "an empty salt", swap_cell(disclosure("", "Called number", "x"))
    yield s.TABLE, "one salt for two cells", swap_cell(disclosure(decoded(CELLS[1])[0], "Called number", "x"))
    yield s.TABLE, "a row number that is text", swap_cell(disclosure(salt(1), "row", "3"))
    yield s.TABLE, "a row number of nought", swap_cell(disclosure(salt(1), "row", 0))
    yield s.TABLE, "two rows of one number", same_number()
    yield s.TABLE, "a row that is text", swap_row_text()
    # 13 bound
    yield s.BOUND, "no key binding", "~".join([JWT, *DISCLOSED, ""])
    # 14 binding type
    yield s.BINDING_TYPE, "key binding with algorithm none", whole(head=changed(KB_HEAD, alg="none"))
    yield s.BINDING_TYPE, "key binding with HMAC", whole(head=changed(KB_HEAD, alg="HS256"))
    yield s.BINDING_TYPE, "key binding of another type", whole(head=changed(KB_HEAD, typ="JWT"))
    yield s.BINDING_TYPE, "key binding with a key of its own", whole(head=changed(KB_HEAD, jwk=jwk(OTHER)), key=OTHER)
    yield s.BINDING_TYPE, "key binding without a type", whole(head={"alg": "EdDSA"})
    yield s.BINDING_TYPE, "key binding that is no signed text", "~".join([JWT, *DISCLOSED, "x"])
    yield s.BINDING_TYPE, "a disclosure in the place of the key binding", "~".join([JWT, *DISCLOSED])
    yield s.BINDING_TYPE, "the commitment in the place of the key binding", "~".join([JWT, *DISCLOSED, JWT])
    # 15 binding signature
    yield s.BINDING_SIGNATURE, "key binding by another key", whole(key=OTHER)
    yield s.BINDING_SIGNATURE, "commitment names another holder", whole(resigned(cnf={"jwk": jwk(OTHER)}))
    yield (
        s.BINDING_SIGNATURE,
        "commitment names a key of another kind",
        whole(resigned(cnf={"jwk": {"kty": "EC", "crv": "P-256", "x": "x", "y": "y"}})),
    )
    yield s.BINDING_SIGNATURE, "commitment names no key", whole(resigned(cnf={}))
    yield (
        s.BINDING_SIGNATURE,
        "commitment gives away a private key",
        whole(resigned(cnf={"jwk": {**jwk(KEY), "d": b64(bytes(32))}})),
    )
    yield (
        s.BINDING_SIGNATURE,
        "holder's key of small order",
        whole(resigned(cnf={"jwk": {"kty": "OKP", "crv": "Ed25519", "x": b64(b"\x01" + bytes(31))}})),
    )
    yield s.BINDING_SIGNATURE, "one bit of the binding's signature", "~".join([JWT, *DISCLOSED, flipped(KB, 2)])
    yield s.BINDING_SIGNATURE, "binding for another, its name edited", "~".join([JWT, *DISCLOSED, renamed_binding()])
    # 16 binding time
    yield s.BINDING_TIME, "key binding of the future", whole(iat=NOW + 86_400)
    yield s.BINDING_TIME, "key binding expired", whole(exp=NOW - 1)
    yield s.BINDING_TIME, "key binding without a date", whole(iat=None)
    yield s.BINDING_TIME, "key binding without a nonce", whole(nonce=None)
    yield s.BINDING_TIME, "key binding without a recipient", whole(aud=None)
    yield s.BINDING_TIME, "key binding for several", whole(aud=[AUDIENCE, "Another"])
    yield s.BINDING_TIME, "key binding not yet holding", whole(nbf=NOW + 86_400)
    # 17 recipient
    yield s.RECIPIENT, "made for another recipient, passed on", whole(aud="The Inland Courier")
    yield s.RECIPIENT, "an answer to another nonce, played again", whole(nonce="0000000000")
    yield s.RECIPIENT, "a recipient that looks the same", whole(aud=AUDIENCE.replace("a", "а"))
    # 18 binding hash
    yield s.BINDING_HASH, "a cell taken away", taken_away()
    yield s.BINDING_HASH, "cells in another order", "~".join([JWT, *reversed(DISCLOSED), KB])
    yield s.BINDING_HASH, "a cell added that was committed to", "~".join([JWT, *DISCLOSED, more_cell(), KB])
    yield s.BINDING_HASH, "no sd_hash", whole(sd_hash=None)
    yield s.BINDING_HASH, "sd_hash of the commitment alone", whole(sd_hash=sha(JWT))
    yield s.BINDING_HASH, "the binding of another presentation", whole().rsplit("~", 1)[0] + "~" + other_binding()


def doubled_key() -> str:
    return raw_jws(dumps(BODY)[:-1] + b',"iat":1}')


def raw_jws(payload: bytes) -> str:
    signed = f"{b64(dumps(HEAD))}.{b64(payload)}"
    return f"{signed}.{b64(KEY.sign(signed.encode()))}"


def nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


def second_writing(text: str) -> str:
    """The same bytes with other bits in the last letter, which stand for nothing."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return text[:-1] + letters[letters.index(text[-1]) | 1]


def unsigned() -> str:
    return f"{b64(dumps(changed(HEAD, alg='none')))}.{b64(dumps(BODY))}."


def hmac_with_public() -> str:
    signed = f"{b64(dumps(changed(HEAD, alg='HS256')))}.{b64(dumps(BODY))}"
    return f"{signed}.{b64(hmac.digest(raw_of(KEY), signed.encode(), 'sha256'))}"


def jwk(key: Ed25519PrivateKey) -> dict[str, str]:
    return {"crv": "Ed25519", "kty": "OKP", "x": b64(raw_of(key))}


def line(key: Ed25519PrivateKey) -> str:
    return "ssh-ed25519 " + base64.b64encode(b"\0\0\0\x0bssh-ed25519\0\0\0 " + raw_of(key)).decode()


def flipped(text: str, part: int) -> str:
    parts = text.split(".")
    data = bytearray(unb64(parts[part]))
    data[5] ^= 1
    parts[part] = b64(bytes(data))
    return ".".join(parts)


def edited_payload() -> str:
    head, _, signature = JWT.split(".")
    return f"{head}.{b64(dumps(changed(BODY, iat=AT - 86_400)))}.{signature}"


def cut_signature() -> str:
    head, body, signature = JWT.split(".")
    return f"{head}.{body}.{b64(unb64(signature)[:-1])}"


def cell_in_two_rows() -> str:
    second = decoded(ROWS[1])
    inside = [*second[1]["_sd"][:-1], sha(FIRST_CELL)]
    return swap_row(disclosure(second[0], {"_sd": inside}), ROWS[1])


def foreign_cell() -> str:
    return disclosure(b64(Salts(bytes(32)).of("cell", 3, 1)), "Caller", SMALL.rows[1].cells[1])


def two_of_a_name() -> str:
    name = decoded(FIRST_CELL)[1]
    one, other = disclosure(salt(1), name, "x"), disclosure(salt(2), name, "y")
    row = decoded(FIRST_ROW)
    kept = [digest for digest in row[1]["_sd"] if digest != sha(FIRST_CELL)][:-1]
    lost = [c for c in DISCLOSED if sha(c) in row[1]["_sd"]]
    new = disclosure(row[0], {"_sd": [*kept, sha(one), sha(other)]})
    rows = [{"...": sha(new)} if r["..."] == sha(FIRST_ROW) else r for r in BODY["rows"]]
    shown = [new if d == FIRST_ROW else d for d in DISCLOSED if d not in lost]
    return whole(resigned(rows=rows), [*shown, one, other])


def over_clear() -> str:
    row = decoded(FIRST_ROW)
    return swap_row(disclosure(row[0], {"_sd": row[1]["_sd"], decoded(FIRST_CELL)[1]: "in the clear"}))


def same_number() -> str:
    number = next(decoded(c)[2] for c in CELLS if decoded(c)[1] == "row")
    numbered = next(c for c in CELLS if decoded(c)[1] == "row")
    row = next(r for r in ROWS if sha(numbered) not in decoded(r)[1]["_sd"])
    old = next(c for c in CELLS if sha(c) in decoded(row)[1]["_sd"])
    new = disclosure(salt(1), "row", number)
    inside = [sha(new) if one == sha(old) else one for one in decoded(row)[1]["_sd"]]
    new_row = disclosure(decoded(row)[0], {"_sd": sorted(inside)})
    rows = [{"...": sha(new_row)} if r["..."] == sha(row) else r for r in BODY["rows"]]
    there = {row: new_row, old: new}
    return whole(resigned(rows=rows), [there.get(one, one) for one in DISCLOSED])


def swap_row_text() -> str:
    row = decoded(FIRST_ROW)
    new = disclosure(row[0], "a row that is text")
    rows = [{"...": sha(new)} if r["..."] == sha(FIRST_ROW) else r for r in BODY["rows"]]
    shown = [new if d == FIRST_ROW else d for d in DISCLOSED if sha(d) not in row[1]["_sd"]]
    return whole(resigned(rows=rows), shown)


def renamed_binding() -> str:
    head, _, signature = KB.split(".")
    return f"{head}.{b64(dumps(changed(KB_BODY, aud='The Inland Courier')))}.{signature}"


def taken_away() -> str:
    return "~".join([JWT, *[one for one in DISCLOSED if one != CELLS[1]], KB])


def more_cell() -> str:
    """A caller that the discloser withheld, in the right form: whoever saw the whole file may hold it."""
    full = present(SD_COMMITMENT, SMALL, SALTS, {3: ("Caller",)}, to=TO).decode().split("~")
    return next(one for one in full[1:-1] if len(decoded(one)) == 3)


def other_binding() -> str:
    return present(SD_COMMITMENT, SMALL, SALTS, {3: ("Duration",)}, to=TO).decode().rsplit("~", 1)[1]


# ---- the form above 1,000 rows

ROOT_COMMITMENT = commit(LARGE, SALTS, TERMS, sign=KEY.sign)
PROOF = json.loads(present(ROOT_COMMITMENT, LARGE, SALTS, CHOSEN, to=TO))
ROOT_HEAD, ROOT_BODY = apart(PROOF["commitment"])


def proof(commitment: str | None = None, *, rows: Any = None, binding: str | None = None, **more: Any) -> str:
    """A proof, its binding made to fit unless one is given."""
    value = changed(
        {**PROOF, "commitment": commitment or PROOF["commitment"], "rows": PROOF["rows"] if rows is None else rows},
        **more,
    )
    bound = dumps({name: one for name, one in value.items() if name != "binding"})
    made = jws(changed(apart(PROOF["binding"])[1], sd_hash=b64(hashlib.sha256(bound).digest())), KB_HEAD)
    return dumps({**value, "binding": made if binding is None else binding}).decode()


def row(place: int = 0, **changes: Any) -> Any:
    """The rows of the proof, one of them changed."""
    rows = json.loads(json.dumps(PROOF["rows"]))
    rows[place] = changed(rows[place], **changes)
    return rows


def rooted(key: Ed25519PrivateKey = KEY, head: Any = ROOT_HEAD, *, table: Any = None, **changes: Any) -> str:
    return jws(changed(ROOT_BODY, **{"table": changed(ROOT_BODY["table"], **(table or {})), **changes}), head, key)


def other_root() -> str:
    return b64(hashlib.sha256(b"another root").digest())


def proof_attacks() -> Iterator[tuple[Step, str, str]]:
    s = Step
    first = PROOF["rows"][0]
    path, digests, shown = first["path"], first["digests"], first["disclosures"]
    yield s.PARTS, "JSON with a space", json.dumps(PROOF)
    yield s.PARTS, "a key more", proof(verdict="genuine")
    yield s.PARTS, "another version", proof(v=2)
    yield s.PARTS, "a version that is true", proof(v=True)
    yield s.PARTS, "another kind", proof(type="quoth-bundle")
    yield s.PARTS, "no rows", proof(rows=[])
    yield s.PARTS, "a row that is text", proof(rows=["x"])
    yield s.PARTS, "a place that is text", proof(rows=row(position="3"))
    yield s.PARTS, "a place that is true", proof(rows=row(position=True))
    yield s.PARTS, "a path that is text", proof(rows=row(path="x"))
    yield s.PARTS, "a binding that is an object", dumps({**PROOF, "binding": {}}).decode()
    yield s.PARTS, "a doubled key", dumps(PROOF).decode()[:-1] + ',"v":1}'
    yield (
        s.PARTS,
        "SD-JWT as JSON (RFC 9901, section 8)",
        dumps({"payload": "x", "protected": "y", "signature": "z"}).decode(),
    )
    yield s.PARTS, "a commitment that is no signed text", proof("x")
    yield s.PARTS, "a row without digests", proof(rows=row(digests=None))
    yield s.ALGORITHM, "algorithm none", proof(rooted(head=changed(ROOT_HEAD, alg="none")))
    yield s.ALGORITHM, "type of the other form", proof(rooted(head=changed(ROOT_HEAD, typ="quoth-table+sd-jwt")))
    yield s.ALGORITHM, "type of a key binding", proof(rooted(head=changed(ROOT_HEAD, typ="kb+jwt")))
    yield s.ISSUER, "another discloser", proof(rooted(OTHER, iss=line(OTHER)))
    yield s.SIGNATURE, "signed by another key", proof(rooted(OTHER))
    yield (
        s.SIGNATURE,
        "another root, the signature kept",
        proof(
            ".".join(
                [
                    b64(dumps(ROOT_HEAD)),
                    b64(dumps(changed(ROOT_BODY, table=changed(ROOT_BODY["table"], root=other_root())))),
                    PROOF["commitment"].split(".")[2],
                ]
            )
        ),
    )
    yield s.HASH, "hash sha-1", proof(rooted(_sd_alg="sha-1"))
    yield s.DISCLOSURES, "an element in the place of a cell", proof(rows=row(disclosures=[disclosure(salt(1), "x")]))
    yield s.DISCLOSURES, "array of four", proof(rows=row(disclosures=[disclosure(salt(1), "a", "b", "c")]))
    yield s.DISCLOSURES, "not base64url", proof(rows=row(disclosures=["?"]))
    yield s.PLACES, "a place before the first", proof(rows=row(position=-1))
    yield s.PLACES, "a place after the last", proof(rows=row(position=1001))
    yield s.PLACES, "a hash of 31 bytes in the path", proof(rows=row(path=[b64(bytes(31)), *path[1:]]))
    yield s.PLACES, "a digest of 33 bytes", proof(rows=row(digests=[b64(bytes(33)), *digests[1:]]))
    yield s.PLACES, "digests out of order", proof(rows=row(digests=list(reversed(digests))))
    yield s.PLACES, "rows out of order", proof(rows=list(reversed(PROOF["rows"])))
    yield s.PLACES, "a root of 31 bytes", proof(rooted(table={"root": b64(bytes(31))}))
    yield s.PLACES, "no root", proof(rooted(table={"root": None}))
    yield s.PLACES, "no table", proof(jws(changed(ROOT_BODY, table=None), ROOT_HEAD))
    yield s.PLACES, "a path in a second writing", proof(rows=row(path=[second_writing(path[0]), *path[1:]]))
    yield s.REPEATED, "a row twice", proof(rows=[first, *PROOF["rows"]])
    yield s.REPEATED, "a disclosure twice", proof(rows=row(disclosures=[shown[0], shown[0]]))
    yield s.REPEATED, "a digest twice", proof(rows=row(digests=sorted([*digests[1:], digests[1]])))
    yield (
        s.REPEATED,
        "one row at two places",
        proof(rows=[*PROOF["rows"][:1], {**first, "position": first["position"] + 1}]),
    )
    yield s.REFERENCED, "a cell edited", proof(rows=row(disclosures=[edited(shown[0], "01632 960999")]))
    yield (
        s.REFERENCED,
        "a forged caller added",
        proof(rows=row(disclosures=[*shown, disclosure(salt(1), "Caller", "+44 7700 900999")])),
    )
    yield s.REFERENCED, "a cell of another row", proof(rows=swapped_cells())
    yield s.FIT, "a forged cell with its digest in the row", forged_in_row()
    yield s.FIT, "a hash of the path edited", proof(rows=row(path=[other_root(), *path[1:]]))
    yield s.FIT, "a path too short", proof(rows=row(path=path[:-1]))
    yield s.FIT, "a path too long", proof(rows=row(path=[*path, other_root()]))
    yield s.FIT, "no path", proof(rows=row(path=[]))
    yield s.FIT, "a path in another order", proof(rows=row(path=list(reversed(path))))
    yield s.FIT, "the row at another place", proof(rows=moved_row())
    yield s.FIT, "a tree said to be larger", proof(rooted(table={"rows": 1025}))
    yield (
        s.FIT,
        "a tree said to be smaller",
        proof(rooted(table={"rows": max(one["position"] for one in PROOF["rows"]) + 1})),
    )
    yield s.FIT, "the root of another table", proof(rooted(table={"root": other_root()}))
    yield s.FIT, "the paths of two rows exchanged", proof(rows=exchanged_paths())
    yield (
        s.FIT,
        "a digest of the row edited",
        proof(
            rows=row(
                digests=sorted([*digests[1:], other_root()]),
                disclosures=[one for one in shown if sha(one) in digests[1:]],
            )
        ),
    )
    yield s.FIT, "a node given out as a leaf", node_as_leaf()
    yield s.TIME, "commitment expired", proof(rooted(exp=NOW - 1))
    yield s.TABLE, "a claim more", proof(rooted(verdict="genuine"))
    yield s.TABLE, "another width", proof(rooted(table={"width": 5}))
    yield s.TABLE, "assurance made up", proof(rooted(table={"assurance": "authentic"}))
    yield s.TABLE, "a row without a cell", proof(rows=row(disclosures=[]))
    yield s.BOUND, "no key binding", proof(binding="")
    yield (
        s.BINDING_TYPE,
        "key binding with algorithm none",
        proof(binding=jws(apart(PROOF["binding"])[1], changed(KB_HEAD, alg="none"))),
    )
    yield (
        s.BINDING_SIGNATURE,
        "key binding by another key",
        proof(binding=jws(apart(PROOF["binding"])[1], KB_HEAD, OTHER)),
    )
    yield (
        s.BINDING_TIME,
        "key binding expired",
        proof(binding=jws(changed(apart(PROOF["binding"])[1], exp=NOW), KB_HEAD)),
    )
    yield (
        s.RECIPIENT,
        "made for another recipient, passed on",
        proof(binding=jws(changed(apart(PROOF["binding"])[1], aud="The Inland Courier"), KB_HEAD)),
    )
    yield s.BINDING_HASH, "a row taken away", proof(rows=PROOF["rows"][:1], binding=PROOF["binding"])
    yield s.BINDING_HASH, "a cell taken away", proof(rows=row(disclosures=shown[:-1]), binding=PROOF["binding"])
    yield s.BINDING_HASH, "the binding of an SD-JWT", proof(binding=KB)


def swapped_cells() -> Any:
    rows = json.loads(json.dumps(PROOF["rows"]))
    rows[0]["disclosures"], rows[1]["disclosures"] = rows[1]["disclosures"], rows[0]["disclosures"]
    return rows


def forged_in_row() -> str:
    first = PROOF["rows"][0]
    fake = disclosure(salt(1), "Caller", "+44 7700 900999")
    hidden = next(one for one in first["digests"] if one not in {sha(d) for d in first["disclosures"]})
    return proof(
        rows=row(
            digests=sorted([*(d for d in first["digests"] if d != hidden), sha(fake)]),
            disclosures=[*first["disclosures"], fake],
        )
    )


def moved_row() -> Any:
    rows = json.loads(json.dumps(PROOF["rows"]))
    rows[0]["position"] ^= 1
    return sorted(rows, key=lambda one: one["position"])


def exchanged_paths() -> Any:
    rows = json.loads(json.dumps(PROOF["rows"]))
    rows[0]["path"], rows[1]["path"] = rows[1]["path"], rows[0]["path"]
    return rows


def node_as_leaf() -> str:
    """Two nodes below the root given out as the digests of a row: caught by the leading byte of RFC 9162."""
    first = PROOF["rows"][0]
    return proof(rows=row(digests=sorted(first["path"][:2]), disclosures=[], path=first["path"][2:]))


def vectors() -> tuple[list[Vector], list[Vector]]:
    known = {"key": line(KEY), "audience": AUDIENCE, "nonce": NONCE, "at": NOW}
    valid = [
        {"name": "cells of two rows of six", "form": "sd-jwt", **known, "text": SD},
        {
            "name": "one cell of one row, a key binding with an end",
            "form": "sd-jwt",
            **known,
            "text": whole(exp=NOW + 60),
        },
        {"name": "decoys among the rows", "form": "sd-jwt", **known, "text": with_decoys()},
        {"name": "cells of two rows of 1,001", "form": "proof", **known, "text": dumps(PROOF).decode()},
    ]
    doctored = [
        {"name": name, "form": form, "step": int(step), **known, "text": text}
        for form, attacks in (("sd-jwt", sd_attacks()), ("proof", proof_attacks()))
        for step, name, text in attacks
    ]
    return valid, doctored


def with_decoys() -> str:
    text = commit(SMALL, SALTS, TERMS, sign=KEY.sign, decoys=5)
    to = Present(binding=TO.binding, sign=KEY.sign, decoys=5)
    return present(text, SMALL, SALTS, CHOSEN, to=to).decode()


def lines(ones: list[Vector]) -> str:
    return "".join(json.dumps(one, ensure_ascii=False, sort_keys=True) + "\n" for one in ones)


if __name__ == "__main__":
    for name, ones in zip(("valid", "doctored"), vectors(), strict=True):
        (HERE / f"{name}.jsonl").write_text(lines(ones), "utf-8")
        print(f"{name}: {len(ones)}")
