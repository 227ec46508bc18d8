"""RO-Crate 1.2 metadata of a hand-over.

- JSON-LD in its flat form: the descriptor, the root data set, one ``File`` for each exhibit and each file that
  says something about the case (RO-Crate 1.2, sections on root and data entities).
- It says what the list of contents says, and no title, no giver, no source.

Example::

    data = crate_json(files, name="Bundle of the case 0a0a0a0a", made_at="2031-05-02T09:00:00Z")
"""

import dataclasses
from collections.abc import Sequence

from quoth.record import wire
from quoth.terms.digest import Digest, hex_of

__all__ = ["CrateFile", "crate_json"]

_CONTEXT = "https://w3id.org/ro/crate/1.2/context"
_PROFILE = "https://w3id.org/ro/crate/1.2"

Json = dict[str, wire.Json]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CrateFile:
    """A file of the crate: its path below the crate's root, what it is, and what is known of its bytes."""

    path: str
    description: str
    kind: str = ""
    size: int | None = None
    digest: Digest | None = None
    identifier: str = ""


def crate_json(files: Sequence[CrateFile], *, name: str, made_at: str) -> bytes:
    """The bytes of ``ro-crate-metadata.json``."""
    descriptor: Json = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": _PROFILE},
    }
    parts: list[wire.Json] = [{"@id": one.path} for one in files]
    root: Json = {
        "@id": "./",
        "@type": "Dataset",
        "datePublished": made_at,
        "description": "Exhibits with the log of who did what to them, and proofs that lead from one to the other.",
        "hasPart": parts,
        "license": "Not stated. Ask whoever handed this over.",
        "name": name,
    }
    graph: list[wire.Json] = [descriptor, root, *(_file(one) for one in files)]
    return wire.canonical({"@context": _CONTEXT, "@graph": graph})


def _file(one: CrateFile) -> wire.Json:
    made: Json = {"@id": one.path, "@type": "File", "name": one.path.rpartition("/")[2], "description": one.description}
    if one.kind:
        made["encodingFormat"] = one.kind
    if one.size is not None:
        made["contentSize"] = str(one.size)
    if one.digest is not None:
        made["sha256"] = hex_of(one.digest)
    if one.identifier:
        made["identifier"] = one.identifier
    return made
