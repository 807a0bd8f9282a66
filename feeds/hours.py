"""When a meeting is shown to begin and end, and what of that is ours and not the city's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from feeds import phrases
from records.model import ZONE, Meeting, When

LENGTH: Final = timedelta(hours=3)
"""How long a meeting is shown where the city gives no end."""

LAST_HOUR: Final = time(17)
"""When a meeting over several days is shown to end where the city gives only the last day."""

_OURS_DAY: Final = f"{phrases.UNKNOWN_HOUR.capitalize()}: kalendern visar hela dagen."
_OURS_END: Final = "Sluttid ej angiven av kommunen; tre timmar är Kallelses antagande."
_OURS_LAST_DAY: Final = (
    "Sluttid ej angiven av kommunen;"
    f" till kl. {LAST_HOUR:%H.%M} sista dagen är Kallelses antagande."
)
_NIGHT: Final = timedelta(hours=12)  # who sits longer sits on two days, and not past midnight


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Start and exclusive end as they are written, and a sentence on what of them is ours."""

    start: When
    end: When
    ours: str


def hours(meeting: Meeting) -> Hours:
    """Give when a meeting is shown; two days are one event, from the first to the last."""
    start, end = meeting.start, meeting.end
    if not isinstance(start, datetime):
        last = max(start, phrases.day_of(end or start))
        return Hours(start=start, end=last + timedelta(days=1), ours=_OURS_DAY)
    if isinstance(end, datetime):
        if end > start:
            return Hours(start=_spoken(start), end=_spoken(end), ours="")
    elif end and end > phrases.day_of(start):
        shown = datetime.combine(end, LAST_HOUR, ZONE)
        return Hours(start=_spoken(start), end=_spoken(shown), ours=_OURS_LAST_DAY)
    shown = start.astimezone(UTC) + LENGTH
    return Hours(start=_spoken(start), end=_spoken(shown), ours=_OURS_END)


def last_day(meeting: Meeting) -> When | None:
    """Give the last day of a meeting over several; None where it is over on its first."""
    start, end = meeting.start, meeting.end
    if end is None or phrases.day_of(end) <= phrases.day_of(start):
        return None
    timed = isinstance(end, datetime) and isinstance(start, datetime)
    return None if timed and end - start <= _NIGHT else phrases.day_of(end)


def _spoken(moment: datetime) -> datetime:
    """Give the moment in the city's zone, or in UTC where the city's clock tells it twice.

    Of the hour that October repeats a local form means the first (3.3.5), but ical.js, which reads
    for Thunderbird, takes it for the second.
    """
    local = moment.astimezone(UTC).astimezone(ZONE)
    twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return local.astimezone(UTC) if twice else local
