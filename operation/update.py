"""One update of one city: read it, remember what it said, publish what changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from feeds import folder
from feeds.past import Past
from feeds.publication import NOTHING, Publication
from operation import (
    absence,
    adopting,
    announcing,
    board,
    drifting,
    output,
    publishing,
    runlog,
    telling,
)
from operation.absence import Watch
from operation.gathering import Gathered, counts, gather
from operation.hosts import HostMemory
from operation.keeping import opened
from operation.looking import accepted, asking
from operation.problems import problems
from operation.report import NOT_ALL_WELL, OK, Report, status
from operation.rereading import READ_BY, outdated
from operation.settings import Settings
from operation.settling import settled
from operation.sources import counted, doubted, sources
from records.errors import ConfigError
from records.model import Committee, Meeting
from records.state import Held, Link, PageState, RunState, SourceState
from records.store import Store
from scraper.cities import City
from scraper.crawl import Outcome, Walk
from scraper.page import NotModified, Page

log = structlog.get_logger(__name__)

Progress = Callable[[Outcome], None]


class _DryRun(Exception):
    """Raised to leave the store as it was, but for what hosts asked of us."""


def update(
    city: City, settings: Settings, *, model: bool = False, progress: Progress = lambda _: None
) -> Report:
    """Update one city and publish what changed; `model` marks every page of a demonstration.

    Raises `Busy` when another run holds the lock, `PublishError` before anything is asked when the
    folder cannot be written, `StoreError`, `ConfigError` for a clock before the last run's. A dry
    run, and a `progress` that raises, leave all as it was, but for what hosts asked of us.
    """
    now = settings.moment
    if not settings.dry_run:
        folder.prepare(settings.out)
    with opened(settings, city.slug) as (store, mended), store.lock(city.slug):
        if not settings.dry_run:
            folder.sweep(settings.out, deep=False)  # of one that was killed with all else published
        last = store.last_run(city.slug)
        if last and now < last.at:
            raise ConfigError(
                f"The clock says {now:%Y-%m-%d %H:%M}, and the last run was at"
                f" {last.at:%Y-%m-%d %H:%M}: set the clock right, or, if it was wrong then, move"
                f" {settings.store} away, and a new one is made of what is published"
            )
        _known(settings, {held.path for held in store.held(city.slug)})
        memory = HostMemory(store)
        new = not store.knows(city.slug)
        before = adopting.find(city.slug, settings, now, memory) if new else None
        run = Run(
            city=city,
            settings=settings,
            store=store,
            now=now,
            model=model,
            memory=memory,
            before=before,
            said=(*mended, *(adopting.missing(before, settings) if new else ())),
        )
        with memory.keeping(city.slug, now):
            report = run.report(progress, first=last is None and before is None)
    log.info(
        "updated",
        city=city.slug,
        exit=report.exit,
        depth=settings.depth.value,
        requests=report.run.requests,
        changes=len(report.changes),
        written=len(report.written),
        held=len(report.held),
    )
    return report


def _known(settings: Settings, held: Collection[str]) -> None:
    """Refuse to force what is not held back and not published: a mistyped path would do nothing."""
    for path in settings.force:
        if path not in held and not (settings.out / path).is_file():
            raise ConfigError(
                f"--force {path}: nothing of that name is held back or published; give a path as"
                " `kallelse status` tells it"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run under way, with the lock held.

    `before` is what a new store adopts, `said` what is to be told of the store in any case.
    """

    city: City
    settings: Settings
    store: Store
    now: datetime
    model: bool
    memory: HostMemory
    before: Past | None
    said: tuple[str, ...]

    def report(self, progress: Progress, *, first: bool) -> Report:
        """Walk, remember, publish; each step stands alone, so that a kill leaves the last one."""
        found, states, run = self._learn(progress)
        if self.settings.dry_run:
            return self._sum(found, states, run, NOTHING, first=first)
        published = self._publish(found, states)
        states = counted(self.store, self.city, states)
        report = self._sum(found, states, run, published, first=first)
        self._finish(report)
        return report

    def _learn(self, progress: Progress) -> tuple[Gathered, list[SourceState], RunState]:
        """Walk and remember; the pages themselves are let go before anything is published."""
        again = outdated(self.city, self.store)
        watch = self._watch()
        outcomes, asked = self._walk(
            progress,
            {one.state.key: one.state for one in again},
            watch,
        )
        states = sources(self.city, self.store, outcomes, self.now)
        before = drifting.standing(self.city, self.store, outcomes, self.now.date())
        stood = self.store.sources(self.city.slug)
        found = self._remember([*again, *outcomes], states, watch)
        run = RunState(
            at=self.now,
            exit=OK,
            requests=asked,
            problems=(
                *self.said,
                *problems(found, self.city, self.store.revisions(self.city.slug, Committee)),
            ),
            drift=drifting.drift(before, found.made),
        )
        found.made.clear()
        return found, doubted(states, found.doubted, stood), run

    def _finish(self, report: Report) -> None:
        """Write what the run came to, and tell the world by `status.json`."""
        with self.store.writing(self.city.slug, self.now) as writer:
            writer.put_sources(report.sources)
            writer.put_held(report.held)
            writer.put_note(telling.NOTE, self._told(report.run, report.sources, report.held)[1])
            runlog.write(self.store, writer, self.city.slug, report.run, self.settings.depth)
            writer.finish(report.run)
        content = status(report.city, report.run, report.sources, report.held)
        body = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        folder.put(self.settings.out / "status.json", body.encode())

    def _told(
        self, run: RunState, states: Sequence[SourceState], held: Sequence[Held]
    ) -> tuple[bool, str]:
        note = self.store.note(self.city.slug, telling.NOTE)
        return telling.tell(note, self.now, telling.signature(states, held, run.drift))

    def _watch(self) -> Watch:
        """Go on watching over the meetings to come; over those that are adopted from now on."""
        slug = self.city.slug
        note = self.store.note(slug, absence.NOTE)
        known = self.before.revisions if self.before else self.store.revisions(slug, Meeting)
        return Watch.over(note, known, self.now, self.settings.missing_days)

    def _walk(
        self, progress: Progress, again: Mapping[str, PageState], watch: Watch
    ) -> tuple[list[Outcome], int]:
        """Walk the city; what was seen is small, and is written in one transaction at the end.

        `again` are pages as they stand after they were read again, by key; `watch` names those to
        be asked for in any case.
        """
        outcomes = []
        stored = {page.key: page for page in self.store.pages(self.city.slug)} | dict(again)
        with asking(self.city, self.settings, self.memory, self.now) as fetcher:

            def get(link: Link, known: PageState | None) -> Page | NotModified:
                accept = accepted(link.kind)
                if known is None:
                    return fetcher.get(link.url, accept=accept)
                return fetcher.get(
                    link.url, etag=known.etag, last_modified=known.last_modified, accept=accept
                )

            for outcome in Walk(
                city=self.city,
                get=get,
                stored=stored.get,
                now=self.now,
                also=tuple(watch.links(self.city, stored)),
                depth=self.settings.depth,
                settled=settled(self.store, self.city.slug, stored.values(), self.now),
            ):
                outcomes.append(outcome)
                progress(outcome)
            return outcomes, fetcher.requests

    def _remember(
        self, outcomes: Sequence[Outcome], states: Sequence[SourceState], watch: Watch
    ) -> Gathered:
        """Write all that the walk gave in one transaction; a dry run takes it back."""
        slug = self.city.slug
        with suppress(_DryRun), self.store.writing(slug, self.now) as writer:
            waiting = adopting.waiting(self.store.note(slug, adopting.WAITING))
            if self.before:
                waiting = adopting.adopt(writer, slug, self.before)
                board.adopt(self.city, writer, self.before.revisions)
                announcing.remember(writer, self.before.told)
            adopting.wait(writer, waiting, outcomes, self.city.parser_version)
            found = gather(self.city, self.store, writer, outcomes, states=states, watch=watch)
            writer.put_note(READ_BY, str(self.city.parser_version))
            self.memory.write(writer)
            writer.put_sources(states)
            if found.revised:
                publishing.outdate(writer)
            if self.settings.dry_run:
                raise _DryRun
        if not self.settings.dry_run:
            self.memory.new.clear()
        return found

    def _publish(self, found: Gathered, states: Sequence[SourceState]) -> Publication:
        """Publish, unless what stands there was made of all that would be published now.

        Where every source failed nothing was learnt, and nothing is touched but to tell of that;
        from one that is doubted all was learnt that it says.
        """
        city, store, now = self.city, self.store, self.now
        held = store.held(city.slug)
        untold = announcing.untold(store, city.slug, states, now)
        if not found.learnt and not untold:
            return replace(NOTHING, held=tuple(held))
        same = not (held or found.revised or untold)
        if same and publishing.stands(city, store, self.settings, now, model=self.model):
            return NOTHING
        stored = output.edition(city, store, self.settings, now, model=self.model)
        return publishing.release(
            announcing.announced(store, stored, untold, now, read=found.learnt),
            store,
            self.settings,
            now,
            held=held,
            force=self.settings.force,
            complete=all(state.ok for state in states),
        )

    def _sum(
        self,
        found: Gathered,
        states: Sequence[SourceState],
        run: RunState,
        published: Publication,
        *,
        first: bool,
    ) -> Report:
        well = all(state.ok for state in states) and not published.held and not run.drift
        return Report(
            city=self.city.slug,
            run=replace(
                run,
                exit=OK if well else NOT_ALL_WELL,
                counts=counts(self.store, self.city, found),
            ),
            sources=tuple(states),
            held=published.held,
            changes=tuple(found.changes),
            written=published.written,
            first=first,
            fresh=bool(self.said) or self._told(run, states, published.held)[0],
        )
