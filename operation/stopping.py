"""Whether the process was told to stop: noted when the signal comes, asked between two pages."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType


@dataclass(slots=True)
class _Told:
    """A plain word, since a signal may come anywhere."""

    stop: bool = False

    def __call__(self, _: int, __: FrameType | None) -> None:
        self.stop = True


@contextmanager
def listening(*signals: signal.Signals) -> Iterator[Callable[[], bool]]:
    """Take these signals, and no more than note them; gives what says whether one came."""
    told = _Told()
    before = {number: signal.signal(number, told) for number in signals}
    try:
        yield lambda: told.stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
