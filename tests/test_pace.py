"""A Retry-After is read the same whatever stands in it, and a gap is never shorter than asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from time import monotonic

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from asking import NOW
from scraper.pace import MOST, Pace, retry_after


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 7 ", 7),
        ("0", 0),
        ("21600", MOST),
        ("21601", MOST),
        ("1000000000", MOST),
        ("9" * 5000, MOST),
        ("Mon, 23 Nov 2026 08:05:00 GMT", 300),
        ("Mon, 23 Nov 2026 09:05:00 +0100", 300),
        ("Mon, 23 Nov 2026 08:05:00 -0000", 300),
        ("Monday, 23-Nov-26 08:05:00 GMT", 300),
        ("Mon, 23 Nov 2026 07:00:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", MOST),
        ("-1", None),
        ("1.5", None),
        ("1e9", None),
        ("٣", None),
        ("xyz", None),
        ("", None),
        (None, None),
        ("Mon, 99 Nov 2026 08:05:00 GMT", None),
        ("Mon, 23 Nov 99999 08:05:00 GMT", None),
    ],
)
def test_seconds_dates_and_nonsense(header: str | None, seconds: float | None) -> None:
    """A number or a date is a rest of so long; anything else is no rest at all."""
    assert retry_after(header, NOW) == seconds


@given(st.text() | st.integers().map(str) | st.text("0123456789 ,:+-GMTNov"))
@example("Mon, 23 Nov 2026 08:05:00 +99999999999999999999")
@example("23 Nov 2026 08:05:00 -9999")
@example("1 Jan 0001 00:00:00 +2359")
@example("9" * 30 + " Nov 2026 08:05:00 GMT")
def test_whatever_stands_there_the_rest_is_bounded(header: str) -> None:
    """A server's nonsense never stops a run, and never silences us for more than six hours."""
    seconds = retry_after(header, NOW)
    assert seconds is None or 0 <= seconds <= MOST


@given(st.integers(0, 10**12))
def test_seconds_are_seconds(seconds: int) -> None:
    """Every whole number, up to the most that we grant."""
    assert retry_after(str(seconds), NOW) == min(seconds, MOST)


@given(
    st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1)),
    st.timedeltas(timedelta(0), timedelta(days=2)),
)
def test_a_date_is_a_rest_until_then(moment: datetime, rest: timedelta) -> None:
    """What a server writes as a date means the same as what it writes as seconds."""
    now = moment.replace(microsecond=0, tzinfo=UTC)
    header = format_datetime(now + timedelta(seconds=int(rest.total_seconds())), usegmt=True)
    assert retry_after(header, now) == min(int(rest.total_seconds()), MOST)


def test_the_gap_counts_from_the_end_of_an_answer() -> None:
    """A slow answer has not made the pause after it any shorter."""
    pace = Pace(0.2)
    begun = monotonic()
    pace.wait("a", 0)
    assert monotonic() - begun < 0.2
    pace.ended("a")
    pace.wait("b", 0)
    assert monotonic() - begun < 0.2
    pace.wait("a", 0)
    assert monotonic() - begun >= 0.2
    ended = monotonic()
    pace.ended("a")
    pace.wait("a", 0.3)
    assert monotonic() - ended >= 0.3
