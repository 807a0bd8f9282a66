"""What one run writes: pages and sightings, revisions and their changes, and its own state."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, exists, select

from records import forgotten, ledger, said
from records.codec import from_json, to_json
from records.model import Change, Provenance, R, Record, Revision, identity
from records.purging import Purged, purge
from records.revisions import revise
from records.rows import put, put_only
from records.since import grouped, kept, packed, unpacked
from records.state import Held, HostState, PageState, RunState, Seen, Sighting, SourceState
from records.tables import (
    HELD,
    HOST,
    IDENTITY,
    NOTE,
    PAGE,
    REVISION,
    RUN,
    SIGHTING,
    SNAPSHOT,
    SOURCE,
)
from records.terms import Cause

# What every page runs is made once: to make a statement takes longer than to run it.
_PAGE: Final = select(PAGE.c.data).where(
    PAGE.c.city == bindparam("city"), PAGE.c.key == bindparam("page")
)
_STORED: Final = (
    select(SIGHTING.c.bucket, SIGHTING.c.data)
    .where(SIGHTING.c.city == bindparam("city"), SIGHTING.c.page == bindparam("page"))
    .order_by(SIGHTING.c.position)
)
_KEPT: Final = (
    select(SNAPSHOT.c.number, SNAPSHOT.c.content_hash)
    .where(SNAPSHOT.c.city == bindparam("city"), SNAPSHOT.c.page == bindparam("page"))
    .order_by(SNAPSHOT.c.number.desc())
    .limit(1)
)


class Writer:
    """One run's transaction for one city, given by `Store.writing`.

    `touched` are the buckets of which a sighting changed in this run, `revised` is how many
    revisions it wrote. What is as it was is not written again. Records named by `standing` are left
    as they are, whatever is saved of them; what is saved of those by `reread` is our correction.
    """

    def __init__(self, connection: Connection, city: str, now: datetime) -> None:
        self.touched: set[str] = set()
        self.revised: int = 0
        self.standing: frozenset[str] = frozenset()
        self.reread: frozenset[str] = frozenset()
        self._connection = connection
        self._city = city
        self._now = now
        self._at: datetime | None = None  # the moment of all that this run tells
        self._checked: dict[str, datetime] = {}  # pages met in this run, and when they were before
        self._changed: set[str] = set()  # those of them that say something else

    def saw(self, page: PageState, sightings: Sequence[Sighting], snapshot: bytes | None) -> None:
        """Note a page that was read: its sightings replace those it gave before.

        `snapshot` is the region that was read; None keeps the last one. Of older ones those stay
        whose content made a revision.
        """
        before = self.asked(page)
        if self.forgets(page.key):
            sightings, snapshot = (), None
        new = [replace(it, data=to_json(it)["data"]) for it in sightings]
        old = self._stored(page.key) if before else []
        self._replace(page.key, old, kept(before, old, new, page))
        if snapshot is not None:
            self._keep(page, snapshot)

    def asked(self, page: PageState) -> PageState | None:
        """Note a page that gave nothing to read (304, 404, a failure): its sightings stand.

        Where it moved to another address, went or came back, its records may change by that: their
        buckets are touched. Give it as it was known.
        """
        which = {"city": self._city, "page": page.key}
        before: PageState | None = self._connection.scalar(_PAGE, which)
        put(self._connection, PAGE, [{"city": self._city, "key": page.key, "data": page}])
        if before is None:
            return None
        self._checked.setdefault(page.key, before.checked)
        if before.url != page.url or before.gone != page.gone:
            self.touched.update(it.bucket for it in self._stored(page.key))
        return before

    def sightings(self, bucket: str) -> list[Seen]:
        """All that the city's pages say in one bucket, by page key and position."""
        return said.in_bucket(self._connection, self._city, bucket)

    def buckets(self, kind: str) -> set[str]:
        """All buckets of a kind, such as `meeting`, of which a page says anything."""
        found = select(SIGHTING.c.bucket).where(
            SIGHTING.c.city == self._city, SIGHTING.c.bucket.startswith(f"{kind}/", autoescape=True)
        )
        return set(self._connection.scalars(found.distinct()))

    def identities(self, scope: str) -> dict[str, str]:
        """Every key that was given in a scope, and the record it names."""
        return said.identities(self._connection, self._city, scope)

    def identified(self, scopes: str, keys: str) -> dict[str, dict[str, str]]:
        """By key, the record that it names in each scope; see `said.identified`."""
        return said.identified(self._connection, self._city, scopes, keys)

    def identify(self, scope: str, keys: Mapping[str, str]) -> None:
        """Name records by their keys; a key that names one already keeps it."""
        rows = [
            {"city": self._city, "scope": scope, "key": key, "record": record}
            for key, record in keys.items()
        ]
        put(self._connection, IDENTITY, rows, keep=True)

    def save(
        self,
        record: Record,
        provenance: Provenance,
        *,
        cause: Cause = Cause.CITY,
        withdrawn: bool = False,
        pages: Iterable[str] = (),
    ) -> tuple[Change, ...]:
        """Note what a record says now; give what is told of it, which is nothing if it is the same.

        `withdrawn` takes a record out of the calendars and feeds until it is saved without it.
        `pages` are the keys of those it is made of.
        """
        stands = identity(record) in self.standing and not withdrawn
        if stands or self.forgets(identity(record)):
            return ()
        stored: Any = from_json(type(record), to_json(record))  # compared as it will be read back
        seen = Revision(
            record=stored,
            first_seen=self._now,
            last_changed=self._now,
            sequence=0,
            provenance=provenance,
            cause=Cause.CORRECTION if identity(record) in self.reread else cause,
            withdrawn=withdrawn,
            previous=self._previous(set(pages)),
        )
        of, key = type(record), identity(record)
        last = ledger.newest(self._connection, self._city, of, key)
        result = revise(ledger.past(self._connection, self._city, of, key, last), seen)
        if result is None:
            return ()
        revision, happened = result
        ledger.add(self._connection, self._city, revision, last + 1)
        self.revised += 1
        if happened and self._at is None:
            self._at = ledger.moment(self._connection, self._city, self._now)
        at = self._at or self._now
        return ledger.tell(self._connection, self._city, revision, happened, number=last + 1, at=at)

    def newest(self, kind: type[R], name: str) -> Revision[R] | None:
        """A record as it stands now, what this run wrote included."""
        last = ledger.newest(self._connection, self._city, kind, name)
        return next(ledger.past(self._connection, self._city, kind, name, last), None)

    def adopt(self, revision: Revision[Any]) -> None:
        """Take over a record as it stood before this store was made; nothing is told of it."""
        if self.forgets(identity(revision.record)):
            return
        of, key = type(revision.record), identity(revision.record)
        last = ledger.newest(self._connection, self._city, of, key)
        ledger.add(self._connection, self._city, revision, last + 1)

    def recall(self, change: Change, kind: type[Record]) -> None:
        """Take over what was told of a record of `kind` before this store was made."""
        if self.forgets(change.record):
            return
        ledger.recall(self._connection, self._city, change, kind)

    def forgets(self, name: str) -> bool:
        """Say whether a record, by its identity, or a page, by its key, was taken down for good."""
        return bool(self._forgotten) and forgotten.digest(name) in self._forgotten

    def forget(self, digests: Iterable[str]) -> None:
        """Never again keep what has one of these digests."""
        self._forgotten |= frozenset(digests)
        self.put_note(forgotten.NOTE, forgotten.written(self._forgotten))

    def purge(self, record: Record, seen: Iterable[Seen], own: Collection[str]) -> Purged:
        """Take a record out of the store for good, as `records.purging` does."""
        self.forget(map(forgotten.digest, (identity(record), *own)))
        return purge(self._connection, self._city, record, seen, own)

    def put_sources(self, states: Iterable[SourceState]) -> None:
        """Note how the sources do, and no others."""
        rows = {state.name: {"name": state.name, "data": state} for state in states}
        put_only(self._connection, SOURCE, self._city, rows)

    def host(self, host: str) -> HostState | None:
        """How to behave towards a host, as this run has noted it."""
        state: HostState | None = self._connection.scalar(
            select(HOST.c.data).where(HOST.c.host == host)
        )
        return state

    def put_host(self, state: HostState) -> None:
        """Note how to behave towards a host."""
        put(self._connection, HOST, [{"host": state.host, "data": state}])

    def put_held(self, held: Sequence[Held]) -> None:
        """Note the files that are held back now, and no others."""
        rows = {it.path: {"path": it.path, "data": it} for it in held}
        put_only(self._connection, HELD, self._city, rows)

    def note(self, key: str) -> str | None:
        """A small text that was put aside, by this run or an earlier one."""
        found: str | None = self._connection.scalar(
            select(NOTE.c.value).where(NOTE.c.city == self._city, NOTE.c.key == key)
        )
        return found

    def put_note(self, key: str, value: str) -> None:
        """Put a small text aside for a later run."""
        put(self._connection, NOTE, [{"city": self._city, "key": key, "value": value}])

    def finish(self, run: RunState) -> None:
        """Note that the run came to its end."""
        put(self._connection, RUN, [{"city": self._city, "data": run}])

    @cached_property
    def _forgotten(self) -> frozenset[str]:
        return forgotten.read(self.note(forgotten.NOTE))

    def _previous(self, pages: set[str]) -> datetime | None:
        """Since when a record may be as it is: when the page that now says so had last been read.

        Of several the longest ago, for any of them may have been the first to say it.
        """
        known = (pages & self._changed or pages) & self._checked.keys()
        return min((self._checked[page] for page in known), default=None)

    def _stored(self, page: str) -> list[Sighting]:
        """A page's sightings, in order."""
        rows = self._connection.execute(_STORED, {"city": self._city, "page": page})
        return [unpacked(row.bucket, row.data) for row in rows]

    def _replace(self, page: str, old: list[Sighting], new: list[Sighting]) -> None:
        if old == new:
            return
        if old:
            mine = (SIGHTING.c.city == self._city, SIGHTING.c.page == page)
            self._connection.execute(delete(SIGHTING).where(*mine))
        rows = [
            {"city": self._city, "page": page, "position": n, "bucket": it.bucket}
            | {"data": packed(it)}
            for n, it in enumerate(new)
        ]
        put(self._connection, SIGHTING, rows)
        before, after = grouped(old), grouped(new)
        changed = {name for name in before | after if before.get(name) != after.get(name)}
        self.touched |= changed
        if changed:
            self._changed.add(page)

    def _keep(self, page: PageState, region: bytes) -> None:
        """Store a region under its hash, unless it is the newest; drop older ones nobody needs."""
        content_hash = page.region_hash or hashlib.sha256(region).hexdigest()
        newest = self._connection.execute(_KEPT, {"city": self._city, "page": page.key}).first()
        if newest is not None and newest.content_hash == content_hash:
            return
        number = 1 if newest is None else newest.number + 1
        row = {"city": self._city, "page": page.key, "number": number}
        row |= {"content_hash": content_hash, "body": zlib.compress(region)}
        put(self._connection, SNAPSHOT, [row])
        if number == 1:
            return
        mine = (SNAPSHOT.c.city == self._city, SNAPSHOT.c.page == page.key)
        made_a_revision = exists().where(
            REVISION.c.city == SNAPSHOT.c.city, REVISION.c.content_hash == SNAPSHOT.c.content_hash
        )
        older = (*mine, SNAPSHOT.c.number < number, ~made_a_revision)
        self._connection.execute(delete(SNAPSHOT).where(*older))
