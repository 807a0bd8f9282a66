"""Records leave as they are: every field by its name, in lines and tables for any program."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editions import AGENDA, COMMITTEES, article, change, meeting, revision, whole
from feeds.exports import Exported, as_csv, columns, jsonl, rows
from feeds.kinds import Kind
from golden import assert_golden
from records.codec import to_json
from records.model import Meeting, Notice
from records.terms import ChangeKind

GOLDEN = Path(__file__).parent / "golden"


def test_golden(request: pytest.FixtureRequest) -> None:
    """The names of the fields are a promise."""
    assert_golden(GOLDEN / "meeting.jsonl", jsonl(Kind.MEETING, whole().meetings), request)


def test_golden_table(request: pytest.FixtureRequest) -> None:
    """So are the columns."""
    assert_golden(GOLDEN / "meeting.csv", as_csv(Kind.MEETING, whole().meetings), request)


def test_a_record_is_exported_as_it_is() -> None:
    """Missing is null, lists are lists, moments have an offset, and what we noticed is beside."""
    (row,) = rows(Kind.MEETING, [revision(meeting(documents=(AGENDA,)), sequence=3)])
    assert row["end"] is None
    assert row["notices"] == []
    assert row["start"] == "2026-03-16T17:00:00+01:00"
    assert row["documents"][0]["size"] == 123_456
    assert row["sequence"] == 3
    assert row["provenance"]["content_hash"] == "c0ffee"
    assert "withdrawn" not in row
    for name, value in to_json(meeting(documents=(AGENDA,))).items():
        assert row[name] == value


def test_what_is_withdrawn_is_kept_and_says_so() -> None:
    """The export forgets nothing."""
    (row,) = rows(Kind.MEETING, [revision(meeting(), withdrawn=True)])
    assert row["withdrawn"] is True


def test_rows_are_sorted_by_id() -> None:
    """Two exports can be compared line by line."""
    made = [revision(meeting(name)) for name in ("c", "a", "b")]
    assert [row["id"] for row in rows(Kind.MEETING, made)] == ["boras:a", "boras:b", "boras:c"]
    slugs = [row["slug"] for row in rows(Kind.COMMITTEE, map(revision, COMMITTEES))]
    assert slugs == sorted(slugs)


def test_every_kind_is_exported() -> None:
    """Each by its own columns, in the order of the model."""
    notice = Notice(id="boras:1", title="Protokoll", posted=date(2026, 3, 1))
    held: dict[Kind, Exported] = {
        Kind.MEETING: revision(meeting()),
        Kind.NEWS: revision(article()),
        Kind.NOTICE: revision(notice),
        Kind.COMMITTEE: revision(COMMITTEES[0]),
        Kind.CHANGE: change("boras:1", ChangeKind.NEW),
    }
    assert set(held) == set(Kind)
    for kind, item in held.items():
        (row,) = rows(kind, [item])
        assert [name for name in columns(kind) if name in row] == list(row)
        assert next(csv.reader(io.StringIO(as_csv(kind, [item])))) == list(columns(kind))


def test_a_record_of_another_kind_is_refused() -> None:
    """A file never holds what its name does not say."""
    with pytest.raises(ValueError, match="not every record is a news"):
        rows(Kind.NEWS, [revision(meeting())])


def test_swedish_stays_readable() -> None:
    """Real å ä ö, and one object a line."""
    assert "Kulturnämnden, sammanträde" in jsonl(Kind.MEETING, [revision(meeting())])


@given(st.text(st.sampled_from('a\n\r\x85\u2028\u2029\x7f"\\ud\ud800,;=å') | st.characters()))
def test_any_title_is_one_line(title: str) -> None:
    """Whatever a page holds, a line is a record, in UTF-8, and reads back the same."""
    text = jsonl(Kind.MEETING, [revision(meeting(title=title))])
    assert len(text.encode().splitlines()) == len(text.splitlines()) == 1
    assert json.loads(text)["title"] == title


@given(st.text())
def test_any_title_is_one_cell(title: str) -> None:
    """A table keeps its columns, and no spreadsheet runs a title."""
    record: Meeting = meeting(title=title)
    table = as_csv(Kind.MEETING, [revision(record), revision(meeting("z"))])
    found = list(csv.DictReader(io.StringIO(table, newline="")))
    assert len(found) == 2
    assert set(found[0]) == set(columns(Kind.MEETING))
    assert not found[0]["title"].startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_formula_is_text() -> None:
    """The apostrophe is how spreadsheets are told."""
    table = as_csv(Kind.MEETING, [revision(meeting(title="=1+1"))])
    (row,) = csv.DictReader(io.StringIO(table))
    assert row["title"] == "'=1+1"
