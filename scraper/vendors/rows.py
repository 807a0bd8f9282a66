"""Meetings as lists have them: labelled blocks, links, table rows, script state; in one reading."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urljoin

from scraper.document import Document
from scraper.lines import Line
from scraper.raw import RawMeeting
from scraper.swedish import has_date
from scraper.vendors import sitevision

TIME, PLACE, DAY, BODY = "tid", "plats", "dag", "nämnd"
_COLUMNS: Final = {
    **dict.fromkeys(("dag", "datum", "när", "mötesdag"), DAY),
    **dict.fromkeys(("tid", "klockan", "klockslag", "starttid"), TIME),
    **dict.fromkeys(("nämnd", "organ", "sammanträde", "möte", "styrelse", "nämnd/styrelse"), BODY),
    **dict.fromkeys(("plats", "lokal", "var"), PLACE),
}
_KEYS: Final = {
    BODY: ("committee", "organization", "organ", "title", "name", "heading"),
    DAY: ("start", "startDate", "fromDate", "from", "date", "datum"),
    TIME: ("time", "startTime", "clock", "tid"),
    PLACE: ("location", "place", "plats"),
    "url": ("uri", "url", "href", "link"),
}
_YEAR: Final = re.compile(r"(?<!\d)20\d\d(?!\d)")
_ROW: Final = re.compile(r"^(?:\w+\s)?(?:extra(?:insatt)?\s)?sammanträde\w*\b", re.IGNORECASE)
_ISO: Final = re.compile(r"^\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    """A list being read: its page, what kind of list it is (`where`), and whose.

    `body` is the committee that all its rows belong to, None where each row names its own;
    `wanted` tells whether an address is that of a meeting's page.
    """

    page: Document
    where: str
    body: str | None
    wanted: Callable[[str], bool]

    def address(self, links: Sequence[tuple[str, str]]) -> str | None:
        """Give the first address that leads to a meeting's page."""
        return next((urljoin(self.page.url, href) for href, _ in links if self.wanted(href)), None)


def labelled(of: List, lines: Sequence[Line]) -> Iterator[RawMeeting]:
    """Give blocks such as: image text, the body's name, «Tid: … kl. …», «Plats: …».

    The name is the last heading before the time, or else the first line after the block before.
    """
    fields = list(sitevision.labelled(lines, (TIME, PLACE)))
    clocks = [field for field in fields if field.label == TIME]
    taken = {field.at for field in fields}
    for n, field in enumerate(clocks):
        floor = clocks[n - 1].at + 1 if n else 0
        roof = clocks[n + 1].at if n + 1 < len(clocks) else len(lines)
        above = [lines[at] for at in range(floor, field.at) if at not in taken]
        place = next((f for f in fields if f.label == PLACE and field.at <= f.at < roof), None)
        url = of.address([link for line in (*above, lines[field.at]) for link in line.links])
        yield RawMeeting(
            where=of.where,
            committee=field.before or _name(above) or of.body,
            url=url,
            node=sitevision.node_id(url) if url else None,
            time=field.value.text,
            stamps=tuple(stamp for stamp, _ in field.value.times if stamp),
            place=(place.value.text or None) if place else None,
        )


def _name(above: Sequence[Line]) -> str | None:
    heads = [line.text for line in above if line.heading]
    plain = [line.text for line in above if line.kind not in {"img", "row", "app"}]
    return heads[-1] if heads else plain[0] if plain else None


def in_text(of: List, lines: Sequence[Line]) -> Iterator[RawMeeting]:
    """Give links and lines such as «Sammanträdet den 30 november», below a heading with a year."""
    year = None
    for line in lines:
        if line.heading:
            found = _YEAR.search(line.text)
            year = found[0] if found else year
        links = [] if line.kind == "row" else [pair for pair in line.links if of.wanted(pair[0])]
        if not links and not line.heading and _ROW.match(line.text) and has_date(line.text):
            yield RawMeeting(where=of.where, committee=of.body, row=line.text, year=year)
        for href, text in links:
            alone = len(links) == 1
            yield RawMeeting(
                where=of.where,
                committee=of.body,
                url=of.address([(href, text)]),
                node=sitevision.node_id(href),
                row=line.text if alone else text,
                year=year,
                stamps=tuple(stamp for stamp, _ in line.times if stamp and alone),
            )


def in_tables(of: List, lines: Sequence[Line]) -> Iterator[RawMeeting]:
    """Give the rows of tables whose head names a day or a time; other tables hold no meetings."""
    year, columns = None, dict[int, str]()
    for line in lines:
        if line.heading:
            found = _YEAR.search(line.text)
            year, columns = found[0] if found else year, {}
        head = {
            n: _COLUMNS.get(cell.text.lower().rstrip(": "), "") for n, cell in enumerate(line.cells)
        }
        if {DAY, TIME} & set(head.values()):
            columns = head
        elif columns and line.kind == "row":
            cells = {name: line.cells[n] for n, name in columns.items() if n < len(line.cells)}
            yield _row(of, line, cells, year)


def _row(of: List, line: Line, cells: Mapping[str, Line], year: str | None) -> RawMeeting:
    when = [cells[name] for name in (DAY, TIME) if name in cells]
    url = of.address([link for cell in line.cells for link in cell.links])
    return RawMeeting(
        where=of.where,
        committee=(cells[BODY].text if BODY in cells else None) or of.body,
        url=url,
        node=sitevision.node_id(url) if url else None,
        row=" | ".join(cell.text for cell in line.cells),
        year=year,
        time=" ".join(cell.text for cell in when),
        stamps=tuple(stamp for cell in when for stamp, _ in cell.times if stamp),
        place=(cells[PLACE].text if PLACE in cells else None) or None,
    )


def in_states(of: List) -> Iterator[RawMeeting]:
    """Give the objects in script state that lead to a meeting, or name a body and a place."""
    for entry in sitevision.objects(of.page.states):
        value = {name: _first(entry, keys) for name, keys in _KEYS.items()}
        when = [found for found in (value[DAY], value[TIME]) if found]
        url = of.address([(value["url"], "")] if value["url"] else [])
        if not url and not (value[BODY] and value[PLACE]):
            continue
        yield RawMeeting(
            where=of.where,
            committee=of.body or value[BODY],
            url=url,
            node=sitevision.node_id(url) if url else None,
            row=value[BODY],
            time=" ".join(found for found in when if not _ISO.match(found)) or None,
            stamps=tuple(found for found in when if _ISO.match(found)),
            place=value[PLACE],
        )


def _first(entry: Mapping[str, Any], keys: Sequence[str]) -> str | None:
    values = (entry.get(key) for key in keys)
    return next((v for v in values if isinstance(v, str) and v), None)
