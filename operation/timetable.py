"""The daemon: updates on a timetable, until it is told to stop."""

from __future__ import annotations

import signal
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic, sleep, time
from typing import Final, TypeAlias

import structlog
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from operation.crontab import Trigger, after
from operation.settings import Timetable
from operation.stopping import listening
from records.errors import KallelseError, Stopped
from records.model import ZONE
from scraper.rota import Depth

log = structlog.get_logger(__name__)

GRACE: Final = 24 * 3600
"""How many seconds late a run is still made up for, after a sleep of the machine."""

JUMP: Final = 60.0
"""By how many seconds wall clock and machine must come apart to be called a jump."""

_TICK: Final = 1.0

Last: TypeAlias = Callable[[Depth], datetime | None]
"""Gives when the last run was that asked for so much, or for more."""

Run: TypeAlias = Callable[[Depth, Callable[[], bool]], None]
"""Updates; what it is handed says whether to stop after the page at hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """One line of the timetable: when, how much, and whether it is overdue already."""

    cron: str
    depth: Depth
    overdue: bool


def starts(timetable: Timetable, last: Last, now: datetime) -> tuple[Start, ...]:
    """Give the lines of a timetable; one that is overdue runs at once, the greater for both."""
    nightly = _overdue(timetable.nightly, last(Depth.DUE), now)
    light = _overdue(timetable.cron, last(Depth.LIGHT), now)
    return (
        Start(cron=timetable.nightly, depth=Depth.DUE, overdue=nightly),
        Start(cron=timetable.cron, depth=Depth.LIGHT, overdue=light and not nightly),
    )


def _overdue(cron: str, last: datetime | None, now: datetime) -> bool:
    return last is None or after(cron, last) <= now


class Clocks:
    """Tells when the wall clock was set, or the machine slept: it has moved, and time has not."""

    def __init__(
        self, wall: Callable[[], float] = time, steady: Callable[[], float] = monotonic
    ) -> None:
        """Begin with the two as they are now."""
        self._wall = wall
        self._steady = steady
        self._apart = wall() - steady()

    def jumped(self) -> bool:
        """Say whether that was so since the last look."""
        before, self._apart = self._apart, self._wall() - self._steady()
        return abs(self._apart - before) > JUMP


def keep(timetable: Timetable, run: Run, last: Last) -> None:
    """Update by the timetable; returns after SIGTERM or SIGINT, when the page at hand is read.

    A run that is late is run once, however many it stands for; two never run together.
    """
    telling = Telling()
    with listening(signal.SIGTERM, signal.SIGINT) as stop:
        scheduler = scheduled(
            starts(timetable, last, datetime.now(ZONE)),
            timetable.jitter,
            lambda depth: telling(lambda: run(depth, stop)),
        )
        scheduler.start()
        first = min(job.next_run_time for job in scheduler.get_jobs())
        log.info("the timetable is kept", first=first.astimezone(ZONE).isoformat("T", "minutes"))
        clocks = Clocks()
        while not stop():
            sleep(_TICK)
            if clocks.jumped():
                log.warning("the clock was set, or the machine slept: the timetable begins anew")
                anew(scheduler)
        scheduler.shutdown(wait=True)


def scheduled(
    lines: tuple[Start, ...], jitter: int, run: Callable[[Depth], None]
) -> BackgroundScheduler:
    """Give a scheduler that holds these lines, not yet started; one thread does all the work."""
    scheduler = BackgroundScheduler(
        timezone=UTC,
        executors={"default": ThreadPoolExecutor(1)},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": GRACE},
    )
    for line in lines:
        first = {"next_run_time": datetime.now(UTC)} if line.overdue else {}
        scheduler.add_job(run, Trigger(line.cron, jitter), args=(line.depth,), **first)
    return scheduler


def anew(scheduler: BackgroundScheduler) -> None:
    """Reckon from what the clock says now: what is past due runs, what is to come is worked out.

    Without it a clock that is set back would leave every start as far away as it was set.
    """
    for job in scheduler.get_jobs():
        if job.next_run_time > datetime.now(UTC):
            job.reschedule(job.trigger)
    scheduler.wakeup()


class Telling:
    """Logs why no update could be made when that begins, changes and is over; lets runs go on."""

    def __init__(self) -> None:
        """Begin without trouble."""
        self._reason: str | None = None

    def __call__(self, run: Callable[[], None]) -> None:
        """Run one update; what it says on purpose is logged on its edge, a bug is raised."""
        try:
            run()
        except Stopped:
            log.info("stopped as told: what was not read whole is read by the next run")
        except KallelseError as error:
            if str(error) != self._reason:
                log.error("no update", reason=str(error))  # noqa: TRY400 - for a person, no trace
            self._reason = str(error)
        else:
            if self._reason is not None:
                log.info("updates again", after=self._reason)
            self._reason = None
