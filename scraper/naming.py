"""The id that a meeting keeps for ever, and the keys by which it is found again."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import count
from types import MappingProxyType
from typing import Final

from records.model import Committee, Meeting, When
from scraper.identity import Group, day_of
from scraper.vendors.sitevision import node_id

_NODE: Final = re.compile(r"[0-9a-f]{6,}")
_BY_DAY: Final = re.compile(r"(?P<body>.+)-(?P<day>\d{8})(?:-(?P<number>\d+))?")


def _apart(before: When | None, start: When) -> tuple[bool, float]:
    """Tell how far a start is by the clock from the last that is known, unknown ones farthest."""
    if isinstance(before, datetime) and isinstance(start, datetime):
        return False, abs(before.hour * 60 + before.minute - start.hour * 60 - start.minute)
    return True, 0.0


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
    met: dict[str, When] = {}
    for group in sorted(found, key=lambda group: _order(group, known)):
        start, day = group.start.start, day_of(group.start.start)
        given = known.get(f"node:{group.node}")
        if given in taken and (group.gone or start == met.get(given)):
            continue  # another page has taken its place
        given = group.node if given in taken else given  # it was gone, and is back beside that one
        keys = [f"node:{group.node}"] if group.node else []
        if given is None:
            given = _replaced(group, found, known, taken)
        if given is None:
            others = {name for at, name in same.items() if at != id(group)}
            slots = _slots(day, known, taken | others)
            own = same.get(id(group))
            slots.sort(key=lambda slot: (slot[1] != own, _apart(starts.get(slot[1]), start)))
            row = any(raw.node is None for raw, _ in group.entries)
            free = row or len(slots) > pageless[day]  # the row of old has become this page's link
            slot, given = next(iter(slots), (None, None)) if free else (None, None)
            left = group.start.moved_from
            if given is None and left:
                slots = _slots(left, known, taken | others)
                slots.sort(key=lambda slot: _apart(starts.get(slot[1]), start))
                slot, given = next(iter(slots), (None, None))
                keys += [_slot(day, {*known, *fresh})] if slot else []
            if given is None:
                slot, given = _fresh(body, day, group, {*known, *fresh})
            keys += [slot] if slot else []
            fresh.update(keys)
        taken.add(given)
        met[given] = start
        yield group, given, tuple(keys)


def _order(group: Group, known: Mapping[str, str]) -> tuple[bool, bool, bool, tuple[str, str]]:
    """Give in which order meetings are named: pages that are there, and first by their own name."""
    own = known.get(f"node:{group.node}") == group.node
    return group.node is None, group.gone, not own, group.order


def _replaced(
    group: Group, found: Sequence[Group], known: Mapping[str, str], taken: Collection[str]
) -> str | None:
    """Give the id of the meeting whose page is gone, and which this new page has at that hour."""
    start = group.start.start
    if group.node is None or group.gone or not isinstance(start, datetime):
        return None
    gone = [known.get(f"node:{it.node}") for it in found if it.gone and it.start.start == start]
    return next((name for name in gone if name is not None and name not in taken), None)


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


def reserved(day: date, name: str, known: Mapping[str, str]) -> dict[str, str]:
    """Give the key by which a row without a page is this meeting of that day; none if one is."""
    prefix = f"slot:{day:%Y%m%d}/"
    has = any(key.startswith(prefix) and given == name for key, given in known.items())
    return {} if has else {_slot(day, known): name}


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
    return slot, given_by(body.slug, slot)


def given_by(body: str, key: str) -> str:
    """Give the local id that a meeting of a committee gets where no more than a key tells of it."""
    told, _, number = key.partition(":")[2].partition("/")
    if not number:
        return told  # the node of its page
    return f"{body}-{told}" if number == "1" else f"{body}-{told}-{number}"


def _slot(day: date, known: Collection[str]) -> str:
    """Give the first key of that day which names no meeting yet."""
    slots = (f"slot:{day:%Y%m%d}/{number}" for number in count(1))
    return next(slot for slot in slots if slot not in known)
