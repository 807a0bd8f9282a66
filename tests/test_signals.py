"""A start is chosen by one order of trust, and every signal that tells another is shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading import MEETING, NOW, meeting_url, seen
from records.model import ZONE, When
from scraper.raw import RawMeeting
from scraper.signals import TRUST, Start, Told, choose, told

DAY, OTHER = date(2026, 11, 30), date(2026, 12, 7)
TWO, FIVE = time(14), time(17)
PAGE = RawMeeting(where="page", committee="Kommunstyrelsen")
GROUPS = "30 november 2026, gruppmöten kl. 13.00, sammanträde kl. 14.00"
ROW = RawMeeting(where="listing", committee="Kommunstyrelsen")


def tells(raw: RawMeeting) -> list[str]:
    """Give what each signal of one sighting tells, then what could not be read."""
    found, problems = told(raw, seen(raw))
    return [*map(str, found), *(f"{problem.code} {problem.text}" for problem in problems)]


def chosen(*found: Told) -> Start:
    """Give the start chosen from what signals tell."""
    start = choose(found, ())
    assert start is not None
    return start


def one(signal: str, day: date = DAY, clock: time | None = TWO) -> Told:
    """Give what one signal tells."""
    return Told(signal=signal, day=day, clock=clock)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (replace(PAGE, url=MEETING), ["slug: 2026-11-30 14.00"]),
        (replace(ROW, url=meeting_url("20261130kl1400")), ["slug: 2026-11-30 14.00"]),
        (replace(PAGE, url=meeting_url("202613301400")), ["unread-date slug: 2026-13-30 14:00"]),
        (replace(PAGE, url="https://www.boras.se/a.4.1f2b506b.html"), []),
        (
            replace(PAGE, share_name="Kulturnämnden, sammanträde 2020-06-08 13.00, digitalt"),
            ["share name: 2020-06-08 13.00"],
        ),
        (replace(PAGE, heading="Kulturnämnden 2020-06-08 13.00"), ["heading: 2020-06-08 13.00"]),
        (replace(PAGE, heading="Kulturnämnden, sammanträde"), []),
        (replace(ROW, heading="Sammanträden 2020-06-08"), []),
        (replace(PAGE, time="30 november kl. 14.00"), ["time: 2026-11-30 14.00"]),
        *(
            (replace(PAGE, time=GROUPS, stamps=stamps), ["time: 2026-11-30 14.00"])
            for stamps in ((), ("2026-11-30",), ("2026-11-30T14:00",))
        ),
        (
            replace(PAGE, time="30 november kl. 13.00 och kl. 14.00", stamps=("2026-11-30T14:00",)),
            ["time: 2026-11-30 14.00"],
        ),
        (replace(ROW, time="30 november"), ["listing: 2026-11-30"]),
        (replace(ROW, row="Sammanträdet den 30 november"), ["listing: 2026-11-30"]),
        (replace(ROW, row="Sammanträdet den 30 november", year="2019"), ["listing: 2019-11-30"]),
        (replace(ROW, row="Sammanträdet"), []),
        (replace(ROW, row="x 31 februari"), ["unread-date listing: x 31 februari"]),
        (replace(PAGE, time="inte bestämt"), ["unread-date time: inte bestämt"]),
        (replace(PAGE, time="0001-01-01 00.30"), ["unread-date time: 0001-01-01 00.30"]),
        (replace(PAGE, stamps=("snart",)), ["unread-date time: ('snart',)"]),
        (replace(PAGE, url=meeting_url("20261130")), ["slug: 2026-11-30"]),
        (
            replace(PAGE, url=MEETING, notes=("Mötet är flyttat till den 7 december.",)),
            ["slug: 2026-11-30 14.00", "notice: 2026-12-07"],
        ),
        (
            replace(PAGE, url=MEETING, intro=("OBS! Ny tid: kl. 17.00.",)),
            ["slug: 2026-11-30 14.00", "notice: 2026-11-30 17.00"],
        ),
        (replace(PAGE, notes=("Ny tid: kl. 17.00.",)), []),
        (replace(PAGE, notes=("Mötet flyttas till 31 februari.",)), []),
        (
            replace(PAGE, notes=("Ni kallas härmed till måndagen den 30 november kl. 14.00.",)),
            ["summons: 2026-11-30 14.00"],
        ),
    ],
)
def test_each_signal_is_read_by_itself(raw: RawMeeting, expected: list[str]) -> None:
    """The slug, the page's name, its heading, its label, or its row in a list."""
    assert tells(raw) == expected


@pytest.mark.parametrize(
    ("stamps", "words", "expected"),
    [
        (("2026-11-30T14:00:00+01:00",), "", "time: 2026-11-30 14.00"),
        (("2026-11-30T13:00:00Z",), "", "time: 2026-11-30 14.00"),
        (("2026-11-30T14:00",), "", "time: 2026-11-30 14.00"),
        (("2026-11-30", "14:00"), "", "time: 2026-11-30 14.00"),
        (("2026-11-30", "14:00:00"), "x", "time: 2026-11-30 14.00"),
        (("2026-11-30",), "30 november kl. 14.00", "time: 2026-11-30 14.00"),
        (("2026-11-30",), "kl. 14.00", "time: 2026-11-30 14.00"),
        (("2026-11-30",), "30 november", "time: 2026-11-30"),
        (("2026-11-30T00:00:00+01:00",), "30 november", "time: 2026-11-30"),
        (("2026-11-30T00:00",), "", "time: 2026-11-30"),
        (("2026-11-30T00:00",), "kl. 00.00", "time: 2026-11-30 00.00"),
        (("2026-11-30T14:00", "2026-11-30T16:00"), "", "time: 2026-11-30 14.00"),
        (("14:00",), "30 november 2026 kl. 14.00", "time: 2026-11-30 14.00"),
        (("2026-11-30",), "7 december", None),
        (("2026-11-30", "2026-12-07"), "", None),
        (("2026-11-30",), "kl. 25.00", None),
        (("2026-02-30",), "", None),
        (("99:99",), "", None),
        (("0001-01-01T00:00+14:00",), "", None),
    ],
)
def test_machine_readable_values_and_words_must_agree(
    stamps: tuple[str, ...], words: str, expected: str | None
) -> None:
    """A day as attribute, an hour as text; a midnight that nobody wrote out is no hour."""
    found = tells(replace(PAGE, time=words or None, stamps=stamps))
    assert len(found) == 1
    assert found == [expected] if expected else found[0].startswith("unread-date time: ")


def test_an_end_and_a_last_day_are_read_with_the_start() -> None:
    """Beside a stamp or in words alone."""
    stamped = replace(PAGE, stamps=("2026-11-30",), time="kl. 14.00–17.00")
    (first,), _ = told(stamped, seen(stamped))
    assert (first.clock, first.until) == (TWO, FIVE)
    spoken = replace(ROW, row="30 november – 1 december 2026")
    (second,), _ = told(spoken, seen(spoken))
    assert (second.day, second.last) == (DAY, date(2026, 12, 1))


@pytest.mark.parametrize(
    ("words", "end"),
    [
        ("kl. 18.00–21.30", datetime(2026, 11, 30, 21, 30, tzinfo=ZONE)),
        ("kl. 18.00–00.30", datetime(2026, 12, 1, 0, 30, tzinfo=ZONE)),
        ("kl. 18.00–00.00", datetime(2026, 12, 1, tzinfo=ZONE)),
        ("kl. 18.00–16.00", None),
        ("kl. 18.00–18.00", None),
    ],
)
def test_an_end_past_midnight_is_of_the_next_day(words: str, end: datetime | None) -> None:
    """No meeting ends before it begins; an end that can be none of it is a problem, and no end."""
    raw = replace(ROW, row=f"30 november 2026 {words}")
    start = choose(*told(raw, seen(raw)))
    assert start is not None
    assert (start.start.isoformat(), start.end) == ("2026-11-30T18:00:00+01:00", end)
    assert [problem.code for problem in start.problems] == ([] if end else ["end-disagrees"])


def test_a_missing_year_is_the_one_nearest_to_when_the_page_was_read() -> None:
    """A page that was last read in January means this January."""
    raw = replace(ROW, row="Sammanträdet den 7 januari")
    (first,), _ = told(raw, seen(raw, fetched=None, checked=NOW.replace(year=2021, month=1)))
    assert first.day == date(2021, 1, 7)


def test_the_order_of_trust() -> None:
    """Alone against alone, the earlier in the order is believed and the other is told."""
    for better, worse in pairwise(TRUST):
        if (better, worse) == ("heading", "time"):
            continue  # names against what is edited: see below
        start = chosen(one(worse, OTHER), one(better))
        assert (start.signal, start.start) == (better, datetime(2026, 11, 30, 14, tzinfo=ZONE))
        (problem,) = start.problems
        assert problem.code == "start-disagrees"
        assert problem.text == f"{better}: 2026-11-30 14.00 är valt; {worse}: 2026-12-07 14.00"


def test_one_living_signal_does_not_outweigh_the_names() -> None:
    """A single slip of an editor moves no meeting."""
    start = chosen(one("slug"), one("time", OTHER))
    assert (start.signal, len(start.problems)) == ("slug", 1)


def test_two_living_signals_that_agree_outweigh_the_names() -> None:
    """The city has moved the meeting, and the address cannot be edited."""
    start = chosen(one("slug"), one("share name"), one("time", OTHER, None), one("listing", OTHER))
    assert start.start == datetime(2026, 12, 7, 14, tzinfo=ZONE)
    assert start.signal == "listing"
    assert [problem.text.partition("; ")[2] for problem in start.problems] == [
        "slug: 2026-11-30 14.00",
        "share name: 2026-11-30 14.00",
    ]
    dateonly = chosen(one("slug"), one("time", OTHER, None), one("listing", OTHER, None))
    assert dateonly.start == OTHER


@pytest.mark.parametrize(
    "living",
    [
        (one("time", OTHER), one("listing", date(2026, 12, 8))),
        (one("time", OTHER), one("listing", OTHER), one("calendar")),
        (one("time", OTHER), one("time", OTHER)),
    ],
)
def test_living_signals_that_differ_among_themselves_prove_nothing(
    living: tuple[Told, ...],
) -> None:
    """Nor does one signal that is seen twice."""
    assert chosen(one("slug"), *living).signal == "slug"


def test_an_hour_is_taken_from_whoever_has_one_for_that_day() -> None:
    """A list of days and a page with the hour complete each other."""
    start = chosen(one("share name", DAY, None), one("listing"))
    assert (start.start, start.signal) == (datetime(2026, 11, 30, 14, tzinfo=ZONE), "listing")
    assert start.problems == ()


def test_without_any_hour_the_start_is_a_day() -> None:
    """Never midnight; and without any day there is no start."""
    start = chosen(one("listing", DAY, None))
    assert type(start.start) is date
    assert start.end is None
    assert choose((), ()) is None


def test_end_and_earlier_day_come_with_the_start() -> None:
    """The last of two days before an hour; the day it was moved from, from whoever tells it."""
    until = replace(one("time"), until=FIVE)
    assert chosen(until).end == datetime(2026, 11, 30, 17, tzinfo=ZONE)
    span = replace(one("listing", DAY, None), last=date(2026, 12, 1), moved_from=OTHER)
    both = chosen(until, span)
    assert (both.end, both.moved_from) == (date(2026, 12, 1), OTHER)


@pytest.mark.parametrize(
    ("day", "clock", "instant"),
    [
        (date(2026, 3, 29), time(2, 30), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        (date(2026, 3, 29), time(3, 30), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        (date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (date(2026, 10, 25), time(3, 30), datetime(2026, 10, 25, 2, 30, tzinfo=UTC)),
    ],
)
def test_the_nights_when_the_clocks_change(day: date, clock: time, instant: datetime) -> None:
    """An hour that does not exist is the instant it names; one that exists twice is the first."""
    start = chosen(one("time", day, clock)).start
    assert isinstance(start, datetime)
    assert start.tzinfo is ZONE
    assert start.astimezone(UTC) == instant


SIGNALS = st.builds(
    Told,
    signal=st.sampled_from(TRUST),
    day=st.sampled_from([DAY, OTHER]),
    clock=st.sampled_from([None, TWO, FIVE]),
)


@given(st.lists(SIGNALS, min_size=1))
def test_nothing_that_disagrees_is_hidden(found: list[Told]) -> None:
    """Whatever is chosen was told by a signal, and every other tale is a problem."""
    start = chosen(*found)
    when: When = start.start
    day = when.date() if isinstance(when, datetime) else when
    hour = when.time() if isinstance(when, datetime) else None
    assert any(tale.day == day and tale.clock == hour for tale in found)
    against = {
        str(tale)
        for tale in found
        if tale.day != day or (hour and tale.clock and tale.clock != hour)
    }
    assert {problem.text.partition("; ")[2] for problem in start.problems} == against
