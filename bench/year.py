"""A year in a few hours: `./run python -m bench.year [HOURS]`, an update for each hour of it.

The clock is false and the city a model's, of four bodies: each day is as that day would be, with
the turn of the year, both change nights, all of next year's days published at once in October, and
three days in March on which its pages have a form that nothing reads. Of twenty runs one meets a
fault of a random kind and place. After each run it is checked that no meeting is called off that
the city held, none to come is lost, each trouble is told and nothing else; what is wrong is printed
as it comes, how far it is each month, and at the end the counts, the store's size, and how memory
and open files grew. Exit 1 where anything was wrong.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from fnmatch import fnmatchcase
from pathlib import Path
from random import Random
from statistics import fmean
from typing import Any, Final

import structlog

from feeds.kinds import Kind
from modelcity.addresses import CALENDAR
from modelcity.faults import Fault
from modelcity.server import ModelCity
from modelcity.truth import Truth, build
from operation.exporting import export
from operation.memory import give_back
from operation.report import Report
from operation.settings import Settings
from operation.update import update
from records.model import ZONE
from scraper.cities import load

HOURS: Final = 8_760
BEGIN: Final = datetime(2026, 3, 1, 0, 23, tzinfo=ZONE)
BODIES: Final = ("Kulturnämnden", "Kommunstyrelsen", "Kommunfullmäktige", "Tekniska nämnden")
PAST: Final = timedelta(days=60)
NIGHT: Final = 3
"""The hour of the run that looks at all pages."""

ODDS: Final = 0.05
BROKEN: Final = (date(2026, 3, 17), date(2026, 3, 19))
BELIEVED: Final = timedelta(days=3)
"""For so long after trouble a file may be held back."""

LARGEST: Final = 200_000_000
"""How many bytes the store may have after a year."""

FLAT: Final = 1.1
"""How many times the memory of the second week the last one's may be."""

_WALL: Final = b"<html><body><h1>Vi arbetar med webbplatsen</h1><p>Kom igen.</p></body></html>"
_SHELL: Final = b'<html><body><div id="app"></div><script src="/app.js"></script></body></html>'
FAULTS: Final = {
    "a server error": Fault(status=500),
    "a notice instead of the page": Fault(body=_WALL),
    "a page that scripts would fill": Fault(body=_SHELL),
    "an empty body": Fault(body=b""),
    "a body cut short": Fault(truncate=900),
    "another type": Fault(body=b"%PDF-1.7", content_type="application/pdf"),
    "a way to another host": Fault(redirect="https://elsewhere.example/"),
    "a page that is gone": Fault(status=404),
    "no answer": Fault(close=True),
}
PLACES: Final = (CALENDAR, "*handlingarochprotokoll*", "*sammantrade2*", "*")


@dataclass(slots=True)
class Year:
    """What is counted, and what was wrong."""

    told: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    off: set[str] = field(default_factory=set)  # the ids that the city has ever called off
    struck: datetime | None = None  # when a fault last met a request
    memory: list[int] = field(default_factory=list)  # kB, once a day
    files: list[int] = field(default_factory=list)

    def amiss(self, text: str) -> None:
        """Note what is wrong, and print it."""
        self.wrong.append(text)
        print(text, flush=True)


def main() -> None:
    """Live through the hours, print the counts; 1 where anything was wrong."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("hours", type=int, nargs="?", default=HOURS)
    parser.add_argument("--seed", type=int, default=2026)
    given = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as work:
        year = lived(Path(work), given.hours, Random(given.seed))  # noqa: S311 - no secret
        size = (Path(work) / "kallelse.db").stat().st_size
    if size > LARGEST:
        year.amiss(f"the store has {size} bytes")
    for what, daily in (("memory", year.memory), ("open files", year.files)):
        first, last = _weeks(daily)
        if last > FLAT * first:
            year.amiss(f"{what}: {first:.0f} in the second week, {last:.0f} in the last")
    for name, count in sorted(year.told.items()):
        print(f"{count:7} {name}")
    print(f"store {size / 1e6:.1f} MB; seed {given.seed}; {time.monotonic() - begun:.0f} s")
    print(f"memory, kB: {_grown(year.memory)}; open files: {_grown(year.files)}")
    print(
        f"{len(year.wrong)} wrong"
        if year.wrong
        else "nothing was lost, falsely told or left untold"
    )
    sys.exit(bool(year.wrong))


def lived(folder: Path, hours: int, luck: Random) -> Year:
    """Update once an hour, so many hours, in a city that goes its way."""
    year = Year()
    with ModelCity(_truth(BEGIN.date())) as city:
        for number in range(hours):
            now = (BEGIN.astimezone(UTC) + timedelta(hours=number)).astimezone(ZONE)
            if now.date() != city.truth.today:
                _next_day(city, year, now.date())
            broken = BROKEN[0] <= now.date() <= BROKEN[1]
            with _trouble(city, luck, year, broken=broken) as struck:
                report = update(load("boras"), _settings(folder, city, now))
            _judge(year, report, city, folder, now, struck=struck, broken=broken)
            if now.day == 1 and now.hour == NIGHT:
                wrong = len(year.wrong)
                print(f"{now:%B}: {number} hours, {_memory()} kB, {wrong} wrong", flush=True)
    return year


def _truth(day: date) -> Truth:
    whole = build(day)
    return replace(
        whole,
        bodies=tuple(body for body in whole.bodies if body.name in BODIES),
        meetings=tuple(
            meeting
            for meeting in whole.meetings
            if meeting.body.name in BODIES and meeting.start.date() >= day - PAST
        ),
        articles=whole.articles[:3],
        notices=whole.notices[:3],
        announcements=(),
    )


def _next_day(city: ModelCity, year: Year, day: date) -> None:
    before = {meeting.key for meeting in city.truth.meetings}
    city.replace(_truth(day))
    new = [meeting for meeting in city.truth.meetings if meeting.key not in before]
    year.told["meetings published"] += len(new)
    year.off |= {
        row["id"] for row in city.truth.expected_meetings() if row["status"] == "cancelled"
    }
    year.memory.append(_memory())
    year.files.append(len(list(Path("/proc/self/fd").iterdir())))


@contextmanager
def _trouble(city: ModelCity, luck: Random, year: Year, *, broken: bool) -> Iterator[list[str]]:
    """Strike at random; give, when it is over, which requests it struck."""
    struck: list[str] = []
    if broken:
        city.faults[PLACES[2]] = Fault(body=_SHELL)
        city.faults[CALENDAR] = Fault(body=_SHELL)
    elif luck.random() < ODDS:
        name, place = luck.choice(list(FAULTS)), luck.choice(PLACES)
        city.faults[place] = FAULTS[name]
        year.told[f"fault: {name}"] += 1
    city.requests.clear()
    yield struck
    struck += [request.path for request in city.requests if _hit(city, request.path)]
    city.faults.clear()


def _hit(city: ModelCity, path: str) -> bool:
    return any(fnmatchcase(path, pattern) for pattern in city.faults)


def _settings(folder: Path, city: ModelCity, now: datetime) -> Settings:
    given: dict[str, Any] = {
        "store": f"sqlite:///{folder / 'kallelse.db'}",
        "out": folder / "public",
        "site": "https://example.org/kallelse",
        "origin": {"boras": city.origin},
        "delay": 0,
        "now": now.isoformat(),
        "light": now.hour != NIGHT,
    }
    return Settings(**given)


def _judge(  # noqa: PLR0913 - the run, the city it was of, and what was done to it
    year: Year,
    report: Report,
    city: ModelCity,
    folder: Path,
    now: datetime,
    *,
    struck: list[str],
    broken: bool,
) -> None:
    year.struck = now if struck else year.struck
    year.told["runs"] += 1
    year.told["requests"] += report.run.requests
    year.told["changes told"] += len(report.changes)
    failing = [state.name for state in report.sources if not state.ok]
    year.told["runs with a failing source"] += bool(failing)
    if failing and not struck:
        year.amiss(f"{now}: {failing} failed, and nothing was wrong")
    if CALENDAR in struck and not failing:
        year.amiss(f"{now}: the calendar could not be read, and nobody was told")
    if report.held and not (year.struck and now - year.struck < BELIEVED):
        year.amiss(f"{now}: held back: {[it.path for it in report.held]}")
    if not report.changes and now.hour != NIGHT:
        return
    told = {row["id"]: row for row in _exported(folder, city)}
    for name, row in told.items():
        if row["status"] == "cancelled" and name not in year.off:
            year.amiss(f"{now}: {name} is told to be called off, and is held")
    if now.hour == NIGHT and not struck and not broken:
        year.told["nights compared"] += 1
        _compare(year, told, city.truth, now)


def _compare(year: Year, told: dict[str, dict[str, Any]], truth: Truth, now: datetime) -> None:
    """Hold what is told of what is to come against the truth."""
    wanted = Counter(
        (row["start"], row["status"])
        for row in truth.expected_meetings()
        if row["start"] > now.isoformat()
    )
    coming = (row for row in told.values() if row["start"] > now.isoformat())
    found = Counter((row["start"], row["status"]) for row in coming if not row.get("withdrawn"))
    for lost in (wanted - found).elements():
        year.amiss(f"{now}: lost: {lost}")
    for more in (found - wanted).elements():
        year.amiss(f"{now}: not so in the city: {more}")


def _exported(folder: Path, city: ModelCity) -> Iterator[dict[str, Any]]:
    chosen = _settings(folder, city, BEGIN)
    for line in export(chosen, "boras", Kind.MEETING, as_csv=False).splitlines():
        yield json.loads(line)


def _memory() -> int:
    give_back()  # as the daemon does after each run
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])


def _weeks(daily: list[int]) -> tuple[float, float]:
    """Give the mean of the second week and of the last; of fewer than three, what there is."""
    return fmean(daily[7:14] or daily or [0]), fmean(daily[-7:] or [0])


def _grown(daily: list[int]) -> str:
    first, last = _weeks(daily)
    return f"{first:.0f} in the second week, {last:.0f} in the last"


if __name__ == "__main__":
    main()
