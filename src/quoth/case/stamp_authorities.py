"""Time-stamping authorities, named by people; none by default.

- A request goes out only with the authority's root certificate at hand: without it nobody could check the
  answer later. It is kept beside the token.
- The file is ``$QUOTH_AUTHORITIES``, else ``quoth/authorities.toml`` of the user's configuration folder.

Example::

    [[authority]]
    name = "hours"
    url = "https://stamps.example/tsr"
    roots = "hours.pem"        # PEM, beside this file; certificates between root and signer may stand in it too
"""

import dataclasses
import os
import tomllib
from collections.abc import Sequence
from pathlib import Path

from quoth.case.carrier import STAMPS, Address, address_of
from quoth.custody.stamp import BY_HAND
from quoth.custody.stamp_check import certificates_in
from quoth.custody.stamp_der import write_oid
from quoth.errors import AttributeRoomError, CaseError, CustodyError

__all__ = [
    "Authority",
    "authorities_file",
    "by_hand",
    "chosen_authorities",
    "read_authorities",
    "read_roots",
    "roots_in",
]

SECONDS = 30.0
_KEYS = frozenset({"name", "url", "roots", "policy", "seconds"})
_MOST_PEM = 1_000_000


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """Whom to ask: its address, its certificates (PEM, a root among them), the policy wanted, seconds to wait."""

    name: str
    url: str
    certificates: bytes
    policy: str = ""
    seconds: float = SECONDS

    @property
    def address(self) -> Address:
        """Where its requests go; raises :class:`CaseError` for what is no address."""
        try:
            return address_of(self.url, cargo=STAMPS)
        except AttributeRoomError as err:
            raise CaseError(str(err), hint=err.hint) from err


def authorities_file() -> Path:
    """Where this user's authorities are named; the file may not be there."""
    if chosen := os.environ.get("QUOTH_AUTHORITIES"):
        return Path(chosen)
    base = os.environ.get("XDG_CONFIG_HOME")
    return (Path(base) if base else Path.home() / ".config") / "quoth" / "authorities.toml"


def read_authorities(path: Path) -> tuple[Authority, ...]:
    """The authorities that a file names; none where there is no file. Raises :class:`CaseError`."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as err:
        raise CaseError(f"{path} cannot be read: {err}", hint="see docs/stamp.md for its form") from err
    rows = told.get("authority")
    if set(told) - {"authority"} or not isinstance(rows, list):
        raise _misused(path, "names no authority")
    made = tuple(_authority(row, path) for row in rows)
    if len({one.name for one in made}) != len(made):
        raise _misused(path, "names an authority twice")
    return made


def chosen_authorities(words: Sequence[str], *, roots: bytes = b"", file: Path | None = None) -> tuple[Authority, ...]:
    """The authorities that the words (names or addresses) choose; without words, all of the file."""
    known = read_authorities(file or authorities_file())
    if file is not None and not known:
        raise CaseError(f"{file} is not there", hint="see docs/stamp.md for its form")
    if not words:
        return known
    by_name = {one.name: one for one in known}
    made: list[Authority] = []
    for word in words:
        if "://" in word:
            made.append(Authority(name=word, url=word, certificates=roots_in(roots)))
        elif word in by_name:
            made.append(by_name[word])
        else:
            raise CaseError(
                f"no authority {word!r} in {file or authorities_file()}", hint="give its address, with --roots FILE"
            )
    for one in made:
        _ = one.address
    return tuple(made)


def by_hand(roots: bytes) -> Authority:
    """Stands for the authority to which a person carries the request."""
    return Authority(name=BY_HAND, url=BY_HAND, certificates=roots_in(roots))


def roots_in(pem: bytes) -> bytes:
    """The same certificates (PEM), where a root is among them; raises :class:`CaseError`."""
    if not pem:
        raise CaseError(
            "the authority's root certificate is missing", hint="give it with --roots FILE.pem; nothing was asked"
        )
    try:
        held = certificates_in(pem)
    except CustodyError as err:
        raise CaseError(str(err), hint=err.hint) from err
    if not any(one.subject == one.issuer for one in held):
        raise CaseError("no root is among the authority's certificates", hint="add the one that signs itself (PEM)")
    return pem


def read_roots(path: Path) -> bytes:
    """The bytes of a file of certificates; raises :class:`CaseError`."""
    try:
        with path.open("rb") as source:
            data = source.read(_MOST_PEM + 1)
    except OSError as err:
        raise CaseError(f"{path} cannot be read: {err.strerror}", hint="check the name and its permissions") from err
    if len(data) > _MOST_PEM:
        raise CaseError(f"{path} is too long for certificates", hint="expected PEM: -----BEGIN CERTIFICATE-----")
    return data


def _authority(row: object, path: Path) -> Authority:
    if not isinstance(row, dict) or set(row) - _KEYS or {"name", "url", "roots"} - set(row):
        raise _misused(path, "has an authority without name, url and roots, or with something else")
    policy, seconds = row.get("policy", ""), row.get("seconds", SECONDS)
    texts = (row["name"], row["url"], row["roots"], policy)
    if not all(isinstance(one, str) for one in texts) or isinstance(seconds, bool):
        raise _misused(path, "holds a value of another kind than expected")
    if not isinstance(seconds, int | float) or not 0 < seconds <= 3600:
        raise _misused(path, "holds seconds that are no time to wait")
    if not row["name"] or "://" in row["name"]:
        raise _misused(path, "names an authority by what is no name")
    if policy:
        _check_policy(policy)
    made = Authority(
        name=row["name"],
        url=row["url"],
        certificates=roots_in(read_roots(path.parent / row["roots"])),
        policy=policy,
        seconds=float(seconds),
    )
    _ = made.address
    return made


def _check_policy(policy: str) -> None:
    try:
        write_oid(policy)
    except CustodyError as err:
        raise CaseError(str(err), hint=err.hint) from err


def _misused(path: Path, what: str) -> CaseError:
    return CaseError(f"{path} {what}", hint="see docs/stamp.md for its form")
