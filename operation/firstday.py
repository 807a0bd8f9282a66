"""The first-day check: one page of each kind on the real site, what is read of it, what is not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from operation.capturing import Saved, save
from operation.columns import aligned, filled
from operation.looking import Looked, Passing, accepted, asking
from operation.probing import data as found_data
from operation.report import NOT_ALL_WELL, OK
from operation.settings import Settings
from records.errors import FetchError, Forbidden, KallelseError, PageChanged
from records.state import HostState, Link
from scraper.cities import City
from scraper.crawl import bring, key
from scraper.fetch import Fetcher
from scraper.findings import Findings, find
from scraper.page import NotModified
from scraper.rota import OLDER, day_of

READ: Final = "read"
_REASONS: Final = {READ: "found", "not read": "missing"}
_TRIES: Final = 3  # addresses of one kind, until one is read
_DONE: Final = timedelta(days=30)  # by then the minutes of a meeting have come


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A kind of page to look at; of several addresses the one that `rank` puts first."""

    name: str
    fits: Callable[[Link], bool]
    rank: Callable[[Link], Any] = lambda _: 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One page of the check, or a kind of which none was found."""

    name: str
    outcome: str
    url: str | None = None
    reason: str | None = None
    found: Findings | None = None
    saved: Saved | None = None


@dataclass(slots=True)
class Check:
    """A check under way: its rows, the links that may be looked at, and all pages it has met."""

    city: City
    settings: Settings
    folder: Path
    fetcher: Fetcher
    pool: list[Link] = field(default_factory=list)
    met: set[str] = field(default_factory=set)
    rows: list[Row] = field(default_factory=list)

    def run(self, tell: Callable[[object], None]) -> None:
        """Look at one page of each kind; what is not linked from anywhere is not found."""
        self._meet(self.city.start)
        open_ = wanted(self.city, self.settings.moment.date())
        tries: Counter[str] = Counter()
        while step := self._next(open_):
            want, link = step
            self.pool.remove(link)
            row = self._look(want, link)
            self.rows.append(row)
            tell(row)
            tries[want.name] += 1
            if row.outcome == READ or tries[want.name] == _TRIES:
                open_.remove(want)
        for want in open_:
            if not tries[want.name]:
                self.rows.append(self._unmet(want))

    def _unmet(self, want: Wanted) -> Row:
        """Say why a kind was not met: nothing leads there, or what would lead there was not had."""
        if any(row.outcome != READ and row.name in _LEADING for row in self.rows):
            reason = "the pages that lead to it could not be read"
            return Row(name=want.name, outcome="not looked for", reason=reason)
        reason = "no page leads to one that the city's file would know"
        return Row(name=want.name, outcome="not found", reason=reason)

    def _next(self, open_: Sequence[Wanted]) -> tuple[Wanted, Link] | None:
        for want in open_:
            links = [link for link in self.pool if want.fits(link)]
            if links:
                return want, min(links, key=want.rank)
        return None

    def _meet(self, links: Sequence[Link]) -> None:
        for link in links:
            if key(link.url) not in self.met:
                self.met.add(key(link.url))
                self.pool.append(link)

    def _look(self, want: Wanted, link: Link) -> Row:
        """Ask for one page, save it, and read it; what fails is a row too."""
        saved = None
        try:
            page = self.fetcher.get(link.url, accept=accepted(link.kind))
            if isinstance(page, NotModified):  # pragma: no cover - nothing was asked conditionally
                raise FetchError(link.url, "«not modified» for a page that was never read")
            looked = Looked(city=self.city, page=page, link=link)
            saved = save(looked, self.folder)
            read = bring(page, link.kind)
            found = find(self.city, read, looked.state)
            self._meet(self.city.read(read, link.kind).links)
        except KallelseError as error:
            return Row(
                name=want.name,
                outcome=_outcome(error),
                url=link.url,
                reason=getattr(error, "missing", None) or getattr(error, "reason", str(error)),
                saved=saved,
            )
        return Row(name=want.name, outcome=READ, url=link.url, found=found, saved=saved)


_LEADING: Final = frozenset({"start", "hub", "committee", "calendar", "listing", "news-list"})
"""The kinds of page by which others are found."""


def _outcome(error: KallelseError) -> str:
    match error:
        case Forbidden():
            return "forbidden"
        case PageChanged():
            return "not read"
        case _:
            return "failed"


def wanted(city: City, today: date) -> list[Wanted]:
    """Give the kinds of page to look at: each that has a parser, of meetings two."""
    found: list[Wanted] = []
    for kind in city.parsers:
        if kind == "meeting":
            found.append(Wanted(name="meeting to come", fits=_coming(today), rank=_nearest(today)))
            settled = today - _DONE
            found.append(Wanted(name="past meeting", fits=_past(today), rank=_nearest(settled)))
        elif kind != OLDER:  # a short list of news has no second page
            found.append(Wanted(name=kind, fits=_of(kind)))
    return found


def _of(kind: str) -> Callable[[Link], bool]:
    return lambda link: link.kind == kind


def _coming(today: date) -> Callable[[Link], bool]:
    return lambda link: link.kind == "meeting" and (day_of(link.url) or date.min) >= today


def _past(today: date) -> Callable[[Link], bool]:
    return lambda link: link.kind == "meeting" and (day_of(link.url) or date.max) < today


def _nearest(day: date) -> Callable[[Link], Any]:
    return lambda link: (abs((day_of(link.url) or date.max) - day), link.url)


def check(
    city: City, settings: Settings, folder: Path, tell: Callable[[object], None]
) -> list[Row]:
    """Walk one page of each kind of a city, and save what was met in a folder."""
    memory = Passing(settings.store)
    with asking(city, settings, memory, settings.moment) as fetcher:
        walk = Check(city=city, settings=settings, folder=folder, fetcher=fetcher)
        walk.run(tell)
    return [_robots(memory.host(city.host)), *walk.rows]


def _robots(state: HostState | None) -> Row:
    if state is None or state.robots_status is None:
        reason = "it could not be had, and without it nothing is asked"
        return Row(name="robots.txt", outcome="failed", reason=reason)
    lines = [line for line in (state.robots or "").splitlines() if line.strip()]
    return Row(name="robots.txt", outcome=READ, reason=f"{len(lines)} lines")


def well(rows: Sequence[Row]) -> int:
    """Give the exit code: 0 only where a page of every kind was read."""
    names = {row.name for row in rows}
    read = {row.name for row in rows if row.outcome == READ}
    return OK if names == read else NOT_ALL_WELL


def text(city: City, rows: Sequence[Row], folder: Path) -> str:
    """Give the check as a table, and below it what was found on each page."""
    table = [["page", "outcome", "found", "not found", "disagrees", "saved as"]]
    table += [
        [row.name, row.outcome, *_counts(row), row.saved.file.name if row.saved else ""]
        for row in rows
    ]
    lines = [f"{city.jurisdiction.name}: one page of each kind", "", *aligned(table)]
    for row in rows:
        lines += ["", f"{row.name}: {row.outcome}", *aligned(_details(row))]
    unread = list(dict.fromkeys(row.name for row in rows if row.outcome != READ))
    lines += ["", f"The pages are in {folder}, with contact boxes and editors' names cut out."]
    lines.append(
        f"Not all was read: {', '.join(unread)}." if unread else "A page of every kind was read."
    )
    return "\n".join(lines)


def _counts(row: Row) -> tuple[str, str, str]:
    if row.found is None:
        return "", "", ""
    found = row.found
    return _sightings(found), str(len(found.missing)), str(len(found.doubts))


def _sightings(found: Findings) -> str:
    kinds = Counter(type(raw).__name__.removeprefix("Raw").lower() for raw in found.raws)
    parts = [f"{count} {kind}" for kind, count in sorted(kinds.items())]
    return ", ".join([*parts, f"{sum(found.leads.values())} links"])


def _details(row: Row) -> Iterator[tuple[str, str]]:
    if row.url:
        yield "address", row.url
    if row.reason:
        yield _REASONS.get(row.outcome, "because"), row.reason
    if row.saved:
        cut = ", ".join(f"{number} × {what}" for what, number in sorted(row.saved.cut.items()))
        yield "cut out", cut or "nothing"
    if row.found is None:
        return
    names = dict.fromkeys(name for raw in row.found.raws for name in filled(raw))
    yield "found", ", ".join(name for name in names if name != "where")
    yield from (("not found", text) for text in row.found.missing)
    yield from (("disagrees", f"{it.code}: {it.text}") for it in row.found.doubts)


def data(rows: Sequence[Row], folder: Path) -> Mapping[str, Any]:
    """Give the check as JSON values."""
    return {
        "folder": str(folder),
        "exit": well(rows),
        "pages": [
            {
                "name": row.name,
                "outcome": row.outcome,
                "url": row.url,
                "reason": row.reason,
                "found": found_data(row.found) if row.found else None,
                "saved": row.saved.file.name if row.saved else None,
            }
            for row in rows
        ],
    }
