"""The web pages: what residents see of a city's meetings, as static HTML without script."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime
from importlib import resources
from itertools import groupby
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from feeds import appeal, happened, phrases
from feeds.colours import colour
from feeds.edition import ALL, NEWS, Edition, grouped, named
from feeds.place import location
from feeds.rendered import Variant
from feeds.text import line, web
from records.model import Bundle, Committee, Meeting
from records.terms import Status

NEXT: Final = 10
"""How many meetings stand on the first page."""

GOOGLE: Final = "https://calendar.google.com/calendar/u/0/r/settings/addbyurl"
"""Google's own page for adding a calendar by its address; it works on a computer only."""

_PAGES: Final = Environment(
    loader=PackageLoader("feeds.page"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One meeting in a list; `word` is its status where that is not the ordinary one."""

    committee: str
    name: str
    day: str
    iso: str
    hour: str
    place: str
    word: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How to subscribe to one calendar and feed; None for what is not published."""

    webcal: str | None
    ics: str | None
    google: str | None
    reminders: str | None
    happened: str | None
    rss: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One committee or bundle: what it is, when it meets next, and how to follow it."""

    slug: str
    name: str
    url: str | None
    colour: str
    following: Item | None
    ways: Ways


def index(edition: Edition, published: Container[str]) -> bytes:
    """Give the first page; it links to no file of ours that is not among `published`."""
    meetings = _upcoming(edition)
    names = named(edition)
    items = [_item(edition, meeting, names[meeting.committee]) for meeting in meetings[:NEXT]]
    groups = [
        (title, [_card(edition, committee, meetings, published) for committee in committees])
        for title, committees in grouped(edition)
    ]
    topics = [_card(edition, bundle, meetings, published) for bundle in edition.city.bundles]
    made = _PAGES.get_template("index.html").render(
        edition=edition,
        city=line(edition.city.name),
        home=web(edition.city.url),
        days=[(day, list(held)) for day, held in groupby(items, key=lambda item: item.day)],
        groups=[*groups, ("Ämnen", topics)] if topics else groups,
        whole=_ways(edition, ALL, published),
        news=_ways(edition, NEWS, published),
        appeals=_ways(edition, appeal.FILE, published),
        appeals_name=appeal.NAME,
        files=_files(edition, published),
        google=GOOGLE,
    )
    return made.encode()


def style() -> bytes:
    """Give the style sheet of every page."""
    return resources.files(__name__).joinpath("style.css").read_bytes()


def _upcoming(edition: Edition) -> list[Meeting]:
    """Give the meetings whose last day is not over, soonest first."""
    found = [
        revision.record
        for revision in edition.meetings
        if not revision.withdrawn and _last_day(revision.record) >= edition.today
    ]
    return sorted(found, key=lambda m: (phrases.day_of(m.start), m.start.isoformat(), m.id))


def _last_day(meeting: Meeting) -> date:
    return phrases.day_of(meeting.end or meeting.start)


def _item(edition: Edition, meeting: Meeting, committee: Committee) -> Item:
    start = meeting.start
    return Item(
        committee=committee.slug,
        name=line(committee.name),
        day=phrases.weekday(meeting.start),
        iso=meeting.start.isoformat(),
        hour=phrases.clock(start) if isinstance(start, datetime) else phrases.UNKNOWN_HOUR,
        place=location(meeting.location, edition.city),
        word=phrases.PREFIX[meeting.status].rstrip(": ").capitalize(),
        url=web(meeting.url),
    )


def _card(
    edition: Edition,
    whose: Committee | Bundle,
    meetings: list[Meeting],
    published: Container[str],
) -> Card:
    url = web(whose.url) if isinstance(whose, Committee) else None
    given = whose.colour if isinstance(whose, Committee) else None
    slugs = whose.committees if isinstance(whose, Bundle) else (whose.slug,)
    return Card(
        slug=whose.slug,
        name=line(whose.name),
        url=url,
        colour=colour(whose.slug, given)[1],
        following=_following(edition, meetings, slugs),
        ways=_ways(edition, whose.slug, published),
    )


def _following(edition: Edition, meetings: list[Meeting], slugs: Container[str]) -> Item | None:
    """Give the next meeting of these committees that is held."""
    off = {Status.CANCELLED, Status.POSTPONED}
    own = (m for m in meetings if m.committee in slugs and m.status not in off)
    following = next(own, None)
    return _item(edition, following, named(edition)[following.committee]) if following else None


def _ways(edition: Edition, slug: str, published: Container[str]) -> Ways:
    """Give relative paths for links, and whole addresses for what is copied into an app."""

    def whole(end: str) -> str | None:
        path = edition.path(f"{slug}.{end}")
        return edition.address(path) if path in published else None

    address, rss = whole("ics"), edition.path(f"{slug}.rss")
    return Ways(
        webcal="webcal:" + address.partition(":")[2] if address else None,
        ics=address,
        google=whole(f"{Variant.GOOGLE}.ics"),
        reminders=whole(f"{Variant.REMINDERS}.ics"),
        happened=whole(f"{happened.ENDING}.ics"),
        rss=rss if rss in published else None,
    )


def _files(edition: Edition, published: Container[str]) -> list[tuple[str, str]]:
    """Give the files for machines with their words, as paths."""
    known = (
        ("feeds.opml", "alla flöden som OPML"),
        ("data/meeting.jsonl", "sammanträden"),
        ("data/committee.jsonl", "nämnder"),
        ("data/news.jsonl", "nyheter"),
        ("data/change.jsonl", "ändringar"),
    )
    named_paths = ((edition.path(name), words) for name, words in known)
    return [(path, words) for path, words in named_paths if path in published]
