"""Rows put into a table, where the same rows are no write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Insert, Table, delete, or_
from sqlalchemy.dialects import sqlite

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql


def put(
    connection: Connection, table: Table, rows: Sequence[dict[str, Any]], *, keep: bool = False
) -> None:
    """Insert rows by their keys; a row that is there takes the new values, or keeps its own."""
    if rows:
        connection.execute(_statement(table, connection.dialect.name, keep), rows)


def put_only(
    connection: Connection, table: Table, city: str, rows: Mapping[str, Mapping[str, Any]]
) -> None:
    """Put a city's rows, each by what tells it from the city's others, and delete those others."""
    (name,) = [column for column in table.primary_key.columns if column.name != "city"]
    others = name.not_in(list(rows))
    connection.execute(delete(table).where(table.c.city == city, others))
    put(connection, table, [{"city": city, **row} for row in rows.values()])


@cache  # to make it takes longer than to run it
def _statement(table: Table, dialect: str, keep: bool) -> Insert:  # noqa: FBT001 - a key of the cache
    statement = _insert(table, dialect)
    given = [column for column in table.columns if not column.primary_key]
    if keep or not given:
        return statement.on_conflict_do_nothing()
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_={column.name: new[column.name] for column in given},
        where=or_(*(column.is_distinct_from(new[column.name]) for column in given)),
    )


def _insert(table: Table, dialect: str) -> sqlite.Insert | postgresql.Insert:
    if dialect != "postgresql":
        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - slow to load, and few need it

    return postgresql.insert(table)
