"""An article comes from its page, its rows and a feed; each field says by which, and what differs.

It belongs to the committees that it links to, and to those that its title names.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from operation.absence import Watch
from operation.gathering import gather
from reading import KS, MEETING, NOW, ROOT, meeting_url, seen
from records.model import ZONE, NewsItem, Provenance, Revision
from records.store import Store
from scraper import normalise
from scraper.articles import MATCHED, lasting, news
from scraper.cities import load
from scraper.crawl import Read
from scraper.lines import Line
from scraper.raw import RawNews

BORAS = load("boras")
URL = f"{ROOT}/nyheter/nyheter/besluten.5.2f2b506b.html"
PAGE = RawNews(where="page", url=URL, node="2f2b506b", title="Besluten", summary="Ingressen hel")
ROW = replace(PAGE, where="list", summary="Ingressen ...")
FEED = replace(PAGE, where="feed", summary=None)
ORGANISATION = f"{ROOT}/kommunochpolitik/kommunensorganisation"
KULTUR = f"{ORGANISATION}/namnder/kulturnamnden.4.3f2b506b.html"
LISTING = f"{ORGANISATION}/kommunfullmaktige/handlingarochprotokoll.4.4f2b506b.html"


def made(*raws: RawNews, **more: Any) -> tuple[NewsItem, Provenance]:  # noqa: ANN401 - as `news` has it
    """Give the article that these sightings make, and where it came from."""
    found = news(BORAS, [seen(raw, key=f"p{n}") for n, raw in enumerate(raws)], **more)
    assert found is not None
    return found.record, found.provenance


def article(*raws: RawNews) -> NewsItem:
    """Give the article that these sightings make."""
    return made(*raws)[0]


def test_nothing_seen_is_no_article() -> None:
    """A bucket may be empty."""
    assert news(BORAS, []) is None


def test_page_row_and_feed_are_one_article() -> None:
    """The page's words before any list's; the id is the page's node."""
    item = article(FEED, ROW, replace(PAGE, title="Besluten, rättad"))
    assert (item.id, item.title) == ("boras:2f2b506b", "Besluten, rättad")
    assert (item.summary, item.url) == ("Ingressen hel", URL)
    item, told = made(FEED, replace(ROW, title="Raden"))
    assert (item.title, told.signals["title"], told.url) == ("Raden", "list", URL)


@pytest.mark.parametrize(
    ("page", "row", "feed", "summary", "signal"),
    [
        ("Slutar så...", "Hel.", None, "Slutar så...", "page"),  # the city may write so itself
        (None, "Kapad ...", None, "Kapad ...", "list"),
        (None, "Kapad …", "Hel.", "Hel.", "feed"),
        (None, "Hel.", "Hel och lång.", "Hel.", "list"),
        (None, None, None, None, None),
    ],
)
def test_a_cut_introduction_outdoes_no_whole_one(
    page: str | None, row: str | None, feed: str | None, summary: str | None, signal: str | None
) -> None:
    """Lists cut at about 160 characters."""
    raws = [replace(raw, summary=text) for raw, text in ((PAGE, page), (ROW, row), (FEED, feed))]
    item, told = made(*raws)
    assert (item.summary, told.signals.get("summary")) == (summary, signal)


def test_an_article_without_node_is_known_by_its_path() -> None:
    """Paths that differ in letters that an id cannot have are two articles."""
    paths = ("/nyheter/a b", "/nyheter/a/b", "/nyheter/å-b", "/nyheter/" + "a" * 99)
    items = [article(replace(PAGE, node=None, url=ROOT + path)) for path in paths]
    assert len({item.id for item in items}) == len(paths)
    assert items[0].id == article(replace(PAGE, node=None, url=f"{ROOT}/nyheter/a b/?x#y")).id
    assert items[0].id.startswith("boras:nyheter-a-b-")


def at(hour: int, minute: int = 0) -> datetime:
    """Give an hour of 20 November 2026."""
    return datetime(2026, 11, 20, hour, minute, tzinfo=ZONE)


DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("raws", "published", "signal"),
    [
        ((replace(PAGE, published="2026-11-20 10.00"),), at(10), "page"),
        ((replace(PAGE, stamps=("2026-11-20T10:00:31+01:00",)),), at(10), "page"),
        ((replace(PAGE, stamps=("2026-11-20T09:00:00Z",)),), at(10), "page"),
        ((replace(PAGE, published="20 november 2026 10:00", stamps=("2026-11-20",)),), at(10),
         "page"),
        ((replace(PAGE, stamps=("2026-11-20",)),), DAY, "page"),
        ((replace(PAGE, stamps=("2026-11-20T00:00:00+01:00",)),), DAY, "page"),
        ((replace(PAGE, published="20 november 2026", stamps=("2026-11-20T23:59:00+01:00",)),),
         DAY, "page"),
        ((replace(PAGE, published="2026-11-20 23.59"),), at(23, 59), "page"),
        ((replace(PAGE, published="20 november"),), DAY, "page"),
        ((PAGE, replace(ROW, published="20 november 2026")), DAY, "list"),
        ((replace(PAGE, published="2026-11-20"), replace(ROW, published="2026-11-20 10.00")),
         at(10), "list"),
        ((PAGE, replace(FEED, published="Fri, 20 Nov 2026 09:00:31 GMT")), at(10), "feed"),
        ((PAGE, replace(FEED, published="20 Nov 2026 09:00:00 -0000")), at(10), "feed"),
        ((PAGE, replace(FEED, published="2026-11-20T09:00:00Z")), at(10), "feed"),
        ((replace(ROW, published="2026-11-20 09.30"),
          replace(FEED, published="Fri, 20 Nov 2026 08:30:00 GMT")), at(9, 30), "list"),
        ((replace(PAGE, share_date="2026-11-20"),), DAY, "share name"),
        ((replace(PAGE, share_date="2026-11-20"), replace(ROW, published="2026-11-20 10.00")),
         at(10), "list"),
        ((PAGE,), None, None),
    ],
)  # fmt: skip
def test_when_it_was_published(
    raws: tuple[RawNews, ...], published: datetime | date | None, signal: str | None
) -> None:
    """Its own page, its row, a feed, and last the day in the page's name."""
    item, told = made(*raws)
    assert (item.published, told.signals.get("published")) == (published, signal)
    assert item.problems == ()


@pytest.mark.parametrize(
    ("raws", "published", "problems"),
    [
        ((replace(PAGE, published="nyss", share_date="2026-11-20"),), DAY,
         [("unread-date", "page: nyss")]),
        ((replace(PAGE, share_date="2021-016-17"),), None,
         [("unread-date", "share name: 2021-016-17")]),
        ((replace(PAGE, stamps=("2026-11-31",)),), None, [("unread-date", "page: 2026-11-31")]),
        ((replace(PAGE, published="21 november 2026", stamps=("2026-11-20",)),), None,
         [("unread-date", "page: 21 november 2026")]),
        ((PAGE, replace(FEED, published="i fredags")), None, [("unread-date", "feed: i fredags")]),
        ((PAGE, replace(FEED, published="Fri, 31 Dec 9999 23:59:59 -0100")), None,
         [("unread-date", "feed: Fri, 31 Dec 9999 23:59:59 -0100")]),
        ((PAGE, replace(FEED, published="Fri, 31 Feb 2026 09:00:00 GMT")), None,
         [("unread-date", "feed: Fri, 31 Feb 2026 09:00:00 GMT")]),
        ((replace(PAGE, published="2026-11-20 10.00"), replace(ROW, published="2026-11-20 11.00")),
         at(10), [("published-disagrees",
                   "page: 2026-11-20 10.00 är valt; list: 2026-11-20 11.00")]),
        ((replace(PAGE, published="2026-11-20"), replace(ROW, published="2026-11-21 11.00")), DAY,
         [("published-disagrees", "page: 2026-11-20 är valt; list: 2026-11-21 11.00")]),
        ((replace(PAGE, published="2026-11-20 10.00", share_date="2026-11-18"),), at(10),
         [("published-disagrees", "page: 2026-11-20 10.00 är valt; share name: 2026-11-18")]),
    ],
)  # fmt: skip
def test_what_cannot_be_read_or_differs_is_told(
    raws: tuple[RawNews, ...], published: datetime | date | None, problems: list[tuple[str, str]]
) -> None:
    """A broken day is no day, and none is chosen silently."""
    item = article(*raws)
    assert item.published == published
    assert [(problem.code, problem.text) for problem in item.problems] == problems


@pytest.mark.parametrize(
    ("title", "links", "committees", "signal"),
    [
        ("Besluten", (MEETING,), ("kommunstyrelsen",), "link"),
        ("Besluten", (KULTUR,), ("kulturnamnden",), "link"),
        ("Besluten", (LISTING,), ("kommunfullmaktige",), "link"),
        ("Kommunstyrelsens möte", (MEETING,), ("kommunstyrelsen",), "link"),
        ("Kommunstyrelsens möte", (), ("kommunstyrelsen",), MATCHED),
        ("Kommunstyrelsens möte", (KULTUR,), ("kommunstyrelsen", "kulturnamnden"),
         f"link: kulturnamnden; {MATCHED}: kommunstyrelsen"),
        ("Besluten", (f"{ROOT}/nyheter", "https://example.org/"), (), None),
    ],
)  # fmt: skip
def test_whose_news_it_is(
    title: str, links: tuple[str, ...], committees: tuple[str, ...], signal: str | None
) -> None:
    """A link is certain, a name in the title is our match; the text alone is neither."""
    intro = "Valnämnden räknar."
    item, told = made(replace(PAGE, title=title, links=links, summary=intro))
    assert (item.committees, told.signals.get("committees")) == (committees, signal)


def test_the_meeting_it_reports() -> None:
    """The one that it links to, by the id that the meeting has; of several none is chosen."""
    item, told = made(replace(PAGE, links=(KULTUR, MEETING, MEETING.replace(KS, f"{KS}/x"))))
    assert (item.meeting, told.signals["meeting"]) == ("boras:1f2b506b1969f6e96e7e186", "link")
    named = {"1f2b506b1969f6e96e7e186": "kommunstyrelsen-20261130"}
    item, _ = made(replace(PAGE, links=(MEETING,)), meetings=named)
    assert item.meeting == "boras:kommunstyrelsen-20261130"
    item, told = made(replace(PAGE, links=(MEETING, meeting_url(node="5f2b506b"))))
    assert (item.meeting, "meeting" in told.signals) == (None, False)
    assert [(problem.code, problem.text) for problem in item.problems] == [
        ("several-meetings", "1f2b506b1969f6e96e7e186, 5f2b506b")
    ]
    assert article(PAGE).meeting is None


@pytest.mark.parametrize(
    ("before", "now", "published", "signal"),
    [
        ((replace(PAGE, share_date="2026-11-20"), replace(ROW, published="2026-11-20 10.00")),
         (replace(PAGE, share_date="2026-11-20"),), at(10), "list"),
        ((PAGE, replace(FEED, published="2026-11-20T09:00:00Z")), (PAGE,), at(10), "feed"),
        ((PAGE, replace(ROW, published="2026-11-20")), (PAGE,), DAY, "list"),
        # what is said now counts
        ((PAGE, replace(ROW, published="2026-11-20 10.00")),
         (replace(PAGE, published="2026-11-21"),), date(2026, 11, 21), "page"),
        ((PAGE, replace(ROW, published="2026-11-20 10.00")),
         (replace(PAGE, published="2026-11-20 11.00"),), at(11), "page"),
        ((PAGE, replace(ROW, published="2026-11-20 10.00")), (PAGE, ROW), None, None),
        ((replace(PAGE, published="2026-11-20 10.00"),), (PAGE,), None, None),
    ],
)  # fmt: skip
def test_what_a_list_told_stands_when_an_article_has_left_it(
    before: tuple[RawNews, ...],
    now: tuple[RawNews, ...],
    published: datetime | date | None,
    signal: str | None,
) -> None:
    """Newer news push it out, which says nothing of it."""
    old, told = made(*before)
    last = Revision(record=old, first_seen=NOW, last_changed=NOW, sequence=0, provenance=told)
    sightings = [seen(raw, key=f"p{n}") for n, raw in enumerate(now)]
    known = news(BORAS, sightings)
    assert known is not None
    found = lasting(known, sightings, last)
    assert found.record.published == published
    assert found.provenance.signals.get("published") == signal


def test_what_this_very_run_took_over_stands_too(tmp_path: Path) -> None:
    """A lost store is made anew from what is published, in the run that reads the page again."""
    old, source = made(replace(PAGE, share_date="2026-11-20"), replace(ROW, published="10.00"))
    hour = replace(old, published=at(10))
    told = replace(source, signals={**source.signals, "published": "list"})
    one = seen(replace(PAGE, share_date="2026-11-20"), key="2f2b506b").page
    sighting = normalise.sighting(BORAS, replace(PAGE, share_date="2026-11-20"))
    with Store.open(f"sqlite:///{tmp_path / 'a.db'}") as store, store.writing("boras", NOW) as run:
        last = Revision(record=hour, first_seen=NOW, last_changed=NOW, sequence=0, provenance=told)
        run.adopt(last)
        outcomes = [Read(state=one, sightings=(sighting,), snapshot=b"")]
        gather(BORAS, store, run, outcomes, states=(), watch=Watch.over(None, (), NOW, 14))
        found = run.newest(NewsItem, hour.id)
    assert found
    assert found.record.published == at(10)


def test_an_introduction_stands_too() -> None:
    """Where the article's page has none of its own."""
    bare = replace(PAGE, summary=None)
    old, told = made(bare, ROW)
    last = Revision(record=old, first_seen=NOW, last_changed=NOW, sequence=0, provenance=told)
    known = news(BORAS, [seen(bare)])
    assert known is not None
    found = lasting(known, [seen(bare)], last)
    assert (found.record.summary, found.provenance.signals["summary"]) == ("Ingressen ...", "list")


def test_text_and_image() -> None:
    """They are the page's alone."""
    body = (Line(kind="p", text="Ingressen hel"), Line(kind="h2", text="Mer"))
    item, told = made(ROW, replace(PAGE, body=body, image=f"{ROOT}/i.jpg", image_text="Ett hus"))
    assert item.content_html == "<p>Ingressen hel</p><h2>Mer</h2>"
    assert (item.image, item.image_text) == (f"{ROOT}/i.jpg", "Ett hus")
    assert (told.signals["content_html"], told.signals["image"]) == ("page", "page")
    item, told = made(PAGE)
    assert (item.content_html, item.image, item.image_text) == (None, None, None)
    assert {"content_html", "image"}.isdisjoint(told.signals)
