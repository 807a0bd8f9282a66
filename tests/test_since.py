"""A year that the city leaves out is that of the day on which it first said so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from records.model import ZONE
from records.since import kept
from records.state import PageState, Sighting
from tiny import Row, tiny

READ = datetime(2026, 3, 10, 9, tzinfo=ZONE)
PAGE = PageState(
    key="a", url="u", kind="listing", source="s", status=200, checked=READ, fetched=READ
)
TOUCHED = replace(PAGE, fetched=datetime(2027, 1, 10, 9, tzinfo=ZONE))


def row(time: str, **more: Any) -> Sighting:  # noqa: ANN401 - any field of a row
    """Give what a list says of a meeting."""
    return Sighting(bucket="meeting/a", data={"where": "listing", "time": time, **more})


def test_a_list_that_is_touched_next_year_makes_no_old_meeting_new(tmp_path: Path) -> None:
    """«10 april», read in March and still there in January, is no meeting of next April.

    A row that is new then is of the year nearest to that day.
    """
    with tiny(tmp_path) as city:
        rows = [Row(day="10 april"), Row(day="15 juni")]
        city.show(rows)
        city.run("2026-03-10T09:00")
        for now, new in (("2027-01-10T09:00", "1 februari"), ("2028-01-10T09:00", "2 februari")):
            rows.append(Row(day=new))
            city.show(rows)
            city.run(now)
        days = [meeting["start"][:10] for meeting in city.meetings()]
        assert days == ["2026-04-10", "2026-06-15", "2027-02-01", "2028-02-02"]


def test_other_words_beside_the_day_leave_its_year() -> None:
    """A link or a remark was added; a day that was not said before is as old as the page."""
    now = kept(PAGE, [row("10 april")], [row("1 maj"), row("10 april", remark="Ny")], TOUCHED)
    assert [one.since for one in now] == [None, date(2026, 3, 10)]
    again = kept(TOUCHED, now, now, replace(TOUCHED, fetched=READ.replace(year=2028)))
    assert [one.since for one in again] == [date(2027, 1, 10), date(2026, 3, 10)]


def test_what_other_parsers_read_of_a_page_was_said_all_along() -> None:
    """The body is the one that was read before: each row stands where it stood."""
    before = [replace(row("10 april"), since=date(2026, 3, 10)), row("1 februari")]
    now = kept(TOUCHED, before, [row("fredag 10 april"), row("1 februari")], TOUCHED)
    assert [one.since for one in now] == [date(2026, 3, 10), date(2027, 1, 10)]
