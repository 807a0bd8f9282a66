"""What can be wrong with a city's server, by address, and what its robots.txt says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from threading import Lock
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One way to answer badly; what is not set is answered as ever.

    `redirect` goes in Location, with status 302 unless another is given. `truncate` sends so many
    bytes of a body whose Content-Length tells the whole. `delay` is seconds before the first byte,
    `slow` seconds between any two pieces of `piece` bytes. `hang` never answers, `close` hangs up
    without a word. `times` is how often it strikes before it heals, None for ever.
    """

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    content_type: str | None = None
    redirect: str | None = None
    truncate: int | None = None
    delay: float = 0.0
    slow: float | None = None
    piece: int = 1
    hang: bool = False
    close: bool = False
    no_validators: bool = False
    times: int | None = None

    @property
    def of_body(self) -> bool:
        """Say whether the body is at fault, so that no 304 may stand in its place."""
        return self.body is not None or self.truncate is not None or self.slow is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """What /robots.txt answers."""

    text: str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


ROBOTS: Final = Robots(text="User-agent: *\nDisallow: /edit\nDisallow: /*?sv*\n")


class Faults(dict[str, Fault]):
    """Faults by address pattern (path and query, with * and ? as in file names); the first fits."""

    def __init__(self) -> None:
        super().__init__()
        self._struck: Counter[tuple[str, int]] = Counter()
        self._lock = Lock()

    def strike(self, address: str) -> Fault | None:
        """Give the fault that strikes this request, and count it."""
        with self._lock:
            for pattern, fault in list(self.items()):
                key = (pattern, id(fault))
                spent = fault.times is not None and self._struck[key] >= fault.times
                if not spent and fnmatchcase(address, pattern):
                    self._struck[key] += 1
                    return fault
        return None
