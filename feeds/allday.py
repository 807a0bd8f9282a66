"""Something to know on a day as an all-day event: nobody has to be anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Event

from feeds.event import Text, categories
from feeds.folded import written
from feeds.text import line, web


@dataclass(frozen=True, slots=True, kw_only=True)
class AllDay:
    """One all-day event; `words` are its categories, `changed` is when its record last changed."""

    uid: str
    day: date
    summary: str
    description: str
    words: tuple[str, ...]
    changed: datetime
    link: str | None = None
    sequence: int = 0
    status: str = "CONFIRMED"


def all_day(told: AllDay) -> bytes:
    """Give the lines from BEGIN:VEVENT to END:VEVENT."""
    made = Event()
    made.add("uid", Text(line(told.uid)), encode=False)
    made.add("sequence", told.sequence)
    made.add("dtstamp", told.changed)
    made.add("last-modified", told.changed)
    made.add("dtstart", told.day)
    made.add("dtend", told.day + timedelta(days=1))
    made.add("summary", Text(line(told.summary)), encode=False)
    made.add("description", Text(told.description), encode=False)
    made.add("status", told.status)
    made.add("class", "PUBLIC")
    made.add("transp", "TRANSPARENT")
    made.add("categories", categories(*told.words), encode=False)
    if url := web(told.link):
        made.add("url", url)
    return written(made)
