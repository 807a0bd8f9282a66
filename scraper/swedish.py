"""Dates and clock times as Swedish cities write them: a phrase in, values out, or `BadValue`.

Nothing is guessed: a weekday that does not fit its date, 31 februari, two different days or digits
that belong to nothing make the phrase no value at all. The one thing inferred is a missing year:
the nearest one to `near` in which the weekday fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from operator import itemgetter
from typing import Final, TypeAlias

from records.errors import BadValue

WEEKDAYS: Final = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MONTHS: Final = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
_MONTH: Final = (
    r"(?:jan(?:uari)?|feb(?:ruari)?|mars?|apr(?:il)?|maj|juni?|juli?|aug(?:usti)?"
    r"|sept?(?:ember)?|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-zåäö])\.?"
)
_TO: Final = r"\s*(?:-|–|—|\boch\b|\btill\b|&)\s*"
_NTH: Final = r"(?::?[ae])?(?![\d.:])"
_DAY: Final = r"(?:mån|tis|ons|tors?|fre|lör|sön)(?:dag(?:en)?)?\.?"
_NAMED: Final = re.compile(
    rf"(?<![\d.:/-])(?P<day>\d{{1,2}}){_NTH}"
    rf"(?:\s*(?:(?P<month0>{_MONTH})\s*(?P<year0>\d{{4}})?)?{_TO}"
    rf"(?:{_DAY}\s+)?(?:den\s+)?(?P<last>\d{{1,2}}){_NTH})?"
    rf"\s*(?P<month>{_MONTH})(?:,?\s*(?P<year>\d{{4}})(?![\d.:]))?"
)
_ISO: Final = re.compile(
    r"(?<![\d-])(?P<year>\d{4})(?P<mark>[-/])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)"
    r"(?:(?:-|\s*[–—]\s*|\s+-\s+|\s+och\s+)"
    r"(?:(?:(?P<last_year>\d{4})-)?(?P<last_month>\d{2})-)?(?P<last>\d{2})(?![\d.:-]))?"
)
_COMPACT: Final = re.compile(r"(?<!\d)(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)(?!\d)")
_DOTTED: Final = re.compile(
    r"(?<![\d.])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?!\d)"
)
_SLASHED: Final = re.compile(
    r"(?<![\d/])(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:[\s/-]\s*(?P<year>\d{4})(?![\d.:]))?(?![\d/])"
)
_LONGEST: Final = timedelta(days=4)  # «4 och 25 januari» are two meetings, not one of three weeks
_FORMS: Final = (_ISO, _COMPACT, _DOTTED, _SLASHED, _NAMED)
_TWO: Final = 2
_WEEKDAY: Final = re.compile(
    r"(?<![a-zåäö])(mån|tis|ons|tors?|fre|lör|sön)(?:dag(?:en|ens)?)?(?![a-zåäö])\.?"
)
_STEMS: Final = ("mån", "tis", "ons", "tor", "fre", "lör", "sön")
_KL: Final = r"(?:klockan|kl\b\.?)\s*"
_ABOUT: Final = r"(?:(?:ca|cirka|omkring)\b\.?\s*)?"
_CLOCK: Final = re.compile(
    rf"(?<![\d.:])(?:{_KL}{_ABOUT}(?P<kl_hour>\d{{1,2}})(?:[.:]?(?P<kl_minute>\d\d))?"
    rf"|{_ABOUT}(?P<hour>\d{{1,2}})[.:](?P<minute>\d\d))(?![\d:])"
    rf"(?:\s*(?:-|–|—|\btill\b)\s*(?:{_KL})?{_ABOUT}"
    r"(?P<to_hour>\d{1,2})(?:[.:](?P<to_minute>\d\d))?(?![\d.:]))?"
)
_OLD_DATE: Final = re.compile(
    r"(?:\(\s*|(?<!\s)\s*)(?:(?:flyttat|flyttad|flyttas|ändrat|ändrad)\s+från|i\s?stället\s+för|tidigare)\s+"
    r"(?P<old>[^()]{1,100}?)(?=\)|$|\s+till\b)\)?(?:\s+till\b)?"
)
_NEW_DATE: Final = re.compile(
    r"(?:[(,;–—-]\s*|(?<!\s)\s*)(?:(?:flyttat|flyttad|flyttas|ändrat|ändrad|uppskjutet)\s+till"
    r"|inställt?,?\s+nytt datum:?|nytt datum:?)\s+(?P<new>[^()]+)\)?"
)
_BETWEEN: Final = re.compile(
    rf"(?<![\s,])[\s,]*(?:-|–|—|\boch\b|\btill\b|&)[\s,]*(?:{_DAY})?\s*(?:den)?\s*$"
)


Dated: TypeAlias = tuple[re.Match[str], re.Pattern[str]]
"""A date in a phrase, and the form that it is written in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A clock time, its end where one is given, and the words it came from."""

    at: time
    until: time | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What a phrase says of when: a day, a last day, clock times, and the day it was moved from."""

    day: date
    last: date | None = None
    clocks: tuple[Clock, ...] = ()
    moved_from: date | None = None
    words: str


def parse_moment(phrase: str, *, near: date) -> Moment:
    """Read «måndagen den 30 november 2026 kl. 14.00–16.30» and its kin.

    `near` settles a missing year. Raises `BadValue` for no day, several days, a weekday that does
    not fit, an impossible date or hour, and digits that belong to neither date nor clock.
    """
    text, old = _without_old_date(phrase.lower())
    dates = _dates(text)
    if len(dates) == _TWO:
        return _two_days(text, dates, phrase, near)
    if len(dates) != 1:
        raise BadValue("date", phrase)
    (match, form) = dates[0]
    weekdays = {_STEMS.index(found[1][:3]) for found in _WEEKDAY.finditer(text)}
    first, last = _days(match, form, phrase, near, weekdays)
    rest = f"{text[: match.start()]} | {text[match.end() :]}"
    clocks = tuple(_clocks(rest, phrase))
    if re.search(r"\d", _CLOCK.sub("", rest)):
        raise BadValue("date", phrase)
    moved = parse_moment(old, near=first).day if old else None
    return Moment(day=first, last=last, clocks=clocks, moved_from=moved, words=phrase)


def _two_days(text: str, dates: Sequence[Dated], phrase: str, near: date) -> Moment:
    """Read «den 25 november kl. 9.00 till den 26 november kl. 17.00»: two days of one meeting."""
    (one, _), (two, _) = dates
    cut = _BETWEEN.search(text, one.end(), two.start())
    if cut is None or _CLOCK.sub("", text[one.end() : cut.start()]).strip(" ,"):
        raise BadValue("date", phrase)
    tail = parse_moment(text[two.start() :], near=near)
    head = parse_moment(text[: cut.start()], near=tail.day)
    if head.last or tail.last or not timedelta(0) < tail.day - head.day <= _LONGEST:
        raise BadValue("date", phrase)
    return Moment(day=head.day, last=tail.day, clocks=head.clocks, words=phrase)


def clocks(phrase: str) -> tuple[Clock, ...]:
    """Give all clock times of a phrase, in order; dates in it are passed over."""
    text = phrase.lower()
    for form in _FORMS:
        text = form.sub(" | ", text)
    return tuple(_clocks(text, phrase))


def has_clock(phrase: str) -> bool:
    """Tell whether a phrase holds a clock time that can be read."""
    try:
        return bool(clocks(phrase))
    except BadValue:
        return False


def has_date(phrase: str) -> bool:
    """Tell whether a phrase holds anything written like a date."""
    return any(form.search(phrase.lower()) for form in _FORMS)


def left_day(sentence: str, near: date) -> date | None:
    """Give the day that a sentence names as left: «Sammanträdet är flyttat från den 4 april»."""
    match = _OLD_DATE.search(sentence.lower())
    try:
        return parse_moment(match["old"].rstrip(". !"), near=near).day if match else None
    except BadValue:
        return None


def _without_old_date(text: str) -> tuple[str, str | None]:
    """Part a phrase from the day it names as left: «5 april (flyttat från 4 april)»."""
    match = _OLD_DATE.search(text)
    if match and has_date(match["old"]):
        rest = text[: match.start()] + " " + text[match.end() :]
        return (rest, match["old"]) if has_date(rest) else (text, None)
    match = _NEW_DATE.search(text)
    if match and has_date(match["new"]) and has_date(text[: match.start()]):
        return match["new"] + text[match.end() :], text[: match.start()]
    return text, None


def _dates(text: str) -> list[Dated]:
    """Give the dates of a phrase in order; what a form has read is not read again by a later."""
    found: list[Dated] = []
    for form in _FORMS:
        found += [(match, form) for match in form.finditer(text)]
        text = form.sub(lambda match: "|" * len(match[0]), text)
    return sorted(found, key=lambda one: one[0].start())


def _days(
    match: re.Match[str], form: re.Pattern[str], phrase: str, near: date, weekdays: set[int]
) -> tuple[date, date | None]:
    """Give first and last day; without a year the nearest one in which every weekday fits."""
    groups = match.groupdict()
    year = groups.get("year") or groups.get("year0")
    fitting = []
    for candidate in [int(year)] if year else [near.year - 1, near.year, near.year + 1]:
        try:
            first, last = _span(groups, candidate, named=form is _NAMED)
        except ValueError:  # 31 februari, month 13, 29 februari in most years
            continue
        fits = {first.weekday(), (last or first).weekday()}
        if weekdays <= fits and (last is None or timedelta(0) < last - first <= _LONGEST):
            fitting.append((abs(first - near), first, last))
    if not fitting:
        raise BadValue("date", phrase)
    _, first, last = min(fitting, key=itemgetter(0))
    return first, last


def _span(groups: dict[str, str | None], year: int, *, named: bool) -> tuple[date, date | None]:
    month = _month(groups["month"], named=named)
    first_month = _month(groups.get("month0"), named=True) if groups.get("month0") else month
    day = int(groups["day"] or 0)
    if not groups.get("last"):
        return date(year, month, day), None
    last_year = int(groups.get("last_year") or year)
    last_month = int(groups.get("last_month") or month)
    first_year = int(groups.get("year0") or (year if first_month <= last_month else year - 1))
    return date(first_year, first_month, day), date(last_year, last_month, int(groups["last"] or 0))


def _month(word: str | None, *, named: bool) -> int:
    if not named:
        return int(word or 0)
    return next(n for n, name in enumerate(MONTHS, 1) if name.startswith((word or "")[:3]))


def _clocks(text: str, phrase: str) -> Iterator[Clock]:
    for match in _CLOCK.finditer(text):
        hour, minute = match["kl_hour"] or match["hour"], match["kl_minute"] or match["minute"]
        until = match["to_hour"]
        yield Clock(
            at=_time(hour, minute, phrase),
            until=_time(until, match["to_minute"], phrase) if until not in {None, "24"} else None,
            words=match[0].strip(),
        )


def _time(hour: str, minute: str | None, phrase: str) -> time:
    try:
        return time(int(hour), int(minute or 0))
    except ValueError as error:
        raise BadValue("clock time", phrase) from error
