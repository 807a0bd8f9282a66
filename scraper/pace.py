"""Manners towards a host: the gap between two requests, and the rest that a server asks for."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic, sleep
from typing import Final, Protocol

from records.state import HostState
from scraper.robots import Rules

MOST: Final = 6 * 3600.0
"""The longest rest, in seconds, that a Retry-After can ask for."""

JITTER: Final = 0.25
"""By how much of itself chance may lengthen a gap, so that many readers do not march in step."""

_DATE: Final = 64  # no date is longer


class Memory(Protocol):
    """What is remembered of hosts from one run to the next: robots.txt and Retry-After."""

    def host(self, host: str) -> HostState | None:
        """Give what is remembered of a host, None where it was never asked."""

    def put_host(self, state: HostState) -> None:
        """Remember this of a host instead of what was remembered before."""


def retry_after(header: str | None, now: datetime) -> float | None:
    """Read a Retry-After header as seconds from `now`, at most `MOST`; None where it says nothing.

    Seconds or a date (RFC 9110, 10.2.3). A date gone by is no wait, a negative number nonsense.
    urllib3 reads dates by the machine's clock, which is not the one that we remember by.
    """
    value = (header or "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value), MOST)
    try:
        moment = parsedate_to_datetime(value[:_DATE])
    except (ValueError, OverflowError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max((aware - now).total_seconds(), 0.0), MOST)


class Pace:
    """The gap that is kept between any two requests to one server, by the machine's clock.

    It is counted from the end of one answer to the start of the next request, so that it is as
    long on the server's clock as on ours. requests-ratelimiter counts from start to start, where a
    slow first connection eats the gap, and can neither take up a Crawl-delay nor add chance.
    """

    def __init__(self, delay: float) -> None:
        """Keep at least `delay` seconds."""
        self._delay = delay
        self._ended: dict[str, float] = {}

    def wait(self, server: str, least: float) -> None:
        """Sleep until the server may be asked again: the longer of `delay` and `least` seconds."""
        if server in self._ended:
            gap = max(self._delay, least)
            gap *= 1 + JITTER * random.random()  # noqa: S311 - not a secret
            sleep(max(self._ended[server] + gap - monotonic(), 0))

    def ended(self, server: str) -> None:
        """Note that a request to the server has ended, well or not."""
        self._ended[server] = monotonic()


class Host:
    """One host of the city in one run: its rules, its failures in a row, the rest it asks for."""

    def __init__(self, name: str, memory: Memory, now: datetime, begun: float) -> None:
        """Take up what is remembered of the host; `begun` is `now` by the machine's clock."""
        self._name = name
        self._memory = memory
        self._begun = begun
        self._now = now.astimezone(UTC)  # in a zone with summer time, sums would be of wall clocks
        self._zone = now.tzinfo
        self.rules: Rules | None = None
        self.unruled: str | None = None
        """Why robots.txt could not be had in this run."""
        self.failures = 0
        until = self.state.not_before
        rest = (until.astimezone(UTC) - self._now).total_seconds() if until else 0.0
        self._until = begun + min(rest, MOST)  # more can only be a clock that has jumped

    @property
    def state(self) -> HostState:
        """What is remembered of the host."""
        return self._memory.host(self._name) or HostState(host=self._name)

    @property
    def moment(self) -> datetime:
        """The hour by the run's own clock: a rest that is asked for late in it ends as much later.

        The machine's clock tells only how long the run has lasted.
        """
        return self._now + timedelta(seconds=monotonic() - self._begun)

    def learn(self, robots: str | None, status: int | None) -> None:
        """Remember a robots.txt (None where there is none) and how the host answered."""
        fetched = self._now.astimezone(self._zone)
        self._memory.put_host(
            replace(self.state, robots=robots, robots_status=status, robots_fetched=fetched)
        )

    def rest(self, seconds: float) -> None:
        """Leave the host alone for so long, also in the runs to come."""
        self._until = monotonic() + seconds
        until = (self.moment + timedelta(seconds=seconds)).astimezone(self._zone)
        self._memory.put_host(replace(self.state, not_before=until))

    def resting(self) -> float:
        """Give the seconds for which the host still asks to be left alone, 0 for none."""
        return max(self._until - monotonic(), 0.0)
