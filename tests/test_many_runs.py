"""Runs beside and after each other: whatever the hour, the clock or the machine's own ways."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from filelock import FileLock

from feeds.kinds import Kind
from modelcity.server import ModelCity
from modelcity.truth import Truth
from records.errors import ConfigError
from runs import LATER, MORNING, PAGELESS, SITE, exported, run, small, stamps

KALLELSE: Final = Path(sys.executable).with_name("kallelse")
ZONES: Final = ("UTC", "Europe/Stockholm", "America/Los_Angeles", "Pacific/Kiritimati", "")
LOCALES: Final = ("C", "C.UTF-8", "sv_SE.UTF-8", "tr_TR.UTF-8")


@pytest.fixture(scope="module")
def before(truth: Truth, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder as one good run of the small city left it."""
    folder = tmp_path_factory.mktemp("before") / "folder"
    with ModelCity(small(truth)) as city:
        run(folder, city, now=MORNING)
    return folder


@pytest.fixture
def folder(before: Path, tmp_path: Path) -> Path:
    """Give a copy of it, dates and all."""
    return shutil.copytree(before, tmp_path / "folder")


def start(folder: Path, city: ModelCity, now: str = LATER, **env: str) -> subprocess.Popen[str]:
    """Start the real program in a folder."""
    folder.mkdir(exist_ok=True)
    origin = ("--origin", f"boras={city.origin}", "--delay", "0")
    return subprocess.Popen(
        [KALLELSE, "update", "-q", *origin, "--site", SITE, "--now", now],
        cwd=folder,
        env={**os.environ, **PAGELESS, **env},
        stderr=subprocess.PIPE,
        text=True,
    )


def rows(folder: Path) -> dict[str, int]:
    """Give how many rows each table of the store holds."""
    with closing(sqlite3.connect(folder / "kallelse.db")) as raw:
        names = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: raw.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608 - SQLite's
            for (name,) in names
        }


@pytest.mark.slow
def test_runs_in_which_nothing_changed_touch_nothing(
    folder: Path, little: ModelCity, counts: Callable[[int], int]
) -> None:
    """A hundred runs, at other hours, with other hash seeds, locales and zones: only the status."""
    public, records = stamps(folder / "public"), exported(folder, Kind.MEETING)
    known, told = rows(folder), exported(folder, Kind.CHANGE)
    for number in range(counts(100)):
        now = f"2026-11-23T{10 + number // 10:02}:{number % 10 * 6:02}"
        env = {
            "PYTHONHASHSEED": str(number),
            "TZ": ZONES[number % len(ZONES)],
            "LC_ALL": LOCALES[number % len(LOCALES)],
        }
        with start(folder, little, now, **env) as process:
            assert (process.communicate()[1], process.returncode) == ("", 0)
        after = stamps(folder / "public")
        assert {path for path in after if after[path] != public.get(path)} == {"status.json"}
    assert public.keys() == stamps(folder / "public").keys()
    assert (exported(folder, Kind.MEETING), exported(folder, Kind.CHANGE)) == (records, told)
    assert rows(folder) == known


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_the_same_city_gives_the_same_bytes_anywhere(
    seed: str, little: ModelCity, before: Path, tmp_path: Path
) -> None:
    """From nothing, under another hash seed, locale and zone: every file is the same."""
    env = {"PYTHONHASHSEED": seed, "TZ": ZONES[2], "LC_ALL": "C"}
    with start(tmp_path / "folder", little, MORNING, **env) as process:
        assert (process.communicate()[1], process.returncode) == ("", 0)
    found, expected = stamps(tmp_path / "folder/public"), stamps(before / "public")
    assert {path for path in expected if found[path][1] != expected[path][1]} <= {"status.json"}
    assert found.keys() == expected.keys()


@pytest.mark.slow
def test_two_runs_at_once_are_one(
    folder: Path, little: ModelCity, truth: Truth, tmp_path: Path, counts: Callable[[int], int]
) -> None:
    """One works, the other ends at once with code 3 and a sentence; what stands is one run's."""
    with ModelCity(small(truth).cancelled("f97d9c3019a25133af0866")) as city:
        alone = shutil.copytree(folder, tmp_path / "alone")
        assert run(alone, city, now=LATER).exit == 0
        expected = {path: body for path, (_, body) in stamps(alone / "public").items()}
        for number in range(counts(20) + 1):
            both = shutil.copytree(folder, tmp_path / f"{number}")
            pair = [start(both, city) for _ in range(2)]
            said = [process.communicate()[1] for process in pair]
            codes = sorted(process.returncode for process in pair)
            assert codes in ([0, 3], [0, 0]), said  # 0 twice: one after the other
            assert [text for text in said if text and "Another run of boras has" not in text] == []
            found = {path: body for path, (_, body) in stamps(both / "public").items()}
            differing = {path for path in expected if found.get(path) != expected[path]}
            assert differing <= {"status.json"}
    with FileLock(folder / "kallelse.db.boras.lock"), start(folder, little) as process:
        assert "Another run of boras has" in process.communicate()[1]
        assert process.returncode == 3


@pytest.mark.slow
def test_a_clock_that_jumps_ahead_and_is_set_right_again(folder: Path, little: ModelCity) -> None:
    """Ten years ahead no record changes; then each earlier moment is refused, and nothing falls."""
    records = exported(folder, Kind.MEETING)
    assert run(folder, little, now="2036-11-23T09:00").exit == 0
    assert exported(folder, Kind.MEETING) == records
    ahead = stamps(folder / "public")
    for now in ("2026-11-24T09:00", "2036-11-22T09:00", "1969-12-31T23:00"):
        with pytest.raises(ConfigError, match="set the clock right"):
            run(folder, little, now=now)
    assert stamps(folder / "public") == ahead
    assert run(folder, little, now="2036-11-24T09:00").changes == ()


@pytest.mark.slow
def test_a_store_from_a_clock_that_was_ahead_can_be_made_anew(
    folder: Path, little: ModelCity
) -> None:
    """The way back to the right year: what was dated by the wrong clock is not believed."""
    assert run(folder, little, now="2036-11-23T09:00").exit == 0
    known = {row["id"]: row["sequence"] for row in exported(folder, Kind.MEETING)}
    for end in ("", "-wal", "-shm"):
        (folder / f"kallelse.db{end}").unlink(missing_ok=True)
    assert run(folder, little, now=LATER).changes == ()
    assert {row["id"]: row["sequence"] for row in exported(folder, Kind.MEETING)} == known


@pytest.mark.slow
def test_before_1970_a_run_is_like_any_other(little: ModelCity, tmp_path: Path) -> None:
    """A machine without a battery starts in 1970 or before: it publishes, and loses no meeting."""
    report = run(tmp_path, little, now="1969-12-31T23:00")
    assert report.exit == 0
    assert len(exported(tmp_path, Kind.MEETING)) == len(little.truth.meetings)


@pytest.mark.slow
def test_what_is_remembered_grows_only_with_what_is_new(
    truth: Truth, tmp_path: Path, counts: Callable[[int], int]
) -> None:
    """Run after run of moving one meeting to and fro: a revision each, and all else stands."""
    key = "f97d9c3019a25133af0866"
    with ModelCity(small(truth)) as city:
        run(tmp_path, city)
        first = rows(tmp_path)
        turns = counts(60) + 2
        for turn in range(turns):
            there = city.truth.changed(key, place=f"Sal {turn % 2}")
            city.replace(replace(there, banner=f"Viktigt meddelande {turn}"))
            hour, minute = divmod(turn, 12)
            assert run(tmp_path, city, now=f"2026-11-24T{hour:02}:{minute * 5:02}").exit == 0
    grown = {name: count - first[name] for name, count in rows(tmp_path).items()}
    assert grown.pop("snapshot") <= turns + first["page"]
    assert {name: more for name, more in grown.items() if more} == dict.fromkeys(
        ("revision", "change"), turns
    )
    with closing(sqlite3.connect(tmp_path / "kallelse.db")) as raw:
        useless = raw.execute(
            "SELECT count(*) FROM snapshot AS old WHERE number < (SELECT max(number) FROM snapshot"
            " WHERE city = old.city AND page = old.page) AND content_hash NOT IN"
            " (SELECT content_hash FROM revision)"
        )
        assert useless.fetchone() == (0,)
