"""What we saw before: pages, sightings, records and their changes, in one database."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from types import TracebackType
from typing import Any, Final, Self

from sqlalchemy import ColumnElement, Engine, Row, Select, bindparam, exists, func, select

from records import said
from records.database import compact, connect, name_of, stands
from records.locks import lock
from records.model import Change, R, Record, Revision
from records.state import Held, HostState, PageState, RunState, Seen, SourceState
from records.tables import (
    CHANGE,
    CONCERN,
    HELD,
    HOST,
    NEWEST,
    NOTE,
    PAGE,
    RECORD,
    REVISION,
    RUN,
    SNAPSHOT,
    SOURCE,
    kind_of,
    revision,
)
from records.trouble import Damaged, explained
from records.writer import Writer

__all__ = ["Store", "Writer"]

_BATCH = 500  # rows fetched at once, where the reader may want them all


# Asked for each host of a run: to make a statement takes longer than to run it.
_HOST: Final = select(HOST.c.data).where(HOST.c.host == bindparam("host"))


class Store:
    """The database of all cities; whatever fails in it is a StoreError.

    Reading sees what was last committed, also while a run writes; what is many is handed out while
    it is read. Open one with `Store.open`, close it or use it in a `with`.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._where = name_of(engine.url)

    @classmethod
    def open(cls, url: str) -> Self:
        """Open the store at an address such as `sqlite:///kallelse.db`; make it if there is none.

        An older one is copied beside itself and migrated. StoreError: another program's file, a
        newer schema, no right to it; Damaged: ours, but broken.
        """
        return cls(connect(url))

    @staticmethod
    def stands(url: str) -> bool:
        """Say whether there is a store at an address; looking makes none."""
        return stands(url)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def compact(self) -> None:
        """Give back the room of what was deleted, so that no trace of it lies there."""
        with explained(self._where), self._engine.connect() as connection:
            compact(connection)

    def lock(self, city: str) -> AbstractContextManager[None]:
        """Hold the city's run lock: Busy at once where another run has it; a kill frees it."""
        return lock(self._engine, city)

    @contextmanager
    def writing(self, city: str, now: datetime) -> Iterator[Writer]:
        """Write what one run saw, all or nothing: an exception or a kill leaves the last run's.

        `now` dates what is new. Busy where another city's run writes to this store for too long.
        """
        with (
            explained(self._where),
            self._engine.execution_options(writing=True).begin() as connection,
        ):
            yield Writer(connection, city, now)

    def knows(self, city: str) -> bool:
        """Say whether any record of a city was ever written here."""
        return self._value(select(RECORD.c.id).where(RECORD.c.city == city).limit(1)) is not None

    def pages(self, city: str) -> Iterator[PageState]:
        """All pages of a city, by key."""
        found = select(PAGE.c.data).where(PAGE.c.city == city).order_by(PAGE.c.key)
        return (row.data for row in self._rows(found))

    def snapshot(self, city: str, key: str) -> bytes | None:
        """The newest stored region of a page."""
        newest = (
            select(SNAPSHOT.c.body)
            .where(SNAPSHOT.c.city == city, SNAPSHOT.c.page == key)
            .order_by(SNAPSHOT.c.number.desc())
            .limit(1)
        )
        packed = self._value(newest)
        try:
            return None if packed is None else zlib.decompress(packed)
        except zlib.error as error:
            raise Damaged(self._where, f"the snapshot of {key}: {error}") from error

    def sightings(self, city: str, bucket: str) -> list[Seen]:
        """All that the city's pages say in one bucket, by page key and position."""
        with explained(self._where), self._engine.connect() as connection:
            return said.in_bucket(connection, city, bucket)

    def sightings_on(self, city: str, page: str) -> list[Seen]:
        """All that one page says, by its key, in its order."""
        with explained(self._where), self._engine.connect() as connection:
            return said.on_page(connection, city, page)

    def owners(self, city: str, pages: Iterable[str]) -> Iterator[tuple[str, Record]]:
        """Each of these pages that is some record's own, with the record as it stands."""
        every = list(pages)
        for begin in range(0, len(every), _BATCH):
            some = every[begin : begin + _BATCH]
            with explained(self._where), self._engine.connect() as connection:
                yield from said.owners(connection, city, some).items()

    def identities(self, city: str, scope: str) -> dict[str, str]:
        """Every key that was given in a scope, and the record it names."""
        with explained(self._where), self._engine.connect() as connection:
            return said.identities(connection, city, scope)

    def identified(self, city: str, scopes: str, keys: str) -> dict[str, dict[str, str]]:
        """By key, the record that it names in each scope; see `said.identified`."""
        with explained(self._where), self._engine.connect() as connection:
            return said.identified(connection, city, scopes, keys)

    def revisions(
        self, city: str, kind: type[R], *, committee: str | None = None
    ) -> Iterator[Revision[R]]:
        """The newest revision of each record of a kind, by identity; those withdrawn too."""
        name = kind_of(kind)
        newest = (
            select(REVISION.c.data)
            .select_from(NEWEST)
            .where(RECORD.c.city == city, RECORD.c.kind == name)
            .order_by(RECORD.c.id)
        )
        if committee is not None:
            newest = newest.where(_concerns(committee, RECORD.c.city, RECORD.c.kind, RECORD.c.id))
        return (revision(name, row.data) for row in self._rows(newest))

    def count(self, city: str, kind: type[Record]) -> int:
        """How many records of a kind there are; those withdrawn too."""
        which = (RECORD.c.city == city, RECORD.c.kind == kind_of(kind))
        return int(self._value(select(func.count()).select_from(RECORD).where(*which)))

    def counts(self, city: str, kind: type[Record]) -> Counter[str]:
        """How many records of a kind belong to each committee; those withdrawn too."""
        found = (
            select(CONCERN.c.committee, func.count().label("number"))
            .where(CONCERN.c.city == city, CONCERN.c.kind == kind_of(kind))
            .group_by(CONCERN.c.committee)
        )
        return Counter({row.committee: row.number for row in self._rows(found)})

    def history(self, city: str, record: str) -> list[Revision[Any]]:
        """Every revision of one record, by its identity, the oldest first."""
        past = (
            select(REVISION.c.kind, REVISION.c.data)
            .where(REVISION.c.city == city, REVISION.c.record == record)
            .order_by(REVISION.c.kind, REVISION.c.number)
        )
        return [revision(row.kind, row.data) for row in self._rows(past)]

    def changes(
        self, city: str, *, since: datetime | None = None, committee: str | None = None
    ) -> Iterator[Change]:
        """What happened at `since` or later, the newest first, then by id."""
        found = (
            select(CHANGE.c.data)
            .where(CHANGE.c.city == city)
            .order_by(CHANGE.c.at.desc(), CHANGE.c.id)
        )
        if since is not None:
            found = found.where(CHANGE.c.at >= since)
        if committee is not None:
            found = found.where(
                _concerns(committee, CHANGE.c.city, CHANGE.c.record_kind, CHANGE.c.record)
            )
        return (row.data for row in self._rows(found))

    def sources(self, city: str) -> list[SourceState]:
        """The city's sources, by name."""
        found = select(SOURCE.c.data).where(SOURCE.c.city == city).order_by(SOURCE.c.name)
        return [row.data for row in self._rows(found)]

    def held(self, city: str) -> list[Held]:
        """The city's files that are held back, by path."""
        found = select(HELD.c.data).where(HELD.c.city == city).order_by(HELD.c.path)
        return [row.data for row in self._rows(found)]

    def host(self, host: str) -> HostState | None:
        """How to behave towards a host."""
        found: HostState | None = self._value(_HOST, host=host)
        return found

    def last_run(self, city: str) -> RunState | None:
        """The city's last finished run."""
        found: RunState | None = self._value(select(RUN.c.data).where(RUN.c.city == city))
        return found

    def note(self, city: str, key: str) -> str | None:
        """A small text that was put aside for a later run."""
        found: str | None = self._value(
            select(NOTE.c.value).where(NOTE.c.city == city, NOTE.c.key == key)
        )
        return found

    def _value(self, statement: Select[Any], **given: str) -> Any:  # noqa: ANN401 - as the column is
        with explained(self._where), self._engine.connect() as connection:
            return connection.scalar(statement, given)

    def _rows(self, statement: Select[Any]) -> Iterator[Row[Any]]:
        with explained(self._where), self._engine.connect() as connection:
            yield from connection.execute(statement.execution_options(yield_per=_BATCH))


def _concerns(committee: str, *record: ColumnElement[Any]) -> ColumnElement[bool]:
    """Say whether a record, by its city, kind and id, belongs to a committee's feeds."""
    city, kind, key = record
    return exists().where(
        CONCERN.c.city == city,
        CONCERN.c.kind == kind,
        CONCERN.c.record == key,
        CONCERN.c.committee == committee,
    )
