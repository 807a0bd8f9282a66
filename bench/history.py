"""Change a city at random and run: `./run python -m bench.history [CASES] [STEPS]`.

Before a release 5,000 cases of 100 steps; every time others. A failure prints the steps to it.
"""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser
from pathlib import Path

import structlog

sys.path.append(str(Path(__file__).parent.parent / "tests"))

from history import tried


def main() -> None:
    """Try so many histories, and print how long that took."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=int, nargs="?", default=5000)
    parser.add_argument("steps", type=int, nargs="?", default=100)
    given = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    begun = time.monotonic()
    tried(given.cases, given.steps)
    seconds = time.monotonic() - begun
    print(f"{given.cases} histories of up to {given.steps} steps agreed, in {seconds:.0f} s")


if __name__ == "__main__":
    main()
