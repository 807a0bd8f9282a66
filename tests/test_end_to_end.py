"""The whole line: a city on 127.0.0.1 in, calendars and feeds on disk out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import feedparser
import pytest
from icalendar import Calendar

from feeds.kinds import Kind
from ical_peers import ical_js
from modelcity.addresses import CALENDAR, SEED, SEED_STRIPPED
from modelcity.faults import Fault, Robots
from modelcity.render import FORMS, Form
from modelcity.server import ModelCity
from modelcity.truth import Truth, build
from operation.exporting import export
from operation.first import first_day
from operation.update import update
from records.model import Meeting
from records.store import Store
from runs import LATER, TODAY, run, seeing_only, settings, stamps
from scraper.cities import load

CONDITIONAL: Final = {"if-none-match", "if-modified-since"}
WALL: Final = b"<html><body><h1>Vi arbetar med webbplatsen</h1><p>Kom igen.</p></body></html>"


@pytest.fixture(scope="module")
def truth() -> Truth:
    """What is so in the model city."""
    return build(TODAY)


@pytest.fixture(scope="module", params=FORMS)
def published(
    request: pytest.FixtureRequest, truth: Truth, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, ModelCity]]:
    """A folder that was published from one markup form, and the city it came from."""
    form: Form = request.param
    folder = tmp_path_factory.mktemp(form)
    with ModelCity(truth, form=form) as city:
        assert run(folder, city).exit == 0
        yield folder, city


@pytest.fixture(scope="module")
def yesterday(truth: Truth, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store and a folder as a good run left them; tests take a copy."""
    folder = tmp_path_factory.mktemp("yesterday")
    with ModelCity(truth) as city:
        run(folder, city)
    return folder


@pytest.fixture
def folder(yesterday: Path, tmp_path: Path) -> Path:
    """A copy of yesterday's store and folder, dates and all."""
    return shutil.copytree(yesterday, tmp_path / "copy")


def exported(folder: Path, kind: Kind) -> list[dict[str, Any]]:
    """Read what `kallelse export` gives."""
    lines = export(settings(folder, "http://127.0.0.1:1"), "boras", kind, as_csv=False)
    return [json.loads(line) for line in lines.splitlines()]


def told(folder: Path) -> list[tuple[str | None, str, str, str | None]]:
    """Give what we say of every meeting: its page's id, committee, start, place."""
    names = {row["slug"]: row["name"] for row in exported(folder, Kind.COMMITTEE)}
    rows = [
        (
            row["id"] if row["url"] else None,
            names[row["committee"]],
            row["start"],
            row["location"] and row["location"]["name"],
        )
        for row in exported(folder, Kind.MEETING)
    ]
    return sorted(rows, key=str)


def test_the_export_equals_the_truth_in_every_form(
    published: tuple[Path, ModelCity], truth: Truth
) -> None:
    """All meetings, starts, places and committees, and none that the city does not have."""
    expected = [
        (meeting["id"], meeting["committee"], meeting["start"], meeting["place"])
        for meeting in truth.expected_meetings()
    ]
    assert told(published[0]) == sorted(expected, key=str)


def test_the_documents_equal_the_truth_in_every_form(
    published: tuple[Path, ModelCity], truth: Truth
) -> None:
    """Clean names, in the page's order; what is listed is known."""
    expected = {m["id"]: m["documents"] or [] for m in truth.expected_meetings() if m["id"]}
    rows = [row for row in exported(published[0], Kind.MEETING) if row["id"] in expected]
    assert {row["id"]: [d["name"] for d in row["documents"]] for row in rows} == expected
    assert not [row["id"] for row in rows if row["documents"] and not row["documents_known"]]


def test_a_second_update_touches_nothing_but_the_status(
    published: tuple[Path, ModelCity],
) -> None:
    """No file, no record, and every request is a conditional one."""
    folder, city = published
    before = stamps(folder / "public")
    records = exported(folder, Kind.MEETING), exported(folder, Kind.CHANGE)
    asked = len(city.requests)
    report = run(folder, city, now=LATER)
    after = stamps(folder / "public")
    touched = {path for path in after if after[path] != before.get(path)}
    assert (report.exit, report.changes, touched) == (0, (), {"status.json"})
    assert before.keys() <= after.keys()
    assert (exported(folder, Kind.MEETING), exported(folder, Kind.CHANGE)) == records
    again = city.requests[asked:]
    assert again
    assert all(CONDITIONAL & request.headers.keys() for request in again)
    assert {request.status for request in again} == {304}


def test_every_calendar_says_what_the_store_knows(published: tuple[Path, ModelCity]) -> None:
    """The same meetings and instants, as icalendar and as ical.js read them."""
    folder, _ = published
    with Store.open(f"sqlite:///{folder / 'kallelse.db'}") as store:
        meetings = [revision.record for revision in store.revisions("boras", Meeting)]
    for path in sorted((folder / "public/boras").glob("*.ics")):
        slug = path.name.partition(".")[0]
        expected = sorted(
            (meeting.uid, instant(meeting.start))
            for meeting in meetings
            if slug in {meeting.committee, "alla"}
        )
        ours = sorted((str(e["UID"]), instant(e.decoded("DTSTART"))) for e in events(path))
        theirs = sorted((event["uid"], event["start"]) for event in ical_js(path))
        assert ours == expected, path.name
        assert [(uid, plain(start)) for uid, start in theirs] == expected, path.name


def events(path: Path) -> list[Any]:
    """Give the events of a file, by icalendar."""
    calendar = Calendar.from_ical(path.read_bytes())
    return list(calendar.walk("VEVENT"))


def instant(start: datetime | date) -> str:
    """Give a moment in UTC, or a plain date, as text."""
    if isinstance(start, datetime):
        return start.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return start.isoformat()


def plain(text: str) -> str:
    """Give a reader's moment in the form of `instant`."""
    return text.replace(".000Z", "Z")


def test_every_feed_is_read_without_complaint(published: tuple[Path, ModelCity]) -> None:
    """Feedparser finds nothing wrong, a title, and one id for each entry."""
    for path in sorted((published[0] / "public/boras").glob("*.rss")):
        feed = feedparser.parse(path.read_bytes())
        assert not feed.bozo, path.name
        assert feed.feed.title
        assert len({entry.id for entry in feed.entries}) == len(feed.entries)


@pytest.mark.parametrize("form", FORMS)
def test_the_sidebar_of_an_ordinary_article_gives_five_meetings(
    form: Form, truth: Truth, tmp_path: Path
) -> None:
    """The article around it is neither a meeting nor news; two items share committee and place."""
    with ModelCity(truth, form=form) as city:
        chosen = settings(tmp_path, city.origin)
        update(seeing_only(SEED), chosen)
    names = sorted(name for _, name, _, _ in told(tmp_path))
    assert names == [
        "Arbetslivsnämnden",
        "Borås Stadshus AB",
        "Kommunstyrelsen",
        "Kommunstyrelsen",
        "Kulturnämnden",
    ]
    assert exported(tmp_path, Kind.NEWS) == []


@pytest.mark.parametrize("form", FORMS)
def test_a_sidebar_without_times_is_told_and_not_published(
    form: Form, truth: Truth, tmp_path: Path
) -> None:
    """Five meetings without a day: counted, said, and in nobody's calendar."""
    with ModelCity(truth, form=form) as city:
        report = update(seeing_only(SEED_STRIPPED), settings(tmp_path, city.origin))
    assert exported(tmp_path, Kind.MEETING) == []
    assert report.run.counts["undated"] == 5
    assert any("5 meetings were seen without a day" in text for text in report.run.problems)


def test_an_unknown_committee_is_a_new_one_and_no_meeting_is_lost(
    truth: Truth, tmp_path: Path
) -> None:
    """A name that the city's file lacks gets a calendar of its own, and a warning."""
    page = (
        "<html><head><title>Sammanträdeskalender</title></head><body><main>"
        "<h1>Sammanträdeskalender</h1><h3>Framtidsnämnden</h3>"
        "<p>Tid: måndag 30 november 2026 kl. 14.00</p><p>Plats: Stadshuset</p></main></body></html>"
    )
    with ModelCity(truth) as city:
        city.pages[CALENDAR] = page.encode()
        report = update(seeing_only(CALENDAR, kind="calendar"), settings(tmp_path, city.origin))
    assert (report.exit, len(exported(tmp_path, Kind.MEETING))) == (0, 1)
    assert (tmp_path / "public/boras/framtidsnamnden.ics").is_file()
    assert any("Framtidsnämnden" in text for text in report.run.problems)


FAULTS: Final = {
    "a server error": Fault(status=500),
    "a page without any known mark": Fault(body=WALL),
    "a body cut short": Fault(truncate=2000),
    "an empty body": Fault(body=b""),
    "a file where a page is due": Fault(body=b"%PDF-1.7", content_type="application/pdf"),
    "a way to another host": Fault(redirect="https://elsewhere.example/"),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_broken_page_keeps_the_last_good_files(fault: Fault, truth: Truth, folder: Path) -> None:
    """One list is broken: its source is told as failing, and every file stands as it was."""
    before = stamps(folder / "public")
    with ModelCity(truth) as city:
        city.faults[CALENDAR] = fault
        report = run(folder, city, now=LATER)
    after = stamps(folder / "public")
    failing = [source.name for source in report.sources if not source.ok]
    assert (report.exit, failing) == (1, ["calendar"])
    assert [path for path in before if after[path] != before[path]] == ["status.json"]


def test_a_source_that_is_back_is_good_again_by_itself(truth: Truth, folder: Path) -> None:
    """No hand is needed: the next run finds the page, and nothing else has changed."""
    with ModelCity(truth) as city:
        city.faults[CALENDAR] = Fault(status=500)
        assert run(folder, city, now=LATER).exit == 1
        city.faults.clear()
        report = run(folder, city, now="2026-11-23T16:00")
    assert (report.exit, report.changes) == (0, ())


def test_a_site_that_robots_txt_cannot_be_had_of_is_not_asked(truth: Truth, tmp_path: Path) -> None:
    """No page is asked for where robots.txt answers 503, and nothing is published."""
    with ModelCity(truth) as city:
        city.robots = Robots(text="", status=503)
        report = run(tmp_path, city)
        paths = {request.path for request in city.requests}
    assert (report.exit, paths) == (1, {"/robots.txt"})
    assert exported(tmp_path, Kind.MEETING) == []


def test_what_robots_txt_forbids_is_left_alone_and_no_failure(truth: Truth, tmp_path: Path) -> None:
    """No request goes there, the run is good; and never are two requests under way at once."""
    with ModelCity(truth) as city:
        city.robots = Robots(text="User-agent: *\nDisallow: /nyheter\n")
        report = run(tmp_path, city)
        asked = [request.path for request in city.requests]
        busiest = city.busiest
    assert report.exit == 0
    assert not [path for path in asked if path.startswith("/nyheter")]
    assert busiest == 1


def test_a_dry_run_writes_nothing(truth: Truth, tmp_path: Path) -> None:
    """It tells what would change; store and folder are as if it had not been."""
    with ModelCity(truth) as city:
        report = run(tmp_path, city, dry_run=True)
        assert len(report.changes) > 500
        assert not (tmp_path / "public").exists()
        assert exported(tmp_path, Kind.MEETING) == []


def test_a_deleted_file_is_published_again(truth: Truth, folder: Path) -> None:
    """What an operator lost comes back with the next run, byte for byte."""
    calendar = folder / "public/boras/kulturnamnden.ics"
    body = calendar.read_bytes()
    calendar.unlink()
    with ModelCity(truth) as city:
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


def test_a_run_in_which_everything_failed_writes_only_the_status(folder: Path) -> None:
    """Nothing was learnt, so nothing is touched."""
    before = stamps(folder / "public")
    report = update(load("boras"), settings(folder, "http://127.0.0.1:1", now=LATER))
    after = stamps(folder / "public")
    assert report.exit == 1
    assert [path for path in before if after[path] != before[path]] == ["status.json"]
