"""Sightings become records: title, place, status, agenda and notices as the city has them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from reading import MEETING, ROOT, seen
from records.model import Access, AgendaItem, Decision, Meeting, Place, Role, Status
from records.state import Seen
from scraper.cities import load
from scraper.known import Known
from scraper.meetings import meetings
from scraper.normalise import UNPLACED, committee, sighting
from scraper.raw import RawCommittee, RawFile, RawMeeting, RawNews

BORAS = load("boras")
KS = next(body for body in BORAS.committees if body.slug == "kommunstyrelsen")
VALN = next(body for body in BORAS.committees if body.slug == "valnamnden")
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


def test_each_sighting_has_its_bucket() -> None:
    """What speaks of one record is normalised together; a meeting of nobody is counted."""
    news = RawNews(where="page", url=f"{ROOT}/nyheter/a", node="1f2b506b", title="x")
    assert sighting(BORAS, news).bucket == "news/1f2b506b"
    assert sighting(BORAS, replace(news, node=None)).bucket == "news//nyheter/a"
    assert sighting(BORAS, RawCommittee(name="Valnämnden", url="x")).bucket == (
        "committee/valnamnden"
    )
    assert sighting(BORAS, RawCommittee(name="", url=ROOT)).bucket == "committee/"
    assert sighting(BORAS, PAGE).bucket == f"{UNPLACED}kommunstyrelsen"
    assert sighting(BORAS, replace(ROW, committee=None)).bucket == UNPLACED


def test_a_committee_is_the_citys_own_or_as_its_meetings_name_it() -> None:
    """Its page's address comes from its page where the city's file has none."""
    page = seen(RawCommittee(name="Valnämnden", url=f"{ROOT}/valn"))
    assert committee(BORAS, "valnamnden", [seen(ROW), page]) == replace(VALN, url=f"{ROOT}/valn")
    assert committee(BORAS, "kommunstyrelsen", [page]) == KS
    new = committee(
        BORAS, "klimatnamnden", [seen(ROW), seen(replace(ROW, committee="Klimatnämnden"))]
    )
    assert new is not None
    assert new.name == "Klimatnämnden"
    assert committee(BORAS, "ingen", []) is None


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
