"""The items of a notice board in one form: a title, then labelled lines, whatever they stood in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import unescape
from typing import Any, Final

from scraper.document import Document
from scraper.lines import Line, clean
from scraper.pages.words import BODY_LABELS, DAYS, KEPT_LABELS
from scraper.swedish import has_date
from scraper.vendors import sitevision

TITLE: Final = "h6"
"""The kind of a line that certainly begins an item: it stood alone in its cell or its field."""

LISTS: Final = ("pages", "announcements", "initialNotices")
"""Under which names script apps hold a board's items."""

_NAMES: Final = frozenset({*BODY_LABELS, "styrelse", "rubrik", "titel", "ärende", "anslag"})
_FILES: Final = frozenset({"protokoll", "dokument", "länk", "länk till protokoll", "fil"})
_COLUMNS: Final = frozenset({*DAYS, *KEPT_LABELS, *_NAMES, *_FILES})
_ITEM: Final = frozenset({"preamble", "fromDate", "toDate", "subject", "organization"})
_TEXTS: Final = ("preamble", "text", "description", "body", "content")
_TOTAL: Final = ("total", "totalCount", "totalHits", "numberOfHits")
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT")  # with an offset, it may be the day after
_BREAK: Final = re.compile(r"\n|<br\s*/?>|</p>", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^<>]*>")


def spread(page: Document, lines: Sequence[Line]) -> Iterator[Line]:
    """Give lines with the rows of tables and the objects of script state written out as lines.

    An app whose list is there and empty stays a line of its own: it claims that there is nothing.
    """
    columns: list[str] = []
    for line in lines:
        if line.kind == "app":
            yield from _in_state(line, page.stated(line))
        elif line.kind == "row":
            head = [_key(cell.text) for cell in line.cells]
            if _is_head(line, head):
                columns = head
            else:
                yield from _in_row(line, columns)
        else:
            columns = [] if line.heading else columns
            yield line


def _key(text: str) -> str:
    return text.lower().rstrip(": ")


def _is_head(line: Line, head: Sequence[str]) -> bool:
    known = [name for name in head if name in _COLUMNS]
    return len(known) > 1 and not any(has_date(cell.text) for cell in line.cells)


def _in_row(line: Line, columns: Sequence[str]) -> Iterator[Line]:
    """Write one row out: by its table's columns, by labels in its cells, or by its links alone."""
    cells = [cell for cell in line.cells if cell.text or cell.links or cell.times]
    if columns:
        yield from _by_columns(line, columns)
    elif _key(cells[0].text) in {*DAYS, *KEPT_LABELS, *BODY_LABELS}:
        yield line  # a label and its value
    elif any(True for _ in sitevision.labelled(cells, (*DAYS, *KEPT_LABELS))):
        yield replace(cells[0], kind=TITLE)
        yield from (replace(cell, kind="p") for cell in cells[1:])
    else:
        yield from (replace(cell, kind="p") for cell in cells if cell.links)


def _by_columns(line: Line, columns: Sequence[str]) -> Iterator[Line]:
    named = list(zip(columns, line.cells, strict=False))
    title = next((cell for name, cell in named if name in _NAMES), line.cells[0])
    yield replace(title, kind=TITLE)
    for name, cell in named:
        if cell is not title:
            text = f"{name}: {cell.text}" if name in {*DAYS, *KEPT_LABELS} else cell.text
            yield replace(cell, kind="p", text=text)


def _in_state(line: Line, state: Any) -> Iterator[Line]:  # noqa: ANN401 - JSON
    lists = [found for key in LISTS for found in sitevision.arrays([state], key)]
    entries = [entry for found in lists for entry in found]
    if lists and not entries:
        yield line
    if not lists:
        entries = [it for it in sitevision.objects([state]) if _ITEM & it.keys()]
    for entry in entries:
        yield from _written(entry)
    yield from _goes_on(state, len(entries))


def _written(entry: Mapping[str, Any]) -> Iterator[Line]:
    title = entry.get("title") or entry.get("name") or entry.get("heading")
    if not isinstance(title, str):
        return
    url = next((entry[k] for k in ("uri", "url", "href") if isinstance(entry.get(k), str)), None)
    yield Line(kind=TITLE, text=clean(title), links=((url, clean(title)),) if url else ())
    for key in ("subject", "organization"):
        yield from _labelled(key, entry.get(key))
    text = next((entry[key] for key in _TEXTS if isinstance(entry.get(key), str)), "")
    for part in _BREAK.split(text):
        words = clean(unescape(_TAG.sub("", part)))
        if words:
            yield Line(kind="p", text=words)
    for key in ("fromDate", "toDate"):
        yield from _labelled(key, entry.get(key))
    for link in sitevision.objects([entry.get("link"), entry.get("links")]):
        yield from (
            Line(kind="p", text=clean(text), links=((href, clean(text)),))
            for href, text in [(link.get("uri") or link.get("url"), link.get("text") or "")]
            if isinstance(href, str) and isinstance(text, str)
        )


def _labelled(key: str, value: object) -> Iterator[Line]:
    if isinstance(value, str) and _MOMENT.match(value):
        yield Line(kind="p", text=f"{key}:", times=((value, ""),))
    elif isinstance(value, str) and value:
        yield Line(kind="p", text=f"{key}: {clean(value)}")


def _goes_on(state: Any, shown: int) -> Iterator[Line]:  # noqa: ANN401 - JSON
    """Say that a list holds more than the page does, by its own count."""
    for entry in sitevision.objects([state]):
        if entry.get("hasMore") is True:
            yield Line(kind="p", text="hasMore: true")
        for key in _TOTAL:
            if isinstance(entry.get(key), int) and entry[key] > shown:
                yield Line(kind="p", text=f"{key}: {entry[key]}")
