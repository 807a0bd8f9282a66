"""What was told stays told as it was: nothing that comes later tells it again, or otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from editions import SEEN, at, meeting, notice
from feeds.entries import entries
from operation.output import edition
from records.model import Meeting, Notice, Provenance, Record
from records.store import Store
from runs import settings
from scraper.cities import load

BORAS: Final = load("boras")
NEXT: Final = SEEN + timedelta(days=1)
LAST: Final = SEEN + timedelta(days=2)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give a new store."""
    with Store.open(f"sqlite:///{tmp_path / 'kallelse.db'}") as made:
        yield made


def save(store: Store, now: datetime, *records: Record, withdrawn: bool = False) -> None:
    """Remember what one run saw."""
    source = Provenance(url="https://www.example.se", fetched=now, content_hash="", parser=1)
    with store.writing("boras", now) as writer:
        for record in records:
            writer.save(record, source, withdrawn=withdrawn)


def told(store: Store) -> dict[str, tuple[str, ...]]:
    """Give in whose feeds each entry stands, by its name without the tag."""
    made = edition(BORAS, store, settings(Path(), "http://127.0.0.1"), LAST, model=False)
    return {one.id.partition(":")[2].partition(":")[2]: one.committees for one in entries(made)}


def of(committee: str, *names: str) -> list[Meeting]:
    """Give meetings of a committee."""
    return [meeting(name, committee=committee, start=at("2026-04-20")) for name in names]


def test_what_a_notice_that_left_began_is_not_begun_again(store: Store) -> None:
    """A committee's first sight was a notice that names people: it leaves, and its summary too."""
    posted = Notice(id="boras:kungorelse-1", title="Kungörelse", committee="kulturnamnden")
    save(store, SEEN, posted)
    save(store, NEXT, *of("kulturnamnden", "a1"))
    later = {"boras:a1/new/1": ("kulturnamnden",)}
    first = {"kulturnamnden/summary/2026-01-12": ("kulturnamnden",)}
    assert told(store) == first | later
    save(store, LAST, posted, withdrawn=True)
    assert told(store) == later


def test_a_meeting_that_changes_committee_takes_no_entry_along(store: Store) -> None:
    """What was told to those who follow the one is not told to those who follow the other."""
    (moved,) = of("kulturnamnden", "a1")
    save(store, SEEN, moved, *of("kulturnamnden", "a2"))
    save(store, NEXT, *of("valnamnden", "b1", "b2"))
    before = told(store)
    assert before == {
        "kulturnamnden/summary/2026-01-12": ("kulturnamnden",),
        "valnamnden/summary/2026-01-13": ("valnamnden",),
    }
    save(store, LAST, replace(moved, committee="valnamnden"))
    assert told(store) == before
    save(store, LAST, replace(moved, committee="valnamnden", start=at("2026-04-21")))
    assert told(store) == before | {"boras:a1/moved/1": ("valnamnden",)}


def test_a_notice_that_loses_its_committee_stays_told(store: Store) -> None:
    """The city corrects it: the entry of before is not called back."""
    minutes = notice()
    save(store, SEEN, *of("kulturnamnden", "a1"))
    save(store, NEXT, minutes)
    before = told(store)
    save(store, LAST, replace(minutes, committee=None))
    assert told(store) == before


def test_two_runs_at_one_moment_are_told_apart(store: Store) -> None:
    """What the second finds does not make a mass of what the first told one by one."""
    save(store, SEEN, *of("kulturnamnden", "a0"))
    save(store, NEXT, *of("kulturnamnden", *(f"a{n}" for n in range(1, 7))))
    before = told(store)
    assert len(before) == 7
    save(store, NEXT, *of("kulturnamnden", *(f"b{n}" for n in range(6))))
    assert before.items() <= told(store).items()
    assert len(told(store)) == 13
    save(store, NEXT, *of("kulturnamnden", *(f"c{n}" for n in range(11))))
    assert len(told(store)) == 14


def test_a_change_remembers_whose_the_record_was(store: Store) -> None:
    """In the store and in the export, from which a lost store is made anew."""
    (moved,) = of("kulturnamnden", "a1")
    save(store, SEEN, moved)
    save(store, NEXT, replace(moved, committee="valnamnden"))
    assert {it.kind: it.committee for it in store.changes("boras")} == {
        "new": "kulturnamnden",
        "text": "valnamnden",
    }
