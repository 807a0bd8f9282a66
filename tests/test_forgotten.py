"""What was taken down stays down, whatever name it could come back by and wherever it stood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from feeds import gone
from operation import forgetting
from records.errors import StoreError
from runs import settings
from tiny import Row, Tiny, tiny

WORD: Final = "Hemligrummet"
OTHER: Final = Row(day="2026-12-08", node="bbbbbbbbbbbb")


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Tiny]:
    """Give the city, which shows nothing yet."""
    with tiny(tmp_path) as served:
        yield served


def forget(town: Tiny, name: str, **more: Any) -> forgetting.Forgotten:  # noqa: ANN401 - any setting
    """Take a record down at noon of the day after the first runs."""
    chosen = settings(town.folder, town.model.origin, now="2026-11-24T12:00", **more)
    return forgetting.forget(chosen, f"boras:{name}")


def lose(town: Tiny) -> None:
    """Delete the store and what lies beside it."""
    for path in town.folder.glob("kallelse.db*"):
        path.unlink()


def ids(town: Tiny) -> list[str]:
    """Give the exported meetings, by their ids without the city."""
    return [row["id"].partition(":")[2] for row in town.meetings()]


def test_a_meeting_that_was_named_before_its_page_does_not_come_back_by_it(town: Tiny) -> None:
    """A new store would name it after its page: that name is forgotten as well."""
    row = Row(day="2026-12-01", place=WORD)
    town.show([row, OTHER])
    town.run("2026-11-23T09:00")
    town.show([replace(row, node="aaaaaaaaaaaa"), OTHER])
    town.run("2026-11-24T09:00")
    assert ids(town) == ["kommunstyrelsen-20261201", "bbbbbbbbbbbb"]
    forget(town, "kommunstyrelsen-20261201")
    lose(town)
    town.run("2026-11-25T09:00")
    assert ids(town) == ["bbbbbbbbbbbb"]
    assert WORD not in town.file("kommunstyrelsen.ics")


@pytest.mark.parametrize("lost", [False, True])
def test_a_meeting_that_loses_its_page_does_not_come_back_by_its_day(
    town: Tiny, *, lost: bool
) -> None:
    """A row without a link would be named after its day, in the same store or in a new one."""
    row = Row(day="2026-12-01", node="aaaaaaaaaaaa", place=WORD)
    town.show([row, OTHER])
    town.run("2026-11-24T09:00")
    forget(town, "aaaaaaaaaaaa")
    if lost:
        lose(town)
    town.show([replace(row, node=None), OTHER])
    town.run("2026-11-25T09:00")
    assert ids(town) == ["bbbbbbbbbbbb"]
    assert WORD not in town.file("kommunstyrelsen.ics")


def listed(town: Tiny) -> frozenset[str]:
    """Give what the server answers with 410."""
    return gone.names((town.folder / "public/gone.json").read_bytes())


@pytest.mark.slow
def test_files_that_nothing_fills_any_more_go_and_come_back_with_the_next_record(
    town: Tiny,
) -> None:
    """The only meeting of an old year leaves no calendar and no month; another makes them anew."""
    row = Row(day="2023-03-01", node="aaaaaaaaaaaa", place=WORD)
    year, month = "boras/kommunstyrelsen-2023.ics", "boras/kalender/2023-03/index.html"
    town.show([row, OTHER])
    town.run("2026-11-24T09:00", pages=True)
    public = town.folder / "public"
    assert WORD in (public / year).read_text(encoding="utf-8")
    found = forget(town, "aaaaaaaaaaaa", pages=True)
    assert {year, month, f"en/{month}"} <= {*found.removed} & listed(town)
    assert (found.left, found.others, (public / year).exists()) == ((), (), False)
    assert "Borttagen" in (public / month).read_text(encoding="utf-8")
    town.show([replace(row, day="2023-03-08", node="cccccccccccc"), OTHER])
    town.run("2026-11-25T09:00", pages=True)
    assert (public / year).exists()
    assert "Borttagen" not in (public / month).read_text(encoding="utf-8")
    assert not {year, month} & listed(town)
    assert "boras/moten/aaaaaaaaaaaa.ics" in listed(town)


def test_what_a_person_listed_stays_listed(town: Tiny) -> None:
    """A take-down lists more, and a run that publishes there takes nothing off the list."""
    row = Row(day="2026-12-01", node="aaaaaaaaaaaa")
    town.show([row, OTHER])
    town.run("2026-11-24T09:00")
    (town.folder / "public/gone.json").write_text('["/boras/alla.ics"]', encoding="utf-8")
    forget(town, "aaaaaaaaaaaa")
    town.show([replace(row, node="cccccccccccc"), OTHER])
    town.run("2026-11-25T09:00")
    assert "boras/alla.ics" in listed(town)


@pytest.mark.slow
def test_files_that_nothing_makes_any_more_are_named_where_it_stands_in_them(town: Tiny) -> None:
    """The feed of a watch that left the settings is nobody's: a person is told to delete it."""
    watch = [{"slug": "rum", "words": ["Kommunstyrelsen"]}]
    town.show([OTHER])
    town.run("2026-11-22T09:00", watch=watch)
    town.show([Row(day="2026-12-01", node="aaaaaaaaaaaa"), OTHER])
    town.run("2026-11-23T09:00", watch=watch)
    town.run("2026-11-24T09:00")
    stale = town.folder / "public/boras/bevakning/rum.rss"
    assert "aaaaaaaaaaaa" in stale.read_text(encoding="utf-8")
    found = forget(town, "aaaaaaaaaaaa")
    assert {*found.left} == {f"boras/bevakning/rum.{form}" for form in ("rss", "atom", "json")}
    assert "boras/bevakning/rum.rss still names it" in "".join(forgetting.sentences(found))
    for name in found.left:
        (town.folder / "public" / name).unlink()
    packed = forget(town, "aaaaaaaaaaaa")
    assert {*packed.left} == {f"{name}.gz" for name in found.left}


def test_nothing_is_adopted_while_a_line_of_what_was_taken_down_is_damaged(town: Tiny) -> None:
    """It would come back unannounced: the run ends with one sentence, and the files stand."""
    town.show([Row(day="2026-12-01", node="aaaaaaaaaaaa", place=WORD), OTHER])
    town.run("2026-11-24T09:00")
    forget(town, "aaaaaaaaaaaa")
    lose(town)
    path = town.folder / "public/boras/data/forgotten.jsonl"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole[:-10], encoding="utf-8")
    with pytest.raises(StoreError, match=r"forgotten\.jsonl are damaged \(1\)"):
        town.run("2026-11-25T09:00")
    assert WORD not in town.file("kommunstyrelsen.ics")
    path.write_text(whole, encoding="utf-8")
    town.run("2026-11-25T09:00")
    assert ids(town) == ["bbbbbbbbbbbb"]
