"""Updates of every chosen city, with what is told of them and when they may be stopped."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import structlog

from operation import memory, runlog, signs
from operation.report import OK, Report
from operation.settings import Settings
from operation.update import Progress, update
from records.errors import ConfigError, KallelseError, Stopped, StoreError
from records.store import Store
from scraper import cities, shipped
from scraper.crawl import Outcome
from scraper.rota import Depth

log = structlog.get_logger(__name__)


def chosen(settings: Settings) -> tuple[str, ...]:
    """Give the cities that are updated: those in settings, else all that are shipped.

    ConfigError for an origin of no such city: the city itself would be asked in its stead.
    """
    for name in sorted(settings.origin.keys() - set(shipped.names())):
        raise ConfigError(
            f"--origin {name}: there is no such city, only {', '.join(shipped.names())}"
        )
    return settings.cities or shipped.names()


def run(
    name: str,
    settings: Settings,
    *,
    progress: Progress = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Report:
    """Update one city, and tell of its sources; raises `Stopped` after the page at hand."""

    def told(outcome: Outcome) -> None:
        progress(outcome)
        if stop():
            raise Stopped

    report = update(cities.load(name), settings, progress=told)
    if not settings.dry_run:
        signs.show(report, settings)
    return report


def scheduled(settings: Settings, depth: Depth, stop: Callable[[], bool]) -> None:
    """Do one run of the timetable; what stops one city stops no other, and is raised at the end."""
    this = settings.model_copy(update={"light": depth is Depth.LIGHT})
    reports, failed = list[Report](), list[KallelseError]()
    for name in chosen(this):
        try:
            report = run(name, this, stop=stop)
            reports.append(report)
            if report.fresh:
                _warn(report)
        except Stopped:
            raise
        except KallelseError as error:
            failed.append(error)
        finally:
            memory.give_back()
    if failed:
        raise failed[0]
    if all(report.exit == OK for report in reports) and not this.dry_run:
        signs.well(this)


def _warn(report: Report) -> None:
    """Log what is wrong, as the verb for cron says it."""
    for sentence in (*report.troubles, *report.run.problems):
        log.warning("trouble", city=report.city, what=sentence)


def last(settings: Settings, depth: Depth) -> datetime | None:
    """Give when every city had had a run that asked for so much; None where one never had.

    A moment that is yet to come is none: the run that is due at once says what is wrong with it.
    """
    try:
        found = list(_last(settings, depth)) if Store.stands(settings.store) else [None]
    except StoreError:  # the run that is due at once then says why, or makes it anew
        return None
    known = [moment for moment in found if moment is not None and moment <= settings.moment]
    return min(known) if known and len(known) == len(found) else None


def _last(settings: Settings, depth: Depth) -> Iterator[datetime | None]:
    with Store.open(settings.store) as store:
        for name in chosen(settings):
            yield runlog.last(runlog.runs(store.note(name, runlog.NOTE)), depth)
