"""A feed tells what happened, once, under a name that lasts, and as every reader can read it."""

from __future__ import annotations

from calendar import timegm
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from lxml import etree

from editions import (
    AGENDA,
    COMMITTEES,
    NOW,
    SEEN,
    article,
    at,
    change,
    edition,
    meeting,
    revision,
    whole,
)
from feeding import body, read
from feeds.edition import Edition
from feeds.opml import opml
from feeds.syndication import LIMIT, feeds
from feeds.topics import TITLE, Topic
from golden import assert_golden
from records.model import Change
from records.terms import ChangeKind

GOLDEN = Path(__file__).parent / "golden"
LATER = NOW - timedelta(hours=1)


def told(changes: Sequence[Change], count: int = 30) -> Edition:
    """Give a committee with meetings m00, m01 … that these changes tell of."""
    made = [
        revision(meeting(f"m{n:02}", start=at(date(2026, 4, 1) + timedelta(days=n))))
        for n in range(count)
    ]
    return edition(made, changes=sorted(changes, key=lambda c: (-c.at.timestamp(), c.id)))


def news(moment: datetime, numbers: Sequence[int]) -> list[Change]:
    """Give that these meetings were new at that moment."""
    return [change(f"boras:m{n:02}", ChangeKind.NEW, moment) for n in numbers]


@pytest.mark.parametrize("slug", ["kulturnamnden", "alla", "nyheter", "revisorskollegiet"])
def test_golden(slug: str, request: pytest.FixtureRequest) -> None:
    """A reader's file changes only when we mean it to; the last of these has no entry."""
    assert_golden(GOLDEN / f"{slug}.rss", body(whole(), slug), request)


@pytest.mark.parametrize("slug", ["kulturnamnden", "alla", "nyheter", "revisorskollegiet"])
def test_readers_find_no_fault(slug: str) -> None:
    """Every feed says where it stands, whose it is, in which language, and when to ask (F8)."""
    found = read(whole(), slug)
    assert found.feed.language == "sv"
    assert found.feed.ttl == "240"
    assert found.feed.title
    assert found.feed.link.startswith("https://www.example.se")
    (own,) = (link for link in found.feed.links if link.rel == "self")
    assert own.href == f"https://example.org/kallelse/boras/{slug}.rss"
    for entry in found.entries:
        assert entry.title
        assert entry.link.startswith("https://")
        assert entry.published_parsed
        assert entry.guidislink is False


def test_an_entry_is_dated_when_it_was_seen() -> None:
    """Never by the meeting's own date, which lies ahead (F1, F2), nor by the run's (F15)."""
    moved = change("boras:m00", ChangeKind.MOVED, LATER)
    made = told([*news(SEEN, range(5)), moved])
    entry = read(made).entries[0]
    assert timegm(entry.published_parsed) == LATER.timestamp()
    assert entry.id == "tag:boras.kallelse,2026:boras:m00/moved/1"
    assert "Först sett av Kallelse: måndag 2 mars 2026 kl. 06.15" in entry.description
    assert "ny tid" in entry.title
    assert body(made) == body(replace(made, today=date(2026, 3, 30)))


def test_the_first_run_is_one_entry() -> None:
    """A new subscriber is not met by two hundred meetings."""
    (entry,) = read(told(news(SEEN, range(30)))).entries
    assert entry.title == "Kulturnämnden: 30 sammanträden i kalendern"
    assert entry.id == "tag:boras.kallelse,2026:kulturnamnden/summary/2026-01-12"


def test_articles_of_the_first_run_are_told_by_the_city_alone() -> None:
    """They were there before us; the city's own feed shows them, a committee's does not."""
    items = [revision(article(f"n{n}", committees=("kulturnamnden",))) for n in range(2)]
    changes = [
        change("boras:n1", ChangeKind.NEW, LATER),
        change("boras:n0", ChangeKind.NEW),
    ]
    made = edition(news=tuple(items), changes=changes)
    ids = [f"tag:boras.kallelse,2026:boras:n{n}/new/1" for n in (1, 0)]
    assert [entry.id for entry in read(made, "nyheter").entries] == ids
    assert [entry.id for entry in read(made).entries] == ids[:1]


def test_of_a_first_runs_articles_the_newest_are_kept() -> None:
    """A city with years of news is not told by a hundred of them at random (F23)."""
    count = LIMIT + 30
    items = [
        article(f"n{n:03}", published=date(2026, 1, 1) - timedelta(days=n * 37 % count))
        for n in range(count)
    ]
    changes = [change(item.id, ChangeKind.NEW) for item in items]
    found = read(edition(news=tuple(map(revision, items)), changes=changes), "nyheter").entries
    newest = sorted(items, key=lambda item: str(item.published), reverse=True)[:LIMIT]
    assert [entry.link for entry in found] == [item.url for item in newest]


@pytest.mark.parametrize(("count", "entries"), [(10, 10), (11, 1)])
def test_a_mass_publication_is_one_entry(count: int, entries: int) -> None:
    """A whole year's meetings in a day are one piece of news; ten are still ten."""
    made = told([*news(SEEN, [29]), *news(LATER, range(count))])
    found = read(made).entries
    assert len(found) == entries + 1
    if entries == 1:
        assert found[0].title == "Kulturnämnden: 11 nya sammanträden"
        assert found[0].description.count("april 2026") == 11


def test_what_else_happened_that_day_is_told() -> None:
    """Only the new ones are folded; a cancelled meeting is never lost in a summary."""
    cancelled = change("boras:m29", ChangeKind.CANCELLED, LATER)
    made = told([*news(SEEN, [29]), *news(LATER, range(20)), cancelled])
    assert len([e for e in read(made).entries if "inställt" in e.title]) == 1


def test_two_summaries_of_one_day_have_two_names() -> None:
    """A city that publishes its year by halves, both before noon."""
    hour = timedelta(hours=1)
    made = told([*news(SEEN, [29]), *news(LATER, range(11)), *news(LATER + hour, range(11, 23))])
    assert [entry.id.rpartition("summary")[2] for entry in read(made).entries] == [
        "/2026-03-02/2",
        "/2026-03-02",
        "/2026-01-12",
    ]


def test_names_of_entries_last() -> None:
    """What is told keeps its guid when more happens, so nothing is told twice (F3)."""
    first = [*news(SEEN, range(12)), change("boras:m00", ChangeKind.MOVED, LATER)]
    before = {entry.id for entry in read(told(first)).entries}
    again = change("boras:m00", ChangeKind.MOVED, NOW, number=2)
    after = {entry.id for entry in read(told([*first, again, *news(NOW, range(12, 30))])).entries}
    assert before < after
    assert len(after - before) == 2


def test_one_happening_is_one_entry_everywhere() -> None:
    """The committee's feed and the city's give it the same guid and link (F5, F6)."""
    made = whole()
    own = {entry.id: entry.link for entry in read(made).entries}
    every = {entry.id: entry.link for entry in read(made, "alla").entries}
    assert own.items() <= every.items()
    assert len(set(every.values())) == len(every)


def test_guids_say_nothing_of_the_site() -> None:
    """The site can move and nobody is told everything anew."""
    made = whole()
    moved = replace(made, site="https://annan.example/x")
    assert [e.id for e in read(made, "alla").entries] == [e.id for e in read(moved, "alla").entries]


def test_a_document_is_linked_in_the_body() -> None:
    """Kallelse out: the file is one press away."""
    changes = [
        change("boras:1a2b3c", ChangeKind.DOCUMENT_ADDED, LATER, part=AGENDA.id),
        change("boras:1a2b3c", ChangeKind.NEW),
    ]
    made = edition([revision(meeting(documents=(AGENDA,)))], changes=changes)
    entry = read(made).entries[0]
    assert entry.title == "Kulturnämnden 16 mars 2026: nytt dokument (kallelse)"
    assert AGENDA.url in entry.description


def test_a_feed_holds_a_year_and_a_hundred() -> None:
    """Its window moves on the first of a month (F23)."""
    hours = [NOW - timedelta(hours=n) for n in range(LIMIT + 20)]
    changes = [change("boras:m00", ChangeKind.MOVED, h, number=n) for n, h in enumerate(hours)]
    assert len(read(told([*changes, *news(SEEN, [0])])).entries) == LIMIT
    year = told(news(SEEN, range(5)))
    assert len(read(replace(year, today=date(2027, 1, 31))).entries) == 1
    assert len(read(replace(year, today=date(2027, 2, 1))).entries) == 0


def test_every_kind_of_change_has_words() -> None:
    """No happening but another wording is left out, and none is told in English."""
    kinds = [kind for kind in ChangeKind if kind is not ChangeKind.NEW]
    changes = [change("boras:m00", kind, LATER) for kind in kinds]
    found = read(told([*changes, *news(LATER, [2]), *news(SEEN, [0, 1])]))
    assert len(found.entries) == len(kinds) - 1 + 2
    assert len({entry.title for entry in found.entries}) == len(found.entries)


def test_opml_lists_every_feed(request: pytest.FixtureRequest) -> None:
    """A reader takes all feeds in, grouped (F20); one that is not published is not named."""
    made = whole()
    paths = {made.path(f"{feed.slug}.rss") for feed in feeds(made)}
    text = opml(made, paths)
    assert_golden(GOLDEN / "feeds.opml", text, request)
    shown = etree.fromstring(text).xpath("//outline[@type='rss']")
    assert {outline.get("xmlUrl") for outline in shown} == {made.address(path) for path in paths}
    assert all(outline.get("text") == outline.get("title") != "" for outline in shown)
    gone = made.path("kulturnamnden.rss")
    assert gone not in opml(made, paths - {gone}).decode()
    groups = [group.get("text") for group in etree.fromstring(text).xpath("/opml/body/outline")]
    assert groups[:3] == ["Borås Stad", "Ämnen", "Fullmäktige och styrelse"]
    assert groups[-7:] == [TITLE[topic] for topic in Topic]
    assert (len(COMMITTEES) - 1) * 8 + 1 + 10 == len(shown)  # of one committee nothing is known


def test_a_first_run_of_which_nothing_is_left_is_not_told() -> None:
    """Meetings that the city has taken back make no entry about nothing."""
    made = told(news(SEEN, range(3)))
    gone = tuple(replace(item, withdrawn=True) for item in made.meetings)
    assert read(replace(made, meetings=gone)).entries == []


def test_a_city_without_committees_has_its_opml() -> None:
    """Before the first run the file is there, and dated by nothing."""
    root = etree.fromstring(opml(edition(committees=()), {"boras/nyheter.rss"}))
    assert root.xpath("//outline/@text") == ["Borås Stad", "Nyheter"]
    assert root.find("head/dateModified") is None
