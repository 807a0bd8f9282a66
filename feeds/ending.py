"""A committee that has ended: its last entry, and an all-day event that names whom to follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from urllib.parse import urldefrag

from feeds import phrases
from feeds.allday import AllDay
from feeds.edition import Edition, committee_of
from feeds.entry import Entry, home, tag, trail
from feeds.text import line, web
from records import labels
from records.model import ZONE, Committee, Revision


def entries(edition: Edition) -> Iterator[Entry]:
    """Give the last entry of each committee that has ended: whom to follow now."""
    for revision in edition.committees:
        body = revision.record
        if body.until is None or body.until >= edition.today:
            continue
        after = datetime.combine(body.until + timedelta(days=1), time(), ZONE)
        at = max(after, _known(edition, revision))
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


def _known(edition: Edition, revision: Revision[Committee]) -> datetime:
    """Give when it became known that a committee ends on that day; who succeeds it may come later.

    Its change says so; without one it was known from the first.
    """
    body = revision.record
    said = {it.words.sv for it in labels.between(replace(body, until=None), body)}
    own = (it for it in edition.changes if it.record == body.slug and it.text in said)
    first = revision.last_changed if revision.sequence else revision.first_seen
    return next((it.at for it in own), first)


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


def day(edition: Edition, committee: Committee) -> AllDay | None:
    """Give the day after a committee's last; None for one that goes on."""
    own = (one for one in edition.committees if one.record.slug == committee.slug)
    revision = next(own, None)
    if revision is None or revision.record.until is None:
        return None
    body = revision.record
    lines = list(farewell(edition, body))
    url = web(body.url)  # most apps show an address only in the text
    return AllDay(
        uid=f"{body.slug}-ended@{edition.city.slug}.kallelse",
        day=revision.record.until + timedelta(days=1),
        summary=f"{body.name}: {lines[0][:1].lower()}{lines[0][1:].rstrip('.')}",
        description="\n".join([*lines, *([url] if url else [])]),
        words=("Nytt", body.name),
        changed=revision.last_changed,
        link=url,
        sequence=revision.sequence,
    )
