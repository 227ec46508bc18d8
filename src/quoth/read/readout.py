"""What a reader is asked, and what it gives.

- A reader gets a stream and a request; it gives records and blobs, and touches nothing else.
- Every blob is named by its digest; every record points only at blobs given with it.
- What could not be read is a finding among the records, in words for people.

Example::

    ReadRequest(exhibit="x-…", digest=digest, size=1042, kind="text/html", name="article.html")
"""

import dataclasses

from quoth.record.finding import Finding, Outcome
from quoth.record.kinds import Record
from quoth.record.rendition import Setting
from quoth.terms.digest import Digest, digest_of
from quoth.terms.ident import ident

__all__ = ["Blob", "ReadRequest", "Reader", "Readout", "unread"]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReadRequest:
    """Which exhibit to read: its digest, its size in bytes, its media type and its name.

    ``language`` is a BCP 47 tag when somebody said which one it is; it is a hint.
    """

    exhibit: str
    digest: Digest
    size: int
    kind: str
    name: str = ""
    language: str = ""
    settings: tuple[Setting, ...] = ()

    def setting(self, name: str, default: str = "") -> str:
        """The value of the setting ``name``."""
        return next((one.value for one in self.settings if one.name == name), default)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """Bytes that become an object of the case, and their digest."""

    digest: Digest
    data: bytes

    @classmethod
    def of(cls, data: bytes) -> "Blob":
        """``data`` with its digest."""
        return cls(digest=digest_of(data), data=data)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Readout:
    """Everything read: records in the order that they were made, and the blobs they name."""

    records: tuple[Record, ...] = ()
    blobs: tuple[Blob, ...] = ()

    def __add__(self, other: "Readout") -> "Readout":
        """Both, each blob once."""
        held = {blob.digest for blob in self.blobs}
        fresh = tuple(blob for blob in other.blobs if blob.digest not in held)
        return Readout(records=self.records + other.records, blobs=self.blobs + fresh)

    def blob(self, digest: Digest) -> bytes:
        """The bytes of one blob; raises :class:`KeyError` when it is not here."""
        for one in self.blobs:
            if one.digest == digest:
                return one.data
        raise KeyError(digest)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One reader: its name, version and media types (``audio/*`` takes what nobody else names).

    ``needs`` are Python modules it cannot do without; ``module`` is ``dotted.path:function``,
    imported only when used. The function is called ``f(source, request, reader=reader)``.
    """

    name: str
    version: str
    kinds: frozenset[str]
    needs: tuple[str, ...] = ()
    module: str

    @property
    def tool(self) -> str:
        """The name under which its renditions are kept."""
        return self.module.partition(":")[0]


def unread(request: ReadRequest, ground: str, *, reader: Reader | None = None, limits: tuple[str, ...] = ()) -> Finding:
    """A finding *not checked*: what was not read, why, and what helps."""
    return Finding(
        id=ident("f", "reading", request.exhibit, request.digest, ground),
        check="reading",
        subject=request.exhibit,
        outcome=Outcome.NOT_CHECKED,
        grounds=(ground,),
        limits=limits,
        tool=reader.tool if reader else "quoth.read.readers",
        version=reader.version if reader else "1",
    )
