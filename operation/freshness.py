"""Which sources have not been read for too long, by the timetable that they are read by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from operation.crontab import NEVER, after
from operation.settings import Timetable
from records.state import SourceState

_FORTNIGHT: Final = timedelta(days=14)
_STARTS: Final = 3  # at least so many, where the timetable is slower than a fortnight
_RUN: Final = timedelta(minutes=15)  # what a run itself may take


def stale(
    states: Sequence[SourceState], timetable: Timetable, now: datetime
) -> tuple[SourceState, ...]:
    """Give the sources that were not read well for more than twice the interval of light runs.

    By two runs that did not come or were not good, so that a night without runs alarms nobody. What
    was read at a moment that is yet to come is as wrong: by that clock nothing is ever due again.
    """
    return tuple(state for state in states if _stale(state.last_good, timetable, now))


def _stale(good: datetime | None, timetable: Timetable, now: datetime) -> bool:
    if good is None or good - now > _RUN:
        return True
    first = after(timetable.cron, good)
    second = after(timetable.cron, first)
    expected = max(second, good.astimezone(UTC) + 2 * (second - first))
    return now - expected > timedelta(seconds=timetable.jitter) + _RUN


def interval(cron: str, now: datetime) -> timedelta:
    """Give the longest time between two runs by a timetable, in the fortnight after `now`.

    A timetable that rests at night or at weekends lets what it publishes grow as old.
    """
    before, widest, count = after(cron, now), timedelta(), 1
    while before < now + _FORTNIGHT or count < _STARTS:
        following = after(cron, before)
        if following == NEVER:
            break
        widest, before, count = max(widest, following - before), following, count + 1
    return widest
