"""A source that was not read for a day, and that is read again: one entry each, never one a run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urldefrag

from feeds import phrases
from feeds.edition import ALL, Edition, committee_of
from feeds.text import line, web
from feeds.topics import TITLE, Topic
from records.model import Told
from records.state import SourceState

LONG: Final = timedelta(days=1)
"""How long a source must have failed before readers are told."""

_BEGUN, _OVER = "outage", "back"
_CALLED: Final[Mapping[str, tuple[str, str]]] = {
    "news": (Topic.NEWS, TITLE[Topic.NEWS]),
    "board": (Topic.BOARD, TITLE[Topic.BOARD]),
    "calendar": (ALL, "Sammanträdeskalendern"),
    "start": (ALL, "Kommunens startsida"),
}
"""In which feed a source is told of, and what it is called; others are committees."""


def untold(
    states: Sequence[SourceState], told: Sequence[Told], now: datetime
) -> tuple[SourceState, ...]:
    """Give the sources of which readers are to be told now.

    One that was never read well is no outage: nobody had anything of it.
    """
    return tuple(state for state in states if _due(state, _last(state.name, told), now))


def tell(edition: Edition, states: Sequence[SourceState], now: datetime) -> Iterator[Told]:
    """Tell of sources that `untold` gave."""
    known = {one.id for one in edition.told}
    for state in states:
        slug, name = _CALLED.get(state.name) or (
            state.name,
            line(committee_of(edition, state.name).name),
        )
        kind = _OVER if state.ok else _BEGUN
        made = _free(f"{slug}/{kind}/{phrases.day_of(now)}", known)
        known.add(made)
        page = web(state.url) or web(edition.city.url) or edition.address("")
        begun = _last(state.name, edition.told)
        yield Told(
            id=made,
            at=now,
            title=f"{name}: {'kommunens sida läses igen' if state.ok else _TITLE}",
            body=_over(begun, page) if state.ok else _begun(state, page),
            link=f"{urldefrag(page).url}#{made.replace('/', '-')}",
            source=state.name,
        )


_TITLE: Final = "kommunens sida har inte kunnat läsas på ett dygn"


def _last(name: str, told: Sequence[Told]) -> Told | None:
    """Give what was told last of a source."""
    return max((one for one in told if one.source == name), key=lambda one: one.at, default=None)


def _due(state: SourceState, last: Told | None, now: datetime) -> bool:
    out = last is not None and last.id.split("/")[1] == _BEGUN
    if state.ok or state.failing_since is None or state.last_good is None:
        return state.ok and out
    return not out and now - state.failing_since >= LONG


def _free(name: str, known: set[str]) -> str:
    """Give a name that no entry has, with a number where a day has two."""
    number = 1
    made = name
    while made in known:
        number += 1
        made = f"{name}/{number}"
    return made


def _begun(state: SourceState, page: str) -> str:
    since = phrases.when(state.failing_since) if state.failing_since else ""
    good = phrases.when(state.last_good) if state.last_good else ""
    return (
        f"Kallelse har inte kunnat läsa sidan sedan {since}. Det som står i kalendrar och flöden är"
        f" från {good}; det som har ändrats sedan dess syns inte här.\n"
        f"Kontrollera hos kommunen: {page}"
    )


def _over(begun: Told | None, page: str) -> str:
    since = f" Avbrottet berättades {phrases.when(begun.at)}." if begun else ""
    return (
        f"Kallelse läser åter sidan.{since} Det som ändrades under tiden berättas nu, med den tid"
        f" då Kallelse såg det.\nKommunens sida: {page}"
    )
