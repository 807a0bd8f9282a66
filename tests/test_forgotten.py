"""What was taken down stays down, whatever name it could come back by and wherever it stood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from operation import forgetting
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
