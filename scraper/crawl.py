"""Walk one city: which pages, in which order; what each gave, a failure as a value."""

from __future__ import annotations

import hashlib
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from records.errors import FetchError, Forbidden, KallelseError, PageChanged
from records.state import GONE, Link, PageState, Sighting
from scraper import document
from scraper.address import canonical
from scraper.cities import City, Reading
from scraper.document import Document
from scraper.normalise import sighting
from scraper.page import NotModified, Page
from scraper.pages import feed
from scraper.rota import OLDER, Depth, Settled, due, unsettled
from scraper.vendors.sitevision import node_id

FEED: Final = "feed"
"""The kind of what is written for machines, and not as a page."""

_LISTED: Final = frozenset({"meeting", "news", "notice"})
"""Pages of one record, which stands by the row that leads there: a dead link fails no source."""

_CALENDARS: Final = frozenset({"start", "hub", "committee", "calendar"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A page that was read: what it said of records, and what of it is kept.

    `ours` where the page is the one that was read before, by parsers of another version: whatever
    differs now is our correction, and not the city's news.
    """

    state: PageState
    sightings: tuple[Sighting, ...]
    snapshot: bytes
    ours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unchanged:
    """A page that says what it said before (304, or the same region), or was not due: it stands."""

    state: PageState
    asked: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A page that the city answers 404 or 410 for; what it said before stands, marked by that."""

    state: PageState


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A page that could not be had or read: its source has failed, what it said before stands.

    Where it led before is followed all the same: one broken list hides no meeting of another.
    """

    link: Link
    error: KallelseError
    links: tuple[Link, ...] = ()


Outcome: TypeAlias = Read | Unchanged | Gone | Failure
Get: TypeAlias = Callable[[Link, PageState | None], Page | NotModified]


def key(url: str, kind: str = "") -> str:
    """Give what makes two addresses one page: the node id, or else path and query.

    The pages of one list share a node, and are told apart by their query.
    """
    parts, node = urlsplit(url), node_id(url)
    query = f"?{parts.query}" if parts.query else ""
    if node:
        return node + (query if kind == OLDER else "")
    return (parts.path or "/") + query


def bring(page: Page, kind: str) -> Document:
    """Bring a page of this kind to what parsers read; raises `PageChanged` where it is none."""
    return feed.read(page) if kind == FEED else document.read(page)


def again(city: City, state: PageState, snapshot: bytes) -> Read:
    """Read what was kept of a page by today's parsers, without asking the city.

    Raises `PageChanged` where they find less in it than a page must have.
    """
    try:
        page = document.load(snapshot)
    except ValueError as error:  # kept by a program that wrote pages down in another form
        raise PageChanged(state.url, "a stored page that can be read again") from error
    if state.kind not in city.parsers:
        raise PageChanged(state.url, f"a parser for a page of the kind {state.kind!r}")
    return _reading(city, state, city.read(page, state.kind), ours=True)


def _reading(city: City, state: PageState, reading: Reading, *, ours: bool) -> Read:
    """Give what was read of a page, with its state brought up to that."""
    snapshot = reading.kept.dump()
    return Read(
        state=replace(
            state,
            region_hash=hashlib.sha256(snapshot).hexdigest(),
            parser=city.parser_version,
            links=reading.links,
        ),
        sightings=tuple(sighting(city, raw) for raw in reading.raws),
        snapshot=snapshot,
        ours=ours,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """One walk of one city: `get` is the only way out, `stored` what we knew of a page before.

    `depth` says how much is asked for, `settled` of which pages no more is expected; `also` are
    pages that are asked for though no list should lead to them any more.
    """

    city: City
    get: Get
    stored: Callable[[str], PageState | None]
    now: datetime
    depth: Depth = Depth.DUE
    settled: Settled = unsettled
    also: tuple[Link, ...] = ()

    def __iter__(self) -> Iterator[Outcome]:
        """Follow the city's links breadth first, within its budget of pages.

        The older pages of the news come last: no archive of theirs takes a meeting's place. What a
        calendar shows is still to come, whatever day its address was made for.
        """
        coming = {key(link.url, link.kind) for link in self.also}
        others: dict[str, list[Link]] = defaultdict(list)
        gone: dict[str, str] = {}
        queue, later = deque(self.city.start), deque[Link]()
        known = {key(link.url, link.kind) for link in queue}
        older = 0
        for _ in range(self.city.page_budget):
            if not queue:
                queue.extend(link for link in self.also if key(link.url, link.kind) not in known)
                known |= coming
            if not queue and not later:
                return
            link = (queue or later).popleft()
            outcome = self._visit(link, coming=key(link.url, link.kind) in coming)
            yield outcome
            if isinstance(outcome, Gone):  # an old list may lead to where a page no longer is
                gone[outcome.state.key] = link.url
                queue.extendleft(_elsewhere(link, others.pop(outcome.state.key, [])))
            for found in outcome.links if isinstance(outcome, Failure) else outcome.state.links:
                name = key(found.url, found.kind)
                if link.kind in _CALENDARS:
                    coming.add(name)
                if name in known and gone.get(name) in {None, found.url}:
                    others[name].append(found)
                    continue
                gone.pop(name, None)
                known.add(name)
                if found.kind != OLDER:
                    queue.append(found)
                elif older < self.city.older_pages:
                    older += 1
                    later.append(found)

    def _visit(self, link: Link, *, coming: bool) -> Outcome:
        state = self.stored(key(link.url, link.kind))
        had = state.fetched if state else None
        unreadable = state and had and state.parser < self.city.readable_since
        moved = state is not None and state.asked not in {None, link.url}
        depth = Depth.FULL if coming or unreadable or moved else self.depth
        if state and not due(link, state, self.now, depth=depth, settled=self.settled):
            return Unchanged(state=state, asked=False)
        readable = state and state.region_hash and state.parser == self.city.parser_version
        known = state if readable else None
        url = _address(link, state)
        if url not in {link.url, canonical(link.url)}:
            with suppress(FetchError, PageChanged):
                return self._ask(link, url, state, known)
            url = link.url
        try:
            return self._ask(link, url, state, known)
        except FetchError as error:
            known_of = state or link in self.also or link.kind in _LISTED
            if known_of and error.status in GONE and link not in self.city.start:
                return Gone(state=self._gone(link, state, error.status))
            return Failure(link=link, error=error, links=state.links if state else ())
        except PageChanged as error:
            return Failure(link=link, error=error, links=state.links if state else ())

    def _ask(
        self, link: Link, url: str, state: PageState | None, known: PageState | None
    ) -> Read | Unchanged:
        """Ask for a page at `url`; on conditions only where `known` is what came from there."""
        own = known if known and known.url == url else None
        answer = self.get(replace(link, url=url), own)
        if isinstance(answer, NotModified):
            return self._stands(link, own, answer.url)
        return self._read(link, answer, state)

    def _stands(self, link: Link, known: PageState | None, url: str) -> Unchanged:
        if known is None:
            raise FetchError(link.url, "«not modified» for a page that was never read")
        state = replace(known, url=url, asked=link.url, source=link.source)
        return Unchanged(state=replace(state, status=304, checked=self.now))

    def _gone(self, link: Link, state: PageState | None, status: int) -> PageState:
        if state:
            return replace(state, status=status, checked=self.now, asked=link.url)
        return PageState(
            key=key(link.url, link.kind),
            url=link.url,
            kind=link.kind,
            source=link.source,
            status=status,
            checked=self.now,
            asked=link.url,
        )

    def _read(self, link: Link, page: Page, before: PageState | None) -> Read | Unchanged:
        """Read a page; one that says the same words is unchanged, whatever its markup.

        Where a redirect leads for now is forgotten, with the validators of the page there.
        """
        state = PageState(
            key=key(link.url, link.kind),
            url=link.url if page.temporary else page.url,
            kind=link.kind,
            source=link.source,
            status=200,
            checked=page.fetched,
            fetched=page.fetched,
            etag=None if page.temporary else page.etag,
            last_modified=None if page.temporary else page.last_modified,
            asked=link.url,
        )
        reading = self.city.read(bring(page, link.kind), link.kind)
        newer = before is not None and before.parser != self.city.parser_version
        same = before is not None and state.etag is not None and state.etag == before.etag
        read = _reading(self.city, state, reading, ours=newer and same)
        if before and not newer and before.region_hash == read.state.region_hash:
            return Unchanged(state=replace(read.state, fetched=before.fetched))
        return read


def _address(link: Link, state: PageState | None) -> str:
    """Give where a page is asked for first: where this very link led for good, while it is there.

    It may have been led there by mistake, or the way may be another by now: where no page is, the
    link's own address is asked.
    """
    if state is None or state.gone or state.asked != link.url:
        return link.url
    return state.url


def _elsewhere(link: Link, others: Sequence[Link]) -> list[Link]:
    """Give one link for each other address of a page."""
    return list({other.url: other for other in others if other.url != link.url}.values())


def page_of(outcome: Outcome) -> Link:
    """Give the page that an outcome is about, as a link: address, kind and source."""
    if isinstance(outcome, Failure):
        return outcome.link
    state = outcome.state
    return Link(url=state.url, kind=state.kind, source=state.source)


def forbidden(outcome: Outcome) -> bool:
    """Tell a page that robots.txt asks us to leave alone: noted, and no failure of its source."""
    return isinstance(outcome, Failure) and isinstance(outcome.error, Forbidden)


def fails(outcome: Outcome) -> bool:
    """Tell whether a source fails by this: not by what robots.txt forbids, nor by a feed.

    A feed is one signal more, and never the only one.
    """
    return isinstance(outcome, Failure) and outcome.link.kind != "feed" and not forbidden(outcome)
