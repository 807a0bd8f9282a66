"""The tables of the store, and the types of what stands in their columns.

A row is its key, what it is asked by, and its values under a seal. SQLite's own check compares the
first two with their index, the seal guards the rest: a damaged byte is noticed before anybody takes
it for a time or a place. `migrations` makes these tables.
"""

from __future__ import annotations

import json
import zlib
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import (
    Column,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    and_,
)

from records.codec import from_json, to_json
from records.model import ZONE, Change, Committee, Meeting, NewsItem, Notice, Record, Revision
from records.state import Held, HostState, PageState, RunState, SourceState

SCHEMA: Final = "0002"
"""The newest of `migrations`; a store of this schema is opened as it is."""

VERSION_TABLE: Final = "kallelse_version"
"""Where alembic keeps a store's schema, apart from that of others in the same database."""

APPLICATION_ID: Final = 0x4B616C6C
"""«Kall», in the header of each SQLite file that is ours."""

_REVISIONS: Final[dict[str, Any]] = {
    "committee": Revision[Committee],
    "meeting": Revision[Meeting],
    "news": Revision[NewsItem],
    "notice": Revision[Notice],
}
_KINDS: Final[dict[type[Record], str]] = {
    Committee: "committee",
    Meeting: "meeting",
    NewsItem: "news",
    Notice: "notice",
}

KINDS: Final = tuple(_REVISIONS)
"""What the kinds of record are called in these tables and in exports."""


class SealBroken(ValueError):
    """A value is not as it was written."""


class Sealed(TypeDecorator[Any]):
    """A value of `kind` as JSON behind its checksum; equal values are equal text.

    JSON's escapes hold what a database's text refuses: NUL and lone surrogates.
    """

    impl = Text
    cache_ok = True

    def __init__(self, kind: Any = Any) -> None:  # noqa: ANN401 - any type that the codec reads
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: object, dialect: Dialect) -> str:
        """Write a value behind its seal."""
        del dialect
        text = json.dumps(to_json(value), sort_keys=True, separators=(",", ":"))
        return f"{zlib.crc32(text.encode()):08x} {text}"

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ANN401 - as the kind is
        """Read a value back; SealBroken where one letter differs."""
        del dialect
        seal, _, text = str(value).partition(" ")
        if seal != f"{zlib.crc32(text.encode()):08x}":
            raise SealBroken
        return from_json(self.kind, json.loads(text))


class Moment(TypeDecorator[datetime]):
    """An aware moment: UTC in the database, the city's zone in our hands."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Write a moment in UTC, without the offset that SQLite would drop."""
        del dialect
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Read a moment back into the zone."""
        del dialect
        return None if value is None else value.replace(tzinfo=UTC).astimezone(ZONE)


NAME: Final = Text().with_variant(Text(collation="C"), "postgresql")
"""Text that sorts the same in every database, by code point."""

METADATA: Final = MetaData()


def _key(name: str) -> Column[Any]:
    return Column(name, NAME, primary_key=True, nullable=False)


def _number(name: str) -> Column[Any]:
    return Column(name, Integer, primary_key=True, autoincrement=False, nullable=False)


def _of(table: str, *columns: str) -> ForeignKeyConstraint:
    """The row of `table` that a row belongs to, by its columns of these names."""
    keys = METADATA.tables[table].primary_key.columns.keys()
    return ForeignKeyConstraint(columns, [f"{table}.{key}" for key in keys], ondelete="CASCADE")


NOTE: Final = Table(
    "note", METADATA, _key("city"), _key("key"), Column("value", Sealed(str), nullable=False)
)
RUN: Final = Table("run", METADATA, _key("city"), Column("data", Sealed(RunState), nullable=False))
HOST: Final = Table(
    "host", METADATA, _key("host"), Column("data", Sealed(HostState), nullable=False)
)
SOURCE: Final = Table(
    "source",
    METADATA,
    _key("city"),
    _key("name"),
    Column("data", Sealed(SourceState), nullable=False),
)
HELD: Final = Table(
    "held", METADATA, _key("city"), _key("path"), Column("data", Sealed(Held), nullable=False)
)
PAGE: Final = Table(
    "page", METADATA, _key("city"), _key("key"), Column("data", Sealed(PageState), nullable=False)
)
SNAPSHOT: Final = Table(
    "snapshot",
    METADATA,
    _key("city"),
    _key("page"),
    _number("number"),
    Column("content_hash", NAME, nullable=False),
    Column("body", LargeBinary, nullable=False),  # zlib, which has a checksum of its own
    _of("page", "city", "page"),
)
SIGHTING: Final = Table(
    "sighting",
    METADATA,
    _key("city"),
    _key("page"),
    _number("position"),
    Column("bucket", NAME, nullable=False),
    Column("data", Sealed(), nullable=False),
    _of("page", "city", "page"),
    Index("sighting_bucket", "city", "bucket"),
)
IDENTITY: Final = Table(
    "identity",
    METADATA,
    _key("city"),
    _key("scope"),
    _key("key"),
    Column("record", NAME, nullable=False),
    Index("identity_record", "city", "record"),
)
RECORD: Final = Table(
    "record",
    METADATA,
    _key("city"),
    _key("kind"),
    _key("id"),
    Column("newest", Integer, nullable=False),
    Index("record_newest", "city", "kind", "id", "newest"),
)
CONCERN: Final = Table(  # whose feeds a record belongs to
    "concern",
    METADATA,
    _key("city"),
    _key("kind"),
    _key("record"),
    _key("committee"),
    _of("record", "city", "kind", "record"),
    Index("concern_committee", "city", "kind", "committee"),
)
REVISION: Final = Table(
    "revision",
    METADATA,
    _key("city"),
    _key("kind"),
    _key("record"),
    _number("number"),
    Column("content_hash", NAME, nullable=False),
    Column("data", Sealed(), nullable=False),
    _of("record", "city", "kind", "record"),
    Index("revision_content", "city", "content_hash"),
)
CHANGE: Final = Table(
    "change",
    METADATA,
    _key("city"),
    _key("id"),
    Column("record_kind", NAME, nullable=False),
    Column("record", NAME, nullable=False),
    Column("kind", NAME, nullable=False),
    Column("at", Moment, nullable=False),
    Column("data", Sealed(Change), nullable=False),
    _of("record", "city", "record_kind", "record"),
    Index("change_at", "city", "at"),
    Index("change_record", "city", "record", "kind", "record_kind"),
)

IS_NEWEST: Final = and_(
    REVISION.c.city == RECORD.c.city,
    REVISION.c.kind == RECORD.c.kind,
    REVISION.c.record == RECORD.c.id,
    REVISION.c.number == RECORD.c.newest,
)
"""Says that a revision is the newest of a record."""

NEWEST: Final = RECORD.join(REVISION, IS_NEWEST)
"""Each record with its newest revision."""


def kind_of(kind: type[Record]) -> str:
    """What a kind of record is called in these tables and in exports."""
    return _KINDS[kind]


def revision(kind: str, data: object) -> Revision[Any]:
    """Read what a row of `REVISION` holds for a record of this kind."""
    return from_json(_REVISIONS[kind], data)
