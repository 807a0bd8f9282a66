"""A fetcher that asks a server of ours for the city's pages, with little patience."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Final

import pytest

from records.errors import FetchError
from records.model import ZONE
from records.state import HostState
from scraper.fetch import Fetcher, Limits
from scraper.page import NotModified, Page
from wire import Wire

HOST: Final = "www.boras.se"
CITY: Final = f"https://{HOST}"
AGENT: Final = "Kallelse/0.1 (+https://kallelse.example/om)"
NOW: Final = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)

QUICK: Final = Limits(connect=2, read=0.5, total=2, backoff=0.01, rest=0.3)
"""Limits as they are, but for times that a test can wait for."""


class Notes:
    """What a fetcher remembers, as long as a test lasts."""

    def __init__(self, states: Iterable[HostState] = ()) -> None:
        """Begin with what earlier runs remembered."""
        self.states = {state.host: state for state in states}

    def host(self, host: str) -> HostState | None:
        """Give what is remembered of a host."""
        return self.states.get(host)

    def put_host(self, state: HostState) -> None:
        """Remember a host."""
        self.states[state.host] = state


def unruled(host: str = HOST) -> HostState:
    """Give what is remembered of a host that was found to have no robots.txt this morning."""
    return HostState(host=host, robots_status=404, robots_fetched=NOW)


def fetcher(  # noqa: PLR0913 - each by its name
    wire: Wire | None = None,
    *,
    memory: Notes | None = None,
    hosts: Collection[str] = (HOST,),
    origins: Mapping[str, str] | None = None,
    delay: float = 0,
    now: datetime = NOW,
    limits: Limits = QUICK,
) -> Fetcher:
    """Give a fetcher for the city that `wire` plays; it knows already that there are no rules."""
    played = {HOST: wire.origin} if wire else {}
    return Fetcher(
        hosts=hosts,
        origins=played if origins is None else origins,
        agent=AGENT,
        delay=delay,
        now=now,
        memory=Notes([unruled()]) if memory is None else memory,
        limits=limits,
    )


def page(found: Page | NotModified) -> Page:
    """Give what must be a page."""
    assert isinstance(found, Page)
    return found


def refused(asking: Fetcher, path: str = "/", **wanted: str) -> FetchError:
    """Give the error that asking for a path of the city ends in."""
    with pytest.raises(FetchError) as caught:
        asking.get(f"{CITY}{path}", **wanted)
    assert "Traceback" not in str(caught.value)
    assert "object at" not in str(caught.value)
    return caught.value
