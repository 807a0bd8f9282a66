"""How often a page is asked for again: what is coming always, what is over less and less."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, TypeAlias

from records.state import Link, PageState

OLDER: Final = "news-older"
"""The kind of the pages of the news list that follow the newest."""

ROTA: Final = 14
"""In how many days the whole archive is asked for, a part of it on each."""

OFTEN: Final = timedelta(hours=3, minutes=45)
"""How long what may change any day is left: a little under the four hours of a timetable."""

LEADING: Final = frozenset(
    {"start", "hub", "committee", "calendar", "listing", "news-list", "board"}
)
"""The kinds of page that lead to others, or list what has no page: asked for in each run."""

_DAY: Final = re.compile(r"sammantrade(\d{4})(\d\d)(\d\d)")
_MINUTES: Final = timedelta(days=90)  # who has not published minutes by then is not about to
_FRESH: Final = timedelta(days=14)  # an article or notice changes within these, if ever


class Depth(StrEnum):
    """How much one run asks for, from little to everything."""

    LIGHT = "light"  # lists, what is coming, what may change any day
    DUE = "due"  # and the day's share of the archive
    FULL = "full"  # and every other page that lists lead to


Settled: TypeAlias = Callable[[PageState], bool]
"""Says of a page whether what it tells of has come to its end, as a meeting by its minutes."""


def unsettled(_: PageState) -> bool:
    """Know of nothing that it has come to its end."""
    return False


def due(
    link: Link,
    state: PageState,
    now: datetime,
    *,
    depth: Depth = Depth.DUE,
    settled: Settled = unsettled,
) -> bool:
    """Tell whether a page that was met before is asked for again in this run.

    Lists and what is coming always; a past meeting every few hours until it is settled, an article
    or notice for two weeks; all else on one day in a fortnight, which is the page's own.
    """
    unknown = state.fetched is None and not state.gone
    if depth is Depth.FULL or link.kind in LEADING or link.kind == "feed" or unknown:
        return True
    held = day_of(link.url)
    if held and held >= now.date():
        return True
    if _may_change(link.kind, held, state, now):
        if now - state.checked < OFTEN:
            return False
        if not settled(state):
            return True
    return depth is Depth.DUE and _turn(state, now)


def day_of(url: str) -> date | None:
    """Give the day that the address of a meeting's page names; None where it names none."""
    named = _DAY.search(url)
    try:
        return date(*(int(part) for part in named.groups())) if named else None
    except ValueError:  # a slip of the pen, such as the thirteenth month
        return None


def in_question(state: PageState, now: datetime) -> bool:
    """Tell whether `due` may want to know of a page if it is settled: of most it does not."""
    waits = now - state.checked >= OFTEN
    return waits and _may_change(state.kind, day_of(state.url), state, now)


def _may_change(kind: str, held: date | None, state: PageState, now: datetime) -> bool:
    if kind == OLDER:
        return False
    if held:
        return now.date() - held <= _MINUTES
    return state.fetched is not None and now - state.fetched <= _FRESH


def _turn(state: PageState, now: datetime) -> bool:
    """Tell whether the page's day has come since it was asked last.

    The day is drawn from the page's name, so that what was found in one day, as the whole city is
    by the first run, is not all asked for on one day again. A day that was missed is made up for.
    """
    drawn = int.from_bytes(hashlib.sha256(state.key.encode()).digest()[:4])
    today = now.date().toordinal()
    last = today - (today - drawn) % ROTA
    return state.checked.astimezone(now.tzinfo).date().toordinal() < last
