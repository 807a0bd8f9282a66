"""Gone is not cancelled: a meeting to come that the city shows no longer is missing.

Only silence that is proved counts: every list that showed the meeting was read whole in this run,
its source did not fail, it still speaks of that time, and the meeting's own page is gone as well.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final, Self

from operation.proof import LISTS, Looked
from records.codec import from_json, to_json
from records.model import Change, Meeting, Record, Revision, When
from records.state import Link, PageState, Seen
from records.terms import Status
from records.writer import Writer
from scraper.cities import City
from scraper.crawl import key
from scraper.known import AnyKnown
from scraper.rota import LEADING

NOTE: Final = "upcoming"
"""The note that holds, of each meeting to come, which pages show it and on which days none did."""

FEW: Final = 5
"""Of fewer upcoming meetings on a list any may go in a day."""

DOUBT: Final = 2
"""On how many days more than a third of a list must be gone before it is believed."""

_PLANNED: Final = frozenset({Status.CONFIRMED, Status.TENTATIVE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Upcoming:
    """A meeting to come.

    `pages` show it now, `lists` showed it when it was last shown, by their keys; `own` is its own
    page, at `url`. `days` are those on which complete runs did not find it.
    """

    bucket: str
    start: When
    url: str | None = None
    pages: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    days: tuple[date, ...] = ()

    @property
    def day(self) -> date:
        """The day on which it begins."""
        return self.start.date() if isinstance(self.start, datetime) else self.start

    @property
    def own(self) -> str | None:
        """The key of its own page."""
        return key(self.url) if self.url else None

    def ahead(self, now: datetime) -> bool:
        """Say whether it has not begun; one of today, at an unknown hour, may have."""
        if isinstance(self.start, datetime):
            return self.start > now
        return self.start > now.date()


@dataclass(slots=True, kw_only=True)
class Verdict:
    """What is told of meetings that the city shows no longer.

    `doubted` says, by source, why it is not believed; `problems` is for a person to look at.
    """

    changes: list[Change] = field(default_factory=list)
    doubted: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def read(note: str | None) -> dict[str, Upcoming]:
    """Read the note: each meeting to come by its id."""
    return from_json(dict[str, Upcoming], json.loads(note or "{}"))


@dataclass(slots=True, kw_only=True)
class Watch:
    """The meetings to come of one city, by id, in one run.

    After absence on so many days as `patience` says one leaves the calendars. `new` where nothing
    was noted before: all that stands is to be met.
    """

    now: datetime
    patience: int
    upcoming: dict[str, Upcoming]
    new: bool = False

    @classmethod
    def over(
        cls, note: str | None, known: Iterable[Revision[Any]], now: datetime, patience: int
    ) -> Self:
        """Go on from the note; without one with `known`, of which no page has told yet."""
        if note is not None:
            return cls(now=now, patience=patience, upcoming=read(note))
        records = (one.record for one in known if not one.withdrawn)
        upcoming = {
            it.id: Upcoming(bucket=f"meeting/{it.committee}", start=it.start, url=it.url)
            for it in records
            if isinstance(it, Meeting)
        }
        return cls(now=now, patience=patience, upcoming=upcoming, new=True)

    def links(self, city: City, stored: Mapping[str, PageState]) -> Iterator[Link]:
        """Give the pages that tell of meetings to come: those of their own, and lists.

        They are asked for also where nothing leads to them any more: what a list says is believed
        as long as the city has it.
        """
        coming = [it for it in self.upcoming.values() if it.day >= self.now.date()]
        for name in dict.fromkeys(page for it in coming for page in (*it.pages, *it.lists)):
            page = stored.get(name)
            if page and page.kind in LEADING and city.has(page.asked or page.url):
                yield Link(url=page.asked or page.url, kind=page.kind, source=page.source)
        for it in coming:
            found = city.link(it.url) if it.url else None
            if found:
                yield replace(found, kind="meeting", source=it.bucket.partition("/")[2])

    def leave(self, lists: Collection[str]) -> None:
        """Look no more for what these lists said, by their keys: others stand in their place."""
        self.upcoming = {
            name: replace(it, lists=tuple(page for page in it.lists if page not in lists))
            for name, it in self.upcoming.items()
        }

    def starts(self, bucket: str) -> dict[str, When]:
        """Give when each meeting of a bucket last began, by its local id."""
        return {
            name.partition(":")[2]: it.start
            for name, it in self.upcoming.items()
            if it.bucket == bucket
        }

    def met(self, bucket: str, known: Iterable[AnyKnown]) -> None:
        """Note which pages show each meeting of a bucket now."""
        told = {one.record.id: one for one in known if isinstance(one.record, Meeting)}
        for name, it in self.upcoming.items():
            if it.bucket == bucket and name not in told:
                self.upcoming[name] = replace(it, pages=())
        for name, one in told.items():
            if isinstance(one.record, Meeting):
                self.upcoming[name] = self._met(bucket, one.record, one.seen)

    def _met(self, bucket: str, record: Meeting, told: Sequence[Seen]) -> Upcoming:
        pages = {one.page.key: one.page for one in told if not one.page.gone}
        lists = (name for name, page in pages.items() if page.kind in LISTS)
        found = Upcoming(
            bucket=bucket,
            start=record.start,
            url=record.url,
            pages=tuple(sorted(pages)),
            lists=tuple(sorted(lists)),
        )
        before = self.upcoming.get(record.id)
        if pages or before is None:
            return found
        return replace(found, lists=before.lists, days=before.days)

    def judge(self, writer: Writer, seen: Looked) -> Verdict:
        """Count absences, and write which meetings are missing or leave the calendars by that."""
        self.upcoming = {
            name: it for name, it in sorted(self.upcoming.items()) if it.day >= self.now.date()
        }
        found = Verdict()
        if seen.ended:
            found.problems.append(
                "There are more pages than a run may ask for: until the city's page_budget is"
                " raised, no meeting is called missing"
            )
        silent = dict(self._silent(seen, found))
        doubted = self._doubted(silent, seen, found)
        for name, it in silent.items():
            days = it.days
            if len(days) < self.patience:
                days = tuple(sorted({*days, self.now.date()}))
            self.upcoming[name] = replace(it, days=days)
            if len(days) >= DOUBT or name not in doubted:
                found.changes += self._lost(writer, name, self.upcoming[name])
        writer.put_note(NOTE, json.dumps(to_json(self.upcoming), sort_keys=True))
        return found

    def _silent(self, seen: Looked, found: Verdict) -> Iterator[tuple[str, Upcoming]]:
        """Give the meetings of which it is proved that the city shows them no longer."""
        beyond: dict[str, list[str]] = {}
        for name, it in self.upcoming.items():
            lists = it.lists or tuple(self._relevant(it, seen))
            known = bool(it.lists) or seen.sure  # else a list that failed may be the one
            whole = known and bool(lists) and all(page in seen.whole for page in lists)
            if it.pages or not it.ahead(self.now) or not whole or it.bucket in seen.unread:
                continue
            if it.day in seen.nameless:
                continue  # a row that has lost its committee may be the one
            if it.own and it.own not in seen.gone:
                continue  # it was not asked for, or could not be had
            if it.own or any(self._covers(page, it.day) for page in lists):
                yield name, replace(it, lists=lists)
            else:
                beyond.setdefault(lists[0], []).append(name)
        for page, names in beyond.items():
            found.problems.append(
                f"{seen.whole[page].url} ends earlier than it did, or shows the next few alone:"
                f" {len(names)} meetings behind its end stand as they were"
            )

    def _relevant(self, it: Upcoming, seen: Looked) -> Iterator[str]:
        """Give the lists that would show a meeting of which it is not known which list did."""
        for name, link in seen.whole.items():
            if link.kind == "calendar" or link.source == it.bucket.partition("/")[2]:
                yield name

    def _covers(self, page: str, day: date) -> bool:
        """Say whether a list speaks of a day: it shows one then or later, or none to come."""
        days = [it.day for it in self.upcoming.values() if page in it.pages]
        return not days or max(days) >= day

    def _doubted(self, silent: Mapping[str, Upcoming], seen: Looked, found: Verdict) -> set[str]:
        """Give the meetings that went with more than a third of their list, all at once."""
        names: set[str] = set()
        today = {self.now.date()}
        for page, link in seen.whole.items():
            gone = {n for n, it in silent.items() if page in it.lists and not {*it.days} - today}
            of = len(gone) + sum(page in it.pages for it in self.upcoming.values())
            if of >= FEW and 3 * len(gone) > of:
                names |= gone
                found.doubted[link.source] = (
                    f"{link.url} shows {len(gone)} of {of} meetings to come no longer: they stand"
                    " as they were until a run of another day finds the same"
                )
        return names

    def _lost(self, writer: Writer, name: str, it: Upcoming) -> tuple[Change, ...]:
        """Say of a meeting that it is missing, or after so many days take it out of the calendars.

        What the city has called off stays called off.
        """
        newest = writer.newest(Meeting, name)
        if newest is None or newest.record.status not in {*_PLANNED, Status.MISSING}:
            return ()
        return writer.save(
            replace(newest.record, status=Status.MISSING),
            newest.provenance,
            withdrawn=newest.withdrawn or len(it.days) >= self.patience,
            pages=it.lists,
        )


def standing(writer: Writer, one: AnyKnown) -> tuple[Record, bool]:
    """Give a record as it is to stand, and whether withdrawn.

    A page that is gone says what it said when it was last there: of a meeting that only such pages
    tell of, it brings nothing back.
    """
    record = one.record
    if not isinstance(record, Meeting) or not all(seen.page.gone for seen in one.seen):
        return record, False
    newest = writer.newest(Meeting, record.id)
    if newest is None or newest.record.status is not Status.MISSING:
        return record, False
    return replace(record, status=Status.MISSING), newest.withdrawn
