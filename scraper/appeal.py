"""The last day on which a decision of the city's own bodies can be appealed: our sum, not its word.

Adjusted minutes can be appealed within three weeks of the day on which the city's notice board said
that they were adjusted (kommunallagen 2017:725, 13 kap. 5 §). A last day that falls on a Saturday,
a Sunday, a public holiday, or the eve of Midsummer, Christmas or New Year, is the next weekday that
is none of these (lag 1930:173 om beräkning av lagstadgad tid, 2 §).
"""

from __future__ import annotations

from collections.abc import Container
from datetime import date, timedelta
from functools import cache
from typing import Final

from records.model import Problem
from records.terms import Classification

BODIES: Final = frozenset({Classification.COUNCIL, Classification.BOARD, Classification.COMMITTEE})
"""Whose decisions are appealed in this way: no company, authority, audit or unknown body."""

AHEAD: Final = "appeal-posted-ahead"
"""The code that passes with time: the day of the notice had not come when the city was asked."""

_SPAN: Final = timedelta(weeks=3)
_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


@cache
def _free() -> Container[date]:
    """Give the days off, Saturdays and Sundays aside."""
    from holidays.countries.sweden import Sweden  # noqa: PLC0415 - it comes with every country's

    return Sweden(include_sundays=False, categories=("public", "de_facto"))


def last_day(posted: date) -> date:
    """Give the last day to appeal what was posted on a day."""
    day = posted + _SPAN
    while day.weekday() >= _SATURDAY or day in _free():
        day += _DAY
    return day


def deadline(
    body: Classification | None,
    *,
    held: date | None,
    adjusted: date | None,
    posted: date | None,
    today: date,
) -> date | Problem:
    """Give the last day to appeal adjusted minutes, or why none can be told.

    `posted` is the day the city itself prints, never the one on which we first saw the notice;
    `today` is when the city last said so. A day of posting that cannot be right gives no last day.
    """
    if body not in BODIES:
        return _none("appeal-body", "organet är inte kommunens fullmäktige, styrelse eller nämnd")
    if posted is None or adjusted is None:
        missing = ("adjusted", "justerades") if posted else ("posted", "anslogs")
        return _none(f"appeal-{missing[0]}-unknown", f"det framgår inte när det {missing[1]}")
    earliest = max(adjusted, held or adjusted)
    if posted < earliest:
        return _none("appeal-posted-early", f"anslaget {posted}, före {earliest}")
    if posted > today:
        return _none(AHEAD, f"anslaget {posted}, läst {today}")
    return last_day(posted)


def _none(code: str, text: str) -> Problem:
    return Problem(code=code, text=f"ingen sista dag att överklaga: {text}")
