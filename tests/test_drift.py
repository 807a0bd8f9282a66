"""Drift: a field that many pages lose at once is told, and a page or two that lose it are not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from modelcity.addresses import CALENDAR
from modelcity.server import ModelCity
from modelcity.truth import build
from operation.overview import overview
from operation.report import Report, status
from operation.update import update
from records.drift import drifted
from records.model import Committee, Meeting, NewsItem, Place, Problem, Record
from records.state import Drift, Link
from records.terms import Access, Classification
from runs import BOARD, LATER, MORNING, TODAY, one_listing, renamed, settings
from standing import faultless

MEETING: Final = Meeting(
    id="boras:1a",
    uid="1a@boras.kallelse",
    committee="kommunstyrelsen",
    title="Kommunstyrelsen, sammanträde",
    start=date(2026, 11, 30),
    location=Place(name="Stadshuset"),
    access=Access.OPEN,
    problems=(Problem(code="x", text="x"),),
)
LOST: Final = replace(MEETING, location=None)
CITY: Final = one_listing(
    start=(
        BOARD,
        Link(url=f"https://www.boras.se{CALENDAR}", kind="calendar", source="calendar"),
    )
)


def run(model: ModelCity, folder: Path, now: str = MORNING) -> Report:
    """Read the board's meetings, and all their pages again."""
    return update(CITY, settings(folder, model.origin, now=now, full=True))


def test_five_and_a_fifth_are_drift() -> None:
    """Fewer than five may be chance, less than a fifth of those that had it the city's doing."""
    five = [(MEETING, LOST)] * 5
    assert drifted(five) == (Drift(kind="meeting", field="location", lost=5, of=5),)
    assert drifted(five + [(MEETING, MEETING)] * 20)[0].of == 25
    assert drifted(five + [(MEETING, MEETING)] * 21) == ()
    assert drifted(five[:4]) == ()


def test_only_those_that_had_it_count() -> None:
    """Thirty that never named a place hide nothing."""
    assert drifted([(MEETING, LOST)] * 5 + [(LOST, LOST)] * 30)[0].of == 5


def test_an_unknown_access_is_an_empty_one() -> None:
    """«We cannot tell» is what is left when the sentence is not found."""
    lost = replace(MEETING, access=Access.UNKNOWN)
    assert [it.field for it in drifted([(MEETING, lost)] * 5)] == ["access"]


def test_lost_doubts_are_no_loss() -> None:
    """Problems that are gone are good news; what the city's file says is on no page."""
    assert drifted([(MEETING, replace(MEETING, problems=()))] * 9) == ()
    body = Committee(slug="a", name="A", classification=Classification.BOARD, aliases=("B",))
    assert drifted([(body, replace(body, aliases=()))] * 9) == ()


def test_kinds_drift_apart() -> None:
    """Five articles and five meetings are two drifts, in order."""
    item = NewsItem(id="boras:2b", title="Nytt", url="https://www.boras.se/n", summary="Kort")
    pairs: list[tuple[Record, Record]] = [(item, replace(item, summary=None))] * 5
    pairs += [(MEETING, LOST)] * 5
    assert [(it.kind, it.field) for it in drifted(pairs)] == [
        ("meeting", "location"),
        ("news", "summary"),
    ]


@pytest.fixture(scope="module")
def board() -> Iterator[ModelCity]:
    """A city of which all is known that its board has done since last year."""
    whole = build(TODAY)
    own = tuple(one for one in whole.meetings if one.body.name == "Kommunstyrelsen")
    with ModelCity(replace(whole, meetings=own, articles=(), announcements=())) as city:
        yield city


@pytest.fixture
def city(board: ModelCity) -> Iterator[ModelCity]:
    """That city, in order before and after each test."""
    with faultless(board) as city:
        yield city


@pytest.fixture
def known(city: ModelCity, tmp_path: Path) -> Path:
    """A folder in which every page was read well once."""
    report = run(city, tmp_path)
    assert (report.exit, report.run.drift) == (0, ())  # new records never count
    return tmp_path


@pytest.mark.slow
def test_pages_that_lose_their_label_are_told(city: ModelCity, known: Path) -> None:
    """The city writes «Rumsval» from now on: exit 1, `status` says which field and in how many."""
    changed = renamed(city, "Plats", "Rumsval")
    report = run(city, known, LATER)
    (drift,) = report.run.drift
    assert (drift.kind, drift.field) == ("meeting", "location")
    assert 5 <= drift.lost <= len(changed)
    assert (report.exit, report.fresh) == (1, True)
    assert [text for text in report.troubles if text.startswith("location is gone from")]
    content = status(report.city, report.run, report.sources, report.held)
    assert content["drift"] == [
        {"kind": "meeting", "field": "location", "lost": drift.lost, "of": drift.of}
    ]
    shown = overview(settings(known, city.origin))
    assert not shown.well
    assert f"  drift: location is gone from {drift.lost} of {drift.of} meeting" in shown.text


@pytest.mark.slow
def test_trouble_of_this_kind_is_told_once(city: ModelCity, known: Path) -> None:
    """With --tell-once the same field does not wake anybody twice on one day."""
    renamed(city, "Plats", "Rumsval", most=20)
    assert run(city, known, LATER).fresh
    renamed(city, "Plats", "Rumsval")
    report = run(city, known, "2026-11-23T16:00")
    assert (report.run.drift[0].field, report.exit, report.fresh) == ("location", 1, False)


@pytest.mark.slow
def test_a_page_or_two_are_the_citys_own_doing(city: ModelCity, known: Path) -> None:
    """Four pages without a place are four meetings without a place."""
    renamed(city, "Plats", "Rumsval", most=4)
    report = run(city, known, LATER)
    assert (report.exit, report.run.drift) == (0, ())


def test_pages_that_were_not_read_do_not_count(city: ModelCity, known: Path) -> None:
    """«Not modified» says nothing of a page's fields."""
    report = run(city, known, LATER)
    assert {one.status for one in city.requests[-30:]} == {304}
    assert report.run.drift == ()
