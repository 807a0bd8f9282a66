"""Meetings as iCalendar (RFC 5545, RFC 7986): one file for a committee, one for the whole city."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from icalendar import Calendar, vUri

from feeds import ending
from feeds.colours import colour
from feeds.edition import ALL, Edition, named
from feeds.event import Text, event
from feeds.phrases import day_of
from feeds.text import line
from records.model import Committee, Meeting, Revision

PRODID: Final = "-//Kallelse//kallelse//SV"
"""Without a version: a release must not rewrite every file."""

REFRESH: Final = timedelta(hours=4)
"""How often an app is asked to look again."""

YEARS: Final = 2
"""How many whole years before this one a calendar holds."""

_END: Final = b"END:VCALENDAR\r\n"

# The plain yearly form: Outlook passes over RDATE, and icalendar 7 writes lists of them with the
# wrong hour in spring. These rules hold from 1996 on, and no meeting here is older.
STOCKHOLM: Final = b"""\
BEGIN:VTIMEZONE
TZID:Europe/Stockholm
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE
""".replace(b"\n", b"\r\n")
"""The zone of every Swedish municipality as a VTIMEZONE (RFC 5545, 3.6.5)."""


def first_day(today: date) -> date:
    """Give the first day that a calendar holds; it moves on 1 January."""
    return date(today.year - YEARS, 1, 1)


def render(edition: Edition, committee: Committee | None = None, *, google: bool = False) -> bytes:
    """Give one committee's calendar, or without one the city's; `google` as in `event`."""
    shown = sorted(_shown(edition, committee), key=lambda revision: revision.record.uid)
    names = named(edition)
    events = (
        event(revision, names[revision.record.committee], edition.city, google=google)
        for revision in shown
    )
    last = (
        ending.event(edition, one)
        for one in edition.committees
        if committee and one.record.slug == committee.slug
    )
    head = _head(edition, committee, google=google)
    return b"".join((head, STOCKHOLM, *events, *last, _END))


def _shown(edition: Edition, committee: Committee | None) -> Iterator[Revision[Meeting]]:
    """Give what stands in the file: upcoming, this year's and the years' before, not withdrawn."""
    start = first_day(edition.today)
    for revision in edition.meetings:
        meeting = revision.record
        wanted = committee is None or meeting.committee == committee.slug
        if wanted and not revision.withdrawn and day_of(meeting.start) >= start:
            yield revision


def _head(edition: Edition, committee: Committee | None, *, google: bool) -> bytes:
    """Give the calendar's own lines; NAME and DESCRIPTION twice, for apps old and new."""
    slug = committee.slug if committee else ALL
    file = f"{slug}.google" if google else slug
    city = line(edition.city.name)
    name = line(committee.name) if committee else f"{city}: alla sammanträden"
    said = f"Sammanträden enligt {city}. Läst och sammanställt av Kallelse."
    shade, value = colour(slug, committee.colour if committee else None)
    made = Calendar()
    made.add("prodid", PRODID)
    made.add("version", "2.0")
    made.add("uid", f"{file}@{edition.city.slug}.kallelse")
    twice = (("name", name), ("x-wr-calname", name), ("description", said), ("x-wr-caldesc", said))
    for key, words in twice:
        made.add(key, Text(words), encode=False)
    made.add("color", shade)
    made.add("x-apple-calendar-color", value)
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT4H")
    source = edition.address(edition.path(f"{file}.ics"))
    made.add("source", vUri(source), parameters={"VALUE": "URI"})
    return bytes(made.to_ical()).removesuffix(_END)
