"""When the bodies meet: the council's known days, and each other body's rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from modelcity import draws
from modelcity.committees import BOARD, CITY_COMPANY, COUNCIL
from modelcity.model import Body, Rule
from modelcity.swedish import STOCKHOLM

_ANCHOR: Final = date(2025, 5, 5)  # a Monday on which Kommunstyrelsen met
_COUNCIL_DAYS: Final = {
    2024: "01-18 02-22 03-21 04-25 05-23 06-19 08-22 09-25 10-24 11-20 12-12",
    2025: "01-16 02-20 03-27 04-24 05-22 06-18 08-21 09-25 10-23 11-26 12-11",
    2026: "01-22 02-26 03-26 04-23 05-07 06-17 08-20 09-24 10-22 11-25 12-10",
}
_DEFAULT_COUNCIL: Final = ((1, 3), (2, 4), (3, 4), (4, 4), (5, 4), (8, 3), (9, 4), (10, 4), (12, 2))
_THURSDAY, _WEDNESDAY = 3, 2
_ANNUAL_REPORTS, _JULY, _BUDGET = 4, 7, 11
_DAY: Final = timedelta(days=1)


def moments(body: Body, year: int) -> list[datetime]:
    """Give the moments at which a body meets in a year, in order."""
    if body is COUNCIL:
        return [_at(day, _council_clock(day)) for day in _council_days(year)]
    days = _company_days(year) if body is CITY_COMPANY else _days(body.rule, year)
    found = [_at(day, _clock(body, day)) for day in days]
    if body is BOARD:  # twice on one day, in March and in September
        found += [_at(first, time(10)) for first in _first_of(days, (3, 9))]
    return sorted(found)


def two_days(body: Body, start: datetime) -> bool:
    """Say whether a meeting goes on the next day, as the council's budget meeting does."""
    return body is COUNCIL and start.month == _BUDGET


def _company_days(year: int) -> list[date]:
    """Give every other of the board's days: the company meets first, the board directly after."""
    return list(_days(BOARD.rule, year))[::2]


def _council_days(year: int) -> list[date]:
    if year in _COUNCIL_DAYS:
        return [date.fromisoformat(f"{year}-{day}") for day in _COUNCIL_DAYS[year].split()]
    days = [_nth(year, month, _THURSDAY, nth) for month, nth in _DEFAULT_COUNCIL]
    return sorted([*days, _nth(year, 6, _WEDNESDAY, 3), _nth(year, _BUDGET, _WEDNESDAY, 4)])


def _council_clock(day: date) -> time:
    return {_ANNUAL_REPORTS: time(13), _BUDGET: time(9)}.get(day.month, time(18))


def _clock(body: Body, day: date) -> time:
    others = body.rule.other_clocks
    if others and draws.seldom(4, body.name, day, "clock"):
        return draws.pick(others, body.name, day)
    return body.rule.clock


def _days(rule: Rule, year: int) -> list[date]:
    if rule.weeks is None:
        found = [_nth(year, month, rule.weekday, rule.nth) for month in rule.months]
    else:
        found = list(_every(rule, year))
    return [day for day in found if not _free(day)]


def _every(rule: Rule, year: int) -> Iterator[date]:
    step = timedelta(weeks=rule.weeks or 1)
    first = _ANCHOR + timedelta(days=rule.weekday)
    day = first + step * ((date(year, 1, 1) - first) // step + 1)
    while day.year == year:
        yield day
        day += step


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _first_of(days: list[date], months: tuple[int, ...]) -> list[date]:
    return [min(day for day in days if day.month == month) for month in months]


def _free(day: date) -> bool:
    """Say whether nobody meets: July, the turn of the year, and some holidays."""
    short = (day.month, day.day)
    holidays = {(5, 1), (6, 6)}
    turn = short >= (12, 21) or short <= (1, 8)
    return turn or short in holidays or day.month == _JULY or day in _easter_days(day.year)


def _easter_days(year: int) -> set[date]:
    """Give Good Friday, Easter Monday and Ascension Day (Gauss's rule, right from 1900 to 2099)."""
    moon = (19 * (year % 19) + 24) % 30
    week = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + 5) % 7
    late = (moon, week) in {(29, 6), (28, 6)}
    easter = date(year, 3, 22) + timedelta(days=moon + week - 7 * late)
    return {easter - 2 * _DAY, easter + _DAY, easter + 39 * _DAY}


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, STOCKHOLM)
