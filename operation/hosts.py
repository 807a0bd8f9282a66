"""What hosts asked of us, over runs: robots.txt, and the hour before which not to ask again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime

from records.errors import KallelseError
from records.state import HostState
from records.store import Store
from records.writer import Writer


@dataclass(slots=True)
class HostMemory:
    """What hosts asked of us, over runs; what is `new` waits for this run's transaction."""

    store: Store
    new: dict[str, HostState] = field(default_factory=dict)

    def host(self, host: str) -> HostState | None:
        """Give what is remembered of a host."""
        return self.new.get(host) or self.store.host(host)

    def put_host(self, state: HostState) -> None:
        """Remember it, from this run's end on for later runs too."""
        self.new[state.host] = state

    def write(self, writer: Writer) -> None:
        """Write what is new."""
        for state in self.new.values():
            writer.put_host(state)

    @contextmanager
    def keeping(self, city: str, now: datetime) -> Iterator[None]:
        """Write what is new at the end: a host's wish outlives a run that fails or is dry."""
        try:
            yield
        except BaseException:
            with suppress(KallelseError):  # why the run ends is told, and not what follows from it
                self._keep(city, now)
            raise
        self._keep(city, now)

    def _keep(self, city: str, now: datetime) -> None:
        if self.new:
            with self.store.writing(city, now) as writer:
                self.write(writer)
