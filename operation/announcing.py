"""What is told that hangs on no record, a week or an outage: remembered before it is published."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from feeds import outages, told
from feeds.edition import Edition
from operation import publishing
from records.codec import from_json, to_json
from records.model import Told
from records.state import SourceState
from records.store import Store
from records.writer import Writer

NOTE: Final = "entries"
"""The note that holds it as it was told."""


def remembered(store: Store, city: str) -> tuple[Told, ...]:
    """Give what was told before."""
    return from_json(tuple[Told, ...], json.loads(store.note(city, NOTE) or "[]"))


def remember(writer: Writer, every: Sequence[Told]) -> None:
    """Write what was told, all of it."""
    writer.put_note(NOTE, json.dumps(to_json(tuple(every)), ensure_ascii=False, sort_keys=True))


def untold(
    store: Store, city: str, states: Sequence[SourceState], now: datetime
) -> tuple[SourceState, ...]:
    """Give the sources of which readers are to be told in this run."""
    return outages.untold(states, remembered(store, city), now)


def announced(
    store: Store, edition: Edition, due: Sequence[SourceState], now: datetime, *, read: bool
) -> Edition:
    """Give an edition that tells what is due: of sources, and where any was `read` of the week.

    It is remembered first, so that whatever happens to this run nothing is told in other words.
    """
    from feeds import week  # noqa: PLC0415 - it reads all entries, and most hours publish nothing

    more = list(outages.tell(edition, due, now))
    if read:
        more += week.tell(edition)
    every = told.kept(edition, more)
    if every != edition.told:
        with store.writing(edition.city.slug, now) as writer:
            remember(writer, every)
            publishing.outdate(writer)
    return replace(edition, told=every)
