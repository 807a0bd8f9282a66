"""Which files an edition has, in the order in which they are published, and who renders each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from feeds import calendar, page, syndication
from feeds.edition import ALL, Edition
from feeds.exports import Exported, jsonl
from feeds.kinds import Kind
from feeds.opml import opml
from records.model import Committee


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file: its path in the published folder, and how its bytes are made."""

    path: str
    render: Callable[[], bytes]


def files(edition: Edition) -> Iterator[File]:
    """Give the files that name no other: calendars, feeds, data, style."""
    for revision in edition.committees:
        yield from _calendars(edition, revision.record.slug, revision.record)
    yield from _calendars(edition, ALL, None)
    for feed in syndication.feeds(edition):
        path = edition.path(f"{feed.slug}.rss")
        yield File(path=path, render=partial(syndication.rss, feed, edition.address(path)))
    for kind in Kind:
        path = edition.path(f"data/{kind}.jsonl")
        yield File(path=path, render=partial(_jsonl, edition, kind))
    yield File(path="style.css", render=page.style)


def manifests(edition: Edition, published: Collection[str]) -> Iterator[File]:
    """Give the files that name others; none of them names what is not among `published`."""
    yield File(path=edition.path("feeds.opml"), render=partial(opml, edition, published))
    path = edition.path("feeds.opml")
    everything = {*published, path}
    yield File(path="index.html", render=partial(page.index, edition, everything))


def _calendars(edition: Edition, slug: str, committee: Committee | None) -> Iterator[File]:
    for name, google in ((f"{slug}.ics", False), (f"{slug}.google.ics", True)):
        render = partial(calendar.render, edition, committee, google=google)
        yield File(path=edition.path(name), render=render)


def _jsonl(edition: Edition, kind: Kind) -> bytes:
    records: Mapping[Kind, Iterable[Exported]] = {
        Kind.MEETING: edition.meetings,
        Kind.NEWS: edition.news,
        Kind.NOTICE: edition.notices,
        Kind.COMMITTEE: edition.committees,
        Kind.CHANGE: edition.changes,
    }
    return jsonl(kind, records[kind]).encode()
