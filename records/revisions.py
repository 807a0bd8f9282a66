"""When a version of a record becomes a revision, how it is numbered, and what of it is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Any, Final

from records import changes, documents, schedule
from records.model import Meeting, Record, Revision
from records.terms import Cause
from records.wording import Happening, Wording, say

_MISREAD: Final = Wording(
    sv="Rättelse: vi läste fel tidigare.", en="Correction: we read it wrongly before."
)


def revise(
    past: Iterable[Revision[Any]], seen: Revision[Any]
) -> tuple[Revision[Any], tuple[Happening, ...]] | None:
    """Give the revision that follows `past` (newest first), and what it tells; None: no news.

    `seen` is what was read now as if for the first time: sequence 0, both its dates this run's
    `now`. No more of `past` is read than is needed.
    """
    earlier = iter(past)
    newest = next(earlier, None)
    if newest is None:
        told = changes.first(seen.record)
        return seen, told if seen.cause is Cause.CITY else _corrected(told, seen, seen)
    if newest.withdrawn == seen.withdrawn and changes.same(newest.record, seen.record):
        return None
    old = replace(newest, record=_as_told(newest.record, earlier))
    told = _happened(old, seen)
    revision = replace(
        seen,
        first_seen=old.first_seen,
        last_changed=max(old.last_changed, seen.last_changed) if told else old.last_changed,
        sequence=old.sequence + changes.significant(old.record, seen.record),
    )
    if seen.cause is Cause.CORRECTION:
        told = _corrected(_planned(old.record, seen.record), old, seen)
    return revision, told


def _as_told(record: Record, earlier: Iterable[Revision[Any]]) -> Record:
    """Give a meeting back the files its readers know of, where its own list was not known."""
    if not isinstance(record, Meeting) or record.documents_known:
        return record
    past = chain((record,), (revision.record for revision in earlier))
    return replace(record, documents=documents.remembered(past))


def _happened(old: Revision[Any], seen: Revision[Any]) -> tuple[Happening, ...]:
    told = changes.between(old.record, seen.record)
    if seen.withdrawn and not old.withdrawn:
        return (*told, *changes.withdrawn(seen.record))
    if old.withdrawn and not seen.withdrawn:
        known = {happening.kind for happening in told}
        return (*told, *(it for it in changes.returned(seen.record) if it.kind not in known))
    return told


def _planned(old: Record, new: Record) -> tuple[Happening, ...]:
    if isinstance(old, Meeting) and isinstance(new, Meeting):
        return tuple(schedule.between(old, new))
    return ()


def _corrected(
    told: Iterable[Happening], old: Revision[Any], seen: Revision[Any]
) -> tuple[Happening, ...]:
    """Keep what is told of a meeting still to come, and own up: our mistake is not the city's news.

    To come by either reading: whom we sent to the wrong day must learn it too.
    """
    now = seen.last_changed
    if not any(_to_come(revision.record, now) for revision in (old, seen)):
        return ()
    return tuple(
        replace(it, words=say("{misread} {it}", "{misread} {it}", misread=_MISREAD, it=it.words))
        for it in told
    )


def _to_come(record: Record, now: datetime) -> bool:
    if not isinstance(record, Meeting):
        return False
    if isinstance(record.start, datetime):
        return record.start >= now
    return record.start >= now.date()
