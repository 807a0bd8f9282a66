"""Publishing replaces whole files, only where they changed, and keeps what it cannot replace."""

from __future__ import annotations

import fcntl
import gc
import os
import stat
import tracemalloc
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from editions import COMMITTEES, NOW, at, edition, meeting, revision, whole
from feeding import FORMATS
from feeds.edition import Edition
from feeds.folder import prepare, write
from feeds.publication import NOTHING
from feeds.publish import publish
from records.errors import PublishError
from records.model import Meeting, Revision
from scraper.bodies import slugify

ICS = "boras/kulturnamnden.ics"
CALENDARS = ("ics", "google.ics", "paminnelse.ics", "nytt.ics")
KINDS = ("kallelser", "handlingar", "protokoll", "beslut", "andringar", "anslagstavla", "nyheter")
FEEDS = tuple(
    f"{kind}{ending}" for kind in ("", *(f"{kind}." for kind in KINDS)) for ending in FORMATS
)
"""What the files of a committee end in."""


def stamps(out: Path) -> dict[str, tuple[int, int]]:
    """Give what a rewritten file would change, by path; twins are `test_twin`'s."""
    return {
        str(path.relative_to(out)): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in out.rglob("*")
        if path.is_file() and path.suffix != ".gz"
    }


def many(count: int) -> Edition:
    """Give a city with a full spring of one committee, and one meeting of another."""
    made: list[Revision[Meeting]] = [
        revision(meeting(f"a{n:02}", start=at(date(2026, 4, 1) + timedelta(days=n))))
        for n in range(count)
    ]
    other = meeting("b0", committee="kommunstyrelsen", start=at("2026-04-02"))
    return edition([*made, revision(other)], committees=COMMITTEES)


@pytest.mark.slow
def test_everything_is_published(tmp_path: Path) -> None:
    """Each committee has its calendars and feeds; `paths` names what stands there."""
    done = publish(whole(), tmp_path, now=NOW)
    assert set(done.paths) == set(done.written) == set(stamps(tmp_path))
    for committee in COMMITTEES:
        known = committee.slug != "revisorskollegiet"  # of whom nothing is known: no kinds yet
        for end in (*CALENDARS, *(FEEDS if known else FORMATS)):
            assert f"boras/{committee.slug}.{end}" in done.paths
    for ending in FORMATS:
        for name in ("alla", "kultur", *KINDS):
            assert f"boras/{name}.{ending}" in done.paths
    for path in ("boras/alla.ics", "boras/nyheter.rss", "boras/feeds.opml", "index.html"):
        assert path in done.paths
    for path in ("kulturnamnden-2023.ics", "kultur.ics", "kultur.google.ics", "moten/1a2b3c.ics"):
        assert f"boras/{path}" in done.paths
    for path in ("boras/overklagande.ics", "boras/alla.google.ics"):
        assert path in done.paths
    for kind in ("meeting", "news", "notice", "committee", "change"):
        assert f"boras/data/{kind}.jsonl" in done.paths
    assert (done.unchanged, done.held, NOTHING.paths) == (0, (), ())


@pytest.mark.slow
def test_nothing_is_rewritten_when_nothing_changed(tmp_path: Path) -> None:
    """Not one byte, stamp or inode: apps that ask with an ETag are told 304 (H6, H7)."""
    first = publish(whole(), tmp_path, now=NOW)
    before = stamps(tmp_path)
    again = publish(whole(), tmp_path, now=NOW + timedelta(hours=6))
    assert stamps(tmp_path) == before
    assert (again.written, again.unchanged, again.paths) == ((), len(first.paths), first.paths)


@pytest.mark.slow
def test_one_change_rewrites_its_files_alone(tmp_path: Path) -> None:
    """The other committees' subscribers are not asked to read anew."""
    made = many(3)
    publish(made, tmp_path, now=NOW)
    moved = meeting("a00", start=at("2026-04-01", "18:00"))
    meetings = (revision(moved, sequence=1), *made.meetings[1:])
    done = publish(replace(made, meetings=meetings), tmp_path, now=NOW)
    assert {path for path in done.written if path.endswith(".ics")} == {
        *(
            f"boras/{slug}{end}"
            for slug in ("kulturnamnden", "alla", "kultur")
            for end in (".ics", ".google.ics")
        ),
        "boras/kulturnamnden.paminnelse.ics",
        "boras/moten/a00.ics",
    }
    assert not [path for path in done.written if "kommunstyrelsen" in path]


@pytest.mark.slow
def test_an_emptied_calendar_is_held_back(tmp_path: Path) -> None:
    """The last good file stands, the others are published, and the verdict names what was lost."""
    publish(many(9), tmp_path, now=NOW)
    good = (tmp_path / ICS).read_bytes()
    bad = many(0)
    changed = revision(
        meeting("b0", committee="kommunstyrelsen", start=at("2026-04-03")), sequence=1
    )
    done = publish(replace(bad, meetings=(changed,)), tmp_path, now=NOW)
    assert (tmp_path / ICS).read_bytes() == good
    assert ICS in {held.path for held in done.held}
    assert ICS in done.paths
    assert "boras/kommunstyrelsen.ics" in done.written
    assert all("kommunstyrelsen" not in held.path for held in done.held)


@pytest.mark.slow
def test_force_lets_one_path_through(tmp_path: Path) -> None:
    """An operator who has looked says so for one file."""
    publish(many(9), tmp_path, now=NOW)
    done = publish(many(0), tmp_path, now=NOW, force=[ICS])
    assert ICS in done.written
    assert "boras/kulturnamnden.google.ics" in {held.path for held in done.held}


@pytest.mark.slow
def test_the_second_day_lets_all_through(tmp_path: Path) -> None:
    """What complete runs on two days say is true; an incomplete one is not counted."""
    publish(many(9), tmp_path, now=NOW)
    first = publish(many(0), tmp_path, now=NOW)
    failed = publish(
        many(0), tmp_path, now=NOW + timedelta(days=1), held=first.held, complete=False
    )
    assert {held.path for held in failed.held} == {held.path for held in first.held}
    second = publish(many(0), tmp_path, now=NOW + timedelta(days=2), held=failed.held)
    assert second.held == ()
    assert b"VEVENT" not in (tmp_path / ICS).read_bytes()


@pytest.mark.slow
def test_a_file_that_cannot_be_written_holds_up_no_other(tmp_path: Path) -> None:
    """A folder stands where a file should: that one is held back with its reason."""
    (tmp_path / ICS).mkdir(parents=True)
    done = publish(whole(), tmp_path, now=NOW)
    (held,) = done.held
    assert held.path == ICS
    assert "could not be written" in held.reason
    assert ICS not in done.paths
    assert ICS not in (tmp_path / "index.html").read_text()


def test_a_dangerous_name_is_refused(tmp_path: Path) -> None:
    """No slug leads out of the folder, whatever the store holds."""
    slugs = ["../evil", "/etc", ".hidden", "a/../../b", "x" * 120, "å", "a\nb"]
    made = edition(committees=[replace(COMMITTEES[0], slug=slug) for slug in slugs])
    out = tmp_path / "out"
    done = publish(made, out, now=NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert len(done.held) == (len(CALENDARS) + len(FORMATS)) * len(slugs)
    assert all("no safe file name" in held.reason for held in done.held)
    assert not [path for path in out.rglob("*.html") if "evil" in path.read_text()]


def test_the_longest_slug_has_all_its_files(tmp_path: Path) -> None:
    """A body with a very long name is held back by none of its feeds by kind."""
    longest = slugify("nämnden för " * 20)
    body = replace(COMMITTEES[0], slug=longest)
    made = edition([revision(meeting(committee=longest))], committees=[body])
    done = publish(made, tmp_path, now=NOW)
    assert done.held == ()
    assert f"boras/{longest}.anslagstavla.json" in done.paths


def test_two_files_never_share_a_name(tmp_path: Path) -> None:
    """A committee whose slug is reserved does not overwrite the city's own files."""
    made = edition(committees=[replace(COMMITTEES[0], slug="alla")])
    done = publish(made, tmp_path, now=NOW)
    assert {held.reason for held in done.held} == {"has the name of another file"}


@pytest.mark.slow
def test_files_are_readable_whatever_the_umask(tmp_path: Path) -> None:
    """The web server is another user than cron's."""
    before = os.umask(0o077)
    try:
        publish(whole(), tmp_path / "deep/out", now=NOW)
    finally:
        os.umask(before)
    for path in (tmp_path / "deep").rglob("*"):
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o755 if path.is_dir() else 0o644)


@pytest.mark.slow
def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    """Nobody can point us at a file of theirs."""
    other = tmp_path / "other"
    other.write_text("mine")
    out = tmp_path / "out"
    (out / "boras").mkdir(parents=True)
    (out / ICS).symlink_to(other)
    done = publish(whole(), out, now=NOW)
    assert other.read_text() == "mine"
    assert ICS in done.written
    assert not (out / ICS).is_symlink()


def test_a_linked_folder_is_not_entered(tmp_path: Path) -> None:
    """Nor at a folder."""
    (tmp_path / "other").mkdir()
    out = tmp_path / "out"
    out.mkdir()
    (out / "boras").symlink_to(tmp_path / "other")
    done = publish(whole(), out, now=NOW)
    assert list((tmp_path / "other").iterdir()) == []
    assert {"is a symbolic link" in held.reason for held in done.held} == {True}
    assert {path for path in done.paths if path.startswith("boras/")} == set()
    assert {"index.html", "style.css", "feed.css"} < set(done.paths)


@pytest.mark.slow
def test_half_files_of_a_killed_run_are_swept(tmp_path: Path) -> None:
    """A kill leaves no litter behind for longer than until the next run."""
    (tmp_path / "boras").mkdir()
    half = tmp_path / "boras/.kallelse-dead.tmp"
    half.write_bytes(b"BEGIN:VCAL")
    mine = tmp_path / "boras/notes.tmp"
    mine.write_text("an operator's own")
    publish(whole(), tmp_path, now=NOW)
    assert (half.exists(), mine.exists()) == (False, True)


@pytest.mark.slow
def test_a_file_that_is_being_written_is_not_swept(tmp_path: Path) -> None:
    """Another city may be publishing beside us; its lock says that it lives."""
    half = tmp_path / ".kallelse-alive.tmp"
    with half.open("wb") as alive:
        fcntl.flock(alive, fcntl.LOCK_EX)
        publish(whole(), tmp_path, now=NOW)
        assert half.exists()
    publish(whole(), tmp_path, now=NOW)
    assert not half.exists()


def test_write_replaces_in_one_step(tmp_path: Path) -> None:
    """One who has the old file open reads it to its end; no half file is ever at the path."""
    path = tmp_path / "a.ics"
    assert write(path, b"old")
    with path.open("rb") as reader:
        assert write(path, b"new and longer")
        assert reader.read() == b"old"
    assert path.read_bytes() == b"new and longer"
    assert [found.name for found in tmp_path.iterdir()] == ["a.ics"]
    assert not write(path, b"new and longer")


def test_a_files_date_always_rises(tmp_path: Path) -> None:
    """HTTP dates have whole seconds: two writes in one would look like the same file (H6)."""
    path = tmp_path / "a.ics"
    write(path, b"1")
    later = datetime(2040, 1, 1).timestamp()  # a clock that was set back
    os.utime(path, (later, later))
    write(path, b"2")
    assert path.stat().st_mtime == later + 1


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    """Nor does it leave half a new one."""
    folder = tmp_path / "a.ics"
    folder.mkdir()
    with pytest.raises(OSError, match="directory"):
        write(folder, b"x")
    assert [path.name for path in tmp_path.iterdir()] == ["a.ics"]


def test_a_folder_that_cannot_be_is_told_at_once(tmp_path: Path) -> None:
    """Before any page is fetched, in a sentence that names the path and what to do."""
    file = tmp_path / "file"
    file.write_text("")
    link = tmp_path / "link"
    link.symlink_to(tmp_path)
    for out in (file, file / "below", link):
        with pytest.raises(PublishError, match="--out") as caught:
            prepare(out)
        assert str(out) in str(caught.value)
    prepare(tmp_path / "new/folder")
    assert (tmp_path / "new/folder").is_dir()


@pytest.mark.slow
def test_a_publication_is_not_remembered_by_the_next(tmp_path: Path) -> None:
    """A daemon publishes for years: what stood in an edition may not add up in its memory."""
    held = []
    tracemalloc.start()
    for turn in range(3):
        named = [
            replace(one, record=replace(one.record, title=f"Möte {turn} " + "å" * 4000))
            for one in many(8).meetings
        ]
        publish(replace(many(8), meetings=tuple(named), pages=False), tmp_path, now=NOW)
        gc.collect()
        held.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert held[2] - held[1] < 100_000
