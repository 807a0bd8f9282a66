"""On both nights that change the clock, and at midnight, a meeting is one instant everywhere."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import feedparser
import pytest
from icalendar import Calendar

from feeds.kinds import Kind
from runs import exported
from tiny import Row, tiny

NIGHTS = {
    # day, clock: the instant, and how the city's clock tells it
    ("2026-03-29", "01.59"): ("2026-03-29T00:59Z", "söndag 29 mars 2026 kl. 01.59"),
    ("2026-03-29", "02.30"): ("2026-03-29T01:30Z", "söndag 29 mars 2026 kl. 03.30"),  # no such hour
    ("2026-03-29", "03.30"): ("2026-03-29T01:30Z", "söndag 29 mars 2026 kl. 03.30"),
    ("2026-10-25", "02.30"): ("2026-10-25T00:30Z", "söndag 25 oktober 2026 kl. 02.30"),  # the first
    ("2026-10-25", "03.00"): ("2026-10-25T02:00Z", "söndag 25 oktober 2026 kl. 03.00"),
    ("2026-12-31", "00.00"): ("2026-12-30T23:00Z", "torsdag 31 december 2026 kl. 00.00"),
    ("2026-12-31", "23.59"): ("2026-12-31T22:59Z", "torsdag 31 december 2026 kl. 23.59"),
    ("2027-01-01", "00.00"): ("2026-12-31T23:00Z", "fredag 1 januari 2027 kl. 00.00"),
}


@pytest.mark.slow
@pytest.mark.parametrize("row", NIGHTS, ids=" ".join)
def test_a_meeting_is_one_instant_in_record_calendar_and_feed(
    row: tuple[str, str], tmp_path: Path
) -> None:
    """The hour that spring skips is the next one; of the two in autumn the first is meant."""
    day, clock = row
    instant, words = NIGHTS[row]
    expected = datetime.fromisoformat(instant)
    with tiny(tmp_path) as city:
        city.show([Row(day=day, clock=clock)])
        city.run("2026-03-01T09:00")
        (record,) = exported(tmp_path, Kind.MEETING)
        (event,) = Calendar.from_ical(city.file("kommunstyrelsen.ics")).events
        (entry,) = feedparser.parse(city.file("kommunstyrelsen.rss")).entries
    assert datetime.fromisoformat(record["start"]).astimezone(UTC) == expected
    assert event.DTSTART.astimezone(UTC) == expected
    assert words in entry.description
