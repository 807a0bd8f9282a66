"""Meetings as iCalendar (RFC 5545, RFC 7986): a committee's, a topic's, the city's, one year's."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import Final

from feeds import ending
from feeds.colours import colour
from feeds.edition import ALL, Edition
from feeds.phrases import day_of
from feeds.rendered import Events, Variant
from feeds.text import line
from feeds.vcalendar import Head, vcalendar
from records.model import Bundle, Committee, Meeting, Revision

YEARS: Final = 2
"""How many whole years before this one a calendar holds."""

LARGEST: Final = 900_000
"""How many octets of events a file may have: some apps refuse a megabyte."""

SINGLE: Final = "moten"
"""The folder of files that hold one meeting each."""


def first_day(today: date) -> date:
    """Give the first day that a calendar holds; it moves on 1 January."""
    return date(today.year - YEARS, 1, 1)


def name(whose: Committee | Bundle | None, variant: Variant, year: int | None = None) -> str:
    """Give a calendar's file name without its ending: «kulturnamnden.google»."""
    slug = whose.slug if whose else ALL
    named = slug if year is None else f"{slug}-{year}"
    return f"{named}.{variant}" if variant else named


def single_name(meeting: Meeting) -> str:
    """Give the name of one meeting's own file: the id without its city."""
    return f"{SINGLE}/{meeting.id.partition(':')[2]}"


def render(
    edition: Edition,
    whose: Committee | Bundle | None = None,
    *,
    variant: Variant = Variant.PLAIN,
    year: int | None = None,
    events: Events | None = None,
) -> bytes:
    """Give the calendar of a committee or a bundle, or without one the city's.

    It holds what is in the window, or a `year` that has left it. `events` are the edition's, where
    other files share them.
    """
    start = first_day(edition.today)

    def shown(day: date) -> bool:
        return day >= start if year is None else day.year == year

    found = sorted(_held(edition, whose, shown), key=lambda revision: revision.record.uid)
    made = _fitting(found, variant, events or Events(edition))
    last = [ending.event(edition, whose)] if isinstance(whose, Committee) and year is None else []
    return vcalendar(edition, _head(edition, whose, variant, year), [*made, *last])


def single(
    edition: Edition, revision: Revision[Meeting], committee: Committee, events: Events
) -> bytes:
    """Give one meeting's file; it stays when the meeting is withdrawn, and says so."""
    shade = colour(committee.slug, committee.colour)
    head = Head(file=single_name(revision.record), name=None, said="", shade=shade)
    return vcalendar(edition, head, [events.event(revision)])


def old_years(edition: Edition, committee: Committee) -> list[int]:
    """Give the years that have left the window and in which the committee met."""
    start = first_day(edition.today)
    old = _held(edition, committee, lambda day: day < start)
    return sorted({day_of(revision.record.start).year for revision in old})


def _held(
    edition: Edition, whose: Committee | Bundle | None, shown: Callable[[date], bool]
) -> Iterator[Revision[Meeting]]:
    """Give what stands in a file; what is withdrawn stands in none."""
    slugs = _slugs(whose)
    for revision in edition.meetings:
        wanted = slugs is None or revision.record.committee in slugs
        if wanted and not revision.withdrawn and shown(day_of(revision.record.start)):
            yield revision


def _slugs(whose: Committee | Bundle | None) -> Collection[str] | None:
    match whose:
        case Committee(slug=slug):
            return {slug}
        case Bundle(committees=committees):
            return committees
        case _:
            return None


def _fitting(found: list[Revision[Meeting]], variant: Variant, events: Events) -> Iterator[bytes]:
    """Give the events; where they are too much for an app, the oldest are brief."""
    size = sum(len(events.event(revision, variant)) for revision in found)
    brief = set[str]()
    for revision in sorted(found, key=lambda r: (day_of(r.record.start), r.record.uid)):
        if size <= LARGEST:
            break
        brief.add(revision.record.uid)
        whole, short = (events.event(revision, variant, brief=b) for b in (False, True))
        size -= len(whole) - len(short)
    for revision in found:
        yield events.event(revision, variant, brief=revision.record.uid in brief)


def _head(
    edition: Edition, whose: Committee | Bundle | None, variant: Variant, year: int | None
) -> Head:
    city = line(edition.city.name)
    own = whose.colour if isinstance(whose, Committee) else None
    called = line(whose.name) or whose.slug if whose else f"{city}: alla sammanträden"
    if year is not None:
        called = f"{called} {year}"
    if variant is Variant.REMINDERS:
        called = f"{called} med påminnelser"
    return Head(
        file=name(whose, variant, year),
        name=called,
        said=f"Sammanträden enligt {city}. Läst och sammanställt av Kallelse.",
        shade=colour(whose.slug if whose else ALL, own),
    )
