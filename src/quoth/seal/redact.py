"""Files rebuilt from allowed content, with words and places hidden.

- Never the original minus something: pixels are drawn, words are written anew.
- Pure: bytes and a plan in, bytes out; what reads pictures is handed in. The same plan gives the same bytes.
- What was made is looked at again (``seal.redact_check``) before it is given.

Example::

    made = redacted(data, Plan(ending="png", hide=("Jane Roe",)), kind="image/jpeg", read=read)
"""

import dataclasses
from collections.abc import Sequence

from quoth.errors import SealError
from quoth.seal.redact_check import check_made
from quoth.seal.redact_terms import Made, Plan, ReadWords
from quoth.seal.redact_text import redacted_text

__all__ = ["redacted", "redacted_words"]

_SAME = {"jpeg": "jpg"}


def redacted_words(passages: Sequence[tuple[str, str]], plan: Plan) -> Made:
    """A new text or page of words from passages (role and words); raises :class:`SealError` where it cannot be."""
    ending = {"htm": "html"}.get(plan.ending, plan.ending)
    _check_asked(plan, ending, ("txt", "html"), boxes=False)
    made = redacted_text(passages, dataclasses.replace(plan, ending=ending))
    check_made(made.data, ending)
    return made


def redacted(data: bytes, plan: Plan, *, kind: str, read: ReadWords) -> Made:
    """A new file of ``plan.ending`` from one of media type ``kind``; raises :class:`SealError` where it cannot be."""
    ending = _SAME.get(plan.ending, plan.ending)
    if kind.startswith("image/"):
        from quoth.seal.redact_picture import redacted_picture

        _check_asked(plan, ending, ("png", "jpg"), boxes=True)
        made = redacted_picture(data, plan, read=read)
    elif kind == "application/pdf":
        from quoth.seal.redact_pdf import redacted_pdf

        _check_asked(plan, ending, ("pdf",), boxes=True)
        made = redacted_pdf(data, plan, read=read)
    else:
        raise SealError(f"files of the kind {kind} cannot be made anew here", hint="nothing was written")
    check_made(made.data, ending)
    return made


def _check_asked(plan: Plan, ending: str, endings: tuple[str, ...], *, boxes: bool) -> None:
    """Refuse a plan that asks for what this kind of file has not got."""
    if ending not in endings:
        raise SealError(
            f"from this file a .{ending} is not made",
            hint=f"give --out a name in {', '.join('.' + e for e in endings)}",
        )
    if plan.boxes and not boxes:
        raise SealError("a file of this kind has no pages", hint="nothing was written; leave --hide-page out")
