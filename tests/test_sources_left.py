"""A source that nothing leads to any more alarms for a while, and not for ever."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from modelcity.addresses import CALENDAR
from modelcity.faults import Fault
from operation.overview import overview
from operation.report import Report
from operation.update import update
from records.state import Link
from runs import settings
from scraper.cities import City, load
from tiny import Row, Tiny, html, listed, tiny

BODY: Final = "kulturnamnden"
PAGE: Final = f"/kommunochpolitik/kommunensorganisation/namnder/{BODY}.4.aaaaaaaaaaaa.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A city whose calendar and one committee are found through its start page."""

    tiny: Tiny

    def lead(self, *paths: str) -> None:
        """Lead from the start page to these."""
        links = "".join(f'<p><a href="{path}">Länk {path[-30:]}</a></p>' for path in paths)
        self.tiny.model.pages["/"] = html("Borås Stad", links)

    def run(self, now: str, *, until: date | None = None) -> Report:
        """Update the city, of which the committee may have ended."""
        chosen = settings(self.tiny.folder, self.tiny.model.origin, now=now)
        return update(_city(until), chosen)

    def well(self, now: str) -> bool:
        """Say whether `status --check` finds all well."""
        return overview(settings(self.tiny.folder, self.tiny.model.origin, now=now)).well


def _city(until: date | None) -> City:
    whole = load("boras")
    rules = tuple(rule for rule in whole.rules if rule.kind in {"calendar", "committee"})
    start = Link(url="https://www.boras.se/", kind="start", source="start")
    bodies = tuple(replace(it, until=until if it.slug == BODY else None) for it in whole.committees)
    return replace(whole, start=(start,), rules=rules, committees=bodies)


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Found]:
    """Give a city whose committee's page could be read, and then could not."""
    with tiny(tmp_path) as made:
        found = Found(tiny=made)
        found.lead(CALENDAR, PAGE)
        made.model.pages[CALENDAR] = listed("Sammanträdeskalender", [Row(day="2027-05-01")])
        made.model.pages[PAGE] = html("Kulturnämnden", "<p>Nämnden ansvarar för kulturen.</p>")
        assert found.run("2026-12-30T09:00").exit == 0
        made.model.faults[PAGE] = Fault(status=500)
        report = found.run("2026-12-31T09:00")
        assert [state.name for state in report.sources if not state.ok] == [BODY]
        yield found


def test_an_ended_committee_whose_page_is_cleared_away_is_no_source(city: Found) -> None:
    """Its last visit was a failure: nobody is called on New Year's Day, nor ever after."""
    city.lead(CALENDAR)
    report = city.run("2027-01-01T09:00", until=date(2026, 12, 31))
    assert (report.exit, [state.name for state in report.sources]) == (0, ["calendar", "start"])
    assert city.well("2027-01-01T09:00")


def test_what_nothing_leads_to_alarms_for_a_fortnight(city: Found) -> None:
    """The link may come back: it is told, and given up after two weeks of runs that read all."""
    city.lead(CALENDAR)
    assert city.run("2027-01-01T09:00").exit == 1
    assert city.run("2027-01-14T09:00").exit == 1
    assert not city.well("2027-01-14T09:00")
    report = city.run("2027-01-15T09:00")
    assert (report.exit, [state.name for state in report.sources]) == (0, ["calendar", "start"])
    assert city.well("2027-01-15T09:00")


@pytest.mark.slow
def test_a_start_page_that_fails_gives_up_no_source(city: Found) -> None:
    """It cannot tell whether anything leads there; where a source was met, days count anew."""
    city.lead(CALENDAR)
    city.run("2027-01-01T09:00")
    city.tiny.model.faults["/"] = Fault(status=500)
    report = city.run("2027-01-20T09:00")
    assert BODY in [state.name for state in report.sources]
    del city.tiny.model.faults["/"]
    city.lead(CALENDAR, PAGE)
    city.run("2027-01-21T09:00")
    city.lead(CALENDAR)
    report = city.run("2027-01-22T09:00")
    assert BODY in [state.name for state in report.sources]
