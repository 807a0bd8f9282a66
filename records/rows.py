"""Rows put into a table, where the same rows are no write."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, or_
from sqlalchemy.dialects import postgresql, sqlite


def put(
    connection: Connection, table: Table, rows: Sequence[dict[str, Any]], *, keep: bool = False
) -> None:
    """Insert rows by their keys; a row that is there takes the new values, or keeps its own."""
    if not rows:
        return
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table)
    given = [column for column in table.columns if not column.primary_key]
    new = statement.excluded
    if keep or not given:
        statement = statement.on_conflict_do_nothing()
    else:
        statement = statement.on_conflict_do_update(
            index_elements=list(table.primary_key.columns),
            set_={column.name: new[column.name] for column in given},
            where=or_(*(column.is_distinct_from(new[column.name]) for column in given)),
        )
    connection.execute(statement, rows)
