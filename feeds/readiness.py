"""Whether what is served is fresh, by the `status.json` that lies beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

MISSES: Final = 2
"""How many intervals a source may go without a good run."""

_TOLD: Final = ("name", "last_good", "failing_since", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """Whether all is fresh; if not, the sources that are not, or why nothing is known of them."""

    ready: bool
    content: Mapping[str, Any] = field(default_factory=dict)


def readiness(status: bytes | None, *, now: datetime, interval: timedelta) -> Readiness:
    """Judge the bytes of `status.json`; None for none.

    A source that never had a good run counts from its first bad one. A moment that far ahead is
    as wrong as one that far behind: a clock that was set back makes nothing fresh for ever.
    """
    if status is None:
        return _unknown("there is no status.json: run kallelse update")
    try:
        told = json.loads(status)
        generated, sources = told["generated"], list(told["sources"])
        since = [one["last_good"] or one["failing_since"] or generated for one in sources]
        ages = [abs(now - datetime.fromisoformat(moment)) for moment in (*since, generated)]
        stale = [
            {name: one.get(name) for name in _TOLD}
            for one, age in zip(sources, ages, strict=False)
            if age > MISSES * interval
        ]
    except (ValueError, KeyError, TypeError, AttributeError):
        return _unknown("status.json cannot be read: run kallelse update")
    ready = not stale and ages[-1] <= MISSES * interval
    return Readiness(ready=ready, content={"ready": ready, "generated": generated, "stale": stale})


def _unknown(reason: str) -> Readiness:
    return Readiness(ready=False, content={"ready": False, "reason": reason})
