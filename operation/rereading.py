"""Stored pages read again by today's parsers, without asking the city."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from records.errors import PageChanged
from records.state import Link, PageState
from records.store import Store
from scraper.cities import City
from scraper.crawl import Failure, Read, again

READ_BY: Final = "read by"
"""The note that holds by which version of the parsers all stored pages were last read, or tried."""


def outdated(city: City, store: Store) -> list[Read]:
    """Read again what parsers of another version read; once for each version, as it looks at all.

    A page that cannot be read again is not among them: what it said stands until it is had anew.
    """
    if store.note(city.slug, READ_BY) == str(city.parser_version):
        return []
    return [one for one in reread(city, store) if isinstance(one, Read)]


def reread(city: City, store: Store, *, every: bool = False) -> Iterator[Read | Failure]:
    """Read what parsers of another version read; `every` reads all that is stored.

    A `Failure` is a page that today's parsers cannot read: what it said stands until it is had
    anew.
    """
    for state in store.pages(city.slug):
        if (every and state.fetched) or _outdated(city, state):
            snapshot = store.snapshot(city.slug, state.key)
            if snapshot is not None:
                yield _again(city, state, snapshot)


def _outdated(city: City, state: PageState) -> bool:
    return state.parser != city.parser_version and state.parser >= city.readable_since


def _again(city: City, state: PageState, snapshot: bytes) -> Read | Failure:
    try:
        return again(city, state, snapshot)
    except PageChanged as error:
        return Failure(link=Link(url=state.url, kind=state.kind, source=state.source), error=error)
