"""What to look at after the first update of a real city: ten meetings, three of them by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from operation.settings import Settings
from records.model import Committee, Meeting, When
from records.store import Store

_SHOWN = 10


def first_day(settings: Settings, city: str) -> Iterator[str]:
    """Give the lines: the next ten meetings with their addresses, and what to do with them."""
    today = settings.moment.date().isoformat()
    with Store.open(settings.store) as store:
        names = {one.record.slug: one.record.name for one in store.revisions(city, Committee)}
        coming = sorted(
            (one.record for one in store.revisions(city, Meeting)),
            key=lambda meeting: (meeting.start.isoformat(), meeting.id),
        )
    upcoming = (meeting for meeting in coming if meeting.start.isoformat() >= today)
    shown = list(islice(upcoming, _SHOWN))
    if not shown:
        yield "No coming meeting was found: compare with the city's own calendar."
        return
    yield f"The next {len(shown)} meetings:"
    for meeting in shown:
        place = meeting.location.name if meeting.location else "no place"
        yield f"  {_when(meeting.start)}  {names[meeting.committee]}, {place}"
        yield f"    {meeting.url or 'no page of its own'}"
    yield "Compare three of them with the city's site before you give the addresses away."


def _when(start: When) -> str:
    return f"{start:%Y-%m-%d %H.%M}" if isinstance(start, datetime) else f"{start:%Y-%m-%d}      "
