"""The week in politics: what is held, and what came last week, as it was known on Monday."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final
from urllib.parse import urldefrag

from feeds import phrases
from feeds.edition import Edition, named
from feeds.entries import entries
from feeds.entry import Entry, by_day, state
from feeds.text import line, web
from feeds.topics import Topic
from records.model import ZONE, Meeting, Told

SLUG: Final = "veckan"
"""The slug of the feed; no committee has it."""

MOST: Final = 40
"""How many happenings of last week are named."""

_LOOKED_BACK_ON: Final = frozenset({Topic.MINUTES, Topic.DECISIONS, Topic.CHANGES})


def title(edition: Edition) -> str:
    """Give «Politikveckan i Borås»."""
    name = line(edition.city.name)
    return f"Politikveckan i {name.removesuffix(' Stad').removesuffix(' stad')}"


def tell(edition: Edition) -> Iterator[Told]:
    """Tell of the week of the edition's day, unless that was told."""
    monday = edition.today - timedelta(days=edition.today.weekday())
    name = f"{SLUG}/week/{monday}"
    if any(one.id == name for one in edition.told):
        return
    sunday = monday + timedelta(days=6)
    page = urldefrag(web(edition.city.url) or edition.address("")).url
    yield Told(
        id=name,
        at=datetime.combine(monday, time(), ZONE),
        title=(
            f"{title(edition)}: vecka {monday.isocalendar().week}, {phrases.span(monday, sunday)}"
        ),
        body="\n".join((*_held(edition, monday, sunday), *_came(edition, monday), _CLOSING)),
        link=f"{page}#{name.replace('/', '-')}",
    )


_CLOSING: Final = (
    "Sammanställt av Kallelse i veckans början, av det som kommunen då visade. Vad som har ändrats"
    " sedan dess står i nämndernas egna flöden och på kommunens sidor."
)


def _held(edition: Edition, monday: date, sunday: date) -> Iterator[str]:
    names = named(edition)
    found = [
        revision.record
        for revision in edition.meetings
        if not revision.withdrawn and _falls(revision.record, monday, sunday)
    ]
    yield "Sammanträden i veckan:" if found else "Inga sammanträden är kända i veckan."
    for meeting in sorted(found, key=by_day):
        place = f", {line(meeting.location.name)}" if meeting.location else ""
        committee = names[meeting.committee]
        yield f"{state(meeting)}: {line(committee.name) or committee.slug}{place}"
        yield from filter(None, [web(meeting.url)])


def _falls(meeting: Meeting, monday: date, sunday: date) -> bool:
    first = phrases.day_of(meeting.start)
    last = phrases.day_of(meeting.end or meeting.start)
    return first <= sunday and max(first, last) >= monday


def _came(edition: Edition, monday: date) -> Iterator[str]:
    """Name the minutes, decisions and changes of last week, each with its link."""
    before = monday - timedelta(days=7)
    came = [
        entry
        for entry in entries(edition)
        if before <= phrases.day_of(entry.at) < monday
        and not _LOOKED_BACK_ON.isdisjoint(entry.topics)
    ]
    if came:
        yield "Förra veckan:"
    yield from _named(came)


def _named(came: Sequence[Entry]) -> Iterator[str]:
    for entry in came[:MOST]:
        yield entry.title
        yield entry.link
    if len(came) > MOST:
        yield f"och {len(came) - MOST} till."
