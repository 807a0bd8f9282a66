"""A record's revisions and what was told of it, as rows: read back, numbered and added to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from records.changes import stated
from records.model import Change, Committee, Meeting, NewsItem, Notice, Record, Revision, identity
from records.rows import put
from records.tables import CHANGE, CONCERN, RECORD, REVISION, kind_of, revision
from records.terms import ChangeKind
from records.wording import Happening

_FIRST: Final = frozenset({ChangeKind.NEW, ChangeKind.NOTICE_POSTED})
"""What the first sight of a record tells; a notice that is put up again is told so as well."""


_NEWEST: Final = select(RECORD.c.newest).where(
    RECORD.c.city == bindparam("city"),
    RECORD.c.kind == bindparam("kind"),
    RECORD.c.id == bindparam("record"),
)
_REVISION: Final = select(REVISION.c.data).where(
    REVISION.c.city == bindparam("city"),
    REVISION.c.kind == bindparam("kind"),
    REVISION.c.record == bindparam("record"),
    REVISION.c.number == bindparam("number"),
)
_TOLD: Final = select(CHANGE.c.id).where(
    CHANGE.c.city == bindparam("city"),
    CHANGE.c.record == bindparam("record"),
    CHANGE.c.kind == bindparam("kind"),
)
# statements that every record runs are made once: to make one takes longer than to run it


def newest(connection: Connection, city: str, of: type[Record], key: str) -> int:
    """Give the number of a record's newest revision; 0 before its first."""
    which = {"city": city, "kind": kind_of(of), "record": key}
    return int(connection.scalar(_NEWEST, which) or 0)


def past(
    connection: Connection, city: str, of: type[Record], key: str, last: int
) -> Iterator[Revision[Any]]:
    """Every revision of a record back from number `last`; each is read when it is asked for."""
    kind = kind_of(of)
    for number in range(last, 0, -1):
        which = {"city": city, "kind": kind, "record": key, "number": number}
        yield revision(kind, connection.scalar(_REVISION, which))


def add(connection: Connection, city: str, revised: Revision[Any], number: int) -> None:
    """Make a revision its record's newest, and file the record with the committees it names."""
    kind, key = kind_of(type(revised.record)), identity(revised.record)
    put(connection, RECORD, [{"city": city, "kind": kind, "id": key, "newest": number}])
    row = {"city": city, "kind": kind, "record": key, "number": number, "data": revised}
    row["content_hash"] = revised.provenance.content_hash
    connection.execute(insert(REVISION), [row])
    committees = _committees(revised.record)
    if number > 1:
        mine = (CONCERN.c.city == city, CONCERN.c.kind == kind, CONCERN.c.record == key)
        connection.execute(delete(CONCERN).where(*mine, CONCERN.c.committee.not_in(committees)))
    put(
        connection,
        CONCERN,
        [{"city": city, "kind": kind, "record": key, "committee": slug} for slug in committees],
    )


def tell(  # noqa: PLR0913 - what happened to which revision, when, and where it is written
    connection: Connection,
    city: str,
    seen: Revision[Any],
    happened: Iterable[Happening],
    *,
    number: int,
    at: datetime,
) -> tuple[Change, ...]:
    """Write down what a revision of that number tells, each under an id never given twice.

    An id numbers the record's changes of that kind, or those of the one document it is about. A
    record is new once: one that was lost with a damaged store, and its telling kept, is not again.
    """
    record, key = seen.record, identity(seen.record)
    told = []
    for it in happened:
        base = "/".join(part for part in (key, it.kind, it.document) if part)
        nth = _told(connection, city, key, it, base) + 1
        if it.kind in _FIRST and nth > 1 and number == 1:
            continue
        change = Change(
            id=f"{base}/{nth}",
            record=key,
            kind=it.kind,
            at=at,
            text=it.words.sv,
            text_en=it.words.en,
            stated=stated(seen, it),
            previous=seen.previous,
            committee=record.committee if isinstance(record, Meeting | Notice) else None,
        )
        connection.execute(insert(CHANGE), [_row(city, change, type(record))])
        told.append(change)
    return tuple(told)


def moment(connection: Connection, city: str, now: datetime) -> datetime:
    """Give a moment for what a run at `now` tells, just after all that another told at that hour.

    By its moment it is known what was told together.
    """
    newest: datetime | None = connection.scalar(
        select(func.max(CHANGE.c.at)).where(
            CHANGE.c.city == city, CHANGE.c.at >= now, CHANGE.c.at < now + timedelta(seconds=1)
        )
    )
    return now if newest is None else newest + timedelta(microseconds=1)


def recall(connection: Connection, city: str, change: Change, kind: type[Record]) -> None:
    """Write down what was told before this store was made; `kind` is that of its record.

    The record itself may be lost: it is then known by name alone, without a revision.
    """
    row = {"city": city, "kind": kind_of(kind), "id": change.record, "newest": 0}
    put(connection, RECORD, [row], keep=True)
    put(connection, CHANGE, [_row(city, change, kind)], keep=True)


def _row(city: str, change: Change, kind: type[Record]) -> dict[str, Any]:
    row: dict[str, Any] = {"city": city, "id": change.id, "record_kind": kind_of(kind)}
    row |= {"record": change.record, "kind": change.kind.value}
    return row | {"at": change.at, "data": change}


def _told(connection: Connection, city: str, key: str, it: Happening, base: str) -> int:
    """Give the highest number below `base`, whatever kind of record has that identity.

    What was adopted may have gaps: a count would give a number anew.
    """
    which = {"city": city, "record": key, "kind": it.kind.value}
    parted = (found.rpartition("/") for found in connection.scalars(_TOLD, which))
    return max((int(number) for start, _, number in parted if start == base), default=0)


def _committees(record: Record) -> tuple[str, ...]:
    """The slugs of those whose feeds a record belongs to."""
    match record:
        case Committee():
            return (record.slug,)
        case NewsItem():
            return tuple(dict.fromkeys(record.committees))
        case _:
            return () if record.committee is None else (record.committee,)
