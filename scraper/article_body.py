"""An article's lines as HTML that any reader may show: few tags, whole links, nothing else.

A line does not say where in it a link stands; it has the links in order, with their words. Each is
put where its words next stand. Where they cannot be found (one address linked twice in a line) the
words stay, and lead nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import groupby
from typing import Final

import nh3

from scraper.document import absolute
from scraper.lines import Line

TAGS: Final = frozenset(
    {"p", "a", "ul", "ol", "li", "b", "strong", "em", "br", "h2", "h3", "h4"},
)
"""The elements that an article's text may have."""

SCHEMES: Final = frozenset({"http", "https", "mailto"})
"""The schemes that its links may have."""

_LISTS: Final = {"li": "ul", "ol": "ol"}


def content_html(lines: Sequence[Line], base: str) -> str | None:
    """Give the text of the page at `base` as sanitised HTML; None where it has no words."""
    runs = groupby(lines, key=lambda line: _LISTS.get(line.kind, ""))
    made = "".join(part for kind, run in runs for part in _run(kind, list(run), base))
    return clean(made) or None


def clean(markup: str) -> str:
    """Give markup with these tags and schemes alone, whatever it was made of."""
    return nh3.clean(
        markup.encode(errors="replace").decode(),  # half a letter has no form outside
        tags=set(TAGS),
        attributes={"a": {"href"}},
        url_schemes=set(SCHEMES),
        link_rel=None,
    )


def _run(kind: str, run: Sequence[Line], base: str) -> Iterator[str]:
    match kind:
        case "ul":
            yield "<ul>" + "".join(f"<li>{_inline(line, base)}</li>" for line in run) + "</ul>"
        case "ol":
            yield from _numbered(run, base)
        case _:
            yield from (_block(line, base) for line in run)


def _numbered(run: Sequence[Line], base: str) -> Iterator[str]:
    """Give numbered lists; a line without the next number goes on with the item above it.

    A list that does not begin with 1 cannot be said with these tags: its lines stay as they are.
    """
    items: list[str] = []
    for line in run:
        if items and line.text.startswith("1. "):
            yield _list(items)
            items = []
        number = f"{len(items) + 1}. "
        if line.text.startswith(number):
            items.append(_inline(replace(line, text=line.text[len(number) :]), base))
        elif items:
            items[-1] += f"<br>{_inline(line, base)}"
        else:
            yield _block(line, base)
    if items:
        yield _list(items)


def _list(items: Sequence[str]) -> str:
    return "<ol>" + "".join(f"<li>{item}</li>" for item in items) + "</ol>"


def _block(line: Line, base: str) -> str:
    if line.heading:
        tag = f"h{min(max(line.heading, 2), 4)}"
        return f"<{tag}>{_inline(line, base)}</{tag}>"
    if line.cells:
        cells = " | ".join(_inline(cell, base) for cell in line.cells if cell.text)
        return f"<p>{cells}</p>"
    return f"<p>{_inline(line, base)}</p>"


def _inline(line: Line, base: str) -> str:
    """Give a line's words with its links in their places."""
    made, here = "", 0
    for href, words in line.links:
        at = line.text.find(words, here) if words else -1
        url = absolute(base, href)
        if at < 0 or url is None:
            continue
        made += escape(line.text[here:at]) + f'<a href="{escape(url)}">{escape(words)}</a>'
        here = at + len(words)
    return made + escape(line.text[here:])
