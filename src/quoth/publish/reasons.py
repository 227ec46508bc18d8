"""Why a statement is suggested, and how sure, in plain words.

- Who found it and whether the rules saw the same come first; the tool's own account stays as it stands.
- A weight is put into words by bands; where nobody measured a tool, the words say that.
- Marks of a hand in the wording are told as what they are, not as what they might hide.

Example::

    >>> sure_words(874)
    'likely read rightly'
"""

import re

from quoth.record.statement import Fidelity, Statement

__all__ = ["HAND", "found_by", "sure_of", "sure_words"]

HAND = {
    Fidelity.SIC: "“[sic]”: the text says that a slip stands as it was in the original",
    Fidelity.BRACKETS: "words in square brackets: put in by another hand than the speaker’s",
    Fidelity.ELLIPSIS: "an ellipsis: something may be left out, or the speaker trailed off",
}
"""What each mark shows, as the text itself has it."""

_FINDERS = {
    "quoth.attribute": "the rules",
    "quoth.attribute.rules": "the rules",
    "quoth.attribute.tagger": "the tagger",
    "quoth.attribute.spacy": "a spaCy pipeline",
    "quoth.attribute.endpoint": "a language model",
}
_SECOND = re.compile(r"; (the rules [^;]+)\Z")
_BANDS = (
    (900, "very likely read rightly"),
    (750, "likely read rightly"),
    (500, "more likely read rightly than not"),
    (250, "doubtful"),
    (0, "little more than a guess"),
)
_UNMEASURED = "was not measured"
_PERSON = "corrected by a person"


def found_by(statement: Statement) -> str:
    """Who found it, and what the rules say to it: ``found by the tagger; the rules found the same``."""
    if not statement.tool and statement.reason == _PERSON:
        return _PERSON
    who = _FINDERS.get(statement.tool, "another tool" if statement.tool else "a tool that was not recorded")
    second = _SECOND.search(statement.reason)
    return f"found by {who}; {second[1]}" if second else f"found by {who}"


def sure_words(confidence: int) -> str:
    """A weight in thousandths as words, by bands."""
    return next(words for least, words in _BANDS if confidence >= least or least == 0)


def sure_of(statement: Statement) -> str:
    """How sure the finder is, in words and in thousandths."""
    if not statement.tool and statement.reason == _PERSON:
        return "a person’s own reading"
    if _UNMEASURED in statement.reason:
        return (
            f"not known: how often this finder is right was not measured; {statement.confidence} of 1000 is a stand-in"
        )
    return f"{sure_words(statement.confidence)} ({statement.confidence} of 1000)"
