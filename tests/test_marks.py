"""What would be made of the same is not made again, and never stands where it should not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from editions import COMMITTEE, NOW, at, change, meeting, revision, whole
from feeds.edition import Edition
from feeds.marks import Inputs, Mark, as_noted, from_note
from feeds.publication import Publication
from feeds.publish import paths, publish
from records.model import Bundle
from records.terms import ChangeKind, Status
from runs import files

ICS: Final = "boras/kulturnamnden.ics"
OTHER: Final = "boras/kommunstyrelsen.ics"


def again(
    edition: Edition, out: Path, last: Publication, marks: Mapping[str, Mark] | None = None
) -> Publication:
    """Publish over what stands there, as it was left."""
    return publish(
        edition, out, now=NOW, force=paths(edition), marks=last.marks if marks is None else marks
    )


@pytest.fixture(scope="module")
def last(tmp_path_factory: pytest.TempPathFactory) -> tuple[Publication, Path]:
    """A full city as one run published it, and where; tests take a copy."""
    out = tmp_path_factory.mktemp("last")
    return publish(whole(), out, now=NOW), out


@pytest.fixture
def old(last: tuple[Publication, Path], tmp_path: Path) -> Publication:
    """What that run published, which stands in the test's own folder, dates and all."""
    shutil.copytree(last[1], tmp_path, dirs_exist_ok=True)
    return last[0]


def tree(out: Path) -> dict[str, bytes]:
    """Give what is published, twins included."""
    found = (path for path in out.rglob("*") if path.is_file())
    return {str(path.relative_to(out)): path.read_bytes() for path in found}


def rot(path: Path) -> bytes:
    """Change a file without any sign of it; give what it holds from now on."""
    kept, body = path.stat(), bytes(reversed(path.read_bytes()))
    path.write_bytes(body)
    os.utime(path, ns=(kept.st_atime_ns, kept.st_mtime_ns))
    return body


def first(edition: Edition, **more: Any) -> Edition:  # noqa: ANN401 - any field of Meeting
    """Give an edition whose first meeting is another in some fields."""
    one, *others = edition.meetings
    changed = replace(one, record=replace(one.record, **more), last_changed=NOW)
    return replace(edition, meetings=(changed, *others))


CHANGES: Final[dict[str, Callable[[Edition], Edition]]] = {
    "nothing": replace,
    "a title": lambda made: first(made, title="Extra sammanträde"),
    "an hour": lambda made: first(made, start=at("2026-03-16", "18:00")),
    "a status": lambda made: first(made, status=Status.CANCELLED),
    "a committee of a meeting": lambda made: first(made, committee="kommunstyrelsen"),
    "a new meeting": lambda made: replace(
        made, meetings=(*made.meetings, revision(meeting("9f9f9f", start=at("2026-05-05"))))
    ),
    "a meeting less": lambda made: replace(made, meetings=made.meetings[1:]),
    "something told": lambda made: replace(
        made, changes=(change("boras:1a2b3c", ChangeKind.MOVED, NOW), *made.changes)
    ),
    "a notice less": lambda made: replace(made, notices=made.notices[1:]),
    "an article less": lambda made: replace(made, news=made.news[1:]),
    "a committee's name": lambda made: replace(
        made,
        committees=tuple(
            replace(one, record=replace(one.record, name="Kulturen", colour="teal"))
            if one.record.slug == COMMITTEE.slug
            else one
            for one in made.committees
        ),
    ),
    "a committee that ended": lambda made: replace(
        made,
        committees=tuple(
            replace(one, record=replace(one.record, until=date(2026, 2, 1)))
            if one.record.slug == COMMITTEE.slug
            else one
            for one in made.committees
        ),
    ),
    "the city's places": lambda made: replace(
        made, city=replace(made.city, places={}, appeals=None)
    ),
    "the city's bundles": lambda made: replace(
        made,
        city=replace(
            made.city, bundles=(Bundle(slug="kultur", name="Annat", committees=(COMMITTEE.slug,)),)
        ),
    ),
    "the address": lambda made: replace(made, site="https://example.net"),
    "the day": lambda made: replace(made, today=made.today + timedelta(days=1)),
    "the year": lambda made: replace(made, today=date(2027, 1, 1)),
    "a demonstration": lambda made: replace(made, model=True),
    "a record forgotten": lambda made: replace(made, forgotten=frozenset({"c0" * 32})),
}


@pytest.mark.slow
@pytest.mark.parametrize("altered", CHANGES.values(), ids=CHANGES)
def test_whatever_changed_the_files_are_those_of_a_new_folder(
    altered: Callable[[Edition], Edition],
    old: Publication,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """No file hangs on what its mark does not know: over the old ones or anew, byte for byte."""
    new = tmp_path_factory.mktemp("new")
    made = altered(whole())
    done = again(made, tmp_path, old)
    publish(made, new, now=NOW)
    anew, stands = tree(new), tree(tmp_path)
    assert done.held == ()
    assert {path: stands[path] for path in anew} == anew


@pytest.mark.slow
def test_what_nothing_touched_is_not_even_looked_into(old: Publication, tmp_path: Path) -> None:
    """One meeting moves: its own files are made anew; of others only size and date are asked."""
    body = rot(tmp_path / ICS)
    done = again(first(whole(), title="Extra sammanträde"), tmp_path, old)
    assert (tmp_path / ICS).read_bytes() == body
    assert {OTHER, "boras/moten/5eed.ics"} <= set(done.written)
    assert ICS not in done.written
    assert done.unchanged > len(done.written)


@pytest.mark.slow
@pytest.mark.parametrize("harm", ["gone", "edited", "a twin gone", "a twin edited"])
def test_what_does_not_stand_as_it_was_left_is_mended(
    harm: str, old: Publication, tmp_path: Path
) -> None:
    """Deleted or written by another hand: by its date or its size it is found."""
    before = tree(tmp_path)
    path = tmp_path / (f"{OTHER}.gz" if "twin" in harm else OTHER)
    if "gone" in harm:
        path.unlink()
    else:
        path.write_bytes(b"edited")
    again(whole(), tmp_path, old)
    assert tree(tmp_path) == before


@pytest.mark.slow
def test_without_marks_every_file_is_looked_into(old: Publication, tmp_path: Path) -> None:
    """A new store, or a mended program: what has rotted unseen is written anew."""
    before = tree(tmp_path)
    rot(tmp_path / OTHER)
    again(whole(), tmp_path, old, marks={})
    assert tree(tmp_path) == before


@pytest.mark.slow
def test_what_was_held_back_has_no_mark(old: Publication, tmp_path: Path) -> None:
    """It is judged again by each run until it may go."""
    (tmp_path / OTHER).unlink()
    (tmp_path / OTHER).mkdir()
    done = again(whole(), tmp_path, old)
    assert [held.path for held in done.held] == [OTHER]
    assert OTHER not in done.marks


@pytest.mark.slow
def test_marks_outlast_the_run(last: tuple[Publication, Path]) -> None:
    """They come back from the store's note as they were."""
    marks = last[0].marks
    assert from_note(as_noted(marks)) == marks
    assert files(dict.fromkeys(marks, b"")).keys() == marks.keys()


def test_a_digest_knows_order_and_value() -> None:
    """Not the object: what is equal is the same, in another run too."""
    one, two = revision(meeting()), revision(meeting("b"))
    assert Inputs().digest((one, (two,))) == Inputs().digest((replace(one), (replace(two),)))
    different = [Inputs().digest(it) for it in ((one, two), (two, one), (one,), (one, ()), ())]
    assert len(set(different)) == len(different)
