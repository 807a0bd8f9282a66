"""When a meeting is, by every signal that tells: each is read, one is trusted, none is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from records.errors import BadValue
from records.model import ZONE, Problem, When
from records.state import Seen
from scraper import statuses, wording
from scraper.raw import RawMeeting
from scraper.swedish import Clock, clocks, has_date, parse_moment

TRUST: Final = (
    "notice",
    "slug",
    "share name",
    "heading",
    "time",
    "summons",
    "calendar",
    "listing",
    "committee",
    "widget",
)
"""The order of trust. A notice that the meeting is moved outdoes all. The slug and the page's name
are made when the page is; `time` and the lists are what the city edits when a meeting moves: where
two of them agree against the names, they win.
"""

LIVING: Final = frozenset(TRUST) - {"slug", "share name", "heading"}
"""What the city edits when a meeting moves; names are made once, when the page is."""

_SLUG: Final = re.compile(
    r"sammantrade(\d{4})(\d\d)(\d\d)(?:(?:kl)?(\d\d)(\d\d))?[a-z]*\.\d+\.[0-9a-f]+\.html"
)
_CLOCK_ONLY: Final = re.compile(r"^\d\d?:\d\d(?::\d\d)?$")
_YEARS: Final = range(1900, 2200)  # others are slips, and the first and last have no instant
_ENOUGH: Final = 2  # living signals that outweigh the names
_NIGHT: Final = timedelta(hours=12)  # an end that is earlier by the clock is of the next morning


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one signal tells: a day, a clock time if it has one, an end if it has one."""

    signal: str
    day: date
    clock: time | None = None
    until: time | None = None
    last: date | None = None
    moved_from: date | None = None

    def agrees(self, other: Told) -> bool:
        """Tell whether both may be true: the same day, and no two different clock times."""
        same_clock = self.clock is None or other.clock is None or self.clock == other.clock
        return self.day == other.day and same_clock

    def __str__(self) -> str:
        clock = f" {self.clock:%H.%M}" if self.clock else ""
        return f"{self.signal}: {self.day}{clock}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """The start that was chosen, what else it tells, and what disagreed.

    `renewed`: a notice gives it, or what the city edits has left the day of the page's name.
    """

    start: When
    end: When | None
    signal: str
    moved_from: date | None
    problems: tuple[Problem, ...]
    renewed: bool = False


def told(raw: RawMeeting, seen: Seen) -> tuple[tuple[Told, ...], tuple[Problem, ...]]:
    """Give what every signal of one sighting tells, and a problem for each that cannot be read."""
    near = seen.since
    if raw.year:
        near = date(int(raw.year), 6, 30)  # any day of that year is closer than the years beside
    found: list[Told] = []
    problems: list[Problem] = []
    for signal, phrase, stamps in _phrases(raw):
        try:
            found.append(reading(signal, phrase, stamps, near))
        except BadValue:
            problems.append(Problem(code="unread-date", text=f"{signal}: {phrase or stamps}"))
    found += _in_notices(raw, found, near)
    return tuple(found), tuple(problems)


def _in_notices(raw: RawMeeting, found: Sequence[Told], near: date) -> Iterator[Told]:
    """Give the day and hour that a notice names as new, and those of a summons.

    A new hour alone is that of the day which the page tells otherwise.
    """
    notices = (*raw.intro, *raw.notes)
    own = found[0].day if found else None
    moved = statuses.new_time(notices, own)
    summons = next((text for text in statuses.sentences(notices) if wording.dated(text)), None)
    for signal, phrase in (("notice", moved.value if moved else None), ("summons", summons)):
        if phrase is None:
            continue
        days = [one.day for one in found]
        with suppress(BadValue):  # a sentence is no field: what else it holds is no problem
            if has_date(phrase):
                yield reading(signal, phrase, (), days[0] if days else near)
            elif days:
                yield Told(signal=signal, day=days[0], clock=clocks(phrase)[0].at)


def reading(signal: str, phrase: str, stamps: tuple[str, ...], near: date) -> Told:
    """Give what one signal tells by its words and machine-readable values; `near` fixes a year.

    Raises `BadValue` where they cannot be read, or do not agree, and for a day so far off that it
    can only be a slip of the pen.
    """
    tells = _read(signal, phrase, stamps, near)
    if tells.day.year not in _YEARS:
        raise BadValue("date", phrase)
    return tells


def _phrases(raw: RawMeeting) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    slug = _SLUG.search(raw.url or "")
    if slug:
        year, month, day, hour, minute = slug.groups()
        clock = f" {hour}:{minute}" if hour else ""
        yield "slug", f"{year}-{month}-{day}{clock}", ()
    own = raw.where == "page"
    for signal, text in (("share name", raw.share_name), ("heading", raw.heading)):
        if own and text and has_date(text):
            yield signal, _after_comma(text), ()
    if raw.time or raw.stamps:
        yield ("time" if own else raw.where), raw.time or raw.row or "", raw.stamps
    elif raw.row and has_date(raw.row):
        yield raw.where, raw.row, ()


def _after_comma(name: str) -> str:
    """Give the dated part of «Kulturnämnden, sammanträde 2020-06-08 13.00, digitalt möte»."""
    return next((part for part in name.split(",") if has_date(part)), name)


def _read(signal: str, phrase: str, stamps: tuple[str, ...], near: date) -> Told:
    """Read machine-readable values first, then the words; what they share must agree."""
    days, times = _stamped(stamps)
    if not days:
        return _in_words(signal, phrase, near)
    if len(set(days)) > 1:
        raise BadValue("date", phrase)
    spoken = clocks(phrase)
    both = [clock for clock in spoken if clock.at in times]
    own = next(iter(both), None) or _own_clock(phrase, spoken)
    clock = own.at if own else next(iter(times), None)
    if has_date(phrase):
        worded = _in_words(signal, phrase, days[0])
        if worded.day != days[0]:
            raise BadValue("date", f"{phrase} ({', '.join(stamps)})")
        return replace(worded, clock=clock)
    return Told(signal=signal, day=days[0], clock=clock, until=own.until if own else None)


def _in_words(signal: str, phrase: str, near: date) -> Told:
    moment = parse_moment(phrase, near=near)
    first = _own_clock(phrase, moment.clocks)
    return Told(
        signal=signal,
        day=moment.day,
        clock=first.at if first else None,
        until=first.until if first else None,
        last=moment.last,
        moved_from=moment.moved_from,
    )


def _own_clock(phrase: str, told: Sequence[Clock]) -> Clock | None:
    """Give the meeting's own clock of several: that behind the word, or else the first."""
    lowered = phrase.lower()
    meeting = lowered.rfind("sammanträd")
    after = [clock for clock in told if lowered.find(clock.words) > meeting >= 0]
    return next(iter(after or told), None)


def _stamped(stamps: Sequence[str]) -> tuple[list[date], list[time]]:
    """Give days and clock times of `datetime` values; midnight that nobody wrote out is no time."""
    days, times = [], []
    for stamp in stamps:
        try:
            if _CLOCK_ONLY.match(stamp):
                times.append(time.fromisoformat(stamp))
                continue
            moment = datetime.fromisoformat(stamp)
            local = moment.astimezone(ZONE) if moment.tzinfo else moment
        except (OverflowError, ValueError) as error:
            raise BadValue("date", stamp) from error
        days.append(local.date())
        if local.time() != time(0) and len(stamp) > len("2026-11-30"):
            times.append(local.time())
    return days, times


def choose(
    found: Iterable[Told], problems: Sequence[Problem], *, moved: bool = False
) -> Start | None:
    """Choose one start by the order of trust; None where no signal tells a day.

    `moved`: the page says that it is moved, so that one signal of what the city edits is enough.
    """
    ranked = sorted(found, key=lambda one: TRUST.index(one.signal))
    if not ranked:
        return None
    first = _trusted(ranked, 1 if moved else _ENOUGH)
    clocked = next((one for one in ranked if one.agrees(first) and one.clock), first)
    last = next((one.last for one in ranked if one.day == first.day and one.last), None)
    until = next((one.until for one in ranked if one.agrees(clocked) and one.until), None)
    others = list(dict.fromkeys(str(one) for one in ranked if not one.agrees(clocked)))
    disagree = [
        Problem(code="start-disagrees", text=f"{clocked} är valt; {other}") for other in others
    ]
    start = moment(first.day, clocked.clock)
    end = _end(start, until)
    if until and not (end or last):
        text = f"{clocked} är valt; ett slut {until:%H.%M} är före starten"
        disagree.append(Problem(code="end-disagrees", text=text))
    return Start(
        start=start,
        end=last or end,
        signal=clocked.signal,
        moved_from=next((one.moved_from for one in ranked if one.moved_from), None),
        problems=(*dict.fromkeys((*problems, *disagree)),),
        renewed=first.signal == "notice" or (first.signal in LIVING and bool(others)),
    )


def _end(start: When, until: time | None) -> When | None:
    """Give the moment of an end, past midnight too; None for one that can be no end of this."""
    if until is None or not isinstance(start, datetime):
        return None
    day = start.date() if until > start.time() else start.date() + timedelta(days=1)
    end = moment(day, until)
    return end if day == start.date() or end - start <= _NIGHT else None


def _trusted(ranked: Sequence[Told], enough: int) -> Told:
    """Give the first by order of trust, unless what the city edits agrees on something else."""
    first = ranked[0]
    living = [one for one in ranked if one.signal in LIVING]
    against = [one for one in living if not one.agrees(first)]
    agreed = len({one.signal for one in against}) >= enough
    if agreed and against == living and all(one.agrees(against[0]) for one in against):
        return next((one for one in against if one.clock), against[0])
    return first


def moment(day: date, clock: time | None) -> When:
    """Give a moment in the city's zone; an hour that summer time skips is the instant it names."""
    if clock is None:
        return day
    return datetime.combine(day, clock, ZONE).astimezone(UTC).astimezone(ZONE)
