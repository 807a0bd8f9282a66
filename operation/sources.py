"""How each source fared: one list with what is found through it, which fails alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from operation import board
from operation.replaced import replaced
from records.model import Meeting, NewsItem
from records.state import SourceState
from records.store import Store
from scraper.cities import City
from scraper.crawl import Failure, Gone, Outcome, Read, Unchanged, fails, page_of
from scraper.rota import LEADING

PATIENCE: Final = timedelta(days=14)
"""How long a source is kept of which no page is met any more."""

_LEADING: Final = frozenset({"start", "hub"})


def sources(
    city: City, store: Store, outcomes: Sequence[Outcome], now: datetime
) -> list[SourceState]:
    """Give each source's state after this run.

    A source fails by any page that could not be had or read, but for those that `fails` excuses,
    and by a list that is no longer where the city's pages lead to; one of which nothing else was
    reached in this run keeps the state it had, for `PATIENCE`, or until its committee has ended.
    """
    before = {state.name: state for state in store.sources(city.slug)}
    there = {one.state.key for one in outcomes if isinstance(one, Read | Unchanged)}
    there |= replaced(outcomes).keys()
    ended = city.ended(now.date())
    by_source: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        if isinstance(outcome, Failure) and page_of(outcome).kind == "feed":
            continue  # one signal more: without it the source is as it was
        by_source[page_of(outcome).source].append(outcome)
    states = dict(_missed(before.keys() - by_source.keys(), before, city, outcomes, now.date()))
    for name, own in by_source.items():
        failed = [str(one.error) for one in own if isinstance(one, Failure) and fails(one)]
        if name not in ended:  # an ended committee's pages are cleared away
            failed += _lost(own, there)
        states[name] = _state(name, own, failed, before.get(name), now)
    led = all(not isinstance(one, Failure) for one in outcomes if page_of(one).kind == "start")
    if led and not any(page_of(outcome).kind == "calendar" for outcome in outcomes):
        states["calendar"] = _no_calendar(city, before.get("calendar"), now)
    return sorted(states.values(), key=lambda state: state.name)


def _missed(
    missed: Iterable[str],
    before: Mapping[str, SourceState],
    city: City,
    outcomes: Sequence[Outcome],
    today: date,
) -> Iterator[tuple[str, SourceState]]:
    """Give the sources of which no page was met and that are kept, as they were.

    Only a run that read all that leads on, and did not end with its budget of pages, can tell that
    nothing leads to a source any more.
    """
    leading = [one for one in outcomes if page_of(one).kind in _LEADING]
    led = all(isinstance(one, Read | Unchanged) for one in leading)
    whole = led and len(outcomes) < city.page_budget
    for name in missed:
        since = before[name].missed or (today if whole else None)
        over = whole and since is not None and today - since >= PATIENCE
        if name not in city.ended(today) and not over:
            yield name, replace(before[name], missed=since)


def _lost(own: Iterable[Outcome], there: Container[str]) -> Iterator[str]:
    """Say which lists are gone, where no other address led to them or to what replaces them."""
    for one in own:
        if isinstance(one, Gone) and one.state.kind in LEADING and one.state.key not in there:
            yield (
                f"{one.state.url} is gone (the server answered {one.state.status}), and what it"
                " said stands: if it has moved, add its new address to the city's file"
            )


def _state(
    name: str,
    own: Sequence[Outcome],
    failed: Sequence[str],
    before: SourceState | None,
    now: datetime,
) -> SourceState:
    asked = sum(not isinstance(one, Unchanged) or one.asked for one in own)
    since = before.failing_since if before else None
    good = before.last_good if before else None
    return SourceState(
        name=name,
        url=page_of(own[0]).url,
        ok=not failed,
        last_good=good if failed else now,
        failing_since=(since or now) if failed else None,
        reason=failed[0] if failed else None,
        requests=asked,
    )


def _no_calendar(city: City, before: SourceState | None, now: datetime) -> SourceState:
    return SourceState(
        name="calendar",
        url=city.jurisdiction.url,
        ok=False,
        last_good=before.last_good if before else None,
        failing_since=(before.failing_since if before else None) or now,
        reason=(
            "no page was found that looks like the meeting calendar:"
            " add its address to the city's file"
        ),
    )


def doubted(
    states: Iterable[SourceState], reasons: Mapping[str, str], before: Iterable[SourceState]
) -> list[SourceState]:
    """Give sources with those not believed that have a reason: they were read, and not as good."""
    stood = {state.name: state for state in before}
    return [_doubted(state, reasons.get(state.name), stood.get(state.name)) for state in states]


def _doubted(state: SourceState, reason: str | None, before: SourceState | None) -> SourceState:
    if reason is None:
        return state
    since = (before.failing_since if before else None) or state.last_good
    good = before.last_good if before else None
    return replace(state, ok=False, last_good=good, failing_since=since, reason=reason)


def counted(store: Store, city: City, states: Iterable[SourceState]) -> list[SourceState]:
    """Give sources with the number of records that hang on each."""
    meetings = store.counts(city.slug, Meeting)
    news = store.count(city.slug, NewsItem)
    totals = {"news": news, "calendar": meetings.total(), "start": 0}
    totals["board"] = board.hanging(store, city.slug)
    return [
        replace(state, records=totals.get(state.name, meetings[state.name])) for state in states
    ]
