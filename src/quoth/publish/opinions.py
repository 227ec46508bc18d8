"""Assessments by named people, and how those who were called replied.

- Two experts on the same recordings are two assessments of one origin.
- Replies are coded by people, and stand in a table beside each other: never a verdict.

Example::

    opinion_sheet(lookup).path  # 'opinions.html'
"""

from quoth.publish.layout.frame import Sheet
from quoth.publish.layout.html import Child, Html, tag
from quoth.publish.layout.pieces import count, facts, link, name, when
from quoth.publish.lookup import Lookup
from quoth.record.assessment import Assessment
from quoth.record.call import ReplyForm, ResponseCode, ResponseStance

__all__ = ["opinion_sheet", "replies"]

_FORMS = {
    ReplyForm.ANSWER: "an answer",
    ReplyForm.COUNTER_QUESTION: "a question back",
    ReplyForm.REFERRAL: "sends the caller elsewhere",
    ReplyForm.REFUSAL: "refuses",
    ReplyForm.SILENCE: "says nothing",
    ReplyForm.HANG_UP: "hangs up",
}
_STANCES = {
    ResponseStance.AFFIRMS: "affirms",
    ResponseStance.DENIES: "denies",
    ResponseStance.NEITHER: "neither affirms nor denies",
    ResponseStance.IMPLIES: "implies",
}
_MOST = 100


def opinion_sheet(lookup: Lookup) -> Sheet:
    """``opinions.html``."""
    here = "opinions.html"
    held = lookup.release.records.assessments
    body: list[Child] = [
        tag("h1", "Assessments and replies"),
        tag(
            "p", "Opinions of named people, each with its basis; and how those who were called replied.", class_="lead"
        ),
        tag(
            "section",
            tag("h2", "Assessments"),
            tag("ul", [_assessment(lookup, one, here) for one in held[:_MOST]], class_="list")
            if held
            else tag("p", "None recorded.", class_="absent"),
        ),
        replies(lookup, "", here)
        or tag("section", tag("h2", "Replies, as coded"), tag("p", "No reply was coded.", class_="absent")),
    ]
    return Sheet(path=here, title="Assessments and replies", body=body, section="claims.html")


def _assessment(lookup: Lookup, one: Assessment, here: str) -> Html:
    said = lookup.statements.get(one.statement)
    return tag(
        "li",
        tag("p", tag("b", name(one.by)), " on ", name(one.on)),
        tag("p", name(one.opinion), class_="what"),
        facts(
            ("Basis", name(one.basis) if one.basis else "not said"),
            ("When", when(one.when) if one.when else None),
            ("Relation to the subject", name(one.relation) if one.relation else "not said"),
            (
                "Where it is said",
                link(here, f"statements/{said.id}.html", f"statement {lookup.numbers[said.id]}") if said else None,
            ),
        ),
    )


def replies(lookup: Lookup, call: str, here: str) -> Html | None:
    """A table of coded replies in one call, or in all where ``call`` is empty; ``None`` without any."""
    codes = [one for one in lookup.release.records.response_codes if call in ("", one.call)]
    if not codes:
        return None
    heads = ("Call", "What was put", "Reply", "Stance", "Admitted", "Coded by")
    more = len(codes) - _MOST
    return tag(
        "section",
        tag("h2", "Replies, as coded"),
        tag("p", f"{count(len(codes), 'reply', 'replies')}. A reply is not a verdict, nor is a silence."),
        tag(
            "div",
            tag(
                "table",
                tag("thead", tag("tr", [tag("th", one, scope="col") for one in heads])),
                tag("tbody", [_reply(lookup, one, here) for one in codes[:_MOST]]),
            ),
            class_="scroll",
            tabindex="0",
            role="region",
            aria_label="Replies, as coded",
        ),
        tag("p", f"and {more} more", class_="how") if more > 0 else None,
    )


def _reply(lookup: Lookup, one: ResponseCode, here: str) -> Html:
    call = next((held for held in lookup.release.records.calls if held.id == one.call), None)
    where: Child = "a call not shown here"
    if call and call.exhibit in lookup.exhibits:
        where = link(here, f"exhibits/{call.exhibit}.html", name(*lookup.title(call.exhibit)))
    flags = tag("small", " (", name(", ".join(one.flags)), ")") if one.flags else None
    return tag(
        "tr",
        tag("th", where, scope="row"),
        tag("td", name(one.proposition)),
        tag("td", _FORMS[one.reply_form], flags),
        tag("td", _STANCES[one.stance]),
        tag("td", name(one.admitted) if one.admitted else "–"),
        tag("td", name(one.coded_by)),
    )
