"""Which sightings speak of one meeting, and the id that it keeps for ever."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import count
from types import MappingProxyType
from typing import Final, TypeAlias

from records.model import Committee, Meeting, Problem, When
from records.state import Seen
from records.terms import Status
from scraper import statuses, swedish
from scraper.raw import RawMeeting
from scraper.signals import Start, Told, choose, told
from scraper.vendors.sitevision import node_id

Entry: TypeAlias = tuple[RawMeeting, Seen]
_NODE: Final = re.compile(r"[0-9a-f]{6,}")
_BY_DAY: Final = re.compile(r"(?P<body>.+)-(?P<day>\d{8})(?:-(?P<number>\d+))?")


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
    for raw, one in entries:
        tells, unread = told(raw, one)
        found.extend(tells)
        problems.extend(unread)
    notices = [text for raw, _ in entries for text in (*raw.intro, *raw.notes)]
    said = statuses.status([], notices)
    left = _left_days([raw for raw, _ in entries], found)
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


def _left_days(raws: Iterable[RawMeeting], found: Sequence[Told]) -> set[date]:
    """Give the days that are named as left, beside the new one or in what a row remarks.

    «flyttat från 7 december»: a list that still shows that day is of before.
    """
    told = {part for raw in raws for part in (raw.remark, *(raw.row or "").split(" | ")) if part}
    left: set[date | None] = {
        swedish.left_day(part, found[0].day)
        for part in (told if found else ())
        if (said := statuses.status([part], [])) and said.value is Status.POSTPONED
    }
    return {day for day in (*left, *(one.moved_from for one in found)) if day}


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


def day_of(when: When) -> date:
    """Give the day of a moment or of a plain date."""
    return when.date() if isinstance(when, datetime) else when


def _distance(start: When, other: When) -> tuple[bool, float]:
    """Tell whether two starts are on other days, and how many seconds lie between their clocks."""
    apart = day_of(start) != day_of(other)
    if isinstance(start, datetime) and isinstance(other, datetime):
        return apart, abs((start - other).total_seconds())
    return apart, 0.0


def names(
    body: Committee,
    found: Sequence[Group],
    known: Mapping[str, str],
    starts: Mapping[str, When] = MappingProxyType({}),
    elsewhere: Collection[str] = (),
) -> Iterator[tuple[Group, str, tuple[str, ...]]]:
    """Give each meeting its local id and the keys that lead to it: (group, id, keys).

    The page's node; before a page exists committee, day and a number where it sits twice that day.
    A row that names the day it was moved from is the meeting of that day, and is known by both.
    `known` maps keys to the ids already given, and those are never given to another meeting;
    `starts` has when those meetings last began: of two in a day each keeps its own id by its hour.
    Ids that are `elsewhere` went to another committee with their meeting.
    """
    taken = set(elsewhere)
    same = _unmoved(found, known, starts, taken)
    fresh: set[str] = set()
    pageless = Counter(day_of(group.start.start) for group in found if group.node is None)
    for group in sorted(found, key=lambda group: (group.node is None, group.order)):
        day = day_of(group.start.start)
        given = known.get(f"node:{group.node}")
        keys = [f"node:{group.node}"] if group.node else []
        if given is None:
            others = {name for at, name in same.items() if at != id(group)}
            slots = _slots(day, known, taken | others)
            own = same.get(id(group))
            slots.sort(key=lambda slot: slot[1] != own)
            row = any(raw.node is None for raw, _ in group.entries)
            free = row or len(slots) > pageless[day]  # the row of old has become this page's link
            slot, given = next(iter(slots), (None, None)) if free else (None, None)
            left = group.start.moved_from
            if given is None and left:
                slot, given = next(iter(_slots(left, known, taken | others)), (None, None))
                keys += [_slot(day, {*known, *fresh})] if slot else []
            if given is None:
                slot, given = _fresh(body, day, group, {*known, *fresh})
            keys += [slot] if slot else []
            fresh.update(keys)
        taken.add(given)
        yield group, given, tuple(keys)


def _unmoved(
    found: Sequence[Group],
    known: Mapping[str, str],
    starts: Mapping[str, When],
    taken: Collection[str],
) -> dict[int, str]:
    """Give the ids of meetings without a page that begin when they last began, by group."""
    same: dict[int, str] = {}
    for group in found:
        if group.node is None:
            for _, given in _slots(day_of(group.start.start), known, {*same.values(), *taken}):
                if starts.get(given) == group.start.start:
                    same[id(group)] = given
                    break
    return same


def keys(known: Iterable[Meeting]) -> dict[str, dict[str, str]]:
    """Give the keys by which `names` finds meetings again, by committee: of page, and of day.

    One that has left its day is known by both days, one that has left its committee there as well;
    each key leads to one meeting.
    """
    made: dict[str, dict[str, str]] = defaultdict(dict)
    moved: list[tuple[str, date, str]] = []
    for meeting in sorted(known, key=lambda it: it.id):
        name, body, day = meeting.id.partition(":")[2], meeting.committee, day_of(meeting.start)
        slot = _BY_DAY.fullmatch(name)
        bodies = {body, slot["body"]} if slot else {body}
        pages = {node_id(meeting.url or ""), name if _NODE.fullmatch(name) else None}
        for node in filter(None, pages):
            for each in bodies:
                made[each].setdefault(f"node:{node}", name)
        if slot:
            made[slot["body"]][f"slot:{slot['day']}/{slot['number'] or 1}"] = name
            if f"{day:%Y%m%d}" != slot["day"]:
                moved.append((body, day, name))
    for body, day, name in moved:
        made[body][_slot(day, made[body])] = name
    return dict(made)


def _slots(day: date, known: Mapping[str, str], taken: set[str]) -> list[tuple[str, str]]:
    """Give the ids of meetings of that day which had no page when first seen, not yet met."""
    prefix = f"slot:{day:%Y%m%d}/"
    slots = sorted((key, given) for key, given in known.items() if key.startswith(prefix))
    return [(key, given) for key, given in slots if given not in taken]


def _fresh(
    body: Committee, day: date, group: Group, known: Collection[str]
) -> tuple[str | None, str]:
    """Give a new id, and the slot it takes where it is made of the day."""
    if group.node:
        return None, group.node
    slot = _slot(day, known)
    number = int(slot.rpartition("/")[2])
    return slot, f"{body.slug}-{day:%Y%m%d}" + f"-{number}" * (number > 1)


def _slot(day: date, known: Collection[str]) -> str:
    """Give the first key of that day which names no meeting yet."""
    slots = (f"slot:{day:%Y%m%d}/{number}" for number in count(1))
    return next(slot for slot in slots if slot not in known)
