"""What changed, newest first, for `kallelse changes`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from operation import board
from operation.columns import aligned
from operation.settings import Settings
from records.errors import ConfigError
from records.model import ZONE, Change, Committee, Meeting, NewsItem, Notice
from records.store import Store
from scraper import shipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One change, and what its record is called."""

    city: str
    change: Change
    name: str


def chronicle(
    settings: Settings, *, since: str | None = None, committee: str | None = None
) -> list[Told]:
    """Give what changed in the chosen cities since a moment, of one committee or of all.

    `since` is ISO 8601, without an offset in the city's zone. ConfigError for one that is none, for
    a committee that nothing is known of, and where there is no store.
    """
    moment = _moment(since) if since else None
    if not Store.stands(settings.store):
        raise ConfigError(f"There is no store {settings.store} yet: run kallelse update first")
    with Store.open(settings.store) as store:
        names = settings.cities or shipped.names()
        known = {one.record.slug for city in names for one in store.revisions(city, Committee)}
        if committee is not None and committee not in known:
            raise ConfigError(
                f"There is no committee {committee!r}: use a slug that"
                " kallelse export --kind committee gives"
            )
        return [told for city in names for told in _told(store, city, moment, committee)]


def _moment(since: str) -> datetime:
    try:
        moment = datetime.fromisoformat(since)
    except ValueError as error:
        raise ConfigError(
            f"--since {since}: write a day or a moment, such as 2026-11-23T09:00"
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=ZONE)


def _told(store: Store, city: str, since: datetime | None, committee: str | None) -> Iterator[Told]:
    hidden = board.hidden(store, city)
    names = dict(_names(store, city))
    for change in store.changes(city, since=since, committee=committee):
        if change.record not in hidden:
            yield Told(city=city, change=change, name=names.get(change.record, ""))


def _names(store: Store, city: str) -> Iterator[tuple[str, str]]:
    """Give what each record is called, by its identity."""
    for body in (one.record for one in store.revisions(city, Committee)):
        yield body.slug, body.name
    for meeting in (one.record for one in store.revisions(city, Meeting)):
        yield meeting.id, f"{meeting.title} {meeting.start:%Y-%m-%d}"
    for item in (one.record for one in store.revisions(city, NewsItem)):
        yield item.id, item.title
    for notice in (one.record for one in store.revisions(city, Notice)):
        yield notice.id, notice.title


def text(found: list[Told]) -> str:
    """Give a line for each: when we saw it, what kind, of what, in words, under which id."""
    rows = [
        (f"{it.change.at:%Y-%m-%d %H:%M}", it.change.kind, it.name, _words(it.change), it.change.id)
        for it in found
    ]
    return "\n".join(aligned(rows, indent=0)) or "Nothing has changed."


def _words(change: Change) -> str:
    return change.text_en or change.text
