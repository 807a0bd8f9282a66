"""What hangs on the board is published; taken down, it is withdrawn; no bad day does that."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from feeds.kinds import Kind
from modelcity.addresses import HOST, NOTICE_BOARD
from modelcity.board import permits
from modelcity.faults import Fault, Robots
from modelcity.render import FORMS, LATER_FORMS, Form
from modelcity.server import ModelCity
from modelcity.truth import Truth
from operation.report import Report
from operation.update import update
from records.state import Link
from runs import LATER, exported, settings, stamps
from scraper.cities import City, load

NEXT: Final = ("2026-11-24T09:00", "2026-11-25T09:00", "2026-11-26T09:00")
TITLE: Final = "<html><body><h1>Anslagstavla</h1>"
FOLDER: Final = "/funktioner/anslagstavla"
SECTION: Final = "<h2>Justering av protokoll från nämnder och kommunalförbund</h2>"
OTHERS: Final = "<h2>Kungörelser</h2>"
WALL: Final = b"<html><body><h1>Vi arbetar med webbplatsen</h1><p>Kom igen.</p></body></html>"


def board_only() -> City:
    """Give Borås with its notice board as the only place to begin."""
    city = load("boras")
    return replace(city, start=tuple(link for link in city.start if link.kind == "board"))


def look(folder: Path, city: ModelCity, now: str = "2026-11-23T09:00", **more: Any) -> Report:  # noqa: ANN401 - any setting
    """Update from the board and what it leads to."""
    return update(board_only(), settings(folder, city.origin, now=now, **more))


def notices(folder: Path) -> dict[str, dict[str, Any]]:
    """Give the exported notices by id, which are also those that are published."""
    rows = exported(folder, Kind.NOTICE)
    lines = (folder / "public/boras/data/notice.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == rows
    return {row["id"]: row for row in rows}


def source(report: Report) -> tuple[bool, int]:
    """Give whether the board could be read, and how many notices hang on it."""
    return next((one.ok, one.records) for one in report.sources if one.name == "board")


def minutes(name: str, day: str = "2026-11-09", posted: str = "2026-11-20") -> str:
    """Give an item of adjusted minutes that has no page of its own."""
    return (
        f"<h3>{name}</h3><p>Anslaget den: {posted}<br>Sammanträdet hölls: {day}<br>"
        f"Protokollet justerades: 2026-11-19</p>"
    )


def permit(number: int) -> str:
    """Give a notice that names a property."""
    return (
        f"<p><a href='{FOLDER}/bygglov/x.5.abcdef{number:02}.html'>Bygglov Hemliga {number}</a></p>"
    )


def page(items: Iterable[str], others: Iterable[str] = (), more: str = "") -> bytes:
    """Give a board with these items."""
    return f"{TITLE}{SECTION}{''.join(items)}{OTHERS}{''.join(others)}{more}</body></html>".encode()


TWO: Final = [minutes("Kulturnämnden"), minutes("Valnämnden")]
KULTUR, VAL = "boras:kulturnamnden-20261109", "boras:valnamnden-20261109"


@pytest.mark.slow
@pytest.mark.parametrize("form", [*FORMS, *LATER_FORMS])
def test_the_notices_equal_the_truth_in_every_form(
    form: Form, truth: Truth, tmp_path: Path
) -> None:
    """Every value of every item; permits by title and link, and never asked for."""
    with ModelCity(truth, form=form) as city:
        report = look(tmp_path, city)
        asked = {request.path for request in city.requests}
        again = look(tmp_path, city, LATER)
    names = {row["slug"]: row["name"] for row in exported(tmp_path, Kind.COMMITTEE)}
    found = notices(tmp_path)
    keys = ("title", "posted", "held", "adjusted", "kept_at", "immediate", "url")
    for one in truth.expected_notices():
        row = found.pop(one["id"])
        assert {key: row[key] for key in keys} == {key: one[key] for key in keys}
        assert (names[row["committee"]], row["document_url"]) == (one["committee"], one["document"])
        codes = [problem["code"] for problem in row["problems"]]
        assert ("adjusted-unread" in codes) == bool(one["broken"])
        assert ("adjusted-before-held" in codes) == one["before_meeting"]
        assert bool(row["appeal_deadline"]) != any(code.startswith("appeal-") for code in codes)
    others = {row["url"].removeprefix(HOST): row["title"] for row in found.values()}
    coming = {each.meeting.path: each.meeting.body.name for each in truth.announcements}
    assert others == permits() | coming
    assert not asked & permits().keys()
    assert source(report) == (True, len(truth.notices) + len(others))
    assert report.run.counts["notices"] == len(truth.notices) + len(others)
    assert (again.changes, again.written) == ((), ())


@pytest.mark.slow
def test_minutes_that_are_taken_down_are_withdrawn_and_come_back(
    city: ModelCity, tmp_path: Path
) -> None:
    """The record says what the city last said; shown again it hangs again."""
    city.pages[NOTICE_BOARD] = page(TWO)
    look(tmp_path, city)
    before = notices(tmp_path)
    city.pages[NOTICE_BOARD] = page(TWO[:1])
    gone = look(tmp_path, city, NEXT[0])
    after = notices(tmp_path)
    assert [(change.record, change.kind) for change in gone.changes] == [(VAL, "notice-removed")]
    assert after[VAL]["withdrawn"] is True
    assert after[VAL]["held"] == before[VAL]["held"] == "2026-11-09"
    assert "withdrawn" not in after[KULTUR]
    assert source(gone) == (True, 1)
    city.pages[NOTICE_BOARD] = page(TWO)
    back = look(tmp_path, city, NEXT[1])
    assert [(change.record, change.kind) for change in back.changes] == [(VAL, "notice-posted")]
    assert "withdrawn" not in notices(tmp_path)[VAL]


def test_a_board_at_a_new_address_takes_down_what_it_lacks(city: ModelCity, tmp_path: Path) -> None:
    """The address in the city's file was changed: what hung at the old one alone hangs no more.

    A new address that cannot be read, or goes on elsewhere, takes nothing down; and what the old
    one said is no word beside the new.
    """
    city.pages[NOTICE_BOARD] = page(TWO, [permit(3)])
    look(tmp_path, city)
    moved = replace(
        board_only(), start=(Link(url=f"{HOST}/nyanslagstavla", kind="board", source="board"),)
    )

    def hanging(body: bytes, now: str) -> set[str]:
        city.pages["/nyanslagstavla"] = body
        update(moved, settings(tmp_path, city.origin, now=now))
        return {name for name, row in notices(tmp_path).items() if "withdrawn" not in row}

    corrected = minutes("Kulturnämnden", posted="2026-11-23")
    assert len(hanging(WALL, LATER)) == 3
    more = "<p><a href='/fler'>Visa fler</a></p>"
    assert len(hanging(page([corrected], more=more), NEXT[0])) == 3
    assert hanging(page([corrected]), NEXT[1]) == {KULTUR}
    assert notices(tmp_path)[KULTUR]["posted"] == "2026-11-23"
    assert notices(tmp_path).keys() == {KULTUR, VAL}


@pytest.mark.slow
def test_what_names_people_leaves_all_output_when_it_is_taken_down(
    city: ModelCity, tmp_path: Path
) -> None:
    """At once, however many go together: nothing published says that they were there."""
    city.pages[NOTICE_BOARD] = page(TWO, map(permit, range(9)))
    look(tmp_path, city)
    assert sum("Hemliga" in row["title"] for row in notices(tmp_path).values()) == 9
    city.pages[NOTICE_BOARD] = page(TWO)
    report = look(tmp_path, city, NEXT[0])
    assert [held.path for held in report.held] == []
    assert notices(tmp_path).keys() == {KULTUR, VAL}
    assert not [
        path for path, (_, body) in stamps(tmp_path / "public").items() if b"Hemliga" in body
    ]
    assert not [row for row in exported(tmp_path, Kind.CHANGE) if "Hemliga" in row["text"]]
    city.pages[NOTICE_BOARD] = page(TWO, [permit(3)])
    look(tmp_path, city, NEXT[1])
    assert len(notices(tmp_path)) == 3


@pytest.mark.slow
def test_what_came_down_while_the_store_was_lost_comes_down(
    city: ModelCity, tmp_path: Path
) -> None:
    """A new store knows from the published data what hung there: nobody's name stays for ever."""
    city.pages[NOTICE_BOARD] = page(TWO, [permit(1), permit(2)])
    look(tmp_path, city)
    (tmp_path / "kallelse.db").unlink()
    city.pages[NOTICE_BOARD] = page(TWO[:1], [permit(2)])
    look(tmp_path, city, NEXT[0])
    found = notices(tmp_path)
    assert found[VAL]["withdrawn"] is True
    assert [row["title"] for row in found.values() if "Hemliga" in row["title"]] == [
        "Bygglov Hemliga 2"
    ]
    for _, body in stamps(tmp_path / "public").values():
        assert b"Hemliga 1" not in body


FAULTS: Final = {
    "a server error": Fault(status=500),
    "a page that is gone": Fault(status=404),
    "a page for maintenance": Fault(body=WALL),
    "a page cut short by nobody knows whom": Fault(body=page(TWO).replace(b"</body>", b"")[:-20]),
    "headings over nothing": Fault(body=page([])),
    "an empty body": Fault(body=b""),
}


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_board_that_was_not_read_takes_nothing_down(
    fault: Fault, city: ModelCity, tmp_path: Path
) -> None:
    """The source is told as failing, and what hung there hangs."""
    city.pages[NOTICE_BOARD] = page(TWO, [permit(1)])
    look(tmp_path, city)
    before = notices(tmp_path)
    city.faults[NOTICE_BOARD] = fault
    report = look(tmp_path, city, NEXT[0])
    assert (source(report)[0], report.changes) == (False, ())
    assert notices(tmp_path) == before


@pytest.mark.slow
def test_a_board_that_robots_txt_forbids_takes_nothing_down(
    city: ModelCity, tmp_path: Path
) -> None:
    """It is left alone, and noted."""
    city.pages[NOTICE_BOARD] = page(TWO)
    look(tmp_path, city)
    before = notices(tmp_path)
    city.robots = Robots(text=f"User-agent: *\nDisallow: {NOTICE_BOARD}\n")
    report = look(tmp_path, city, NEXT[2])
    assert report.changes == ()
    assert len(city.asked(NOTICE_BOARD)) == 1
    assert notices(tmp_path) == before


@pytest.mark.slow
def test_a_notices_own_page_takes_nothing_down(
    truth: Truth, city: ModelCity, tmp_path: Path
) -> None:
    """It may answer 404 while the board still shows the item."""
    look(tmp_path, city)
    before = notices(tmp_path)
    city.faults[str(truth.notices[0].path)] = Fault(status=404)
    report = look(tmp_path, city, NEXT[0])
    assert (source(report)[0], report.changes) == (True, ())
    assert notices(tmp_path) == before


@pytest.mark.slow
def test_a_board_that_goes_on_elsewhere_takes_nothing_down(city: ModelCity, tmp_path: Path) -> None:
    """What it lacks may hang on its second page; once it is whole again it counts."""
    city.pages[NOTICE_BOARD] = page(TWO)
    look(tmp_path, city)
    city.pages[NOTICE_BOARD] = page(TWO[:1], more="<p>Visa fler</p>")
    assert look(tmp_path, city, NEXT[0]).changes == ()
    assert len(notices(tmp_path)) == 2
    city.pages[NOTICE_BOARD] = page(TWO[:1])
    assert [change.record for change in look(tmp_path, city, NEXT[1]).changes] == [VAL]


@pytest.mark.slow
def test_a_last_day_is_told_when_the_day_of_posting_has_come(
    city: ModelCity, tmp_path: Path
) -> None:
    """Though the page is as it was: a day of posting ahead was no day yet."""
    city.pages[NOTICE_BOARD] = page([minutes("Kulturnämnden", posted="2026-11-25"), TWO[1]])
    look(tmp_path, city)
    look(tmp_path, city, NEXT[0])
    row = notices(tmp_path)[KULTUR]
    assert (row["appeal_deadline"], row["problems"][0]["code"]) == (None, "appeal-posted-ahead")
    report = look(tmp_path, city, NEXT[1])
    row = notices(tmp_path)[KULTUR]
    assert (row["appeal_deadline"], row["problems"]) == ("2026-12-16", [])
    assert [change.record for change in report.changes] == [KULTUR]
    assert look(tmp_path, city, NEXT[2]).changes == ()


@pytest.mark.slow
def test_an_item_that_nothing_tells_apart_is_counted(city: ModelCity, tmp_path: Path) -> None:
    """It is no record, and a person is told."""
    lost = "<h3><a href='/kommunochpolitik'>Protokoll</a></h3><p>Protokollet justerades: x</p>"
    city.pages[NOTICE_BOARD] = page([*TWO, lost])
    report = look(tmp_path, city)
    assert len(notices(tmp_path)) == 2
    assert any(text.startswith("1 notices have neither page") for text in report.run.problems)


@pytest.mark.slow
def test_a_dry_run_remembers_nothing_of_the_board(city: ModelCity, tmp_path: Path) -> None:
    """The next run finds it as new."""
    city.pages[NOTICE_BOARD] = page(TWO)
    assert len(look(tmp_path, city, dry_run=True).changes) == 2
    assert len(look(tmp_path, city, LATER).changes) == 2


@pytest.mark.slow
def test_announced_meetings_lead_to_their_pages(
    truth: Truth, city: ModelCity, tmp_path: Path
) -> None:
    """The board makes no meeting of its own: its page does, and its notice is another record."""
    look(tmp_path, city)
    ids = {row["id"] for row in exported(tmp_path, Kind.MEETING)}
    announced = {f"boras:{each.meeting.node}" for each in truth.announcements}
    assert announced
    assert announced <= ids
    assert not ids & notices(tmp_path).keys()
    assert exported(tmp_path, Kind.NEWS) == []
