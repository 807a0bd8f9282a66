"""A search engine is told of a meeting what the city says, and nothing that could act in a page."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from editions import COMMITTEE, COMMITTEES, HOME, NOW, at, change, edition, meeting, revision
from feeds import schema_org
from records.model import ZONE, Committee, Meeting, Place, When
from records.moves import left
from records.schedule import new_start
from records.terms import Access, ChangeKind, Status

BASE: Final = "https://schema.org/"
DAYS: Final = st.dates(date(2000, 1, 1), date(2100, 12, 31))
CLOCKS: Final = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
MOMENTS: Final = DAYS | st.builds(lambda d, c: datetime.combine(d, c, ZONE), DAYS, CLOCKS)


def told(
    record: Meeting, text: str = "", body: Committee = COMMITTEE, *, withdrawn: bool = False
) -> dict[str, Any]:
    """Give the event of a meeting of which it was told that it was moved."""
    moved = replace(change(record.id, ChangeKind.MOVED, NOW), text=text)
    held = revision(record, withdrawn=withdrawn)
    made = edition([held], committees=COMMITTEES, changes=(moved,) if text else ())
    found: dict[str, Any] = json.loads(schema_org.event(made, held, body))
    return found


def test_a_meeting_is_an_event_by_its_organizer() -> None:
    """When, where, by whom and in what state, by the names that search engines know."""
    assert told(meeting()) == {
        "@context": "https://schema.org",
        "@type": "Event",
        "@id": "tag:boras.kallelse,2026:boras:1a2b3c",
        "name": "Kulturnämnden, sammanträde",
        "description": "Öppet för allmänheten",
        "startDate": "2026-03-16T17:00:00+01:00",
        "eventStatus": f"{BASE}EventScheduled",
        "eventAttendanceMode": f"{BASE}OfflineEventAttendanceMode",
        "location": {
            "@type": "Place",
            "name": "Kulturhuset, Röda rummet",
            "address": "Röda rummet, Kulturhuset, Sturegatan 2, 503 31 Borås",
        },
        "organizer": {
            "@type": "GovernmentOrganization",
            "name": "Kulturnämnden",
            "url": COMMITTEE.url,
            "parentOrganization": {
                "@type": "GovernmentOrganization",
                "name": "Borås Stad",
                "url": HOME,
            },
        },
        "url": meeting().url,
        "inLanguage": "sv",
    }


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (Status.CONFIRMED, "EventScheduled"),
        (Status.TENTATIVE, "EventScheduled"),
        (Status.CANCELLED, "EventCancelled"),
        (Status.POSTPONED, "EventPostponed"),
        (Status.MISSING, None),
    ],
)
def test_every_state_has_its_word(status: Status, word: str | None) -> None:
    """The state stands in its own field, so the name goes without the calendars' prefix."""
    found = told(meeting(status=status))
    assert found.get("eventStatus") == (f"{BASE}{word}" if word else None)
    assert found["name"] == "Kulturnämnden, sammanträde"


def test_a_withdrawn_meeting_is_not_said_to_be_held() -> None:
    """Whatever state it had when the city still showed it."""
    assert "eventStatus" not in told(meeting(), withdrawn=True)


def test_a_moved_meeting_says_from_when() -> None:
    """Also after a lost store: it is read from what was told, and only of the move to this day."""
    text = "Flyttat från torsdag 12 mars kl. 18.00 till måndag 16 mars kl. 17.00"
    found = told(meeting(), text)
    assert found["previousStartDate"] == "2026-03-12T18:00:00+01:00"
    assert found["eventStatus"] == f"{BASE}EventRescheduled"
    cancelled = told(meeting(status=Status.CANCELLED), text)
    assert cancelled["eventStatus"] == f"{BASE}EventCancelled"
    elsewhere = told(meeting(start=at("2026-03-17")), text)
    assert "previousStartDate" not in elsewhere


@given(old=MOMENTS, new=MOMENTS)
def test_every_told_move_is_read_back(old: When, new: When) -> None:
    """What we say of a move says from when it was, but where only an hour came or went."""
    before = left(new_start(old, new).sv, new)
    timed = isinstance(old, datetime), isinstance(new, datetime)
    if old.timetuple()[:3] != new.timetuple()[:3] or (all(timed) and old != new):
        assert before == old
    elif not all(timed):
        assert before is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Inställt",
        "Flyttat från söndag 31 februari till måndag 16 mars kl. 17.00",
        "Flyttat från tisdag 12 mars kl. 25.00 till måndag 16 mars kl. 17.00",
        "Flyttat från tisdag 12 brumaire till måndag 16 mars kl. 17.00",
    ],
)
def test_other_words_tell_of_no_move(text: str) -> None:
    """The data of a lost store may hold anything."""
    assert left(text, at("2026-03-16")) is None


def test_where_one_can_be() -> None:
    """In the room, on the net, or both; nothing is said where the city says nothing."""
    online = told(meeting(location=Place(name="Teams", online=True, url="https://x.example/y")))
    assert online["location"] == {
        "@type": "VirtualLocation",
        "name": "Teams",
        "url": "https://x.example/y",
    }
    assert online["eventAttendanceMode"] == f"{BASE}OnlineEventAttendanceMode"
    board = meeting(committee="kommunstyrelsen", webcast=True)
    both = told(board, body=COMMITTEES[1])
    assert [place["@type"] for place in both["location"]] == ["Place", "VirtualLocation"]
    assert both["location"][1]["url"] == "https://webb.example.se/ks"
    assert both["eventAttendanceMode"] == f"{BASE}MixedEventAttendanceMode"
    unknown = told(meeting(location=None, url=None))
    assert not {"location", "eventAttendanceMode", "url"} & set(unknown)


def test_days_stay_days_and_no_end_is_ours() -> None:
    """An hour that is not known is no midnight, and three hours are our guess, not the city's."""
    found = told(meeting(start=date(2026, 5, 7), access=Access.UNKNOWN))
    assert found["startDate"] == "2026-05-07"
    assert "endDate" not in found
    two = told(meeting(start=at("2026-11-25", "09:00"), end=date(2026, 11, 26)))
    assert two["endDate"] == "2026-11-26"
    given = told(meeting(end=at("2026-03-16") + timedelta(hours=2)))
    assert given["endDate"] == "2026-03-16T19:00:00+01:00"


def test_a_company_is_no_authority_of_the_city() -> None:
    """It is the city's all the same; a body of several cities is nobody's."""
    company = told(meeting(committee=COMMITTEES[4].slug), body=COMMITTEES[4])["organizer"]
    assert company["@type"] == "Organization"
    assert company["parentOrganization"]["name"] == "Borås Stad"


@given(
    words=st.text() | st.sampled_from(["</script><b>", "<!--<script>", "]]>", "&lt;/script>"]),
    more=st.text(st.sampled_from("</>!&\"'\\\u2028\n\x00\ud800script-")),
)
def test_hostile_words_stay_inside_the_script(words: str, more: str) -> None:
    """Nothing in a title ends the element, opens another, or is read otherwise than written."""
    title = words + more
    record = meeting(title=title, location=Place(name=more), url=more)
    held = revision(record)
    text = schema_org.event(edition([held]), held, replace(COMMITTEE, name=more, url=words))
    page = html.document_fromstring(f"<main><script>{text}</script></main>")
    (script,) = page.xpath("//script")
    assert script.text == text
    assert len(text.encode().splitlines()) == 1
    assert [element.tag for element in page.iter()] == ["html", "body", "main", "script"]
    assert json.loads(text)["@id"] == "tag:boras.kallelse,2026:boras:1a2b3c"
