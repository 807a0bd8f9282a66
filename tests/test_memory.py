"""What a run of the daemon has freed goes back to the machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROGRAM = """
from pathlib import Path
from operation.memory import give_back

def resident():
    return int(Path("/proc/self/status").read_text().partition("VmRSS:")[2].split()[0])

before = resident()
freed = [bytes(1_000) for _ in range(40_000)]
stays = [bytes(1_000)]
grown = resident()
freed.clear()
give_back()
print(before, grown, resident())
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells")
def test_what_is_freed_beneath_something_that_stays_is_given_back() -> None:
    """A heap is cut up by what lives longer than a run; here in a process that did nothing else."""
    told = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, check=True
    )
    before, grown, after = map(int, told.stdout.split())
    assert grown - before > 20_000  # kilobytes
    assert after - before < (grown - before) // 4
