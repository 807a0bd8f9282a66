"""The walk of a city: each page once, as often as it is worth; failures as values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import pytest

from records.errors import FetchError, Forbidden, PageChanged
from records.model import ZONE
from records.state import Link, PageState
from scraper.cities import City, load
from scraper.crawl import (
    Failure,
    Gone,
    Outcome,
    Read,
    Unchanged,
    Walk,
    fails,
    forbidden,
    key,
    page_of,
)
from scraper.page import NotModified, Page

NOW: Final = datetime(2026, 11, 23, 9, tzinfo=ZONE)
HOST: Final = "https://www.boras.se"
LISTING: Final = (
    "/kommunochpolitik/kommunensorganisation/namnder/kulturnamnden/"
    "handlingarochprotokoll.4.aaaaaaaaaaaaaaaaaaaaa.html"
)
MEETING: Final = (
    "/kommunochpolitik/kommunensorganisation/namnder/kulturnamnden/kulturnamnden/"
    "kulturnamndensammantrade202611301700.5.bbbbbbbbbbbbbbbbbbbbb.html"
)
ARCHIVED: Final = MEETING.replace("/kulturnamnden/kulturnamnden/", "/kulturnamnden/kuntidigarear/")
MORE: Final = LISTING.replace("aaaa", "dddd")
ROW: Final = '<li><a href="{}">Sammanträdet den 30 november</a></li>'
PAGES: Final = {
    LISTING: "<h1>Kulturnämnden</h1><h2>2026</h2><ul>" + ROW.format(MEETING) + "</ul>",
    MEETING: "<h1>Kulturnämnden, sammanträde</h1><p>Tid: 2026-11-30 17.00</p>",
}


def city(*start: str) -> City:
    """Give Borås with these listings to begin from."""
    links = tuple(Link(url=HOST + path, kind="listing", source="kulturnamnden") for path in start)
    return replace(load("boras"), start=links)


class Web:
    """Pages by path, as a server would have them; a value that is an error is raised."""

    def __init__(self, pages: Mapping[str, str | Exception]) -> None:
        self.pages = dict(pages)
        self.asked: list[str] = []

    def get(self, link: Link, known: PageState | None) -> Page | NotModified:
        """Answer as the only way out does."""
        path = link.url.removeprefix(HOST)
        self.asked.append(path)
        found = self.pages[path]
        if isinstance(found, Exception):
            raise found
        if known and known.etag == found:
            return NotModified(url=link.url, fetched=NOW)
        return Page(url=link.url, body=found.encode(), fetched=NOW, charset="utf-8", etag=found)


def walk(
    web: Web, start: City, stored: Mapping[str, PageState] | None = None, now: datetime = NOW
) -> list[Outcome]:
    """Walk a city to its end."""
    return list(Walk(city=start, get=web.get, stored=(stored or {}).get, now=now))


def states(outcomes: list[Outcome]) -> dict[str, PageState]:
    """Give what a walk would leave in the store."""
    return {outcome.state.key: outcome.state for outcome in outcomes if isinstance(outcome, Read)}


def test_links_are_followed_and_pages_say_what_they_say() -> None:
    """A listing leads to its meeting; both give sightings."""
    found = walk(Web(PAGES), city(LISTING))
    assert [page_of(outcome).kind for outcome in found] == ["listing", "meeting"]
    assert all(isinstance(one, Read) and one.sightings for one in found)


def test_one_page_under_two_addresses_is_asked_once() -> None:
    """The archive's address and the old one end in the same node."""
    both = PAGES[LISTING] + ROW.format(ARCHIVED)
    web = Web(PAGES | {LISTING: both, ARCHIVED: PAGES[MEETING]})
    assert len(walk(web, city(LISTING))) == 2


def test_a_page_that_is_as_it_was_stands() -> None:
    """304: nothing is parsed, and its links are followed as before."""
    known = states(walk(Web(PAGES), city(LISTING)))
    again = walk(Web(PAGES), city(LISTING), known)
    assert [type(outcome) for outcome in again] == [Unchanged, Unchanged]
    assert [outcome.state.status for outcome in again if isinstance(outcome, Unchanged)] == [
        304
    ] * 2


def test_other_markup_around_the_same_words_is_no_change() -> None:
    """What is compared is what was read."""
    known = states(walk(Web(PAGES), city(LISTING)))
    dressed = f'<body class="ny"><nav>Meny</nav><div id="x">{PAGES[MEETING]}</div></body>'
    again = walk(Web(PAGES | {MEETING: dressed}), city(LISTING), known)
    assert [type(outcome) for outcome in again] == [Unchanged, Unchanged]


def test_a_page_that_says_what_it_said_is_as_old_as_before() -> None:
    """A server that knows no 304 makes nothing fresh: an article's two weeks come to an end."""
    earlier = NOW - timedelta(days=20)
    read = states(walk(Web(PAGES), city(LISTING)))
    known = {name: replace(it, checked=earlier, fetched=earlier) for name, it in read.items()}
    dressed = Web({path: f"<div>{body}</div>" for path, body in PAGES.items()})
    again = [one for one in walk(dressed, city(LISTING), known) if isinstance(one, Unchanged)]
    assert [(one.state.fetched, one.state.checked) for one in again] == [(earlier, NOW)] * 2


def test_a_broken_list_fails_and_hides_no_meeting() -> None:
    """Where it led before is followed all the same."""
    known = states(walk(Web(PAGES), city(LISTING)))
    for error in (FetchError(HOST + LISTING, "500", status=500), PageChanged(HOST, "rows")):
        found = walk(Web(PAGES | {LISTING: error}), city(LISTING), known)
        assert [type(outcome) for outcome in found] == [Failure, Unchanged]


def test_a_maintenance_page_is_a_failure_and_no_empty_list() -> None:
    """Empty is a claim that only a list can make."""
    wall = "<h1>Vi arbetar med webbplatsen</h1>"
    (outcome,) = walk(Web({LISTING: wall}), city(LISTING))
    assert isinstance(outcome, Failure)
    assert isinstance(outcome.error, PageChanged)


@pytest.mark.parametrize("status", [404, 410])
def test_a_meeting_page_that_is_gone_keeps_what_it_said(status: int) -> None:
    """It is marked; what it said stands while a list still has it."""
    known = states(walk(Web(PAGES), city(LISTING)))
    gone = FetchError(HOST + MEETING, "gone", status=status)
    found = walk(Web(PAGES | {MEETING: gone}), city(LISTING), known)
    assert isinstance(found[1], Gone)
    assert found[1].state.status == status


@pytest.mark.parametrize("status", [404, 410, 403])
def test_a_link_that_is_dead_from_the_start_fails_no_source(status: int) -> None:
    """The list's row tells of the meeting; a page that we may not see is another matter."""
    gone = FetchError(HOST + MEETING, "gone", status=status)
    found = walk(Web(PAGES | {MEETING: gone}), city(LISTING))[1]
    assert isinstance(found, Failure if status == 403 else Gone)
    assert fails(found) == (status == 403)


def test_where_a_page_has_moved_to_is_believed_while_a_page_is_there() -> None:
    """Else its own address tells what is so: another page, or a page that is gone."""
    known = states(walk(Web(PAGES), city(LISTING)))
    (name,) = (state.key for state in known.values() if state.url == HOST + MEETING)
    known[name] = replace(known[name], url=HOST + ARCHIVED)
    for there in (FetchError(HOST, "gone", status=404), "<p>Driftstopp</p>"):
        web = Web(PAGES | {ARCHIVED: there})
        assert isinstance(walk(web, city(LISTING), known)[1], Unchanged)
        assert web.asked == [LISTING, ARCHIVED, MEETING]
        web.pages[MEETING] = FetchError(HOST, "gone", status=410)
        found = walk(web, city(LISTING), known)[1]
        assert isinstance(found, Gone)
        assert found.state.status == 410


def test_what_is_known_of_one_address_is_not_asked_of_another() -> None:
    """A tag of the page that a list was led to for now could be that of any other page here."""
    known = states(walk(Web(PAGES), city(LISTING)))
    asked: dict[str, str | None] = {}

    def get(link: Link, state: PageState | None) -> Page:
        asked[link.url] = state.etag if state else None
        page = Web(PAGES).get(link, None)
        assert isinstance(page, Page)
        return replace(page, url=f"{HOST}/annan", temporary=True)

    first = next(iter(Walk(city=city(LISTING), get=get, stored=known.get, now=NOW)))
    assert isinstance(first, Read)
    assert (first.state.url, first.state.etag) == (HOST + LISTING, None)
    assert asked[HOST + LISTING] == PAGES[LISTING]
    moved = {first.state.key: replace(first.state, url=HOST + MORE, etag="a", asked=None)}
    next(iter(Walk(city=city(LISTING), get=get, stored=moved.get, now=NOW)))
    assert asked[HOST + LISTING] is None


def test_a_list_that_is_gone_is_a_failure() -> None:
    """A start page is where we look, and not what we look for."""
    known = states(walk(Web(PAGES), city(LISTING)))
    gone = FetchError(HOST + LISTING, "gone", status=404)
    assert isinstance(walk(Web(PAGES | {LISTING: gone}), city(LISTING), known)[0], Failure)
    leads = Web({LISTING: PAGES[LISTING] + f'<a href="{MORE}">Protokoll</a>', MEETING: ""})
    leads.pages[MORE] = FetchError(HOST + MORE, "gone", status=404)
    found = {page_of(outcome).url: outcome for outcome in walk(leads, city(LISTING))}
    assert isinstance(found[HOST + MORE], Failure)


def test_a_page_that_robots_txt_forbids_is_told_apart() -> None:
    """Noted, and no failure of its source."""
    no = Forbidden(HOST + LISTING, "robots.txt")
    (outcome,) = walk(Web({LISTING: no}), city(LISTING))
    assert forbidden(outcome)
    assert not forbidden(walk(Web(PAGES), city(LISTING))[0])


def test_a_304_for_a_page_never_read_is_a_failure() -> None:
    """There is nothing that could stand."""
    walking = Walk(
        city=city(LISTING),
        get=lambda link, _: NotModified(url=link.url, fetched=NOW),
        stored=lambda _: None,
        now=NOW,
    )
    assert [type(outcome) for outcome in walking] == [Failure]


def test_a_risen_parser_version_asks_without_conditions() -> None:
    """What an older parser kept is read anew."""
    known = states(walk(Web(PAGES), city(LISTING)))
    newer = replace(city(LISTING), parser_version=99)
    assert [type(outcome) for outcome in walk(Web(PAGES), newer, known)] == [Read, Read]


def test_the_budget_of_pages_ends_the_walk() -> None:
    """A site that grows links for ever is left after so many pages."""
    assert len(walk(Web(PAGES), replace(city(LISTING), page_budget=1))) == 1


NEWS: Final = "/nyheter/nyheter.4.dddddddddddddddddddddd.html"
NEWER: Final = "<h1>Nyheter</h1><p>Inga nyheter.</p>" + "".join(
    f"<a href='?page={number}'>{number}</a>" for number in range(2, 6)
)


def news(older: int = 9) -> City:
    """Give Borås with the news to begin from, and so many older pages of it."""
    start = Link(url=HOST + NEWS, kind="news-list", source="news")
    return replace(load("boras"), start=(start,), older_pages=older)


def test_the_pages_of_one_list_are_read_each_by_itself() -> None:
    """They share a node; an older one is asked once a fortnight, and leads on in between."""
    older = {f"{NEWS}?page={number}": NEWER for number in range(2, 6)}
    web = Web({NEWS: NEWER, **older})
    known = states(walk(web, news()))
    assert web.asked == [NEWS, *older]
    web.asked.clear()
    walk(web, news(), known, now=NOW + timedelta(hours=1))
    assert web.asked == [NEWS]
    walk(web, news(), known, now=NOW + timedelta(days=14))
    assert web.asked == [NEWS, NEWS, *older]


def test_older_pages_are_followed_so_far_and_no_further() -> None:
    """An archive of many years would take what is left of the day."""
    web = Web({NEWS: NEWER} | {f"{NEWS}?page={number}": NEWER for number in range(2, 6)})
    walk(web, news(2))
    assert web.asked == [NEWS, f"{NEWS}?page=2", f"{NEWS}?page=3"]


def test_older_news_come_after_everything_else() -> None:
    """Where the budget ends, an archive of news has taken no meeting's place."""
    start = (*news().start, *city(LISTING).start)
    web = Web(PAGES | {NEWS: NEWER} | {f"{NEWS}?page={number}": NEWER for number in range(2, 6)})
    walk(web, replace(news(), start=start, page_budget=4))
    assert web.asked == [NEWS, LISTING, MEETING, f"{NEWS}?page=2"]


def test_a_feed_fails_no_source() -> None:
    """It is one signal more."""
    feed = Link(url=f"{HOST}/4.aaaaaa/12.bbbbbb.portlet", kind="feed", source="news")
    broken = FetchError(feed.url, "500", status=500)
    assert not fails(Failure(link=feed, error=broken))
    assert fails(Failure(link=replace(feed, kind="news-list"), error=broken))
    assert not fails(Failure(link=feed, error=Forbidden(feed.url, "robots.txt")))


def test_what_is_not_due_is_not_asked_and_still_leads_on() -> None:
    """An old meeting is left alone but for one day in a fortnight."""
    later = NOW + timedelta(days=100)
    web = Web(PAGES)
    known = states(walk(web, city(LISTING)))
    known = {name: replace(state, checked=later) for name, state in known.items()}
    web.asked.clear()
    found = walk(web, city(LISTING), known, now=later)
    assert web.asked == [LISTING]
    assert [outcome.asked for outcome in found if isinstance(outcome, Unchanged)] == [True, False]


def test_a_page_without_node_is_known_by_its_path() -> None:
    """The notice board's short address, and a query that asks for another page."""
    assert key(f"{HOST}/anslagstavla") == "/anslagstavla"
    assert key(HOST) == "/"
    assert key(f"{HOST}/nyheter?page=2") == "/nyheter?page=2"
