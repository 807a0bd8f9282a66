"""One list of entries in three formats: all readers find the same, and no words act in them."""

from __future__ import annotations

import contextlib
import json
import locale
from calendar import timegm
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from lxml import html

from editions import (
    AGENDA,
    COMMITTEES,
    NOW,
    article,
    change,
    edition,
    meeting,
    revision,
    whole,
)
from feeding import FORMATS, body, read
from feeds.edition import Edition
from feeds.formats import Items, inputs, render, style, written
from feeds.lint import lint
from feeds.readback import read as read_back
from feeds.syndication import feeds
from golden import assert_golden
from records.model import AgendaItem, Decision, Meeting
from records.terms import ChangeKind, Role

GOLDEN: Final = Path(__file__).parent / "golden"
LATER: Final = NOW - timedelta(hours=1)
MINUTES: Final = replace(AGENDA, id="18bb", name="Protokoll.pdf", role=Role.MINUTES, size=None)


def json_feed(made: Edition, slug: str = "kulturnamnden") -> dict[str, Any]:
    """Give a feed as JSON has it."""
    found: dict[str, Any] = json.loads(body(made, slug, "json"))
    return found


def published(record: Meeting, kind: ChangeKind, part: str = "", **more: Any) -> Edition:  # noqa: ANN401 - any field
    """Give a city that has told of a meeting's first sight long ago, and of one thing since."""
    told = [change(record.id, kind, LATER, part=part), change(record.id, ChangeKind.NEW)]
    return edition([revision(record)], changes=told, **more)


def facts(made: Edition, slug: str, ending: str) -> list[tuple[str, str, str, float]]:
    """Give id, title, link and moment of each entry, as the format has them."""
    if ending == "json":
        return [
            (
                *(item[name] for name in ("id", "title", "url")),
                datetime.fromisoformat(item["date_published"]).timestamp(),
            )
            for item in json_feed(made, slug)["items"]
        ]
    return [
        (entry.id, entry.title, entry.link, timegm(entry.published_parsed))
        for entry in read(made, slug, ending).entries
    ]


@pytest.mark.parametrize("ending", ["atom", "json"])
@pytest.mark.parametrize("slug", ["kulturnamnden", "nyheter", "revisorskollegiet"])
def test_golden(slug: str, ending: str, request: pytest.FixtureRequest) -> None:
    """A reader's file changes only when we mean it to; the last of these has no entry."""
    assert_golden(GOLDEN / f"{slug}.{ending}", body(whole(), slug, ending), request)


@pytest.mark.parametrize("slug", [feed.slug for feed in feeds(whole())])
def test_one_entry_is_the_same_in_every_format(slug: str) -> None:
    """Who changes from one format to another is told nothing twice (F5)."""
    rss, atom, made = (facts(whole(), slug, ending) for ending in FORMATS)
    assert rss == atom == made


@pytest.mark.parametrize("ending", FORMATS)
def test_no_rule_is_broken_and_the_gate_reads_all(ending: str) -> None:
    """Every feed of the city, by the rules of readers, and as the gate reads it back (F16, F17)."""
    made = whole()
    for feed in feeds(made):
        path, raw = made.path(f"{feed.slug}.{ending}"), render(made, feed, ending)
        assert lint(path, raw) == []
        assert read_back(path, raw).entries == {one.id: one.at for one in feed.entries}


@pytest.mark.parametrize(
    ("ending", "edit"),
    [
        ("atom", lambda raw: raw.replace(b"<feed ", b"<food ").replace(b"</feed>", b"</food>")),
        ("atom", lambda raw: raw.replace(b"<published>20", b"<published>x")),
        ("atom", lambda raw: raw.replace(b'rel="alternate"></link>', b'rel="x"/>')[:-3]),
        ("atom", lambda raw: raw.replace(b"<link ", b"<lank ").replace(b"/link>", b"/lank>")),
        ("json", lambda raw: raw.replace(b'"items"', b'"item"')),
        ("json", lambda raw: raw.replace(b'"url"', b'"link"')),
        ("json", lambda raw: raw.replace(b"+01:00", b"")),
        ("json", lambda raw: raw[:-3]),
        ("json", lambda _: b"[]"),
    ],
)
def test_a_broken_feed_is_not_read_back(ending: str, edit: Callable[[bytes], bytes]) -> None:
    """The gate holds it back: readers would lose what they had."""
    raw = body(whole(), ending=ending)
    assert read_back(f"x.{ending}", raw).fault is None
    assert read_back(f"x.{ending}", edit(raw)).fault


def test_atom_says_whose_and_when() -> None:
    """Ids and dates that last, both links, the language, an author above all entries (F14)."""
    found = read(whole(), "alla", "atom")
    assert found.version == "atom10"
    assert found.feed.id == "tag:boras.kallelse,2026:alla"
    assert found.feed.language == "sv"
    assert found.feed.author == "Kallelse"
    rels = {link.rel: link.href for link in found.feed.links}
    assert rels["self"] == "https://example.org/kallelse/boras/alla.atom"
    assert rels["alternate"] == "https://www.example.se"
    assert found.feed.updated == "2026-03-01T07:15:00+01:00"
    assert {entry.author for entry in found.entries} <= {
        *(body.name for body in COMMITTEES),
        "Borås Stad",
    }


@pytest.mark.parametrize("ending", FORMATS)
def test_a_feed_is_dated_by_what_it_tells(ending: str) -> None:
    """Not by the run, and one that has nothing to tell by a day that never moves (F8, F15)."""
    made = published(meeting(), ChangeKind.MOVED)
    later = replace(made, today=NOW.date() + timedelta(days=20))
    assert body(made, ending=ending) == body(later, ending=ending)
    empty = edition()
    assert body(empty, ending=ending) == body(replace(empty, today=later.today), ending=ending)


def test_a_slip_of_the_first_hour_moves_updated_alone() -> None:
    """What was corrected is told anew, and stays where it stood (F15)."""
    record = meeting(documents=(AGENDA,))
    first = change(record.id, ChangeKind.DOCUMENT_ADDED, LATER, part=AGENDA.id)
    slip = change(record.id, ChangeKind.DOCUMENT_REPLACED, NOW, part=AGENDA.id)
    seen = change(record.id, ChangeKind.NEW)
    made = edition([revision(record)], changes=[slip, first, seen])
    item = json_feed(made)["items"][0]
    assert datetime.fromisoformat(item["date_published"]) == LATER
    assert datetime.fromisoformat(item["date_modified"]) == NOW
    entry = read(made, ending="atom").entries[0]
    assert timegm(entry.updated_parsed) == NOW.timestamp()
    assert "date_modified" not in json_feed(published(record, ChangeKind.MOVED))["items"][0]


def test_rss_has_one_enclosure_and_the_others_all() -> None:
    """The file that the entry is about, when its size is known; each is a link too (F10-F12)."""
    papers = replace(AGENDA, id="18cc", name="Bilaga.pdf", role=Role.PAPERS)
    made = edition(
        [revision(meeting("m0")), revision(meeting(documents=(papers, AGENDA, MINUTES)))],
        changes=[
            change("boras:1a2b3c", ChangeKind.NEW, LATER),
            change("boras:m0", ChangeKind.NEW),
        ],
    )
    (rss, *_), (atom, *_) = (read(made, ending=ending).entries for ending in ("rss", "atom"))
    assert [(one.href, one.length, one.type) for one in rss.enclosures] == [
        (AGENDA.url, "123456", "application/pdf")
    ]
    names = [AGENDA.name, MINUTES.name, papers.name]
    assert [one.title for one in atom.enclosures] == names
    (item, _) = json_feed(made)["items"]
    assert [one["title"] for one in item["attachments"]] == names
    assert "size_in_bytes" not in item["attachments"][1]
    links = html.fromstring(item["content_html"]).xpath("//a[contains(., '.pdf')]/@href")
    assert links == [papers.url, AGENDA.url, MINUTES.url]
    unknown = published(meeting(documents=(MINUTES,)), ChangeKind.DOCUMENT_ADDED, MINUTES.id)
    assert read(unknown).entries[0].enclosures == []


def test_a_file_that_is_told_of_later_is_no_part_of_the_first_entry() -> None:
    """Else the first entry would change with each new paper, and readers show it as new."""
    record = meeting(documents=(AGENDA, MINUTES))
    told = [
        change(record.id, ChangeKind.DOCUMENT_ADDED, NOW, part=MINUTES.id),
        change(record.id, ChangeKind.NEW, LATER),
        change("boras:m0", ChangeKind.NEW),
    ]
    made = edition([revision(record), revision(meeting("m0"))], changes=told)
    items = json_feed(made)["items"]
    assert [[one["title"] for one in item["attachments"]] for item in items[:2]] == [
        [MINUTES.name],
        [AGENDA.name],
    ]


def test_decisions_and_agenda_stand_in_the_entry() -> None:
    """What was decided is read where it is told, after the plain words (F9)."""
    record = meeting(
        agenda=(AgendaItem(number="1", title="Upprop"),),
        decisions=(Decision(title="Lekplats", text="Bifall."),),
        documents=(AGENDA,),
    )
    decided = read(published(record, ChangeKind.DECISIONS_PUBLISHED)).entries[0]
    assert "<li>Lekplats: Bifall.</li>" in decided.content[0].value
    assert "Upprop" not in decided.content[0].value
    summoned = read(published(record, ChangeKind.DOCUMENT_ADDED, AGENDA.id)).entries[0]
    assert "<li>1 Upprop</li>" in summoned.content[0].value
    moved = body(published(record, ChangeKind.MOVED))
    assert b"content:encoded" not in moved


def test_news_are_title_and_introduction_unless_they_are_wanted_whole() -> None:
    """The text and the picture are the city's: who publishes them says so."""
    item = article(
        content_html='<p>Ett bad.</p><h2>Mer</h2><p><a href="https://www.example.se/x">x</a></p>',
        image="https://www.example.se/bad.jpg",
        image_text="Ett bad & en bro",
    )
    made = edition(news=(revision(item),), changes=[change(item.id, ChangeKind.NEW)])
    for ending in FORMATS:
        short = body(made, "nyheter", ending)
        assert b"Ett nytt bad" in short
        assert b"<h2>" not in short
        assert b"bad.jpg" not in short
    (shown,) = json_feed(replace(made, news_body=True), "nyheter")["items"]
    assert shown["image"] == item.image
    assert "<h2>Mer</h2>" in shown["content_html"]
    assert 'alt="Ett bad &amp; en bro"' in shown["content_html"]
    entry = read(replace(made, news_body=True), "nyheter").entries[0]
    assert "<h2>Mer</h2>" in entry.content[0].value


def test_an_entry_is_written_once_for_all_its_feeds() -> None:
    """Its committee's feed, the city's, the bundle's, the kinds': the work is done once."""
    made, items = whole(), Items()
    (own,) = (feed for feed in feeds(made) if feed.slug == "kulturnamnden")
    entry = own.entries[0]
    assert items.item("rss", entry) is items.item("rss", entry)
    given: Any = inputs(made, own, "rss")
    assert written(*given, items=items) == render(made, own, "rss")


def test_the_style_sheet_is_plain_css() -> None:
    """Browsers drop XSLT, and a sheet that loads anything would tell on its readers (F18)."""
    for ending in ("rss", "atom"):
        first, second, *_ = body(whole(), ending=ending).split(b"\n")
        assert first == b'<?xml version="1.0" encoding="utf-8"?>'
        assert second == b'<?xml-stylesheet type="text/css" href="../feed.css"?>'
    assert b"url(" not in style()
    assert b"@import" not in style()


def test_a_guid_is_made_of_no_title_and_no_address() -> None:
    """The city renames a meeting and moves its page, and nobody is told anew (F4)."""
    record = meeting(documents=(AGENDA,))
    other = replace(
        record,
        title="Kulturnämndens sammanträde",
        url="https://www.example.se/tidigarear/x.5.1a2b3c.html",
        documents=(replace(AGENDA, name="Ny.pdf", url="https://www.example.se/ny.pdf"),),
    )
    for ending in FORMATS:
        before, after = (
            [one[0] for one in facts(published(it, ChangeKind.MOVED), "kulturnamnden", ending)]
            for it in (record, other)
        )
        assert before == after == sorted(set(before), key=before.index)


def test_a_body_is_named_and_no_address_is_made_up() -> None:
    """An <author> of RSS is a mail address, and nobody here has one (F13)."""
    made = published(meeting(), ChangeKind.MOVED)
    raw = body(made)
    assert b"<author>" not in raw
    assert raw.count(b"<dc:creator>Kulturn\xc3\xa4mnden</dc:creator>") == 2
    assert [entry.author for entry in read(made).entries] == ["Kulturnämnden"] * 2


def test_json_feed_says_what_it_is() -> None:
    """Version, language, both addresses, authors, and ids that are text (F16)."""
    found = json_feed(whole(), "alla")
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert found["language"] == "sv"
    assert found["feed_url"] == "https://example.org/kallelse/boras/alla.json"
    assert found["home_page_url"] == "https://www.example.se"
    assert found["authors"] == [{"name": "Kallelse"}]
    assert all(item["authors"] and item["content_html"] for item in found["items"])
    assert all(isinstance(item["id"], str) for item in found["items"])
    assert not [part for part in (found, *found["items"]) if "author" in part]


@pytest.mark.parametrize("place", ["sv_SE.UTF-8", "C"])
def test_dates_know_no_language(place: str) -> None:
    """Swedish weekdays in a date break readers, wherever the machine stands (F7)."""
    before = locale.setlocale(locale.LC_TIME)
    try:
        with contextlib.suppress(locale.Error):
            locale.setlocale(locale.LC_TIME, place)
        raw = body(published(meeting(), ChangeKind.MOVED))
    finally:
        locale.setlocale(locale.LC_TIME, before)
    assert b"<pubDate>Mon, 02 Mar 2026 06:15:00 +0100</pubDate>" in raw


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a\nhttps://x.example/b", '<a href="https://x.example/b">a</a>'),
        (
            "https://x.example/a\nhttps://x.example/b",
            (
                '<a href="https://x.example/a">https://x.example/a</a><br/>\n'
                '<a href="https://x.example/b">https://x.example/b</a>'
            ),
        ),
        (
            "a\nhttps://x.example/b\nhttps://x.example/c",
            (
                '<a href="https://x.example/b">a</a><br/>\n'
                '<a href="https://x.example/c">https://x.example/c</a>'
            ),
        ),
        ("a\nhttps://[x/y", "a<br/>\nhttps://[x/y"),
        ("se https://x.example/?a=1&b.", 'se <a href="https://x.example/?a=1&amp;b">'),
        ("<b> & javascript:x", "&lt;b&gt; &amp; javascript:x"),
    ],
)
def test_addresses_are_links(words: str, shown: str) -> None:
    """A line leads to the address below it; what is no address that can be opened stays words."""
    made = published(meeting(), ChangeKind.MOVED)
    changed = replace(made.changes[0], text=words)
    item = json_feed(replace(made, changes=(changed, made.changes[1])))["items"][0]
    assert item["content_html"].startswith(f"<p>{shown}")
