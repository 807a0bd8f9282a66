"""What a command costs: wall and CPU time, the most memory that it held."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

ROOT: Final = Path(__file__).parent.parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Times in seconds, `peak` in MB; `requests` where somebody counted them."""

    wall: float
    cpu: float
    peak: float
    requests: int = 0


def of(words: Sequence[str], *, here: Path = ROOT) -> Cost:
    """Run a command to its end, and give what it cost; it must end well."""
    begun = time.perf_counter()
    process = subprocess.Popen(words, cwd=here, stdout=subprocess.DEVNULL)  # noqa: S603 - ours
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(words)} ended with {process.returncode}")
    return Cost(wall=wall, cpu=usage.ru_utime + usage.ru_stime, peak=usage.ru_maxrss / 1000)


def module(name: str, *words: str) -> Cost:
    """Run a module of this project by itself."""
    return of([sys.executable, "-m", name, *words])


def middle(costs: Iterable[Cost]) -> Cost:
    """Give the median of each."""
    every = list(costs)
    return Cost(
        wall=median(one.wall for one in every),
        cpu=median(one.cpu for one in every),
        peak=median(one.peak for one in every),
        requests=round(median(one.requests for one in every)),
    )
