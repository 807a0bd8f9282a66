"""What was published before, read back from its own data: each line is judged alone.

The folder may be damaged, or another's: nothing is taken from it that we would not have written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final

import nh3

from feeds import told
from feeds.exports import FORGOTTEN, NOTICED, RECORD
from feeds.kinds import Kind
from feeds.text import line, lines, web
from records.codec import from_json
from records.model import (
    ZONE,
    Change,
    Committee,
    Meeting,
    NewsItem,
    Notice,
    Record,
    Revision,
    Told,
    identity,
)
from records.terms import ChangeKind

EARLIEST: Final = date(1970, 1, 1)
LATEST: Final = date(2200, 1, 1)
"""Between these days lies every date that a city could mean; others break calendars."""

SKEW: Final = timedelta(days=1)
"""How far the clock of the machine that published may have been ahead of ours."""

_MOST: Final = 2**31 - 1  # of SEQUENCE (RFC 5545, 3.3.8)
_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
_LOCAL: Final = re.compile(r"[a-z0-9][a-z0-9.-]{0,199}")
_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_HASH: Final = re.compile(r"[0-9a-f]{0,64}")
_TOLD: Final = re.compile(r"(?:/[!-.0-~]{1,200})?/[1-9]\d{0,8}")
_TOLD_OF: Final = re.compile(
    r"[a-z0-9][a-z0-9-]{0,99}/(?:week|outage|back)/\d{4}-\d\d-\d\d(?:/[1-9]\d{0,3})?"
)
_ABOUT: Final[Mapping[ChangeKind, type[Record]]] = {
    ChangeKind.NOTICE_POSTED: Notice,
    ChangeKind.NOTICE_REMOVED: Notice,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """Records and changes of before, each change with the kind of its record.

    `told` hangs on no record. `left_out` counts, by file, the lines that cannot be believed.
    `forgotten` are the digests of what was taken down for good.
    """

    revisions: tuple[Revision[Any], ...] = ()
    changes: tuple[tuple[Change, type[Record]], ...] = ()
    told: tuple[Told, ...] = ()
    left_out: Mapping[str, int]
    forgotten: frozenset[str] = frozenset()


def read(city: str, data: Mapping[str, bytes], now: datetime) -> Past:
    """Read back what was written to each file of data; a line that stands twice counts once.

    What is dated after `now` was written by a clock that was wrong, or by a hand: it is left out.
    """
    revisions: list[Revision[Any]] = []
    changes: list[Change] = []
    left_out: dict[str, int] = {}
    for kind in Kind:
        made = partial(_change if kind is Kind.CHANGE else _revision, city, kind)
        found, left_out[kind] = _believed(made, data.get(kind, b""), now)
        (changes if kind is Kind.CHANGE else revisions).extend(found)
    taken_down, left_out[FORGOTTEN] = _digests(data.get(FORGOTTEN, b""))
    entries, left_out[told.FILE] = _believed(_told, data.get(told.FILE, b""), now)
    kinds = {identity(one.record): type(one.record) for one in reversed(revisions)}
    about = (
        (change, _ABOUT.get(change.kind) or kinds.get(change.record, Meeting)) for change in changes
    )
    return Past(
        revisions=tuple(revisions),
        changes=tuple(about),
        told=tuple(entries),
        left_out={file: count for file, count in left_out.items() if count},
        forgotten=taken_down,
    )


def _believed(
    made: Callable[[dict[str, Any], datetime], Any], body: bytes, now: datetime
) -> tuple[list[Any], int]:
    """Give what the lines of a file tell, each once, and how many are left out."""
    found: dict[str, Any] = {}
    left_out = 0
    for row in _rows(body):
        item = _judged(made, row, now + SKEW)
        name = None if item is None else _name(item)
        if name is None or name in found:
            left_out += 1
        else:
            found[name] = item
    return list(found.values()), left_out


def _digests(body: bytes) -> tuple[frozenset[str], int]:
    """Give the digests of what was taken down, and how many lines hold none."""
    names = [row.get("id") if isinstance(row, dict) else None for row in _rows(body)]
    found = [name for name in names if isinstance(name, str) and _DIGEST.fullmatch(name)]
    return frozenset(found), len(names) - len(found)


def _rows(body: bytes) -> Iterator[object]:
    """Give what each line holds; None for one that is no JSON."""
    for row in body.split(b"\n"):
        if row:
            try:
                yield json.loads(row)
            except (ValueError, RecursionError):  # no text, no JSON, or a thousand brackets
                yield None


def _judged(made: Callable[[dict[str, Any], datetime], Any], row: object, latest: datetime) -> Any:  # noqa: ANN401 - a revision of any record, a change, or an entry
    """Give what a row tells, None for what cannot be believed."""
    try:
        return made(row, latest) if isinstance(row, dict) else None
    except (ValueError, KeyError):
        return None


def _name(item: Revision[Any] | Change | Told) -> str:
    return identity(item.record) if isinstance(item, Revision) else item.id


def _revision(city: str, kind: Kind, row: dict[str, Any], latest: datetime) -> Revision[Any] | None:
    held: Any = RECORD[kind]
    own = {field.name: row[field.name] for field in fields(held) if field.name in row}
    noticed = {name: row[name] for name in NOTICED}
    withdrawn = row.get("withdrawn", False)
    whole: Any = Revision[held]
    found: Revision[Any] = from_json(whole, {"record": own, "withdrawn": withdrawn, **noticed})
    believed = (
        0 <= found.sequence <= _MOST
        and found.first_seen <= found.last_changed <= latest
        and _HASH.fullmatch(found.provenance.content_hash)
        and found.provenance.parser >= 0
        and _named(city, found.record)
        and all(EARLIEST <= day < LATEST for day in _days(found))
    )
    return replace(found, record=_clean(found.record)) if believed else None


def _told(row: dict[str, Any], latest: datetime) -> Told | None:
    found = from_json(Told, row)
    believed = (
        _TOLD_OF.fullmatch(found.id)
        and found.at <= latest
        and all(EARLIEST <= day < LATEST for day in _days(found))
        and web(found.link) == found.link
    )
    clean = replace(found, title=line(found.title), body=lines(found.body))
    return clean if believed and clean.title else None


def _change(city: str, _: Kind, row: dict[str, Any], latest: datetime) -> Change | None:
    own = {field.name: row[field.name] for field in fields(Change) if field.name in row}
    found = from_json(Change, own)
    start = f"{found.record}/{found.kind}"
    believed = (
        (_ours(city, found.record) or _SLUG.fullmatch(found.record))
        and found.id.startswith(start)
        and _TOLD.fullmatch(found.id.removeprefix(start))
        and (found.committee is None or _SLUG.fullmatch(found.committee))
        and (found.previous or found.at) <= found.at <= latest
        and all(EARLIEST <= day < LATEST for day in _days(found))
    )
    return found if believed else None


def _ours(city: str, name: str) -> bool:
    start, _, local = name.partition(":")
    return start == city and _LOCAL.fullmatch(local) is not None


def _named(city: str, record: Record) -> bool:
    """Say whether a record's names are such as we give: they become keys, and parts of paths."""
    match record:
        case Committee(slug=slug, successors=successors):
            names = (slug, *successors)
        case Meeting(id=id_, uid=uid, committee=slug):
            if uid != f"{id_.partition(':')[2]}@{city}.kallelse":
                return False
            names = (slug,)
        case NewsItem(committees=committees):
            names = committees
        case _:
            names = () if record.committee is None else (record.committee,)
    own = isinstance(record, Committee) or _ours(city, record.id)
    return own and all(_SLUG.fullmatch(name) for name in names)


def _days(value: object) -> Iterator[date]:
    """Give every day in a record or what it holds."""
    if isinstance(value, datetime):
        yield value.astimezone(ZONE).date()
    elif isinstance(value, date):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _days(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _days(getattr(value, field.name))


def _clean(record: Record) -> Record:
    """Take out of an article what could act in a reader's browser; we wrote it without."""
    if isinstance(record, NewsItem) and record.content_html is not None:
        return replace(record, content_html=nh3.clean(record.content_html, link_rel=None))
    return record
