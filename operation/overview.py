"""How it stands, for `kallelse status`: how fresh, how many, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from operation import runlog
from operation.freshness import stale
from operation.report import sentences, status
from operation.settings import Settings
from records.errors import ConfigError
from records.state import RunState, SourceState
from records.store import Store
from scraper import shipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The state of all chosen cities: as data, as text, and whether all is well."""

    content: Mapping[str, Any]
    text: str
    well: bool


def overview(settings: Settings) -> Overview:
    """Read from the store how each city stands."""
    found: dict[str, Any] = {}
    lines: list[str] = []
    well = True
    if not Store.stands(settings.store):  # looking makes none
        raise ConfigError(
            f"There is no store {settings.store}: run kallelse update first, or name the store"
        )
    with Store.open(settings.store) as store:
        for city in settings.cities or shipped.names():
            run = store.last_run(city)
            if run is None:
                lines.append(f"{city}: never updated: run kallelse update {city}")
                well = False
                continue
            sources, held = store.sources(city), store.held(city)
            late = stale(sources, settings.timetable, settings.moment)
            ran = runlog.runs(store.note(city, runlog.NOTE))
            found[city] = {
                **status(city, run, sources, held),
                "stale": [state.name for state in late],
                "runs": [one.data for one in ran],
            }
            lines += _lines(city, run, sources)
            old = [state.name for state in late if state.ok]
            lines += [f"  stale    {name}: not read for twice its interval" for name in old]
            lines += _requests(ran, settings.moment)
            lines += [f"  held back: {item.path} ({item.reason})" for item in held]
            lines += [f"  drift: {sentence}" for sentence in sentences(run.drift)]
            well = well and run.exit == 0 and not late
    return Overview(content=found, text="\n".join(lines), well=well)


def _lines(city: str, run: RunState, sources: list[SourceState]) -> Iterator[str]:
    counts = ", ".join(f"{number} {name}" for name, number in run.counts.items())
    yield f"{city}: last updated {run.at:%Y-%m-%d %H:%M}, {run.requests} requests; {counts}"
    for state in sources:
        if state.ok:
            yield f"  ok       {state.name}: {state.records} records"
        else:
            since = f"{state.failing_since:%Y-%m-%d %H:%M}" if state.failing_since else "now"
            good = (
                f"last read {state.last_good:%Y-%m-%d %H:%M}" if state.last_good else "never read"
            )
            yield f"  failing  {state.name}, since {since}, {good}: {state.reason}"
    yield from (f"  look at: {problem}" for problem in run.problems)


def _requests(ran: Sequence[runlog.Ran], now: datetime) -> Iterator[str]:
    """Tell what the runs of a day asked of the city, and the last five of them one by one."""
    day = sum(one.requests for one in ran if timedelta() <= now - one.at < timedelta(days=1))
    each = ", ".join(f"{one.at:%H:%M} {one.depth} {one.requests}" for one in ran[-5:])
    yield f"  requests: {day} in the last 24 hours; by run: {each}"
