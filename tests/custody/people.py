"""People with keys for tests, and a case in which they sign."""

from pathlib import Path

from custody.forge import AT, small_case
from quoth.custody.checkpoint import SignedText
from quoth.custody.members import member_id, prepare
from quoth.custody.signing import SigningKey
from quoth.custody.store import EntryDraft, Store
from quoth.record.custody import Action, CaseNote, KeyStep, Member

ADA = SigningKey.from_seed(b"ada".ljust(32, b"-"))
ADA_NEW = SigningKey.from_seed(b"ada, new".ljust(32, b"-"))
BEA = SigningKey.from_seed(b"bea".ljust(32, b"-"))
BEA_NEW = SigningKey.from_seed(b"bea, new".ljust(32, b"-"))
EVE = SigningKey.from_seed(b"eve".ljust(32, b"-"))


def member(store: Store, name: str, key: SigningKey, step: KeyStep, **more: str) -> Member:
    """A member record of this case; ``more`` fills or forges its other fields."""
    case = more.pop("case", store.case_file.case)
    line = more.pop("line", key.public.line)
    standing = store.members().at(name)
    parts = {"before": standing.member.key if standing else "", "at": AT, **more}
    return Member(id=member_id(case, name, line), case=case, name=name, key=line, step=step, **parts)


def enter_change(store: Store, made: Member, by: str, keys: tuple[SigningKey, ...]) -> int:
    """Write a key change as it is, whatever the rules say; gives its entry's number."""
    return enter_objects(store, prepare(made, keys), by, keys[0])


def enter_objects(store: Store, parts: tuple[bytes, ...], by: str, key: SigningKey | None) -> int:
    refs = tuple(store.put(one) for one in parts)
    store.stage(EntryDraft(action=Action.KEY_CHANGED, objects=refs))
    (entry,) = store.commit(by=by, at=AT)
    standing = store.members().at(by, entry.seq)
    if key is not None and standing is not None and standing.key == key.public:
        resign(store, entry.seq, key)
    return entry.seq


def resign(store: Store, first: int, key: SigningKey) -> None:
    """Sign the log as it stands, the entries from ``first`` on as one's own."""
    store.sign_as_written(SignedText(checkpoint=store.checkpoint(), first=first), key)


def say(store: Store, title: str, by: str, key: SigningKey | None = None) -> int:
    """One entry of somebody, signed where a key is given."""
    store.stage(EntryDraft(action=Action.DECIDED, secret=CaseNote(title=title)))
    (entry,) = store.commit(by=by, at=AT, key=key)
    return entry.seq


def signed_case(root: Path) -> Store:
    """The small case; then Ada's key (entry 6), Bea's (7), one entry each (8, 9), Ada's new key (10) and one more (11)."""
    store = small_case(root)
    enter_change(store, member(store, "Ada", ADA, KeyStep.FIRST), "Ada", (ADA,))
    enter_change(store, member(store, "Bea", BEA, KeyStep.ADDED, vouched_by="Ada"), "Ada", (ADA,))
    say(store, "by Ada", "Ada", ADA)
    say(store, "by Bea", "Bea", BEA)
    enter_change(store, member(store, "Ada", ADA_NEW, KeyStep.ROTATED), "Ada", (ADA_NEW, ADA))
    say(store, "by Ada again", "Ada", ADA_NEW)
    return store
