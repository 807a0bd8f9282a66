"""Files as pages list them: in tables, as links, in script state, or drawn by a script unseen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import unquote

from scraper.document import Document
from scraper.lines import Line
from scraper.raw import RawFile
from scraper.vendors import sitevision

_DOWNLOAD: Final = re.compile(r"/download/18\.[0-9a-f]{6,}/\d+/")
_TABLE_HEAD: Final = frozenset({"filnamn", "filstorlek", "datum fil laddades upp"})
_SIZE: Final = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)?\s*(?:bytes|[kMG]?B)(?!\w)", re.IGNORECASE)
_STAMP: Final = re.compile(r"(?<![\w-])\d{4}-\d{2}-\d{2}[ T]\d{2}[.:]\d{2}")

_COMING: Final = re.compile(r"loading|pending|fetching|waiting", re.IGNORECASE)
_THERE: Final = re.compile(r"loaded|fetched|ready$", re.IGNORECASE)


def is_download(url: str) -> bool:
    """Tell whether an address is that of a file in SiteVision's store."""
    return bool(_DOWNLOAD.search(url))


def files(page: Document, lines: Sequence[Line]) -> tuple[RawFile, ...] | None:
    """Give the files that a page lists: in tables, as links, in script state; None for no list.

    An empty list is a claim that there are none; no list at all claims nothing, and neither does
    one whose links are not known as files, or whose app says that it waits for them.
    """
    found: list[RawFile] = []
    listed, strange, section = False, False, None
    for line in lines:
        if line.heading:
            section = line.text or None
        elif line.kind == "row" and _TABLE_HEAD & {cell.text.lower() for cell in line.cells}:
            listed = True
        else:
            stated = list(sitevision.arrays([page.stated(line)], "files"))
            listed = listed or (bool(stated) and not _waits(page.stated(line)))
            found.extend(raw for entries in stated for raw in _stated(entries, section))
            linked = list(_linked(line, section))
            found.extend(linked)
            strange = strange or (line.kind == "row" and not linked and _leads(line))
    return tuple(found) if found or (listed and not strange) else None


def _waits(state: object) -> bool:
    """Tell whether an app's state says that what it lists is still to come."""
    flags = ((key, value) for one in sitevision.objects([state]) for key, value in one.items())
    return any(
        (value is True and _COMING.search(key)) or (value is False and _THERE.search(key))
        for key, value in flags
    )


def _leads(row: Line) -> bool:
    return any(cell.links for cell in row.cells)


def draws_files(page: Document, lines: Sequence[Line]) -> bool:
    """Tell whether below some heading a script draws what is not in the page, and nothing else is.

    On such a page the files that are listed may not be all.
    """
    app, filled = False, False
    for line in (*lines, Line(kind="h1")):
        if line.heading:
            if app and not filled:
                return True
            app, filled = False, False
        elif line.kind == "app" and page.stated(line) is None:
            app = True
        elif line.kind in {"row", "app"} or any(is_download(url) for url, _ in line.links):
            filled = True
    return False


def _linked(line: Line, section: str | None) -> Iterator[RawFile]:
    """Give the files that a line or a table's row links to, with the size and stamp beside them."""
    for source in line.cells or (line,):
        for url, name in source.links:
            if is_download(url):
                alone = len(source.links) == 1
                beside = [cell.text for cell in line.cells if cell is not source]
                beside = beside or [line.text.replace(name, " ", 1)]
                size = next(filter(None, map(_SIZE.search, beside)), None)
                stamp = next(filter(None, map(_STAMP.search, beside)), None)
                yield RawFile(
                    name=name,
                    url=url,
                    section=section,
                    size=size[0] if size and (line.cells or alone) else None,
                    modified=stamp[0] if stamp and (line.cells or alone) else None,
                )


def _stated(entries: Sequence[Mapping[str, Any]], section: str | None) -> Iterator[RawFile]:
    for entry in entries:
        url = str(entry.get("url") or entry.get("uri") or "")
        name = str(entry.get("name") or unquote(url.rpartition("/")[2]))
        if name:
            yield RawFile(
                name=name,
                url=url or None,
                section=section,
                size=_text(entry.get("fileSize") or entry.get("size")),
                modified=_text(entry.get("lastModifiedDateTime") or entry.get("lastModified")),
            )


def _text(value: object) -> str | None:
    return None if value is None else str(value)
