"""The timetable: the hours that the settings name, in the city's zone, all year round."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from time import monotonic, sleep
from typing import Final

import pytest
from apscheduler.schedulers.background import BackgroundScheduler
from hypothesis import example, given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from operation.crontab import Trigger, after
from operation.runlog import KEPT, added, last, runs
from operation.settings import Timetable
from operation.timetable import GRACE, JUMP, Clocks, Start, Telling, anew, scheduled, starts
from records.errors import StoreError
from records.model import ZONE
from records.state import RunState
from scraper.rota import Depth

NOW: Final = datetime(2026, 11, 27, 12, tzinfo=ZONE)
NIGHTS: Final = {
    "spring": (
        datetime(2026, 3, 29, 0, tzinfo=ZONE),
        ["00:23+01:00", "01:23+01:00", "03:23+02:00", "04:23+02:00"],
    ),
    "autumn": (
        datetime(2026, 10, 25, 1, tzinfo=ZONE),
        ["01:23+02:00", "02:23+02:00", "02:23+01:00", "03:23+01:00"],
    ),
}


def fires(cron: str, start: datetime, number: int, jitter: int = 0) -> list[datetime]:
    """Give the next starts of a crontab line, each run a little later than it was meant."""
    made, at, found = Trigger(cron, jitter), start.astimezone(UTC), list[datetime]()
    for _ in range(number):
        fired = made.get_next_fire_time(found[-1] if found else None, at)
        assert fired is not None
        assert fired >= at
        found.append(fired)
        at = fired + timedelta(seconds=1)
    return [fired.astimezone(ZONE) for fired in found]


def test_weekday_names_mean_what_they_say() -> None:
    """Monday is Monday."""
    (monday,) = fires("5 7 * * mon", NOW, 1)
    assert monday.isoformat(timespec="minutes") == "2026-11-30T07:05+01:00"


@pytest.mark.parametrize(("start", "expected"), NIGHTS.values(), ids=NIGHTS)
@pytest.mark.parametrize("jitter", [0, 120])
def test_every_hour_runs_once_on_both_change_nights(
    start: datetime, expected: list[str], jitter: int
) -> None:
    """An hour that is not there is not run; one that comes twice is run twice."""
    found = fires("23 * * * *", start, 4, jitter)
    hours = [one.replace(minute=23, second=0, microsecond=0) for one in found]
    assert [one.isoformat(timespec="minutes")[11:] for one in hours] == expected
    assert all(one.minute in {23, 24, 25} for one in found)


def test_a_scheduler_finds_one_run_past_due_in_the_hour_that_comes_twice() -> None:
    """What it asks the trigger ends: with wall clocks compared there was no end of missed runs."""
    first = datetime(2026, 10, 25, 2, 23, tzinfo=ZONE).astimezone(UTC)
    made, now = Trigger("23 * * * *", 120), first + timedelta(minutes=10)
    fired, due = made.get_next_fire_time(None, first - timedelta(minutes=1)), list[datetime]()
    while fired is not None and fired <= now:
        due.append(fired)
        fired = made.get_next_fire_time(fired, now)
        assert len(due) < 3
    assert len(due) == 1
    assert fired is not None
    assert timedelta(minutes=50) <= fired - now <= timedelta(minutes=52)


@pytest.mark.parametrize("cron", ["47 3 * * *", "30 2 * * *"])
def test_a_nightly_run_comes_once_a_night_all_year(cron: str) -> None:
    """Also by an hour that one night lacks and another has twice: never none for long."""
    found = fires(cron, datetime(2026, 1, 1, tzinfo=ZONE), 365)
    gaps = [later - sooner for sooner, later in pairwise(found)]
    days = [one.date() for one in found]
    assert len(set(days)) >= 364
    assert max(gaps) <= timedelta(hours=49)


def moments(light: datetime | None, nightly: datetime | None) -> tuple[bool, bool]:
    """Say whether light and nightly runs are overdue, by when they last were."""
    known = {Depth.LIGHT: light, Depth.DUE: nightly}
    night, hour = starts(Timetable(), known.__getitem__, NOW)
    assert (night.depth, hour.depth) == (Depth.DUE, Depth.LIGHT)
    return hour.overdue, night.overdue


@pytest.mark.parametrize(
    ("light", "nightly", "expected"),
    [
        (None, None, (False, True)),  # the first start: the greater run is both
        (timedelta(minutes=20), timedelta(hours=8), (False, False)),  # restarted: nothing is due
        (timedelta(hours=2), timedelta(hours=8), (True, False)),
        (timedelta(hours=9), timedelta(hours=9), (False, True)),  # it slept over the night
        (timedelta(days=-9), timedelta(days=-9), (False, False)),  # a clock that was ahead
    ],
)
def test_a_late_start_runs_at_once_what_is_overdue(
    light: timedelta | None, nightly: timedelta | None, expected: tuple[bool, bool]
) -> None:
    """The store knows when the last run was; a daemon that is restarted often asks no more."""
    assert (
        moments(None if light is None else NOW - light, None if nightly is None else NOW - nightly)
        == expected
    )


@contextmanager
def running(scheduler: BackgroundScheduler) -> Iterator[BackgroundScheduler]:
    """Have a scheduler run, and end it."""
    scheduler.start()
    try:
        yield scheduler
    finally:
        scheduler.shutdown(wait=True)


def eventually(what: list[Depth], number: int) -> None:
    """Wait until so much has happened; a busy machine is given time."""
    end = monotonic() + 20
    while len(what) < number and monotonic() < end:
        sleep(0.02)
    assert len(what) == number


SELDOM: Final = "0 0 1 1 *"


def line(depth: Depth, *, overdue: bool) -> Start:
    """Give a line that does not come by itself while a test runs."""
    return Start(cron=SELDOM, depth=depth, overdue=overdue)


def test_what_is_overdue_runs_once_and_nothing_else() -> None:
    """And then the line waits for its hour."""
    ran: list[Depth] = []
    lines = (line(Depth.DUE, overdue=True), line(Depth.LIGHT, overdue=False))
    with running(scheduled(lines, 0, ran.append)) as scheduler:
        eventually(ran, 1)
        assert all(job.next_run_time.astimezone(ZONE).month == 1 for job in scheduler.get_jobs())
    assert ran == [Depth.DUE]


@pytest.mark.parametrize("late", [timedelta(hours=5), timedelta(seconds=GRACE - 60)])
def test_many_missed_runs_are_one(late: timedelta) -> None:
    """A machine that slept for hours has not a run to do for each of them."""
    ran: list[Depth] = []
    often = Start(cron="* * * * *", depth=Depth.LIGHT, overdue=False)
    scheduler = scheduled((often,), 0, ran.append)
    with running(scheduler):
        (job,) = scheduler.get_jobs()
        job.modify(next_run_time=datetime.now(UTC) - late)
        eventually(ran, 1)
        assert job.next_run_time is not None
    assert len(ran) == 1


def test_two_runs_are_never_under_way_together() -> None:
    """The nightly one and a light one wait for each other: the host is asked one at a time."""
    busy, most, ran = 0, 0, list[Depth]()
    guard = threading.Lock()

    def run(depth: Depth) -> None:
        nonlocal busy, most
        with guard:
            busy += 1
            most = max(most, busy)
        sleep(0.2)
        with guard:
            busy -= 1
        ran.append(depth)

    lines = (line(Depth.DUE, overdue=True), line(Depth.LIGHT, overdue=True))
    with running(scheduled(lines, 0, run)):
        eventually(ran, 2)
    assert (most, set(ran)) == (1, {Depth.DUE, Depth.LIGHT})


def test_a_clock_that_is_set_back_does_not_stop_the_timetable() -> None:
    """What had been set for years ahead is reckoned anew, by the clock as it is now."""
    scheduler = scheduled((Start(cron="* * * * *", depth=Depth.LIGHT, overdue=False),), 0, print)
    with running(scheduler):
        (job,) = scheduler.get_jobs()
        job.modify(next_run_time=datetime.now(UTC) + timedelta(days=3650))
        anew(scheduler)
        (job,) = scheduler.get_jobs()
        assert job.next_run_time - datetime.now(UTC) <= timedelta(minutes=1)


def test_a_clock_that_is_set_ahead_runs_what_is_past_due_once() -> None:
    """It is not left for the time that the wait had still to go."""
    ran: list[Depth] = []
    scheduler = scheduled((line(Depth.LIGHT, overdue=False),), 0, ran.append)
    with running(scheduler):
        (job,) = scheduler.get_jobs()
        job.next_run_time = datetime.now(UTC) - timedelta(hours=1)
        scheduler.modify_job(job.id, next_run_time=job.next_run_time)
        anew(scheduler)
        eventually(ran, 1)


def test_a_jump_is_told_from_the_passing_of_time() -> None:
    """Set by hand, or slept: the two clocks came apart. A slow second is none."""
    wall, steady = [0.0], [0.0]
    clocks = Clocks(lambda: wall[0], lambda: steady[0])
    told = []
    for by, on in ((1.0, 1.0), (9999.0, 9999.0), (JUMP + 1, 0.0), (1.0, 1.0), (-86400.0, 1.0)):
        wall[0] += by
        steady[0] += on
        told.append(clocks.jumped())
    assert told == [False, False, True, False, True]


@given(
    depths=st.lists(st.sampled_from([Depth.LIGHT, Depth.DUE, Depth.FULL]), max_size=120),
)
@example(depths=[Depth.DUE, *[Depth.LIGHT] * 60])
def test_the_last_greater_run_is_never_forgotten(depths: list[Depth]) -> None:
    """However many light ones followed it; and what is remembered stays small."""
    note = None
    for number, depth in enumerate(depths):
        run = RunState(at=NOW + timedelta(hours=number), exit=0, requests=number)
        note = added(note, run, depth)
    known = runs(note)
    greater = [n for n, depth in enumerate(depths) if depth is not Depth.LIGHT]
    assert len(known) <= KEPT + 1
    assert last(known, Depth.DUE) == (NOW + timedelta(hours=greater[-1]) if greater else None)
    assert last(known, Depth.LIGHT) == (NOW + timedelta(hours=len(depths) - 1) if depths else None)


def test_a_line_comes_after_a_moment_and_not_at_it() -> None:
    """A run that was on time is not overdue at once."""
    assert after("0 12 * * *", NOW) == NOW + timedelta(days=1)
    assert after("0 12 * * *", NOW - timedelta(seconds=1)) == NOW


def test_why_no_update_could_be_made_is_logged_once() -> None:
    """Six hours without a disk are one line, not six; and one more when it is over."""
    telling, why = Telling(), iter([None, "full", "full", "locked", "locked", None, None])

    def run() -> None:
        reason = next(why)
        if reason:
            raise StoreError(reason)

    with capture_logs() as lines:
        for _ in range(7):
            telling(run)
    assert [(line["event"], line.get("reason", line.get("after"))) for line in lines] == [
        ("no update", "full"),
        ("no update", "locked"),
        ("updates again", "locked"),
    ]
