"""Which sightings speak of one meeting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeAlias

from records.model import Problem, When
from records.state import Seen
from records.terms import Status
from scraper import statuses, swedish
from scraper.known import raw_of
from scraper.raw import RawMeeting
from scraper.signals import LIVING, Start, Told, choose, told

Entry: TypeAlias = tuple[RawMeeting, Seen]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """All that was said of one meeting: `node` is its page's, None where it has no page.

    `days` are all days that any signal names: a meeting that was moved has two.
    """

    node: str | None
    entries: tuple[Entry, ...]
    start: Start
    days: frozenset[date]

    @property
    def order(self) -> tuple[str, str]:
        """What groups are sorted by: when they begin, then their page."""
        return self.start.start.isoformat(), self.node or ""

    @property
    def gone(self) -> bool:
        """Whether only pages tell of it that the city has no longer."""
        return all(one.page.gone for _, one in self.entries)


def groups(entries: Iterable[Entry]) -> tuple[list[Group], int]:
    """Give the meetings of one committee, and how many were seen without any day.

    A page's node makes a meeting; a row without a page joins the one it means, by day and clock.
    """
    by_node: dict[str, list[Entry]] = defaultdict(list)
    loose: list[Entry] = []
    for entry in entries:
        by_node[entry[0].node].append(entry) if entry[0].node else loose.append(entry)
    own = [_group(node, said) for node, said in sorted(by_node.items())]
    joined, undated = _join([group for group in own if group], loose)
    return sorted(joined, key=lambda group: group.order), undated + own.count(None)


def _group(node: str | None, entries: Sequence[Entry]) -> Group | None:
    found: list[Told] = []
    problems: list[Problem] = []
    left: set[date] = set()
    for raw, one in entries:
        tells, unread = told(raw, one)
        found.extend(tells)
        left |= _left_days(raw, tells)
        problems.extend(unread)
    notices = [text for raw, _ in entries for text in (*raw.intro, *raw.notes)]
    said = statuses.status([], notices)
    standing = [one for one in found if one.day not in left] or found
    moved = said is not None and said.value is Status.POSTPONED
    start = choose(standing, problems, moved=moved)
    if start is None:
        return None
    before = min(left - {day_of(start.start)}, default=None)
    return Group(
        node=node,
        entries=tuple(entries),
        start=replace(start, moved_from=start.moved_from or before),
        days=frozenset((*(one.day for one in found), *left)),
    )


def _left_days(raw: RawMeeting, tells: Sequence[Told]) -> set[date]:
    """Give the days that are named as left, beside the new one or in what a row remarks.

    «flyttat från 7 december»: a list that still shows that day is of before. «Flyttat från 7
    december kl. 14 till kl. 15» leaves no day.
    """
    left = {one.moved_from for one in tells}
    for part in (raw.remark, *(raw.row or "").split(" | ")) if tells else ():
        said = statuses.status([part or ""], [])
        if part and said and said.value is Status.POSTPONED:
            left.add(swedish.left_day(part, tells[0].day))
    held = {one.day for one in tells if one.signal in LIVING}
    return {day for day in left if day and day not in held}


def _join(own: Sequence[Group], loose: Sequence[Entry]) -> tuple[list[Group], int]:
    """Give each row without a page to the meeting it means, list by list, the longest list first.

    Two rows of one list are two meetings, even on one day, if both have a clock time. A row is
    given to the meeting of its day that is closest by the clock, or else to one of which a signal
    names that day: it was moved there.
    """
    joined, undated = list(own), 0
    by_list: dict[str, list[Group]] = defaultdict(list)
    for entry in sorted(loose, key=lambda entry: (entry[1].page.key, entry[1].position)):
        alone = _group(None, [entry])
        if alone is None:
            undated += 1
        elif all(alone.start.start != row.start.start for row in by_list[entry[1].page.key]):
            by_list[entry[1].page.key].append(alone)  # the same row twice is one
    for page, rows in sorted(by_list.items(), key=lambda item: (-len(item[1]), item[0])):
        told = [any(one.page.key == page for _, one in group.entries) for group in joined]
        free = [at for at in range(len(joined)) if not told[at]]
        for row in rows:
            said = [at for at, here in enumerate(told) if here]
            same = [at for at in said if day_of(joined[at].start.start) == day_of(row.start.start)]
            if len(same) == 1 and not isinstance(row.start.start, datetime):
                joined[same[0]] = _merged(joined[same[0]], row)  # «30 november», and its link below
            elif all(joined[at].start.start != row.start.start for at in said):
                joined.append(row)
        joined = _matched(joined, free, len(told))
    return joined, undated


def _matched(groups: Sequence[Group], free: Sequence[int], before: int) -> list[Group]:
    """Merge the rows that stand last (from `before` on) into free groups, closest clocks first."""
    pairs = sorted(
        (*_distance(groups[row].start.start, groups[at].start.start), row, at)
        for row in range(before, len(groups))
        for at in free
        if day_of(groups[row].start.start) in groups[at].days
        or day_of(groups[at].start.start) in groups[row].days
    )
    merged = dict(enumerate(groups))
    taken: set[int] = set()
    for *_, row, at in pairs:
        if row in merged and at not in taken:
            taken.add(at)
            merged[at] = _merged(groups[at], merged.pop(row))
    return [merged[n] for n in sorted(merged)]


def _merged(group: Group, row: Group) -> Group:
    return _group(group.node, [*group.entries, *row.entries]) or group


def days(seen: Iterable[Seen]) -> set[date]:
    """Give the days that sightings of meetings name."""
    return {it.day for one in seen for it in told(raw_of(RawMeeting, one), one)[0]}


def day_of(when: When) -> date:
    """Give the day of a moment or of a plain date."""
    return when.date() if isinstance(when, datetime) else when


def _distance(start: When, other: When) -> tuple[bool, float]:
    """Tell whether two starts are on other days, and how many seconds lie between their clocks."""
    apart = day_of(start) != day_of(other)
    if isinstance(start, datetime) and isinstance(other, datetime):
        return apart, abs((start - other).total_seconds())
    return apart, 0.0
