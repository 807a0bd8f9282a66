"""A store that is lost or broken is made anew, and no subscriber can tell."""

from __future__ import annotations

import errno
import json
import os
import shutil
import socket
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from filelock import FileLock

from feeds.kinds import Kind
from feeds.serve import Server
from modelcity.faults import Fault
from modelcity.server import ModelCity
from operation.keeping import opened
from records.aside import Standing
from records.errors import Busy, StoreError
from records.model import ZONE
from records.store import Store
from records.trouble import Damaged
from runs import LATER, exported, run, settings, stamps

NOW: Final = datetime(2026, 11, 23, 15, 0, tzinfo=ZONE)
BESIDE: Final = ("", "-wal", "-shm")


def lose(folder: Path) -> None:
    """Delete the store and what lies beside it."""
    for end in BESIDE:
        (folder / f"kallelse.db{end}").unlink(missing_ok=True)


def bodies(folder: Path) -> dict[str, bytes]:
    """Give what is published, but for the status, which every run writes."""
    public = folder / "public"
    return {path: body for path, (_, body) in stamps(public).items() if path != "status.json"}


def touched(folder: Path, before: dict[str, tuple[int, bytes]]) -> set[str]:
    """Give which published files were written since."""
    after = stamps(folder / "public")
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def identities(folder: Path) -> list[tuple[Any, ...]]:
    """Give every key by which the store finds a meeting again."""
    with closing(sqlite3.connect(folder / "kallelse.db")) as raw:
        return raw.execute("SELECT scope, key, record FROM identity ORDER BY 1, 2").fetchall()


def aside(folder: Path) -> list[str]:
    """Give the names of stores that were set aside."""
    names = (path.name for path in folder.glob("kallelse.db.corrupt-*"))
    return sorted(name for name in names if not name.endswith(BESIDE[1:]))


def break_seal(folder: Path, table: str, column: str) -> None:
    """Change one sealed value behind the store's back, as a disk might."""
    with closing(sqlite3.connect(folder / "kallelse.db")) as raw:
        raw.execute(f"UPDATE {table} SET {column} = '00000000 {{}}'")  # noqa: S608 - our own names
        raw.commit()


def newest(folder: Path) -> dict[str, dict[str, Any]]:
    """Give the exported meetings by id."""
    return {row["id"]: row for row in exported(folder, Kind.MEETING)}


@pytest.mark.slow
def test_a_lost_store_changes_no_published_byte(city: ModelCity, folder: Path) -> None:
    """Same ids, UIDs, sequences, dates and entries: only the status says that there was a run."""
    before, keys = stamps(folder / "public"), identities(folder)
    told = exported(folder, Kind.CHANGE)
    lose(folder)
    report = run(folder, city, now=LATER)
    assert (report.exit, report.changes, report.first) == (0, (), False)
    assert touched(folder, before) == {"status.json"}
    assert (exported(folder, Kind.CHANGE), identities(folder)) == (told, keys)
    assert run(folder, city, now="2026-11-24T09:00").changes == ()


@pytest.mark.slow
@pytest.mark.parametrize("table", ["page", "sighting", "revision", "note"])
def test_an_update_that_meets_damage_sets_the_store_aside(
    table: str, little: ModelCity, small_folder: Path
) -> None:
    """One sentence, the files stand, and the run after it needs no hand; no wrong file between."""
    before, tomorrow = stamps(small_folder / "public"), "2026-11-24T09:00"
    break_seal(small_folder, table, "value" if table == "note" else "data")
    truth = little.truth
    for meeting in truth.coming:  # so that every table has to be read
        truth = truth.changed(meeting.key, place="Röda rummet")
    little.replace(truth)
    with pytest.raises(StoreError, match=r"was damaged \(.* by the next update$"):
        run(small_folder, little, now=tomorrow)
    assert touched(small_folder, before) == set()
    assert aside(small_folder) == ["kallelse.db.corrupt-20261124T090000"]
    report = run(small_folder, little, now=tomorrow)
    assert (report.exit, {change.kind for change in report.changes}) == (0, {"relocated"})


def scramble(path: Path, word: bytes) -> None:
    """Overwrite a word wherever it stands in a file."""
    body = path.read_bytes()
    assert word in body
    path.write_bytes(body.replace(word, bytes(len(word))))


def cut(path: Path) -> None:
    """Lose the second half of a file."""
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)


def behead(path: Path) -> None:
    """Break the first letters of the file, and leave our signature."""
    with path.open("r+b") as file:
        file.write(b"sqlite")


MARKS: Final = (
    "PRAGMA application_id = 7",
    "UPDATE kallelse_version SET version_num = '9999'",
)
"""What makes a store another program's, or a newer one of ours."""

DAMAGES: Final[dict[str, Callable[[Path], object]]] = {
    "truncated": cut,
    "no database any more": behead,
    "a page overwritten": lambda path: scramble(path, b"CREATE TABLE"),
}


@pytest.mark.slow
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_store_is_set_aside_and_made_anew_in_one_run(
    damage: Callable[[Path], object], little: ModelCity, small_folder: Path
) -> None:
    """Nothing is asked of a person: one sentence says what was done, and no file changes."""
    folder, city = small_folder, little
    before = stamps(folder / "public")
    damage(folder / "kallelse.db")
    broken = (folder / "kallelse.db").read_bytes()
    with pytest.raises(Damaged):  # a dry run, like every reader, leaves it where it is
        run(folder, city, now=LATER, dry_run=True)
    assert aside(folder) == []
    report = run(folder, city, now=LATER)
    (said,) = report.run.problems
    assert (report.exit, report.changes, report.fresh) == (0, (), True)
    assert said.startswith(f"{folder}/kallelse.db was damaged (")
    assert said.endswith(": a new one is made of the site and of what is published")
    assert touched(folder, before) == {"status.json"}
    (name,) = aside(folder)
    assert name == "kallelse.db.corrupt-20261123T150000"
    assert (folder / name).read_bytes() == broken


def test_a_store_that_was_set_aside_is_never_overwritten(tmp_path: Path) -> None:
    """Two broken stores in one second are two files, each with what lay beside it."""
    store = tmp_path / "kallelse.db"
    for number in range(2):
        for end in BESIDE:
            store.with_name(store.name + end).write_text(f"{number}{end}")
        Standing(f"sqlite:///{store}").set_aside("boras", NOW)
    name = "kallelse.db.corrupt-20261123T150000"
    found = {path.name: path.read_text() for path in tmp_path.glob("*corrupt*")}
    assert found == {
        f"{name}{tail}{end}": f"{number}{end}"
        for number, tail in enumerate(("", "-2"))
        for end in BESIDE
    }


@pytest.mark.slow
def test_a_store_of_no_length_is_a_new_one(little: ModelCity, small_folder: Path) -> None:
    """A full disk may leave a name and nothing behind it; a log of the old one is no part of it."""
    before = stamps(small_folder / "public")
    (small_folder / "kallelse.db").write_bytes(b"")
    (small_folder / "kallelse.db-wal").write_bytes(b"of the old one")
    report = run(small_folder, little, now=LATER)
    assert (report.exit, report.changes, aside(small_folder)) == (0, (), [])
    assert touched(small_folder, before) == {"status.json"}


def test_a_damaged_store_in_use_is_left_to_its_user(little: ModelCity, small_folder: Path) -> None:
    """Another city's run may be writing to it: this one ends at once, with the code for that."""
    behead(small_folder / "kallelse.db")
    with FileLock(small_folder / "kallelse.db.another.lock"), pytest.raises(Busy):
        run(small_folder, little, now=LATER)
    assert aside(small_folder) == []


def test_the_faster_of_two_runs_has_mended_it(tmp_path: Path) -> None:
    """What was set aside and made anew meanwhile is another file, and whole."""
    address = f"sqlite:///{tmp_path / 'kallelse.db'}"
    Store.open(address).close()
    standing = Standing(address)
    (tmp_path / "kallelse.db").rename(tmp_path / "moved.db")
    assert standing.set_aside("boras", NOW) is None
    Store.open(address).close()
    assert standing.set_aside("boras", NOW) is None
    assert Standing(address).set_aside("boras", NOW) == (
        tmp_path / "kallelse.db.corrupt-20261123T150000"
    )


def test_damage_to_a_store_that_another_run_has_replaced_is_told_as_it_is(tmp_path: Path) -> None:
    """The file of that name is a new one by now, and nobody's to move."""
    chosen = settings(tmp_path, "http://127.0.0.1:1")

    def damaged() -> None:
        with opened(chosen, "boras"):
            (tmp_path / "kallelse.db").rename(tmp_path / "moved.db")
            raise Damaged("kallelse.db", "a value is not as it was written")

    with pytest.raises(Damaged, match="move it aside and run an update"):
        damaged()
    assert aside(tmp_path) == []


def test_a_store_that_cannot_be_moved_is_said(tmp_path: Path) -> None:
    """No name is free that is long enough: the operator learns what to do."""
    address = f"sqlite:///{tmp_path / ('k' * 240)}"
    Store.open(address).close()
    with pytest.raises(StoreError, match="cannot be set aside"):
        Standing(address).set_aside("b", NOW)


@pytest.mark.parametrize("mark", MARKS)
def test_what_is_not_ours_to_mend_is_refused_and_left_alone(
    mark: str, little: ModelCity, small_folder: Path
) -> None:
    """Another program's file, or a newer one of ours: one sentence, and nothing is touched."""
    store = small_folder / "kallelse.db"
    with closing(sqlite3.connect(store)) as raw:
        raw.execute(mark)
        raw.commit()
    before, body = stamps(small_folder / "public"), store.read_bytes()
    with pytest.raises(StoreError, match=r"belongs to another program|is of a newer schema"):
        run(small_folder, little, now=LATER)
    assert (touched(small_folder, before), store.read_bytes(), aside(small_folder)) == (
        set(),
        body,
        [],
    )


@pytest.mark.slow
def test_any_damage_is_mended_or_refused_and_never_published(
    little: ModelCity, small_yesterday: Path, tmp_path: Path, counts: Callable[[int], int]
) -> None:
    """Fifty cuts and flipped bits: the files stand or are the same, or one sentence says why."""
    before = bodies(small_yesterday)
    draw = Random(2026)  # noqa: S311 - the same damage in each run, and no secret
    for number in range(max(counts(50), 4)):
        folder = shutil.copytree(small_yesterday, tmp_path / "copy")
        body = bytearray((folder / "kallelse.db").read_bytes())
        at = draw.randrange(len(body))
        if number % 2:
            body = body[:at]
        else:
            body[at] ^= 1 << draw.randrange(8)
        (folder / "kallelse.db").write_bytes(body)
        for now in (LATER, "2026-11-24T09:00"):
            with suppress(StoreError):
                run(folder, little, now=now)
            assert bodies(folder) == before, f"{number} at {at}"
        shutil.rmtree(folder)


@pytest.mark.slow
def test_a_record_waits_for_its_page(little: ModelCity, small_folder: Path) -> None:
    """Lists know less than a meeting's page: by them alone its documents would be «removed»."""
    before, rows = bodies(small_folder), newest(small_folder)
    lose(small_folder)
    address = next(m.path for m in little.truth.meetings if m.node and m.files)
    little.faults[address] = Fault(status=500)
    report = run(small_folder, little, now=LATER)
    assert (report.exit, report.changes) == (1, ())
    assert (bodies(small_folder), newest(small_folder)) == (before, rows)
    little.faults.clear()
    report = run(small_folder, little, now="2026-11-23T16:00")
    assert (report.exit, report.changes, bodies(small_folder)) == (0, (), before)


@pytest.mark.slow
def test_a_page_that_is_gone_is_not_waited_for(little: ModelCity, small_folder: Path) -> None:
    """What the lists say of its meeting is then all that the city says."""
    lose(small_folder)
    meeting = next(m for m in little.truth.coming if m.node and m.files)
    little.faults[meeting.path] = Fault(status=404)
    report = run(small_folder, little, now=LATER)
    told = {change.record for change in report.changes}
    assert told == {f"boras:{meeting.node}"}


@pytest.mark.slow
def test_what_another_parser_read_is_corrected_and_no_news(
    little: ModelCity, small_folder: Path
) -> None:
    """A release and a lost store on one day: nobody is told that the city changed its papers."""
    data = small_folder / "public/boras/data/meeting.jsonl"
    rows = [json.loads(line) for line in data.read_text("utf-8").splitlines()]
    for row in rows:
        row["provenance"]["parser"] -= 1
        row["documents"] = []
    data.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    lose(small_folder)
    report = run(small_folder, little, now=LATER)
    assert (report.exit, report.changes) == (0, ())
    assert any(row["documents"] for row in newest(small_folder).values())


HOSTILE: Final = (
    b"",
    b"\xff\xfe",
    b"[" * 100_000,
    b'"a word"',
    b"{}",
    b'{"id": "boras:1f", "uid": "1f@boras.kallelse"',
)
"""Lines that are none of ours, whatever kind they stand among."""


@pytest.mark.slow
def test_damaged_lines_are_left_out_and_lose_nothing_else(
    little: ModelCity, small_folder: Path
) -> None:
    """One sentence counts them; all other records keep what they had."""
    rows, told = newest(small_folder), exported(small_folder, Kind.CHANGE)
    for path in sorted((small_folder / "public/boras/data").glob("*.jsonl")):
        first, *rest = path.read_bytes().split(b"\n")
        first = first if path.stem == Kind.CHANGE else first[:-9]
        path.write_bytes(b"\n".join((first, *HOSTILE, *rest, *rest[:1])))
    lost = min(rows)
    lose(small_folder)
    report = run(small_folder, little, now=LATER)
    (said,) = report.run.problems
    assert "were left out (change 6, committee 7, meeting 7, news 7, notice 7, told 6)" in said
    assert report.changes == ()  # what is new was told once
    after = newest(small_folder)
    assert {key: row for key, row in after.items() if key != lost} == {
        key: row for key, row in rows.items() if key != lost
    }
    assert after[lost]["first_seen"] > rows[lost]["first_seen"]
    assert exported(small_folder, Kind.CHANGE) == told


@pytest.mark.slow
def test_a_new_store_adopts_from_an_address(
    little: ModelCity, small_yesterday: Path, tmp_path: Path
) -> None:
    """A machine without a disk of its own goes on where the published folder stands."""
    with Server(small_yesterday / "public") as server:
        address = f"http://{server.host}:{server.port}/"
        report = run(tmp_path / "new", little, now=LATER, resume_from=address)
    assert (report.exit, report.changes, report.first) == (0, (), False)
    assert bodies(tmp_path / "new") == bodies(small_yesterday)


@pytest.mark.slow
def test_nothing_is_adopted_where_nothing_is_published(little: ModelCity, tmp_path: Path) -> None:
    """The first run of all has no past; the address may be set before there is anything."""
    (tmp_path / "empty").mkdir()
    with Server(tmp_path / "empty") as server:
        address = f"http://{server.host}:{server.port}"
        report = run(tmp_path / "new", little, resume_from=address)
    assert (report.exit, report.first) == (0, True)
    assert report.changes
    (said,) = report.run.problems
    assert said.startswith(f"Nothing was published yet at {address}, so all begins anew")


@pytest.mark.slow
def test_what_was_taken_down_is_resumed_where_the_host_tells(
    little: ModelCity, small_folder: Path, tmp_path: Path
) -> None:
    """On a machine without a disk a bare page stands for good where a record's page was."""
    (bare, other) = ("boras/moten/abc/index.html", "boras/moten/abc.ics")
    data = small_folder / "public/boras/data"
    with ModelCity(little.truth) as host:  # one that serves whatever lies there
        for path in data.glob("*.jsonl"):
            host.pages[f"/boras/data/{path.name}"] = path.read_bytes()
        host.pages["/gone.json"] = json.dumps([bare, other, "../outside.html"]).encode()
        host.faults["*"] = Fault(content_type="application/json")
        run(tmp_path / "new", little, now=LATER, resume_from=host.origin)
    public = tmp_path / "new/public"
    assert json.loads((public / "gone.json").read_bytes()) == sorted([bare, other])
    assert b"<p>Borttagen." in (public / bare).read_bytes()
    assert not (public / other).exists()
    assert not (tmp_path / "new/outside.html").exists()


@pytest.mark.slow
def test_an_address_that_does_not_answer_stops_the_run(little: ModelCity, tmp_path: Path) -> None:
    """Nothing is asked of the city, nothing is stored, and the next run tries again."""
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{closed.getsockname()[1]}"
        with pytest.raises(StoreError, match=r"the connection was refused.*mend that and"):
            run(tmp_path, little, resume_from=address)
    assert little.requests == []
    assert exported(tmp_path, Kind.MEETING) == []


def test_a_page_for_people_is_no_data(little: ModelCity, tmp_path: Path) -> None:
    """A host that answers everything with its start page has not published anything of ours."""
    with ModelCity(little.truth) as other:
        for kind in Kind:
            other.pages[f"/boras/data/{kind}.jsonl"] = b"<h1>Hej</h1>"
        with pytest.raises(StoreError, match="not a page"):
            run(tmp_path, little, resume_from=other.origin)


@pytest.mark.slow
def test_data_that_cannot_be_read_stops_the_run(
    little: ModelCity, small_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To go on without it would tell everybody of everything again."""
    lose(small_folder)
    before = stamps(small_folder / "public")

    def refused(path: Path) -> bytes:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", refused)  # root may read anything
        with pytest.raises(StoreError, match=r"cannot be read \(Permission denied\)"):
            run(small_folder, little, now=LATER)
    assert touched(small_folder, before) == set()
    assert run(small_folder, little, now=LATER).changes == ()


@pytest.mark.slow
def test_an_address_by_name_is_asked_as_the_city_is(little: ModelCity, tmp_path: Path) -> None:
    """A name may lead anywhere, so it must lead to a public machine; this one leads nowhere."""
    with pytest.raises(StoreError, match=r"https://published\.invalid/boras/data/"):
        run(tmp_path, little, resume_from="https://published.invalid")
    assert little.requests == []
