"""What it all costs, beside others that do less: `./run python -m bench [--quick] [--write]`.

A model city stands on this machine. Kallelse's first update and later ones, the script that a
person would write instead, the floor that nobody can go below, and the same job with Scrapy (where
`--scrapy` names a Python that has it) are measured in one run, each as a process of its own, as the
median of several; then rendering beside icalendar, and serving beside nginx. What counts are the
ratios. `--write` puts the tables into docs/performance.md, whose words are not touched.
"""

from __future__ import annotations

import re
import tempfile
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from bench import costs, rendering, serving, tables
from bench.costs import ROOT, Cost
from modelcity.faults import Fault
from modelcity.server import ModelCity
from modelcity.truth import Truth, build

TODAY: Final = date(2026, 11, 23)
TABLE: Final = ROOT / "docs" / "performance.md"
ROUNDS: Final = 5
SCALES: Final = (1, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table: what was done, to how many pages' archive, and what it cost."""

    scale: int
    what: str
    cost: Cost


def main() -> None:
    """Measure, and print the table."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="once each, the small city alone")
    parser.add_argument("--write", action="store_true", help="into docs/performance.md too")
    parser.add_argument("--scrapy", metavar="PYTHON", help="a Python that has Scrapy")
    given = parser.parse_args()
    costs.warm()
    rows = []
    for scale in SCALES[:1] if given.quick else SCALES:
        for row in measured(build(TODAY, scale=scale), scale, given):
            print(f"{row.scale:3}x {row.what:55} {row.cost.cpu:7.2f} s", flush=True)
            rows.append(row)
    events = (1_000,) if given.quick else (1_000, 20_000)
    made = [table(rows), rendering.table(rendering.measured(events))]
    made.append(serving.table(list(serving.measured(1_000 if given.quick else 20_000))))
    text = "\n\n".join(made)
    print(text)
    if given.write:
        page = TABLE.read_text(encoding="utf-8")
        TABLE.write_text(_renewed(page, made), encoding="utf-8")


def measured(truth: Truth, scale: int, given: Namespace) -> Iterator[Row]:
    """Give each cost in one city."""
    rounds = 1 if given.quick else ROUNDS
    with tempfile.TemporaryDirectory() as work, ModelCity(truth) as city:
        folder = Path(work)

        def row(what: str, once: Callable[[int], Cost]) -> Row:
            return Row(scale=scale, what=what, cost=_middle(city, once, rounds))

        def update(name: str, hour: int) -> Cost:
            place = folder / name
            place.mkdir(exist_ok=True)
            return costs.module("bench.ours", city.origin, str(place), f"2026-11-23T{hour:02}:00")

        yield row("first update", lambda turn: update(f"first {turn}", 8))
        update("later", 8)
        yield row("nothing changed, 304", lambda turn: update("later", 9 + turn))
        with _faulty(city, Fault(no_validators=True)):
            yield row("nothing changed, no validators", lambda turn: update("later", 14 + turn))
        city.replace(replace(truth, banner="Ett annat viktigt meddelande"))
        update("later", 19)
        city.replace(replace(truth, banner="Ännu ett"))
        yield row("only sidebar and banner differ", lambda _: update("later", 20))
        city.replace(truth)
        yield row(
            "the obvious script", lambda _: costs.module("bench.obvious", city.origin, str(folder))
        )
        paths = folder / "paths"
        paths.write_text("\n".join(dict.fromkeys(it.path for it in city.requests)), "utf-8")
        yield row("the floor", lambda _: costs.module("bench.floor", city.origin, str(paths)))
        if given.scrapy:
            words = ("bench.spider", city.origin, str(folder))
            yield row("Scrapy", lambda _: costs.module(*words, python=given.scrapy))


def _middle(city: ModelCity, once: Callable[[int], Cost], rounds: int) -> Cost:
    found = []
    for turn in range(rounds):
        city.requests.clear()
        found.append(replace(once(turn), requests=len(city.requests)))
    return costs.middle(found)


@contextmanager
def _faulty(city: ModelCity, fault: Fault) -> Iterator[None]:
    city.faults["*"] = fault
    yield
    city.faults.clear()


def table(rows: list[Row]) -> str:
    """Give the costs as Markdown, ratios to the obvious script first."""
    against = {row.scale: row.cost.cpu for row in rows if row.what == "the obvious script"}
    head = ("archive", "what", "CPU, of the obvious script's", "CPU, s", "wall, s", "MB")
    return tables.table(
        2,
        (*head, "requests"),
        (
            (
                f"{row.scale}x",
                row.what,
                f"{row.cost.cpu / against[row.scale]:.2f}",
                f"{row.cost.cpu:.1f}",
                f"{row.cost.wall:.1f}",
                f"{row.cost.peak:.0f}",
                f"{row.cost.requests}",
            )
            for row in rows
        ),
    )


def _renewed(page: str, made: list[str]) -> str:
    """Give the page with new tables in the places of the old, and with today's date."""
    parts = re.split(r"(?m)(^\|(?:.*\n\|)*.*$)", page)
    if len(parts) != 2 * len(made) + 1:
        raise SystemExit(f"{TABLE} has not {len(made)} tables: mend it")
    parts[1::2] = made
    return re.sub(r"\d{4}-\d\d-\d\d", f"{datetime.now(UTC):%Y-%m-%d}", "".join(parts), count=1)


if __name__ == "__main__":
    main()
