"""Records of a kind as text, for `kallelse export`."""

from __future__ import annotations

from collections.abc import Iterable

from feeds import exports
from feeds.exports import Exported
from feeds.kinds import Kind
from operation import board
from operation.settings import Settings
from records.errors import ConfigError
from records.model import Committee, Meeting, NewsItem
from records.store import Store
from scraper.cities import load


def export(settings: Settings, city: str, kind: Kind, *, as_csv: bool) -> str:
    """Give all records of a kind as JSON Lines or as CSV.

    ConfigError for a city that is not shipped, and where there is no store to read.
    """
    load(city)
    if not Store.stands(settings.store):
        raise ConfigError(f"There is no store {settings.store} yet: run kallelse update first")
    with Store.open(settings.store) as store:
        found = _records(store, city, kind)
        return exports.as_csv(kind, found) if as_csv else exports.jsonl(kind, found)


def _records(store: Store, city: str, kind: Kind) -> Iterable[Exported]:
    match kind:
        case Kind.MEETING:
            return store.revisions(city, Meeting)
        case Kind.NEWS:
            return store.revisions(city, NewsItem)
        case Kind.NOTICE:
            return board.output(store, city).notices
        case Kind.COMMITTEE:
            return store.revisions(city, Committee)
        case Kind.CHANGE:
            return board.output(store, city).changes
