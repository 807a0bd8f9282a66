"""What the settings say of serving: how fresh things must be, and who is sent nothing packed."""

from __future__ import annotations

from feeds.answer import Serving
from operation.freshness import interval
from operation.settings import Settings


def serving(settings: Settings) -> Serving:
    """Give what the server needs to know."""
    return Serving(
        interval=interval(settings.timetable.cron, settings.moment),
        unpacked=settings.serve.unpacked,
    )
