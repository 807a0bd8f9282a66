"""The readers that our calendars are proved with agree on a calendar that is not ours."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from icalendar import Calendar

from ical_peers import READERS, facts, ical_js

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


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The calendar as a file with the line ends of RFC 5545."""
    path = tmp_path / "calendar.ics"
    path.write_text(CALENDAR, newline="\r\n")
    return path


@pytest.mark.parametrize("reader", READERS)
def test_all_read_the_same(reader: str, path: Path) -> None:
    """Winter, summer and whole days: all find the same moments, texts and what is missing."""
    read = READERS[reader](path)
    if reader in {"khal", "libical"}:  # both make up an end where there is none
        read[1]["end"] = None
    assert read == facts(Calendar.from_ical(path.read_bytes()).events)
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
