"""Which files an edition has, in the order in which they are published, and who renders each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from feeds import appeal, calendar, formats, happened, page, syndication, told
from feeds.edition import Edition, named
from feeds.exports import FORGOTTEN, Exported, digests, jsonl
from feeds.kinds import Kind
from feeds.opml import opml
from feeds.page import search
from feeds.rendered import Events, Variant
from records.model import Bundle, Committee


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file: its path in the published folder, and how its bytes are made."""

    path: str
    render: Callable[[], bytes]


def files(edition: Edition) -> Iterator[File]:
    """Give the files that name no other: calendars, feeds, data, and what the pages load."""
    yield from _calendars(edition)
    yield from _feeds(edition)
    for kind in Kind:
        path = edition.path(f"data/{kind}.jsonl")
        yield File(path=path, render=partial(_jsonl, edition, kind))
    path = edition.path(f"data/{told.FILE}.jsonl")
    yield File(path=path, render=partial(told.jsonl, edition.told))
    if edition.forgotten:
        path = edition.path(f"data/{FORGOTTEN}.jsonl")
        yield File(path=path, render=lambda: digests(edition.forgotten).encode())
    yield File(path=formats.STYLE, render=formats.style)
    if edition.pages:
        yield from _beside(edition)


def _beside(edition: Edition) -> Iterator[File]:
    """Give what the pages load."""
    for name in page.ASSETS:
        yield File(path=name, render=partial(page.asset, name))
    yield File(path=edition.path(page.COLOURS), render=partial(page.colours, edition))
    yield File(path=edition.path(search.FILE), render=partial(search.index, edition))


def manifests(edition: Edition, published: Collection[str]) -> Iterator[File]:
    """Give the files that name others; none of them names what is not among `published`."""
    yield File(path=edition.path("feeds.opml"), render=partial(opml, edition, published))
    path = edition.path("feeds.opml")
    if edition.pages:
        for one in page.pages(edition, {*published, path}):
            yield File(path=one.path, render=one.render)


def _feeds(edition: Edition) -> Iterator[File]:
    """Give every feed in each format; an entry is written once for all of them."""
    items = formats.Items()
    for feed in syndication.feeds(edition):
        for ending in formats.FORMATS:
            path = edition.path(f"{feed.slug}.{ending}")
            yield File(path=path, render=partial(formats.render, edition, feed, ending, items))


def _calendars(edition: Edition) -> Iterator[File]:
    """Give every calendar; a meeting's event is rendered once for all of them."""
    events, told = Events(edition), happened.happened(edition)

    def made(name: str, render: Callable[[], bytes]) -> File:
        return File(path=edition.path(f"{name}.ics"), render=render)

    def held(whose: Committee | Bundle | None, variant: Variant, year: int | None = None) -> File:
        name = calendar.name(whose, variant, year)
        render = partial(calendar.render, edition, whose, variant=variant, year=year, events=events)
        return made(name, render)

    for committee in (revision.record for revision in edition.committees):
        yield from (held(committee, variant) for variant in Variant)
        for year in calendar.old_years(edition, committee):
            yield held(committee, Variant.PLAIN, year)
        news = partial(happened.render, edition, committee, told)
        yield made(f"{committee.slug}.{happened.ENDING}", news)
    for whose in (None, *edition.city.bundles):
        yield from (held(whose, variant) for variant in (Variant.PLAIN, Variant.GOOGLE))
    yield made(appeal.FILE, partial(appeal.render, edition))
    names = named(edition)
    for revision in edition.meetings:
        committee = names[revision.record.committee]
        render = partial(calendar.single, edition, revision, committee, events)
        yield made(calendar.single_name(revision.record), render)


def _jsonl(edition: Edition, kind: Kind) -> bytes:
    records: Mapping[Kind, Iterable[Exported]] = {
        Kind.MEETING: edition.meetings,
        Kind.NEWS: edition.news,
        Kind.NOTICE: edition.notices,
        Kind.COMMITTEE: edition.committees,
        Kind.CHANGE: edition.changes,
    }
    return jsonl(kind, records[kind]).encode()
