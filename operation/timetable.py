"""The daemon: the same update on a timetable, until it is told to stop."""

from __future__ import annotations

import signal
from collections.abc import Callable
from datetime import datetime
from types import FrameType
from typing import Final

import structlog
from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.cron import CronTrigger

from operation.settings import Settings
from records.errors import KallelseError
from records.model import ZONE

log = structlog.get_logger(__name__)

GRACE: Final = 3600  # seconds that a run may start late, after a sleep of the machine
_FIELDS: Final = ("minute", "hour", "day", "month", "day_of_week")


def keep(settings: Settings, update: Callable[[], int]) -> None:
    """Update at once, then by the timetable; returns after SIGTERM or SIGINT.

    A run that is late is run once, however many it stands for; two never run together.
    """
    scheduler = BlockingScheduler(timezone=ZONE)
    scheduler.add_job(
        _safely,
        trigger(settings.timetable.cron, settings.timetable.jitter),
        args=(update,),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=GRACE,
        next_run_time=datetime.now(ZONE),
    )

    def stop(_: int, __: FrameType | None) -> None:
        scheduler.shutdown(wait=True)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    scheduler.start()


def trigger(cron: str, jitter: int) -> CronTrigger:
    """Give the trigger of a crontab line whose weekdays are names."""
    fields = dict(zip(_FIELDS, cron.split(), strict=True))
    return CronTrigger(**fields, jitter=jitter, timezone=ZONE)


def _safely(update: Callable[[], int]) -> None:
    """Run one update; what it says on purpose is logged, and the timetable goes on."""
    try:
        update()
    except KallelseError as error:
        log.error("update failed", reason=str(error))  # noqa: TRY400 - meant for a person, no trace
