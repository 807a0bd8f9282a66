"""An event tells what a resident asks, in the order of asking, and says what of it is ours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from icalendar import Calendar, Event

from editions import (
    AGENDA,
    CITY,
    COMMITTEE,
    HOME,
    NOW,
    SEEN,
    at,
    change,
    edition,
    meeting,
    notice,
    revision,
)
from feeds.calendar import LARGEST, render
from feeds.description import description
from feeds.edition import Edition
from feeds.story import stories
from records.model import AgendaItem, Decision, Meeting, Place
from records.terms import ChangeKind, Status

PAGE = f"{HOME}/kulturnamnden/sammantrade202603161700.5.1a2b3c.html"


def only(made: Edition) -> Event:
    """Give the one event of a city's calendar."""
    (event,) = Calendar.from_ical(render(made)).events
    return event


def told(record: Meeting) -> list[str]:
    """Give the lines of a meeting's description."""
    return str(only(edition([revision(record)]))["DESCRIPTION"]).split("\n")


def test_the_description_answers_in_the_order_of_asking() -> None:
    """May I come, when, what about, which papers, what came of it, what changed, where to look."""
    record = meeting(
        times=((time(16), "visning"), (time(17), "ordinarie möte")),
        notices=("Observera lokalen!", "Mötet inleds med allmänhetens frågestund."),
        agenda=(AgendaItem(number="1", title="Upprop"), AgendaItem(number="§ 2", title="Budget")),
        documents=(AGENDA,),
        decisions=(Decision(title="Lekplats", text="Bifall."),),
    )
    made = edition([revision(record)], changes=[change(record.id, ChangeKind.MOVED, NOW)])
    assert str(only(made)["DESCRIPTION"]).split("\n") == [
        "Öppet för allmänheten",
        "Mötet inleds med allmänhetens frågestund.",
        "16.00 visning",
        "17.00 ordinarie möte",
        "Observera lokalen!",
        "",
        "Ärenden:",
        "1. Upprop",
        "§ 2 Budget",
        "",
        f"Kallelse: {AGENDA.name}",
        AGENDA.url,
        "",
        "Beslut:",
        "– Lekplats: Bifall.",
        "",
        "Senast ändrat 2 mars 2026: Text om moved.",
        f"Kommunens sida: {PAGE}",
        "Sluttid ej angiven av kommunen; tre timmar är Kallelses antagande.",
        f"Appen kan visa ändringar först efter ett dygn. Kontrollera samma dag: {PAGE}",
    ]


def test_the_last_line_sends_to_the_city() -> None:
    """Whoever reads a whole text ends where the truth is."""
    for record in (meeting(), meeting(status=Status.CANCELLED), meeting(start=date(2026, 3, 16))):
        assert told(record)[-1] == (
            f"Appen kan visa ändringar först efter ett dygn. Kontrollera samma dag: {PAGE}"
        )


@pytest.mark.parametrize(
    ("title", "summary"),
    [
        ("Kulturnämnden, extra sammanträde", "Extra: Kulturnämnden, extra sammanträde"),
        ("Extrainsatt sammanträde", "Extra: Kulturnämnden, extrainsatt sammanträde"),
        ("Kulturnämnden, sammanträde om extrapengar", "Kulturnämnden, sammanträde om extrapengar"),
    ],
)
def test_an_extra_meeting_is_called_so(title: str, summary: str) -> None:
    """It stands in no year's plan: who reads a list of titles must see it, after its status."""
    event = only(edition([revision(meeting(title=title))]))
    assert event["SUMMARY"] == summary
    off = only(edition([revision(meeting(title=title, status=Status.CANCELLED))]))
    assert off["SUMMARY"] == f"INSTÄLLT: {summary}"


def test_what_is_missing_says_since_when() -> None:
    """The day on which we first did not find it; the city has said nothing."""
    record = meeting(status=Status.MISSING)
    gone = [
        change(record.id, ChangeKind.MISSING, at("2026-02-20", "06:30"), number=2),
        change(record.id, ChangeKind.MISSING, at("2026-01-20", "06:30")),
    ]
    event = only(edition([revision(record, last_changed=NOW)], changes=gone))
    assert (event["SUMMARY"], event["STATUS"]) == (
        "OSÄKERT: Kulturnämnden, sammanträde",
        "TENTATIVE",
    )
    said = "Sammanträdet syns inte längre hos kommunen sedan {}; kommunen har inte sagt varför."
    assert said.format("20 februari 2026") in str(event["DESCRIPTION"])
    alone = only(edition([revision(record, last_changed=NOW)]))
    assert said.format("2 mars 2026") in str(alone["DESCRIPTION"])


def test_only_the_latest_change_is_told() -> None:
    """All that came with it, but not twenty documents by name; never that the meeting is new."""
    record = meeting()
    later = [
        change(record.id, ChangeKind.DOCUMENT_ADDED, NOW, number=n, part=f"d{n}") for n in range(5)
    ]
    made = edition(
        [revision(record)],
        changes=[*later, change(record.id, ChangeKind.MOVED), change(record.id, ChangeKind.NEW)],
    )
    text = str(only(made)["DESCRIPTION"])
    assert "Senast ändrat 2 mars 2026: Text om document-added.; " in text
    assert "; och 2 till" in text
    assert "moved" not in text
    new = edition([revision(record)], changes=[change(record.id, ChangeKind.NEW)])
    assert "Senast ändrat" not in str(only(new)["DESCRIPTION"])


def test_an_attachment_says_what_it_is() -> None:
    """Type, size and name, for apps that show them; a name cannot end its own quotes."""
    event = only(edition([revision(meeting(documents=(AGENDA,)))]))
    shown = event["ATTACH"].params
    assert (shown["FMTTYPE"], shown["SIZE"], shown["LABEL"]) == (
        "application/pdf",
        "123456",
        "Kallelse 2026-03-16.pdf",
    )
    odd = replace(AGENDA, name='Bilaga "1": a;b,^c', size=None, media_type=None)
    shown = only(edition([revision(meeting(documents=(odd,)))]))["ATTACH"].params
    assert dict(shown) == {"LABEL": "Bilaga '1': a;b, c"}


def test_the_webcast_is_told_where_it_is_known() -> None:
    """By the page's own sentence, else by the city's file; never where the city sends nothing."""
    page = meeting(
        webcast=True, notices=("Sammanträdet sänds på https://play.example.se/kf, välkommen!",)
    )
    event = only(edition([revision(page)]))
    assert str(event["CONFERENCE"]) == "https://play.example.se/kf"
    assert dict(event["CONFERENCE"].params) == {
        "VALUE": "URI",
        "FEATURE": ["AUDIO", "VIDEO"],
        "LABEL": "Webbsändning",
    }
    city = replace(CITY, webcasts={COMMITTEE.slug: "https://webb.example.se/"})
    for webcast, expected in ((True, "https://webb.example.se/"), (False, None), (None, None)):
        made = edition([revision(meeting(webcast=webcast))], city=city)
        event = only(made)
        assert event.get("CONFERENCE") == expected
        assert ("https://webb.example.se/" in str(event["DESCRIPTION"])) == bool(expected)
    assert "Sammanträdet sänds på webben." in told(meeting(webcast=True))


def test_a_map_is_shown_only_for_verified_places() -> None:
    """Coordinates stand in the city's file or nowhere: a guess sends people to the wrong house."""
    assert only(edition([revision(meeting())]))["GEO"].to_ical() == "57.5;12.5"
    assert "GEO" not in only(edition([revision(meeting(location=Place(name="Annexet")))]))


def test_each_committee_has_its_colour_in_the_citys_calendar() -> None:
    """In a calendar of all committees they are told apart at a glance."""
    assert only(edition([revision(meeting())]))["COLOR"] == "darkorchid"


def test_adjusted_minutes_are_one_line() -> None:
    """The city says neither hour nor room of an adjustment, so it is no event of its own."""
    record = meeting("0ld", start=at("2026-02-09"))
    later = SEEN + timedelta(days=40)
    made = edition(
        [revision(record)],
        notices=(
            revision(notice(), last_changed=later),
            revision(notice("kulturnamnden-20260209-28", immediate=True, posted=None)),
            revision(notice("1f2e", held=None)),
        ),
    )
    event = only(made)
    assert [line for line in str(event["DESCRIPTION"]).split("\n") if "juster" in line] == [
        "Protokollet justerades 16 februari 2026 och anslogs 17 februari 2026.",
        "Omedelbar justering: protokollet justerades 16 februari 2026.",
    ]
    assert event.decoded("LAST-MODIFIED") == later, "an app that goes by it would not be told"


def test_a_notice_tells_of_no_meeting_that_it_may_not_mean() -> None:
    """Of two meetings in one day it does not say which."""
    day = at("2026-02-09")
    made = edition(
        [revision(meeting("a", start=day)), revision(meeting("b", start=day + timedelta(hours=3)))],
        notices=(revision(notice()),),
    )
    assert b"justerades" not in render(made)


@pytest.mark.parametrize(
    ("end", "named"),
    [
        (at("2026-03-17", "16:00"), True),
        (at("2026-03-17", "01:30"), False),
        (at("2026-03-16", "22:00"), False),
        (date(2026, 3, 17), True),
    ],
)
def test_a_long_evening_is_not_two_days(end: datetime | date, *, named: bool) -> None:
    """What ends after midnight is that evening's; what goes on next day names both."""
    event = only(edition([revision(meeting(end=end))]))
    assert ("16–17 mars 2026" in str(event["SUMMARY"])) == named


def test_a_brief_text_sends_for_the_rest_only_where_there_is_more() -> None:
    """«Se kommunens sida» for papers that do not exist would send people in vain."""
    for record, more in ((meeting(), False), (meeting(documents=(AGENDA,)), True)):
        (story,) = stories(edition([revision(record)]))
        assert ("Ärenden och handlingar" in description(story, brief=True)) == more


@pytest.mark.slow
def test_the_citys_calendar_stays_under_a_megabyte() -> None:
    """Three years of full meetings: the oldest become brief, and lead to the city's page."""
    agenda = tuple(AgendaItem(number=f"{n}", title="Ett ärende med namn" * 3) for n in range(25))
    papers = tuple(
        replace(AGENDA, id=f"{n}", url=f"{AGENDA.url}{n}", name=f"{AGENDA.name} {n}")
        for n in range(6)
    )
    days = [date(2024, 1, 8) + timedelta(days=2 * n) for n in range(500)]
    made = edition(
        revision(meeting(f"{n:04}", start=at(day), agenda=agenda, documents=papers))
        for n, day in enumerate(days)
    )
    body = render(made)
    assert LARGEST / 2 < len(body) < 1_000_000
    events = Calendar.from_ical(body).events
    assert len(events) == len(days)
    whole = ["ATTACH" in event for event in events]
    assert whole == sorted(whole)
    assert (whole[0], whole[-1]) == (False, True)
    assert "Ärenden och handlingar: se kommunens sida." in str(events[0]["DESCRIPTION"])
    assert all(HOME in str(e["DESCRIPTION"]) for e in events)
