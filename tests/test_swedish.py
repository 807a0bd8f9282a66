"""Every way a Swedish city writes a day and an hour is read, and what is doubtful is refused."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.errors import BadValue
from scraper.swedish import (
    MONTHS,
    WEEKDAYS,
    Clock,
    clocks,
    has_date,
    parse_moment,
)

NEAR = date(2026, 11, 23)
DAY = date(2026, 11, 30)  # a Monday
TWO, HALF_FOUR = time(14, 0), time(16, 30)

DAYS = {
    "2026-11-30": DAY,
    "2026/12/02": date(2026, 12, 2),
    "2026-1-5": date(2026, 1, 5),
    "20261130": DAY,
    "2.12.2026": date(2026, 12, 2),
    "30.11.2026": DAY,
    "30/11": DAY,
    "30/11 2026": DAY,
    "30/11-2026": DAY,
    "30/11/2026": DAY,
    "7/1": date(2027, 1, 7),
    "30 november 2026": DAY,
    "30 november, 2026": DAY,
    "30 nov": DAY,
    "30 nov.": DAY,
    "30:e november": DAY,
    "den 1:a december": date(2026, 12, 1),
    "1a december": date(2026, 12, 1),
    "Måndag 30 november": DAY,
    "måndag den 30 november 2026": DAY,
    "MÅNDAGEN DEN 30 NOVEMBER 2026": DAY,
    "mån 30 nov": DAY,
    "mån. 30/11": DAY,
    "tors 3 dec": date(2026, 12, 3),
    "2 sept 2026": date(2026, 9, 2),
    "06 augusti 2026": date(2026, 8, 6),
    "8 januari": date(2027, 1, 8),
    "20 juni": date(2026, 6, 20),
    "fredag 29 februari": None,
    "lördag 29 februari 2020": date(2020, 2, 29),
    "Sammanträdet den 5 maj 2025": date(2025, 5, 5),
    "7 juni (obs! söndag)": date(2026, 6, 7),
    "23 juni (heldag)": date(2026, 6, 23),
    "30 november (ändrad tid)": DAY,
}


@pytest.mark.parametrize(("phrase", "day"), DAYS.items())
def test_a_day(phrase: str, day: date | None) -> None:
    """One spelling, one day; a weekday settles which year is meant, or that none is."""
    if day is None:
        with pytest.raises(BadValue):
            parse_moment(phrase, near=NEAR)
    else:
        assert parse_moment(phrase, near=NEAR).day == day


@pytest.mark.parametrize(
    ("phrase", "at", "until"),
    [
        ("2026-11-30 14.00", TWO, None),
        ("2026-11-30 14:00", TWO, None),
        ("2026-11-30T14:00", TWO, None),
        ("måndagen den 30 november 2026 kl. 14.00–16.30", TWO, HALF_FOUR),
        ("30 november kl. 14.00 - 16.30", TWO, HALF_FOUR),
        ("30 november, kl 14-16.30", TWO, HALF_FOUR),
        ("30 november från kl 14.00 till kl 16.30", TWO, HALF_FOUR),
        ("30 november klockan 14", TWO, None),
        ("30/11 kl. 14:00", TWO, None),
        ("kl. 14.00 måndag 30 november", TWO, None),
        ("14.00, 30 november 2026", TWO, None),
        ("30 november ca 14:00", TWO, None),
        ("30 november ca kl. 14.00", TWO, None),
        ("30 november kl. cirka 14", TWO, None),
        ("2026-11-30 24.00", None, None),
        ("2026-11-30 kl. 14.60", None, None),
        ("2026-11-30 kl. 14.00-25.00", None, None),
    ],
)
def test_a_day_and_an_hour(phrase: str, at: time | None, until: time | None) -> None:
    """Before the day or after it, with an end or without; no hour that a clock does not have."""
    if at is None:
        with pytest.raises(BadValue):
            parse_moment(phrase, near=NEAR)
        return
    found = parse_moment(phrase, near=NEAR)
    assert found.day == DAY
    assert [(clock.at, clock.until) for clock in found.clocks] == [(at, until)]


@pytest.mark.parametrize(
    ("phrase", "first", "last"),
    [
        ("17 och 18 augusti 2026", date(2026, 8, 17), date(2026, 8, 18)),
        ("27-28 januari 2025", date(2025, 1, 27), date(2025, 1, 28)),
        ("20–21 november", date(2026, 11, 20), date(2026, 11, 21)),
        ("fredag 20 och lördag 21 november", date(2026, 11, 20), date(2026, 11, 21)),
        ("20 till 21 november", date(2026, 11, 20), date(2026, 11, 21)),
        ("30 november – 1 december 2026", DAY, date(2026, 12, 1)),
        ("30 november och den 1 december", DAY, date(2026, 12, 1)),
        ("31 december 2026 - 1 januari 2027", date(2026, 12, 31), date(2027, 1, 1)),
        ("31 december - 1 januari 2027", date(2026, 12, 31), date(2027, 1, 1)),
        ("2017-11-22-23", date(2017, 11, 22), date(2017, 11, 23)),
        ("2017-11-22 – 2017-11-23", date(2017, 11, 22), date(2017, 11, 23)),
        ("2017-11-30--12-01", None, None),
        ("2017-11-30 och 12-01", date(2017, 11, 30), date(2017, 12, 1)),
        ("18-17 augusti 2026", None, None),
        ("17 och 17 augusti 2026", None, None),
    ],
)
def test_two_days(phrase: str, first: date | None, last: date | None) -> None:
    """A meeting of two days is one meeting, and its days run forward."""
    if first is None:
        with pytest.raises(BadValue):
            parse_moment(phrase, near=NEAR)
        return
    found = parse_moment(phrase, near=NEAR)
    assert (found.day, found.last, found.clocks) == (first, last, ())


@pytest.mark.parametrize(
    ("phrase", "day", "old"),
    [
        ("5 april 2024 (flyttat från 4 april)", date(2024, 4, 5), date(2024, 4, 4)),
        ("5 april 2024, flyttad från torsdagen den 4 april", date(2024, 4, 5), date(2024, 4, 4)),
        ("2026-11-30 i stället för 2026-11-23", DAY, NEAR),
        ("2026-11-30 (flyttat från Stadshuset)", DAY, None),
        ("Flyttat från 4 april 2024", date(2024, 4, 4), None),
    ],
)
def test_the_day_before_a_move(phrase: str, day: date, old: date | None) -> None:
    """A second day is read where the words say that it no longer holds."""
    found = parse_moment(phrase, near=NEAR)
    assert (found.day, found.moved_from) == (day, old)


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "måndag",
        "november 2026",
        "2026",
        "inget datum än",
        "tisdag 30 november 2026",
        "tisdag och onsdag 30 november 2026",
        "31 februari",
        "30 februari 2026",
        "2026-02-31",
        "2026-13-01",
        "2021-016-17",
        "0000-01-01",
        "32 november",
        "0 november",
        "30 november 2026 § 28",
        "30 november 2026 3",
        "30 november och 7 december",
        "2026-11-30 2026-12-01",
        "30/11 2026-11-30",
        "2026-11-30 14.00.00.00",
        "KS190930",
        "30 november (flyttat från 31 februari)",
        "4 och 25 januari",
    ],
)
def test_what_is_doubtful_is_no_date(phrase: str) -> None:
    """A wrong day in a calendar costs a resident an evening; no day costs them a look."""
    with pytest.raises(BadValue, match="compare it with the city's page"):
        parse_moment(phrase, near=NEAR)


def test_clocks_of_a_sentence_are_given_in_order() -> None:
    """Notices tell when each part begins; a day or a clause in them is no hour."""
    said = "Enligt beslut 2020-03-19: kl. 16.00 workshop, kl 17 information, 18:00–20 möte 30/11"
    assert clocks(said) == (
        Clock(at=time(16), until=None, words="kl. 16.00"),
        Clock(at=time(17), until=None, words="kl 17"),
        Clock(at=time(18), until=time(20), words="18:00–20"),
    )
    assert clocks("Dnr 1.1.2.25") == clocks("lokal 108") == ()
    with pytest.raises(BadValue, match="clock time"):
        clocks("kl. 99")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Kulturnämnden, sammanträde 2022-08-22", True), ("kl. 14.00", False), ("maj", False)],
)
def test_whether_anything_is_written_like_a_date(text: str, *, expected: bool) -> None:
    """An hour or a month alone is none."""
    assert has_date(text) is expected


SPELLINGS = (
    "{d:%Y-%m-%d}",
    "{d:%Y%m%d}",
    "{d:%Y/%m/%d}",
    "{d.day}.{d.month}.{d.year}",
    "{d.day}/{d.month} {d.year}",
    "{d.day}/{d.month}-{d.year}",
    "{d.day} {month} {d.year}",
    "{d.day} {short} {d.year}",
    "{weekday} {d.day} {month} {d.year}",
    "{weekday}en den {d.day} {month} {d.year}",
    "{brief} {d.day} {short}. {d.year}",
    "{weekday} {d.day}/{d.month}",
    "{weekday}en den {d.day}:e {month}",
)
HOURS = ("", " {t:%H.%M}", " {t:%H:%M}", " kl. {t:%H.%M}", ", kl {t:%H:%M}", " klockan {t:%H.%M}")


@given(
    st.dates(date(2000, 1, 1), date(2050, 12, 31)),
    st.times(),
    st.sampled_from(SPELLINGS),
    st.sampled_from(HOURS),
    st.integers(-90, 90),
)
def test_any_day_in_any_spelling_is_read_back(
    day: date, hour: time, spelling: str, clock: str, seen: int
) -> None:
    """A day written out by a rule of the language is that day, and so is its hour."""
    weekday = WEEKDAYS[day.weekday()]
    words = {
        "weekday": weekday,
        "brief": weekday.removesuffix("dag"),
        "month": MONTHS[day.month - 1],
        "short": MONTHS[day.month - 1][:3],
    }
    phrase = (spelling + clock).format(d=day, t=hour, **words)
    found = parse_moment(phrase, near=day + timedelta(days=seen))
    assert found.day == day, phrase
    expected = [hour.replace(second=0, microsecond=0)] if clock else []
    assert [one.at for one in found.clocks] == expected, phrase


@given(st.text() | st.text("0123456789-/.: kloch–novadeg()"), st.dates(date(1, 1, 1), date.max))
def test_any_text_gives_a_value_or_says_that_it_has_none(text: str, near: date) -> None:
    """Whatever an editor types, and whenever: no run falls over it."""
    try:
        found = parse_moment(text, near=near)
    except BadValue:
        return
    assert found.words == text
    assert found.last is None or found.last > found.day


@pytest.mark.parametrize(
    ("phrase", "first", "last", "clock"),
    [
        (
            "onsdagen den 25 november kl. 9.00 till torsdagen den 26 november kl. 17.00",
            date(2026, 11, 25),
            date(2026, 11, 26),
            time(9),
        ),
        ("ons 25 nov 2026 – tors 26 nov 2026", date(2026, 11, 25), date(2026, 11, 26), None),
        ("2026-12-31 kl. 10.00 och 2027-01-01", date(2026, 12, 31), date(2027, 1, 1), time(10)),
    ],
)
def test_two_days_that_are_both_written_out_are_one_meeting(
    phrase: str, first: date, last: date, clock: time | None
) -> None:
    """A budget takes two days; its calendar shows both."""
    found = parse_moment(phrase, near=date(2026, 11, 1))
    assert (found.day, found.last) == (first, last)
    assert (found.clocks[0].at if found.clocks else None) == clock


@pytest.mark.parametrize(
    "phrase",
    [
        "2026-11-25 eller 2026-11-26",
        "25 november 2026 och 26 december 2026",
        "26 november 2026 till 25 november 2026",
        "25–26 november 2026 och 27 november 2026",
        "25 november, 26 november och 27 november 2026",
    ],
)
def test_days_that_are_no_span_are_no_value(phrase: str) -> None:
    """Two meetings in one phrase are not one long meeting."""
    with pytest.raises(BadValue):
        parse_moment(phrase, near=date(2026, 11, 1))


@pytest.mark.parametrize(
    ("phrase", "day", "moved_from"),
    [
        ("30 november, flyttat till 7 december", date(2026, 12, 7), date(2026, 11, 30)),
        (
            "30 november inställt, nytt datum: 7 december kl. 14",
            date(2026, 12, 7),
            date(2026, 11, 30),
        ),
        ("7 december 2026 (tidigare 30 november)", date(2026, 12, 7), date(2026, 11, 30)),
        ("flyttat från 30 november till 7 december", date(2026, 12, 7), date(2026, 11, 30)),
    ],
)
def test_the_day_that_is_left_is_told_apart_from_the_new_one(
    phrase: str, day: date, moved_from: date
) -> None:
    """The two are one meeting."""
    found = parse_moment(phrase, near=date(2026, 11, 1))
    assert (found.day, found.moved_from) == (day, moved_from)


def test_an_end_at_midnight_leaves_the_start() -> None:
    """«24.00» is the next day's hour: no end is better than a start that is lost with it."""
    (clock,) = parse_moment("30 november 2026 kl. 18.00–24.00", near=date(2026, 11, 1)).clocks
    assert (clock.at, clock.until) == (time(18), None)
