"""What a run remembers besides records: pages, sightings, hosts, sources, runs, held files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

GONE: Final = frozenset({404, 410})
"""The statuses by which a city says that it has no such page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address to read: what `kind` of page it is said to be, and the `source` it belongs to."""

    url: str
    kind: str
    source: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageState:
    """One page of the city as we last met it; `url` is the city's address, `asked` the link's.

    `key` is its node id, or the address where it has none: one page under two addresses is one.
    `region_hash` is over what is read, not over chrome; `fetched` is when a body last came that
    said something new, `checked` when the city last answered (200, 304, 404, 410) and `status` what
    it said.
    """

    key: str
    url: str
    kind: str
    source: str
    status: int
    checked: datetime
    fetched: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    region_hash: str | None = None
    parser: int = 0
    links: tuple[Link, ...] = ()
    asked: str | None = None

    @property
    def gone(self) -> bool:
        """Whether the city last said that it has no such page."""
        return self.status in GONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What one page said of one record, in its own words; `bucket` is normalised as one group.

    Buckets are `meeting/<committee slug>`, `news/<node>`, `committee/<slug>`, `notice/<local id>`;
    `board/` holds what a notice board says of itself. `since` is the day on which the page first
    said it; None for that on which the page was fetched.
    """

    bucket: str
    data: Mapping[str, Any]
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A stored sighting, with the page and the reading it came from."""

    page: PageState
    position: int
    sighting: Sighting

    @property
    def since(self) -> date:
        """The day on which the page first said it, by which a missing year is settled."""
        return self.sighting.since or (self.page.fetched or self.page.checked).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class HostState:
    """How to behave towards one host: its robots.txt, and the moment before which not to ask."""

    host: str
    robots: str | None = None
    robots_status: int | None = None
    robots_fetched: datetime | None = None
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """One list with what is found through it: it fails alone (`status.json`, `sources[]`).

    `missed` is the day on which no page of it was met any more, though all that lead on were read.
    """

    name: str
    url: str
    ok: bool
    last_good: datetime | None = None
    failing_since: datetime | None = None
    reason: str | None = None
    requests: int = 0
    records: int = 0
    missed: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A file that may not replace the last good one yet; `days`: when its content was seen."""

    path: str
    since: datetime
    reason: str
    digest: str
    days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """A field that pages have lost: of `of` records of a kind that had it, `lost` have it no more.

    Counted are records whose own page was read in the run; see `records.drift`.
    """

    kind: str
    field: str
    lost: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunState:
    """One finished run: its `now`, its exit code, what it counted, and what its pages have lost."""

    at: datetime
    exit: int
    requests: int
    counts: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    drift: tuple[Drift, ...] = ()
