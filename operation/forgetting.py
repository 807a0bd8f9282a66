"""One record taken down for good: out of the store and out of every published file."""

from __future__ import annotations

import json
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from feeds import gone, publish, twin
from feeds.calendar import single_name
from feeds.edition import Edition
from feeds.folder import last, place, prepare, put, stands
from feeds.publication import Publication
from feeds.told import without
from operation import absence, announcing, leftover, output, publishing, vanishing
from operation.explaining import explain
from operation.looking import is_address
from operation.settings import Settings
from records import forgotten
from records.codec import to_json
from records.database import file_of, url_of
from records.errors import ConfigError
from records.model import Committee, Meeting, NewsItem, Notice, Record, identity
from records.purging import Purged
from records.state import Seen
from records.store import Store
from records.writer import Writer
from scraper import cities, naming, shipped
from scraper.cities import City
from scraper.crawl import key
from scraper.identity import day_of

_PAGE: Final = "index.html"

_ITS_OWN: Final = frozenset({"meeting", "news", "notice"})
"""The kinds of page that are about one record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What became of a take-down: what the store held, and the published paths.

    `purged` is None where the store had been rid of it before, by a run that did not end. `held`
    are files that could not be written anew and may still name it; `strange` such as nothing that
    is published now makes, and that name it; `others` are made anew, and name it for another
    record's sake. `copies` are copies of the store.
    """

    purged: Purged | None
    written: Sequence[str]
    removed: Sequence[str]
    held: Sequence[str]
    strange: Sequence[str]
    others: Sequence[str]
    copies: Sequence[Path]

    @property
    def left(self) -> tuple[str, ...]:
        """The files in which it may still be."""
        return (*self.held, *self.strange)


def forget(settings: Settings, name: str) -> Forgotten:
    """Take down the record of that id, or whose own page is at that address.

    It may be called again where it did not come to its end. ConfigError where there is no such
    record, and for a committee; Busy where a run holds the lock.
    """
    city = _found(settings, name).city
    prepare(settings.out)
    with Store.open(settings.store) as store, store.lock(city.slug):
        found = _found(settings, name)  # a run may have gone between
        names: set[str] = set()
        if found.record:
            names = {found.record.uid} if isinstance(found.record, Meeting) else set()
            names |= {identity(found.record)}
            _list(settings.out, _names(city, found.record))
        before = publish.paths(_edition(store, settings, city))
        purged, told = _purge(store, settings, found, before)
        edition = _edition(store, settings, city)
        edition = replace(edition, taken_down=edition.taken_down | names | told)
        published = publish.paths(edition)
        _list(settings.out, vanishing.vanished(store, city.slug) - published)
        removed = tuple(_take_down(settings.out, published))
        made = _publish(store, settings, edition)
        store.compact()
    held = tuple(held.path for held in made.held)
    naming = tuple(_naming(settings.out, name, found.record))
    return Forgotten(
        purged=purged,
        written=made.written,
        removed=removed,
        held=held,
        strange=tuple(path for path in naming if path not in published),
        others=tuple(path for path in naming if path in published and path not in held),
        copies=_copies(settings.store),
    )


def _edition(store: Store, settings: Settings, city: City) -> Edition:
    model = publishing.was_model(store, city.slug)
    return output.edition(city, store, settings, settings.moment, model=model)


def _naming(out: Path, name: str, record: Record | None) -> Iterator[str]:
    """Give the published files that name the record yet, as it was asked for and as it was."""
    by_page = is_address(name)
    ids, urls = {key(name) if by_page else name}, {name} if by_page else set[str]()
    if isinstance(record, Meeting | NewsItem | Notice):
        ids |= {record.id}
        urls |= {record.url} if record.url else set()
    ids = {one.rpartition(":")[2] for one in ids if not one.startswith("/")}
    return leftover.naming(out, sorted(ids), sorted(urls))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What shall go; without a `record` it went before."""

    city: City
    record: Meeting | NewsItem | Notice | None = None
    seen: Sequence[Seen] = ()


def _found(settings: Settings, name: str) -> _Found:
    try:
        found = explain(settings, name)
    except ConfigError:
        city = _forgotten_in(settings, name)
        if city is None:
            raise
        return _Found(city=city)
    record = found.newest.record
    if isinstance(record, Committee):
        raise ConfigError(
            f"{name} is a committee, and those come from the city's file: give a meeting, an"
            " article or a notice"
        )
    return _Found(city=found.city, record=record, seen=found.seen)


def _forgotten_in(settings: Settings, name: str) -> City | None:
    """Give the city in which a record was forgotten before, by a run that may not have ended."""
    if Store.stands(settings.store):
        wanted = forgotten.digest(key(name) if is_address(name) else name)
        with Store.open(settings.store) as store:
            for city in settings.cities or shipped.names():
                if wanted in forgotten.read(store.note(city, forgotten.NOTE)):
                    return cities.load(city)
    return None


def _names(city: City, record: Record) -> Iterator[str]:
    """Give the published files that are about one record alone."""
    if isinstance(record, Meeting):
        own = single_name(record)
        yield from (f"{city.slug}/{own}.ics", f"{city.slug}/{own}/{_PAGE}")
        yield f"en/{city.slug}/{own}/{_PAGE}"


def _list(out: Path, names: Iterable[str]) -> None:
    """Add files to those that the server answers with 410."""
    known = vanishing.listed(out)
    vanishing.put(out, known.union(names))


def _take_down(out: Path, published: Container[str]) -> Iterator[str]:
    """Remove the files that are listed as gone; where a page was, a bare one says so.

    What is `published` still is somebody's to say: the server answers 410, and the file stands.
    """
    for name in sorted(vanishing.listed(out)):
        path = place(out, name) if stands(out / name) else None
        if path is None or name in published:
            continue
        if path.name != _PAGE:
            twin.drop(path)
            yield name
        elif last(path) != gone.PAGE:
            twin.drop(path)
            put(path, gone.PAGE)
            yield name


def _purge(
    store: Store, settings: Settings, found: _Found, before: Collection[str]
) -> tuple[Purged | None, set[str]]:
    """Empty the store of it; give what it held, and the ids of what was told of it.

    `before` are the paths of all that was published with it.
    """
    slug, record = found.city.slug, found.record
    if record is None:
        return None, set()
    told = {one.id for one in store.changes(slug) if one.record == record.id}
    own = {one.page.key for one in found.seen if one.page.kind in _ITS_OWN}
    with store.writing(slug, settings.moment) as writer:
        vanishing.expect(writer, settings.out, before)
        if isinstance(record, Meeting):
            own |= set(_keys(writer, record))
        writer.forget(forgotten.digest(f"{slug}:{one}") for one in own)
        purged = writer.purge(record, found.seen, own)
        watched = absence.read(writer.note(absence.NOTE))
        watched.pop(record.id, None)
        writer.put_note(absence.NOTE, json.dumps(to_json(watched), sort_keys=True))
        if isinstance(record, Meeting):
            words = announcing.remembered(store, slug)
            announcing.remember(writer, without(words, record))
    return purged, told


def _keys(writer: Writer, meeting: Meeting) -> Iterator[str]:
    """Give every local id by which a meeting could come back: its page's node, its days' names.

    A row of its day that has lost its page means it from now on, and not a new meeting.
    """
    name = meeting.id.partition(":")[2]
    scope = f"meeting/{meeting.committee}"
    writer.identify(scope, naming.reserved(day_of(meeting.start), name, writer.identities(scope)))
    for by, named in writer.identified("meeting/", "").items():
        for of, given in named.items():
            if given == name:
                yield naming.given_by(of.removeprefix("meeting/"), by)


def _publish(store: Store, settings: Settings, edition: Edition) -> Publication:
    """Publish without it; no gate holds a file back for what goes."""
    slug, now = edition.city.slug, settings.moment
    made = publishing.release(
        edition,
        store,
        settings,
        now,
        held=store.held(slug),
        force=publish.paths(edition),
        complete=False,
    )
    with store.writing(slug, now) as writer:
        writer.put_held(made.held)
    return made


def _copies(address: str) -> tuple[Path, ...]:
    """Give the copies of a store that lie beside it: they hold what it held."""
    path = file_of(url_of(address))
    if path is None:
        return ()
    beside = (
        *path.parent.glob(f"{path.name}.before-*"),
        *path.parent.glob(f"{path.name}.corrupt-*"),
    )
    return tuple(sorted(beside))


def sentences(found: Forgotten) -> Iterator[str]:
    """Say what was done, and what is left for a person to do."""
    held = found.purged
    if held:
        yield (
            f"Gone from the store: {held.revisions} versions, {held.changes} changes told,"
            f" {held.snapshots} stored pages."
        )
    else:
        yield "The store was rid of it before."
    yield f"{len(found.removed)} published files were taken away, {len(found.written)} made anew."
    for name in found.held:
        yield f"{name} could not be written anew and may still name it: see kallelse status."
    for name in found.strange:
        yield (
            f"{name} still names it, and is no file of what is published now: delete it, and what"
            " is packed beside it."
        )
    for name in found.others:
        yield f"{name} names it because another record does: forget that too where it must go."
    for path in found.copies:
        yield f"{path} is an older copy of the store and may still hold it: delete it."
    yield "Backups, web caches and the copies in people's apps are not in our hands."
