"""One record taken out of the store, with all that pages said of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import Connection, delete, func, select, update

from records.model import Record, identity
from records.state import Seen
from records.tables import CHANGE, PAGE, RECORD, REVISION, SIGHTING, SNAPSHOT, kind_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """How much of a record the store held: versions, changes told, pages' stored texts."""

    revisions: int
    changes: int
    snapshots: int


def purge(
    connection: Connection, city: str, record: Record, seen: Iterable[Seen], own: Iterable[str]
) -> Purged:
    """Delete a record, its revisions and changes, and what pages said of it.

    `seen` are its sightings, `own` the keys of pages that are about it alone: those go whole. Of
    other pages the stored text goes, which has its words too; they are read anew at the next look.
    Its keys stay: by them it is known again, and passed over.
    """
    kind, name = kind_of(type(record)), identity(record)
    its = (REVISION.c.city == city, REVISION.c.kind == kind, REVISION.c.record == name)
    told = (CHANGE.c.city == city, CHANGE.c.record_kind == kind, CHANGE.c.record == name)
    sightings, whole = list(seen), set(own)
    pages = whole | {one.page.key for one in sightings}
    stored = (SNAPSHOT.c.city == city, SNAPSHOT.c.page.in_(pages))
    counts = [
        connection.scalar(select(func.count()).select_from(table).where(*which)) or 0
        for table, which in ((REVISION, its), (CHANGE, told), (SNAPSHOT, stored))
    ]
    connection.execute(delete(CHANGE).where(*told))
    connection.execute(
        delete(RECORD).where(RECORD.c.city == city, RECORD.c.kind == kind, RECORD.c.id == name)
    )
    connection.execute(delete(SNAPSHOT).where(*stored))
    connection.execute(delete(PAGE).where(PAGE.c.city == city, PAGE.c.key.in_(whole)))
    for one in sightings:
        if one.page.key in whole:
            continue
        where = (SIGHTING.c.city == city, SIGHTING.c.page == one.page.key)
        connection.execute(delete(SIGHTING).where(*where, SIGHTING.c.position == one.position))
        anew = replace(one.page, etag=None, last_modified=None, region_hash=None)
        connection.execute(
            update(PAGE).where(PAGE.c.city == city, PAGE.c.key == anew.key).values(data=anew)
        )
    return Purged(revisions=counts[0], changes=counts[1], snapshots=counts[2])
