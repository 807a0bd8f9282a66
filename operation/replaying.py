"""All stored pages read again by today's parsers: what would change, and nothing is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from operation.columns import aligned, said
from operation.explaining import everything
from operation.placing import MEETINGS, stored
from operation.rereading import reread
from operation.settings import Settings
from records import changes
from records.codec import to_json
from records.errors import ConfigError, PageChanged
from records.model import Record, identity
from records.since import kept
from records.state import Seen
from records.store import Store
from records.tables import kind_of
from scraper import cities, normalise, shipped
from scraper.cities import City
from scraper.crawl import Read
from scraper.making import make

_Said: TypeAlias = tuple[Sequence[Seen], Mapping[str, str]]
"""What is said in a bucket, and the keys by which another bucket knew of it."""

_NOTHING: Final[_Said] = ((), {})


@dataclass(slots=True)
class Replayed:
    """What one city's stored pages give today.

    `pages` counts those that were read again; `unread` has by address what is missing in the
    others. `records` has by identity the kind of a record that differs and, by field, its value as
    stored and as read again: None before for a new one, None now for one that no page gives.
    """

    city: str
    pages: int = 0
    unread: dict[str, str] = field(default_factory=dict)
    records: dict[str, tuple[str, dict[str, tuple[Any, Any]]]] = field(default_factory=dict)


def replay(settings: Settings, city: Callable[[str], City] = cities.load) -> list[Replayed]:
    """Read all stored pages again, city by city; ConfigError where there is no store."""
    if not Store.stands(settings.store):
        raise ConfigError(f"There is no store {settings.store} yet: run kallelse update first")
    with Store.open(settings.store) as store:
        names = settings.cities or shipped.names()
        return [_replayed(city(name), store) for name in names]


def _replayed(city: City, store: Store) -> Replayed:
    result = Replayed(city=city.slug)
    again: dict[str, Read] = {}
    for outcome in reread(city, store, every=True):
        if isinstance(outcome, Read):
            again[outcome.state.key] = outcome
        elif isinstance(outcome.error, PageChanged):  # pragma: no branch - nothing else is possible
            result.unread[outcome.link.url] = outcome.error.missing
    result.pages = len(again)
    _compare(city, store, again, result)
    return result


def _compare(city: City, store: Store, again: Mapping[str, Read], result: Replayed) -> None:
    stored = {identity(one.record): one.record for one in everything(store, city)}
    before, now = (_placed(city, store, said) for said in _said(city, store, again))
    for bucket in sorted(before.keys() | now.keys()):
        made = dict(_records(city, store, bucket, now.get(bucket, _NOTHING)))
        for name, record in made.items():
            old = stored.get(name)
            if old is None or not changes.same(old, record):
                result.records[name] = kind_of(type(record)), _differ(old, record)
        if before.get(bucket) != now.get(bucket):
            for name, record in _records(city, store, bucket, before.get(bucket, _NOTHING)):
                if name not in made:
                    result.records[name] = kind_of(type(record)), _differ(record, None)


def _said(
    city: City, store: Store, again: Mapping[str, Read]
) -> tuple[dict[str, list[Seen]], dict[str, list[Seen]]]:
    """Give by bucket what the pages said when they were had, and what they say read again."""
    before: dict[str, list[Seen]] = defaultdict(list)
    now: dict[str, list[Seen]] = defaultdict(list)
    for state in store.pages(city.slug):
        old = store.sightings_on(city.slug, state.key)
        read = again.get(state.key)
        new = (
            old
            if read is None
            else [
                Seen(page=state, position=n, sighting=it)
                for n, it in enumerate(
                    kept(state, [one.sighting for one in old], read.sightings, state)
                )
            ]
        )
        for found, seen in ((before, old), (now, new)):
            for one in seen:
                found[one.sighting.bucket].append(one)
    return before, now


def _placed(city: City, store: Store, said: Mapping[str, Sequence[Seen]]) -> Mapping[str, _Said]:
    """Give what is said of each meeting to one bucket, and the keys of its pages with that."""
    meetings = [bucket for bucket in said if bucket.startswith(MEETINGS)]
    placed = stored(store, city.slug, meetings, lambda bucket: said.get(bucket, ()))
    others: dict[str, _Said] = {bucket: (seen, {}) for bucket, seen in said.items()}
    return others | {bucket: (placed.seen[bucket], placed.keys(bucket)) for bucket in placed.seen}


def _records(city: City, store: Store, bucket: str, said: _Said) -> Iterator[tuple[str, Record]]:
    seen, keys = said
    kind, _, slug = bucket.partition("/")
    if kind == "committee":
        body = normalise.committee(city, slug, seen)
        known: Iterable[Record] = (body,) if body else ()
    else:
        names = {**keys, **store.identities(city.slug, bucket)}
        known = (one.record for one in make(city, bucket, seen, names).known)
    return ((identity(record), record) for record in known)


def _differ(old: Record | None, new: Record | None) -> dict[str, tuple[Any, Any]]:
    """Give by name the fields that differ between two versions of a record, old and new."""
    one, other = ({} if it is None else to_json(it) for it in (old, new))
    names = dict.fromkeys((*one, *other))
    return {
        name: (one.get(name), other.get(name)) for name in names if one.get(name) != other.get(name)
    }


def text(results: Iterable[Replayed]) -> str:
    """Give it all as text."""
    lines: list[str] = []
    for result in results:
        count = len(result.records)
        differ = f"{count} records would differ" if count else "nothing would change"
        lines.append(f"{result.city}: {result.pages} stored pages read again, {differ}")
        lines += [f"  {url} no longer has {missing}" for url, missing in result.unread.items()]
        for name, (kind, fields) in sorted(result.records.items()):
            lines.append(f"  {kind} {name}")
            lines += aligned(
                [[name, _line(old), "->", _line(new)] for name, (old, new) in fields.items()],
                indent=4,
            )
    return "\n".join(lines)


def _line(value: Any) -> str:  # noqa: ANN401 - JSON
    return " · ".join(said(value))


def data(results: Iterable[Replayed]) -> list[dict[str, Any]]:
    """Give it all as JSON values."""
    return [
        {
            "city": result.city,
            "pages": result.pages,
            "unread": result.unread,
            "records": [
                {
                    "id": name,
                    "kind": kind,
                    "fields": {
                        field: {"stored": old, "read": new} for field, (old, new) in values.items()
                    },
                }
                for name, (kind, values) in sorted(result.records.items())
            ],
        }
        for result in results
    ]
