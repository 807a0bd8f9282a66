"""One update of Borås, as `kallelse update` makes it, however many pages there are.

python -m bench.ours ORIGIN FOLDER NOW
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import structlog

from operation.settings import Settings
from operation.update import update
from scraper.cities import load


def main(origin: str, folder: Path, now: str) -> None:
    """Update, and say how many requests and files that were."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    settings = Settings(
        store=f"sqlite:///{folder / 'kallelse.db'}",
        out=folder / "public",
        site="https://example.org/kallelse",
        origin={"boras": origin},
        delay=0,
        now=now,
    )
    report = update(replace(load("boras"), page_budget=100_000), settings)
    print(report.exit, report.run.requests, len(report.written))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
