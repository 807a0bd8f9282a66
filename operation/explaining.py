"""One record explained: its values and their signals, its history, what each page says of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import partial
from itertools import pairwise
from typing import Any, Final

from operation.columns import aligned, filled, rows
from operation.looking import is_address
from operation.placing import MEETINGS, stored
from operation.settings import Settings
from records import changes
from records.codec import to_json
from records.errors import ConfigError
from records.model import Committee, Meeting, NewsItem, Notice, Record, Revision, identity
from records.state import Seen
from records.store import Store
from records.tables import kind_of
from scraper import cities, shipped
from scraper.cities import City
from scraper.crawl import key
from scraper.findings import signals
from scraper.making import make

_COLUMNS: Final = ("read", "last_seen", "cause", "sequence", "last_changed", "words")


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A record with all that is known of it: its revisions, the newest last, and its sightings."""

    city: City
    revisions: tuple[Revision[Any], ...]
    seen: tuple[Seen, ...]

    @property
    def newest(self) -> Revision[Any]:
        """What the record says now."""
        return self.revisions[-1]


def explain(settings: Settings, name: str) -> Explained:
    """Find a record by its id, a committee by its slug, or either by the address of its page.

    ConfigError where there is none.
    """
    if Store.stands(settings.store):
        with Store.open(settings.store) as store:
            for city in map(cities.load, settings.cities or shipped.names()):
                record = _by_page(store, city, name) if is_address(name) else name
                revisions = store.history(city.slug, record) if record else []
                if revisions:
                    seen = tuple(_seen(store, city, revisions[-1].record))
                    return Explained(city=city, revisions=tuple(revisions), seen=seen)
    raise ConfigError(
        f"There is no record {name} in {settings.store}: give an id as `kallelse export` has it,"
        " a committee's slug, or the address of a page"
    )


def _by_page(store: Store, city: City, url: str) -> str | None:
    """Give the identity of the record whose own page an address is."""
    wanted = key(url)
    for revision in everything(store, city):
        record = revision.record
        if record.url and key(record.url) == wanted:
            return identity(record)
    return None


def everything(store: Store, city: City) -> Iterator[Revision[Any]]:
    """Give the newest revision of every record of a city, kind by kind."""
    yield from store.revisions(city.slug, Meeting)
    yield from store.revisions(city.slug, NewsItem)
    yield from store.revisions(city.slug, Notice)
    yield from store.revisions(city.slug, Committee)


def _seen(store: Store, city: City, record: Record) -> Iterator[Seen]:
    """Give the sightings that a record is made of."""
    if isinstance(record, Committee):
        yield from store.sightings(city.slug, f"committee/{record.slug}")
        return
    for bucket in _buckets(store, city, record):
        names = store.identities(city.slug, bucket)
        seen: Sequence[Seen] = store.sightings(city.slug, bucket)
        if bucket.startswith(MEETINGS):
            placed = stored(store, city.slug, [bucket], partial(store.sightings, city.slug))
            seen, names = placed.seen[bucket], placed.keys(bucket) | names
        for known in make(city, bucket, seen, names).known:
            if known.record.id == record.id:
                yield from known.seen


def _buckets(store: Store, city: City, record: Meeting | NewsItem | Notice) -> list[str]:
    """Name the buckets in which a record's sightings may lie."""
    if isinstance(record, Meeting):
        return [f"meeting/{record.committee}"]
    on_page = store.sightings_on(city.slug, key(record.url)) if record.url else []
    kind = kind_of(type(record))
    own = f"{kind}/{record.id.partition(':')[2]}"
    named = (one.sighting.bucket for one in on_page)
    return sorted({own, *(bucket for bucket in named if bucket.startswith(f"{kind}/"))})


def text(explained: Explained) -> str:
    """Give it all as text."""
    newest = explained.newest
    record = newest.record
    values = filled(record)
    problems = values.pop("problems", [])
    lines = [f"{kind_of(type(record))} {identity(record)}", "", "values [and their signals]"]
    lines += aligned(rows(values, newest.provenance.signals))
    lines += ["", "provenance", *aligned(rows(_provenance(newest)))]
    lines += ["", "problems", *(aligned((it["code"], it["text"]) for it in problems) or ["  none"])]
    lines += ["", "history", *aligned(_history(explained))]
    lines += ["", "what the pages say", *(_sightings(explained.seen) or ["  nothing is stored"])]
    return "\n".join(lines)


def _provenance(revision: Revision[Any]) -> dict[str, Any]:
    given = to_json(revision.provenance)
    return {name: given[name] for name in ("url", "fetched", "content_hash", "parser")}


def _history(explained: Explained) -> Iterator[list[str]]:
    """Give a row for each revision: when, why, what it made of the numbers, and what changed."""
    yield ["read", "last seen", "cause", "sequence", "last changed", "what changed"]
    revisions = explained.revisions
    told = ["first seen", *(_changed(old, new) for old, new in pairwise(revisions))]
    stood = [later.previous for later in revisions[1:]] + [_last_seen(explained)]
    for revision, last, words in zip(revisions, stood, told, strict=True):
        yield [
            _hour(revision.provenance.fetched),
            _hour(last) if last else "",
            str(revision.cause),
            str(revision.sequence),
            _hour(revision.last_changed),
            words,
        ]


def _last_seen(explained: Explained) -> datetime | None:
    """Give when a page last said what the newest revision says."""
    checked = (one.page.checked for one in explained.seen if not one.page.gone)
    return max(checked, default=None)


def _hour(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def _changed(old: Revision[Any], new: Revision[Any]) -> str:
    """Say in words what differs; where no reader sees it, name the fields."""
    happened = [it.words.en for it in changes.between(old.record, new.record)]
    if old.withdrawn != new.withdrawn:
        told = changes.withdrawn if new.withdrawn else changes.returned
        happened += [it.words.en for it in told(new.record)]
    return "; ".join(happened) or f"nothing that is told: {', '.join(differing(old, new))}"


def differing(old: Revision[Any], new: Revision[Any]) -> list[str]:
    """Name the fields in which two versions of a record differ."""
    names = (field.name for field in fields(new.record))
    return [name for name in names if getattr(old.record, name) != getattr(new.record, name)]


def _sightings(seen: Sequence[Seen]) -> list[str]:
    lines: list[str] = []
    for one in seen:
        page = one.page
        hour = f"{page.fetched or page.checked:%Y-%m-%d %H:%M}"
        lines.append(f"  {page.kind} {page.url}, read {hour}, last answer {page.status}")
        lines += aligned(rows(_said(one)), indent=4)
        lines += [f"    tells  {told}" for told in signals(one)]
    return lines


def _said(seen: Seen) -> Mapping[str, Any]:
    said = seen.sighting.data.items()
    return {name: value for name, value in said if value not in (None, [], "")}


def data(explained: Explained) -> dict[str, Any]:
    """Give it all as JSON values."""
    newest = explained.newest
    return {
        "kind": kind_of(type(newest.record)),
        "record": to_json(newest.record),
        "provenance": to_json(newest.provenance),
        "first_seen": newest.first_seen.isoformat(),
        "last_changed": newest.last_changed.isoformat(),
        "sequence": newest.sequence,
        "withdrawn": newest.withdrawn,
        "history": [dict(zip(_COLUMNS, row, strict=True)) for row in list(_history(explained))[1:]],
        "sightings": [
            {
                "page": one.page.url,
                "kind": one.page.kind,
                "status": one.page.status,
                "words": _said(one),
                "tells": list(signals(one)),
            }
            for one in explained.seen
        ],
    }
