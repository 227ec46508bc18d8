"""Turns of a transcript or an interview, by their labels.

- A text has turns when labels come again: at least three of them, and one of them twice.
- Each turn is a statement of its label, its cue the colon; what is said inside stands within it.
- A script that an outlet reads out, and a page of letters, are no talk.

Example::

    find_turns(text, spans)  ->  for "Q: Why?", "A: No reason." and "Q: None?" three drafts
"""

import collections
import re
from collections.abc import Sequence

from quoth.attribute.drafts import Draft, Span
from quoth.record.statement import Act

__all__ = ["find_turns"]

_LABEL = re.compile(
    r"(?P<label>(?:Q|A|Question|Answer|QUESTION|ANSWER|Interviewer|Host|Presenter|Reporter|Moderator|"
    r"(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lord|Lady|Judge|Chairman|Chairwoman|Chair|Minister|Secretary|The|THE)\.? )?"
    r"[A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|of|the|de|van|von)){0,4})"
    r"(?: \([^()\n]{1,60}\)|, [^:\n]{1,60})?)\s?(?P<colon>:)\s+(?=\S)"
)
_SCRIPT = {"PRESENTER", "READER", "NARRATOR", "ANCHOR", "TO THE EDITOR", "Letters"}
"""Labels of a script that an outlet reads out, or of a page of letters: its parts are no turns of a talk."""
_FEWEST, _TWICE = 3, 2
_RULE = "turn of a transcript"


def find_turns(text: str, paragraphs: Sequence[Span]) -> list[Draft]:
    """The turns in ``text``; ``paragraphs`` are spans of characters, in order."""
    labelled = [(span, match) for span in paragraphs if (match := _LABEL.match(text, *span)) and match.end() < span[1]]
    counts = collections.Counter(match["label"] for _, match in labelled)
    again = {label for label, count in counts.items() if count >= _TWICE}
    if counts.keys() & _SCRIPT or len(labelled) < _FEWEST or not again or 3 * len(labelled) < len(paragraphs):
        return []
    found = []
    questions = {"Q", "Question", "QUESTION", "Interviewer", "Reporter"}
    for (_, end), match in labelled:
        words = text[match.end() : end].rstrip()
        act = Act.ASK if match["label"] in questions or words.endswith("?") else Act.SAY
        if match["label"] in ("A", "Answer", "ANSWER"):
            act = Act.ANSWER
        stop = match.end() + len(words)
        stop -= words.endswith((".", "。")) and not words.endswith(("..", "…"))
        found.append(
            Draft(
                source=match.span("label"),
                cue=match.span("colon"),
                content=((match.end(), stop),),
                act=act,
                rule=_RULE,
            )
        )
    return found
