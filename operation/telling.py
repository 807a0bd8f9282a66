"""Telling a person once: trouble that is new or changed, or that was told more than a day ago."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from records.state import Drift, Held, SourceState

NOTE: Final = "told"
AGAIN: Final = timedelta(days=1)

_VARYING: Final = re.compile(r"[\d.]+(?= s\b| of \d)")


def signature(
    sources: Sequence[SourceState], held: Sequence[Held], drift: Sequence[Drift] = ()
) -> dict[str, str]:
    """Give what is wrong by name, with the reason that makes it this trouble and not another."""
    failing = {f"source {state.name}": state.reason or "" for state in sources if not state.ok}
    lost = {f"field {it.kind}.{it.field}": "lost" for it in drift}
    return failing | lost | {f"file {item.path}": item.reason for item in held}


def tell(note: str | None, now: datetime, troubles: dict[str, str]) -> tuple[bool, str]:
    """Say whether `troubles` are to be told in this run, and what to remember of it."""
    told: dict[str, list[str]] = json.loads(note or "{}")
    fresh = {
        name
        for name, reason in troubles.items()
        if name not in told
        or _words(told[name][0]) != _words(reason)
        or now - datetime.fromisoformat(told[name][1]) >= AGAIN
    }
    kept = {
        name: [reason, now.isoformat() if name in fresh else told[name][1]]
        for name, reason in troubles.items()
    }
    return bool(fresh), json.dumps(kept, ensure_ascii=False, sort_keys=True)


def _words(reason: str) -> str:
    """Give a reason without what varies: how many seconds are left is no other trouble."""
    return _VARYING.sub("", reason)
