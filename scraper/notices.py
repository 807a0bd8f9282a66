"""From the sightings of one item of the notice board to its record.

The id of a notice is the node of its own page. An item without one has a name that it keeps as long
as it hangs, made neither of its title nor of its place on the board:

- adjusted minutes: the body, the day of the meeting, and what tells one § from the whole, as in
  `kulturnamnden-20261109` and, for § 28 of that day, `kulturnamnden-20261109-28` (`-omedelbar`
  where no number is told). The minutes of a meeting are posted once, each immediate adjustment for
  itself. Where the day of the meeting cannot be read, that of the adjustment stands in, marked by a
  j, then the id of the file of the minutes, which is the city's own. A day that the city mends
  makes another notice of it: the old one is taken down, which is what a reader of the board sees;
- a meeting that is announced: the node of the meeting's page behind «kungorelse-», for the meeting
  itself has that id, or else body and day;
- anything else: the id of the file it leads to, or its address.

What has none of these cannot be told from its neighbour: it is counted, and no record.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

from records.errors import BadValue
from records.model import ZONE, Committee, Notice, Problem
from records.state import Seen
from scraper import appeal, bodies
from scraper.cities import City
from scraper.document import same_host
from scraper.known import Known, provenance_of, raw_of
from scraper.raw import RawDay, RawMeeting, RawNotice
from scraper.signals import told
from scraper.swedish import parse_moment
from scraper.vendors.sitevision import node_id

_FILE: Final = re.compile(r"/download/18\.(?P<id>[0-9a-f]+)/")
_OTHER_PAGES: Final = frozenset({"meeting", "news", "committee", "listing", "hub", "calendar"})
_LABEL: Final = {
    "posted": "Anslaget den",
    "held": "Sammanträdet hölls",
    "adjusted": "Protokollet justerades",
}
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)20\d{6}(?!\d)")
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT")
_ANY_DAY: Final = date(2000, 1, 1)  # settles no year: only phrases that have one are read by it


@dataclass(frozen=True, slots=True, kw_only=True)
class _Day:
    """A day that a sighting gave, and the sighting."""

    day: date
    raw: RawNotice
    seen: Seen


def name(city: City, raw: RawNotice) -> str | None:
    """Give the local id of the notice that a sighting speaks of, None where nothing tells it."""
    own = _own_node(city, raw)
    if own or not raw.title:
        return own
    match raw.about:
        case "minutes":
            return _of_minutes(city, raw)
        case "meeting":
            node = node_id(raw.url or "")
            body, day = _body(city, [raw]), _full_day(raw.held)
            given = node or (f"{body.slug}-{day:%Y%m%d}" if body and day else None)
            return f"kungorelse-{given}" if given else None
        case _:
            return _file_id(city, raw.url) or (_spelled(raw.url) if raw.url else None)


def _spelled(url: str) -> str:
    """Give an address in letters of a name; where it is cut, with what tells it from its like."""
    parts = urlsplit(url)
    address = f"{parts.netloc}{parts.path}?{parts.query}"
    slug = bodies.slugify(address)
    return f"{slug}-{sha256(address.encode()).hexdigest()[:8]}" if bodies.cut(address) else slug


def _own_node(city: City, raw: RawNotice) -> str | None:
    """Give the node of a notice's own page; a link to a meeting or a committee leads to theirs."""
    link = city.link(raw.url) if raw.url else None
    if raw.url is None or (link and link.kind in _OTHER_PAGES):
        return None
    return node_id(raw.url)


def _of_minutes(city: City, raw: RawNotice) -> str | None:
    body, held, adjusted = _body(city, [raw]), _full_day(raw.held), _full_day(raw.adjusted)
    if body and (held or adjusted):
        day = f"{held:%Y%m%d}" if held else f"j{adjusted:%Y%m%d}"
        return "-".join((body.slug, day, *_paragraphs(raw)))
    return _file_id(city, raw.document)


def _paragraphs(raw: RawNotice) -> Iterator[str]:
    if raw.immediate:
        yield from re.findall(r"\d+", raw.immediate) or ["omedelbar"]


def _file_id(city: City, url: str | None) -> str | None:
    found = _FILE.search(url) if url and same_host(url, f"https://{city.host}/") else None
    return found["id"] if found else None


def _full_day(raw: RawDay | None) -> date | None:
    """Give a day that is written with its year: a name must not hang on when the page was read."""
    for text in (*raw.stamps, raw.text or "") if raw else ():
        try:
            if _MOMENT.match(text) and _YEAR.match(text):
                moment = datetime.fromisoformat(text)
                return (moment.astimezone(ZONE) if moment.tzinfo else moment).date()
            if _YEAR.search(text):
                return parse_moment(text, near=_ANY_DAY).day
        except (BadValue, ValueError):
            continue
    return None


def notice(city: City, seen: Sequence[Seen]) -> Known[Notice] | None:
    """Give one notice from its own page and the board's item; the page's words come first.

    A last day to appeal is our sum, by the day on which the city last showed the day of posting:
    the same sightings of the same pages give the same record, whenever they are asked.
    """
    entries = [(raw_of(RawNotice, one), one) for one in seen]
    if not entries:
        return None
    entries.sort(key=lambda entry: (entry[0].where != "page", entry[1].page.key, entry[1].position))
    raws, (raw, one) = [raw for raw, _ in entries], entries[0]
    local = next((found for found in (name(city, raw) for raw in raws) if found), None)
    if local is None:
        return None
    body = _body(city, raws)
    record = Notice(
        id=f"{city.slug}:{local}",
        title=raw.title,
        url=next((raw.url for raw in raws if raw.url), None),
        committee=body.slug if body else None,
    )
    signals = {"title": raw.where}
    if any(raw.about == "minutes" for raw in raws):
        days, problems = _days(entries)
        record = _with_minutes(record, raws, body, days, problems)
        signals |= {field: day.raw.where for field, day in days.items()}
    return Known(
        record=record, keys=(f"notice:{local}",), provenance=provenance_of(one.page, signals)
    )


def _with_minutes(
    record: Notice,
    raws: Sequence[RawNotice],
    body: Committee | None,
    days: Mapping[str, _Day],
    problems: Sequence[Problem],
) -> Notice:
    """Give what is told of adjusted minutes, beside title and link."""
    deadline, why = _deadline(body, days)
    return replace(
        record,
        posted=_day(days, "posted"),
        held=_day(days, "held"),
        adjusted=_day(days, "adjusted"),
        immediate=any(raw.immediate for raw in raws),
        kept_at=next((raw.kept_at for raw in raws if raw.kept_at), None),
        document_url=next((raw.document for raw in raws if raw.document), None),
        appeal_deadline=deadline,
        problems=tuple(dict.fromkeys((*problems, *_order(days), *_unknown(body, record), *why))),
    )


def _days(entries: Sequence[tuple[RawNotice, Seen]]) -> tuple[dict[str, _Day], list[Problem]]:
    """Give each day by the first sighting that tells it, and what is unread or told differently."""
    days: dict[str, _Day] = {}
    problems: list[Problem] = []
    for field, label in _LABEL.items():
        for raw, one in entries:
            written: RawDay | None = getattr(raw, field)
            if written is None or written == RawDay():
                continue
            day = _read(written, one)
            if day is None:
                words = written.text or ", ".join(written.stamps)
                text = f"«{label}: {words}» är ingen dag"
                problems.append(Problem(code=f"{field}-unread", text=text))
            elif days.setdefault(field, _Day(day=day, raw=raw, seen=one)).day != day:
                text = f"«{label}»: {days[field].day} är valt; {raw.where}: {day}"
                problems.append(Problem(code=f"{field}-disagrees", text=text))
    return days, problems


def _read(written: RawDay, one: Seen) -> date | None:
    row = RawMeeting(where="time", committee=None, time=written.text, stamps=written.stamps)
    tells, _ = told(row, one)
    return tells[0].day if tells else None


def _day(days: Mapping[str, _Day], field: str) -> date | None:
    return days[field].day if field in days else None


def _order(days: Mapping[str, _Day]) -> Iterator[Problem]:
    """Tell what cannot have come in this order: a meeting, its minutes adjusted, and posted."""
    for earlier, later in (("held", "adjusted"), ("adjusted", "posted")):
        if earlier in days and later in days and days[later].day < days[earlier].day:
            first, last = days[earlier].day, days[later].day
            yield Problem(
                code=f"{later}-before-{earlier}",
                text=f"«{_LABEL[later]}: {last}» är före «{_LABEL[earlier]}: {first}»",
            )


def _deadline(
    body: Committee | None, days: Mapping[str, _Day]
) -> tuple[date | None, tuple[Problem, ...]]:
    posted = days.get("posted")
    found = appeal.deadline(
        body.classification if body else None,
        held=_day(days, "held"),
        adjusted=_day(days, "adjusted"),
        posted=_day(days, "posted"),
        today=posted.seen.page.checked.date() if posted else date.min,
    )
    return (None, (found,)) if isinstance(found, Problem) else (found, ())


def _unknown(body: Committee | None, record: Notice) -> Iterator[Problem]:
    if body is None:
        yield Problem(code="committee-unknown", text=f"«{record.title}» är inget känt organ")


def _body(city: City, raws: Sequence[RawNotice]) -> Committee | None:
    """Give the body that an item names; only one that the city's file has.

    A title is no list of bodies: a name that is not known makes no committee, and a part of a body
    (utskott, beredning) is not that body.
    """
    for raw in raws:
        for text in filter(None, (raw.committee, raw.title)):
            found = bodies.known(city, text) or _within(city, text)
            if found:
                return found
    return None


def _within(city: City, text: str) -> Committee | None:
    """Give the one body whose name stands in a text as words of their own."""
    if bodies.PART_OF.search(text):
        return None
    found = {
        name: body
        for body in city.committees
        for name in (body.name, *body.aliases)
        if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text, re.IGNORECASE)
    }
    whole = {  # «Kulturnämnden» is not told by the longer name that holds it
        body.slug: body
        for name, body in found.items()
        if not any(name != other and name.lower() in other.lower() for other in found)
    }
    return next(iter(whole.values())) if len(whole) == 1 else None
