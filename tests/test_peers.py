"""The readers that our calendars are proved with agree on a calendar that is not ours."""

from __future__ import annotations

import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar, Event

from ical_peers import ical_js

CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Kallelse//peers//SV
BEGIN:VTIMEZONE
TZID:Europe/Stockholm
BEGIN:DAYLIGHT
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:winter@example.org
DTSTAMP:20260101T000000Z
DTSTART;TZID=Europe/Stockholm:20260316T140000
DTEND;TZID=Europe/Stockholm:20260316T170000
STATUS:CONFIRMED
SUMMARY:Kulturnämnden\\, ordinarie
LOCATION:Röda rummet\\; plan 2
END:VEVENT
BEGIN:VEVENT
UID:summer@example.org
DTSTAMP:20260101T000000Z
DTSTART;TZID=Europe/Stockholm:20260615T140000
STATUS:CANCELLED
SUMMARY:Inställt
END:VEVENT
BEGIN:VEVENT
UID:day@example.org
DTSTAMP:20260101T000000Z
DTSTART;VALUE=DATE:20261019
DTEND;VALUE=DATE:20261021
SUMMARY:Två dagar
END:VEVENT
END:VCALENDAR
"""


def written(moment: object) -> str | None:
    """Write a moment or a date as `ical_js` gives it."""
    match moment:
        case datetime():
            return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        case date():
            return moment.isoformat()
    return None


def plain(event: Event) -> dict[str, Any]:
    """Give what `ical_js` gives of one event, as icalendar reads it."""
    text = {name: event.get(name) for name in ("uid", "status", "summary", "location")}
    return {name: None if value is None else str(value) for name, value in text.items()} | {
        "start": written(event.decoded("DTSTART")),
        "end": written(event.decoded("DTEND", None)),
    }


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The calendar as a file with the line ends of RFC 5545."""
    path = tmp_path / "calendar.ics"
    path.write_text(CALENDAR, newline="\r\n")
    return path


def test_both_read_the_same(path: Path) -> None:
    """Winter, summer and whole days: both find the same moments by the rules in the file."""
    read = ical_js(path)
    assert read == [plain(event) for event in Calendar.from_ical(path.read_bytes()).events]
    assert [(event["start"], event["end"]) for event in read] == [
        ("2026-03-16T13:00:00Z", "2026-03-16T16:00:00Z"),
        ("2026-06-15T12:00:00Z", None),
        ("2026-10-19", "2026-10-21"),
    ]


def test_a_zone_without_rules_shows(path: Path) -> None:
    """ical.js knows no zone but the file's own, so a forgotten VTIMEZONE cannot pass unseen."""
    head, _, rest = CALENDAR.partition("BEGIN:VTIMEZONE")
    path.write_text(head + rest.partition("END:VTIMEZONE\n")[2], newline="\r\n")
    assert ical_js(path)[0]["start"] == "2026-03-16T14:00:00"


def test_what_is_no_calendar_is_an_error(path: Path) -> None:
    """A file that is cut off must not look like an empty one."""
    path.write_text(CALENDAR[: len(CALENDAR) // 2])
    with pytest.raises(subprocess.CalledProcessError):
        ical_js(path)
