"""What a command costs: wall and CPU time, the most memory that it held."""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
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


_RUNNER: Final = """
import re, runpy, sys
told, sys.argv = sys.argv[1], sys.argv[2:]
sys.path.insert(0, "")
try:
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
finally:
    with open("/proc/self/status") as status, open(told, "w") as file:
        file.write(re.search(r"VmHWM:\\s+(\\d+) kB", status.read())[1])
"""


def module(name: str, *words: str, python: str = sys.executable) -> Cost:
    """Run a module of this project by itself, and give what it cost; it must end well.

    It tells its peak itself: what the system tells of a child is never less than its parent had.
    """
    with tempfile.NamedTemporaryFile() as told:
        begun = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - ours
            [python, "-c", _RUNNER, told.name, name, *words], cwd=ROOT, stdout=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{name} ended with {process.returncode}")
        peak = int(Path(told.name).read_text()) / 1000
    return Cost(wall=wall, cpu=usage.ru_utime + usage.ru_stime, peak=peak)


def warm() -> None:
    """Compile our modules, as the first run of an installation does for all that follow."""
    compileall.compile_dir(ROOT, maxlevels=0, quiet=1)
    for room in ROOT.glob("*/__init__.py"):
        compileall.compile_dir(room.parent, quiet=1)


def middle(costs: Iterable[Cost]) -> Cost:
    """Give the median of each."""
    every = list(costs)
    return Cost(
        wall=median(one.wall for one in every),
        cpu=median(one.cpu for one in every),
        peak=median(one.peak for one in every),
        requests=round(median(one.requests for one in every)),
    )
