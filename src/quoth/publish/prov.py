"""The log as W3C PROV: who did what to which bytes.

- PROV-JSON (W3C Member Submission, 24 April 2013) of the PROV data model (W3C Recommendation, 30 April 2013).
- An entry is an activity, an object an entity named by its digest, whoever acted an agent. Nothing is added
  that the log does not say: times are claimed, names are those that entries carry.
- The same entries give the same bytes.

Example::

    data = prov_json(entries, case="0a" * 16)
"""

from collections.abc import Iterable, Mapping

from quoth.record import wire
from quoth.record.custody import Action, CustodyEntry, ObjectRef
from quoth.record.rendition import Derivation

__all__ = ["prov_json"]

_MADE = frozenset({Action.OPENED, Action.RECEIVED, Action.DERIVED, Action.DISCLOSED, Action.PUBLISHED})
"""Actions after which the objects named are in the case for the first time, as far as the entry says."""

Json = dict[str, wire.Json]


def prov_json(
    entries: Iterable[CustodyEntry], *, case: str, derivations: Mapping[int, Derivation] | None = None
) -> bytes:
    """PROV-JSON of the log of the case named ``case``; ``derivations`` by entry say what was made from what."""
    made = _Document(case)
    for entry in entries:
        made.take(entry, (derivations or {}).get(entry.seq))
    return wire.canonical(made.value)


class _Document:
    """A PROV document as it grows."""

    def __init__(self, case: str) -> None:
        self.value: Json = {
            "prefix": {
                "agent": f"urn:quoth:case:{case}:agent:",
                "entry": f"urn:quoth:case:{case}:entry:",
                "quoth": "urn:quoth:terms:",
                "sealed": "urn:quoth:sealed:",
                "sha256": "urn:sha256:",
            }
        }
        self._agents: dict[str, str] = {}
        self._relations = 0

    def take(self, entry: CustodyEntry, derivation: Derivation | None) -> None:
        """Add one entry of the log."""
        activity = f"entry:{entry.seq}"
        said: Json = {
            "prov:endTime": entry.at,
            "prov:startTime": entry.at,
            "prov:type": {"$": f"quoth:{entry.action.value}", "type": "prov:QUALIFIED_NAME"},
        }
        if entry.commitment is not None:
            said["quoth:commitment"] = entry.commitment
        if entry.note:
            said["quoth:note"] = entry.note
        self._part("activity")[activity] = said
        self._relate("wasAssociatedWith", activity, ("prov:agent", self._agent(entry.by)))
        if entry.seq:
            self._relate("wasInformedBy", "", ("prov:informed", activity), ("prov:informant", f"entry:{entry.seq - 1}"))
        names = [self._entity(ref) for ref in entry.objects if ref.digest or ref.sealed]
        for name in names:
            self._touch(entry.action, activity, name)
        for source in derivation.inputs if derivation else ():
            used = self._entity(ObjectRef(digest=source))
            self._relate("used", activity, ("prov:entity", used))
            for name in names:
                ends = (("prov:generatedEntity", name), ("prov:usedEntity", used), ("prov:activity", activity))
                self._relate("wasDerivedFrom", "", *ends)

    def _touch(self, action: Action, activity: str, name: str) -> None:
        if action is Action.ERASED:
            self._relate("wasInvalidatedBy", activity, ("prov:entity", name))
        elif action in _MADE:
            self._relate("wasGeneratedBy", activity, ("prov:entity", name))
        else:
            self._relate("used", activity, ("prov:entity", name))

    def _entity(self, ref: ObjectRef) -> str:
        name = f"sha256:{ref.digest.removeprefix('sha256:')}" if ref.digest else f"sealed:{_local(ref.sealed)}"
        said = self._part("entity").setdefault(name, {})
        if ref.size and isinstance(said, dict):
            said["quoth:size"] = {"$": str(ref.size), "type": "xsd:integer"}
        return name

    def _agent(self, by: str) -> str:
        name = self._agents.setdefault(by, f"agent:{len(self._agents)}")
        self._part("agent")[name] = {"prov:label": by}
        return name

    def _relate(self, kind: str, activity: str, *ends: tuple[str, str]) -> None:
        self._relations += 1
        value: Json = dict(ends)
        if activity:
            value["prov:activity"] = activity
        self._part(kind)[f"_:r{self._relations}"] = value

    def _part(self, name: str) -> Json:
        part = self.value.setdefault(name, {})
        return part if isinstance(part, dict) else {}


def _local(name: str) -> str:
    return name.rpartition(":")[2]
