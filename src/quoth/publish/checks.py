"""Checks made on an exhibit, and its custody.

- Every check says what it came to and what it does not show.
- What does not hold stands first; what holds is folded, with a count, and unfolds without a script.
- Custody ends with the command that proves the bytes.

Example::

    checks(lookup, exhibit, "exhibits/x-1.html")
"""

from quoth.publish.calls import matches
from quoth.publish.layout.html import Html, tag
from quoth.publish.layout.pieces import cut, digest, facts, instant, link, name, to
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
_FIRST = (Outcome.FAILS, Outcome.CANNOT_TELL, Outcome.NOT_CHECKED, Outcome.HOLDS)
_LONGEST_FILE_NAME = 255
_LONGEST_NAME = 120


def outcome_words(outcome: Outcome) -> str:
    """An outcome in words that rate nothing."""
    return _OUTCOMES[outcome]


def checks(lookup: Lookup, exhibit: Exhibit, here: str) -> Html:
    """Findings, comparisons with call records, and shared words, each with what it does not show.

    What does not hold, cannot be told or was not checked stands first and open; what holds is folded.
    """
    calls = lookup.calls_of.get(exhibit.id, ())
    subjects = [exhibit.id, *([exhibit.digest] if exhibit.digest else ()), *(one.id for one in calls)]
    found = [one for subject in subjects for one in lookup.findings_on.get(subject, ())]
    found.sort(key=lambda one: _FIRST.index(one.outcome))
    items = [_finding(lookup, one, here) for one in found if one.outcome is not Outcome.HOLDS]
    items += [item for call in calls for item in matches(lookup, call, here)]
    items += [_copy(lookup, exhibit, one, here) for one in lookup.copies_of.get(exhibit.id, ())]
    held = [_finding(lookup, one, here) for one in found if one.outcome is Outcome.HOLDS]
    return tag(
        "section",
        tag("h2", "Checks made"),
        tag("ul", items, class_="checks") if items else None,
        tag("details", tag("summary", _folded(len(held), len(items))), tag("ul", held, class_="checks"))
        if held
        else None,
        None if items or held else tag("p", "Nothing was checked.", class_="absent"),
    )


def _folded(held: int, open_: int) -> str:
    words = "1 check holds" if held == 1 else f"{held} checks hold"
    return words if open_ else f"{words}; none came out otherwise"


def _finding(lookup: Lookup, one: Finding, here: str) -> Html:
    limits = one.limits or ("What this check does not show is not recorded.",)
    return tag(
        "li",
        tag("p", tag("b", _plain_check(one.check), ": ", outcome_words(one.outcome))),
        tag("ul", [tag("li", linked(lookup, ground, here)) for ground in one.grounds]) if one.grounds else None,
        tag("p", "Limits:" if len(limits) > 1 else "Limit:", class_="limit"),
        tag("ul", [tag("li", linked(lookup, limit, here)) for limit in limits], class_="limit"),
    )


def _plain_check(check: str) -> str:
    """The name of a check, as words."""
    return cut(check, _LONGEST_NAME).replace("-", " ").replace("_", " ").replace(".", " ").capitalize()


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
