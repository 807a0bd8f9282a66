"""What every calendar file has around its events: name, zone, colour, how often to look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from icalendar import Calendar, vUri

from feeds.allday import AllDay, all_day
from feeds.edition import Edition
from feeds.event import Text
from feeds.folded import written

PRODID: Final = "-//Kallelse//kallelse//SV"
"""Without a version: a release must not rewrite every file."""

REFRESH: Final = timedelta(hours=4)
"""How often an app is asked to look again."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a calendar says of itself; `source` is its own address.

    One event to download has no `name`: an app would make a new calendar of it. `shade` is the
    colour's name and value.
    """

    uid: str
    source: str
    name: str | None
    said: str
    shade: tuple[str, str]


def head(
    edition: Edition, file: str, *, name: str | None, said: str, shade: tuple[str, str]
) -> Head:
    """Give the head of a `file`, which is its path without the city and without its ending."""
    return Head(
        uid=f"{file}@{edition.city.slug}.kallelse",
        source=edition.address(edition.path(f"{file}.ics")),
        name=name,
        said=said,
        shade=shade,
    )


def vcalendar(head: Head, events: Iterable[bytes]) -> bytes:
    """Give a whole file; without an event it holds the zone, for a calendar must hold something."""
    return b"".join((_head(head), STOCKHOLM, *events, _END))


def of_days(head: Head, days: Iterable[AllDay]) -> bytes:
    """Give a file of all-day events."""
    return vcalendar(head, map(all_day, days))


def _head(head: Head) -> bytes:
    """Give the calendar's own lines; NAME and DESCRIPTION twice, for apps old and new."""
    shade, value = head.shade
    made = Calendar()
    made.add("prodid", PRODID)
    made.add("version", "2.0")
    if head.name is not None:
        made.add("uid", head.uid)
        for keys, words in ((("name", "x-wr-calname"), head.name), (_SAID, head.said)):
            for key in keys:
                made.add(key, Text(words), encode=False)
    made.add("color", shade)
    made.add("x-apple-calendar-color", value)
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT4H")
    made.add("source", vUri(head.source), parameters={"VALUE": "URI"})
    return written(made).removesuffix(_END)


_SAID: Final = ("description", "x-wr-caldesc")
