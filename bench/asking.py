"""Ask the server very many times: `./run python -m bench.asking [NUMBER]`, 1,000,000 by default.

It prints how many requests a second one reader was answered, and what the server's memory grew by.
"""

from __future__ import annotations

import sys
import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Final

sys.path.append(str(Path(__file__).parent.parent / "tests"))

from editions import NOW, whole
from feeds.publish import publish
from serving import alone, held, many

WARM: Final = 1000
GROWTH: Final = 5 * 2**20  # octets, at most


def main() -> None:
    """Ask, and print the counts; fails where the server grew."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int, nargs="?", default=1_000_000)
    number = parser.parse_args().number
    with tempfile.TemporaryDirectory() as out:
        publish(whole(), Path(out), now=NOW)
        with alone(Path(out)) as (running, port):
            many(port, WARM)
            before, begun = held(running.pid), time.monotonic()
            many(port, number)
            seconds, after = time.monotonic() - begun, held(running.pid)
    grown = after[0] - before[0]
    print(f"{number} requests in {seconds:.0f} s, {number / seconds:.0f} a second")
    print(f"memory {after[0] / 2**20:.1f} MiB, grown by {grown / 1024:.0f} KiB")
    print(f"descriptors {before[1]}, then {after[1]}")
    assert grown < GROWTH


if __name__ == "__main__":
    main()
