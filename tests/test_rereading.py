"""Our correction is not the city's news: stored pages are read again when a parser has changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pytest

from feeds.kinds import Kind
from modelcity.addresses import CALENDAR
from modelcity.server import ModelCity
from operation.report import Report
from operation.update import update
from records.errors import PageChanged
from records.model import Meeting, Revision
from records.state import Link
from records.store import Store
from records.terms import Cause
from runs import LATER, MORNING, exported, one_listing, settings
from scraper.cities import City, Parsed, load
from scraper.crawl import again
from scraper.document import Document
from scraper.pages.meeting import parse_meeting
from scraper.raw import RawMeeting

CONDITIONAL: Final = {"if-none-match", "if-modified-since"}
WRONG: Final = "Källaren"
FIRST: Final = 1
MENDED: Final = 2


def misread(**wrong: Any) -> Callable[[City, Document], Parsed]:  # noqa: ANN401 - any field of a sighting
    """Give a parser of meeting pages that reads some fields wrongly."""

    def parse(city: City, page: Document) -> Parsed:
        (raw,), kept = parse_meeting(city, page)
        assert isinstance(raw, RawMeeting)
        return (replace(raw, **wrong),), kept

    return parse


def before(**wrong: Any) -> City:  # noqa: ANN401 - any field of a sighting
    """Give the city as it was read before its meeting parser was mended."""
    parsers = {**load("boras").parsers, "meeting": misread(**wrong)}
    return one_listing(parsers=parsers, parser_version=FIRST, readable_since=FIRST)


def mended(**more: Any) -> City:  # noqa: ANN401 - any field of City
    """Give it as it is read since."""
    return one_listing(**({"parser_version": MENDED, "readable_since": FIRST} | more))


def run(city: City, model: ModelCity, folder: Path, now: str = MORNING, **more: Any) -> Report:  # noqa: ANN401 - any setting
    """Update a city into a folder."""
    return update(city, settings(folder, model.origin, now=now, **more))


def histories(folder: Path) -> Iterator[list[Revision[Meeting]]]:
    """Give all revisions of each meeting."""
    with Store.open(settings(folder, "http://127.0.0.1").store) as store:
        for newest in store.revisions("boras", Meeting):
            yield store.history("boras", newest.record.id)


@pytest.mark.slow
def test_a_mended_parser_corrects_all_records_without_asking_again(
    city: ModelCity, tmp_path: Path
) -> None:
    """Every wrong place is put right by what is stored, and the city answers 304 as ever."""
    run(before(place=WRONG), city, tmp_path)
    wrong = [row["id"] for row in exported(tmp_path, Kind.MEETING)]
    city.requests.clear()
    run(mended(), city, tmp_path, LATER)
    asked = [one for one in city.requests if one.path != "/robots.txt"]
    assert {one.status for one in asked} == {304}
    assert all(CONDITIONAL & one.headers.keys() for one in asked)
    past = list(histories(tmp_path))
    assert len(past) == len(wrong)
    for first, second in past:
        assert (first.cause, second.cause) == (Cause.CITY, Cause.CORRECTION)
        assert first.record.location
        assert first.record.location.name == WRONG
        assert second.record.location != first.record.location
        assert (second.sequence, second.provenance.parser) == (1, MENDED)
        assert second.first_seen == first.first_seen


@pytest.mark.slow
def test_only_who_would_go_there_is_told(city: ModelCity, tmp_path: Path) -> None:
    """Past meetings are put right in silence; of one to come it is said that we read wrongly."""
    run(before(place=WRONG), city, tmp_path)
    report = run(mended(), city, tmp_path, LATER)
    coming = {
        row["id"] for row in exported(tmp_path, Kind.MEETING) if row["start"][:10] > MORNING[:10]
    }
    assert coming
    assert {change.record for change in report.changes} == coming
    words = "Rättelse: vi läste fel tidigare. Ny plats: "
    assert all(change.text.startswith(words) for change in report.changes)


@pytest.mark.slow
def test_what_nobody_plans_by_is_corrected_in_silence(city: ModelCity, tmp_path: Path) -> None:
    """Notices and agendas that we had not read: no change is told, and no sequence rises."""
    run(before(notes=(), agenda=()), city, tmp_path)
    report = run(mended(), city, tmp_path, LATER)
    corrected = [past for past in histories(tmp_path) if len(past) > 1]
    assert corrected
    assert report.changes == ()
    assert {past[-1].sequence for past in corrected} == {0}


@pytest.mark.slow
def test_what_the_city_changed_at_the_same_time_is_its_own(city: ModelCity, tmp_path: Path) -> None:
    """First our correction of what stood there, then the city's news on top of it."""
    run(before(place=WRONG), city, tmp_path)
    coming = next(
        row
        for row in exported(tmp_path, Kind.MEETING)
        if row["start"][:10] > MORNING[:10] and row["url"]
    )
    path = urlsplit(coming["url"]).path
    place = city.truth.meeting(coming["id"].partition(":")[2]).place
    assert place
    body = city.answer(path, {}).body.decode().replace(place, "Borgen")
    city.pages[path] = body.encode()
    run(mended(), city, tmp_path, LATER)
    (past,) = [past for past in histories(tmp_path) if past[0].record.id == coming["id"]]
    assert [one.cause for one in past] == [Cause.CITY, Cause.CORRECTION, Cause.CITY]
    assert past[-1].record.location
    assert past[-1].record.location.name == "Borgen"


@pytest.mark.slow
def test_a_page_that_cannot_be_read_again_stands_until_it_is_had_anew(
    city: ModelCity, tmp_path: Path
) -> None:
    """What it said stays, and it is asked for whole."""
    said: dict[str, Parsed] = {}

    def blind(read: City, page: Document) -> Parsed:
        """Keep nothing that another parser could read again."""
        if page.lines:
            raws, kept = parse_meeting(read, page)
            said[page.url] = raws, replace(kept, lines=())
        return said[page.url]

    parsers = {**load("boras").parsers, "meeting": blind}
    run(one_listing(parsers=parsers, parser_version=FIRST), city, tmp_path)
    records = exported(tmp_path, Kind.MEETING)
    city.requests.clear()
    run(mended(), city, tmp_path, LATER)
    whole = [one.path for one in city.requests if one.status == 200]
    assert any("sammantrade2" in path for path in whole)
    assert not [one for one in city.requests if one.status == 304 and "sammantrade2" in one.path]
    kept = ("sequence", "first_seen", "last_changed", "start", "location")
    assert [[row[name] for name in kept] for row in exported(tmp_path, Kind.MEETING)] == [
        [row[name] for name in kept] for row in records
    ]


@pytest.mark.slow
def test_what_was_not_kept_is_fetched_and_is_our_correction_too(
    city: ModelCity, tmp_path: Path
) -> None:
    """A parser that reads more than was stored asks anew; the same page by its ETag is no news."""
    run(before(notes=()), city, tmp_path)
    city.requests.clear()
    report = run(mended(readable_since=MENDED), city, tmp_path, LATER)
    assert {one.status for one in city.requests if "sammantrade2" in one.path} == {200}
    corrected = [past[-1].cause for past in histories(tmp_path) if len(past) > 1]
    assert set(corrected) == {Cause.CORRECTION}
    assert report.changes == ()


@pytest.mark.slow
def test_a_dry_run_corrects_nothing(city: ModelCity, tmp_path: Path) -> None:
    """It says what would be told, and leaves the store as it was."""
    run(before(place=WRONG), city, tmp_path)
    records = exported(tmp_path, Kind.MEETING)
    report = run(mended(), city, tmp_path, LATER, dry_run=True)
    assert report.changes
    assert exported(tmp_path, Kind.MEETING) == records


@pytest.mark.slow
def test_the_second_run_after_a_correction_is_an_ordinary_one(
    city: ModelCity, tmp_path: Path
) -> None:
    """Nothing is read again twice."""
    run(before(place=WRONG), city, tmp_path)
    run(mended(), city, tmp_path, LATER)
    lengths = [len(past) for past in histories(tmp_path)]
    report = run(mended(), city, tmp_path, "2026-11-23T16:00")
    assert report.changes == ()
    assert [len(past) for past in histories(tmp_path)] == lengths


@pytest.mark.slow
def test_what_no_parser_reads_any_more_is_said(city: ModelCity, tmp_path: Path) -> None:
    """A stored page in another form, or of a kind that is gone, is a page that changed."""
    run(one_listing(), city, tmp_path)
    with Store.open(settings(tmp_path, city.origin).store) as store:
        state = next(store.pages("boras"))
        snapshot = store.snapshot("boras", state.key) or b""
    assert again(one_listing(), state, snapshot).state == state
    with pytest.raises(PageChanged, match="a stored page that can be read again"):
        again(one_listing(), state, json.dumps({"url": state.url}).encode())
    with pytest.raises(PageChanged, match="a parser for a page of the kind"):
        again(one_listing(), replace(state, kind="leaflet"), snapshot)


@pytest.mark.slow
def test_a_committee_that_is_not_in_the_file_is_said_once(city: ModelCity, tmp_path: Path) -> None:
    """Though its meetings are made again, and then anew; one without a day makes no committee."""
    rows = (
        "<h1>Sammanträdeskalender</h1><h3>Framtidsnämnden</h3><p>Tid: 30 november 2026 kl. {}</p>"
        "<p>Plats: Borgen</p><h3>Dåtidsnämnden</h3><p>Tid:</p><p>Plats: Borgen</p>"
    )
    start = (Link(url=f"https://www.boras.se{CALENDAR}", kind="calendar", source="calendar"),)
    city.pages[CALENDAR] = rows.format("14.00").encode()
    run(one_listing(start=start), city, tmp_path)
    city.pages[CALENDAR] = rows.format("15.00").encode()
    report = run(mended(start=start), city, tmp_path, LATER)
    said = [text for text in report.run.problems if "is not in the city's file" in text]
    assert sorted(said) == sorted(set(said))
    assert [row["committee"] for row in exported(tmp_path, Kind.MEETING)] == ["framtidsnamnden"]
    slugs = {row["slug"] for row in exported(tmp_path, Kind.COMMITTEE)}
    assert "framtidsnamnden" in slugs
    assert "datidsnamnden" not in slugs
