"""One meeting is in one calendar, whichever committees' lists lead to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest

from operation.explaining import explain
from operation.replaying import replay
from runs import LATER, MORNING, settings
from tiny import Row, Tiny, tiny
from tiny import city as tiny_city

NODE: Final = "1a2b3c4d5e6f"
PLAIN: Final = Row(day="2026-12-07")
PAGED: Final = replace(PLAIN, node=NODE)
OTHER: Final = "Kulturnämnden"
REST: Final = tuple(Row(day=f"2027-01-{day}") for day in (11, 18, 25))


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Tiny]:
    """Give a city that shows nothing yet."""
    with tiny(tmp_path) as made:
        yield made


def later(hours: int) -> str:
    """Give a moment so many hours after `MORNING`."""
    return f"2026-11-{23 + (9 + hours) // 24:02}T{(9 + hours) % 24:02}:00"


def known(city: Tiny) -> dict[str, tuple[str, str]]:
    """Give each meeting's day and committee by its id."""
    rows = city.meetings()
    return {row["id"]: (row["start"][:10], row["committee"]) for row in rows}


def kinds(city: Tiny) -> list[str]:
    """Give what happened since the first run."""
    return [change["kind"] for change in city.changes() if change["kind"] != "new"]


@pytest.mark.slow
def test_a_meeting_named_before_its_page_keeps_its_id_with_another_committee(city: Tiny) -> None:
    """First a row, then a page, then the other committee's: one entry in every calendar."""
    first = "boras:kommunstyrelsen-20261207"
    steps = (PLAIN, PAGED, replace(PAGED, body=OTHER), PAGED)
    for hours, row in enumerate(steps):
        city.show((row, *REST), REST if row.body == OTHER else None)
        city.run(later(hours))
        found = {name: it for name, it in known(city).items() if it[0] == PLAIN.day}
        assert list(found) == [first]
        assert found[first][1] == ("kulturnamnden" if row.body == OTHER else "kommunstyrelsen")
    assert {row["sequence"] for row in city.meetings()} == {0}


@pytest.mark.slow
def test_an_id_that_went_to_another_committee_is_given_to_no_other_meeting(city: Tiny) -> None:
    """The committee that had it sits on that day all the same."""
    for hours, row in enumerate((PLAIN, PAGED, replace(PAGED, body=OTHER))):
        rows = (row, *REST) if row.body != OTHER else (row, PLAIN, *REST)
        city.show(rows, [it for it in rows if it.body != OTHER])
        city.run(later(hours))
    found = {name: it[1] for name, it in known(city).items() if it[0] == PLAIN.day}
    assert found == {
        "boras:kommunstyrelsen-20261207": "kulturnamnden",
        "boras:kommunstyrelsen-20261207-2": "kommunstyrelsen",
    }


@pytest.mark.slow
@pytest.mark.parametrize("paged", [True, False], ids=["by its page", "by what it was"])
def test_two_lists_that_give_a_meeting_to_two_committees_do_not_make_it_flip(
    city: Tiny, *, paged: bool
) -> None:
    """Its own page decides, else it stays where it is; what the other says of it is not lost."""
    for hours in range(4):
        listed = replace(PAGED, place="Borgen" if hours % 2 else "Stadshuset")
        city.show((replace(listed, body=OTHER), *REST), (PAGED, *REST), pages=False)
        if paged:
            city.page(PAGED)
        city.run(later(hours))
        assert known(city)[f"boras:{NODE}"] == (PLAIN.day, "kommunstyrelsen")
    assert kinds(city) == []
    (found,) = [row for row in city.meetings() if row["id"] == f"boras:{NODE}"]
    problems = [it for it in found["problems"] if it["code"] == "committee-disagrees"]
    assert problems == [
        {"code": "committee-disagrees", "text": "Kommunstyrelsen är valt; calendar: Kulturnämnden"}
    ]


@pytest.mark.slow
def test_a_meeting_that_the_other_committees_list_still_shows_is_not_missing(city: Tiny) -> None:
    """Its page is gone, and its own committee's list without it."""
    city.show((replace(PAGED, body=OTHER), *REST), (PAGED, *REST), pages=False)
    city.page(PAGED)
    city.run(MORNING)
    city.show((replace(PAGED, body=OTHER), *REST), REST, pages=False)
    for day in (24, 25):
        city.run(f"2026-11-{day}T09:00")
    assert kinds(city) == []


@pytest.mark.slow
def test_a_page_made_anew_that_goes_to_another_committee_leaves_nothing_behind(city: Tiny) -> None:
    """The page that was deleted first still says what it said, and is nobody's meeting now."""
    new = replace(PAGED, node="9f8e7d6c5b4a")
    for hours, row in enumerate((PAGED, new, replace(new, body=OTHER), replace(new, body=OTHER))):
        city.show((row, *REST), REST if row.body == OTHER else None)
        city.run(later(hours))
    assert len(known(city)) == 4
    assert known(city)[f"boras:{NODE}"] == (PLAIN.day, "kulturnamnden")
    assert set(kinds(city)) == {"text"}  # whose it is, and its heading


@pytest.mark.slow
def test_a_meeting_that_was_with_another_committee_before_may_go_there_again(city: Tiny) -> None:
    """Also where its page was made anew in between: the old one says nothing against it."""
    new = replace(PAGED, node="9f8e7d6c5b4a")
    there, back = replace(PAGED, body=OTHER), replace(new, body=OTHER)
    for hours, row in enumerate((PAGED, there, PAGED, new, back, new)):
        city.show((row, *REST), REST if row.body == OTHER else None)
        city.run(later(hours))
        committee = "kulturnamnden" if row.body == OTHER else "kommunstyrelsen"
        assert known(city)[f"boras:{NODE}"] == (PLAIN.day, committee)
        assert len(known(city)) == 4


def paged_for_two(city: Tiny) -> None:
    """Show a row, and then its page, to which the lists of two committees lead."""
    city.show((PLAIN, *REST))
    city.run(MORNING)
    city.show((replace(PAGED, body=OTHER), *REST), (PAGED, *REST), pages=False)
    city.page(PAGED)
    city.run(LATER)


@pytest.mark.slow
def test_a_page_appears_for_a_meeting_that_two_lists_lead_to(city: Tiny) -> None:
    """It was known by its day before, and its key is found by whoever makes it next."""
    paged_for_two(city)
    assert next(iter(known(city))) == "boras:kommunstyrelsen-20261207"
    assert len(known(city)) == 4


@pytest.mark.slow
def test_explain_and_replay_read_such_a_meeting_as_an_update_does(city: Tiny) -> None:
    """Every list that leads to it is named, and nothing would be read otherwise."""
    paged_for_two(city)
    chosen = settings(city.folder, city.model.origin)
    explained = explain(chosen, "boras:kommunstyrelsen-20261207")
    assert len(explained.seen) == 3
    assert [it.records for it in replay(chosen, lambda _: tiny_city())] == [{}]
