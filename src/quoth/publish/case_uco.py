"""The log as CASE/UCO: investigative actions over digests.

- CASE 1.x on UCO 1.x (Cyber-investigation Analysis Standard Expression), as JSON-LD.
- An entry is an ``InvestigativeAction``, an object an ``ObservableObject`` whose content has a SHA-256; the
  actions stand in one chain (``wasInformedBy``).
- Names of nodes are UUIDs made from the case's name (RFC 9562, version 5): the same log gives the same bytes.

Example::

    data = case_uco_json(entries, case="0a" * 16)
"""

import uuid
from collections.abc import Iterable

from quoth.record import wire
from quoth.record.custody import Action, CustodyEntry, ObjectRef
from quoth.terms.digest import hex_of

__all__ = ["case_uco_json"]

_CONTEXT: dict[str, wire.Json] = {
    "case-investigation": "https://ontology.caseontology.org/case/investigation/",
    "kb": "urn:quoth:kb:",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "uco-action": "https://ontology.unifiedcyberontology.org/uco/action/",
    "uco-core": "https://ontology.unifiedcyberontology.org/uco/core/",
    "uco-identity": "https://ontology.unifiedcyberontology.org/uco/identity/",
    "uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/",
    "uco-types": "https://ontology.unifiedcyberontology.org/uco/types/",
    "uco-vocabulary": "https://ontology.unifiedcyberontology.org/uco/vocabulary/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_RESULTS = frozenset({Action.OPENED, Action.RECEIVED, Action.DERIVED, Action.DISCLOSED, Action.PUBLISHED})

Json = dict[str, wire.Json]


def case_uco_json(entries: Iterable[CustodyEntry], *, case: str) -> bytes:
    """JSON-LD of the log of the case named ``case``."""
    nodes: dict[str, Json] = {}
    space = uuid.uuid5(uuid.NAMESPACE_URL, f"urn:quoth:case:{case}")
    actions: list[wire.Json] = []
    for entry in entries:
        name = _name(space, "investigative-action", str(entry.seq))
        nodes[name] = _action(space, entry, name, nodes)
        actions.append({"@id": name})
    bundle = _name(space, "investigation", case)
    nodes[bundle] = {
        "@id": bundle,
        "@type": "case-investigation:Investigation",
        "uco-core:name": f"case {case[:8]}",
        "uco-core:object": actions,
    }
    graph: list[wire.Json] = [nodes[one] for one in sorted(nodes)]
    return wire.canonical({"@context": _CONTEXT, "@graph": graph})


def _action(space: uuid.UUID, entry: CustodyEntry, name: str, nodes: dict[str, Json]) -> Json:
    who = _name(space, "identity", entry.by)
    nodes.setdefault(who, {"@id": who, "@type": "uco-identity:Identity", "uco-core:name": entry.by})
    made: Json = {
        "@id": name,
        "@type": "case-investigation:InvestigativeAction",
        "uco-action:endTime": _instant(entry.at),
        "uco-action:performer": {"@id": who},
        "uco-action:startTime": _instant(entry.at),
        "uco-core:name": entry.action.value,
    }
    if entry.note:
        made["uco-core:description"] = entry.note
    if entry.seq:
        before = _name(space, "investigative-action", str(entry.seq - 1))
        made["case-investigation:wasInformedBy"] = {"@id": before}
    objects: list[wire.Json] = [{"@id": _object(space, ref, nodes)} for ref in entry.objects]
    if objects:
        made["uco-action:result" if entry.action in _RESULTS else "uco-action:object"] = objects
    return made


def _object(space: uuid.UUID, ref: ObjectRef, nodes: dict[str, Json]) -> str:
    name = _name(space, "observable-object", ref.digest or ref.sealed)
    facet: Json = {
        "@id": _name(space, "content-data-facet", ref.digest or ref.sealed),
        "@type": "uco-observable:ContentDataFacet",
        "uco-observable:sizeInBytes": {"@type": "xsd:integer", "@value": str(ref.size)},
    }
    if ref.digest is not None:
        facet["uco-observable:hash"] = [
            {
                "@id": _name(space, "hash", ref.digest),
                "@type": "uco-types:Hash",
                "uco-types:hashMethod": {"@type": "uco-vocabulary:HashNameVocab", "@value": "SHA256"},
                "uco-types:hashValue": {"@type": "xsd:hexBinary", "@value": hex_of(ref.digest)},
            }
        ]
    nodes[name] = {"@id": name, "@type": "uco-observable:ObservableObject", "uco-core:hasFacet": [facet]}
    return name


def _name(space: uuid.UUID, kind: str, what: str) -> str:
    return f"kb:{kind}-{uuid.uuid5(space, f'{kind} {what}')}"


def _instant(at: str) -> Json:
    return {"@type": "xsd:dateTime", "@value": at}
