"""What was told is kept whole: also in English, with the city's own time and our last look."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_ZONE: Final = ZoneInfo("Europe/Stockholm")


def upgrade() -> None:
    """Put the text and what stands in the other columns under one seal."""
    _convert("text", "data", _whole)


def downgrade() -> None:
    """Keep the Swedish text alone."""
    _convert("data", "text", _text)


def _convert(old: str, new: str, value: Callable[[sa.Row[Any]], object]) -> None:
    op.add_column("change", sa.Column(new, sa.Text))
    change = sa.table(
        "change",
        *(sa.column(name) for name in ("city", "id", "record", "kind", old, new)),
        sa.column("at", sa.DateTime),
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(change)).all():
        mine = (change.c.city == row.city, change.c.id == row.id)
        connection.execute(sa.update(change).where(*mine).values({new: _sealed(value(row))}))
    with op.batch_alter_table("change") as table:
        table.alter_column(new, existing_type=sa.Text, nullable=False)
        table.drop_column(old)


def _whole(row: sa.Row[Any]) -> object:
    at: datetime = row.at.replace(tzinfo=UTC).astimezone(_ZONE)
    said = {"id": row.id, "record": row.record, "kind": row.kind, "at": at.isoformat()}
    return said | {"text": _opened(row.text), "text_en": None, "stated": None, "previous": None}


def _text(row: sa.Row[Any]) -> object:
    return _opened(row.data)["text"]


def _opened(sealed: str) -> Any:  # noqa: ANN401 - JSON
    return json.loads(sealed.partition(" ")[2])


def _sealed(value: object) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return f"{zlib.crc32(text.encode()):08x} {text}"
