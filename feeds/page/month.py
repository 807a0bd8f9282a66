"""The calendar pages: a month as a table of weeks, with every meeting on each of its days."""

from __future__ import annotations

from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from feeds import phrases
from feeds.edition import by_name
from feeds.page.site import Row, Site, last_day
from records.model import Meeting

FOLDER: Final = "kalender/"

_LONGEST: Final = 14
"""Over how many days a meeting is shown at most: a wrong end shall not fill the year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of a month's table; `inside` says that it is of that month."""

    iso: str
    number: int
    words: str
    inside: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthView:
    """All that a month's page shows; weeks by their number in the year."""

    title: str
    iso: str
    weekdays: tuple[tuple[str, str], ...]
    weeks: tuple[tuple[int, tuple[Day, ...]], ...]
    bodies: tuple[tuple[str, str], ...]
    before: tuple[str, str] | None
    after: tuple[str, str] | None
    empty: bool


def months(site: Site) -> Iterator[tuple[str, MonthView]]:
    """Give the months of every year with a meeting, this one and the next, by folder; now twice.

    Whole years: a month that loses its last meeting is shown without it, and not as it was.
    """
    held = _by_day(site)
    this = site.edition.today.replace(day=1)
    years = {day.year for day in held} | {this.year, this.year + 1}
    every = [date(year, month, 1) for year in sorted(years) for month in range(1, 13)]
    for number, month in enumerate(every):
        made = _view(
            site,
            month,
            held,
            every[number - 1] if number else None,
            every[number + 1] if number + 1 < len(every) else None,
        )
        yield _folder(site, month), made
        if month == this:
            yield site.page(FOLDER), made


def _by_day(site: Site) -> Mapping[date, list[Row]]:
    found: dict[date, list[Row]] = defaultdict(list)
    for meeting in site.meetings:
        for day in _days(meeting):
            found[day].append(site.row(meeting))
    return found


def _days(meeting: Meeting) -> Iterator[date]:
    first = phrases.day_of(meeting.start)
    for number in range(min((last_day(meeting) - first).days, _LONGEST) + 1):
        yield first + timedelta(days=number)


def _view(
    site: Site,
    month: date,
    held: Mapping[date, list[Row]],
    before: date | None,
    after: date | None,
) -> MonthView:
    speech = site.language
    weeks = Calendar().monthdatescalendar(month.year, month.month)
    inside = [day for week in weeks for day in week if day.month == month.month]
    bodies = by_name(site.names[slug] for slug in {one.committee for one in site.meetings})
    return MonthView(
        title=speech.month(month),
        iso=f"{month:%Y-%m}",
        weekdays=tuple((speech.short_weekday(day), speech.long_weekday(day)) for day in weeks[0]),
        weeks=tuple(
            (
                week[0].isocalendar().week,
                tuple(
                    Day(
                        iso=day.isoformat(),
                        number=day.day,
                        words=speech.weekday(day),
                        inside=day.month == month.month,
                        rows=tuple(held.get(day, ())) if day.month == month.month else (),
                    )
                    for day in week
                ),
            )
            for week in weeks
        ),
        bodies=tuple((one.slug, site.name(one.slug)) for one in bodies),
        before=(_folder(site, before), speech.month(before)) if before else None,
        after=(_folder(site, after), speech.month(after)) if after else None,
        empty=not any(held.get(day) for day in inside),
    )


def _folder(site: Site, month: date) -> str:
    return site.page(f"{FOLDER}{month:%Y-%m}/")
