"""What hosts asked of us, over runs: robots.txt, and the hour before which not to ask again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from records.state import HostState
from records.store import Store


@dataclass(slots=True)
class HostMemory:
    """What hosts asked of us, over runs; new words wait for this run's transaction."""

    store: Store
    new: dict[str, HostState] = field(default_factory=dict)

    def host(self, host: str) -> HostState | None:
        """Give what is remembered of a host."""
        return self.new.get(host) or self.store.host(host)

    def put_host(self, state: HostState) -> None:
        """Remember it, from this run's end on for later runs too."""
        self.new[state.host] = state

    def keep(self, city: str, now: datetime) -> None:
        """Write it at once: the run was stopped, and a host's wish outlives it."""
        with self.store.writing(city, now) as writer:
            for state in self.new.values():
                writer.put_host(state)
