"""What the store promises: nothing told twice, nothing lost, nothing written without a reason."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from records.codec import from_json
from records.model import (
    ZONE,
    Change,
    Committee,
    Document,
    Meeting,
    NewsItem,
    Notice,
    Place,
    Problem,
    Provenance,
    Record,
)
from records.state import Held, HostState, PageState, RunState, Sighting, SourceState
from records.store import Store
from records.terms import Cause, Classification, Role, Status

NOW: Final = datetime(2026, 11, 23, 7, 0, tzinfo=ZONE)
LATER: Final = NOW + timedelta(days=1)
BUCKET: Final = "meeting/kulturnamnden"
MEETING: Final = Meeting(
    id="boras:12.ab",
    uid="12.ab@boras.kallelse",
    committee="kulturnamnden",
    title="Kulturnämnden",
    start=datetime(2026, 12, 3, 18, 0, tzinfo=ZONE),
    documents_known=True,
)
MOVED: Final = replace(MEETING, start=datetime(2026, 12, 4, 18, 0, tzinfo=ZONE))
PAPERS: Final = Document(
    id="18.ab", name="Handlingar", url="https://example.se/a.pdf", role=Role.PAPERS
)
NEWS: Final = NewsItem(
    id="boras:12.cd", title="Ny park", url="https://example.se/p", committees=("kulturnamnden",)
)
NOTICE: Final = Notice(id="boras:12.ef", title="Protokoll", committee="kulturnamnden")
COMMITTEE: Final = Committee(
    slug="kulturnamnden", name="Kulturnämnden", classification=Classification.COMMITTEE
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
AGAIN: Final = "Rättelse: vi läste fel tidigare. "


@pytest.fixture
def address(tmp_path: Path) -> str:
    """Name a store that does not exist yet."""
    return f"sqlite:///{tmp_path / 'kallelse.db'}"


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """Give a new, empty store."""
    with Store.open(address) as opened:
        yield opened


def _save(
    store: Store, record: Record, now: datetime = NOW, cause: Cause = Cause.CITY
) -> list[tuple[str, str]]:
    with store.writing("boras", now) as writer:
        told = writer.save(record, PROVENANCE, cause=cause)
    return [(change.id, change.text) for change in told]


def _numbered(store: Store) -> tuple[int, datetime, datetime]:
    (newest,) = store.revisions("boras", Meeting)
    return newest.sequence, newest.first_seen, newest.last_changed


def _short(change: Change) -> str:
    return change.id.removeprefix("boras:12.").removesuffix("/1")


def _everything(writer_of: Store, now: datetime) -> int:
    """Write all that one run writes; give how many revisions it made."""
    stamped = replace(PAGE, checked=now)
    with writer_of.writing("boras", now) as writer:
        writer.saw(stamped, [SAID], b"<main>18.00</main>")
        writer.identify(BUCKET, {"2026-12-03": "12.ab"})
        for record in (MEETING, NEWS, NOTICE, COMMITTEE):
            writer.save(record, replace(PROVENANCE, fetched=now))
        writer.put_held([Held(path="boras/a.ics", since=NOW, reason="mager", digest="d")])
        writer.put_note("published", "x")
        writer.put_host(HostState(host="example.se", robots=""))
        source = SourceState(name="kulturnamnden", url=PAGE.url, ok=True, last_good=now)
        writer.put_sources([source])
        writer.finish(RunState(at=now, exit=0, requests=3, counts={"meetings": 1}))
    return writer.revised


def test_a_record_is_new_once_and_the_same_record_twice_is_nothing(store: Store) -> None:
    """Else every run would tell every subscriber of every meeting."""
    assert _save(store, MEETING) == [
        ("boras:12.ab/new/1", "Nytt möte: torsdag 3 december 2026 kl. 18.00")
    ]
    assert _save(store, MEETING, LATER) == []
    assert _numbered(store) == (0, NOW, NOW)
    assert len(store.history("boras", MEETING.id)) == 1


@pytest.mark.parametrize(
    "changed",
    [
        MOVED,
        replace(MEETING, end=datetime(2026, 12, 3, 20, 0, tzinfo=ZONE)),
        replace(MEETING, location=Place(name="Röda rummet")),
        replace(MEETING, status=Status.CANCELLED),
    ],
)
def test_a_change_of_time_place_or_status_raises_the_sequence_by_one(
    store: Store, changed: Meeting
) -> None:
    """A calendar ignores a moved meeting whose SEQUENCE stood still (RFC 5545, 3.8.7.4)."""
    _save(store, MEETING)

    assert len(_save(store, changed, LATER)) == 1
    assert _numbered(store) == (1, NOW, LATER)


def test_a_new_document_raises_only_last_changed(store: Store) -> None:
    """Papers must reach the event without asking everybody whether they still come."""
    _save(store, MEETING)
    told = _save(store, replace(MEETING, documents=(PAPERS,)), LATER)

    assert told == [("boras:12.ab/document-added/18.ab/1", "Handlingar publicerade: Handlingar")]
    assert _numbered(store) == (0, NOW, LATER)


def test_what_no_reader_sees_makes_a_revision_that_moves_no_date(store: Store) -> None:
    """A doubt of ours is kept for `explain`, but no feed is dated anew by it."""
    _save(store, MEETING)
    doubted = replace(MEETING, problems=(Problem(code="end", text="otolkad"),))

    assert _save(store, doubted, LATER) == []
    assert _numbered(store) == (0, NOW, NOW)
    assert [it.record for it in store.history("boras", MEETING.id)] == [MEETING, doubted]


def test_changes_are_numbered_by_kind_and_documents_by_file(store: Store) -> None:
    """An entry's id hangs on it and is for ever; no two happenings may share one."""
    ids = []
    for day, record in enumerate(
        (
            MEETING,
            MOVED,
            replace(MEETING, documents=(PAPERS, replace(PAPERS, id="18.cd", name="Bilaga"))),
            MEETING,
            replace(MEETING, documents=(PAPERS,)),
        )
    ):
        ids += [key for key, _ in _save(store, record, NOW + timedelta(days=day))]

    assert [key.removeprefix("boras:12.ab/") for key in ids] == [
        "new/1",
        "moved/1",
        "moved/2",
        "document-added/18.ab/1",
        "document-added/18.cd/1",
        "document-removed/18.ab/1",
        "document-removed/18.cd/1",
        "document-added/18.ab/2",
    ]


def test_a_gap_in_what_was_told_gives_no_number_twice(store: Store) -> None:
    """A line of the published data was damaged, and a new store adopted the others."""
    told = {"record": "boras:12.ab", "kind": "moved", "text": "Flyttat", "at": NOW.isoformat()}
    second = from_json(Change, told | {"id": "boras:12.ab/moved/2"})
    with store.writing("boras", NOW) as writer:
        writer.recall(second, Meeting)
    _save(store, MEETING, NOW)
    assert [key for key, _ in _save(store, MOVED, LATER)] == ["boras:12.ab/moved/3"]


def test_first_sights_are_told_by_kind(store: Store) -> None:
    """Articles and notices are news; that a committee is listed is not."""
    told = {key for it in (NEWS, NOTICE, COMMITTEE) for key, _ in _save(store, it)}
    assert told == {"boras:12.cd/new/1", "boras:12.ef/notice-posted/1"}


def test_our_correction_is_told_only_where_somebody_would_go_wrong(store: Store) -> None:
    """A mended parser is not the city's news, but a wrong day for a coming meeting is."""
    _save(store, MEETING)
    titled = replace(MOVED, title="Möte", documents=(PAPERS,))
    moved = _save(store, titled, LATER, Cause.CORRECTION)
    newest = store.history("boras", MEETING.id)[-1]

    assert [key for key, _ in moved] == ["boras:12.ab/moved/1"]
    assert moved[0][1].startswith(f"{AGAIN}Flyttat från ")
    assert (newest.sequence, newest.cause) == (1, Cause.CORRECTION)
    assert _save(store, replace(titled, title="Mötet"), LATER, Cause.CORRECTION) == []
    after = datetime(2027, 1, 1, tzinfo=ZONE)
    assert _save(store, replace(titled, start=MEETING.start), after, Cause.CORRECTION) == []


def test_a_correction_of_what_nobody_plans_by_is_told_to_nobody(store: Store) -> None:
    """Articles, past meetings and meetings of an unknown hour follow the same rule."""
    today, yesterday = NOW.date(), NOW.date() - timedelta(days=1)
    found: list[tuple[Record, bool]] = [
        (replace(MEETING, id="boras:1", start=today), True),
        (replace(MEETING, id="boras:2", start=yesterday), False),
        (NEWS, False),
    ]

    for record, told in found:
        assert [
            text.startswith(AGAIN) for _, text in _save(store, record, NOW, Cause.CORRECTION)
        ] == ([True] if told else [])
    assert _save(store, replace(NEWS, title="Ny stor park"), LATER, Cause.CORRECTION) == []


def test_a_withdrawn_record_comes_back_whole(store: Store) -> None:
    """Out of the calendars is not out of memory: id, sequence and first sight are kept."""
    _save(store, MEETING)
    with store.writing("boras", LATER) as writer:
        gone = writer.save(MEETING, PROVENANCE, withdrawn=True)
        assert writer.save(MEETING, PROVENANCE, withdrawn=True) == ()
    (withdrawn,) = store.revisions("boras", Meeting)

    assert [it.id for it in gone] == ["boras:12.ab/withdrawn/1"]
    assert withdrawn.withdrawn
    assert [key for key, _ in _save(store, MEETING, LATER)] == ["boras:12.ab/restored/1"]
    assert _numbered(store) == (0, NOW, LATER)


def test_a_list_of_files_that_was_unknown_for_a_while_tells_nothing_twice(store: Store) -> None:
    """A script that drew no list one day did not unpublish the papers."""
    full = replace(MEETING, documents=(PAPERS,))
    told = [_save(store, it) for it in (full, replace(MEETING, documents_known=False), full)]
    assert told[1:] == [[], []]


def test_files_found_beside_an_unknown_list_are_told_once(store: Store) -> None:
    """Where a script always draws the list, another page may still link to the minutes."""
    lost = replace(MEETING, documents_known=False)
    found = replace(lost, documents=(PAPERS,))
    told = [[key for key, _ in _save(store, it)] for it in (lost, found, lost, found)]

    assert told[1:] == [["boras:12.ab/document-added/18.ab/1"], [], []]


def test_a_run_in_which_nothing_changed_writes_only_stamps_sources_and_itself(
    store: Store, tmp_path: Path
) -> None:
    """What is known may grow for years; a quiet day must not cost more for it."""
    assert _everything(store, NOW) == 4
    with closing(sqlite3.connect(tmp_path / "kallelse.db", isolation_level=None)) as raw:
        names = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type='table'")]
        for table in set(names) - {"page", "source", "run"}:
            for verb in ("INSERT", "UPDATE", "DELETE"):
                raw.execute(
                    f"CREATE TRIGGER {table}_{verb} AFTER {verb} ON {table}"
                    f" BEGIN SELECT RAISE(ABORT, '{verb} {table}'); END"
                )

    assert _everything(store, LATER) == 0
    assert list(store.pages("boras")) == [replace(PAGE, checked=LATER)]
    assert next(store.revisions("boras", Meeting)).provenance.fetched == NOW


def test_all_of_it_is_there_after_a_restart(address: str) -> None:
    """The store is the only memory: the next process knows what the last one knew."""
    with Store.open(address) as first:
        _everything(first, NOW)
        _save(first, MOVED, LATER)
    with Store.open(address) as again:
        assert _save(again, MOVED, LATER) == []
        assert [it.record for it in again.history("boras", MEETING.id)] == [MEETING, MOVED]
        assert list(again.pages("boras")) == [PAGE]
        assert again.snapshot("boras", PAGE.key) == b"<main>18.00</main>"
        assert [it.path for it in again.held("boras")] == ["boras/a.ics"]
        assert [it.name for it in again.sources("boras")] == ["kulturnamnden"]
        assert again.note("boras", "published") == "x"
        assert again.host("example.se") == HostState(host="example.se", robots="")
        run = again.last_run("boras")
        assert run == RunState(at=NOW, exit=0, requests=3, counts={"meetings": 1})


def test_an_exception_leaves_the_store_as_it_was(store: Store) -> None:
    """Half a run is no run: what it had already written is taken back."""
    _save(store, MEETING)

    def fail() -> None:
        with store.writing("boras", LATER) as writer:
            writer.saw(PAGE, [SAID], b"x")
            writer.save(MOVED, PROVENANCE)
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert [it.record for it in store.revisions("boras", Meeting)] == [MEETING]
    assert list(store.pages("boras")) == []
    assert len(list(store.changes("boras"))) == 1


def test_changes_come_newest_first_and_by_committee(store: Store) -> None:
    """A feed is the head of this list."""
    _everything(store, NOW)
    _save(store, replace(MOVED, committee="kommunstyrelsen"), LATER)

    every = ["ab/moved", "ab/text", "ab/new", "cd/new", "ef/notice-posted"]
    assert [_short(it) for it in store.changes("boras")] == every
    assert [_short(it) for it in store.changes("boras", since=LATER)] == ["ab/moved", "ab/text"]
    mine = store.changes("boras", committee="kulturnamnden")
    assert [_short(it) for it in mine] == ["cd/new", "ef/notice-posted"]
    assert list(store.changes("another")) == []
    assert list(store.revisions("boras", Meeting, committee="kulturnamnden")) == []
    (news,) = store.revisions("boras", NewsItem, committee="kulturnamnden")
    assert news.record == NEWS
