"""What a walk gave, put into the store: pages, sightings and the records made of them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from operation import board
from records.model import Change, Committee, Meeting, NewsItem, Provenance
from records.store import Store
from records.writer import Writer
from scraper import articles, meetings, normalise
from scraper.cities import City
from scraper.crawl import Failure, Gone, Outcome, Read, Unchanged, fails, forbidden

UNDATED = "undated"
"""The note that counts, by bucket, the meetings that were seen without a day."""


@dataclass(slots=True)
class Gathered:
    """What was learnt: changes, how many revisions, and names that the city's file lacks.

    `undated` counts meetings without a day, `nameless` notices that nothing tells apart; `notes`
    are pages that were not read, and whose source has not failed by that.
    """

    changes: list[Change] = field(default_factory=list)
    revised: int = 0
    unknown: list[str] = field(default_factory=list)
    undated: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    nameless: int = 0


def gather(
    city: City, store: Store, writer: Writer, outcomes: Sequence[Outcome], now: datetime
) -> Gathered:
    """Write what the pages said, and make records of every group of which a sighting changed."""
    outcomes = list(outcomes)
    for outcome in outcomes:
        match outcome:
            case Read(state=state, sightings=sightings, snapshot=snapshot):
                writer.saw(state, sightings, snapshot)
            case Unchanged(state=state, asked=True) | Gone(state=state):
                writer.asked(state)
            case _:
                pass
    found = Gathered(undated=json.loads(store.note(city.slug, UNDATED) or "{}"))
    found.notes += _unread(outcomes)
    _known_committees(city, writer, found, now)  # from the file and their own pages
    for bucket in _touched(writer, "meeting/"):
        _meetings(city, writer, bucket, bucket.partition("/")[2], found)
    if articled := _touched(writer, "news/"):
        named = _named_meetings(city, writer)
        for bucket in articled:
            found.changes += _news(city, store, writer, bucket, named)
    posted = board.post(city, store, writer, outcomes)
    found.changes += posted.changes
    found.nameless = posted.nameless
    found.revised = writer.revised
    writer.put_note(UNDATED, json.dumps(found.undated, sort_keys=True))
    return found


def _unread(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Say what was not read, though no source has failed by it."""
    excused = [one for one in outcomes if isinstance(one, Failure) and not fails(one)]
    closed = [one.link.url for one in excused if forbidden(one)]
    if closed:
        yield f"robots.txt asks that {len(closed)} pages are left alone: {closed[0]} is the first"
    yield from (str(one.error) for one in excused if not forbidden(one))


def _touched(writer: Writer, kind: str) -> list[str]:
    return sorted(bucket for bucket in writer.touched if bucket.startswith(kind))


def _known_committees(city: City, writer: Writer, found: Gathered, now: datetime) -> None:
    """Write the committees of the city's file: one without meetings has a calendar too."""
    for body in city.committees:
        seen = writer.sightings(f"committee/{body.slug}")
        record = normalise.committee(city, body.slug, seen) or body
        found.changes += writer.save(record, _from_file(city, now))


def _from_file(city: City, now: datetime) -> Provenance:
    return Provenance(
        url=city.jurisdiction.url, fetched=now, content_hash="", parser=city.parser_version
    )


def _meetings(city: City, writer: Writer, bucket: str, slug: str, found: Gathered) -> None:
    seen = writer.sightings(bucket)
    body = normalise.committee(city, slug, seen) if slug else None
    if body is None:  # sightings that name no committee: told, and in nobody's calendar
        found.undated[bucket] = len(seen)
        return
    records, undated = meetings.meetings(city, body, seen, writer.identities(bucket))
    if body not in city.committees and not any(own.slug == slug for own in city.committees):
        found.unknown.append(body.name)
        found.changes += writer.save(body, records[0].provenance) if records else ()
    for known in records:
        writer.identify(bucket, dict.fromkeys(known.keys, _local(known.record.id)))
        found.changes += writer.save(known.record, known.provenance)
    found.undated.pop(bucket, None)
    if undated:
        found.undated[bucket] = undated


def _local(record: str) -> str:
    return record.partition(":")[2]


def _news(
    city: City, store: Store, writer: Writer, bucket: str, named: Mapping[str, str]
) -> tuple[Change, ...]:
    seen = writer.sightings(bucket)
    known = articles.news(city, seen, named)
    if known is None:  # no list has it any more, and its page was never read: it stands
        return ()
    for last in store.history(city.slug, known.record.id)[-1:]:
        known = articles.lasting(known, seen, last)
    return writer.save(known.record, known.provenance)


def _named_meetings(city: City, writer: Writer) -> dict[str, str]:
    """Give by node the names of meetings, which some were given before they had a page."""
    given = [writer.identities(f"meeting/{body.slug}") for body in city.committees]
    return {
        key.removeprefix("node:"): name
        for names in given
        for key, name in names.items()
        if key.startswith("node:")
    }


def counts(store: Store, city: City, found: Gathered) -> dict[str, int]:
    """Give how many records of each kind there are, and how many meetings named no day."""
    return {
        "committees": sum(1 for _ in store.revisions(city.slug, Committee)),
        "meetings": sum(1 for _ in store.revisions(city.slug, Meeting)),
        "news": sum(1 for _ in store.revisions(city.slug, NewsItem)),
        "notices": board.hanging(store, city.slug),
        "undated": sum(found.undated.values()),
        "changes": len(found.changes),
    }
