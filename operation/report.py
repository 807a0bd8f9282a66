"""What one run did: its sources, what it published, and what a person should know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from operation.version import VERSION
from records.codec import to_json
from records.model import Change
from records.state import Drift, Held, RunState, SourceState

OK, NOT_ALL_WELL, WRONG, BUSY = 0, 1, 2, 3
"""Exit codes: all well · a source failed, a file was held back, a field drifted · wrong usage ·
lock held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The outcome of one update of one city.

    `first` where the store was new; `fresh` where something wrong is new, changed, or was told
    more than a day ago.
    """

    city: str
    run: RunState
    sources: tuple[SourceState, ...]
    held: tuple[Held, ...]
    changes: tuple[Change, ...]
    written: tuple[str, ...]
    first: bool
    fresh: bool

    @property
    def exit(self) -> int:
        """The exit code of this run."""
        return self.run.exit

    @property
    def told(self) -> int:
        """The exit code for those who want to be told of one trouble once."""
        return self.run.exit if self.fresh else OK

    @property
    def troubles(self) -> tuple[str, ...]:
        """One sentence for each thing that went wrong."""
        failed = [f"{s.name}: {s.reason}" for s in self.sources if not s.ok and s.reason]
        held = [
            f"{h.path} is held back ({h.reason}): look at it, then --force {h.path}"
            for h in self.held
        ]
        return (*failed, *held, *sentences(self.run.drift))


def status(
    city: str, run: RunState, sources: Sequence[SourceState], held: Sequence[Held]
) -> Mapping[str, Any]:
    """Give the content of `status.json`."""
    return {
        "generated": run.at.isoformat(),
        "version": VERSION,
        "city": city,
        "exit": run.exit,
        "requests": run.requests,
        "sources": [_told(source) for source in sources],
        "held": [{"path": h.path, "since": h.since.isoformat(), "reason": h.reason} for h in held],
        "counts": dict(run.counts),
        "drift": [to_json(field) for field in run.drift],
        "problems": list(run.problems),
    }


def _told(source: SourceState) -> Mapping[str, Any]:
    """Give a source as others are told of it: since when it is missed is ours to remember."""
    return {name: value for name, value in to_json(source).items() if name != "missed"}


def sentences(drift: Iterable[Drift]) -> Iterator[str]:
    """Say of each field that drifted what to do about it."""
    for it in drift:
        yield (
            f"{it.field} is gone from {it.lost} of {it.of} {it.kind} records whose pages were read:"
            " probe one of the pages, and mend its parser"
        )
