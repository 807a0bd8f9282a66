"""Kill updates at random moments: `./run python -m bench.kills [NUMBER]`, 2,000 before a release.

Each kill is to the real program; the folder is checked, mended by the next run, and compared with
an undisturbed one. Every time there are other moments; `--seed` brings those of one time back.
"""

from __future__ import annotations

import sys
import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path
from random import Random, SystemRandom

import structlog

sys.path.append(str(Path(__file__).parent.parent / "tests"))

from faulty import faulty
from modelcity.truth import build
from runs import TODAY
from survival import disturbed, kills, words


def main() -> None:
    """Kill, and print how many kills were survived, and in how many seconds."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int, nargs="?", default=2000)
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(1 << 32))
    given = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    print(f"seed {given.seed}", flush=True)
    begun = time.monotonic()
    with (
        tempfile.TemporaryDirectory() as work,
        disturbed(build(TODAY), Path(work)) as pairs,
        faulty() as child,
    ):
        child.warm(pairs[0].copy(Path(work) / "folder"), *words(pairs[0].city))
        luck = Random(given.seed)  # noqa: S311 - moments to be killed at, no secret
        runs = kills(pairs, child, Path(work) / "folder", given.number, luck)
    seconds = time.monotonic() - begun
    print(f"{given.number} of {given.number} kills survived, in {runs} runs and {seconds:.0f} s")


if __name__ == "__main__":
    main()
