"""A page, its lines and script state without what is people's: mail addresses, telephone numbers.

An office's cannot be told from a person's by its form, so none is kept; that one stood there is
said in its place. Nothing here is for pages that are read for numbers: a diarienummer may look so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from scraper.document import Document
from scraper.lines import Line
from scraper.personal import CALL, MAIL, MARKS, redacted

_SCHEMES: Final = {"mailto": MAIL, "tel": CALL, "sms": CALL, "callto": CALL}
_ADDRESS: Final = re.compile(r"^(?:/|https?:)", re.IGNORECASE)


def impersonal(page: Document) -> Document:
    """Give a page without mail addresses and telephone numbers, in its lines and its states."""
    return replace(
        page,
        lines=tuple(line(each) for each in page.lines),
        states=tuple(_state(each) for each in page.states),
    )


def line(of: Line) -> Line:
    """Give a line without them; a link to one leads nowhere, and its words are gone."""
    said, links = of.text, list[tuple[str, str]]()
    for href, words in of.links:
        kind = _SCHEMES.get(href.strip().partition(":")[0].lower())
        if kind:
            said = said.replace(words, MARKS[kind], 1) if words else said
        else:
            links.append((href, redacted(words)))
    return replace(
        of,
        text=redacted(said),
        links=tuple(links),
        cells=tuple(line(cell) for cell in of.cells),
    )


def lines(of: Sequence[Line]) -> tuple[Line, ...]:
    """Give lines without them."""
    return tuple(line(each) for each in of)


def _state(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        return {key: _state(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_state(each) for each in value]
    if isinstance(value, str) and not _ADDRESS.match(value):
        return redacted(value)
    return value
