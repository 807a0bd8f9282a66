"""A list that the city links to no more is looked at all the same, and let go when it is gone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pytest

from five import ROWS, later, statuses
from modelcity.addresses import CALENDAR
from modelcity.faults import Fault
from operation.report import Report
from operation.update import update
from records.state import Link
from runs import LATER, MORNING, settings
from scraper.cities import City, load
from tiny import Row, Tiny, html, listed, tiny

NEW: Final = f"{CALENDAR.partition('.4.')[0]}.4.7aaaaaaaaaaaaaaa.html"
MOVED: Final = replace(ROWS[2], day="2027-01-12")
AFTER: Final = (*ROWS[:2], MOVED, *ROWS[3:])


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A city whose calendar is found through its start page."""

    tiny: Tiny

    def show(self, path: str, rows: Sequence[Row]) -> None:
        """Show a calendar at an address, and lead there from the start page."""
        link = f'<p><a href="{path}">Sammanträdeskalender</a></p>'
        self.tiny.model.pages["/"] = html("Borås Stad", link)
        self.tiny.model.pages[path] = listed("Sammanträdeskalender", rows)

    def run(self, now: str) -> Report:
        """Update the city."""
        return update(_city(), settings(self.tiny.folder, self.tiny.model.origin, now=now))


def _city() -> City:
    whole = load("boras")
    rules = tuple(rule for rule in whole.rules if rule.kind in {"meeting", "calendar"})
    start = Link(url="https://www.boras.se/", kind="start", source="start")
    return replace(whole, start=(start,), rules=rules)


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Found]:
    """Give a city that was read once with five meetings to come, none with a page."""
    with tiny(tmp_path) as made:
        found = Found(tiny=made)
        found.show(CALENDAR, [replace(row, node=None) for row in ROWS])
        assert found.run(MORNING).exit == 0
        yield found


def _after(city: Found) -> None:
    """Give the calendar a new address, and move a meeting there."""
    city.show(NEW, [replace(row, node=None) for row in AFTER])


def test_a_calendar_that_nothing_leads_to_is_asked_for_while_it_shows_a_meeting(
    city: Found,
) -> None:
    """What it says is believed: so it is looked at."""
    _after(city)
    city.tiny.model.pages[CALENDAR] = listed("Sammanträdeskalender", ROWS[2:])
    city.run(LATER)
    assert statuses(city.tiny)[ROWS[2].day] == "confirmed"
    city.tiny.model.pages[CALENDAR] = listed("Sammanträdeskalender", ROWS[3:])
    city.run(later(days=1))
    assert statuses(city.tiny)[ROWS[2].day] == "missing"


def test_what_a_replaced_calendar_said_is_let_go_on_another_day(city: Found) -> None:
    """It is gone, and another is read: nobody is alarmed, and a meeting only it showed is missing.

    One day's 404 may be a slip: until the next day all stands, and a person can read why.
    """
    _after(city)
    city.tiny.model.faults[CALENDAR] = Fault(status=404)
    for hour in (1, 2):
        report = city.run(later(hours=hour))
        assert report.exit == 0
        assert "another page of its kind was read" in report.run.problems[0]
        assert set(statuses(city.tiny).values()) == {"confirmed"}
    report = city.run(later(days=1))
    assert report.exit == 0
    assert statuses(city.tiny) == {row.day: "confirmed" for row in AFTER} | {ROWS[2].day: "missing"}
    report = city.run(later(days=2))
    assert (report.exit, report.run.problems, report.run.requests) == (0, (), 3)


def test_a_calendar_that_comes_back_is_read_as_before(city: Found) -> None:
    """It was gone for two days and let go: what it says now counts again."""
    _after(city)
    city.tiny.model.faults[CALENDAR] = Fault(status=404)
    city.run(LATER)
    city.run(later(days=1))
    del city.tiny.model.faults[CALENDAR]
    city.show(CALENDAR, [replace(row, node=None) for row in ROWS])
    city.run(later(days=2))
    assert set(statuses(city.tiny).values()) == {"confirmed"}


def test_a_calendar_that_is_gone_with_none_in_its_place_fails_its_source(city: Found) -> None:
    """What it said stands, and whoever operates this is told what to do, run after run."""
    city.tiny.model.pages["/"] = html("Borås Stad", "<p>Vi bygger om.</p>")
    city.tiny.model.faults[CALENDAR] = Fault(status=404)
    for day in (0, 1, 2):
        report = city.run(later(days=day))
        assert report.exit == 1
        assert any("if it has moved, add its new address" in it for it in report.troubles)
    assert set(statuses(city.tiny).values()) == {"confirmed"}
