"""What one run looked at: only silence that is proved by that counts as an absence."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from operation.replaced import replaced
from records.state import Link, SourceState
from scraper.crawl import Failure, Gone, Outcome, Read, Unchanged, page_of

LISTS: Final = frozenset({"calendar", "listing"})
"""The kinds of page that claim to show every meeting; others show the next few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What one run looked at: lists that were read `whole`, and pages that are `gone`, by key.

    `sure` says that no list failed; of `unread` buckets some rows could not be told apart, and on
    the `nameless` days somebody meets of whom no row says who; `ended` says that there were more
    pages than may be asked for.
    """

    whole: Mapping[str, Link]
    gone: frozenset[str]
    sure: bool = True
    unread: frozenset[str] = frozenset()
    nameless: frozenset[date] = frozenset()
    ended: bool = False


def looked(
    outcomes: Iterable[Outcome],
    states: Iterable[SourceState],
    budget: int,
    unread: Iterable[str],
    nameless: Iterable[date] = (),
) -> Looked:
    """Say what a run looked at; one that ended with its budget of pages has seen nothing whole.

    `unread` are the buckets of which some sightings could not be told apart, `nameless` the days of
    those that name no committee.
    """
    every = [one for one in outcomes if not (isinstance(one, Read) and one.ours)]
    failed = {state.name for state in states if not state.ok}
    old = replaced(every)
    lists = [one for one in every if page_of(one).kind in LISTS and not _old(one, old)]
    whole = {
        one.state.key: page_of(one)
        for one in lists
        if isinstance(one, Read) or (isinstance(one, Unchanged) and one.asked)
        if one.state.source not in failed
    }
    last = {one.state.key: one for one in every if not isinstance(one, Failure)}
    ended = len(every) >= budget
    return Looked(
        whole={} if ended else whole,
        gone=frozenset(name for name, one in last.items() if isinstance(one, Gone)),
        sure=all(not isinstance(one, Failure) and one.state.key in whole for one in lists),
        unread=frozenset(unread),
        nameless=frozenset(nameless),
        ended=ended,
    )


def _old(outcome: Outcome, replaced: Container[str]) -> bool:
    """Tell a list that is gone and has another in its place: it says nothing of what is shown."""
    return isinstance(outcome, Gone) and outcome.state.key in replaced
