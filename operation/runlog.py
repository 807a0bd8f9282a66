"""The runs of late: when each was, how much it asked for, how many requests that took."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from records.model import ZONE
from records.state import RunState
from records.store import Store, Writer
from scraper.rota import Depth

NOTE: Final = "runs"
KEPT: Final = 48  # runs; the last that asked for more than a light one is always among them


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """One run that came to its end."""

    at: datetime
    exit: int
    requests: int
    depth: Depth

    @property
    def data(self) -> Mapping[str, Any]:
        """The run as JSON has it."""
        return {
            "at": self.at.isoformat(),
            "depth": self.depth.value,
            "requests": self.requests,
            "exit": self.exit,
        }


def runs(note: str | None) -> tuple[Ran, ...]:
    """Read what was remembered, the oldest first."""
    return tuple(
        Ran(
            at=datetime.fromisoformat(one["at"]).astimezone(ZONE),
            depth=Depth(one["depth"]),
            requests=one["requests"],
            exit=one["exit"],
        )
        for one in json.loads(note or "[]")
    )


def added(note: str | None, run: RunState, depth: Depth) -> str:
    """Give what to remember when one more run has come to its end."""
    ran = Ran(at=run.at, depth=depth, requests=run.requests, exit=run.exit)
    known = [*runs(note), ran]
    older = [one for one in known[:-KEPT] if one.depth is not Depth.LIGHT]
    return json.dumps([one.data for one in (*older[-1:], *known[-KEPT:])])


def write(store: Store, writer: Writer, city: str, run: RunState, depth: Depth) -> None:
    """Remember one more run of a city."""
    writer.put_note(NOTE, added(store.note(city, NOTE), run, depth))


def last(known: Sequence[Ran], depth: Depth) -> datetime | None:
    """Give when the last run was that asked for so much, or for more."""
    light = depth is Depth.LIGHT
    return next((one.at for one in reversed(known) if light or one.depth is not Depth.LIGHT), None)
