"""Rows put into a table, where the same rows are no write."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Table, or_
from sqlalchemy.dialects import postgresql, sqlite


def put(
    connection: Connection, table: Table, rows: Sequence[dict[str, Any]], *, keep: bool = False
) -> None:
    """Insert rows by their keys; a row that is there takes the new values, or keeps its own."""
    if rows:
        connection.execute(_statement(table, connection.dialect.name, keep), rows)


@cache  # to make it takes longer than to run it
def _statement(table: Table, dialect: str, keep: bool) -> Insert:  # noqa: FBT001 - a key of the cache
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = insert(table)
    given = [column for column in table.columns if not column.primary_key]
    if keep or not given:
        return statement.on_conflict_do_nothing()
    new = statement.excluded
    return statement.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_={column.name: new[column.name] for column in given},
        where=or_(*(column.is_distinct_from(new[column.name]) for column in given)),
    )
