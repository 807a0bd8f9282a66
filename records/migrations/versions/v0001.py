"""The first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NAME = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def _name(column: str) -> sa.Column[str]:
    return sa.Column(column, NAME, nullable=False)


def _text(column: str) -> sa.Column[str]:
    return sa.Column(column, sa.Text, nullable=False)


def _number(column: str) -> sa.Column[int]:
    return sa.Column(column, sa.Integer, autoincrement=False, nullable=False)


def _belongs(
    table: str, columns: tuple[str, ...], keys: tuple[str, ...]
) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(columns, [f"{table}.{key}" for key in keys], ondelete="CASCADE")


def upgrade() -> None:
    """Make every table."""
    _remembered()
    _pages()
    _records()


def _remembered() -> None:
    for table, keys, value in (
        ("note", ("city", "key"), "value"),
        ("run", ("city",), "data"),
        ("host", ("host",), "data"),
        ("source", ("city", "name"), "data"),
        ("held", ("city", "path"), "data"),
        ("page", ("city", "key"), "data"),
    ):
        columns = [_name(key) for key in keys]
        op.create_table(table, *columns, _text(value), sa.PrimaryKeyConstraint(*keys))


def _pages() -> None:
    op.create_table(
        "snapshot",
        _name("city"),
        _name("page"),
        _number("number"),
        _name("content_hash"),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("city", "page", "number"),
        _belongs("page", ("city", "page"), ("city", "key")),
    )
    op.create_table(
        "sighting",
        _name("city"),
        _name("page"),
        _number("position"),
        _name("bucket"),
        _text("data"),
        sa.PrimaryKeyConstraint("city", "page", "position"),
        _belongs("page", ("city", "page"), ("city", "key")),
    )
    op.create_index("sighting_bucket", "sighting", ["city", "bucket"])
    op.create_table(
        "identity",
        _name("city"),
        _name("scope"),
        _name("key"),
        _name("record"),
        sa.PrimaryKeyConstraint("city", "scope", "key"),
    )
    op.create_index("identity_record", "identity", ["city", "record"])


def _records() -> None:
    op.create_table(
        "record",
        _name("city"),
        _name("kind"),
        _name("id"),
        sa.Column("newest", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("city", "kind", "id"),
    )
    op.create_index("record_newest", "record", ["city", "kind", "id", "newest"])
    op.create_table(
        "concern",
        _name("city"),
        _name("kind"),
        _name("record"),
        _name("committee"),
        sa.PrimaryKeyConstraint("city", "kind", "record", "committee"),
        _belongs("record", ("city", "kind", "record"), ("city", "kind", "id")),
    )
    op.create_index("concern_committee", "concern", ["city", "kind", "committee"])
    op.create_table(
        "revision",
        _name("city"),
        _name("kind"),
        _name("record"),
        _number("number"),
        _name("content_hash"),
        _text("data"),
        sa.PrimaryKeyConstraint("city", "kind", "record", "number"),
        _belongs("record", ("city", "kind", "record"), ("city", "kind", "id")),
    )
    op.create_index("revision_content", "revision", ["city", "content_hash"])
    op.create_table(
        "change",
        _name("city"),
        _name("id"),
        _name("record_kind"),
        _name("record"),
        _name("kind"),
        sa.Column("at", sa.DateTime, nullable=False),
        _text("text"),
        sa.PrimaryKeyConstraint("city", "id"),
        _belongs("record", ("city", "record_kind", "record"), ("city", "kind", "id")),
    )
    op.create_index("change_at", "change", ["city", "at"])
    op.create_index("change_record", "change", ["city", "record", "kind", "record_kind"])


def downgrade() -> None:
    """Drop every table, those that others belong to last."""
    for table in ("change", "revision", "concern", "record", "identity", "sighting", "snapshot"):
        op.drop_table(table)
    for table in ("page", "held", "source", "host", "run", "note"):
        op.drop_table(table)
