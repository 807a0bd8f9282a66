"""How far a page may try our patience."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Times in seconds, sizes in bytes.

    `connect` and `read` hold for each attempt and each read, `total` for a page with its retries,
    back-off and redirects, `body` for what is unpacked. A Retry-After above `rest` is not waited
    for but remembered. A Crawl-delay above `crawl_delay` would make an update last for hours, so
    such a host is not asked at all. After `failures` pages in a row a host rests.
    """

    connect: float = 10.0
    read: float = 20.0
    total: float = 60.0
    body: int = 15 << 20
    redirects: int = 5
    retries: int = 2
    backoff: float = 1.0
    rest: float = 30.0
    crawl_delay: float = 120.0
    failures: int = 3


LIMITS: Final = Limits()
"""The limits that hold unless others are given."""
