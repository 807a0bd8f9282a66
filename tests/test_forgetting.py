"""What is taken down is gone: from the store, from every published file, and for good."""

from __future__ import annotations

import gzip
import json
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pytest

from commanding import kallelse
from feeds.kinds import Kind
from feeds.serve import Server
from modelcity.server import ModelCity
from operation import forgetting
from records.errors import Busy, ConfigError
from records.store import Store
from runs import LATER, SITE, exported, run, settings
from serving import ask

TOMORROW: Final = "2026-11-24T09:00"
WORD: Final = "Hemligrummet"


@pytest.fixture
def known(little: ModelCity, small_folder: Path) -> Path:
    """A folder in which one meeting to come has a word that stands nowhere else."""
    truth = little.truth
    meeting = next(one for one in truth.coming if one.node and one.files)
    little.replace(truth.changed(meeting.key, place=WORD))
    run(small_folder, little, now=LATER, pages=True)
    return small_folder


def record(folder: Path) -> dict[str, Any]:
    """Give the exported meeting that has the word."""
    (found,) = (row for row in exported(folder, Kind.MEETING) if WORD in json.dumps(row))
    return found


def forget(folder: Path, name: str) -> forgetting.Forgotten:
    """Take a record down in the afternoon."""
    return forgetting.forget(settings(folder, "http://127.0.0.1:1", now=LATER, pages=True), name)


def holding(folder: Path, word: str) -> set[str]:
    """Give the files in which a word stands, packed or in the store, logs of it included."""
    found = set()
    for path in folder.rglob("*"):
        if path.is_file():
            body = path.read_bytes()
            body = gzip.decompress(body) if path.suffix == ".gz" else body
            if word.encode() in body.replace(b"\r\n ", b""):
                found.add(path.name)
    return found


def snapshots(folder: Path) -> bytes:
    """Give all stored texts of pages, unpacked."""
    with closing(sqlite3.connect(folder / "kallelse.db")) as raw:
        return b"".join(
            zlib.decompress(body) for (body,) in raw.execute("SELECT body FROM snapshot")
        )


@pytest.mark.slow
@pytest.mark.parametrize("by", ["id", "url"])
def test_no_file_and_no_table_holds_what_was_taken_down(known: Path, by: str) -> None:
    """By its id or by the city's page: its word is nowhere, and no other record has changed."""
    its = record(known)
    others = [row for row in exported(known, Kind.MEETING) if row["id"] != its["id"]]
    told = [row for row in exported(known, Kind.CHANGE) if row["record"] != its["id"]]
    found = forget(known, its[by])
    assert found.purged is not None
    assert (found.purged.revisions, found.left, found.copies) == (2, (), ())
    assert holding(known, WORD) == set()
    named = holding(known / "public", its["id"].partition(":")[2])
    about_it = {f"news.{form}{packed}" for form in ("jsonl", "csv") for packed in ("", ".gz")}
    assert named <= {"gone.json", *about_it}  # an article is about it yet
    assert WORD.encode() not in snapshots(known)
    assert exported(known, Kind.MEETING) == others
    assert exported(known, Kind.CHANGE) == told


@pytest.mark.slow
def test_it_does_not_come_back(known: Path, little: ModelCity) -> None:
    """The city shows it still: no run takes it up again, not after the store was lost either."""
    its = record(known)
    forget(known, its["id"])
    for now in ("2026-11-23T18:00", TOMORROW):
        report = run(known, little, now=now)
        assert (report.exit, report.changes) == (0, ())
        assert holding(known / "public", WORD) == set()
    for path in known.glob("kallelse.db*"):
        path.unlink()
    report = run(known, little, now="2026-11-24T12:00")
    assert (report.exit, report.changes) == (0, ())
    assert holding(known / "public", WORD) == set()
    assert its["id"] not in {row["id"] for row in exported(known, Kind.MEETING)}


def test_its_address_says_that_it_is_gone(known: Path) -> None:
    """410 by our server; by another a bare page, where it had one."""
    its = record(known)
    own = f"boras/moten/{its['id'].partition(':')[2]}"
    page = known / f"public/{own}/index.html"
    assert WORD in page.read_text()
    assert (known / f"public/{own}.ics").exists()
    found = forget(known, its["id"])
    pages = {f"{own}/index.html", f"en/{own}/index.html"}
    assert set(found.removed) == {f"{own}.ics", *pages}
    assert not (known / f"public/{own}.ics").exists()
    assert "Borttagen" in page.read_text()
    with Server(known / "public") as server:
        for address in (f"/{own}.ics", f"/{own}/", f"/en/{own}/"):
            assert (ask(server, address).status, ask(server, address).body) == (
                410,
                b"Borttagen.\n",
            )


def killed(*_: object) -> None:
    """End as by a signal."""
    raise KeyboardInterrupt


@pytest.mark.slow
def test_a_take_down_that_was_cut_short_is_called_again(
    known: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between the store and the files: the same words end what was begun."""
    its = record(known)
    with monkeypatch.context() as patch:
        patch.setattr(forgetting, "_take_down", killed)
        with pytest.raises(KeyboardInterrupt):
            forget(known, its["id"])
    assert holding(known / "public", WORD) != set()
    assert forget(known, its["id"]).purged is None
    assert holding(known, WORD) == set()


def test_what_cannot_be_taken_down_is_said(known: Path) -> None:
    """A name that is none, a committee, a run under way: one sentence, and nothing is touched."""
    before = exported(known, Kind.MEETING)
    with pytest.raises(ConfigError, match="There is no record boras:none"):
        forget(known, "boras:none")
    with pytest.raises(ConfigError, match="is a committee"):
        forget(known, "kommunstyrelsen")
    its = record(known)
    with (
        Store.open(f"sqlite:///{known / 'kallelse.db'}") as store,
        store.lock("boras"),
        pytest.raises(Busy),
    ):
        forget(known, its["id"])
    assert exported(known, Kind.MEETING) == before


@pytest.mark.slow
@pytest.mark.parametrize("kind", [Kind.NEWS, Kind.NOTICE])
def test_news_and_notices_go_as_well(kind: Kind, little: ModelCity, small_folder: Path) -> None:
    """Out of the feeds and the data, and no run takes them up again."""
    its = exported(small_folder, kind)[0]
    forget(small_folder, its["id"])
    assert its["id"] not in {row["id"] for row in exported(small_folder, kind)}
    assert its["id"] not in {row["record"] for row in exported(small_folder, Kind.CHANGE)}
    assert holding(small_folder / "public", its["title"]) == set()
    assert run(small_folder, little, now=TOMORROW).exit == 0
    assert its["id"] not in {row["id"] for row in exported(small_folder, kind)}


@pytest.mark.slow
def test_a_list_that_people_wrote_takes_nothing_else_away(known: Path) -> None:
    """A path from the root, a way upwards, a file that is published yet, or no list at all."""
    its, calendar = record(known), known / "public/boras/alla.ics"
    beside = known / "kallelse.toml"
    beside.write_text("pages = false\n")
    listed = ["/etc/passwd", str(beside), "../kallelse.toml", "boras/alla.ics", 7, None]
    (known / "public/gone.json").write_text(json.dumps(listed))
    forget(known, its["id"])
    assert beside.exists()
    assert calendar.exists()
    (known / "public/gone.json").write_text("{")
    assert forget(known, its["id"]).purged is None
    assert calendar.exists()


@pytest.mark.slow
def test_it_is_one_command(known: Path) -> None:
    """It says what went and what is left to do; a name that is none is one sentence and two."""
    its = record(known)
    words = ("--site", SITE, "--now", LATER)
    ran = kallelse("forget", its["url"], *words, here=known)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("Gone from the store: 2 versions, ")
    assert "not in our hands" in ran.stdout
    assert holding(known, WORD) == set()
    again = kallelse("forget", "boras:none", *words, here=known)
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr.startswith("There is no record boras:none")
