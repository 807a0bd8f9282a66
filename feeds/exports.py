"""Every record as data for others: JSON Lines and CSV, by the names that the records have."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any, Final, TypeAlias

from feeds.kinds import Kind
from feeds.script import on_a_line
from feeds.text import lines
from records.codec import to_json
from records.model import Change, Committee, Meeting, NewsItem, Notice, Revision, identity

Row: TypeAlias = dict[str, Any]  # a JSON object

Exported: TypeAlias = (
    Revision[Committee] | Revision[Meeting] | Revision[NewsItem] | Revision[Notice] | Change
)
RECORD: Final[Mapping[Kind, type]] = {
    Kind.MEETING: Meeting,
    Kind.NEWS: NewsItem,
    Kind.NOTICE: Notice,
    Kind.COMMITTEE: Committee,
    Kind.CHANGE: Change,
}
"""What a row of each kind tells of."""

FORGOTTEN: Final = "forgotten"
"""The name of the file that says, by their digests alone, what was taken down for good."""

NOTICED: Final = ("sequence", "first_seen", "last_changed", "provenance")
"""What a row adds to the record's own fields."""

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


def rows(kind: Kind, revisions: Iterable[Exported]) -> Iterator[Row]:
    """Give one JSON object for each of one kind, sorted by id (a committee's is its slug).

    ValueError for one that is of another kind.
    """
    found = [(_name(item), item) for item in revisions]
    if any(not isinstance(_told(item), RECORD[kind]) for _, item in found):
        raise ValueError(f"not every record is a {kind}")
    return (_row(item) for _, item in sorted(found, key=lambda pair: pair[0]))


def columns(kind: Kind) -> tuple[str, ...]:
    """Give the names that a row may have, in their order."""
    own = tuple(field.name for field in fields(RECORD[kind]))
    return own if kind is Kind.CHANGE else (*own, *NOTICED, "withdrawn")


def jsonl(kind: Kind, revisions: Iterable[Exported]) -> str:
    """Give one object a line, with real å ä ö."""
    return "".join(f"{on_a_line(row)}\n" for row in rows(kind, revisions))


def digests(names: Iterable[str]) -> str:
    """Give one object a line for each digest of what was taken down."""
    return "".join(f"{on_a_line({'id': name})}\n" for name in sorted(names))


def as_csv(kind: Kind, revisions: Iterable[Exported]) -> str:
    """Give a table with a header (RFC 4180); lists and objects stand as JSON in their cell.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    out = io.StringIO()
    table = csv.DictWriter(out, columns(kind), restval="")
    table.writeheader()
    for row in rows(kind, revisions):
        table.writerow({name: _cell(value) for name, value in row.items()})
    return out.getvalue()


def _told(item: Exported) -> Committee | Meeting | NewsItem | Notice | Change:
    return item if isinstance(item, Change) else item.record


def _name(item: Exported) -> str:
    return item.id if isinstance(item, Change) else identity(item.record)


def _row(item: Exported) -> Row:
    if isinstance(item, Change):
        return dict(to_json(item))
    row = dict(to_json(item.record))
    row |= {name: to_json(getattr(item, name)) for name in NOTICED}
    return row | {"withdrawn": True} if item.withdrawn else row


def _cell(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return on_a_line(value)
    text = lines(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
