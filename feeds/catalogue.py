"""Which files an edition has, in the order in which they are published, and who renders each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from feeds import appeal, calendar, formats, happened, json_schema, page, syndication, told
from feeds.edition import Edition
from feeds.exports import FORGOTTEN, Exported, as_csv, digests, jsonl
from feeds.kinds import Kind
from feeds.opml import opml
from feeds.page import search
from feeds.rendered import Events, Variant
from feeds.vcalendar import of_days
from records.model import Bundle, Committee, Meeting

Standing: TypeAlias = Callable[[str], bytes | None]
"""Gives what is published at a path, if it is known to be as it would be made now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file: its path in the published folder, and how its bytes are made.

    `make` gives the bytes of `inputs` and of nothing else: while those stand, they do. Without
    `inputs` that is not known.
    """

    path: str
    make: Callable[..., bytes]
    inputs: tuple[object, ...] | None = None

    def render(self) -> bytes:
        """Give its bytes."""
        return self.make(*self.inputs or ())


def files(edition: Edition, stands: Standing = lambda _: None) -> Iterator[File]:
    """Give the files that name no other: calendars, feeds, data, and what the pages load.

    `stands` gives a published file that needs not be made again: others may hold parts of it.
    """
    yield from _calendars(edition, stands)
    yield from _feeds(edition)
    yield from _data(edition)
    yield File(path=formats.STYLE, make=formats.style, inputs=())
    if edition.pages:
        yield from _beside(edition)


def _beside(edition: Edition) -> Iterator[File]:
    """Give what the pages load."""
    for name in page.ASSETS:
        yield File(path=name, make=page.asset, inputs=(name,))
    path = edition.path(page.COLOURS)
    yield File(path=path, make=page.colours, inputs=(edition.committees,))
    path = edition.path(search.FILE)
    yield File(path=path, make=search.index, inputs=(edition.committees, edition.meetings))


def manifests(edition: Edition, published: Collection[str]) -> Iterator[File]:
    """Give the files that name others; none of them names what is not among `published`."""
    yield File(path=edition.path("feeds.opml"), make=partial(opml, edition, published))
    path = edition.path("feeds.opml")
    if edition.pages:
        for one in page.pages(edition, {*published, path}):
            yield File(path=one.path, make=page.Page.render, inputs=(one,))


def _feeds(edition: Edition) -> Iterator[File]:
    """Give every feed in each format; an entry is written once for all of them."""
    made = partial(formats.written, items=formats.Items())
    for feed in syndication.feeds(edition):
        for ending in formats.FORMATS:
            path = edition.path(f"{feed.slug}.{ending}")
            yield File(path=path, make=made, inputs=formats.inputs(edition, feed, ending))


def _calendars(edition: Edition, stands: Standing) -> Iterator[File]:
    """Give every calendar, a meeting's own first; its event is rendered once for all."""

    def own(meeting: Meeting) -> bytes | None:
        return stands(edition.path(f"{calendar.single_name(meeting)}.ics"))

    events, told = Events(edition, own), happened.happened(edition)
    rendered = partial(calendar.rendered, events=events)

    def made(name: str, make: Callable[..., bytes], inputs: tuple[object, ...]) -> File:
        return File(path=edition.path(f"{name}.ics"), make=make, inputs=inputs)

    def held(whose: Committee | Bundle | None, variant: Variant, year: int | None = None) -> File:
        contents = calendar.contents(edition, events, whose, variant, year)
        return made(calendar.name(whose, variant, year), rendered, contents)

    for story in events.stories:
        contents = calendar.single(edition, story)
        yield made(calendar.single_name(story.meeting), rendered, contents)
    for committee in (revision.record for revision in edition.committees):
        yield from (held(committee, variant) for variant in Variant)
        for year in calendar.old_years(edition, events, committee):
            yield held(committee, Variant.PLAIN, year)
        news = happened.contents(edition, committee, told)
        yield made(f"{committee.slug}.{happened.ENDING}", of_days, news)
    for whose in (None, *edition.city.bundles):
        yield from (held(whose, variant) for variant in (Variant.PLAIN, Variant.GOOGLE))
    yield made(appeal.FILE, of_days, appeal.contents(edition))


def _data(edition: Edition) -> Iterator[File]:
    """Give every record as data, what its lines are made of, and what a new store adopts."""

    def made(name: str, make: Callable[..., bytes], *inputs: object) -> File:
        return File(path=edition.path(f"data/{name}"), make=make, inputs=inputs)

    for kind in Kind:
        records = _records(edition, kind)
        yield made(f"{kind}.jsonl", _jsonl, kind, records)
        yield made(f"{kind}.csv", _csv, kind, records)
        name = f"{kind}.{json_schema.ENDING}"
        address = edition.address(edition.path(f"data/{name}"))
        yield made(name, json_schema.schema, kind, address)
    yield made(f"{told.FILE}.jsonl", told.jsonl, edition.told)
    if edition.forgotten:
        yield made(f"{FORGOTTEN}.jsonl", _digests, *sorted(edition.forgotten))


def _records(edition: Edition, kind: Kind) -> tuple[Exported, ...]:
    records: Mapping[Kind, tuple[Exported, ...]] = {
        Kind.MEETING: edition.meetings,
        Kind.NEWS: edition.news,
        Kind.NOTICE: edition.notices,
        Kind.COMMITTEE: edition.committees,
        Kind.CHANGE: edition.changes,
    }
    return records[kind]


def _jsonl(kind: Kind, records: Iterable[Exported]) -> bytes:
    return jsonl(kind, records).encode()


def _csv(kind: Kind, records: Iterable[Exported]) -> bytes:
    return as_csv(kind, records).encode()


def _digests(*names: str) -> bytes:
    return digests(names).encode()
