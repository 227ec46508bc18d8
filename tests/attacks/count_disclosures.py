"""How many doctored disclosures are refused, ours beside the reference library's.

    python tests/attacks/count_disclosures.py          the whole table
    python tests/attacks/count_disclosures.py --json

The reference is Python's sd-jwt (PyPI ``sd-jwt``), asked for audience and nonce as a careful verifier asks, its
hard-wired algorithm of the key binding set to EdDSA. It knows no tables: vectors that only break what a table adds
(step 12) and what only we read more narrowly are its right to accept, so the count is given step by step.
"""

import importlib.metadata
import json
import logging
import sys
from pathlib import Path
from typing import Any

import sd_jwt.verifier
from jwcrypto.jwk import JWK

from quoth.case.disclosure import judge
from quoth.seal.disclose_jose import b64, key_in_line
from quoth.seal.disclose_terms import DisclosureStep
from quoth.seal.disclose_verify import STEP_WORDS, Expected, verify

HERE = Path(__file__).parent / "vectors" / "disclose"


def read(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text("utf-8").splitlines()]


def ours(vector: dict[str, Any]) -> int:
    """The step at which our verifier refuses; 0 where it accepts."""
    expected = Expected(
        judge=judge,
        at=vector["at"],
        key=key_in_line(vector["key"]),
        audience=vector["audience"],
        nonce=vector["nonce"],
    )
    return int(verify(vector["text"].encode(), expected).failed or 0)


def theirs(vector: dict[str, Any]) -> bool:
    """Whether the reference library accepts: it gives a payload and raises nothing."""
    jwk = JWK.from_json(json.dumps({"kty": "OKP", "crv": "Ed25519", "x": b64(key_in_line(vector["key"]))}))
    kept = sd_jwt.verifier.DEFAULT_SIGNING_ALG
    sd_jwt.verifier.DEFAULT_SIGNING_ALG = "EdDSA"
    try:
        checked = sd_jwt.verifier.SDJWTVerifier(
            vector["text"], lambda _issuer, _header: jwk, vector["audience"], vector["nonce"]
        )
        checked.get_verified_payload()
    except Exception:  # noqa: BLE001 - the library raises whatever comes
        return False
    finally:
        sd_jwt.verifier.DEFAULT_SIGNING_ALG = kept
    return True


def count() -> dict[str, Any]:
    """The table: for each form, step and verifier, how many."""
    logging.getLogger("jwcrypto").setLevel(logging.CRITICAL)
    rows = []
    doctored = read("doctored")
    for form in ("sd-jwt", "proof"):
        for step in DisclosureStep:
            ones = [one for one in doctored if one["form"] == form and one["step"] == step]
            rows.append(
                {
                    "form": form,
                    "step": int(step),
                    "words": STEP_WORDS[step],
                    "doctored": len(ones),
                    "refused": sum(ours(one) == one["step"] for one in ones),
                    "accepted_by_reference": sum(theirs(one) for one in ones) if form == "sd-jwt" else None,
                }
            )
    valid = read("valid")
    return {
        "reference": f"sd-jwt {importlib.metadata.version('sd-jwt')}",
        "rows": [one for one in rows if one["doctored"]],
        "valid": len(valid),
        "valid_accepted": sum(ours(one) == 0 for one in valid),
        "valid_accepted_by_reference": sum(theirs(one) for one in valid if one["form"] == "sd-jwt"),
    }


def main() -> int:
    table = count()
    if "--json" in sys.argv:
        print(json.dumps(table, indent=1))
    else:
        print(f"{'form':<8}{'step':>4}  {'doctored':>8}{'refused':>9}  accepted by {table['reference']}")
        for one in table["rows"]:
            other = "none knows the form" if one["accepted_by_reference"] is None else one["accepted_by_reference"]
            print(
                f"{one['form']:<8}{one['step']:>4}  {one['doctored']:>8}{one['refused']:>9}  {other!s:<20} {one['words']}"
            )
    doctored = sum(one["doctored"] for one in table["rows"])
    refused = sum(one["refused"] for one in table["rows"])
    compared = [one for one in table["rows"] if one["accepted_by_reference"] is not None]
    accepted, of = (sum(one[name] for one in compared) for name in ("accepted_by_reference", "doctored"))
    general = [one for one in compared if one["step"] != DisclosureStep.TABLE]
    some, others = (sum(one[name] for one in general) for name in ("accepted_by_reference", "doctored"))
    if "--json" not in sys.argv:
        print(f"refused at the right step: {refused} of {doctored}; {table['reference']} accepts {accepted} of {of}")
        print(f"  without step {DisclosureStep.TABLE:d}, which is of tables alone, it accepts {some} of {others}")
        print(f"valid ones accepted: {table['valid_accepted']} of {table['valid']}")
    return 0 if refused == doctored and table["valid_accepted"] == table["valid"] else 1


if __name__ == "__main__":
    sys.exit(main())
