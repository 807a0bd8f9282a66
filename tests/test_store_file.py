"""The store as a file among others: made, refused, locked, shared and left behind by the dead."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from sqlalchemy.exc import IntegrityError

from records.errors import Busy, StoreError
from records.model import ZONE, Meeting, Provenance
from records.state import PageState, Sighting
from records.store import Store
from records.tables import APPLICATION_ID, METADATA, SCHEMA, VERSION_TABLE

NOW: Final = datetime(2026, 11, 23, 7, 0, tzinfo=ZONE)
URL: Final = "https://example.se/m.12.ab.html"
ANOTHER: Final = """
import sys
from datetime import datetime
from records.model import ZONE
from records.store import Store

with Store.open(sys.argv[1]) as store, store.lock("boras"):
    with store.writing("boras", datetime(2026, 11, 23, tzinfo=ZONE)) as writer:
        writer.put_note("who", "another")
        print("writing", flush=True)
        sys.stdin.read()
"""

FULL: Final = """
import resource, signal, sys
from datetime import datetime
from records.errors import StoreError
from records.model import ZONE
from records.store import Store

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, resource.RLIM_INFINITY))
try:
    with Store.open(sys.argv[1]) as store:
        with store.writing("boras", datetime(2026, 11, 23, tzinfo=ZONE)) as writer:
            writer.put_note("who", "another" * {room})
except StoreError as error:
    print(error)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Name a store's file that does not exist yet."""
    return tmp_path / "kallelse.db"


@pytest.fixture
def umask() -> Iterator[None]:
    """Give the process the umask that most machines have."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def _address(path: Path, *, patience: float = 10) -> str:
    return f"sqlite:///{path}?timeout={patience}"


def _make(path: Path) -> None:
    with Store.open(_address(path)) as store, store.writing("boras", NOW) as writer:
        writer.put_note("who", "we")


def _fill(path: Path) -> None:
    """Write a little of everything that is read back as what the city said."""
    page = PageState(
        key="12.ab", url=URL, kind="meeting", source="kun", status=200, checked=NOW, region_hash="a"
    )
    provenance = Provenance(url=URL, fetched=NOW, content_hash="a", parser=1)
    with Store.open(_address(path)) as store, store.writing("boras", NOW) as writer:
        writer.saw(page, [Sighting(bucket="meeting/kun", data={"tid": "18.00"})], b"<main>")
        for day in range(1, 29):
            named = f"boras:{day}"
            meeting = Meeting(id=named, uid=named, committee="kun", title="Möte", start=NOW)
            writer.save(meeting, provenance)
            writer.save(replace(meeting, start=NOW + timedelta(days=day)), provenance)
            writer.identify("meeting/kun", {f"2026-11-{day}": named})


def _read(store: Store) -> list[object]:
    """Give all that a run and its feeds are made of."""
    found: list[object] = [*store.pages("boras"), store.snapshot("boras", "12.ab")]
    for revision in store.revisions("boras", Meeting, committee="kun"):
        found += [revision, store.history("boras", revision.record.id)]
    found += store.changes("boras", committee="kun")
    with store.writing("boras", NOW) as writer:
        return [*found, writer.identities("meeting/kun"), writer.sightings("meeting/kun")]


def _read_or_refusal(path: Path) -> list[object] | None:
    """Give what is read, or None for a refusal; the row itself in it would help nobody."""
    try:
        with Store.open(_address(path)) as store:
            return _read(store)
    except StoreError as error:
        return None if len(str(error)) < 300 else [str(error)]


@contextmanager
def _another(path: Path) -> Iterator[subprocess.Popen[str]]:
    """Have another process hold the lock, and stand in the middle of writing."""
    with subprocess.Popen(
        [sys.executable, "-c", ANOTHER, _address(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "writing\n"
            yield process
        finally:
            process.kill()


def _refusal(address: str) -> str:
    with pytest.raises(StoreError) as caught:
        Store.open(address)
    return str(caught.value)


def test_nothing_but_the_owner_reads_what_lies_beside_the_store(path: Path, umask: None) -> None:
    """Drafts and addresses in it are no business of other accounts of the machine."""
    del umask
    with (
        Store.open(_address(path)) as store,
        store.lock("boras"),
        store.writing("boras", NOW) as writer,
    ):
        writer.put_note("who", "we")
        modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}

    assert {"kallelse.db", "kallelse.db-wal", "kallelse.db.boras.lock"} <= set(modes)
    assert set(modes.values()) == {0o600}


def test_a_store_made_from_nothing_has_the_tables_that_are_used(path: Path) -> None:
    """Migrations and tables are written twice: they must say the same."""
    _make(path)
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, METADATA) == []
        assert context.get_current_revision() == SCHEMA
        signature = connection.exec_driver_sql("PRAGMA application_id").scalar()
    engine.dispose()

    assert signature == APPLICATION_ID


def test_the_first_schema_can_be_taken_back(path: Path) -> None:
    """A step that cannot be undone leaves an operator with nothing but the copy."""
    _make(path)
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", "records:migrations")
        command.downgrade(config, "base")
    with engine.connect() as connection:
        left = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        assert [row[0] for row in left] == [VERSION_TABLE]
    engine.dispose()


def test_an_older_store_is_copied_before_it_is_migrated(path: Path) -> None:
    """Whatever a migration does, what was there can be had back."""
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    _make(path)
    copy = path.with_name(f"kallelse.db.before-{SCHEMA}")

    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as raw:
        assert raw.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


def test_an_empty_file_becomes_a_store(path: Path) -> None:
    """`touch` is a fair way to choose where it shall be."""
    path.touch(0o644)
    _make(path)

    assert path.stat().st_mode & 0o777 == 0o600


def test_several_processes_may_make_the_same_store_at_once(path: Path) -> None:
    """A daemon and a hand may start in the same second on the first day."""
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(_make, [path] * 8))

    with Store.open(_address(path)) as store:
        assert store.note("boras", "who") == "we"


def test_a_file_that_is_no_database_is_refused_and_left_alone(path: Path) -> None:
    """A slip in the settings must not cost somebody their file."""
    path.write_text("Kulturnämnden sammanträder. " * 100)
    before = path.read_bytes()

    assert _refusal(_address(path)) == (
        f"{path} is no database, or not one any more: move it away or name another file"
    )
    assert path.read_bytes() == before


@pytest.mark.parametrize("mark", ["PRAGMA application_id = 7", "CREATE TABLE theirs (a)"])
def test_another_programs_database_is_refused_and_left_alone(path: Path, mark: str) -> None:
    """Its signature tells, or that it has tables without ours."""
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(mark)
    before = path.read_bytes()

    assert _refusal(_address(path)) == (
        f"{path} belongs to another program: name a file of our own"
    )
    assert path.read_bytes() == before


@pytest.mark.parametrize("kept", [0.5, 0.9])
def test_a_truncated_store_says_that_it_is_damaged(path: Path, kept: float) -> None:
    """A full disk or a broken copy: the operator learns what to do, in one sentence."""
    _make(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * kept)])

    said = _refusal(_address(path))

    assert said.startswith(f"{path} is damaged (")
    assert said.endswith("): move it aside and run an update, which makes a new one")


def test_a_value_that_is_not_as_it_was_written_is_not_believed(path: Path) -> None:
    """A flipped bit must not become a time that somebody goes by."""
    _make(path)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE note SET value = replace(value, 'we', 've')")
        raw.commit()

    with (
        Store.open(_address(path)) as store,
        pytest.raises(StoreError, match="not as it was written"),
    ):
        store.note("boras", "who")


def test_a_damaged_snapshot_is_not_believed(path: Path) -> None:
    """Replay must not parse half a page as if it were the city's."""
    _make(path)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("INSERT INTO snapshot VALUES ('boras', 'p', 1, 'aa', x'00')")
        raw.commit()

    with Store.open(_address(path)) as store, pytest.raises(StoreError, match="snapshot of p"):
        store.snapshot("boras", "p")


def test_our_store_with_a_broken_head_is_damaged_and_not_anothers(path: Path) -> None:
    """It may be set aside, which another program's file must never be."""
    _make(path)
    with path.open("r+b") as file:
        file.write(b"sqlite")

    assert _refusal(_address(path)).startswith(f"{path} is damaged (")


def test_a_flipped_bit_is_never_read_as_if_it_were_written(
    path: Path, counts: Callable[[int], int]
) -> None:
    """Whatever the disk does to one bit: all that was written, or one sentence; nothing between."""
    _fill(path)
    whole = path.read_bytes()
    with Store.open(_address(path)) as store:
        good = _read(store)
    draw = Random(2026)  # noqa: S311 - the same damage in each run, and no secret

    for _ in range(counts(200)):
        damaged, at = bytearray(whole), draw.randrange(len(whole))
        damaged[at] ^= 1 << draw.randrange(8)
        path.write_bytes(damaged)
        assert _read_or_refusal(path) in (good, None), f"bit at {at}"
        for beside in ("-wal", "-shm"):
            path.with_name(path.name + beside).unlink(missing_ok=True)


def test_a_store_whose_tables_lost_their_names_is_damaged(path: Path) -> None:
    """SQLite quotes the broken name in its complaint, which is then no text at all."""
    _make(path)
    name = b"sqlite_autoindex_page_1"
    path.write_bytes(path.read_bytes().replace(name, b"\xd5" * len(name)))

    assert _refusal(_address(path)).startswith(f"{path} is damaged (")


def test_a_mistake_of_ours_is_no_trouble_of_the_store(path: Path) -> None:
    """What an operator cannot mend must show itself as the bug that it is."""
    _make(path)

    def mistaken(store: Store) -> None:
        with store.writing("boras", NOW) as writer:
            writer.put_note("who", "nobody")
            raise IntegrityError("INSERT", {}, sqlite3.IntegrityError("twice"))

    with Store.open(_address(path)) as store, pytest.raises(IntegrityError):
        mistaken(store)
    with Store.open(_address(path)) as store:
        assert store.note("boras", "who") == "we"


@pytest.mark.slow
def test_a_full_disk_leaves_the_last_runs_store(path: Path) -> None:
    """The run ends with one sentence; with room again, the next one needs no hand."""
    _make(path)
    full = FULL.format(room=path.stat().st_size)
    ended = subprocess.run(
        [sys.executable, "-c", full, _address(path)], capture_output=True, text=True, check=False
    )

    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout == f"{path} cannot be used (disk I/O error): mend that and run again\n"
    with Store.open(_address(path)) as store, store.writing("boras", NOW) as writer:
        assert store.note("boras", "who") == "we"
        writer.put_note("who", "the next")


def test_a_newer_schema_is_refused(path: Path) -> None:
    """An older program would write what the newer one no longer understands."""
    _make(path)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE kallelse_version SET version_num = '9999'")
        raw.commit()

    assert _refusal(_address(path)) == (
        f"{path} is of a newer schema (9999): install the Kallelse that made it, or name another"
        " store"
    )


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("kallelse.db", "address cannot be read"),
        ("postgresql://host:port/name", "address cannot be read"),
        ("mysql://host/name", "cannot be kept in mysql"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("sqlite:///file:a?mode=memory&uri=true", "names no file"),
        ("sqlite:////proc/none/kallelse.db", "see to its folder"),
        ("sqlite:////", "cannot be used"),
        ("postgresql+asyncpg://user:secret@127.0.0.1/name", "install the package asyncpg"),
    ],
)
def test_an_address_that_cannot_be_used_is_one_sentence(address: str, said: str) -> None:
    """The operator reads what to change, and never a password."""
    refused = _refusal(address)

    assert said in refused
    assert "secret" not in refused


def test_a_second_run_is_told_at_once_and_a_second_writer_after_its_patience(path: Path) -> None:
    """Two runs at a time would ask the city for everything twice."""
    _make(path)
    with _another(path), Store.open(_address(path, patience=0.1)) as store:
        with pytest.raises(Busy, match=r"Another run of boras has .* locked"), store.lock("boras"):
            pass
        with store.lock("another"):
            pass
        with (
            pytest.raises(Busy, match="Another run is writing"),
            store.writing("another", NOW),
        ):
            pass


def test_a_lock_that_cannot_be_had_is_one_sentence(path: Path) -> None:
    """A full disk, or a folder of that name: no other run is at work, so the code is another."""
    _make(path)
    path.with_name("kallelse.db.boras.lock").mkdir()
    with (
        Store.open(_address(path)) as store,
        pytest.raises(StoreError, match=r"cannot be locked \(Is a directory\)") as caught,
        store.lock("boras"),
    ):
        pass
    assert not isinstance(caught.value, Busy)


@pytest.mark.slow
def test_reading_goes_on_while_another_process_writes(path: Path) -> None:
    """`status` and `export` answer at any time, with what was last committed."""
    _make(path)
    with _another(path) as process:
        with Store.open(_address(path, patience=0.1)) as store:
            assert store.note("boras", "who") == "we"
            process.communicate("")
            assert store.note("boras", "who") == "another"
        assert process.returncode == 0


@pytest.mark.slow
def test_a_killed_run_frees_its_lock_and_leaves_the_last_runs_store(path: Path) -> None:
    """A power cut at night needs nobody in the morning."""
    _make(path)
    with _another(path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
    with Store.open(_address(path)) as store, store.lock("boras"):
        assert store.note("boras", "who") == "we"
        with store.writing("boras", NOW) as writer:
            writer.put_note("who", "the next")
        assert store.note("boras", "who") == "the next"
