"""Which files an edition has, in the order in which they are published, and who renders each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from feeds import appeal, calendar, happened, page, syndication
from feeds.edition import Edition
from feeds.exports import FORGOTTEN, Exported, digests, jsonl
from feeds.kinds import Kind
from feeds.opml import opml
from feeds.rendered import Events, Variant
from feeds.vcalendar import of_days
from records.model import Bundle, Committee


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


def files(edition: Edition) -> Iterator[File]:
    """Give the files that name no other: calendars, feeds, data, style."""
    yield from _calendars(edition)
    for feed in syndication.feeds(edition):
        path = edition.path(f"{feed.slug}.rss")
        yield File(path=path, make=syndication.rss, inputs=(feed, edition.address(path)))
    for kind in Kind:
        path = edition.path(f"data/{kind}.jsonl")
        yield File(path=path, make=_jsonl, inputs=(kind, _records(edition, kind)))
    if edition.forgotten:
        path = edition.path(f"data/{FORGOTTEN}.jsonl")
        yield File(path=path, make=_digests, inputs=tuple(sorted(edition.forgotten)))
    yield File(path="style.css", make=page.style, inputs=())


def manifests(edition: Edition, published: Collection[str]) -> Iterator[File]:
    """Give the files that name others; none of them names what is not among `published`."""
    yield File(path=edition.path("feeds.opml"), make=partial(opml, edition, published))
    path = edition.path("feeds.opml")
    everything = {*published, path}
    yield File(path="index.html", make=partial(page.index, edition, everything))


def _calendars(edition: Edition) -> Iterator[File]:
    """Give every calendar; a meeting's event is rendered once for all of them."""
    events, told = Events(edition), happened.happened(edition)
    rendered = partial(calendar.rendered, events=events)

    def made(name: str, make: Callable[..., bytes], inputs: tuple[object, ...]) -> File:
        return File(path=edition.path(f"{name}.ics"), make=make, inputs=inputs)

    def held(whose: Committee | Bundle | None, variant: Variant, year: int | None = None) -> File:
        contents = calendar.contents(edition, events, whose, variant, year)
        return made(calendar.name(whose, variant, year), rendered, contents)

    for committee in (revision.record for revision in edition.committees):
        yield from (held(committee, variant) for variant in Variant)
        for year in calendar.old_years(edition, events, committee):
            yield held(committee, Variant.PLAIN, year)
        news = happened.contents(edition, committee, told)
        yield made(f"{committee.slug}.{happened.ENDING}", of_days, news)
    for whose in (None, *edition.city.bundles):
        yield from (held(whose, variant) for variant in (Variant.PLAIN, Variant.GOOGLE))
    yield made(appeal.FILE, of_days, appeal.contents(edition))
    for story in events.stories:
        contents = calendar.single(edition, story)
        yield made(calendar.single_name(story.meeting), rendered, contents)


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


def _digests(*names: str) -> bytes:
    return digests(names).encode()
