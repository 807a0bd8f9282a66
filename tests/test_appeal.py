"""The last day to appeal is never a day off, never too early, and told only where it is certain."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.model import Problem
from records.terms import Classification
from scraper.appeal import AHEAD, deadline, last_day

DAYS: Final = st.dates(date(1990, 1, 1), date(2099, 11, 30))
SPAN: Final = timedelta(weeks=3)
POSTED: Final = date(2026, 11, 12)
FACTS: Final = {
    "held": date(2026, 11, 2),
    "adjusted": POSTED,
    "posted": POSTED,
    "today": date(2026, 11, 23),
}


@pytest.mark.parametrize(
    ("posted", "last"),
    [
        ("2026-11-12", "2026-12-03"),  # an ordinary Thursday
        ("2019-12-03", "2019-12-27"),  # Christmas Eve and both days after it
        ("2026-12-10", "2027-01-04"),  # New Year's Eve and Day, a weekend
        ("2026-05-29", "2026-06-22"),  # Midsummer's Eve, a weekend
        ("2026-03-13", "2026-04-07"),  # Good Friday to Easter Monday
        ("2026-12-16", "2027-01-07"),  # Epiphany
        ("2026-04-10", "2026-05-04"),  # May Day, a weekend
        ("2026-04-23", "2026-05-15"),  # Ascension Day; the Friday after it is a weekday
        ("2025-05-16", "2025-06-09"),  # the National Day; Whit Monday is none since 2005
        ("2004-05-10", "2004-06-01"),  # it was one until 2004
        ("2026-11-01", "2026-11-23"),  # a Sunday gives a Sunday
        ("2026-10-10", "2026-11-02"),  # All Saints' Day is a Saturday
    ],
)
def test_three_weeks_or_the_next_weekday(posted: str, last: str) -> None:
    """Kommunallagen 13 kap. and lag 1930:173, counted by hand."""
    assert last_day(date.fromisoformat(posted)) == date.fromisoformat(last)


@given(posted=DAYS)
def test_it_is_a_weekday_within_reach_of_three_weeks(posted: date) -> None:
    """Never before three weeks, and never more than the longest row of days off after them."""
    last = last_day(posted)
    assert last.weekday() < 5
    assert SPAN <= last - posted <= SPAN + timedelta(days=5)


@given(year=st.integers(1990, 2099), ago=st.integers(0, 30))
def test_it_is_never_a_day_that_everybody_has_off(year: int, ago: int) -> None:
    """The days that have one date each year, and Midsummer's Eve, as the almanac has them."""
    fixed = {(1, 1), (1, 6), (5, 1), (12, 24), (12, 25), (12, 26), (12, 31)}
    eve = next(date(year, 6, day) for day in range(19, 26) if date(year, 6, day).weekday() == 4)
    for free in (eve, *(date(year, month, day) for month, day in fixed)):
        last = last_day(free - SPAN - timedelta(days=ago))
        assert (last.month, last.day) not in fixed
        assert last != eve


@given(first=DAYS, later=DAYS)
def test_what_is_posted_later_can_be_appealed_no_shorter(first: date, later: date) -> None:
    """The order of postings is the order of last days."""
    assert (last_day(first) <= last_day(later)) or first > later


@pytest.mark.parametrize(
    ("body", "facts", "code"),
    [
        *((kind, {}, "appeal-body") for kind in ("company", "authority", "audit", "other")),
        ("subcommittee", {}, "appeal-body"),
        (None, {}, "appeal-body"),
        ("board", {"posted": None}, "appeal-posted-unknown"),
        ("board", {"adjusted": None}, "appeal-adjusted-unknown"),
        ("board", {"posted": None, "adjusted": None}, "appeal-posted-unknown"),
        ("board", {"posted": date(2026, 11, 11)}, "appeal-posted-early"),
        (
            "board",
            {"adjusted": date(2026, 10, 1), "held": date(2026, 11, 13)},
            "appeal-posted-early",
        ),
        ("board", {"today": date(2026, 11, 11)}, AHEAD),
    ],
)
def test_where_it_is_not_certain_it_is_not_told(
    body: str | None, facts: dict[str, Any], code: str
) -> None:
    """The reason stands in its place."""
    found = deadline(Classification(body) if body else None, **(FACTS | facts))
    assert isinstance(found, Problem)
    assert found.code == code


@pytest.mark.parametrize("body", ["council", "board", "committee"])
@pytest.mark.parametrize(
    "facts", [{}, {"held": None}, {"today": POSTED}, {"adjusted": date(2026, 10, 1)}]
)
def test_the_citys_own_bodies_have_one(body: str, facts: dict[str, Any]) -> None:
    """It hangs on the day of posting alone; a wrong day of adjustment before it changes nothing."""
    assert deadline(Classification(body), **(FACTS | facts)) == date(2026, 12, 3)
