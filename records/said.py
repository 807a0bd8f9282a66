"""What the city's pages said and whom it was found to name, read back from the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    bindparam,
    func,
    select,
)

from records.model import Record
from records.since import unpacked
from records.state import PageState, Seen
from records.tables import IDENTITY, KINDS, NEWEST, PAGE, RECORD, REVISION, SIGHTING, revision

_PAGE_KEY: Final[BindParameter[str]] = bindparam("page", type_=Text)
# the record that a page's node names in the bucket in which the page says something
_NAMED: Final[Select[Any]] = (
    select(bindparam("city", type_=Text) + ":" + func.coalesce(IDENTITY.c.record, _PAGE_KEY))
    .select_from(SIGHTING)
    .outerjoin(
        IDENTITY,
        and_(
            IDENTITY.c.city == SIGHTING.c.city,
            IDENTITY.c.scope == SIGHTING.c.bucket,
            IDENTITY.c.key == "node:" + _PAGE_KEY,
        ),
    )
    .where(SIGHTING.c.city == bindparam("city"), SIGHTING.c.page == _PAGE_KEY)
)
_OWNER: Final = (
    select(REVISION.c.kind, REVISION.c.data)
    .select_from(NEWEST)
    .where(
        RECORD.c.city == bindparam("city"),
        RECORD.c.kind.in_(KINDS),  # else the index would be of no use
        RECORD.c.id.in_(_NAMED),
    )
    .limit(1)
)


def in_bucket(connection: Connection, city: str, bucket: str) -> list[Seen]:
    """All that the city's pages say in one bucket, by page key and position."""
    return _seen(connection, city, SIGHTING.c.bucket == bucket)


def on_page(connection: Connection, city: str, page: str) -> list[Seen]:
    """All that one page says, by its key, in its order."""
    return _seen(connection, city, SIGHTING.c.page == page)


def owner(connection: Connection, city: str, page: str) -> Record | None:
    """The newest of the record that a page, by its key, is the own page of."""
    row = connection.execute(_OWNER, {"city": city, "page": page}).first()
    if row is None:
        return None
    record: Record = revision(row.kind, row.data).record
    return record


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
