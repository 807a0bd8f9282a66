"""The computed last days to appeal are told with care: whose sum, of what, and where to ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar, Event

from editions import CITY, COMMITTEES, HOME, NOW, SEEN, change, edition, notice, revision, whole
from feeds import appeal
from feeds.edition import Edition
from feeds.vcalendar import of_days
from golden import assert_golden
from records.model import Notice, Provenance, Revision
from records.revisions import revise
from records.terms import Cause, ChangeKind

GOLDEN = Path(__file__).parent / "golden"
DEADLINE = date(2026, 3, 10)


def only(made: Edition) -> Event:
    """Give the one event of the calendar."""
    (event,) = Calendar.from_ical(of_days(*appeal.contents(made))).events
    return event


def told(record: Notice, **noticed: Any) -> Event:  # noqa: ANN401 - any field
    """Give the event of one notice."""
    return only(edition(notices=(revision(record, **noticed),)))


def seen(record: Notice, days: int) -> Revision[Notice]:
    """Give a notice as it is read so many days after it was first seen."""
    now = SEEN + timedelta(days=days)
    read = Provenance(url=HOME, fetched=now, content_hash=f"{days}", parser=1)
    return Revision(record=record, first_seen=now, last_changed=now, sequence=0, provenance=read)


def test_golden(request: pytest.FixtureRequest) -> None:
    """Every word of it can cost somebody a right: it changes only when we mean it to."""
    assert_golden(GOLDEN / "overklagande.ics", of_days(*appeal.contents(whole())), request)


def test_it_is_a_day_and_no_more_than_likely() -> None:
    """All day, tentative, nobody busy, and named as what it is."""
    event = told(notice())
    assert event["SUMMARY"] == (
        "Beräknat: sista dag för laglighetsprövning – Kulturnämnden 9 februari 2026"
    )
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (
        DEADLINE,
        DEADLINE + timedelta(days=1),
    )
    assert (event["STATUS"], event["TRANSP"]) == ("TENTATIVE", "TRANSPARENT")
    read = Calendar.from_ical(of_days(*appeal.contents(edition())))
    assert read["NAME"] == read["X-WR-CALNAME"] == "Beräknade överklagandetider (inofficiellt)"


def test_it_says_whose_sum_it_is_and_how_it_was_made() -> None:
    """First of all; and that a holiday moved it, where one did."""
    text = str(told(notice())["DESCRIPTION"])
    assert text.startswith(
        "Beräknat av Kallelse, inte av Borås Stad: anslaget tisdag 17 februari 2026 + tre veckor"
        " = tisdag 10 mars 2026."
    )
    assert "helg" not in text
    moved = notice(posted=date(2026, 3, 13), appeal_deadline=date(2026, 4, 7))
    assert (
        "fredag 3 april 2026. Det är helg eller helgdag, så sista dagen blir tisdag 7 april 2026."
    ) in str(told(moved)["DESCRIPTION"])


def test_it_says_what_it_is_about_and_what_not() -> None:
    """A permit is appealed in another way, and who is no member of the municipality may not."""
    text = str(told(notice())["DESCRIPTION"])
    for words in (
        "bara laglighetsprövning (13 kap. kommunallagen)",
        "ha kommit in till domstolen senast den dagen",
        "medlem av kommunen",
        "Bygglov, planer och beslut om en enskild person har andra regler.",
        f"Anslaget: {HOME}/download/18.18ab/",
        f"Kommunen om att överklaga: {HOME}/anslagstavla",
    ):
        assert words in text


def test_it_promises_nothing() -> None:
    """When a decision has legal force, and which court decides, is not ours to say."""
    body = of_days(*appeal.contents(whole())).replace(b"\r\n ", b"").decode().casefold()
    assert "laga kraft" not in body
    assert "förvaltningsrätt" not in body
    assert "mark- och miljö" not in body


def test_it_follows_a_corrected_notice() -> None:
    """Same UID, SEQUENCE + 1: the day in somebody's calendar moves with it."""
    first = seen(notice(), 0)
    mended = notice(posted=date(2026, 2, 19), appeal_deadline=date(2026, 3, 12))
    after = revise([first], seen(mended, 1))
    assert after
    before, later = (only(edition(notices=(one,))) for one in (first, after[0]))
    assert before["UID"] == later["UID"] == "overklagande-kulturnamnden-20260209@boras.kallelse"
    assert (before["SEQUENCE"], later["SEQUENCE"]) == (0, 1)
    assert before.decoded("LAST-MODIFIED") < later.decoded("LAST-MODIFIED")
    assert later.decoded("DTSTART") == date(2026, 3, 12)
    assert after[0].cause is Cause.CITY


def test_another_title_moves_no_day() -> None:
    """SEQUENCE is for what people plan by (C5)."""
    after = revise([seen(notice(), 0)], seen(notice(title="Kulturnämndens protokoll"), 1))
    assert after
    assert after[0].sequence == 0


@pytest.mark.parametrize(("down", "early"), [("2026-03-01", True), ("2026-03-11", False)])
def test_a_notice_that_goes_down_early_is_said(down: str, *, early: bool) -> None:
    """The event stays: the time runs on; after its last day a notice goes down as it should."""
    gone = NOW.replace(month=int(down[5:7]), day=int(down[8:]))
    removed = change("boras:kulturnamnden-20260209", ChangeKind.NOTICE_REMOVED, gone)
    noticed = revision(notice(), withdrawn=True, last_changed=gone)
    event = only(edition(notices=(noticed,), changes=[removed]))
    assert ("anslaget syns inte längre" in str(event["DESCRIPTION"])) == early
    assert event.decoded("DTSTART") == DEADLINE


def test_without_a_computed_day_there_is_no_event() -> None:
    """No guess: what the record cannot say is not said here either."""
    made = edition(notices=(revision(notice(appeal_deadline=None)),))
    body = of_days(*appeal.contents(made))
    assert b"VEVENT" not in body
    assert b"VTIMEZONE" in body


def test_a_day_of_meeting_that_is_not_told_is_not_made_up() -> None:
    """The board may be silent or garbled about it."""
    assert str(told(notice(held=None))["SUMMARY"]).endswith("– Kulturnämnden, mötesdag ej angiven")
    assert "omedelbart" in str(told(notice(immediate=True))["DESCRIPTION"])
    unknown = str(told(notice(posted=None))["DESCRIPTION"])
    assert unknown.startswith("Beräknat av Kallelse, inte av Borås Stad.\n")


def test_without_a_page_there_is_no_link() -> None:
    """The city's file may name no page on appeals, and a notice may have none of its own."""
    city = replace(CITY, appeals=None)
    event = only(edition(notices=(revision(notice(document_url=None)),), city=city))
    assert "URL" not in event
    assert f"Kommunen om att överklaga: {CITY.url}" in str(event["DESCRIPTION"])
    assert "Anslaget:" not in str(event["DESCRIPTION"])


def test_old_days_leave_with_the_meetings() -> None:
    """The window is that of every calendar."""
    old = notice(appeal_deadline=date(2023, 12, 29))
    made = edition(committees=COMMITTEES, notices=(revision(old),))
    assert b"VEVENT" not in of_days(*appeal.contents(made))
