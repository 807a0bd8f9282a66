"""One thing to tell: an entry, its lasting name, and where its words come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urldefrag

from feeds import phrases
from feeds.edition import Edition
from feeds.text import line, web
from feeds.topics import TITLE, Topic
from records.model import Change, Committee, Document, Meeting
from records.terms import ChangeKind, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One happening, under one `id` in every format and feed; `body` is plain text in lines.

    It stands in the feeds of its `committees` (slugs) and `topics`, or in the city's feed `only`.
    `kind` is what happened and `role` which document it happened to, where the entry tells one
    thing. `more` is what else there is to read, as HTML that may be shown; `files` can be fetched,
    the main one first; `heard` is what watched words are looked for in, beside title and body.
    `changed` is when what it tells was last corrected, `stated` the city's own day for an article.
    """

    id: str
    at: datetime
    title: str
    link: str
    body: str
    author: str
    committees: tuple[str, ...]
    topics: tuple[Topic, ...] = ()
    only: str | None = None
    kind: ChangeKind | None = None
    role: Role | None = None
    more: str = ""
    image: str | None = None
    files: tuple[Document, ...] = ()
    heard: tuple[str, ...] = ()
    changed: datetime | None = None
    stated: date | None = None

    @property
    def updated(self) -> datetime:
        """When it was last made better than it was; its first sight where it never was."""
        return self.changed or self.at


def categories(entry: Entry) -> list[str]:
    """Give the few and lasting words by which a reader may sort entries: whose, and about what."""
    return [entry.author, *(TITLE[topic] for topic in Topic if topic in entry.topics)]


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


def home(edition: Edition, committee: Committee | None) -> str:
    """Give the city's page for a committee, or the nearest that there is."""
    return web(committee.url if committee else None) or web(edition.city.url) or edition.address("")


def state(meeting: Meeting) -> str:
    """Give «INSTÄLLT: måndag 16 mars 2026 kl. 17.00»."""
    return f"{phrases.PREFIX[meeting.status]}{phrases.when(meeting.start)}"


def by_day(meeting: Meeting) -> tuple[date, str, str]:
    """Give what meetings are sorted by: their day, and then what tells them apart."""
    return phrases.day_of(meeting.start), meeting.start.isoformat(), meeting.id
