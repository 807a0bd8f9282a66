"""From when a meeting was moved, read back from what was told of it."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Final

from records.model import ZONE, When
from records.schedule import new_start
from records.wording import month

_MOVED: Final = re.compile(
    r"Flyttat från (?:\w+ (?P<day>\d{1,2}) (?P<month>\w+)(?: (?P<year>\d{4}))?)?"
    r"(?:(?: kl\. |(?<=från ))(?P<hour>\d\d)\.(?P<minute>\d\d))? till "
)


def left(text: str, start: When) -> When | None:
    """Give when a meeting that now starts at `start` was to start before, by a change's Swedish.

    None where the change tells of no such move: it must be the one that led to `start`.
    """
    found = _MOVED.match(text)
    old = found and _moment(found, start)
    return old if old and new_start(old, start).sv == text else None


def _moment(found: re.Match[str], start: When) -> When | None:
    """Give the day and clock of a match; what it leaves out is as in `start`."""
    try:
        day = date(start.year, start.month, start.day)
        if found["day"]:
            day = date(int(found["year"] or start.year), month(found["month"]), int(found["day"]))
        if not found["hour"]:
            return day
        return datetime.combine(day, time(int(found["hour"]), int(found["minute"])), ZONE)
    except ValueError:  # 31 februari, 3 brumaire, kl. 25.00
        return None
