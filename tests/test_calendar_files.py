"""Each calendar that one can follow holds what its name promises, and the same event everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar, Event

from editions import (
    AGENDA,
    CITY,
    COMMITTEE,
    COMMITTEES,
    NOW,
    SEEN,
    TODAY,
    at,
    change,
    edition,
    meeting,
    revision,
    whole,
)
from feeds import catalogue
from feeds.edition import Edition
from feeds.rendered import Events, Variant
from golden import assert_golden
from ical_peers import READERS, facts
from records.model import AgendaItem, Change, Document, Meeting, Revision
from records.terms import ChangeKind, Role, Status

GOLDEN = Path(__file__).parent / "golden"


def made(edition_: Edition, name: str) -> bytes:
    """Give the bytes of one published file of the city."""
    files = {file.path: file for file in catalogue.files(edition_)}
    return files[f"boras/{name}"].render()


def events(edition_: Edition, name: str) -> list[Event]:
    """Give the events of one published calendar."""
    return list(Calendar.from_ical(made(edition_, name)).events)


def uids(edition_: Edition, name: str) -> list[str]:
    """Give whose events stand in a calendar, without the city's part."""
    return [str(one["UID"]).partition("@")[0] for one in events(edition_, name)]


def names(edition_: Edition) -> set[str]:
    """Give the names of all calendars of the city."""
    paths = (file.path for file in catalogue.files(edition_))
    return {path.removeprefix("boras/") for path in paths if path.endswith(".ics")}


@pytest.mark.parametrize("name", ["moten/1a2b3c.ics", "kulturnamnden.nytt.ics"])
def test_golden(name: str, request: pytest.FixtureRequest) -> None:
    """What is downloaded and what is followed change only when we mean it to."""
    assert_golden(GOLDEN / name.replace("/", "-"), made(whole(), name), request)


KINDS = (
    *("alla.google.ics", "kultur.ics", "kulturnamnden.paminnelse.ics", "kulturnamnden.nytt.ics"),
    *("kulturnamnden-2023.ics", "moten/da7e.ics", "revisorskollegiet.ics", "overklagande.ics"),
)


@pytest.mark.slow
@pytest.mark.parametrize("reader", READERS)
def test_every_kind_is_read_alike(reader: str, tmp_path: Path) -> None:
    """Whichever calendar is followed: all readers find in it what icalendar finds."""
    held, path = whole(), tmp_path / "calendar.ics"
    for name in KINDS:
        path.write_bytes(made(held, name))
        read = READERS[reader](path)
        assert read == facts(Calendar.from_ical(path.read_bytes()).events), name


def test_an_event_is_the_same_in_every_file() -> None:
    """Whoever takes two calendars meets one meeting, word for word."""
    held = whole()
    for body in (made(held, name) for name in ("alla.ics", "kultur.ics", "kultur.google.ics")):
        alone = made(held, "moten/1a2b3c.ics")
        start = alone.index(b"BEGIN:VEVENT")
        assert alone[start:].removesuffix(b"END:VCALENDAR\r\n") in body


def test_an_event_is_rendered_once_for_all_files() -> None:
    """A city has each meeting in six files: the work is done once."""
    plain, off = revision(meeting("a")), revision(meeting("b", status=Status.CANCELLED))
    shared = Events(edition([plain, off]))
    first, second = shared.stories
    assert shared.event(first) is shared.event(first, Variant.GOOGLE)
    assert shared.event(second) is shared.event(second)
    assert shared.event(second) != shared.event(second, Variant.GOOGLE)


def test_an_event_is_taken_from_the_meetings_own_file_while_that_stands() -> None:
    """One changed meeting is one event to render, however many files hold the others."""
    held = edition([revision(meeting("a")), revision(meeting("b"))])
    own = made(held, "moten/a.ics")
    shared = Events(held, lambda meeting: own if meeting.id == "boras:a" else None)
    first, second = shared.stories
    assert shared.event(first) in own
    assert shared.event(first) == Events(held).event(first)
    assert shared.event(second) == Events(held).event(second)
    other = Events(held, lambda _: own.replace(b"BEGIN:VEVENT", b"BEGIN:X-EVENT"))
    assert other.event(first) == shared.event(first)


def test_a_brief_event_is_never_taken_for_a_whole_one() -> None:
    """A meeting's own file that would be too much for an app has less than others may show."""
    long = tuple(AgendaItem(number=str(n), title="x" * 9_000) for n in range(110))
    held = edition([revision(meeting("a", agenda=long))])
    own = made(held, "moten/a.ics")
    assert len(own) < 9_000
    shared = Events(held, lambda _: own)
    assert shared.event(shared.stories[0]) == Events(held).event(shared.stories[0])


def test_years_that_left_the_window_have_files_of_their_own() -> None:
    """History is kept, and no file grows for ever (C9, C35)."""
    days = [date(2022, 2, 1), date(2023, 1, 1), date(2023, 12, 31), date(2024, 1, 1)]
    held = edition([revision(meeting(f"{day:%Y%m%d}", start=at(day))) for day in days])
    old = {name for name in names(held) if name.startswith("kulturnamnden-")}
    assert old == {"kulturnamnden-2022.ics", "kulturnamnden-2023.ics"}
    assert uids(held, "kulturnamnden-2023.ics") == ["20230101", "20231231"]
    assert uids(held, "kulturnamnden.ics") == ["20240101"]
    later = replace(held, today=date(2027, 1, 1))
    assert "kulturnamnden-2024.ics" in names(later)
    head = Calendar.from_ical(made(held, "kulturnamnden-2023.ics"))
    assert head["X-WR-CALNAME"] == head["NAME"] == "Kulturnämnden 2023"


def test_a_single_meeting_has_no_calendars_name() -> None:
    """Outlook would make a new calendar of the download instead of adding it (C27)."""
    (read,) = (Calendar.from_ical(made(whole(), "moten/1a2b3c.ics")),)
    assert not {"NAME", "X-WR-CALNAME", "DESCRIPTION", "X-WR-CALDESC"} & set(read)
    assert len(read.events) == 1
    assert str(read["SOURCE"]).endswith("/boras/moten/1a2b3c.ics")


def test_a_withdrawn_meetings_file_says_so() -> None:
    """Its address stands in somebody's notes; everywhere else the event is gone."""
    held = whole()
    (one,) = events(held, "moten/907e.ics")
    assert (one["STATUS"], str(one["SUMMARY"])[:8]) == ("TENTATIVE", "OSÄKERT:")
    assert "syns inte längre hos kommunen sedan" in str(one["DESCRIPTION"])
    assert "907e" not in uids(held, "alla.ics")


def test_a_bundle_holds_its_committees() -> None:
    """One topic, one calendar, with each committee's name in the titles."""
    held = whole()
    found = {one.categories[-1] for one in events(held, "kultur.ics")}
    assert found == {"Kulturnämnden", "Borås Stadshus AB"}
    read = Calendar.from_ical(made(held, "kultur.ics"))
    assert read["X-WR-CALNAME"] == "Kultur och bolag"


def spans(one: Event) -> list[timedelta]:
    """Give how long before an event its alarms go off."""
    return [alarm.decoded("TRIGGER") for alarm in one.walk("VALARM")]


def test_reminders_are_a_day_and_an_hour_before() -> None:
    """Only in the file that exists for them (C19)."""
    held = edition([revision(meeting())])
    (one,) = events(held, "kulturnamnden.paminnelse.ics")
    assert spans(one) == [-timedelta(days=1), -timedelta(hours=1)]
    for alarm in one.walk("VALARM"):
        assert (alarm["ACTION"], alarm["DESCRIPTION"]) == ("DISPLAY", one["SUMMARY"])
    for name in names(held) - {"kulturnamnden.paminnelse.ics"}:
        assert b"VALARM" not in made(held, name)


@pytest.mark.parametrize(
    ("record", "before"),
    [
        (meeting(status=Status.CANCELLED), []),
        (meeting(status=Status.POSTPONED), []),
        (meeting(start=date(2026, 3, 16)), [-timedelta(hours=15)]),
    ],
)
def test_nobody_is_called_in_vain_or_at_midnight(record: Meeting, before: list[timedelta]) -> None:
    """What is not held calls nobody; what has only a day is told at nine the day before."""
    (one,) = events(edition([revision(record)]), "kulturnamnden.paminnelse.ics")
    assert spans(one) == before


def happening(revisions: Iterable[Revision[Meeting]], *changes: Change) -> list[Event]:
    """Give the events of what happened to meetings after they were first seen."""
    records = list(revisions)
    first = [change(one.record.id, ChangeKind.NEW) for one in records]
    return events(edition(records, changes=[*changes, *first]), "kulturnamnden.nytt.ics")


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        (ChangeKind.CANCELLED, "Inställt"),
        (ChangeKind.MOVED, "Flyttat"),
        (ChangeKind.POSTPONED, "Uppskjutet"),
        (ChangeKind.DECISIONS_PUBLISHED, "Beslut publicerade"),
    ],
)
def test_what_happened_is_a_day_in_the_calendar(kind: ChangeKind, word: str) -> None:
    """On the day on which it was first seen, with its link, and nobody is busy for it."""
    record = meeting()
    (one,) = happening([revision(record, last_changed=NOW)], change(record.id, kind, NOW))
    assert one["SUMMARY"] == f"{word}: Kulturnämnden 16 mars 2026"
    assert (one.decoded("DTSTART"), one.decoded("DTEND")) == (TODAY, TODAY + timedelta(days=1))
    assert (one["TRANSP"], one["STATUS"]) == ("TRANSPARENT", "CONFIRMED")
    assert one["UID"] == f"nytt-1a2b3c-{kind}-1@boras.kallelse"
    assert str(one["URL"]) in str(one["DESCRIPTION"])
    assert f"Text om {kind}." in str(one["DESCRIPTION"])


@pytest.mark.parametrize(
    ("role", "word"),
    [
        (Role.AGENDA, "Kallelse publicerad"),
        (Role.MINUTES, "Protokoll publicerat"),
        (Role.IMMEDIATE_MINUTES, "Omedelbart justerat protokoll publicerat"),
        (Role.MOTION, None),
    ],
)
def test_documents_that_are_waited_for_are_happenings(role: Role, word: str | None) -> None:
    """The notice and the minutes; forty motions would drown them."""
    paper: Document = replace(AGENDA, role=role)
    record = meeting(documents=(paper,))
    added = change(record.id, ChangeKind.DOCUMENT_ADDED, NOW, part=paper.id)
    found = happening([revision(record)], added)
    assert [str(one["SUMMARY"]).partition(":")[0] for one in found] == ([word] if word else [])


def test_a_happening_is_dated_by_what_it_tells() -> None:
    """Its text speaks of the meeting as it is now: an app that goes by dates reads it anew (C4)."""
    record, later = meeting(), NOW + timedelta(days=3)
    (one,) = happening(
        [revision(record, last_changed=later)], change(record.id, ChangeKind.MOVED, NOW)
    )
    assert one.decoded("LAST-MODIFIED") == later
    assert one.decoded("DTSTART") == TODAY


def test_happenings_leave_after_twelve_months() -> None:
    """As they leave the feeds, on the first of a month."""
    record = meeting()
    moved = [
        change(record.id, ChangeKind.MOVED, SEEN.replace(year=2025, month=month), number=month)
        for month in (2, 3)
    ]
    first = change(record.id, ChangeKind.NEW, SEEN.replace(year=2024))
    held = edition([revision(record)], changes=[*moved, first])
    assert uids(held, "kulturnamnden.nytt.ics") == ["nytt-1a2b3c-moved-3"]


def test_every_committee_and_the_city_have_their_files() -> None:
    """These addresses are promised, whether there is a meeting or not."""
    own = {f"{c.slug}{end}" for c in COMMITTEES for end in (".ics", ".google.ics", ".nytt.ics")}
    own |= {f"{c.slug}.paminnelse.ics" for c in COMMITTEES}
    bundles = {f"{b.slug}{end}" for b in CITY.bundles for end in (".ics", ".google.ics")}
    everything = {"alla.ics", "alla.google.ics", "overklagande.ics"}
    assert names(edition(committees=COMMITTEES)) == own | bundles | everything


def test_the_plain_file_is_named_by_the_committee() -> None:
    """So its address is what the index and the feeds name."""
    assert b"/boras/kulturnamnden.ics" in made(edition(), f"{COMMITTEE.slug}.ics")
