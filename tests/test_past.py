"""What is read back of our own data is what we wrote, and nothing else is taken on trust."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, Final

import pytest

from feeds import past
from feeds.exports import jsonl
from feeds.kinds import Kind
from records.model import (
    ZONE,
    Change,
    Committee,
    Meeting,
    NewsItem,
    Notice,
    Provenance,
    R,
    Revision,
)
from records.terms import ChangeKind, Classification

NOW: Final = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
MEETING: Final = Meeting(
    id="boras:1f2e3d",
    uid="1f2e3d@boras.kallelse",
    committee="kulturnamnden",
    title="Kulturnämnden",
    start=date(2026, 12, 3),
)
NEWS: Final = NewsItem(
    id="boras:2a2b2c", title="Ny park", url="https://example.se/p", committees=("kulturnamnden",)
)
NOTICE: Final = Notice(id="boras:3a3b3c", title="Protokoll", committee="kulturnamnden")
BODY: Final = Committee(
    slug="kulturnamnden", name="Kulturnämnden", classification=Classification.COMMITTEE
)
CHANGE: Final = Change(
    id="boras:1f2e3d/document-added/18.ab/1",
    record="boras:1f2e3d",
    kind=ChangeKind.DOCUMENT_ADDED,
    at=NOW,
    text="Handlingar publicerade: Å",
)


def revision(record: R, **more: Any) -> Revision[R]:  # noqa: ANN401 - any field of Revision
    """Give a record as we noticed it."""
    provenance = Provenance(url="https://example.se/", fetched=NOW, content_hash="aa", parser=1)
    given: dict[str, Any] = {
        "first_seen": NOW,
        "last_changed": NOW,
        "sequence": 2,
        "provenance": provenance,
    }
    return Revision(record=record, **(given | more))


DATA: Final[dict[str, bytes]] = {
    Kind.MEETING: jsonl(Kind.MEETING, [revision(MEETING, withdrawn=True)]).encode(),
    Kind.NEWS: jsonl(Kind.NEWS, [revision(NEWS)]).encode(),
    Kind.NOTICE: jsonl(Kind.NOTICE, [revision(NOTICE)]).encode(),
    Kind.COMMITTEE: jsonl(Kind.COMMITTEE, [revision(BODY)]).encode(),
    Kind.CHANGE: jsonl(Kind.CHANGE, [CHANGE]).encode(),
}


def altered(kind: Kind, change: Callable[[dict[str, Any]], object]) -> past.Past:
    """Read the one row of a kind after something was done to it."""
    row = json.loads(DATA[kind])
    change(row)
    return past.read("boras", {str(kind): json.dumps(row).encode()}, NOW)


def test_what_was_exported_is_read_back() -> None:
    """Every kind, whole; a change is filed with the kind of its record."""
    found = past.read("boras", DATA, NOW)
    assert found.left_out == {}
    assert found.revisions == (
        revision(MEETING, withdrawn=True),
        revision(NEWS),
        revision(NOTICE),
        revision(BODY),
    )
    assert found.changes == ((CHANGE, Meeting),)


def test_a_change_of_a_record_that_is_not_there_is_kept() -> None:
    """Its id must never be given again; a notice's own kinds say what it was."""
    posted = Change(
        id="boras:9f9f9f/notice-posted/1",
        record="boras:9f9f9f",
        kind=ChangeKind.NOTICE_POSTED,
        at=NOW,
        text="Anslag",
    )
    data: dict[str, bytes] = {Kind.CHANGE: jsonl(Kind.CHANGE, [CHANGE, posted]).encode()}
    assert past.read("boras", data, NOW).changes == ((CHANGE, Meeting), (posted, Notice))


ROWS: Final[dict[str, tuple[Kind, dict[str, Any]]]] = {
    "another city": (Kind.MEETING, {"id": "lund:1f2e3d"}),
    "a path for an id": (Kind.MEETING, {"id": "boras:../x", "uid": "../x@boras.kallelse"}),
    "a lone surrogate": (Kind.NEWS, {"id": "boras:\ud800"}),
    "another's UID": (Kind.MEETING, {"uid": "4711@boras.kallelse"}),
    "a path for a committee": (Kind.MEETING, {"committee": "../../etc"}),
    "a path for a slug": (Kind.COMMITTEE, {"slug": "a/b"}),
    "a successor that is no slug": (Kind.COMMITTEE, {"successors": ["A B"]}),
    "committees that are no slugs": (Kind.NEWS, {"committees": ["x\n"]}),
    "a notice of no committee's slug": (Kind.NOTICE, {"committee": "Å"}),
    "a sequence below none": (Kind.MEETING, {"sequence": -1}),
    "a sequence beyond calendars": (Kind.MEETING, {"sequence": 2**31}),
    "a year before all": (Kind.MEETING, {"start": "0001-01-01"}),
    "a moment past all": (Kind.MEETING, {"start": "9999-12-31T23:59:59+01:00"}),
    "changed before it was seen": (Kind.MEETING, {"first_seen": "2026-11-23T10:00:00+01:00"}),
    "seen in ten years": (
        Kind.NEWS,
        dict.fromkeys(("first_seen", "last_changed"), "2036-11-23T09:00:00+01:00"),
    ),
    "a moment without a zone": (Kind.NEWS, {"last_changed": "2026-11-23T09:00:00"}),
    "no provenance": (Kind.NEWS, {"provenance": None}),
    "a title that is none": (Kind.NOTICE, {"title": None}),
    "a change told tomorrow": (Kind.CHANGE, {"at": "2026-11-25T09:00:00+01:00"}),
    "a change of another id": (Kind.CHANGE, {"id": "boras:4711/new/1"}),
    "a change without its number": (Kind.CHANGE, {"id": "boras:1f2e3d/document-added/18.ab"}),
    "a change of a kind unknown": (Kind.CHANGE, {"kind": "exploded"}),
    "a change of nobody": (Kind.CHANGE, {"record": "", "id": "/document-added/1"}),
}


@pytest.mark.parametrize(("kind", "values"), ROWS.values(), ids=ROWS)
def test_a_row_that_we_would_not_have_written_is_left_out(
    kind: Kind, values: dict[str, Any]
) -> None:
    """Ids become keys and names of files, dates break calendars: none is taken on trust."""
    found = altered(kind, lambda row: row.update(values))
    assert (found.revisions, found.changes, found.left_out) == ((), (), {kind: 1})


@pytest.mark.parametrize("values", [{"content_hash": "'; --"}, {"parser": -1}, {"parser": "1"}])
def test_a_provenance_that_is_none_is_left_out(values: dict[str, Any]) -> None:
    """It names the page that a record waits for."""
    assert altered(Kind.NEWS, lambda row: row["provenance"].update(values)).revisions == ()


def test_a_field_of_another_release_is_passed_over() -> None:
    """An older program beside newer data keeps what it knows; a newer one fills in what it can."""
    assert altered(Kind.MEETING, lambda row: row.update(weather="sol")).left_out == {}
    assert altered(Kind.MEETING, lambda row: row.pop("webcast")).left_out == {}
    assert altered(Kind.MEETING, lambda row: row.pop("sequence")).left_out == {Kind.MEETING: 1}


def test_what_is_no_row_is_counted_and_an_empty_line_is_none() -> None:
    """A file cut in the middle loses its last line, a line that stands twice counts once."""
    line = DATA[Kind.NOTICE].strip()
    for broken in (line[:-1], b"\xff", b"[" * 100_000, b"1"):
        data: dict[str, bytes] = {Kind.NOTICE: b"\n".join((line, b"", broken))}
        found = past.read("boras", data, NOW)
        assert (len(found.revisions), found.left_out) == (1, {Kind.NOTICE: 1})
    twice = past.read("boras", {Kind.NOTICE: line + b"\n" + line}, NOW)
    assert (len(twice.revisions), twice.left_out) == (1, {Kind.NOTICE: 1})


def test_a_clock_that_is_a_little_ahead_is_believed() -> None:
    """Two machines never agree to the second."""
    ahead = (NOW + timedelta(hours=1)).isoformat()
    assert altered(Kind.NEWS, lambda row: row.update(last_changed=ahead)).left_out == {}


def test_an_article_is_cleaned_again() -> None:
    """It was clean when we wrote it; who knows whose folder it is now."""
    html = "<p>Hej <script>alert(1)</script><a href='javascript:1' onclick='x'>där</a></p>"
    (found,) = altered(Kind.NEWS, lambda row: row.update(content_html=html)).revisions
    assert found.record.content_html == "<p>Hej <a>där</a></p>"
