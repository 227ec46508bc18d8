"""What would leave the machine: shown, asked for, logged, then allowed.

- Shown is what is sent, byte for byte: a body is allowed by its digest, see ``carrier``.
- Sealed exhibits are left out before anything is shown, and named.
- The log gets an entry *disclosed* before the first byte goes; what went where stands in an object.

Example::

    leaving = what_leaves(book, choice)
    choice = permit(book, choice, leaving, how=How.ASKED, by="desk")
"""

import dataclasses
import enum
import json
from collections.abc import Iterable, Iterator, Sequence

from quoth.attribute.drafts import Draft, Span
from quoth.attribute.engine import attribute, attribute_text
from quoth.attribute.proposals import Sender
from quoth.case.carrier import Address, address_of
from quoth.case.casebook import Casebook
from quoth.case.clock import now
from quoth.case.finding import Choice, bare, opened_from
from quoth.case.flow import Flow
from quoth.case.tasks import Done, Task
from quoth.case.work import documents_for
from quoth.custody.store import EntryDraft
from quoth.errors import AttributeRoomError
from quoth.record.custody import Action
from quoth.record.document import Document
from quoth.record.wire import Json, canonical
from quoth.terms.digest import Digest, digest_of

__all__ = ["How", "Leaving", "Parcel", "allowing", "permit", "what_leaves", "what_leaves_of"]


class _Nobody:
    """A runner that runs nothing: a plan needs none."""

    def run(self, worker: str, root: str, tasks: Sequence[Task]) -> Iterator[tuple[Task, Done | str]]:  # noqa: ARG002 - a runner's shape
        """Nothing is run."""
        return iter(())


_FIRST = 8
"""Passages of which the first line is shown before anyone asks for more."""
_WIDTH = 100


class How(enum.Enum):
    """How the permission was given."""

    ASKED = "yes on a terminal"
    OPTION = "--yes on the command line"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One body that would leave, for which exhibit or document, and the passages in it."""

    scope: str
    body: bytes
    passages: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """Everything that would leave: where to, in how many parcels; ``sealed`` are exhibits left out."""

    address: Address
    finder: str
    model: str
    parcels: tuple[Parcel, ...]
    sealed: tuple[str, ...] = ()

    @property
    def passages(self) -> int:
        """How many passages would leave."""
        return sum(len(parcel.passages) for parcel in self.parcels)

    @property
    def characters(self) -> int:
        """How many characters of the texts would leave."""
        return sum(len(passage) for parcel in self.parcels for passage in parcel.passages)

    def lines(self, *, whole: bool = False) -> Iterator[str]:
        """What people see before they answer; ``whole`` is every word that would leave."""
        texts = len({parcel.scope for parcel in self.parcels})
        yield f"Text would leave this machine, for {self.address.named}{self._way()}."
        yield (
            f"  {self.passages:,} passages, {self.characters:,} characters, of {texts:,} texts, "
            f"to the model {self.model} in {len(self.parcels):,} requests."
        )
        yield "  With each request our question goes along; no file's name, no title, nothing else of the case."
        if self.sealed:
            yield f"  Sealed, and not sent: {', '.join(self.sealed)}"
        passages = [passage for parcel in self.parcels for passage in parcel.passages]
        if whole:
            for parcel in self.parcels:
                messages = json.loads(parcel.body)
                yield json.dumps(messages, ensure_ascii=False, indent=1)
            return
        for passage in passages[:_FIRST]:
            first = passage.strip().split("\n")[0]
            yield f"  > {first[:_WIDTH]}{'…' if len(first) > _WIDTH else ''}"
        if len(passages) > _FIRST:
            yield f"  > … and {len(passages) - _FIRST:,} more passages"

    def _way(self) -> str:
        if self.address.here:
            return " (this machine itself; who stands behind that port is not known)"
        return " (encrypted)" if self.address.encrypted else " (NOT encrypted: whoever is on the way can read it)"

    def told(self, how: How) -> dict[str, Json]:
        """What is kept of it: where to, how much, of which texts, the digests of all bodies, how it was allowed."""
        return {
            "allowed": how.value,
            "bodies": [str(digest_of(parcel.body)) for parcel in self.parcels],
            "characters": self.characters,
            "finder": self.finder,
            "model": self.model,
            "of": [*sorted({parcel.scope for parcel in self.parcels})],
            "passages": self.passages,
            "to": self.address.named,
        }


class _Shown:
    """A finder that finds nothing and keeps what it would have sent: exactly what the engine hands it."""

    def __init__(self, sender: Sender) -> None:
        self.tool = sender.tool
        self.version = sender.version
        self._sender = sender
        self._parcels: list[tuple[bytes, tuple[str, ...]]] = []

    def find(self, text: str, paragraphs: Sequence[Span], ruled: Sequence[Draft]) -> list[Draft]:  # noqa: ARG002 - a finder's shape
        """Keep the letters for ``text``."""
        self._parcels += [
            (letter.body, tuple(text[start:end] for _, (start, end) in letter.paragraphs))
            for letter in self._sender.letters(text, paragraphs)
        ]
        return []

    def parcels(self, scope: str) -> list[Parcel]:
        """What was kept since the last call."""
        made = [Parcel(scope=scope, body=body, passages=passages) for body, passages in self._parcels]
        self._parcels.clear()
        return made


def _shown(choice: Choice) -> _Shown:
    outside = bare(opened_from(choice))
    if outside is None or not isinstance(outside.outside, Sender):
        raise AttributeRoomError(
            f"the finder {choice.name} cannot show what it would send, and so sends nothing",
            hint="nothing was sent; use another finder",
        )
    return _Shown(outside.outside)


def _leaving(choice: Choice, parcels: Iterable[Parcel], sealed: Iterable[str] = ()) -> Leaving:
    return Leaving(
        address=address_of(choice.setting("url")),
        finder=choice.name,
        model=choice.setting("model"),
        parcels=tuple(parcels),
        sealed=tuple(sealed),
    )


def what_leaves(book: Casebook, choice: Choice) -> Leaving:
    """What the step attribute would send now, for exhibits that are read and not done by this finder."""
    return _of_tasks(book, Flow(book, _Nobody(), choice=choice).planned("attribute"), choice)


def _of_tasks(book: Casebook, tasks: Sequence[Task], choice: Choice) -> Leaving:
    shown = _shown(choice)
    parcels: list[Parcel] = []
    sealed = [task.scope for task in tasks if task.setting("sealed")]
    for task in tasks:
        if not task.setting("sealed"):
            for document in documents_for(str(book.root), task, task.inputs[0]):
                _show(document, shown)
            parcels += shown.parcels(task.scope)
    return _leaving(choice, parcels, sealed)


def _show(document: Document, shown: _Shown) -> None:
    attribute(document, by=shown)


def what_leaves_of(documents: Iterable[tuple[str, str]], choice: Choice) -> Leaving:
    """What plain texts (name, text) would send."""
    shown = _shown(choice)
    parcels: list[Parcel] = []
    for name, text in documents:
        attribute_text(text, doc_id=name, by=shown)
        parcels += shown.parcels(name)
    return _leaving(choice, parcels)


def _allowed(leaving: Leaving) -> dict[str, tuple[Digest, ...]]:
    made: dict[str, tuple[Digest, ...]] = {}
    for parcel in leaving.parcels:
        made[parcel.scope] = (*made.get(parcel.scope, ()), digest_of(parcel.body))
    return made


def permit(book: Casebook, choice: Choice, leaving: Leaving, *, how: How, by: str) -> Choice:
    """Enter in the log that ``leaving`` may go, and give the choice that may send it, and nothing else."""
    store = book.store
    store.stage(
        EntryDraft(
            action=Action.DISCLOSED, objects=(store.put(canonical(leaving.told(how))),), note="sent for statements"
        )
    )
    store.commit(by=by, at=now())
    return allowing(choice, leaving)


def allowing(choice: Choice, leaving: Leaving) -> Choice:
    """The same outside a case: there is no log, so whoever calls says it on the screen."""
    return dataclasses.replace(choice, allowed=_allowed(leaving))
