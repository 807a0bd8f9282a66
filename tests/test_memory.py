"""What a run of the daemon has freed goes back to the machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from operation.memory import give_back

MANY = 40_000
SIZE = 1_000


def _resident() -> int:
    status = Path("/proc/self/status").read_text()
    return 1024 * int(status.partition("VmRSS:")[2].split()[0])


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells")
def test_what_is_freed_beneath_something_that_stays_is_given_back() -> None:
    """A heap is cut up by what lives longer than a run."""
    before = _resident()
    large = [bytes(SIZE) for _ in range(MANY)]
    stays = [bytes(SIZE)]
    grown = _resident()
    assert grown - before > MANY * SIZE // 2
    large.clear()
    give_back()
    assert _resident() < grown - MANY * SIZE // 2
    assert stays
