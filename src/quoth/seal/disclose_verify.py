"""The verifier: every step numbered, the first that fails ends it.

- The steps are those of RFC 9901, sections 7.1 and 7.3, taken strictly, and what a table and a Merkle root add;
  their numbers are those of :class:`quoth.seal.disclose_terms.DisclosureStep`.
- Nothing of a presentation is shown unless every step before the showing holds.
- Without the discloser's key from elsewhere, the signature holds for the key that the file itself names: the outcome
  of that step is *cannot tell*.

Example::

    verdict = verify(data, Expected(judge=judge, at=1935565200, key=raw_key))
    verdict.shown is None or verdict.shown.rows
"""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from quoth.errors import SealError
from quoth.record.finding import Finding, Outcome
from quoth.seal.disclose_binding import Binding, bound_to, check_hash, check_times
from quoth.seal.disclose_jose import Judge, Jws, NotVerified, header_fault, key_in_jwk, key_in_line, key_line, read_jws
from quoth.seal.disclose_parts import Parts, ShownRow, parts_of
from quoth.seal.disclose_terms import BINDING_TYP, DisclosureStep, Terms
from quoth.terms.digest import Digest, digest_of
from quoth.terms.ident import ident

__all__ = ["LIMITS", "STEP_WORDS", "TOOL", "Expected", "Shown", "Verdict", "verify"]

TOOL = "quoth.seal.disclose_verify"
VERSION = "1"

STEP_WORDS: Mapping[DisclosureStep, str] = {
    DisclosureStep.PARTS: "the file has the parts of a presentation",
    DisclosureStep.ALGORITHM: "the commitment is signed with Ed25519 and is of its type",
    DisclosureStep.ISSUER: "the key is the discloser's",
    DisclosureStep.SIGNATURE: "the commitment is signed with that key",
    DisclosureStep.HASH: "digests are SHA-256",
    DisclosureStep.DISCLOSURES: "every disclosure is well formed",
    DisclosureStep.PLACES: "every digest stands where one may stand",
    DisclosureStep.REPEATED: "no digest and no disclosure stands twice",
    DisclosureStep.REFERENCED: "every disclosure is one that was committed to",
    DisclosureStep.FIT: "what is shown fits its place in the commitment",
    DisclosureStep.TIME: "the commitment holds at this time",
    DisclosureStep.TABLE: "it is a table and says no more",
    DisclosureStep.BOUND: "the presentation is bound to a recipient",
    DisclosureStep.BINDING_TYPE: "the key binding is of its type",
    DisclosureStep.BINDING_SIGNATURE: "the key binding is signed with the key that the commitment names",
    DisclosureStep.BINDING_TIME: "the key binding holds at this time",
    DisclosureStep.RECIPIENT: "the recipient is the one expected",
    DisclosureStep.BINDING_HASH: "the key binding covers all that is shown",
}
"""Each step in words."""

LIMITS = (
    "shows that these cells were in the table committed to, not that the company made the table",
    "shows nothing about the rows and cells withheld, but that there are so many of them",
    "the day of the commitment is the discloser's word, unless a timestamp or a log from elsewhere bears it out",
)
"""What a verified presentation does not show."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What the verifier knows from elsewhere.

    ``at`` is now (seconds since 1970, UTC); ``key`` the discloser's public key (32 bytes); ``audience`` and ``nonce``
    what the verifier is called and asked for; ``within`` how old a key binding may be in seconds (0: any age).
    ``typ`` other than a table's, and ``bound`` false, are for presentations that are not ours.
    """

    judge: Judge
    at: int
    key: bytes | None = None
    audience: str = ""
    nonce: str = ""
    within: int = 0
    typ: str = ""
    bound: bool = True


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a verified presentation says: ``claims`` is all of it, ``terms`` and ``rows`` where it is a table."""

    commitment: Digest
    issuer: bytes
    claims: Mapping[str, Any]
    form: str
    terms: Terms | None = None
    rows: tuple[ShownRow, ...] = ()
    binding: Binding | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One finding a step; ``shown`` is ``None`` where a step failed. ``failed`` is the step that did."""

    findings: tuple[Finding, ...]
    shown: Shown | None
    failed: DisclosureStep | None = None


_Told = tuple[Outcome, str]


def verify(data: bytes, expected: Expected) -> Verdict:
    """Verify a presentation (an SD-JWT, or a proof as JSON; without a newline at its end)."""
    run = _Run(data, expected)
    subject = digest_of(data)
    findings: list[Finding] = []
    failed: DisclosureStep | None = None
    for step, check in run.steps():
        if failed is not None:
            findings.append(_finding(step, subject, Outcome.NOT_CHECKED, "a step before it failed"))
            continue
        try:
            outcome, words = check()
        except NotVerified as err:
            outcome, words, failed = Outcome.FAILS, str(err), step
        findings.append(_finding(step, subject, outcome, words))
    return Verdict(findings=tuple(findings), shown=None if failed else run.shown(), failed=failed)


def _finding(step: DisclosureStep, subject: Digest, outcome: Outcome, words: str) -> Finding:
    return Finding(
        id=ident("f", TOOL, step, subject, words),
        check=f"disclosure step {step.value}: {STEP_WORDS[step]}",
        subject=subject,
        outcome=outcome,
        grounds=(words,),
        limits=LIMITS,
        tool=TOOL,
        version=VERSION,
    )


class _Run:
    """One verification: what the steps so far have made known."""

    _parts: Parts
    _jws: Jws
    _issuer: bytes
    _binding_jws: Jws

    def __init__(self, data: bytes, expected: Expected) -> None:
        if expected.typ and expected.key is None:
            raise SealError("whose presentation it is must be known", hint="give the issuer's public key")
        self._data = data
        self._expected = expected
        self._terms: Terms | None = None
        self._rows: tuple[ShownRow, ...] = ()
        self._binding: Binding | None = None

    def steps(self) -> tuple[tuple[DisclosureStep, Callable[[], _Told]], ...]:
        """The steps in their order."""
        return (
            (DisclosureStep.PARTS, self._take_apart),
            (DisclosureStep.ALGORITHM, self._algorithm),
            (DisclosureStep.ISSUER, self._known_issuer),
            (DisclosureStep.SIGNATURE, self._signature),
            (DisclosureStep.HASH, self._hash),
            (DisclosureStep.DISCLOSURES, self._disclosures),
            (DisclosureStep.PLACES, self._places),
            (DisclosureStep.REPEATED, self._repeated),
            (DisclosureStep.REFERENCED, self._referenced),
            (DisclosureStep.FIT, self._fit),
            (DisclosureStep.TIME, self._time),
            (DisclosureStep.TABLE, self._table),
            (DisclosureStep.BOUND, self._bound),
            (DisclosureStep.BINDING_TYPE, self._if_bound(self._binding_type)),
            (DisclosureStep.BINDING_SIGNATURE, self._if_bound(self._binding_signature)),
            (DisclosureStep.BINDING_TIME, self._if_bound(self._binding_time)),
            (DisclosureStep.RECIPIENT, self._if_bound(self._recipient)),
            (DisclosureStep.BINDING_HASH, self._if_bound(self._binding_hash)),
        )

    def shown(self) -> Shown:
        """What is shown, once every step holds."""
        return Shown(
            commitment=digest_of(self._parts.commitment.encode("ascii")),
            issuer=self._issuer,
            claims=self._parts.claims(),
            form=self._parts.typ,
            terms=self._terms,
            rows=self._rows,
            binding=self._binding,
        )

    # 1. separate the parts
    def _take_apart(self) -> _Told:
        self._parts = parts_of(self._data)
        self._jws = _jws_in(self._parts.commitment, "the commitment")
        return Outcome.HOLDS, f"{len(self._data)} bytes"

    # 2. an algorithm that is deemed secure, and the type that is expected (7.1, 2a)
    def _algorithm(self) -> _Told:
        fault = header_fault(self._jws.header, self._expected.typ or self._parts.typ)
        if fault:
            raise NotVerified(f"the commitment {fault}")
        return Outcome.HOLDS, "Ed25519"

    # 3. the key belongs to the issuer (7.1, 2c)
    def _known_issuer(self) -> _Told:
        if self._expected.typ and self._expected.key:
            self._issuer = self._expected.key
            return Outcome.HOLDS, "the key expected"
        try:
            self._issuer = key_in_line(self._jws.payload.get("iss"))
        except NotVerified as err:
            raise NotVerified(f"the issuer {err}") from err
        if self._expected.key is None:
            return Outcome.CANNOT_TELL, f"nobody said whose key it is; the file names {key_line(self._issuer)}"
        if self._issuer != self._expected.key:
            raise NotVerified("the commitment names another key than the one expected")
        return Outcome.HOLDS, key_line(self._issuer)

    # 4. the signature (7.1, 2b)
    def _signature(self) -> _Told:
        fault = self._expected.judge(self._issuer, self._jws.signature, self._jws.signed)
        if fault:
            raise NotVerified(f"the commitment: {fault}")
        return Outcome.HOLDS, "the signature fits the commitment and the key"

    # 5. the hash algorithm is known and secure (7.1, 2d)
    def _hash(self) -> _Told:
        if self._jws.payload.get("_sd_alg", "sha-256") != "sha-256":
            raise NotVerified("the commitment names another hash than sha-256")
        return Outcome.HOLDS, "sha-256"

    # 6. the form of each disclosure (7.1, 3a and 3c)
    def _disclosures(self) -> _Told:
        return Outcome.HOLDS, f"{self._parts.disclosures()} disclosures"

    # 7. embedded digests (7.1, 3b)
    def _places(self) -> _Told:
        self._parts.places(self._jws.payload)
        return Outcome.HOLDS, "none elsewhere"

    # 8. no digest more than once (7.1, 4)
    def _repeated(self) -> _Told:
        self._parts.repeated()
        return Outcome.HOLDS, "each once"

    # 9. no disclosure that nothing refers to (7.1, 5)
    def _referenced(self) -> _Told:
        self._parts.referenced()
        return Outcome.HOLDS, "all of them"

    # 10. the right form for its place, no claim written over (7.1, 3c); or the path to the root (RFC 9162, 2.1.3.2)
    def _fit(self) -> _Told:
        self._parts.fit()
        return Outcome.HOLDS, "all of it"

    # 11. nbf, iat, exp (7.1, 6)
    def _time(self) -> _Told:
        check_times(self._jws.payload, self._expected.at, what="the commitment")
        if not self._expected.typ and "iat" not in self._jws.payload:
            raise NotVerified("the commitment does not say when it was made")
        return Outcome.HOLDS, "it is not of the future, and has not ended"

    # 12. a table of ours
    def _table(self) -> _Told:
        if self._expected.typ:
            return Outcome.NOT_CHECKED, "another type of presentation was asked for"
        self._terms, self._rows = self._parts.table(self._issuer)
        return Outcome.HOLDS, f"{len(self._rows)} of {self._terms.rows} rows are shown"

    # 13. key binding is there where it is asked for (7.3, 1 and 2)
    def _bound(self) -> _Told:
        if self._parts.binding:
            return Outcome.HOLDS, "a key binding is there"
        if self._expected.bound:
            raise NotVerified("there is no key binding: anybody may have passed it on")
        return Outcome.NOT_CHECKED, "no key binding was asked for"

    def _if_bound(self, check: Callable[[], _Told]) -> Callable[[], _Told]:
        return lambda: check() if self._parts.binding else (Outcome.NOT_CHECKED, "there is no key binding")

    # 14. the binding's algorithm and type (7.3, 5b and 5d)
    def _binding_type(self) -> _Told:
        self._binding_jws = _jws_in(self._parts.binding, "the key binding")
        fault = header_fault(self._binding_jws.header, BINDING_TYP)
        if fault:
            raise NotVerified(f"the key binding {fault}")
        return Outcome.HOLDS, "Ed25519"

    # 15. the holder's key, as the commitment names it, and the signature (7.3, 5a and 5c)
    def _binding_signature(self) -> _Told:
        named = self._jws.payload.get("cnf")
        try:
            holder = key_in_jwk(named.get("jwk") if isinstance(named, dict) else None)
        except NotVerified as err:
            raise NotVerified(f"the commitment's claim cnf {err}") from err
        if fault := self._expected.judge(holder, self._binding_jws.signature, self._binding_jws.signed):
            raise NotVerified(f"the key binding: {fault}")
        return Outcome.HOLDS, "the signature fits the key binding and the key"

    # 16. when it was made (7.3, 5e and 5h)
    def _binding_time(self) -> _Told:
        check_times(self._binding_jws.payload, self._expected.at, what="the key binding")
        self._binding = bound_to(self._binding_jws)
        if self._expected.within and self._expected.at - self._binding.at > self._expected.within:
            raise NotVerified("the key binding is older than you allow")
        return Outcome.HOLDS, "it is not of the future, and has not ended"

    # 17. nonce and audience (7.3, 5f)
    def _recipient(self) -> _Told:
        said = self._binding or bound_to(self._binding_jws)
        if self._expected.audience and said.audience != self._expected.audience:
            raise NotVerified("the presentation was made for another recipient")
        if self._expected.nonce and said.nonce != self._expected.nonce:
            raise NotVerified("the presentation does not answer your nonce: it may be an older one")
        if not self._expected.audience:
            return Outcome.CANNOT_TELL, "nobody said whom to expect; it was made for the recipient that it names"
        return Outcome.HOLDS, "the name expected" + (" and your nonce" if self._expected.nonce else "")

    # 18. the digest over all that is shown (7.3, 5g)
    def _binding_hash(self) -> _Told:
        check_hash(self._binding_jws, self._parts.bound)
        return Outcome.HOLDS, "nothing was added, taken away or put elsewhere"


def _jws_in(text: str, what: str) -> Jws:
    try:
        return read_jws(text)
    except NotVerified as err:
        raise NotVerified(f"{what} {err}") from err
