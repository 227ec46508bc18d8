"""BagIt 1.0 (RFC 8493): manifests written, bags checked.

- A bag of ours is checked strictly: both SHA-256 and SHA-512, every file in a manifest, nothing else.
- A foreign bag is checked as RFC 8493 says: any of the known algorithms, tag files may stand unlisted.
- Every file is read once, for all the digests that name it.
- Numbers in the comments are those of :class:`BagStep`.

Example::

    check = BagCheck(parcel, strict=False)
    findings = list(check.run())
    check.payload            # path in the bag -> SHA-256
"""

import enum
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping

from quoth import __version__
from quoth.custody.parcel import Parcel, name_fault, shown
from quoth.errors import CustodyError
from quoth.record.finding import Finding, Outcome
from quoth.terms.ident import ident

__all__ = ["DECLARATION", "BagCheck", "BagStep", "bag_info", "found_in", "manifest_text", "oxum_of", "parse_manifest"]

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
"""The bytes of ``bagit.txt`` (RFC 8493, section 2.1.1)."""

OURS = ("sha256", "sha512")
_KNOWN = {"md5": 32, "sha1": 40, "sha224": 56, "sha256": 64, "sha384": 96, "sha512": 128}
_DECLARED = re.compile(rb"BagIt-Version: (0\.9[67]|1\.0)\r?\nTag-File-Character-Encoding: ?UTF-8\r?\n?\Z")
_MANIFEST = re.compile(r"(tag)?manifest-([a-z0-9]+)\.txt\Z")
_BREAK = re.compile(r"\r\n|\n|\r")
_LINE = re.compile(r"([0-9A-Fa-f]+)[ \t]+(\S.*)\Z")
_ESCAPED = {"%0A": "\n", "%0a": "\n", "%0D": "\r", "%0d": "\r", "%25": "%"}
_LABEL = re.compile(r"([^:\s][^:]*?)[ \t]*:[ \t]*(.*)\Z")
_SIGNATURE = "tagmanifest-sha256.txt.sig"
_MOST_SHOWN = 20


class BagStep(enum.Enum):
    """The numbered steps of a bag's check, as findings name them."""

    PACKAGE = "bundle.01-package"
    DECLARED = "bundle.02-bagit-declaration"
    MANIFESTS = "bundle.03-manifests"
    PRESENT = "bundle.04-nothing-missing"
    NO_OTHER = "bundle.05-nothing-added"
    BYTES = "bundle.06-bytes"
    INFO = "bundle.07-bag-info"


def found_in(step: enum.Enum, subject: str, outcome: Outcome, *grounds: str, limits: tuple[str, ...] = ()) -> Finding:
    """A finding of one step of a bundle's check."""
    return Finding(
        id=ident("f", step.value, subject, *grounds),
        check=step.value,
        subject=subject,
        outcome=outcome,
        grounds=grounds,
        limits=limits,
        tool="quoth.custody.bundle",
        version=__version__,
    )


def manifest_text(digests: Mapping[str, str]) -> bytes:
    """A manifest: path to hexadecimal digest, sorted by path (RFC 8493, section 2.1.3)."""
    return "".join(f"{digests[path]}  {_escaped(path)}\n" for path in sorted(digests)).encode()


def oxum_of(sizes: Iterable[int]) -> str:
    """``octets.files`` of the payload (RFC 8493, section 2.2.2)."""
    held = list(sizes)
    return f"{sum(held)}.{len(held)}"


def bag_info(labels: Iterable[tuple[str, str]]) -> bytes:
    """A ``bag-info.txt``: one label a line."""
    return "".join(f"{label}: {value}\n" for label, value in labels).encode()


def parse_manifest(data: bytes, *, algorithm: str, strict: bool) -> dict[str, str]:
    """Paths and lower-case digests; raises :class:`CustodyError` naming the line that does not fit."""
    try:
        text = data.decode()
    except UnicodeDecodeError as err:
        raise CustodyError("is not UTF-8") from err
    made: dict[str, str] = {}
    lines = text.split("\n")[:-1] if strict else [one for one in _BREAK.split(text) if one]
    for number, line in enumerate(lines, 1):
        match = _LINE.match(line)
        if match is None or len(match[1]) != _KNOWN[algorithm]:
            raise CustodyError(f"line {number} is no digest and name")
        path = _plain(match[2] if strict else match[2].removeprefix("*").removeprefix("./"))
        if fault := name_fault(path):
            raise CustodyError(f"line {number}, {shown(path)}: {fault}")
        if path in made:
            raise CustodyError(f"line {number} names {shown(path)} a second time")
        made[path] = match[1].lower()
    if strict and manifest_text(made) != data:
        raise CustodyError("is not as it was written: sorted, two spaces, lower case")
    return made


class BagCheck:
    """One pass over a bag; what the manifests say is kept for the steps that follow."""

    def __init__(self, parcel: Parcel, *, strict: bool) -> None:
        self._parcel = parcel
        self._strict = strict
        self._manifests: dict[str, dict[str, str]] = {}
        self.payload: dict[str, str] = {}
        """Payload files and their SHA-256, as read."""
        self.broken = False
        """Whether no further step can be made."""

    def run(self) -> Iterator[Finding]:
        """Steps 1 to 7: for each what is wrong, or one finding that it holds."""
        for step, work, words in (
            (BagStep.PACKAGE, self._package, "every file of the package has a plain name and can be opened"),
            (BagStep.DECLARED, self._declared, "it says that it is a BagIt bag in UTF-8"),
            (BagStep.MANIFESTS, self._read_manifests, "its manifests can be read"),
            (BagStep.PRESENT, self._present, "every file that a manifest names is there"),
            (BagStep.NO_OTHER, self._no_other, "no file is there that no manifest names"),
            (BagStep.BYTES, self._bytes, "every file has the digests that the manifests say"),
            (BagStep.INFO, self._info, "bag-info.txt says the size and the number of files that are there"),
        ):
            faults = list(work())
            for subject, fault in faults[:_MOST_SHOWN]:
                yield found_in(step, subject, Outcome.FAILS, fault)
            if len(faults) > _MOST_SHOWN:
                yield found_in(step, "bag", Outcome.FAILS, f"and {len(faults) - _MOST_SHOWN} more")
            if faults and step in (BagStep.PACKAGE, BagStep.DECLARED, BagStep.MANIFESTS):
                self.broken = True
                return
            if not faults:
                yield found_in(step, "bag", Outcome.HOLDS, words)

    def _package(self) -> Iterator[tuple[str, str]]:
        # 1. plain files with plain names, each once, and nothing beside them
        yield from self._parcel.faults

    def _declared(self) -> Iterator[tuple[str, str]]:
        # 2. bagit.txt names a version that we know and UTF-8
        try:
            data = self._parcel.read("bagit.txt", most=4096)
        except CustodyError as err:
            yield "bagit.txt", str(err)
            return
        known = data == DECLARATION if self._strict else _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf"))
        if not known:
            yield "bagit.txt", "names another version, another encoding, or something else besides"

    def _read_manifests(self) -> Iterator[tuple[str, str]]:
        # 3. manifests are there, of known algorithms, and each line can be read
        for name in self._parcel.sizes:
            match = _MANIFEST.match(name)
            if match is None:
                continue
            if match[2] not in (OURS if self._strict else _KNOWN):
                yield name, "is of an algorithm that is not used here"
                continue
            try:
                data = self._parcel.read(name)
                self._manifests[name] = parse_manifest(data, algorithm=match[2], strict=self._strict)
            except CustodyError as err:
                yield name, str(err)
                continue
            outside = [one for one in self._manifests[name] if one.startswith("data/") == bool(match[1])]
            if outside:
                yield name, f"names {shown(outside[0])}, which is not its matter"
        wanted = [f"{kind}manifest-{one}.txt" for one in OURS for kind in ("", "tag")] if self._strict else []
        yield from ((one, "is missing") for one in wanted if one not in self._parcel.sizes)
        if not any(not name.startswith("tag") for name in self._manifests):
            yield "manifest", "no manifest of the payload can be read"

    def _present(self) -> Iterator[tuple[str, str]]:
        # 4. every file that a manifest names is there; nothing has to be fetched
        named = {path for manifest in self._manifests.values() for path in manifest}
        fetched = "fetch.txt" in self._parcel.sizes
        why = "is missing, to be fetched from elsewhere" if fetched else "is missing"
        yield from ((shown(path), why) for path in sorted(named - self._parcel.sizes.keys()))
        if fetched and self._strict:
            yield "fetch.txt", "a whole bundle has nothing to fetch"

    def _no_other(self) -> Iterator[tuple[str, str]]:
        # 5. every file is named by every manifest that it belongs to
        for name, manifest in self._manifests.items():
            is_tag = name.startswith("tag")
            for path in self._parcel.sizes:
                if is_tag == path.startswith("data/") or (is_tag and (not self._strict or _unlisted(path))):
                    continue
                if path not in manifest:
                    yield shown(path), f"is not named by {name}"

    def _bytes(self) -> Iterator[tuple[str, str]]:
        # 6. every file has the bytes that its digests say
        held: dict[str, str] = {}
        wrong: list[tuple[str, str, str]] = []
        for path in self._parcel.sizes:
            said = {_algorithm(name): one[path] for name, one in self._manifests.items() if path in one}
            if not said:
                continue
            try:
                actual, size = self._digests(path, {*said, "sha256"})
            except CustodyError as err:
                yield shown(path), str(err)
                continue
            held[path] = actual["sha256"]
            if path.startswith("data/"):
                self.payload[path] = actual["sha256"]
            bad = [algorithm for algorithm, digest in said.items() if actual[algorithm] != digest]
            if bad:
                wrong.append((path, ", ".join(bad), "empty" if size == 0 else f"{size} bytes"))
        meant = {
            digest: path
            for name, one in self._manifests.items()
            if _algorithm(name) == "sha256"
            for path, digest in one.items()
        }
        for path, algorithms, size_said in wrong:
            other = meant.get(held[path])
            what = f"holds the bytes of {shown(other)}" if other else f"has other bytes than those packed ({size_said})"
            yield shown(path), f"{what}: {algorithms}"

    def _digests(self, path: str, algorithms: Iterable[str]) -> tuple[dict[str, str], int]:
        hashers = {one: hashlib.new(one, usedforsecurity=False) for one in algorithms}
        size = 0
        for piece in self._parcel.pieces(path):
            size += len(piece)
            for hasher in hashers.values():
                hasher.update(piece)
        if size != self._parcel.sizes[path]:
            raise CustodyError(f"ends after {size} of {self._parcel.sizes[path]} bytes")
        return {name: hasher.hexdigest() for name, hasher in hashers.items()}, size

    def _info(self) -> Iterator[tuple[str, str]]:
        # 7. the Payload-Oxum of bag-info.txt is that of the payload
        if "bag-info.txt" not in self._parcel.sizes:
            if self._strict:
                yield "bag-info.txt", "is missing"
            return
        try:
            labels = parse_info(self._parcel.read("bag-info.txt", most=1 << 20))
        except CustodyError as err:
            yield "bag-info.txt", str(err)
            return
        actual = oxum_of(size for path, size in self._parcel.sizes.items() if path.startswith("data/"))
        said = [value for label, value in labels if label.lower() == "payload-oxum"]
        if (said or self._strict) and said != [actual]:
            yield "bag-info.txt", f"says {', '.join(said) or 'nothing'} where {actual} is there (bytes.files)"


def parse_info(data: bytes) -> list[tuple[str, str]]:
    """Labels and values of a ``bag-info.txt``, folded lines joined; raises :class:`CustodyError`."""
    made: list[tuple[str, str]] = []
    try:
        lines = _BREAK.split(data.decode())
    except UnicodeDecodeError as err:
        raise CustodyError("is not UTF-8") from err
    for line in lines:
        if line[:1] in (" ", "\t") and made:
            made[-1] = (made[-1][0], f"{made[-1][1]} {line.strip()}")
            continue
        match = _LABEL.match(line)
        if match is None and line.strip():
            raise CustodyError("a line is no label with a value")
        made += [(match[1], match[2])] if match else []
    return made


def _unlisted(path: str) -> bool:
    return path.startswith("tagmanifest-") and (path == _SIGNATURE or _MANIFEST.match(path) is not None)


def _algorithm(name: str) -> str:
    return name.rpartition("-")[2].removesuffix(".txt")


def _escaped(path: str) -> str:
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def _plain(text: str) -> str:
    return re.sub("%0A|%0a|%0D|%0d|%25", lambda match: _ESCAPED[match[0]], text)
