"""Whatever goes wrong at the city's end, the last good files stand, and the next run mends all."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from feeds.kinds import Kind
from modelcity.addresses import CALENDAR
from modelcity.faults import Fault, Robots
from modelcity.server import ModelCity
from operation.first import first_day
from operation.update import update
from runs import LATER, exported, run, settings, stamps
from scraper.cities import load

WALL: Final = b"<html><body><h1>Vi arbetar med webbplatsen</h1><p>Kom igen.</p></body></html>"
LOGIN: Final = b"<html><body><h1>Logga in</h1><form><input type=password></form></body></html>"
SHELL: Final = b'<html><body><div id="app"></div><script src="/app.js"></script></body></html>'

FAULTS: Final = {
    "a server error": Fault(status=500),
    "a page without any known mark": Fault(body=WALL),
    "a login page": Fault(body=LOGIN),
    "a page that scripts would fill": Fault(body=SHELL),
    "a body cut short": Fault(truncate=2000),
    "an empty body": Fault(body=b""),
    "a file where a page is due": Fault(body=b"%PDF-1.7", content_type="application/pdf"),
    "a way to another host": Fault(redirect="https://elsewhere.example/"),
}


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_broken_page_keeps_the_last_good_files(
    fault: Fault, city: ModelCity, folder: Path
) -> None:
    """One list is broken: its source is told as failing, and every file stands as it was."""
    before = stamps(folder / "public")
    city.faults[CALENDAR] = fault
    report = run(folder, city, now=LATER)
    after = stamps(folder / "public")
    failing = [source.name for source in report.sources if not source.ok]
    assert (report.exit, failing) == (1, ["calendar"])
    assert [path for path in before if after[path] != before[path]] == ["status.json"]


@pytest.mark.slow
def test_a_source_that_is_back_is_good_again_by_itself(city: ModelCity, folder: Path) -> None:
    """No hand is needed: the next run finds the page, and nothing else has changed."""
    city.faults[CALENDAR] = Fault(status=500)
    assert run(folder, city, now=LATER).exit == 1
    city.faults.clear()
    report = run(folder, city, now="2026-11-23T16:00")
    assert (report.exit, report.changes) == (0, ())


@pytest.mark.slow
def test_a_site_that_robots_txt_cannot_be_had_of_is_not_asked(
    city: ModelCity, tmp_path: Path
) -> None:
    """No page is asked for where robots.txt answers 503, and nothing is published."""
    city.robots = Robots(text="", status=503)
    report = run(tmp_path, city)
    paths = {request.path for request in city.requests}
    assert (report.exit, paths) == (1, {"/robots.txt"})
    assert exported(tmp_path, Kind.MEETING) == []


@pytest.mark.slow
def test_what_robots_txt_forbids_is_left_alone_and_no_failure(
    city: ModelCity, tmp_path: Path
) -> None:
    """No request goes there, the run is good; and never are two requests under way at once."""
    city.robots = Robots(text="User-agent: *\nDisallow: /nyheter\n")
    report = run(tmp_path, city)
    asked = [request.path for request in city.requests]
    busiest = city.busiest
    assert report.exit == 0
    assert not [path for path in asked if path.startswith("/nyheter")]
    assert busiest == 1


@pytest.mark.slow
def test_a_dry_run_writes_nothing(city: ModelCity, tmp_path: Path) -> None:
    """It tells what would change; store and folder are as if it had not been."""
    report = run(tmp_path, city, dry_run=True)
    assert len(report.changes) > len(city.truth.coming)
    assert not (tmp_path / "public").exists()
    assert exported(tmp_path, Kind.MEETING) == []


@pytest.mark.slow
def test_a_deleted_file_is_published_again(city: ModelCity, folder: Path) -> None:
    """What an operator lost comes back with the next run, byte for byte."""
    calendar = folder / "public/boras/kulturnamnden.ics"
    body = calendar.read_bytes()
    calendar.unlink()
    run(folder, city, now=LATER)
    assert calendar.read_bytes() == body


def test_the_first_update_shows_what_to_compare(folder: Path) -> None:
    """Ten meetings with their addresses, and the sentence that three of them be compared."""
    lines = list(first_day(settings(folder, "http://127.0.0.1:1"), "boras"))
    assert lines[0] == "The next 10 meetings:"
    assert len(lines) == 22
    assert all("https://www.boras.se/" in line or "no page" in line for line in lines[2:-1:2])
    assert lines[-1].startswith("Compare three of them with the city's site")


def test_a_city_without_coming_meetings_says_so(folder: Path) -> None:
    """An empty list is a claim too, and the operator should compare it."""
    lines = list(first_day(settings(folder, "http://127.0.0.1:1", now="2036-01-01"), "boras"))
    assert lines == ["No coming meeting was found: compare with the city's own calendar."]


@pytest.mark.slow
def test_a_run_in_which_everything_failed_writes_only_the_status(folder: Path) -> None:
    """Nothing was learnt, so nothing is touched."""
    before = stamps(folder / "public")
    report = update(load("boras"), settings(folder, "http://127.0.0.1:1", now=LATER))
    after = stamps(folder / "public")
    assert report.exit == 1
    assert [path for path in before if after[path] != before[path]] == ["status.json"]
