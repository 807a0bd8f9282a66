"""A meeting stays one, under its id, whatever the city does with its rows and pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from five import PAGED, PLAIN, ROWS, city, kinds, later, statuses, without
from runs import LATER
from tiny import Row, Tiny, tiny

__all__ = ["city"]


@pytest.mark.slow
def test_a_page_that_the_city_makes_anew_is_the_same_meeting(city: Tiny) -> None:
    """The old one is gone, the new one has its committee and hour; it keeps id and UID."""
    before = [(row["id"], row["uid"], row["sequence"]) for row in city.meetings()]
    new = replace(PAGED, node="9f8e7d6c5b4a")
    for hours, row in enumerate((new, new, replace(new, clock="15.00"))):
        city.show((row, *without(PAGED)))
        city.run(later(hours=hours + 1))
        assert set(statuses(city).values()) == {"confirmed"}
        assert [row["id"] for row in city.meetings()] == [name for name, _, _ in before]
    assert kinds(city) == ["moved"]


@pytest.mark.slow
def test_a_page_that_comes_back_beside_the_one_in_its_place_is_no_third(city: Tiny) -> None:
    """With the same hour it is a copy; with another it is a meeting of its own again."""
    new = replace(PAGED, node="9f8e7d6c5b4a")
    city.show((new, *without(PAGED)))
    city.run(later(hours=1))
    city.show((new, *without(PAGED)), (PAGED, *without(PAGED)))
    city.run(later(hours=2))
    assert (len(city.meetings()), kinds(city)) == (5, [])
    two = (new, replace(PAGED, day="2026-12-11"), *without(PAGED))
    for hours in (3, 4):
        city.show(two)
        city.run(later(hours=hours))
        found = {row["id"]: row["start"][:10] for row in city.meetings()}
        assert found["boras:1a2b3c4d5e6f"] == "2026-12-11"
        assert found["boras:9f8e7d6c5b4a"] == PAGED.day
    assert len(city.meetings()) == 6


@pytest.mark.slow
def test_of_two_meetings_of_a_day_each_keeps_its_id(tmp_path: Path) -> None:
    """The earlier is added last, and later goes: the other is neither moved nor missing."""
    early, late = Row(day="2026-12-03", clock="09.00"), Row(day="2026-12-03", clock="14.00")
    more = Row(day="2027-01-11")
    with tiny(tmp_path) as city:
        for rows in ((late, more), (early, late, more), (late, more)):
            city.show(rows)
            city.run(later(hours=len(city.model.requests)))
        ids = {row["start"][11:16]: (row["id"], row["status"]) for row in city.meetings()[:2]}
        assert ids["14:00"] == ("boras:kommunstyrelsen-20261203", "confirmed")
        assert ids["09:00"] == ("boras:kommunstyrelsen-20261203-2", "missing")
        assert kinds(city) == ["missing"]


@pytest.mark.slow
@pytest.mark.parametrize("paged", [True, False], ids=["pages", "hours"])
def test_two_meetings_of_a_day_do_not_change_places(tmp_path: Path, *, paged: bool) -> None:
    """The earlier was added last; both get their pages, or other hours, between two looks."""
    early, late = Row(day="2026-12-03", clock="09.00"), Row(day="2026-12-03", clock="14.00")
    if paged:
        then = (replace(early, node="1a2b3c4d5e6f"), replace(late, node="2b3c4d5e6f7a"))
    else:
        then = (replace(early, clock="10.00"), replace(late, clock="15.00"))
    with tiny(tmp_path) as city:
        for hours, rows in enumerate(((late,), (early, late), then)):
            city.show(rows)
            city.run(later(hours=hours))
        first, second = city.meetings()
        assert first["id"] == "boras:kommunstyrelsen-20261203-2"
        assert second["id"] == "boras:kommunstyrelsen-20261203"
        assert kinds(city) == [] if paged else ["moved", "moved"]


@pytest.mark.slow
def test_a_lost_store_keeps_apart_what_was_moved_to_one_day(city: Tiny) -> None:
    """Each is found again by a key of its own: none is doubled, none goes missing."""
    new = replace(PLAIN, day="2027-01-11", note="Flyttat från 3 december")
    city.show((new, *without(PLAIN)))
    city.run(LATER)
    before = [(row["id"], row["start"], row["status"]) for row in city.meetings()]
    told = city.changes()
    (city.folder / "kallelse.db").unlink()
    for days in (1, 2):
        city.run(later(days=days))
        assert city.changes() == told
        assert [(row["id"], row["start"], row["status"]) for row in city.meetings()] == before


def test_a_row_that_remarks_which_day_it_left_is_moved_and_told_once(city: Tiny) -> None:
    """«Flyttat från 3 december»: one meeting, confirmed at its new day, and nothing is missing."""
    new = replace(PLAIN, day="2026-12-17", note="Flyttat från 3 december")
    (before,) = [row["id"] for row in city.meetings() if row["start"][:10] == PLAIN.day]
    for hours, listing in enumerate((ROWS, (new, *without(PLAIN)), without(PLAIN))):
        city.show((new, *without(PLAIN)), listing)
        city.run(later(hours=hours + 1))
        (found,) = [row for row in city.meetings() if row["id"] == before]
        assert (found["start"][:10], found["status"]) == ("2026-12-17", "confirmed")
    assert (kinds(city), len(city.meetings())) == (["moved"], 5)
