"""A meeting is all that was said of it: its own page first, and what differs is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from reading import MEETING, ROOT, meeting_url, read, seen
from records.model import ZONE, AgendaItem, Decision, Meeting, Place, Problem
from records.state import Seen
from records.terms import Access, Role, Status
from scraper.cities import load
from scraper.known import Known
from scraper.meetings import meetings
from scraper.raw import RawFile, RawMeeting

BORAS = load("boras")
KS = next(body for body in BORAS.committees if body.slug == "kommunstyrelsen")
PAGE = RawMeeting(
    where="page",
    committee="Kommunstyrelsen",
    url=MEETING,
    node="1f2b506b1969f6e96e7e186",
    heading="Kommunstyrelsen , sammanträde 2026-11-30 14.00",
)
ROW = RawMeeting(where="calendar", committee="Kommunstyrelsen", time="2026-11-30 kl. 14.00")


def known(*raws: RawMeeting) -> Known[Meeting]:
    """Give the one meeting that these sightings make."""
    (found,), undated = meetings(BORAS, KS, [seen(raw) for raw in raws], {})
    assert undated == 0
    return found


def record(*raws: RawMeeting) -> Meeting:
    """Give its record."""
    return known(*raws).record


def at(day: int, hour: int, month: int = 11) -> datetime:
    """Give a moment of 2026 in the city."""
    return datetime(2026, month, day, hour, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("notice", "start", "status"),
    [
        ("Mötet är flyttat till den 7 december kl. 16.00.", at(7, 16, 12), Status.CONFIRMED),
        ("Mötet är flyttat till den 7 december.", date(2026, 12, 7), Status.CONFIRMED),
        ("Sammanträdet är inställt. Nytt datum: 7 december.", date(2026, 12, 7), Status.CONFIRMED),
        ("Sammanträdet är flyttat.", at(30, 14), Status.POSTPONED),
        ("Ny tid: kl. 15.00.", at(30, 15), Status.CONFIRMED),
        ("Allmänhetens frågestund är inställd.", at(30, 14), Status.CONFIRMED),
    ],
)
def test_a_notice_on_the_page_outdoes_the_pages_address(
    notice: str, start: datetime | date, status: Status
) -> None:
    """An address is made once; who follows it on the old day stands before a closed door."""
    found = record(replace(PAGE, notes=(notice,)))
    assert (found.start, found.status) == (start, status)


@pytest.mark.parametrize(
    ("row", "day", "status"),
    [
        ("30 november – inställt, nytt datum 7 december", date(2026, 12, 7), Status.CONFIRMED),
        ("7 december (flyttat från 30 november)", date(2026, 12, 7), Status.CONFIRMED),
        ("7 december (flyttat från 30 november), inställt", date(2026, 12, 7), Status.CANCELLED),
        ("30 november, flyttat till 7 december", date(2026, 12, 7), Status.CONFIRMED),
        ("30 november (inställt)", date(2026, 11, 30), Status.CANCELLED),
        ("7 december i stället för 30 november", date(2026, 12, 7), Status.CONFIRMED),
    ],
)
def test_a_row_that_names_two_days_is_one_meeting_on_the_later_of_them(
    row: str, day: date, status: Status
) -> None:
    """The old day is told so that people learn of the new one."""
    found = record(replace(ROW, time=None, row=row))
    assert (found.start, found.status) == (day, status)


def test_flyttat_beside_a_calendar_that_has_the_new_day_is_held_on_that_day() -> None:
    """Both the label and the calendar were edited; the address could not be."""
    found = record(
        replace(PAGE, time="7 december kl. 14.00", notes=("Sammanträdet är flyttat.",)),
        replace(ROW, url=MEETING, node=PAGE.node, time="7 december 2026 kl. 14.00"),
    )
    assert (found.start, found.status) == (at(7, 14, 12), Status.CONFIRMED)
    assert {problem.code for problem in found.problems} == {"start-disagrees"}


def test_a_second_day_that_only_file_names_tell_is_the_end() -> None:
    """A budget takes two days; a date in a file's name moves nothing."""
    files = tuple(
        RawFile(name=name, url=None)
        for name in (
            "Kommunstyrelsen 2025-11-30 handlingar.pdf",
            "Kommunstyrelsen 2019-11-31-32.pdf",
            "Kommunstyrelsen 2026-11-30-01.pdf",
        )
    )
    assert record(replace(PAGE, files=files)).end is None
    two = RawFile(name="Kommunstyrelsen 2026-11-30-31 protokoll", url=None)
    assert record(replace(PAGE, files=(two,))).end is None
    page = replace(PAGE, url=meeting_url("202611251400"))
    span = RawFile(name="Kommunstyrelsen 2026-11-25-26 protokoll.pdf", url=None)
    found = record(replace(page, files=(*files, span)))
    assert (found.start, found.end) == (at(25, 14), date(2026, 11, 26))


def test_a_programme_and_the_hour_from_which_it_is_open_are_read() -> None:
    """The stated start stays; the workshop before it is not what the public comes for."""
    found = record(
        replace(
            PAGE,
            notes=(
                "Kl. 14.00 workshop",
                "Kl. 16.00 startar sammanträdet",
                "Sammanträdet är öppet för allmänheten från kl. 16.00.",
            ),
        )
    )
    assert found.start == at(30, 14)
    assert found.times == ((time(14), "workshop"), (time(16), "startar sammanträdet"))
    assert (found.access, found.public_from) == (Access.PARTLY, at(30, 16))
    assert found.notices == ("Sammanträdet är öppet för allmänheten från kl. 16.00.",)
    same = "Sammanträdet, som börjar kl. 14.00, är öppet för allmänheten."
    assert record(replace(PAGE, notes=(same,))).public_from is None


def test_an_extra_meeting_is_called_so_where_only_its_row_says_it() -> None:
    """Its own page, where it has one, gives the title."""
    row = replace(ROW, time=None, row="Extrainsatt sammanträde 30 november 2026")
    assert record(row).title == "Kommunstyrelsen, extra sammanträde"
    assert record(row, PAGE).title == "Kommunstyrelsen, sammanträde"


def test_a_place_has_its_street_and_the_way_to_the_meeting_on_the_web() -> None:
    """A map needs the one, and who stays at home the other."""
    found = record(
        replace(PAGE, place="Teams och Sturegatan 36", place_url="https://example.org/m")
    )
    assert found.location == Place(
        name="Teams och Sturegatan 36",
        address="Sturegatan 36",
        online=True,
        url="https://example.org/m",
    )


def test_a_place_that_a_list_tells_otherwise_is_a_problem_and_the_page_is_believed() -> None:
    """More words for the same place are no other place."""
    page = replace(PAGE, place="Kulturhuset, Röda rummet")
    found = record(page, replace(ROW, place="Stadshuset"))
    assert found.location == Place(name="Kulturhuset, Röda rummet")
    assert found.problems == (
        Problem(
            code="place-disagrees",
            text="Kulturhuset, Röda rummet är valt; calendar: Stadshuset",
        ),
    )
    assert record(page, replace(ROW, place="Röda rummet, Kulturhuset")).problems == ()


def test_a_page_in_another_committees_folder_is_a_problem_and_its_heading_is_believed() -> None:
    """A page may be made in the wrong place; its calendar is the heading's."""
    url = MEETING.replace("kommunstyrelsen/", "kulturnamnden/")
    found = record(replace(PAGE, url=url))
    assert [problem.code for problem in found.problems] == ["committee-disagrees"]
    assert found.committee == "kommunstyrelsen"


def test_a_file_listed_twice_is_one() -> None:
    """Council pages list the minutes under two headings."""
    file = RawFile(name="Protokoll.pdf", url=f"{ROOT}/download/18.ab12cd/1234567890123/p.pdf")
    other = replace(file, section="Bilagor")
    found = record(replace(PAGE, files=(file, other)))
    assert [(one.name, one.section) for one in found.documents] == [("Protokoll.pdf", None)]


def test_the_citys_own_stamp_is_kept_with_the_record() -> None:
    """It is told beside the hour at which we saw a change; alone it changes nothing."""
    found = known(replace(PAGE, modified="2026-11-20 08.15"))
    assert found.provenance.modified == datetime(2026, 11, 20, 8, 15, tzinfo=ZONE)
    assert known(PAGE).provenance.modified is None
    assert known(ROW).provenance.modified is None


def test_a_row_alone_is_a_meeting() -> None:
    """The plan of the year has neither page nor place."""
    found = record(ROW)
    assert (found.id, found.uid) == (
        "boras:kommunstyrelsen-20261130",
        "kommunstyrelsen-20261130@boras.kallelse",
    )
    assert (found.title, found.location, found.url) == ("Kommunstyrelsen, sammanträde", None, None)
    assert (found.documents, found.documents_known, found.access) == ((), False, Access.UNKNOWN)


def test_a_page_gives_all_that_it_has() -> None:
    """Title without its date, place apart from its notice, agenda taken apart, files with roles."""
    found = record(
        replace(
            PAGE,
            place="Röda rummet. OBS! Ny lokal.",
            intro=("Styrelsen leder staden.", "Sammanträdet är öppet för allmänheten."),
            notes=("Protokollet publiceras.", "Protokollet publiceras."),
            files=(RawFile(name="Protokoll.pdf", url=None),),
            agenda=("1. Upprop", "Budget Dnr 2023-1 1.1", "Dnr 5"),
            decisions=(("Skola", "Bifall."),),
        ),
        replace(ROW, place="Annat hus"),
    )
    assert found.title == "Kommunstyrelsen, sammanträde"
    assert found.location == Place(name="Röda rummet")
    assert found.notices == (
        "Sammanträdet är öppet för allmänheten.",
        "OBS! Ny lokal.",
        "Protokollet publiceras.",
    )
    assert found.access is Access.OPEN
    assert [document.role for document in found.documents] == [Role.MINUTES]
    assert found.documents_known
    assert found.agenda == (
        AgendaItem(title="Upprop", number="1"),
        AgendaItem(title="Budget", reference="2023-1 1.1"),
        AgendaItem(title="Dnr 5", reference="5"),
    )
    assert found.decisions == (Decision(title="Skola", text="Bifall."),)


def test_where_each_field_came_from_is_told() -> None:
    """The page before the lists, the list for a place that the page has not, or the words."""
    found = known(replace(ROW, place="Huset. Inställt"), PAGE)
    assert found.provenance.url == MEETING
    assert dict(found.provenance.signals) == {
        "start": "slug",
        "committee": "page",
        "location": "calendar",
        "notices": "page",
        "status": "«Inställt»",
        "title": "page",
    }
    assert "location" not in known(PAGE).provenance.signals


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (ROW, Status.CONFIRMED),
        (replace(PAGE, notes=("Sammanträdet är inställt.",)), Status.CANCELLED),
        (replace(ROW, time=None, row="Sammanträdet den 30 november, inställt"), Status.CANCELLED),
        (replace(ROW, time="5 april 2024 (flyttat från 4 april)"), Status.CONFIRMED),
        (replace(PAGE, notes=("Sammanträdet flyttas.",)), Status.POSTPONED),
        (
            replace(PAGE, notes=("Nytt datum! Mötet är flyttat från den 7 maj 2026.",)),
            Status.CONFIRMED,
        ),
        (replace(PAGE, notes=("Mötet är flyttat från den 30 november 2026.",)), Status.POSTPONED),
        (replace(PAGE, notes=("Mötet är flyttat från den 31 juni.",)), Status.POSTPONED),
        (
            replace(PAGE, notes=("Mötet är uppskjutet. Lunchen är flyttad från den 7 maj 2026.",)),
            Status.POSTPONED,
        ),
    ],
)
def test_whether_it_takes_place(raw: RawMeeting, expected: Status) -> None:
    """Moved to a day that is told, it takes place on that day."""
    assert record(raw).status is expected


def test_what_names_no_day_is_counted() -> None:
    """It is told to the operator, and is in no calendar."""
    said: list[Seen] = [seen(replace(ROW, time="snart"))]
    assert meetings(BORAS, KS, said, {}) == ([], 1)
    assert record(replace(ROW, time="30 november")).start == date(2026, 11, 30)


def test_a_meeting_that_page_and_calendar_moved_is_one() -> None:
    """Its address has the old day for ever; a twin on the new day would be a second meeting."""
    page = replace(PAGE, time="7 december 2026 kl. 16.00")
    found = record(page, replace(ROW, time="2026-12-07 kl. 16.00"))
    assert (found.id, found.start) == ("boras:1f2b506b1969f6e96e7e186", at(7, 16, 12))


def test_nytt_datum_beside_the_pages_own_new_day_is_held_on_that_day() -> None:
    """The city says that it moved, and its label says where to."""
    notes = ("Nytt datum! Sammanträdet är flyttat från den 30 november 2026.",)
    found = record(replace(PAGE, time="7 december 2026 kl. 16.00", notes=notes))
    assert (found.start, found.status) == (at(7, 16, 12), Status.CONFIRMED)


def test_a_row_that_names_the_day_it_left_keeps_the_meetings_id() -> None:
    """Without pages nothing else says that both are one; so it stays when the words are gone."""
    before = {"slot:20261130/1": "kommunstyrelsen-20261130"}
    moved = replace(ROW, time=None, row="7 december 2026 (flyttat från 30 november)")
    (found,), _ = meetings(BORAS, KS, [seen(moved)], before)
    assert (found.record.id, found.record.start) == (
        "boras:kommunstyrelsen-20261130",
        date(2026, 12, 7),
    )
    after = before | dict.fromkeys(found.keys, "kommunstyrelsen-20261130")
    later = replace(ROW, time=None, row="7 december 2026")
    (again,), _ = meetings(BORAS, KS, [seen(later)], after)
    assert again.record.id == "boras:kommunstyrelsen-20261130"


def test_a_day_above_its_own_link_is_no_second_meeting() -> None:
    """«30 november» stands above the linked row on some lists."""
    linked = replace(ROW, where="listing", url=MEETING, node=PAGE.node, time=None)
    bare = replace(ROW, where="listing", time=None, row="30 november 2026")
    said = [seen(raw, key="list", position=n) for n, raw in enumerate((bare, linked))]
    (found,), _ = meetings(BORAS, KS, said, {})
    assert found.record.id == "boras:1f2b506b1969f6e96e7e186"


def test_of_several_clocks_the_one_behind_the_word_is_the_meetings() -> None:
    """Groups meet before the council does."""
    row = replace(ROW, time="30 november 2026, gruppmöten kl. 13.00, sammanträde kl. 18.00")
    assert record(row).start == at(30, 18)


def test_a_heading_may_say_that_the_meeting_is_off() -> None:
    """Some offices write it large, above time and place."""
    body = "<h1>Kommunstyrelsen, sammanträde</h1>{}<p>Tid: 2026-11-30 14.00</p>{}<h2>Protokoll</h2>"
    off = "<h2>Sammanträdet är inställt</h2>"
    for markup in (body.format(off, ""), body.format("", off)):
        (raw,) = BORAS.read(read(f"{markup}<p>Dela sidan: x</p>"), "meeting").raws
        assert isinstance(raw, RawMeeting)
        assert record(raw).status is Status.CANCELLED


@pytest.mark.parametrize(
    "notice",
    [
        "Mötet har ställts in.",
        "Sammanträdet är avlyst.",
        "Sammanträdet ställs tyvärr in.",
        "Nämnden ställer in sammanträdet.",
    ],
)
def test_a_cancellation_above_time_and_place_is_one_too(notice: str) -> None:
    """Offices write it where it is seen first, beside what presents the committee."""
    found = record(replace(PAGE, intro=("Nämnden ansvarar för kultur.", notice)))
    assert (found.status, found.notices) == (Status.CANCELLED, (notice,))


def test_items_that_move_to_the_next_meeting_do_not_move_this_one() -> None:
    """It would be published as held on the day of another."""
    told = "Sammanträdet är inställt. Frågorna flyttas till nästa sammanträde den 14 december."
    found = record(replace(PAGE, notes=(told,)))
    assert (found.start, found.status) == (at(30, 14), Status.CANCELLED)


def test_an_address_that_is_none_is_no_address() -> None:
    """One mistyped link would end the run of the whole city."""
    found = record(replace(PAGE, files=(RawFile(name="Protokoll.pdf", url="http://[x"),)))
    assert [document.url for document in found.documents] == [None]
    page = read(
        "<h1>Kommunstyrelsen, sammanträde 2026-11-30 14.00</h1>"
        "<p>Plats: <a href='http://[x'>Huset</a></p>"
    )
    (raw,) = BORAS.read(page, "meeting").raws
    assert isinstance(raw, RawMeeting)
    assert (raw.place, raw.place_url) == ("Huset", None)
