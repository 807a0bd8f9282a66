"""The timetable: the hours that the settings name, in the city's zone, all year round."""

from __future__ import annotations

from datetime import datetime

import pytest

from operation.timetable import trigger
from records.model import ZONE


def runs(cron: str, start: datetime, number: int) -> list[str]:
    """Give the next starts of a crontab line."""
    made, at = trigger(cron, 0), start
    found = []
    for _ in range(number):
        following = made.get_next_fire_time(at, at)
        found.append(following.isoformat(timespec="minutes"))
        at = following.replace(second=1)
    return found


def test_weekday_names_mean_what_they_say() -> None:
    """Monday is Monday."""
    friday = datetime(2026, 11, 27, 12, tzinfo=ZONE)
    assert runs("5 7 * * mon", friday, 1) == ["2026-11-30T07:05+01:00"]


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (
            datetime(2026, 3, 29, 0, tzinfo=ZONE),
            ["00:23+01:00", "01:23+01:00", "03:23+02:00", "04:23+02:00"],
        ),
        (
            datetime(2026, 10, 25, 1, tzinfo=ZONE),
            ["01:23+02:00", "02:23+02:00", "02:23+01:00", "03:23+01:00"],
        ),
    ],
    ids=["spring", "autumn"],
)
def test_every_hour_runs_once_on_both_change_nights(start: datetime, expected: list[str]) -> None:
    """An hour that is not there is not run; one that comes twice is run twice."""
    assert [text[11:] for text in runs("23 * * * *", start, 4)] == expected
