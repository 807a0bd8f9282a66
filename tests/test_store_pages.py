"""What the store remembers of pages: what they said, whom they named, and what they looked like."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from records.model import ZONE, Committee, Meeting, Provenance
from records.state import Held, PageState, Sighting
from records.store import Store

NOW: Final = datetime(2026, 11, 23, 7, 0, tzinfo=ZONE)
LATER: Final = NOW + timedelta(days=1)
BUCKET: Final = "meeting/kulturnamnden"
MEETING: Final = Meeting(
    id="boras:12.ab",
    uid="12.ab@boras.kallelse",
    committee="kulturnamnden",
    title="Kulturnämnden",
    start=date(2026, 12, 3),
)
PAGE: Final = PageState(
    key="12.ab",
    url="https://example.se/m.12.ab.html",
    kind="meeting",
    source="kulturnamnden",
    status=200,
    checked=NOW,
    region_hash="aa",
)
PROVENANCE: Final = Provenance(url=PAGE.url, fetched=NOW, content_hash="aa", parser=1)
SAID: Final = Sighting(bucket=BUCKET, data={"tid": "18.00", "filer": ("a", None)})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Give a new, empty store."""
    with Store.open(f"sqlite:///{tmp_path / 'kallelse.db'}") as opened:
        yield opened


def test_only_the_buckets_of_changed_sightings_are_touched(store: Store) -> None:
    """What is not touched is not normalised again."""
    other = Sighting(bucket="news/12.cd", data={"rubrik": "Ny park"})
    with store.writing("boras", NOW) as writer:
        writer.saw(PAGE, [SAID, other], b"x")
        assert writer.touched == {BUCKET, "news/12.cd"}
    with store.writing("boras", LATER) as writer:
        writer.saw(PAGE, [other, SAID], None)
        writer.asked(replace(PAGE, status=304))
        assert writer.touched == set()
        writer.saw(PAGE, [other], None)
        assert (writer.touched, writer.sightings(BUCKET)) == ({BUCKET}, [])
        (seen,) = writer.sightings("news/12.cd")
        assert (seen.page, seen.position, seen.sighting) == (PAGE, 0, other)
        writer.asked(replace(PAGE, url="https://example.se/flyttad.12.ab.html"))
        assert writer.touched == {BUCKET, "news/12.cd"}
    assert store.snapshot("boras", PAGE.key) == b"x"


def test_an_identity_once_given_is_kept(store: Store) -> None:
    """A meeting that gets a page of its own later must not become another event."""
    with store.writing("boras", NOW) as writer:
        writer.identify(BUCKET, {"2026-12-03": "a"})
        writer.identify(BUCKET, {"2026-12-03": "b", "12.ab": "a"})
        writer.identify(BUCKET, {})
        assert writer.identities(BUCKET) == {"12.ab": "a", "2026-12-03": "a"}
        assert writer.identities("meeting/kommunstyrelsen") == {}


def test_the_newest_snapshot_and_those_that_made_a_revision_are_kept(
    store: Store, tmp_path: Path
) -> None:
    """Enough to say why we said it; no archive of every page of every day."""
    with store.writing("boras", NOW) as writer:
        writer.save(MEETING, PROVENANCE)
        for content_hash in ("aa", "bb", "cc", "cc"):
            writer.saw(replace(PAGE, region_hash=content_hash), [], content_hash.encode())
        writer.put_held([Held(path="boras/a.ics", since=NOW, reason="mager", digest="d")])
        writer.put_held([])
        assert writer.host("example.se") is None
    with closing(sqlite3.connect(tmp_path / "kallelse.db")) as raw:
        kept = raw.execute("SELECT content_hash FROM snapshot ORDER BY number").fetchall()

    assert kept == [("aa",), ("cc",)]
    assert store.snapshot("boras", PAGE.key) == b"cc"
    assert store.snapshot("boras", "another") is None
    assert store.held("boras") == []


def test_a_page_is_its_record_s_own_by_its_node_or_by_the_name_it_was_given(store: Store) -> None:
    """A page that a meeting got later is that meeting's; a list is nobody's own."""
    moved = replace(MEETING, start=date(2026, 12, 4))
    listing, own = replace(PAGE, key="12.list"), replace(PAGE, key="12.later")
    with store.writing("boras", NOW) as writer:
        for page in (PAGE, listing, own):
            writer.saw(page, [SAID], b"x")
        writer.identify(BUCKET, {"2026-12-03": "12.ab", "node:12.later": "12.ab"})
        writer.save(MEETING, PROVENANCE)
    with store.writing("boras", LATER) as writer:
        writer.save(moved, PROVENANCE)
    every = [PAGE.key, listing.key, own.key, *(f"13.{n}" for n in range(2000))]
    assert dict(store.owners("boras", every)) == {PAGE.key: moved, own.key: moved}
    assert not dict(store.owners("boras", [listing.key]))
    assert not dict(store.owners("another", every))
    assert not dict(store.owners("boras", []))


def test_records_are_counted_by_kind_and_by_committee(store: Store) -> None:
    """A source says how many hang on it; one that moves is counted once, where it is now."""
    second = replace(MEETING, id="boras:12.cd", uid="12.cd@boras.kallelse")
    with store.writing("boras", NOW) as writer:
        writer.save(MEETING, PROVENANCE)
        writer.save(second, PROVENANCE)
    with store.writing("boras", LATER) as writer:
        writer.save(replace(second, committee="kommunstyrelsen"), PROVENANCE)
        writer.save(MEETING, PROVENANCE, withdrawn=True)
    assert store.count("boras", Meeting) == 2
    assert store.counts("boras", Meeting) == {"kulturnamnden": 1, "kommunstyrelsen": 1}
    assert store.count("boras", Committee) == store.count("another", Meeting) == 0
