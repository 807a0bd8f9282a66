"""Meetings as iCalendar (RFC 5545, RFC 7986): a committee's, a topic's, the city's, one year's."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import Final, TypeAlias

from feeds import ending
from feeds.allday import AllDay, all_day
from feeds.colours import colour
from feeds.edition import ALL, Edition
from feeds.phrases import day_of
from feeds.rendered import Events, Variant
from feeds.story import Story
from feeds.text import line
from feeds.vcalendar import Head, head, vcalendar
from records.model import Bundle, Committee, Meeting

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


Contents: TypeAlias = tuple[Head, tuple[Story, ...], tuple[AllDay, ...], Variant]
"""All that a file's bytes hang on: its head, its meetings, other days in it, the variant."""


def render(
    edition: Edition,
    whose: Committee | Bundle | None = None,
    *,
    variant: Variant = Variant.PLAIN,
    year: int | None = None,
) -> bytes:
    """Give the calendar of a committee or a bundle, or without one the city's."""
    events = Events(edition)
    return rendered(*contents(edition, events, whose, variant, year), events=events)


def contents(
    edition: Edition,
    events: Events,
    whose: Committee | Bundle | None,
    variant: Variant,
    year: int | None = None,
) -> Contents:
    """Give what stands in a calendar: what is in the window, or a `year` that has left it."""
    start = first_day(edition.today)

    def shown(day: date) -> bool:
        return day >= start if year is None else day.year == year

    found = sorted(_held(events, whose, shown), key=lambda story: story.meeting.uid)
    last = ending.day(edition, whose) if isinstance(whose, Committee) and year is None else None
    days = () if last is None else (last,)
    return _head(edition, whose, variant, year), tuple(found), days, variant


def single(edition: Edition, story: Story) -> Contents:
    """Give what stands in one meeting's file; it stays when the meeting is withdrawn."""
    committee = story.committee
    shade = colour(committee.slug, committee.colour)
    file = single_name(story.meeting)
    return head(edition, file, name=None, said="", shade=shade), (story,), (), Variant.PLAIN


def rendered(
    head: Head,
    stories: Sequence[Story],
    days: Iterable[AllDay],
    variant: Variant,
    *,
    events: Events,
) -> bytes:
    """Give a file by its contents; `events` are the edition's, which other files share."""
    return vcalendar(head, [*_fitting(stories, variant, events), *map(all_day, days)])


def old_years(edition: Edition, events: Events, committee: Committee) -> list[int]:
    """Give the years that have left the window and in which the committee met."""
    start = first_day(edition.today)
    old = _held(events, committee, lambda day: day < start)
    return sorted({day_of(story.meeting.start).year for story in old})


def _held(
    events: Events, whose: Committee | Bundle | None, shown: Callable[[date], bool]
) -> Iterator[Story]:
    """Give what stands in a file; what is withdrawn stands in none."""
    slugs = _slugs(whose)
    for story in events.stories:
        wanted = slugs is None or story.meeting.committee in slugs
        if wanted and not story.revision.withdrawn and shown(day_of(story.meeting.start)):
            yield story


def _slugs(whose: Committee | Bundle | None) -> Collection[str] | None:
    match whose:
        case Committee(slug=slug):
            return {slug}
        case Bundle(committees=committees):
            return committees
        case _:
            return None


def _fitting(found: Sequence[Story], variant: Variant, events: Events) -> Iterator[bytes]:
    """Give the events; where they are too much for an app, the oldest are brief."""
    size = sum(len(events.event(story, variant)) for story in found)
    brief = set[str]()
    for story in sorted(found, key=lambda one: (day_of(one.meeting.start), one.meeting.uid)):
        if size <= LARGEST:
            break
        brief.add(story.meeting.uid)
        whole, short = (events.event(story, variant, brief=b) for b in (False, True))
        size -= len(whole) - len(short)
    for story in found:
        yield events.event(story, variant, brief=story.meeting.uid in brief)


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
    return head(
        edition,
        name(whose, variant, year),
        name=called,
        said=f"Sammanträden enligt {city}. Läst och sammanställt av Kallelse.",
        shade=colour(whose.slug if whose else ALL, own),
    )
