"""A committee that has ended: its last entry, and an all-day event that names whom to follow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from urllib.parse import urldefrag

from icalendar import Event

from feeds import phrases
from feeds.edition import Edition, committee_of
from feeds.entry import Entry, home, tag, trail
from feeds.event import Text
from feeds.text import line, web
from records.model import ZONE, Committee, Revision


def entries(edition: Edition) -> Iterator[Entry]:
    """Give the last entry of each committee that has ended: whom to follow now."""
    for revision in edition.committees:
        body = revision.record
        if body.until is None or body.until >= edition.today:
            continue
        after = datetime.combine(body.until + timedelta(days=1), time(), ZONE)
        at = max(after, revision.last_changed)
        page = home(edition, body)
        name = f"{body.slug}/ended/{body.until}"
        origin = trail(phrases.weekday(body.until), at, None, page)
        yield Entry(
            id=tag(edition, name),
            at=at,
            title=f"{line(body.name)} har upphört",
            link=f"{urldefrag(page).url}#{name.replace('/', '-')}",
            body="\n".join((*farewell(edition, body), origin)),
            author=line(body.name),
            committees=(body.slug,),
        )


def farewell(edition: Edition, body: Committee) -> Iterator[str]:
    """Say in lines that a committee has ended, and where its successors are to be followed."""
    successors = [committee_of(edition, slug) for slug in body.successors]
    names = " och ".join(line(one.name) for one in successors)
    follow = f", följ {names}" if names else "; ingen efterträdare är angiven"
    yield f"Nämnden har upphört{follow}."
    if body.until:
        yield f"Sista dag: {phrases.day(body.until)}."
    for one in successors:
        yield f"{line(one.name)}: {edition.address(edition.path(f'{one.slug}.ics'))}"


def event(edition: Edition, revision: Revision[Committee]) -> bytes:
    """Give the VEVENT of the day after a committee's last; nothing for one that goes on."""
    body = revision.record
    if body.until is None:
        return b""
    day = body.until + timedelta(days=1)
    made = Event()
    made.add("uid", f"{body.slug}-ended@{edition.city.slug}.kallelse")
    made.add("sequence", revision.sequence)
    made.add("dtstamp", revision.last_changed)
    made.add("last-modified", revision.last_changed)
    made.add("dtstart", day)
    made.add("dtend", day + timedelta(days=1))
    lines = list(farewell(edition, body))
    made.add("summary", Text(f"{line(body.name)}: {_lowered(lines[0])}"), encode=False)
    made.add("description", Text("\n".join(lines)), encode=False)
    made.add("status", "CONFIRMED")
    made.add("class", "PUBLIC")
    made.add("transp", "TRANSPARENT")
    if url := web(body.url):
        made.add("url", url)
    return bytes(made.to_ical())


def _lowered(sentence: str) -> str:
    """Give a sentence as it stands behind a name and a colon."""
    return sentence[:1].lower() + sentence[1:].rstrip(".")
