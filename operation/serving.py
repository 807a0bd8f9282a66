"""What the settings say of serving: how fresh things must be, and who is sent nothing packed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from feeds.answer import Serving
from operation.crontab import NEVER, after
from operation.settings import Settings

_FORTNIGHT: Final = timedelta(days=14)
_STARTS: Final = 3  # at least so many, where the timetable is slower than a fortnight


def serving(settings: Settings) -> Serving:
    """Give what the server needs to know."""
    return Serving(
        interval=interval(settings.timetable.cron, settings.moment),
        unpacked=settings.serve.unpacked,
    )


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
