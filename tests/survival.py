"""Updates that are killed or refused something, and what must hold of the folder afterwards."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Final

from faulty import Ended, Faulty
from feeds.readback import read
from modelcity.server import ModelCity
from modelcity.truth import Truth
from runs import LATER, MORNING, SITE, files, run, small, twins_fit

KILL: Final = 0
"""The errno that stands for a kill."""

STATUS: Final = "status.json"
SOON: Final = "f97d9c3019a25133af0866"
LATE: Final = "kommunstyrelsen202701111400"
CHANGES: Final[dict[str, Callable[[Truth], Truth]]] = {
    "cancelled": lambda truth: truth.cancelled(SOON),
    "moved": lambda truth: truth.changed(
        SOON, start=truth.meeting(SOON).start + timedelta(hours=1)
    ),
    "another place": lambda truth: truth.changed(LATE, place="Röda rummet"),
    "gone and come": lambda truth: replace(
        truth.without(LATE), articles=truth.articles[:1]
    ).changed(SOON, before=("Observera! Mötet hålls i Sessionssalen.",)),
}
"""What the city does between two runs."""


def words(city: ModelCity, now: str = LATER) -> tuple[str, ...]:
    """Give the command line of an update from a model city."""
    origin = ("--origin", f"boras={city.origin}", "--delay", "0")
    return ("update", "-q", *origin, "--site", SITE, "--now", now)


def tree(folder: Path) -> dict[str, bytes]:
    """Give every file that is published, but for the status."""
    public = folder / "public"
    paths = (path for path in public.rglob("*") if path.is_file())
    found = {str(path.relative_to(public)): path.read_bytes() for path in paths}
    return {path: body for path, body in found.items() if path != STATUS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A folder before a change of the city, and what is published before and after it."""

    city: ModelCity
    folder: Path
    before: dict[str, bytes]
    after: dict[str, bytes]

    def copy(self, target: Path) -> Path:
        """Give a copy of the folder as it was before."""
        shutil.rmtree(target, ignore_errors=True)
        return shutil.copytree(self.folder, target)

    def check(self, folder: Path) -> None:
        """Check that each file is the old or the new one, none is missing, the store is whole."""
        found = tree(folder)
        standing = {path: body for path, body in found.items() if not path.endswith(".tmp")}
        twins_fit(standing)
        whole, before, after = files(standing), files(self.before), files(self.after)
        assert before.keys() <= whole.keys() <= before.keys() | after.keys()
        for path, body in whole.items():
            assert body in {before.get(path), after.get(path)}, path
            assert not _fault(path, body), path
        with closing(sqlite3.connect(folder / "kallelse.db")) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)

    def mend(self, folder: Path) -> None:
        """Check that the next run needs no hand, and ends as if nothing had been."""
        assert run(folder, self.city, now=LATER).exit == 0
        assert tree(folder) == self.after
        assert not [path for path in folder.rglob("*") if path.name.endswith((".tmp", ".part"))]


@lru_cache(maxsize=4096)  # old or new, the same files are met each time
def _fault(path: str, body: bytes) -> str | None:
    return read(path, body).fault


@contextmanager
def disturbed(truth: Truth, work: Path) -> Iterator[list[Pair]]:
    """Give, for each change, a city that has made it, and a folder that does not know yet."""
    little, folder = small(truth), work / "before"
    folder.mkdir()
    with ModelCity(little) as city:
        assert run(folder, city, now=MORNING).exit == 0
    with ExitStack() as cities:
        made = []
        for name, change in CHANGES.items():
            city = cities.enter_context(ModelCity(change(little)))
            after = shutil.copytree(folder, work / name)
            assert run(after, city, now=LATER).exit == 0
            made.append(Pair(city=city, folder=folder, before=tree(folder), after=tree(after)))
            assert made[-1].before != made[-1].after
        yield made


def kills(pairs: list[Pair], child: Faulty, folder: Path, number: int, luck: Random) -> int:
    """Kill the real program so many times, at moments from its beginning to its end.

    Each time the folder is checked and mended. Gives how many runs that took: some end before.
    """
    lasting = [_lasting(pair, child, pair.copy(folder)) for pair in pairs]
    killed = turns = 0
    while killed < number:
        which = turns % len(pairs)
        pair, turns = pairs[which], turns + 1
        moment = luck.uniform(0, lasting[which])
        pair.copy(folder)
        begun = time.monotonic()
        ended = child.run(folder, *words(pair.city), seconds=moment)
        if ended.code == -signal.SIGKILL:
            killed += 1
        else:  # it lasts less than we thought
            lasting[which] = time.monotonic() - begun
        pair.check(folder)
        pair.mend(folder)
    return turns


def calls(pair: Pair, child: Faulty, folder: Path) -> int:
    """Give how many calls a run makes that may fail."""
    ended = child.run(pair.copy(folder), *words(pair.city))
    assert (ended.code, ended.said) == (0, "")
    return ended.calls


def refused(pair: Pair, child: Faulty, folder: Path, code: int, numbers: Iterable[int]) -> None:
    """Have each of these calls fail with an errno, or kill before it; check and mend each time."""
    for number in numbers:
        pair.copy(folder)
        ended = child.run(folder, *words(pair.city), at=number, errno=code)
        if code == KILL:
            assert ended.code == -signal.SIGKILL
        else:
            told(ended, pair, folder)
        pair.check(folder)
        pair.mend(folder)


def told(ended: Ended, pair: Pair, folder: Path) -> None:
    """Check that a refused run said so in a sentence, never a traceback, or that all is published.

    A write that failed and that nobody is told of would be lost until the city changes again.
    """
    assert "Traceback" not in ended.said, ended.said
    assert ended.code in {0, 1}, ended
    if ended.code:
        assert ended.said
    else:
        assert tree(folder) == pair.after


def _lasting(pair: Pair, child: Faulty, folder: Path) -> float:
    """Give how long a run lasts."""
    begun = time.monotonic()
    assert child.run(folder, *words(pair.city), seconds=60).code == 0
    return time.monotonic() - begun
