"""A tiny city with five meetings to come, and what tests ask of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from runs import MORNING
from tiny import Row, Tiny, tiny

PAGED: Final = Row(day="2026-12-10", node="1a2b3c4d5e6f")
PLAIN: Final = Row(day="2026-12-03", clock="09.00")
ROWS: Final = (PLAIN, PAGED, *(Row(day=f"2027-01-{day}") for day in (11, 18, 25)))
FIVE: Final = {"2026-12-03", "2026-12-10", "2027-01-11", "2027-01-18", "2027-01-25"}


@pytest.fixture
def city(tmp_path: Path) -> Iterator[Tiny]:
    """Give a city that was read once with five meetings to come."""
    with tiny(tmp_path) as made:
        made.show(ROWS)
        assert made.run().exit == 0
        yield made


def later(days: int = 0, hours: int = 1) -> str:
    """Give a moment after `MORNING`."""
    moved = datetime.fromisoformat(MORNING) + timedelta(days=days, hours=hours)
    return f"{moved:%Y-%m-%dT%H:%M}"


def without(*rows: Row) -> tuple[Row, ...]:
    """Give the rows but these."""
    return tuple(row for row in ROWS if row not in rows)


def statuses(city: Tiny) -> dict[str, str]:
    """Give each meeting's status by its day."""
    return {row["start"][:10]: row["status"] for row in city.meetings()}


def kinds(city: Tiny) -> list[str]:
    """Give what happened since the first run."""
    return [change["kind"] for change in city.changes() if change["kind"] != "new"]
