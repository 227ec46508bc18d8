"""Markup that is escaped by construction.

- Text is escaped unless it is :class:`Html`, and only this module makes ``Html`` out of text.
- Control characters are shown, never passed on; so are the two that reorder letters at will.
- Attribute values are always quoted; ``None`` and ``False`` leave an attribute out.

Example::

    >>> tag("a", "<script>", href="x.html?a=1&b=2")
    '<a href="x.html?a=1&amp;b=2">&lt;script&gt;</a>'
"""

from collections.abc import Iterable

from quoth.errors import PublishError

__all__ = ["Child", "Html", "join", "plain", "tag", "text"]


class Html(str):
    """A piece of finished markup."""

    __slots__ = ()


Child = str | None | Iterable["Child"]
"""What an element may hold: text, markup, nothing, or a row of these."""

_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


def _shown() -> dict[int, str]:
    """How characters that no page may carry are shown instead (HTML Living Standard, 13.2.3.5)."""
    pictures = {code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n\r"}
    pictures[0x7F] = "\u2421"
    pictures |= dict.fromkeys(range(0x80, 0xA0), "\ufffd")
    pictures |= dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
    pictures |= {0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}
    return pictures | {0x202D: "[U+202D]", 0x202E: "[U+202E]"}


_SHOWN = _shown()
_ESCAPED = _SHOWN | {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord('"'): "&quot;", ord("'"): "&#39;"}
_BIDI = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "")


def text(value: str) -> Html:
    """``value`` escaped for element content and for quoted attributes."""
    return value if isinstance(value, Html) else Html(value.translate(_ESCAPED))


def plain(value: str, limit: int = 160) -> str:
    """``value`` for places that hold no markup (titles, attributes): one line, no direction marks."""
    line = " ".join(value.translate(_BIDI).translate(_SHOWN).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def join(children: Child) -> Html:
    """A row of children as one piece of markup."""
    if children is None:
        return Html("")
    if isinstance(children, str):
        return text(children)
    return Html("".join(join(child) for child in children))


def tag(name: str, /, *children: Child, **attributes: str | bool | None) -> Html:
    """An element. ``class_`` and ``for_`` lose their underscore, other underscores become hyphens."""
    made = [f"<{name}"]
    for key, value in attributes.items():
        if value is None or value is False:
            continue
        shown = key.removesuffix("_").replace("_", "-")
        made.append(f" {shown}" if value is True else f' {shown}="{text(value)}"')
    made.append(">")
    if name in _VOID:
        if any(children):
            raise PublishError(f"<{name}> holds nothing")
        return Html("".join(made))
    return Html("".join((*made, join(children), f"</{name}>")))
