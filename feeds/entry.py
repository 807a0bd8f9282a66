"""One thing to tell: an entry, its lasting name, and where its words come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urldefrag

from feeds import phrases
from feeds.edition import Edition
from feeds.text import line, web
from records.model import Change, Committee, Meeting
from records.terms import ChangeKind, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One happening, under one `id` in every format and feed; `body` is plain text in lines.

    `committees` are the slugs in whose feeds it stands; `news` says that it is an article. `kind`
    is what happened and `role` which document it happened to, where the entry tells one thing.
    """

    id: str
    at: datetime
    title: str
    link: str
    body: str
    author: str
    committees: tuple[str, ...]
    news: bool = False
    kind: ChangeKind | None = None
    role: Role | None = None


def first_day(today: date) -> date:
    """Give the first day whose entries are still told; it moves on the first of a month."""
    return date(today.year - 1, today.month, 1)


def tag(edition: Edition, name: str) -> str:
    """Give the tag: URI (RFC 4151) of an entry; it says nothing of where the site stands."""
    return line(f"tag:{edition.city.slug}.kallelse,2026:{name}")


def origin(changes: Sequence[Change], page: str) -> str:
    """Say of changes of one run when the city says they happened, when we saw them, and where."""
    said = {change.stated for change in changes}
    stamps = sorted(phrases.stamp(stamp) for stamp in said if stamp)
    own = "olika tider" if len(said) > 1 else stamps[0] if stamps else None
    looked = min((change.previous for change in changes if change.previous), default=None)
    return trail(own, changes[0].at, looked, page)


def trail(stated: str | None, at: datetime, previous: datetime | None, page: str) -> str:
    """Give the end of every entry: the city's own time, ours, our last look before, the source."""
    seen, before = phrases.when(at), phrases.when(previous) if previous else "okänd"
    return (
        f"Enligt kommunen: {stated or 'ingen tid angiven'}.\n"
        f"Först sett av Kallelse: {seen}, föregående kontroll {before}. Källa: {page}"
    )


def page_of(edition: Edition, meeting: Meeting, committee: Committee) -> str:
    """Give the city's page for a meeting without a fragment, or the nearest that there is."""
    return urldefrag(web(meeting.url) or home(edition, committee)).url


def home(edition: Edition, committee: Committee) -> str:
    """Give the city's page for a committee, or the nearest that there is."""
    return web(committee.url) or web(edition.city.url) or edition.address("")


def state(meeting: Meeting) -> str:
    """Give «INSTÄLLT: måndag 16 mars 2026 kl. 17.00»."""
    return f"{phrases.PREFIX[meeting.status]}{phrases.when(meeting.start)}"


def by_day(meeting: Meeting) -> tuple[date, str, str]:
    """Give what meetings are sorted by: their day, and then what tells them apart."""
    return phrases.day_of(meeting.start), meeting.start.isoformat(), meeting.id
