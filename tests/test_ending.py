"""A board that ended keeps its address for ever, and its last word is whom to follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import feedparser
import pytest
from icalendar import Calendar

import feeding
from editions import COMMITTEE, TODAY, at, edition, meeting, revision
from feeds.calendar import render
from feeds.edition import Edition
from feeds.lint import lint
from operation.update import update
from records.model import Committee
from records.terms import Classification
from runs import MORNING, settings
from scraper.cities import City
from tiny import Row, city, tiny

HEIR: Final = Committee(
    slug="fritids-och-folkhalsonamnden",
    name="Fritids- och folkhälsonämnden",
    classification=Classification.COMMITTEE,
)
LAST: Final = date(2026, 2, 28)
ENDED: Final = replace(COMMITTEE, until=LAST, successors=(HEIR.slug,))


def made(today: date = TODAY) -> Edition:
    """Give an edition in which a committee has an end."""
    return edition([revision(meeting())], committees=(ENDED, HEIR), today=today)


def entries(found: Edition, slug: str = COMMITTEE.slug) -> list[feedparser.FeedParserDict]:
    """Give a committee's feed as a reader has it."""
    return list(feeding.read(found, slug).entries)


def test_the_last_entry_names_the_successors() -> None:
    """Told once, dated the day after the last, with the address of the calendar to follow."""
    (entry,) = entries(made())
    assert entry.title == "Kulturnämnden har upphört"
    assert entry.id == "tag:boras.kallelse,2026:kulturnamnden/ended/2026-02-28"
    assert "Nämnden har upphört, följ Fritids- och folkhälsonämnden." in entry.description
    assert "/boras/fritids-och-folkhalsonamnden.ics" in entry.description
    assert entry.published.startswith("Sun, 01 Mar 2026 00:00:00")
    assert entries(made(), HEIR.slug) == []


def test_nothing_is_told_before_the_end() -> None:
    """On its last day the board is still there."""
    assert entries(made(LAST)) == []


def test_an_end_that_is_known_late_is_dated_when_it_became_known() -> None:
    """No reader meets an entry dated before it could be there."""
    late = replace(revision(ENDED), last_changed=at("2026-03-01", "12:00"), sequence=1)
    found = replace(made(), committees=(late, revision(HEIR)))
    (entry,) = entries(found)
    assert entry.published.startswith("Sun, 01 Mar 2026 12:00:00")


@pytest.mark.slow
@pytest.mark.parametrize("known", [True, False], ids=["in its time", "from the first"])
def test_successors_that_are_named_later_do_not_date_the_end_anew(
    tmp_path: Path, *, known: bool
) -> None:
    """The entry tells of them, under its own date: no reader takes it for a second end."""
    steps = (
        ("2026-03-03T09:00", COMMITTEE if known else ENDED),
        ("2026-03-04T09:00", replace(ENDED, successors=())),
        ("2026-03-05T09:00", ENDED),
    )
    with tiny(tmp_path) as shown:
        shown.show([Row(day="2026-03-16")])
        for now, body in steps:
            whole = city()
            found = replace(whole, committees=(body, HEIR, whole.committees[1]))
            update(found, settings(tmp_path, shown.model.origin, now=now))
    feed = feedparser.parse((tmp_path / "public/boras/kulturnamnden.rss").read_bytes())
    (entry,) = feed.entries
    assert "Fritids- och folkhälsonämnden" in entry.description
    assert entry.published.startswith("Wed, 04 Mar" if known else "Tue, 03 Mar")


def test_an_all_day_event_names_the_successors() -> None:
    """On the day after the last one; the committee's meetings stay where they are."""
    calendar = Calendar.from_ical(render(made(), ENDED))
    last = next(e for e in calendar.events if e.uid == "kulturnamnden-ended@boras.kallelse")
    assert (date(2026, 3, 1), date(2026, 3, 2)) == (last.DTSTART, last.DTEND)
    assert "har upphört, följ Fritids- och folkhälsonämnden" in str(last["summary"])
    assert len(calendar.events) == 2
    assert "-ended@" not in render(made(), HEIR).decode()
    assert "-ended@" not in render(made()).decode()


def test_the_gate_lets_the_event_through() -> None:
    """Also of a committee with a page: its address stands in the text too."""
    paged = replace(ENDED, url="https://www.example.se/kulturnamnden.4.aa01.html")
    found = edition([revision(meeting())], committees=(paged, HEIR))
    assert lint("boras/kulturnamnden.ics", render(found, paged)) == []


def test_an_end_without_successors_says_so() -> None:
    """Nobody is left to guess."""
    found = edition(committees=(replace(ENDED, successors=()),))
    (entry,) = entries(found)
    assert "ingen efterträdare är angiven" in entry.description


@pytest.mark.slow
def test_cleared_pages_of_an_ended_board_are_no_drift(tmp_path: Path) -> None:
    """Its pages lose their places when it is gone: nobody is called for that."""

    def ended(until: date | None) -> City:
        whole = city()
        bodies = (
            replace(body, until=until) if body.slug == "kommunstyrelsen" else body
            for body in whole.committees
        )
        return replace(whole, committees=tuple(bodies))

    rows = [Row(day=f"2026-12-{day:02}", node=f"1a2b3c4d5e{day:02}") for day in range(1, 9)]
    with tiny(tmp_path) as shown:
        shown.show(rows)
        update(ended(None), settings(tmp_path, shown.model.origin, now=MORNING))
        shown.show([replace(row, place="") for row in rows])
        for until, drift in ((None, ["location"]), (date(2026, 11, 1), [])):
            chosen = settings(tmp_path, shown.model.origin, now="2026-11-24T09:00", dry_run=True)
            report = update(ended(until), chosen)
            assert [it.field for it in report.run.drift] == drift
