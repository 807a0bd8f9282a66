"""What is people's and not the city's is taken out of a text: mail addresses, telephone numbers.

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

MAIL: Final = "[e-postadress]"
"""What stands where a mail address stood, or the words of a link to one: often a name."""

PHONE: Final = "[telefonnummer]"
"""What stands where a telephone number stood."""

_MAIL: Final = re.compile(r"[\w.+-]+(?:@|\s?\(at\)\s?|\s?\[at\]\s?)[\w-]+(?:\.[\w-]+)+")
_PHONE: Final = re.compile(
    r"(?<![\w.:/-])(?:"
    r"(?:\+|00)46[\s(0)-]*\d(?:[\s-]?\d){6,9}"  # +46 33 35 70 00, +46 (0)33-35 70 00
    r"|0[1-9]\d{0,2}\s?[-–/]\s?\d(?:\s?\d){4,7}"  # 033-35 70 00, 070-123 45 67
    r"|0[1-9]\d{1,2}\s\d{2,3}\s\d\d\s\d\d"  # 033 35 70 00
    r"|07\d{8}"
    r")(?![\d-])"
)
_SCHEMES: Final = {"mailto": MAIL, "tel": PHONE, "sms": PHONE, "callto": PHONE}
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
            said = said.replace(words, kind, 1) if words else said
        else:
            links.append((href, text(words)))
    return replace(
        of,
        text=text(said),
        links=tuple(links),
        cells=tuple(line(cell) for cell in of.cells),
    )


def lines(of: Sequence[Line]) -> tuple[Line, ...]:
    """Give lines without them."""
    return tuple(line(each) for each in of)


def text(of: str) -> str:
    """Give a text without them."""
    return _PHONE.sub(PHONE, _MAIL.sub(MAIL, of))


def _state(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, dict):
        return {key: _state(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_state(each) for each in value]
    if isinstance(value, str) and not _ADDRESS.match(value):
        return text(value)
    return value
