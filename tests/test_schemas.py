"""A store of any schema that was ever released is carried over, whole, whatever comes between.

`schemas/` has a store of each as SQLite dumps it, made by the release that had it; they are never
edited.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from records.model import ZONE, Committee, Meeting, NewsItem, Notice
from records.store import Store
from records.tables import APPLICATION_ID, SCHEMA
from records.terms import Status

SCHEMAS: Final = sorted((Path(__file__).parent / "schemas").glob("*.sql"))
NOW: Final = datetime(2026, 11, 23, 7, 0, tzinfo=ZONE)
OPEN: Final = """
import sys
from records.store import Store

print("begun", flush=True)
Store.open(sys.argv[1]).close()
"""


def restored(dump: Path, path: Path) -> None:
    """Make a store as a release left it."""
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript(dump.read_text("utf-8"))


def check(path: Path) -> None:
    """Read all that the stores of `schemas` were filled with."""
    with Store.open(f"sqlite:///{path}") as store:
        (meeting,) = store.revisions("boras", Meeting)
        assert (meeting.sequence, meeting.first_seen) == (1, NOW)
        assert meeting.last_changed == NOW + timedelta(days=1)
        assert meeting.record.uid == "12.ab@boras.kallelse"
        assert meeting.record.status is Status.CONFIRMED
        assert len(store.history("boras", meeting.record.id)) == 2
        assert len(list(store.revisions("boras", Committee))) == 1
        assert len(list(store.revisions("boras", NewsItem))) == 1
        assert len(list(store.revisions("boras", Notice))) == 1
        assert len(list(store.changes("boras"))) == 4
        (page,) = store.pages("boras")
        assert store.snapshot("boras", page.key) == b"<main>18.00</main>"
        assert [held.path for held in store.held("boras")] == ["boras/a.ics"]
        assert [source.name for source in store.sources("boras")] == ["kulturnamnden"]
        assert store.note("boras", "published") == "x"
        assert store.host("example.se")
        assert store.last_run("boras")
        with store.writing("boras", NOW + timedelta(days=2)) as writer:
            assert writer.identities("meeting/kulturnamnden") == {"2026-12-03": "12.ab"}
            assert len(writer.sightings("meeting/kulturnamnden")) == 1


def test_every_released_schema_is_here() -> None:
    """A step without a store of before has never been tried on one."""
    config = Config()
    config.set_main_option("script_location", "records:migrations")
    steps = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    assert {path.stem for path in SCHEMAS} == steps


@pytest.mark.parametrize("dump", SCHEMAS, ids=lambda path: path.stem)
def test_a_store_of_before_is_carried_over_whole(dump: Path, tmp_path: Path) -> None:
    """Every row of it is read by today's program; an older one was copied first."""
    path = tmp_path / "kallelse.db"
    restored(dump, path)
    check(path)
    copied = (tmp_path / f"kallelse.db.before-{SCHEMA}").exists()
    assert copied == (dump.stem != SCHEMA)


@pytest.mark.slow
@pytest.mark.parametrize("dump", [None, *SCHEMAS], ids=lambda path: path.stem if path else "none")
def test_a_kill_while_it_is_carried_over(
    dump: Path | None, tmp_path: Path, counts: Callable[[int], int]
) -> None:
    """SIGKILL at any moment of the step: the old or the new, and the next opening ends it."""
    luck = Random(20261123)  # noqa: S311 - moments to be killed at, no secret
    longest = 0.0
    for number in range(counts(20) + 2):
        path = tmp_path / f"{number}" / "kallelse.db"
        path.parent.mkdir()
        if dump:
            restored(dump, path)
        else:
            with closing(sqlite3.connect(path)) as raw:  # signed by us, and of no schema yet
                raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        longest = max(longest, opened(path, luck.uniform(0, longest) if number else None))
        with closing(sqlite3.connect(path)) as raw:
            assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            tables = raw.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            assert (tables > 0) >= bool(dump)
        if dump:
            check(path)
        else:
            Store.open(f"sqlite:///{path}").close()
        assert not list(path.parent.glob("*.part"))


def opened(path: Path, wait: float | None) -> float:
    """Open a store in another process, and kill that after so long; give how long it lasted."""
    root = Path(__file__).parent.parent
    with subprocess.Popen(
        [sys.executable, "-c", OPEN, f"sqlite:///{path}"],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(root)},
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"begun\n"
        begun = time.monotonic()
        if wait is not None:
            time.sleep(wait)
            process.send_signal(signal.SIGKILL)
        process.wait()
        return time.monotonic() - begun
