"""Arbitrary records, made from their own field types."""

import dataclasses
import datetime
import enum
import types
import typing

from hypothesis import strategies as st

from quoth.terms.anchor import Extract
from quoth.terms.digest import Digest
from quoth.terms.phone import PhoneNumber
from quoth.terms.tongue import Tongue
from quoth.terms.when import Reading, When

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
DIGESTS = st.binary(min_size=32, max_size=32).map(lambda data: Digest("sha256:" + data.hex()))


@st.composite
def extracts(draw):
    exact = draw(TEXT)
    start = draw(st.integers(0, 10_000))
    return Extract(start=start, end=start + len(exact), exact=exact)


@st.composite
def bounds(draw):
    days = sorted(draw(st.lists(st.dates(datetime.date(1, 1, 1)), min_size=2, max_size=2)))
    return tuple(draw(st.sampled_from([day.isoformat(), None])) for day in days)


@st.composite
def readings(draw):
    earliest, latest = draw(bounds())
    return Reading(earliest=earliest, latest=latest, edtf=draw(TEXT))


@st.composite
def whens(draw):
    earliest, latest = draw(bounds())
    return When(
        words=draw(TEXT),
        earliest=earliest,
        latest=latest,
        edtf=draw(TEXT),
        against=draw(bounds())[0],
        basis=draw(TEXT),
        alternatives=tuple(draw(st.lists(readings(), max_size=2))),
    )


SPECIAL = {
    Extract: extracts(),
    When: whens(),
    Reading: readings(),
    Digest: DIGESTS,
    Tongue: st.sampled_from([Tongue("en"), Tongue("zh-Hans"), Tongue("und")]),
    PhoneNumber: TEXT.map(PhoneNumber.of),
    str: TEXT,
    bool: st.booleans(),
    int: st.integers(-(2**53) + 1, 2**53 - 1),
}


def of(hint):
    if hint in SPECIAL:
        return SPECIAL[hint]
    if isinstance(hint, typing.NewType):
        return of(hint.__supertype__)
    origin = typing.get_origin(hint)
    if origin is tuple:
        return st.lists(of(typing.get_args(hint)[0]), max_size=2).map(tuple)
    if origin in (types.UnionType, typing.Union):
        rest = [one for one in typing.get_args(hint) if one is not type(None)]
        return st.none() | of(rest[0])
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return st.sampled_from(list(hint))
    hints = typing.get_type_hints(hint)
    return st.builds(hint, **{one.name: of(hints[one.name]) for one in dataclasses.fields(hint)})
