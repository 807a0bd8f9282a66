"""A calendar says what the records say, to every reader, in the same bytes each time."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from editions import (
    AGENDA,
    CITY,
    COMMITTEE,
    COMMITTEES,
    TODAY,
    at,
    edition,
    meeting,
    revision,
    whole,
)
from feeds import calendar
from feeds.calendar import render
from feeds.colours import VALUES, colour
from feeds.phrases import day_of
from feeds.rendered import Variant
from golden import assert_golden
from ical_peers import READERS, facts, ical_js, instant
from records.model import ZONE, Committee, Meeting, Place
from records.terms import Access, Status

GOLDEN = Path(__file__).parent / "golden"
ROOT = Path(__file__).parent.parent
NAMES = {
    *("SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "SEQUENCE", "ATTACH", "CATEGORIES"),
    *("CLASS", "COLOR", "CONFERENCE", "DESCRIPTION", "GEO", "LAST-MODIFIED", "LOCATION"),
    *("STATUS", "TRANSP", "URL"),
}


def one(record: Meeting, variant: Variant = Variant.PLAIN, **noticed: Any) -> Event:  # noqa: ANN401 - any field
    """Give the single event of a calendar that holds this meeting, as icalendar reads it."""
    body = render(
        edition([revision(record, **noticed)]),
        COMMITTEE,
        variant=variant,
    )
    (event,) = Calendar.from_ical(body).events
    return event


def text(event: Event, name: str) -> str:
    """Give a value as the text that a reader shows."""
    return str(event[name])


def unfolded(body: bytes) -> list[str]:
    """Give the content lines of a file."""
    return body.replace(b"\r\n ", b"").decode().split("\r\n")


@pytest.mark.parametrize(
    ("whose", "variant", "name"),
    [
        (COMMITTEE, Variant.PLAIN, "kulturnamnden.ics"),
        (COMMITTEE, Variant.GOOGLE, "kulturnamnden.google.ics"),
        (COMMITTEE, Variant.REMINDERS, "kulturnamnden.paminnelse.ics"),
        (COMMITTEES[-1], Variant.PLAIN, "revisorskollegiet.ics"),
        (None, Variant.PLAIN, "alla.ics"),
    ],
)
def test_golden(
    whose: Committee | None, name: str, variant: Variant, request: pytest.FixtureRequest
) -> None:
    """A subscriber's file changes only when we mean it to; one of these is an empty one (C32)."""
    assert_golden(
        GOLDEN / name,
        render(whole(), whose, variant=variant),
        request,
    )


@pytest.mark.parametrize("reader", READERS)
def test_readers_agree(reader: str, tmp_path: Path) -> None:
    """Moments, statuses, titles and places come back as they were, whoever reads the file."""
    path = tmp_path / "alla.ics"
    made = whole()
    path.write_bytes(render(made))
    events = Calendar.from_ical(path.read_bytes()).events
    assert READERS[reader](path) == facts(events)
    start = calendar.first_day(made.today)
    kept = (r.record for r in made.meetings if not r.withdrawn)
    shown = {record.uid: record for record in kept if day_of(record.start) >= start}
    assert [str(event["UID"]) for event in events] == sorted(shown)
    for event in events:
        assert shown[str(event["UID"])].start == event.DTSTART


@given(
    moments=st.lists(
        st.datetimes(datetime(2024, 1, 1), datetime(2035, 12, 31)), min_size=1, max_size=5
    ),
    hours=st.integers(1, 40),
)
def test_every_moment_comes_back(moments: list[datetime], hours: int) -> None:
    """No hour of the year is shown an hour off, whichever night the clocks change."""
    starts = [m.replace(microsecond=0, tzinfo=UTC).astimezone(ZONE) for m in moments]
    ends = [(start.astimezone(UTC) + timedelta(hours=hours)).astimezone(ZONE) for start in starts]
    made = [
        revision(meeting(f"{n:04}", start=start, end=end))
        for n, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]
    events = Calendar.from_ical(render(edition(made), COMMITTEE)).events
    got = [(instant(event.decoded("DTSTART")), instant(event.decoded("DTEND"))) for event in events]
    assert got == [(instant(a), instant(b)) for a, b in zip(starts, ends, strict=True)]


def test_nights_when_the_clocks_change(tmp_path: Path) -> None:
    """A meeting over the change lasts its three true hours; ical.js, by the file's zone, agrees."""
    starts = {
        "0spring": at("2026-03-28", "23:30"),
        "1skipped": at("2026-03-29", "02:30"),  # read as the moment that it names: 01.30 UTC
        "2autumn": at("2026-10-24", "23:30"),
        "3first": at("2026-10-25", "02:30"),
        "4second": at("2026-10-25", "02:30").replace(fold=1),
    }
    made = edition([revision(meeting(name, start=start)) for name, start in starts.items()])
    path = tmp_path / "nights.ics"
    path.write_bytes(render(made, COMMITTEE))
    events = Calendar.from_ical(path.read_bytes()).events
    assert ical_js(path) == facts(events)
    for event, start in zip(events, starts.values(), strict=True):
        begins, ends = (event.decoded(name).astimezone(UTC) for name in ("DTSTART", "DTEND"))
        assert (begins, ends - begins) == (start.astimezone(UTC), timedelta(hours=3))


def test_the_zone_is_that_of_tzdata(tmp_path: Path) -> None:
    """Readers that go by the file's own zone are right before and after each change to 2035."""
    zone = ZoneInfo("Europe/Stockholm")
    days = [date(year, month, 31) for year in range(2020, 2036) for month in (3, 10)]
    sundays = [day - timedelta(days=(day.weekday() + 1) % 7) for day in days]
    moments = [
        datetime(day.year, day.month, day.day, hour, tzinfo=UTC).astimezone(zone)
        for day in sundays
        for hour in (0, 1, 2, 12)  # the change is at 01.00 UTC
    ]
    offsets = [moment.utcoffset() for moment in moments]
    assert any(before != after for before, after in pairwise(offsets))
    made = [
        revision(meeting(f"{n:04}", start=moment, end=moment + timedelta(days=1)))
        for n, moment in enumerate(moments)
    ]
    body = render(edition(made, today=date(2022, 1, 1)), COMMITTEE)
    path = tmp_path / "zone.ics"
    path.write_bytes(body)
    assert [event["start"] for event in ical_js(path)] == [instant(moment) for moment in moments]
    assert body.count(b"BEGIN:VTIMEZONE") == 1


def test_a_cancelled_meeting_says_so_twice() -> None:
    """Some apps show the status, some only the title (C6)."""
    event = one(meeting(status=Status.CANCELLED))
    assert event["STATUS"] == "CANCELLED"
    assert event["SUMMARY"] == "INSTÄLLT: Kulturnämnden, sammanträde"
    assert "Sammanträdet är inställt." in text(event, "DESCRIPTION")


def test_google_is_shown_a_cancelled_meeting() -> None:
    """Google hides what is CANCELLED: its file keeps the event and the word (C7), and no more."""
    usual, other = (
        one(meeting(status=Status.CANCELLED), variant)
        for variant in (Variant.PLAIN, Variant.GOOGLE)
    )
    assert other["STATUS"] == "CONFIRMED"
    for name in set(usual) - {"STATUS"}:
        assert usual[name] == other[name]


@pytest.mark.parametrize(
    ("status", "prefix", "shown"),
    [
        (Status.CONFIRMED, "", "CONFIRMED"),
        (Status.TENTATIVE, "PRELIMINÄRT: ", "TENTATIVE"),
        (Status.POSTPONED, "UPPSKJUTET: ", "TENTATIVE"),
        (Status.MISSING, "OSÄKERT: ", "TENTATIVE"),
    ],
)
def test_every_status_is_a_word(status: Status, prefix: str, shown: str) -> None:
    """What is not certain is never shown as certain; gone is not cancelled."""
    event = one(meeting(status=status))
    assert (str(event["SUMMARY"]), str(event["STATUS"])) == (
        f"{prefix}Kulturnämnden, sammanträde",
        shown,
    )


def test_an_unknown_hour_is_a_whole_day() -> None:
    """Never midnight: a plain date with its exclusive end, tentative, and said in words (C16)."""
    event = one(meeting(start=date(2026, 3, 16)))
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (
        date(2026, 3, 16),
        date(2026, 3, 17),
    )
    assert not isinstance(event.decoded("DTSTART"), datetime)
    assert event["STATUS"] == "TENTATIVE"
    assert "tid ej fastställd" in text(event, "SUMMARY")
    assert "Tid ej fastställd: kalendern visar hela dagen." in text(event, "DESCRIPTION")


def test_an_hour_that_becomes_known_keeps_the_event() -> None:
    """The same UID when the whole day turns into an hour (C17)."""
    before, after = one(meeting(start=date(2026, 3, 16))), one(meeting(), sequence=1)
    assert before["UID"] == after["UID"] == "1a2b3c@boras.kallelse"
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)


def test_an_unknown_end_is_three_hours_and_says_so() -> None:
    """What we made up is told as made up (C15)."""
    event = one(meeting())
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(hours=3)
    said = "Sluttid ej angiven av kommunen; tre timmar är Kallelses antagande."
    assert said in text(event, "DESCRIPTION")


def test_a_known_end_is_taken_as_it_is() -> None:
    """The city's own end needs no sentence."""
    event = one(meeting(end=at("2026-03-16", "18:15")))
    assert event.decoded("DTEND") == at("2026-03-16", "18:15")
    assert "Sluttid" not in text(event, "DESCRIPTION")


@pytest.mark.parametrize("end", [at("2026-03-16", "16:00"), at("2026-03-16"), date(2026, 3, 15)])
def test_an_end_before_the_start_is_no_end(end: datetime | date) -> None:
    """A slip of the city's pen must not make an event that apps refuse."""
    event = one(meeting(end=end))
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(hours=3)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (at("2026-11-25", "09:00"), at("2026-11-26", "17:00")),
        (date(2026, 11, 25), date(2026, 11, 27)),
    ],
)
def test_two_days_are_one_event(start: datetime | date, end: datetime | date) -> None:
    """Fullmäktige sits two days on its budget: both are filled, and the title names them."""
    event = one(meeting(start=start, end=date(2026, 11, 26)))
    assert (event.decoded("DTSTART"), event.decoded("DTEND")) == (start, end)
    assert "25–26 november 2026" in text(event, "SUMMARY")
    assert (isinstance(start, datetime)) == (
        "till kl. 17.00 sista dagen" in text(event, "DESCRIPTION")
    )


@pytest.mark.parametrize(
    "now",
    [
        meeting(start=at("2026-04-01", "09:00")),
        meeting(title="Kulturnämnden, extra sammanträde"),
        meeting(status=Status.CANCELLED),
        meeting(location=Place(name="Annexet"), url=None),
    ],
)
def test_a_meeting_keeps_its_uid_whatever_happens_to_it(now: Meeting) -> None:
    """A new one would be a new event beside the old, in every app (C1)."""
    assert one(now)["UID"] == one(meeting())["UID"] == "1a2b3c@boras.kallelse"


def test_the_event_is_dated_by_its_record() -> None:
    """Not by the run: apps look for a change in these stamps (C3, C4)."""
    changed = at("2026-02-20", "06:30")
    event = one(meeting(), last_changed=changed, sequence=4)
    assert event.decoded("DTSTAMP") == event.decoded("LAST-MODIFIED") == changed
    assert event["SEQUENCE"] == 4


def test_categories_are_two_and_stable() -> None:
    """Apps colour and filter by them (C37): what it is, and whose."""
    assert one(meeting()).categories == ["Sammanträde", "Kulturnämnden"]


def test_the_text_is_plain() -> None:
    """Most apps show the tags of a text in HTML (C23), so ours has none of its own."""
    for event in Calendar.from_ical(render(whole())).events:
        assert not re.search(r"<[a-z/]|&[a-z]+;", text(event, "DESCRIPTION"))
        assert "X-ALT-DESC" not in event


def test_links_stand_in_the_text_too() -> None:
    """Google and Outlook show no URL or ATTACH (C22); a link in LOCATION leads astray (C24)."""
    record = meeting(
        documents=(AGENDA,), location=Place(name="Rådhuset https://karta.example.se/1")
    )
    event = one(record)
    assert record.url == event["URL"]
    assert str(event["ATTACH"]) == AGENDA.url
    assert event["ATTACH"].params["FMTTYPE"] == "application/pdf"
    for url in (record.url, AGENDA.url):
        assert url
        assert url in text(event, "DESCRIPTION")
    assert event["LOCATION"] == "Rådhuset"


def test_documents_that_are_not_known_are_not_none() -> None:
    """A list drawn by a script says nothing of how many there are."""
    assert "Handlingar: se kommunens sida." in text(
        one(meeting(documents_known=False)), "DESCRIPTION"
    )
    assert "Handlingar" not in text(one(meeting(documents_known=True)), "DESCRIPTION")


def test_a_place_of_the_citys_file_is_a_postal_line() -> None:
    """Maps find the address; a place that is not in the file keeps the page's words."""
    assert one(meeting())["LOCATION"] == CITY.places["Kulturhuset, Röda rummet"]
    assert one(meeting(location=Place(name="Annexet")))["LOCATION"] == "Annexet"
    assert "LOCATION" not in one(meeting(location=None))


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (meeting(access=Access.OPEN), "Öppet för allmänheten från kl. 17.00"),
        (meeting(access=Access.OPEN, start=date(2026, 3, 16)), "Öppet för allmänheten"),
        (meeting(access=Access.OPEN, times=((time(16), "visning"),)), "Öppet för allmänheten"),
        (meeting(access=Access.OPEN, status=Status.CANCELLED), "Öppet för allmänheten"),
        (meeting(access=Access.CLOSED), "Inte öppet för allmänheten"),
        (meeting(access=Access.UNKNOWN), "Kommunen anger inte om mötet är öppet"),
        (
            meeting(access=Access.PARTLY, public_from=at("2026-03-16", "18:00")),
            "Delvis öppet för allmänheten från kl. 18.00",
        ),
        (meeting(webcast=True), "Sammanträdet sänds på webben."),
    ],
)
def test_access_is_told(record: Meeting, words: str) -> None:
    """Whether one may come is the first thing a resident asks."""
    assert words in str(one(record)["DESCRIPTION"]).split("\n")


def test_the_head_tells_what_apps_look_for() -> None:
    """Name, description, colour, how often to look, where from: for apps old and new (C26–C29)."""
    lines = unfolded(render(edition(), COMMITTEE))
    for expected in (
        "VERSION:2.0",
        "PRODID:-//Kallelse//kallelse//SV",
        "NAME:Kulturnämnden",
        "X-WR-CALNAME:Kulturnämnden",
        "COLOR:darkorchid",
        "X-APPLE-CALENDAR-COLOR:#9932CC",
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        "X-PUBLISHED-TTL:PT4H",
        "SOURCE;VALUE=URI:https://example.org/kallelse/boras/kulturnamnden.ics",
    ):
        assert lines.count(expected) == 1
    said = {
        line.partition(":")[2] for line in lines if line.startswith(("DESCRIPTION", "X-WR-CALD"))
    }
    assert len(said) == 1
    assert b"X-WR-TIMEZONE" not in render(edition(), COMMITTEE)


def test_an_empty_calendar_is_valid(tmp_path: Path) -> None:
    """A committee without meetings keeps its address: a zone, and no event (C32)."""
    body = render(edition(), COMMITTEE)
    path = tmp_path / "empty.ics"
    path.write_bytes(body)
    assert ical_js(path) == []
    (zone,) = Calendar.from_ical(body).timezones
    assert zone.tz_name == "Europe/Stockholm"


def test_no_colour_is_needed_and_none_is_believed() -> None:
    """A colour that CSS3 does not know would break the file (C29); every slug has one of ours."""
    assert colour("x", "MidnightBlue") == ("midnightblue", "#191970")
    assert colour("x", "#123456") == colour("x") == colour("x", "")
    assert all(re.fullmatch(r"#[0-9A-F]{6}", value) for value in VALUES.values())
    assert len(VALUES) == 147


@pytest.mark.parametrize("variant", [Variant.PLAIN, Variant.GOOGLE])
def test_nothing_that_calls_or_invites(variant: Variant) -> None:
    """No alarm, organiser, attendee or method; nobody is marked busy, nothing repeats (C18–C21)."""
    body = render(whole(), variant=variant)
    begun = {line for line in unfolded(body) if line.startswith("BEGIN:")}
    assert begun == {
        f"BEGIN:{name}" for name in ("VCALENDAR", "VTIMEZONE", "STANDARD", "DAYLIGHT", "VEVENT")
    }
    for event in Calendar.from_ical(body).events:
        assert set(event) <= NAMES
        assert (event["TRANSP"], event["CLASS"]) == ("TRANSPARENT", "PUBLIC")
    assert not [line for line in unfolded(body) if line.startswith("METHOD")]


def test_windows_move_on_new_years_day() -> None:
    """Three years are kept, and no file sheds a day every day (C9, C35)."""
    days = [date(2023, 12, 31), date(2024, 1, 1), date(2027, 6, 1)]
    made = [revision(meeting(f"{day:%Y%m%d}", start=at(day))) for day in days]
    for today, count in ((TODAY, 2), (date(2026, 12, 31), 2), (date(2027, 1, 1), 1)):
        assert len(Calendar.from_ical(render(edition(made, today=today))).events) == count
    assert calendar.first_day(date(2026, 12, 31)) == date(2024, 1, 1)


def test_what_is_withdrawn_is_left_out() -> None:
    """It is gone from the city's pages for long, and stays in the export alone (C8)."""
    assert b"VEVENT" not in render(edition([revision(meeting(), withdrawn=True)]))


@given(words=st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1))
def test_words_come_back(words: str) -> None:
    r"""A title with `;`, `,`, `\` or `\N` reads as the city wrote it (C31)."""
    event = one(meeting(title=f"Kulturnämnden {words}"))
    assert event["SUMMARY"] == f"Kulturnämnden {words}"


@pytest.mark.slow
def test_same_records_same_bytes() -> None:
    """Neither the process nor the order of records shows in the bytes (H7)."""
    script = (
        "import hashlib, sys; sys.path[:0] = ['.', 'tests']\n"
        "from editions import whole; from feeds import catalogue\n"
        "made = whole(); files = list(catalogue.files(made))\n"
        "files += catalogue.manifests(made, {f.path for f in files})\n"
        "print([(f.path, hashlib.sha256(f.render()).hexdigest()) for f in files])\n"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("0", "UTC"), ("1", "America/New_York"), ("271828", "Asia/Tokyo"))
    }
    assert len(told) == 1
    made = whole()
    turned = replace(made, meetings=made.meetings[::-1], notices=made.notices[::-1])
    assert render(made) == render(turned)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 11, 30), date(2026, 12, 1), "30 november–1 december 2026"),
        (date(2026, 12, 31), date(2027, 1, 1), "31 december 2026–1 januari 2027"),
    ],
)
def test_a_span_names_what_differs(first: date, last: date, words: str) -> None:
    """As one writes two days in Swedish, and never a month or year twice."""
    assert words in text(one(meeting(start=first, end=last)), "SUMMARY")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "http://[::1", "/path", "mailto:a@example.se", "https://", ""]
)
def test_only_addresses_of_the_web_are_links(url: str) -> None:
    """What an app would run, or cannot open, is left out; the committee's page stands in."""
    event = one(meeting(url=url))
    assert "URL" not in event
    assert text(event, "DESCRIPTION").endswith(str(COMMITTEE.url))


def test_an_address_keeps_no_password() -> None:
    """And becomes ASCII, as every reader wants it."""
    assert one(meeting(url="https://u:p@example.se/möte 1"))["URL"] == (
        "https://example.se/m%C3%B6te%201"
    )
