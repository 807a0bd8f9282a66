"""What rendering costs: `./run python -m bench.rendering [EVENTS...]`, 1,000 by default.

So many meetings of one city: with icalendar plainly, as one calendar; as all our files, published
into a new folder; and once more after one of the meetings has changed. CPU in seconds.
"""

from __future__ import annotations

import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from icalendar import Calendar, Event

sys.path.append(str(Path(__file__).parent.parent / "tests"))

from bench import tables
from editions import COMMITTEES, NOW, at, edition, meeting, revision
from feeds.edition import Edition
from feeds.publish import publish
from records.terms import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """What so many events cost: CPU in seconds, and how many files one change rewrote."""

    count: int
    plain: float
    whole: float
    again: float
    written: int


def many(count: int) -> Edition:
    """Give a city with so many meetings, spread over its committees and three years."""
    made = [
        revision(
            meeting(
                f"{number:06x}",
                committee=COMMITTEES[number % len(COMMITTEES)].slug,
                start=at(date(2024, 1, 8) + timedelta(days=number % 1000)),
            )
        )
        for number in range(count)
    ]
    return edition(made, committees=COMMITTEES)


def plainly(made: Edition) -> float:
    """Render one calendar as the library's manual does; give the CPU it took."""
    begun = time.process_time()
    calendar = Calendar()
    for one in made.meetings:
        event = Event()
        event.add("uid", one.record.uid)
        event.add("summary", one.record.title)
        event.add("dtstart", one.record.start)
        event.add("dtstamp", one.last_changed)
        event.add("description", one.record.url)
        calendar.add_component(event)
    calendar.to_ical()
    return time.process_time() - begun


def ours(made: Edition) -> tuple[float, float, int]:
    """Publish it, then with one meeting called off; give the CPU of both, and files rewritten."""
    with tempfile.TemporaryDirectory() as out:
        begun = time.process_time()
        first = publish(made, Path(out), now=NOW)
        whole = time.process_time() - begun
        one, *others = made.meetings
        off = replace(one, record=replace(one.record, status=Status.CANCELLED), sequence=1)
        changed = replace(made, meetings=(off, *others))
        begun = time.process_time()
        again = publish(changed, Path(out), now=NOW, marks=first.marks)
        return whole, time.process_time() - begun, len(again.written)


def measured(counts: Iterable[int]) -> Iterator[Rendered]:
    """Give what each of so many events costs."""
    for count in counts:
        made = many(count)
        plain, (whole, again, written) = plainly(made), ours(made)
        yield Rendered(count=count, plain=plain, whole=whole, again=again, written=written)


def table(rows: Iterable[Rendered]) -> str:
    """Give it as Markdown."""
    head = ("events", "one changed, of all", "icalendar plainly, s", "all our files, s")
    return tables.table(
        0,
        (*head, "one changed, s", "files rewritten"),
        (
            (
                f"{row.count:,}",
                f"{row.again / row.whole:.3f}",
                f"{row.plain:.2f}",
                f"{row.whole:.1f}",
                f"{row.again:.2f}",
                f"{row.written}",
            )
            for row in rows
        ),
    )


def main() -> None:
    """Print the CPU of each, and what one change costs of the whole."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("events", type=int, nargs="*", default=[1000])
    print(table(measured(parser.parse_args().events)))


if __name__ == "__main__":
    main()
