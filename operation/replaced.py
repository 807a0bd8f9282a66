"""Lists that the city has no longer, with another in their place: what they said is let go."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from records.state import PageState
from records.writer import Writer
from scraper.crawl import Gone, Outcome, Read, Unchanged

NOTE: Final = "replaced"
"""The note that has the day on which each such list was first found gone, by its key."""

_MEETINGS: Final = frozenset({"calendar", "listing", "committee"})
_SHARED: Final = "start"  # the source of pages whose committee no folder names: of many, not of one


def replaced(outcomes: Iterable[Outcome]) -> dict[str, PageState]:
    """Give the lists that are gone where another of their kind and source was read well."""
    lists = [
        one
        for one in outcomes
        if isinstance(one, Gone | Read | Unchanged)
        if one.state.kind in _MEETINGS and one.state.source != _SHARED
    ]
    well = [
        one.state
        for one in lists
        if (isinstance(one, Read) and not one.ours) or (isinstance(one, Unchanged) and one.asked)
    ]
    read = {(state.kind, state.source) for state in well}
    there = {state.key for state in well}
    return {
        one.state.key: one.state
        for one in lists
        if isinstance(one, Gone)
        if (one.state.kind, one.state.source) in read and one.state.key not in there
    }


def leave(writer: Writer, outcomes: Iterable[Outcome], today: date) -> frozenset[str]:
    """Let go of what replaced lists said that were found gone on another day too; give their keys.

    One day's 404 may be a slip. A list that comes back is read as if it were new.
    """
    since: dict[str, str] = json.loads(writer.note(NOTE) or "{}")
    found = replaced(outcomes)
    still = {name: since.get(name, today.isoformat()) for name in sorted(found)}
    left = frozenset(name for name, day in still.items() if day < today.isoformat())
    for name in left:
        forget(writer, found[name])
    if still != since:
        writer.put_note(NOTE, json.dumps(still))
    return left


def forget(writer: Writer, state: PageState) -> None:
    """Let go of what a page said, as if it had never been read."""
    never = replace(
        state, fetched=None, etag=None, last_modified=None, region_hash=None, parser=0, links=()
    )
    writer.saw(never, (), None)
