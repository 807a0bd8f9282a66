"""Run the steps on the connection, and inside the transaction, that `records.database` hands in."""

from __future__ import annotations

from alembic import context

from records.tables import METADATA, VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
    render_as_batch=True,  # SQLite alters a table by making it anew
)
with context.begin_transaction():
    context.run_migrations()
