"""Checks made on an exhibit, and its custody.

- Every check says what it came to and what it does not show.
- Custody ends with the command that proves the bytes.

Example::

    checks(lookup, exhibit, "exhibits/x-1.html")
"""

from quoth.publish.calls import matches
from quoth.publish.layout.html import Html, tag
from quoth.publish.layout.pieces import digest, facts, instant, link, name, to
from quoth.publish.lookup import Lookup
from quoth.publish.media import media_path
from quoth.publish.references import linked
from quoth.record.exhibit import Exhibit
from quoth.record.finding import CopyLink, Finding, Outcome
from quoth.terms.digest import hex_of

__all__ = ["checks", "custody", "outcome_words", "shell_word"]

_OUTCOMES = {
    Outcome.HOLDS: "holds",
    Outcome.FAILS: "does not hold",
    Outcome.CANNOT_TELL: "cannot tell",
    Outcome.NOT_CHECKED: "not checked",
}
_LONGEST_FILE_NAME = 255


def outcome_words(outcome: Outcome) -> str:
    """An outcome in words that rate nothing."""
    return _OUTCOMES[outcome]


def checks(lookup: Lookup, exhibit: Exhibit, here: str) -> Html:
    """Findings, comparisons with call records, and shared words, each with what it does not show."""
    subjects = [exhibit.id, *([exhibit.digest] if exhibit.digest else ())]
    items = [_finding(lookup, one, here) for subject in subjects for one in lookup.findings_on.get(subject, ())]
    for call in lookup.calls_of.get(exhibit.id, ()):
        items += [_finding(lookup, one, here) for one in lookup.findings_on.get(call.id, ())]
        items += matches(lookup, call, here)
    items += [_copy(lookup, exhibit, one, here) for one in lookup.copies_of.get(exhibit.id, ())]
    listed = tag("ul", items, class_="checks") if items else tag("p", "Nothing was checked.", class_="absent")
    return tag("section", tag("h2", "Checks made"), listed)


def _finding(lookup: Lookup, one: Finding, here: str) -> Html:
    limits = one.limits or ("What this check does not show is not recorded.",)
    shown = [part for limit in limits for part in ("; ", linked(lookup, limit, here))][1:]
    return tag(
        "li",
        tag("p", tag("b", _plain_check(one.check), ": ", outcome_words(one.outcome))),
        tag("ul", [tag("li", linked(lookup, ground, here)) for ground in one.grounds]) if one.grounds else None,
        tag(
            "p",
            "Limits: ",
            shown,
            class_="limit",
        ),
    )


def _plain_check(check: str) -> str:
    """The name of a check, as words."""
    return check.replace("-", " ").replace("_", " ").replace(".", " ").capitalize()


def _copy(lookup: Lookup, exhibit: Exhibit, one: CopyLink, here: str) -> Html:
    other = one.right if one.left == exhibit.id else one.left
    titled = other in lookup.exhibits
    shown = link(here, f"exhibits/{other}.html", name(*lookup.title(other))) if titled else "an exhibit not shown here"
    earlier = {
        exhibit.id: "This one was published first, as far as the dates tell.",
        other: "The other was published first, as far as the dates tell.",
    }
    return tag(
        "li",
        tag("p", tag("b", "Shared words"), f": {one.shared / 10:g} % of the shorter text also stands in ", shown, "."),
        tag("ul", [tag("li", linked(lookup, ground, here)) for ground in one.grounds]) if one.grounds else None,
        tag("p", earlier.get(one.earlier, ""), " Does not show who wrote it first.", class_="limit"),
    )


def custody(lookup: Lookup, exhibit: Exhibit, here: str) -> Html | None:
    """Digest, size, receipt, and the command that proves the bytes; ``None`` where nothing is held."""
    if exhibit.digest is None:
        return None
    file = exhibit.provenances[0].name_as_given if exhibit.provenances else exhibit.title
    file = file if len(file.encode("utf-8", "replace")) <= _LONGEST_FILE_NAME else "FILE"
    held = lookup.media.get(exhibit.digest)
    return tag(
        "section",
        tag("h2", "Custody"),
        facts(
            ("SHA-256", digest(exhibit.digest)),
            ("Size", f"{exhibit.size:,} bytes".replace(",", " ")),
            ("Kind by content", exhibit.kind),
            ("Kind by name", exhibit.kind_by_name if exhibit.kind_by_name != exhibit.kind else None),
            *(("Received", [instant(one.received_at), " as ", name(one.name_as_given)]) for one in exhibit.provenances),
            ("In this dossier", tag("a", "the file itself", href=to(here, media_path(held))) if held else None),
        ),
        tag("p", "Verify with:"),
        tag("pre", tag("code", f"sha256sum {shell_word(file)}\n{hex_of(exhibit.digest)}"), tabindex="0"),
        tag("p", "Who gave it, and how it was obtained, is not published.", class_="limit"),
    )


def shell_word(file: str) -> str:
    """A file's name as one word of a POSIX shell, which runs nothing."""
    return "'" + file.replace("'", "'\\''") + "'"
