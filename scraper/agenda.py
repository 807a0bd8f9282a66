"""Agendas as offices type them: numbered or not, wrapped, with diary numbers and codes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from records.model import AgendaItem

_NUMBER: Final = re.compile(
    r"^(?P<number>§+\s*\d{1,3}|\d{1,3})(?:[.)]\s*|\s+(?=[A-ZÅÄÖ]))(?P<rest>\D.*)$"
)
_CODE: Final = re.compile(r"^(?P<code>[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,2}\d{1,3})\b[.:]?\s+(?P<rest>\S.*)$")
_REFERENCE: Final = re.compile(
    r"(?<![\s,;(])[\s,;(]*\b(?:Dnr|Diarienummer|Diarienr)\b\.?\s*:?\s*(?P<reference>[^()]{1,200}?)\)?\s*$",
    re.IGNORECASE,
)


def items(lines: Iterable[str]) -> tuple[AgendaItem, ...]:
    """Give the items of an agenda from its lines.

    A line that begins with «Dnr» belongs to the item above it, unless that has one; so does a line
    that begins with a small letter, or that stands without a number between numbered ones: there an
    item is wrapped.
    """
    texts = [line.strip() for line in lines if line.strip()]
    numbered = [bool(_NUMBER.match(text)) for text in texts]
    last = max((n for n, has in enumerate(numbered) if has), default=-1)
    found: list[str] = []
    for n, text in enumerate(texts):
        inside = any(numbered[:n]) and not numbered[n] and n < last
        if found and (inside or _continues(text, found[-1])):
            found[-1] = f"{found[-1]} {text}"
        else:
            found.append(text)
    return tuple(_item(text) for text in found)


def is_numbered(line: str) -> bool:
    """Tell a line that begins with the number of an item: «5.Almänhetens frågestund»."""
    return bool(_NUMBER.match(line))


def _continues(text: str, above: str) -> bool:
    return text[0].islower() or bool(_REFERENCE.match(text) and not _REFERENCE.search(above))


def _item(text: str) -> AgendaItem:
    made = AgendaItem(title=text)
    if match := _NUMBER.match(made.title):
        made = replace(made, number=match["number"], title=match["rest"].strip())
    if match := _CODE.match(made.title):
        made = replace(made, code=match["code"], title=match["rest"])
    if match := _REFERENCE.search(made.title):
        title = made.title[: match.start()].strip() or made.title
        made = replace(made, reference=match["reference"], title=title)
    return made
