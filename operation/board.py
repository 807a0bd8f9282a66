"""The notice board in the store: what hangs there, what was put up, and what was taken down.

A notice is taken down when a board that was read whole shows it no longer. A page that could not
be had or read, or that is forbidden, says nothing of what hangs there; neither does a notice's own
page, whatever becomes of it; and a board that goes on elsewhere may hold there what it lacks here.
What hung at an address where nobody looks for the board any more hangs where it is read whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from feeds.topics import Topic
from operation.replaced import forget
from records.model import Change, Notice, Revision
from records.store import Store
from records.terms import Cause
from records.writer import Writer
from scraper import appeal, notices
from scraper.cities import City
from scraper.crawl import Outcome, Read, key, page_of

NOTE: Final = "board"
"""The note that holds what each board showed when it was last read, and what waits for its day."""

_ITEM: Final = "notice/"


@dataclass(slots=True)
class Posted:
    """What the board told: changes, and how many items nothing tells from their neighbours."""

    changes: list[Change] = field(default_factory=list)
    nameless: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """Notices and changes that may be published; `taken_down` are the ids of those that left.

    `unseen` has by committee when one that left was first told of; the board's own are of none.
    """

    notices: tuple[Revision[Notice], ...]
    changes: tuple[Change, ...]
    taken_down: frozenset[str]
    unseen: Mapping[str, datetime]


def post(
    city: City, writer: Writer, outcomes: Sequence[Outcome], cause: Cause = Cause.CITY
) -> Posted:
    """Write the notices of which a sighting changed, those whose day has come, those taken down.

    `cause` says whether the city changed them, or our reading of them.
    """
    note = json.loads(writer.note(NOTE) or "{}")
    before: dict[str, list[str]] = note.get("shown", {})
    boards = [one for one in outcomes if page_of(one).kind == "board"]
    read = [one for one in boards if isinstance(one, Read)]
    shown = before | {one.state.key: _shown(one, before.get(one.state.key, [])) for one in read}
    if any(_whole(one) and not one.ours for one in read):
        at = {*_places(city), *(key(page_of(one).url) for one in boards)}
        _leave(writer, {name: shown.pop(name) for name in before.keys() - at})
    hanging, hung = _every(shown), _every(before)
    touched = {name for name in writer.touched if name.startswith(_ITEM)}
    found = Posted(nameless=len(writer.sightings(_ITEM)))
    waiting = set[str](note.get("waiting", [])) & hanging
    for bucket in sorted((touched | waiting) & hanging):
        known = notices.notice(city, writer.sightings(bucket))
        waiting.discard(bucket)
        if known:
            found.changes += writer.save(known.record, known.provenance, cause=cause)
            if any(problem.code == appeal.AHEAD for problem in known.record.problems):
                waiting.add(bucket)
    for bucket in sorted(hung - hanging):
        found.changes += _take_down(city, writer, bucket, cause)
    told = {"shown": shown, "waiting": sorted(waiting)}
    writer.put_note(NOTE, json.dumps(told, sort_keys=True))
    return found


def _shown(read: Read, before: Sequence[str]) -> list[str]:
    """Give the buckets of what a board shows; where it goes on elsewhere, also what it showed."""
    names = {it.bucket for it in read.sightings if it.bucket.startswith(_ITEM)} - {_ITEM}
    return sorted(names if _whole(read) else names.union(before))


def _whole(read: Read) -> bool:
    return not any(it.bucket == "board/" and it.data["more"] for it in read.sightings)


def _places(city: City) -> list[str]:
    """Give the keys of the pages at which the board is looked for."""
    return [key(link.url) for link in city.start if link.kind == "board"]


def _leave(writer: Writer, left: Mapping[str, Iterable[str]]) -> None:
    """Let go of what was said by boards that are looked for no more, by their keys."""
    said = [one for names in left.values() for name in names for one in writer.sightings(name)]
    for page in {one.page.key: one.page for one in said if one.page.key in left}.values():
        forget(writer, page)


def _every(shown: dict[str, list[str]]) -> set[str]:
    return {name for names in shown.values() for name in names}


def _take_down(city: City, writer: Writer, bucket: str, cause: Cause) -> tuple[Change, ...]:
    """Withdraw a notice as the city last showed it."""
    name = f"{city.slug}:{bucket.removeprefix(_ITEM)}"
    notice = writer.newest(Notice, name)
    if notice is None:
        return ()
    return writer.save(notice.record, notice.provenance, cause=cause, withdrawn=True)


def adopt(city: City, writer: Writer, revisions: Iterable[Revision[Any]]) -> None:
    """Note that adopted notices hung when the board was last seen: what is gone is then noticed."""
    hung = [
        f"{_ITEM}{one.record.id.partition(':')[2]}"
        for one in revisions
        if isinstance(one.record, Notice) and not one.withdrawn
    ]
    boards = _places(city)
    if hung and boards:
        shown = {boards[0]: sorted(hung)}
        writer.put_note(NOTE, json.dumps({"shown": shown, "waiting": []}, sort_keys=True))


def hanging(store: Store, city: str) -> int:
    """Give how many notices hang on the board."""
    return sum(not one.withdrawn for one in store.revisions(city, Notice))


def hidden(store: Store, city: str) -> frozenset[str]:
    """Give the ids of notices that may be in no output, nor what was told of them.

    What is not about minutes names people and properties: it leaves all output when the city takes
    it down. Withdrawn minutes stay, as withdrawn.
    """
    every = store.revisions(city, Notice)
    return frozenset(
        one.record.id for one in every if one.withdrawn and not one.record.about_minutes
    )


def output(store: Store, city: str) -> Output:
    """Give what of the notices, and of all that was told, may be published."""
    gone = hidden(store, city)
    every, changes = list(store.revisions(city, Notice)), list(store.changes(city))
    silent = {change.id: change for change in changes if change.record in gone}
    committees = {one.record.id: one.record.committee for one in every}
    unseen: dict[str, datetime] = {}
    for change in silent.values():  # newest first
        unseen[change.committee or committees[change.record] or Topic.BOARD] = change.at
    return Output(
        notices=tuple(one for one in every if one.record.id not in gone),
        changes=tuple(change for change in changes if change.id not in silent),
        taken_down=gone | silent.keys(),
        unseen=unseen,
    )
