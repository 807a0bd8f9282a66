"""The whole line: a city on 127.0.0.1 in, calendars and feeds on disk out."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import feedparser
import pytest
from icalendar import Calendar

from feeding import node
from feeds.kinds import Kind
from ical_peers import ical_js
from modelcity.addresses import CALENDAR, SEED, SEED_STRIPPED
from modelcity.render import FORMS, LATER_FORMS, Form
from modelcity.server import ModelCity
from modelcity.shell import PRIVATE
from modelcity.truth import Truth
from newsroom import as_expected, as_told
from operation.update import update
from records.model import Meeting
from records.store import Store
from runs import LATER, exported, run, seeing_only, settings, small, stamps
from scraper.cities import load

CONDITIONAL: Final = {"if-none-match", "if-modified-since"}


@pytest.fixture(scope="module", params=(*FORMS, *LATER_FORMS))
def published(
    request: pytest.FixtureRequest, truth: Truth, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, ModelCity]]:
    """A folder that was published from one markup form, and the city it came from.

    Without `--slow` each form has the city's smaller part; with it, one has the whole.
    """
    form: Form = request.param
    folder = tmp_path_factory.mktemp(form)
    slow = form == FORMS[0] and request.config.getoption("--slow")
    whole = slow or request.config.getoption("--full")
    with ModelCity(truth if whole else small(truth), form=form) as city:
        assert run(folder, city).exit == 0
        yield folder, city


def told(folder: Path) -> list[tuple[str | None, str, str, str | None, str]]:
    """Give what we say of every meeting: its page's id, committee, start, place, status."""
    names = {row["slug"]: row["name"] for row in exported(folder, Kind.COMMITTEE)}
    rows = [
        (
            row["id"] if row["url"] else None,
            names[row["committee"]],
            row["start"],
            row["location"] and row["location"]["name"],
            row["status"],
        )
        for row in exported(folder, Kind.MEETING)
    ]
    return sorted(rows, key=str)


def test_the_export_equals_the_truth_in_every_form(
    published: tuple[Path, ModelCity],
) -> None:
    """All meetings with start, place, status and committee, and none that the city has not."""
    expected = [
        tuple(meeting[name] for name in ("id", "committee", "start", "place", "status"))
        for meeting in published[1].truth.expected_meetings()
    ]
    assert told(published[0]) == sorted(expected, key=str)


def test_the_documents_equal_the_truth_in_every_form(
    published: tuple[Path, ModelCity],
) -> None:
    """Clean names, in the page's order; what is listed is known."""
    expected = {
        m["id"]: m["documents"] or [] for m in published[1].truth.expected_meetings() if m["id"]
    }
    rows = [row for row in exported(published[0], Kind.MEETING) if row["id"] in expected]
    assert {row["id"]: [d["name"] for d in row["documents"]] for row in rows} == expected
    assert not [row["id"] for row in rows if row["documents"] and not row["documents_known"]]


def test_the_news_equal_the_truth_in_every_form(
    published: tuple[Path, ModelCity],
) -> None:
    """Every article of every page of the list, whole, and none that the city does not have."""
    names = {row["slug"]: row["name"] for row in exported(published[0], Kind.COMMITTEE)}
    told = sorted(published[1].truth.expected_news(), key=lambda article: str(article["id"]))
    expected = [as_expected(article) for article in told]
    assert [as_told(row, names) for row in exported(published[0], Kind.NEWS)] == expected


def test_each_field_of_news_names_its_signal(published: tuple[Path, ModelCity]) -> None:
    """Nothing is doubted that the pages agree on; what is not there has no signal."""
    for row in exported(published[0], Kind.NEWS):
        signals = row["provenance"]["signals"]
        assert {"title", "summary", "content_html", "published"} <= signals.keys()
        assert signals.get("meeting") == ("link" if row["meeting"] else None)
        assert signals.get("committees") == ("link" if row["committees"] else None)
        assert row["problems"] == []
        assert row["image"].startswith("https://www.boras.se/")


def test_nothing_of_people_is_kept(published: tuple[Path, ModelCity]) -> None:
    """No contact box and no editor: in no article, and in no snapshot of any page."""
    folder, _ = published
    with Store.open(f"sqlite:///{folder / 'kallelse.db'}") as store:
        kept = [store.snapshot("boras", page.key) or b"" for page in store.pages("boras")]
    everything = b"".join(kept).decode() + repr(exported(folder, Kind.NEWS))
    assert not [name for name in PRIVATE if name in everything]


@pytest.mark.slow
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


@pytest.mark.slow
def test_every_calendar_says_what_the_store_knows(published: tuple[Path, ModelCity]) -> None:
    """The same meetings and instants, as icalendar and as ical.js read them.

    Calendars are made of records, whatever form those were read from: of the later forms the
    city's own is enough.
    """
    folder, city = published
    with Store.open(f"sqlite:///{folder / 'kallelse.db'}") as store:
        meetings = [revision.record for revision in store.revisions("boras", Meeting)]
    topics = {bundle.slug: bundle.committees for bundle in load("boras").jurisdiction.bundles}
    which = "*.ics" if city.form == FORMS[0] else "alla.ics"
    paths = sorted((folder / "public/boras").glob(which))
    assert paths
    for path in paths:
        slug, *ending = path.name.split(".")
        if slug == "overklagande" or "nytt" in ending:
            continue  # days to know of, and no meetings
        expected = sorted(
            (meeting.uid, instant(meeting.start))
            for meeting in meetings
            if slug == "alla" or meeting.committee in topics.get(slug, [slug])
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
    folder = published[0] / "public/boras"
    every = sorted((*folder.glob("*.rss"), *folder.glob("*.atom")))
    paths = [path for path in every if "." not in path.stem]  # one kind of a committee is in these
    assert len(paths) > 60
    for path in paths:
        feed = feedparser.parse(path.read_bytes())
        assert not feed.bozo, path.name
        assert feed.feed.title
        assert len({entry.id for entry in feed.entries}) == len(feed.entries)


@pytest.mark.parametrize("kind", Kind)
def test_every_published_line_holds_by_its_published_schema(
    kind: Kind, published: tuple[Path, ModelCity]
) -> None:
    """Whatever a city's pages hold; and a table has a row for each line."""
    data = published[0] / "public/boras/data"
    lines = data / f"{kind}.jsonl"
    assert node("ajv", "schema.mjs", data / f"{kind}.schema.json", lines) == []
    with (data / f"{kind}.csv").open(newline="") as table:
        assert len(list(csv.DictReader(table))) == len(lines.read_bytes().splitlines())


@pytest.mark.slow
@pytest.mark.parametrize("form", [*FORMS, *LATER_FORMS])
def test_the_sidebar_of_an_ordinary_article_gives_five_meetings(
    form: Form, truth: Truth, tmp_path: Path
) -> None:
    """The article around it is neither a meeting nor news; two items share committee and place."""
    with ModelCity(truth, form=form) as city:
        chosen = settings(tmp_path, city.origin)
        update(seeing_only(SEED), chosen)
    names = sorted(name for _, name, *_ in told(tmp_path))
    assert names == [
        "Arbetslivsnämnden",
        "Borås Stadshus AB",
        "Kommunstyrelsen",
        "Kommunstyrelsen",
        "Kulturnämnden",
    ]
    assert exported(tmp_path, Kind.NEWS) == []


@pytest.mark.slow
@pytest.mark.parametrize("form", [*FORMS, *LATER_FORMS])
def test_a_sidebar_without_times_is_told_and_not_published(
    form: Form, truth: Truth, tmp_path: Path
) -> None:
    """Five meetings without a day: counted, said, and in nobody's calendar."""
    with ModelCity(truth, form=form) as city:
        report = update(seeing_only(SEED_STRIPPED), settings(tmp_path, city.origin))
    assert exported(tmp_path, Kind.MEETING) == []
    assert report.run.counts["undated"] == 5
    assert any("5 meetings were seen without a day" in text for text in report.run.problems)


@pytest.mark.slow
def test_an_unknown_committee_is_a_new_one_and_no_meeting_is_lost(
    city: ModelCity, tmp_path: Path
) -> None:
    """A name that the city's file lacks gets a calendar of its own, and a warning."""
    page = (
        "<html><head><title>Sammanträdeskalender</title></head><body><main>"
        "<h1>Sammanträdeskalender</h1><h3>Framtidsnämnden</h3>"
        "<p>Tid: måndag 30 november 2026 kl. 14.00</p><p>Plats: Stadshuset</p></main></body></html>"
    )
    city.pages[CALENDAR] = page.encode()
    report = update(seeing_only(CALENDAR, kind="calendar"), settings(tmp_path, city.origin))
    assert (report.exit, len(exported(tmp_path, Kind.MEETING))) == (0, 1)
    assert (tmp_path / "public/boras/framtidsnamnden.ics").is_file()
    assert any("Framtidsnämnden" in text for text in report.run.problems)
