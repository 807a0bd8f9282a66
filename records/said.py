"""What the city's pages said and whom it was found to name, read back from the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    func,
    select,
)

from records.model import Record
from records.since import unpacked
from records.state import PageState, Seen
from records.tables import IDENTITY, IS_NEWEST, KINDS, PAGE, RECORD, REVISION, SIGHTING, revision

_OWNERS: Final[Select[Any]] = (
    select(SIGHTING.c.page, REVISION.c.kind, REVISION.c.data)
    .select_from(SIGHTING)
    .outerjoin(
        IDENTITY,  # the record that a page's node names in the bucket in which it says something
        and_(
            IDENTITY.c.city == SIGHTING.c.city,
            IDENTITY.c.scope == SIGHTING.c.bucket,
            IDENTITY.c.key == "node:" + SIGHTING.c.page,
        ),
    )
    .join(
        RECORD,
        and_(
            RECORD.c.city == SIGHTING.c.city,
            RECORD.c.kind.in_(KINDS),  # else the index would be of no use
            RECORD.c.id
            == SIGHTING.c.city + ":" + func.coalesce(IDENTITY.c.record, SIGHTING.c.page),
        ),
    )
    .join(REVISION, IS_NEWEST)
    .where(
        SIGHTING.c.city == bindparam("city"),
        SIGHTING.c.page.in_(bindparam("pages", expanding=True)),
    )
)


def in_bucket(connection: Connection, city: str, bucket: str) -> list[Seen]:
    """All that the city's pages say in one bucket, by page key and position."""
    return _seen(connection, city, SIGHTING.c.bucket == bucket)


def on_page(connection: Connection, city: str, page: str) -> list[Seen]:
    """All that one page says, by its key, in its order."""
    return _seen(connection, city, SIGHTING.c.page == page)


def owners(connection: Connection, city: str, pages: Collection[str]) -> dict[str, Record]:
    """The newest of the record that each page is the own page of; others are left out."""
    rows = connection.execute(_OWNERS, {"city": city, "pages": list(pages)})
    found = {row.page: row for row in rows}  # a page may say several things of its record
    return {page: revision(row.kind, row.data).record for page, row in found.items()}


def identities(connection: Connection, city: str, scope: str) -> dict[str, str]:
    """Every key that was given in a scope, and the record it names."""
    given = select(IDENTITY.c.key, IDENTITY.c.record).where(
        IDENTITY.c.city == city, IDENTITY.c.scope == scope
    )
    return {row.key: row.record for row in connection.execute(given.order_by(IDENTITY.c.key))}


def identified(
    connection: Connection, city: str, scopes: str, keys: str
) -> dict[str, dict[str, str]]:
    """By key, the record that it names in each scope: of scopes and keys that begin so.

    The keys come without that beginning.
    """
    given = select(IDENTITY.c.key, IDENTITY.c.scope, IDENTITY.c.record).where(
        IDENTITY.c.city == city,
        IDENTITY.c.scope.startswith(scopes, autoescape=True),
        IDENTITY.c.key.startswith(keys, autoescape=True),
    )
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in connection.execute(given.order_by(IDENTITY.c.key, IDENTITY.c.scope)):
        found[row.key.removeprefix(keys)][row.scope] = row.record
    return dict(found)


def _seen(connection: Connection, city: str, which: ColumnElement[bool]) -> list[Seen]:
    """Sightings with their pages; a page with many of them is read once."""
    within = (SIGHTING.c.city == city, which)
    pages = _pages(connection, city, within)
    rows = connection.execute(
        select(SIGHTING.c.page, SIGHTING.c.position, SIGHTING.c.bucket, SIGHTING.c.data)
        .where(*within)
        .order_by(SIGHTING.c.page, SIGHTING.c.position)
    )
    return [
        Seen(
            page=pages[row.page],
            position=row.position,
            sighting=unpacked(row.bucket, row.data),
        )
        for row in rows
    ]


def _pages(
    connection: Connection, city: str, within: Sequence[ColumnElement[bool]]
) -> dict[str, PageState]:
    named = select(SIGHTING.c.page).where(*within)
    found = select(PAGE.c.key, PAGE.c.data).where(PAGE.c.city == city, PAGE.c.key.in_(named))
    return {row.key: row.data for row in connection.execute(found)}
