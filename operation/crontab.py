"""Crontab lines as moments: when the next comes after another, in the city's zone."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Final

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger

from records.model import ZONE

_FIELDS: Final = ("minute", "hour", "day", "month", "day_of_week")
NEVER: Final = datetime.max.replace(tzinfo=UTC)
"""After which no line comes."""


class Trigger(BaseTrigger):  # type: ignore[misc]  # the library has no types
    """The moments of a crontab line whose weekdays are names, each late by chance, in UTC.

    In the city's own zone the library compares wall clocks, and adding its jitter to the second of
    two equal hours gives the first: in that night it would find no end of runs that are past due.
    """

    __slots__ = ("_jitter", "_line")

    def __init__(self, cron: str, jitter: int = 0) -> None:
        """Take a line of five fields, and by how many seconds chance may delay a start."""
        self._line = CronTrigger(**dict(zip(_FIELDS, cron.split(), strict=True)), timezone=ZONE)
        self._jitter = jitter

    def get_next_fire_time(
        self, previous_fire_time: datetime | None, now: datetime
    ) -> datetime | None:
        """Give the moment after the previous one, or else after now; None where none comes."""
        found: datetime | None = self._line.get_next_fire_time(previous_fire_time, now)
        if found is None:
            return None
        late = self._jitter * random.random()  # noqa: S311 - not a secret
        return found.astimezone(UTC) + timedelta(seconds=late)


def after(cron: str, moment: datetime) -> datetime:
    """Give when the line comes next after a moment; for ever away where it does not."""
    return Trigger(cron).get_next_fire_time(moment, moment) or NEVER
