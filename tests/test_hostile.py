"""Whatever a page holds stays words in a calendar: it adds no line, property or component."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Component

from editions import AGENDA, CITY, COMMITTEE, NOW, change, edition, meeting, notice, revision
from feeds import appeal, calendar, happened
from feeds.description import description
from feeds.edition import Edition
from feeds.event import summary
from feeds.lint import fault
from feeds.rendered import Variant
from feeds.story import stories
from feeds.text import line
from feeds.vcalendar import of_days
from records.model import AgendaItem, Committee, Decision, Document, Place
from records.terms import ChangeKind, Classification, Role

HOSTILE: Final = st.text(
    st.sampled_from(
        "aåÖ😀 \n\r\t\\;,:\"'NnT\x00\x07\x0b\x0c\x1b\x7f\x85\u2028\u2029\ufffe\ufeff%<&>^="
    )
    | st.characters(),
    max_size=120,
) | st.sampled_from(
    [
        "x\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nACTION:AUDIO\r\nEND:VALARM",
        "x\u2028ATTENDEE:mailto:a@example.com",
        "x\nEND:VCALENDAR",
        'x";VALUE=DATE:20260101\r\nMETHOD:PUBLISH',
        "INSTÄLLT: ",
        "åäö" * 60,
        r"\N\n\\N\;",
    ]
)
CASES: Final = 5 * settings().max_examples
"""So many in full that a mistake of one in thousands is met."""

EVENT: Final = frozenset(
    {"SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "SEQUENCE", "ATTACH", "CATEGORIES", "CLASS"}
    | {"COLOR", "CONFERENCE", "DESCRIPTION", "GEO", "LAST-MODIFIED", "LOCATION", "STATUS"}
    | {"TRANSP", "URL"}
)
ALARM: Final = frozenset({"ACTION", "TRIGGER", "DESCRIPTION"})
ZONE: Final = ("VCALENDAR", "VTIMEZONE", "STANDARD", "DAYLIGHT")


def city(words: tuple[str, ...]) -> Edition:
    """Give a city in which every word that comes from a page is one of these."""
    name, title, place, note, label, url, told = words
    body = Committee(
        slug=COMMITTEE.slug,
        name=name,
        classification=Classification.COMMITTEE,
        colour=note,
        url=url,
    )
    record = meeting(
        title=title,
        location=Place(name=place, address=note),
        notices=(note, f"Sänds på webben https://{url}"),
        webcast=True,
        agenda=(AgendaItem(number=label, title=told),),
        decisions=(Decision(title=told, text=note),),
        documents=(
            Document(
                id="d", name=label, url=f"https://x.se/{url}", role=Role.AGENDA, media_type=url
            ),
            Document(id="e", name=note, url=url, role=Role.MINUTES, size=7),
        ),
        url=f"https://www.example.se/{url}",
    )
    added = change(record.id, ChangeKind.DOCUMENT_ADDED, NOW, part="d")
    moved = change(record.id, ChangeKind.MOVED, NOW)
    posted = notice(title=title, kept_at=place, url=f"https://x.se/{url}", document_url=url)
    return edition(
        [revision(record)],
        committees=[body],
        changes=[
            replace(moved, text=told),
            added,
            change(record.id, ChangeKind.NEW),
        ],
        notices=(revision(posted),),
        city=CITY,
    )


def checked(body: bytes, path: str, events: int, alarms: int = 0) -> list[Component]:
    """Give the events of a file in which nothing stands that we did not write."""
    assert all(len(row) <= 75 for row in body.split(b"\r\n"))
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)|(?<!\r)\n", body)
    assert not body.startswith(b"\xef\xbb\xbf")
    assert not re.search("[\x85\u2028\u2029]", body.decode()), "some readers end a line there"
    read = Calendar.from_ical(body)
    parts = Counter(part.name for part in read.walk())
    assert parts == Counter(ZONE) + Counter({"VEVENT": events, "VALARM": alarms})
    for part in read.walk("VEVENT"):
        assert set(part) <= EVENT
    for part in read.walk("VALARM"):
        assert set(part) <= ALARM
    assert fault(path, body) is None
    return list(read.walk("VEVENT"))


@pytest.mark.slow
@settings(max_examples=CASES)
@given(words=st.tuples(*[HOSTILE] * 7))
def test_hostile_words_stay_words(words: tuple[str, ...]) -> None:
    """In every kind of calendar: the same parts as ever, and the text read back as it was meant."""
    made = city(words)
    (held,), (body,) = made.meetings, (one.record for one in made.committees)
    path = "boras/kulturnamnden.paminnelse.ics"
    whole = calendar.render(made, body, variant=Variant.REMINDERS)
    (event,) = checked(whole, path, 1, alarms=2)
    (story,) = stories(made)
    assert str(event["SUMMARY"]) == summary(held.record, body)
    assert line(held.record.title).casefold() in str(event["SUMMARY"]).casefold()
    assert str(event["DESCRIPTION"]) == description(story)
    told = happened.happened(made)
    checked(of_days(*happened.contents(made, body, told)), "boras/kulturnamnden.nytt.ics", 2)
    (day,) = checked(of_days(*appeal.contents(made)), "boras/overklagande.ics", 1)
    assert "\n" not in str(day["SUMMARY"])


def test_a_line_of_any_length_is_folded() -> None:
    """Between characters, also those of four octets and those that combine."""
    long = "Kulturnämnden " + "å😀e\u0301" * 12_500
    made = edition([revision(meeting(title=long, documents=(AGENDA,)))])
    (event,) = checked(calendar.render(made, COMMITTEE), "boras/kulturnamnden.ics", 1)
    assert str(event["SUMMARY"]) == long
