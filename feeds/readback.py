"""A file of ours read back, as a reader would: whether it is whole, and what it holds."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from os.path import commonprefix
from pathlib import PurePosixPath
from typing import Final

from icalendar import Alarm, Calendar, Event, Timezone, vDDDTypes
from lxml import etree, html

from feeds.contentlines import ALARM, EVENT, block, sketch
from records.model import When

FOLDED: Final = 75
"""How many octets a line of iCalendar may have (RFC 5545, 3.1)."""

_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_ZONE: Final = block("VTIMEZONE")

# the whole process's, and 131072 by default: a meeting's list of documents may be longer
csv.field_size_limit(2**31 - 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a file holds: each entry's lasting name and moment, and whose calendar entries are.

    `fault` says in a few words why the file cannot be read; then nothing else is known.
    """

    entries: Mapping[str, When | None] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)
    fault: str | None = None


class _Fault(ValueError):
    """A file parses and is wrong all the same."""


def read(path: str, body: bytes, proved: Collection[bytes] = frozenset()) -> Contents:
    """Read the file that is, or shall be, published at `path`; its ending says what it is.

    Events of a calendar that are `proved`, byte for byte, are not read whole once more.
    """
    reader = _schema if path.endswith(".schema.json") else _READERS[PurePosixPath(path).suffix]
    try:
        if reader is _calendar:
            return _calendar(body, proved)
        return reader(body)
    except (ValueError, csv.Error, etree.LxmlError) as error:
        return Contents(fault=str(error).partition("\n")[0] or type(error).__name__)


def _calendar(body: bytes, proved: Collection[bytes] = frozenset()) -> Contents:
    if b"\n" in body.replace(b"\r\n", b"") or not body.endswith(b"END:VCALENDAR\r\n"):
        raise _Fault("its lines do not end with CR LF, or its end is missing")
    if max(map(len, body.split(b"\r\n"))) > FOLDED:
        raise _Fault("a line is longer than 75 octets")
    _frame(EVENT.sub(b"", body))
    events = [_sketched(it) if it in proved else _whole(it) for it in EVENT.findall(body)]
    _distinct(uid for uid, _, _ in events)
    return Contents(
        entries={uid: start for uid, start, _ in events},
        owners={uid: owner for uid, _, owner in events if owner},
    )


def _frame(body: bytes) -> None:
    """Read what a calendar is without its events; its zone is parsed apart, and once."""
    zones = _ZONE.findall(body)
    for zone in zones:
        _zone(zone)
    calendar = Calendar.from_ical(_ZONE.sub(b"", body))
    if not isinstance(calendar, Calendar):
        raise _Fault("it is not a calendar")
    if calendar.errors or not zones:
        raise _Fault("a property or the zone cannot be read")
    if calendar.subcomponents:
        raise _Fault("an event or a zone does not begin or end as it should")


@lru_cache(maxsize=4)
def _zone(body: bytes) -> None:
    zone = Timezone.from_ical(body)
    if not isinstance(zone, Timezone) or any(part.errors for part in zone.walk()):
        raise _Fault("a property or the zone cannot be read")


def _sketched(body: bytes) -> tuple[str, When, str | None]:
    found = sketch(body)
    read: Callable[[str, str | None], When] = vDDDTypes.from_ical
    return found.uid, read(found.start, found.zone or None), found.category


def _whole(body: bytes) -> tuple[str, When, str | None]:
    """Read an event; what stands in many files, byte for byte, is parsed once."""
    for alarm in ALARM.findall(body):
        _alarm(alarm)
    return _event(ALARM.sub(b"", body))


@lru_cache(maxsize=4096)
def _event(body: bytes) -> tuple[str, When, str | None]:
    """Give an event's UID, start and last category: it stands in several files, byte for byte."""
    event = Event.from_ical(body)
    if not isinstance(event, Event) or any(part.errors for part in event.walk()):
        raise _Fault("a property of an event cannot be read")
    if event.DTSTART is None:
        raise _Fault("an event has no start")
    return event.uid, event.DTSTART, event.categories[-1] if event.categories else None


@lru_cache(maxsize=4096)
def _alarm(body: bytes) -> None:
    """Read an alarm apart from its event, which stands in other files without it."""
    alarm = Alarm.from_ical(body)
    if not isinstance(alarm, Alarm) or alarm.errors or alarm.subcomponents:
        raise _Fault("an alarm cannot be read")


def let_go() -> None:
    """Forget the events that were read: they are many, and the next publication has others."""
    _event.cache_clear()
    _alarm.cache_clear()


def _rss(body: bytes) -> Contents:
    channel = _xml(body).find("channel")
    if channel is None or not channel.findtext("title"):
        raise _Fault("it has no channel, or that has no title")
    items = channel.findall("item")
    if any(not item.findtext(name) for item in items for name in ("title", "link", "guid")):
        raise _Fault("an item lacks its title, link or guid")
    guids = _distinct(item.findtext("guid", "") for item in items)
    dates = [parsedate_to_datetime(item.findtext("pubDate", "")) for item in items]
    return Contents(entries=dict(zip(guids, dates, strict=True)))


def _atom(body: bytes) -> Contents:
    feed = _xml(body)
    if feed.tag != f"{_ATOM}feed" or not feed.findtext(f"{_ATOM}title"):
        raise _Fault("it is not Atom, or has no title")
    entries = feed.findall(f"{_ATOM}entry")
    ids = _distinct(entry.findtext(f"{_ATOM}id") for entry in entries)
    dates = [_moment(entry.findtext(f"{_ATOM}published")) for entry in entries]
    if any(entry.find(f"{_ATOM}link") is None for entry in entries):
        raise _Fault("an entry lacks its link")
    return Contents(entries=dict(zip(ids, dates, strict=True)))


def _json(body: bytes) -> Contents:
    feed = json.loads(body)
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or not feed.get("title"):
        raise _Fault("it is not a JSON Feed, or has no title")
    if not all(isinstance(item, dict) and item.get("url") for item in items):
        raise _Fault("an item lacks its url")
    ids = _distinct(item.get("id") for item in items)
    dates = [_moment(item.get("date_published")) for item in items]
    return Contents(entries=dict(zip(ids, dates, strict=True)))


def _moment(text: object) -> datetime:
    """Read a date as Atom and JSON Feed write it (RFC 3339)."""
    found = datetime.fromisoformat(text) if isinstance(text, str) else None
    if found is None or found.tzinfo is None:
        raise _Fault(f"an entry has no date with its zone: {text!r}")
    return found


def _opml(body: bytes) -> Contents:
    root = _xml(body)
    if root.tag != "opml" or root.find("body") is None:
        raise _Fault("it is not OPML")
    found = [outline.get("xmlUrl") for outline in root.iter("outline")]
    addresses = [address for address in found if address]
    alike = commonprefix(addresses)  # noqa: RUF071 - cut at a slash: the public address may change
    site = len(alike.rpartition("/")[0])
    return Contents(entries=dict.fromkeys(address[site:] for address in addresses))


def _xml(body: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(body, parser)


def _html(body: bytes) -> Contents:
    page = html.document_fromstring(body.decode())
    if not page.findtext(".//title") or page.find(".//main") is None:
        raise _Fault("the page has no title or no content")
    if not body.rstrip().endswith(b"</html>"):
        raise _Fault("the page does not end")
    return Contents(entries=dict.fromkeys(page.xpath("//@data-committee")))


def _jsonl(body: bytes) -> Contents:
    if body and not body.endswith(b"\n"):
        raise _Fault("the last line does not end")
    names = _distinct(_row_name(json.loads(line.decode())) for line in body.split(b"\n")[:-1])
    return Contents(entries=dict.fromkeys(names))


def _row_name(row: object) -> str | None:
    if not isinstance(row, dict):
        raise _Fault("a line is not an object")
    name: str | None = row.get("id") or row.get("slug")
    return name


def _csv(body: bytes) -> Contents:
    if not body.endswith(b"\r\n"):
        raise _Fault("the last line does not end")
    table = csv.reader(io.TextIOWrapper(io.BytesIO(body), "utf-8", newline=""), strict=True)
    head = next(table)  # there is one, for the last line ends
    return Contents(entries=dict.fromkeys(_distinct(_cell(row, len(head)) for row in table)))


def _cell(row: Sequence[str], columns: int) -> str:
    if len(row) != columns:
        raise _Fault("a row has other columns than the head")
    return row[0]


def _schema(body: bytes) -> Contents:
    if not isinstance(json.loads(body), dict):
        raise _Fault("it is not an object")
    return Contents()


def _text(body: bytes) -> Contents:
    body.decode()
    return Contents()


def _distinct(names: Iterable[str | None]) -> list[str]:
    """Give the names; each must be there, and only once."""
    counted = Counter(names)
    twice = [name for name, count in counted.items() if count > 1 or not name]
    if twice:
        raise _Fault(f"a name is missing or stands twice: {twice[0]!r}")
    return [name for name in counted if name]


_READERS: Final[Mapping[str, Callable[[bytes], Contents]]] = {
    ".ics": _calendar,
    ".rss": _rss,
    ".atom": _atom,
    ".json": _json,
    ".opml": _opml,
    ".html": _html,
    ".jsonl": _jsonl,
    ".csv": _csv,
    ".css": _text,
    ".js": _text,
}
