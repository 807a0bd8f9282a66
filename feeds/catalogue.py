"""Which files an edition has, in the order in which they are published, and who renders each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from feeds import appeal, calendar, formats, happened, json_schema, page, syndication, told
from feeds.edition import Edition, named
from feeds.exports import FORGOTTEN, Exported, as_csv, digests, jsonl
from feeds.kinds import Kind
from feeds.opml import opml
from feeds.rendered import Events, Variant
from records.model import Bundle, Committee


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file: its path in the published folder, and how its bytes are made."""

    path: str
    render: Callable[[], bytes]


def files(edition: Edition) -> Iterator[File]:
    """Give the files that name no other: calendars, feeds, data, style."""
    yield from _calendars(edition)
    yield from _feeds(edition)
    yield from _data(edition)
    yield File(path="style.css", render=page.style)
    yield File(path=formats.STYLE, render=formats.style)


def manifests(edition: Edition, published: Collection[str]) -> Iterator[File]:
    """Give the files that name others; none of them names what is not among `published`."""
    yield File(path=edition.path("feeds.opml"), render=partial(opml, edition, published))
    path = edition.path("feeds.opml")
    everything = {*published, path}
    yield File(path="index.html", render=partial(page.index, edition, everything))


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


def _data(edition: Edition) -> Iterator[File]:
    """Give every record as data, what its lines are made of, and what a new store adopts."""

    def made(name: str, render: Callable[[], bytes]) -> File:
        return File(path=edition.path(f"data/{name}"), render=render)

    for kind in Kind:
        yield made(f"{kind}.jsonl", partial(_exported, edition, kind, jsonl))
        yield made(f"{kind}.csv", partial(_exported, edition, kind, as_csv))
        yield made(f"{kind}.{json_schema.ENDING}", partial(json_schema.schema, edition, kind))
    yield made(f"{told.FILE}.jsonl", partial(told.jsonl, edition.told))
    if edition.forgotten:
        yield made(f"{FORGOTTEN}.jsonl", lambda: digests(edition.forgotten).encode())


def _exported(
    edition: Edition, kind: Kind, write: Callable[[Kind, Iterable[Exported]], str]
) -> bytes:
    records: Mapping[Kind, Iterable[Exported]] = {
        Kind.MEETING: edition.meetings,
        Kind.NEWS: edition.news,
        Kind.NOTICE: edition.notices,
        Kind.COMMITTEE: edition.committees,
        Kind.CHANGE: edition.changes,
    }
    return write(kind, records[kind]).encode()
