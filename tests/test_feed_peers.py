"""Readers by other hands find in every feed what we wrote, and every exported line its schema."""

from __future__ import annotations

import json
from calendar import timegm
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit, urlunsplit

import feedparser
import pytest

from editions import NOW, change, meeting, notice, revision, whole
from feeding import FORMATS, node
from feeds import formats, week
from feeds.edition import Edition
from feeds.exports import Exported, as_csv, jsonl
from feeds.json_schema import DIALECT, schema
from feeds.kinds import Kind
from feeds.readback import read
from feeds.syndication import feeds
from feeds.watching import Watched
from records.model import AgendaItem, Decision, Place, Problem
from records.terms import ChangeKind


def by_feedparser(paths: Iterable[Path]) -> list[list[dict[str, str]]]:
    """Give what feedparser finds in feeds, as the scripts of `tests/peers` do."""
    return [
        [
            {
                "id": entry.id,
                "title": entry.title,
                "link": entry.link,
                "date": stamp(timegm(entry.published_parsed)),
            }
            for entry in feedparser.parse(path.read_bytes()).entries
        ]
        for path in paths
    ]


def by_feedsmith(paths: Iterable[Path]) -> list[list[dict[str, str]]]:
    """Give the same as feedsmith finds it."""
    return list(node("feedsmith", "feeds.mjs", "feedsmith", *paths))


def by_extractor(paths: Iterable[Path]) -> list[list[dict[str, str]]]:
    """Give the same as feed-extractor finds it; it cuts fragments off, and names the root."""
    return list(node("@extractus/feed-extractor", "feeds.mjs", "feed-extractor", *paths))


def stamp(seconds: float) -> str:
    """Write a moment as all readers here give it."""
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S.000Z}"


ADDRESS: Final = "https://example.org/kallelse/boras/data/{}.schema.json"
READERS: Final[dict[str, Callable[[Iterable[Path]], list[list[dict[str, str]]]]]] = {
    "feedparser": by_feedparser,
    "feedsmith": by_feedsmith,
    "feed-extractor": by_extractor,
}


def rooted(link: str) -> str:
    """Give a link as feed-extractor does."""
    parts = urlsplit(link)
    return urlunsplit(parts._replace(path=parts.path or "/", fragment=""))


def everything() -> Edition:
    """Give a city with every kind of feed."""
    made = replace(whole(), watches=(Watched(slug="kallelse", words=("Kallelse",)),))
    return replace(made, told=tuple(week.tell(made)), news_body=True)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("ending", FORMATS)
def test_readers_agree(reader: str, ending: str, tmp_path: Path) -> None:
    """Id, title, link and date of every entry of every feed, in the order in which they stand."""
    if (reader, ending) == ("feedparser", "json"):
        return  # it reads no JSON Feed; the two others do
    made = everything()
    written = {
        tmp_path / f"{number}.{ending}": feed
        for number, feed in enumerate(feeds(made))
        if feed.entries or (reader, ending) != ("feed-extractor", "atom")  # it takes it for none
    }
    for path, feed in written.items():
        path.write_bytes(formats.render(made, feed, ending))
    found = READERS[reader](list(written))
    assert found == [
        [
            {
                "id": entry.id,
                "title": entry.title,
                "link": rooted(entry.link) if reader == "feed-extractor" else entry.link,
                "date": stamp(entry.at.timestamp()),
            }
            for entry in feed.entries
        ]
        for feed in written.values()
    ]
    assert sum(map(len, found)) > 20


def exported(kind: Kind) -> list[Exported]:
    """Give records of a kind of which every field says something, and of which none does."""
    made = whole()
    full = meeting(
        "full",
        end=date(2026, 3, 17),
        times=((time(9), "upprop"),),
        public_from=NOW,
        webcast=True,
        location=Place(name="x", address="y", online=True, url="https://x.example"),
        agenda=(AgendaItem(title="a", number="1", reference="KS 1", code="b"),),
        decisions=(Decision(title="a", text="b"),),
        problems=(Problem(code="a", text="b"),),
    )
    held: dict[Kind, list[Exported]] = {
        Kind.MEETING: [*made.meetings, revision(full), revision(meeting("bare", location=None))],
        Kind.NEWS: list(made.news),
        Kind.NOTICE: [*made.notices, revision(notice("gone"), withdrawn=True)],
        Kind.COMMITTEE: list(made.committees),
        Kind.CHANGE: [*made.changes, replace(change("boras:x", ChangeKind.TEXT), stated=NOW)],
    }
    return held[kind]


@pytest.mark.parametrize("kind", Kind)
def test_every_line_holds_by_its_schema(kind: Kind, tmp_path: Path) -> None:
    """Whoever reads the data may rely on what is published of its form."""
    rules, lines = tmp_path / "schema.json", tmp_path / "lines.jsonl"
    rules.write_bytes(schema(kind, ADDRESS.format(kind)))
    lines.write_text(jsonl(kind, exported(kind)))
    assert node("ajv", "schema.mjs", rules, lines) == []


@pytest.mark.parametrize("kind", Kind)
def test_a_line_of_another_form_breaks_the_schema(kind: Kind, tmp_path: Path) -> None:
    """A schema by which everything holds would promise nothing."""
    rules, lines = tmp_path / "schema.json", tmp_path / "lines.jsonl"
    rules.write_bytes(schema(kind, ADDRESS.format(kind)))
    row = json.loads(jsonl(kind, exported(kind)).splitlines()[0])
    edits = [{**row, "more": 1}, {**row, "url": 7, "text": 7}]
    needed = row.keys() - {"withdrawn"}
    edits += [{name: row[name] for name in row if name != left} for left in sorted(needed)]
    lines.write_text("".join(f"{json.dumps(edit)}\n" for edit in edits))
    broken = {number for number, _ in node("ajv", "schema.mjs", rules, lines)}
    assert broken == set(range(1, len(edits) + 1))


@pytest.mark.parametrize("kind", Kind)
def test_schema_and_table_are_read_back(kind: Kind) -> None:
    """The gate lets them out; a table names as many records as the lines do."""
    raw = schema(kind, ADDRESS.format(kind))
    told = json.loads(raw)
    assert told["$schema"] == DIALECT
    assert told["$id"] == ADDRESS.format(kind)
    assert read(f"boras/data/{kind}.schema.json", raw).fault is None
    assert read("boras/data/x.schema.json", b"[]").fault
    table = as_csv(kind, exported(kind)).encode()
    lines = jsonl(kind, exported(kind)).encode()
    found = read(f"boras/data/{kind}.csv", table)
    assert found.fault is None
    assert set(found.entries) == set(read(f"boras/data/{kind}.jsonl", lines).entries)
    assert read("boras/data/x.csv", table[:-2]).fault
    assert read("boras/data/x.csv", b"id,title\r\na\r\n").fault
