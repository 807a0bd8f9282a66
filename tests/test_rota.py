"""Pages are asked for as often as they are worth, and no day pays for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from modelcity.server import ModelCity
from modelcity.truth import Truth
from operation.settling import settled
from records.model import ZONE, Meeting, NewsItem
from records.state import Link, PageState
from records.store import Store
from records.terms import Role
from runs import MORNING, run, settings, small
from scraper.crawl import key
from scraper.rota import OLDER, ROTA, Depth, day_of, due

NOW: Final = datetime(2026, 11, 23, 9, tzinfo=ZONE)
HOST: Final = "https://www.boras.se"
LISTING: Final = "/kommunochpolitik/handlingarochprotokoll.4.aaaaaaaaaaaaaaaaaaaaa.html"
ARTICLE: Final = "/nyheter/nyheter/nytt.5.cccccccccccccccccccccc.html"
HOUR: Final = timedelta(hours=1)
BLANK: Final = PageState(key="", url="", kind="", source="s", status=200, checked=NOW)


def meeting(day: str) -> str:
    """Give the address of a meeting's page."""
    return f"/kommunochpolitik/kulturnamndensammantrade{day}1700.5.bbbbbbbbbbbbbbbbbbbbb.html"


def page(
    path: str, kind: str, *, checked: datetime = NOW, fetched: datetime | None = NOW
) -> tuple[Link, PageState]:
    """Give a link and what is stored of its page."""
    link = Link(url=HOST + path, kind=kind, source="s")
    name = key(link.url, kind)
    return link, replace(BLANK, key=name, url=link.url, kind=kind, checked=checked, fetched=fetched)


def archive(number: int) -> list[tuple[Link, PageState]]:
    """Give pages of long ago, all found by one run."""
    return [
        page(f"/kulturnamndensammantrade202001011700.5.{n:024x}.html", "meeting")
        for n in range(number)
    ]


@pytest.mark.parametrize("depth", Depth)
@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (LISTING, "listing"),
        ("/anslagstavla", "board"),
        (meeting("20261123"), "meeting"),
        (meeting("20270115"), "meeting"),
    ],
)
def test_lists_and_what_is_coming_are_asked_by_every_run(
    path: str, kind: str, depth: Depth
) -> None:
    """That is where a cancelled meeting is told, and nobody may travel to it in vain."""
    assert due(*page(path, kind), NOW, depth=depth)


@pytest.mark.parametrize("depth", [Depth.LIGHT, Depth.DUE])
@pytest.mark.parametrize(
    ("path", "kind"), [(meeting("20261116"), "meeting"), (ARTICLE, "news"), (ARTICLE, "notice")]
)
def test_what_may_change_any_day_is_asked_every_four_hours(
    path: str, kind: str, depth: Depth
) -> None:
    """A meeting that waits for its minutes, a new article, a notice; by light runs too."""
    link, state = page(path, kind)
    assert not due(link, state, NOW + 3 * HOUR, depth=depth)
    assert due(link, state, NOW + 4 * HOUR, depth=depth)
    assert due(link, state, NOW + 4 * HOUR - timedelta(minutes=2), depth=depth)  # started early


@pytest.mark.parametrize("path", [meeting("20261116"), ARTICLE])
def test_what_is_settled_is_asked_once_a_fortnight(path: str) -> None:
    """The minutes have come: for what may still be added there is the rota."""
    link, state = page(path, "meeting")
    days = [NOW + timedelta(days=n) for n in range(1, ROTA + 1)]
    asked = [now for now in days if due(link, state, now, settled=lambda _: True)]
    turn = asked[0]
    assert asked == days[days.index(turn) :]  # from its day on, until it is asked
    assert not any(due(link, state, now, depth=Depth.LIGHT, settled=lambda _: True) for now in days)


def test_the_store_is_not_asked_of_a_page_that_was_just_asked_for() -> None:
    """Whatever it would say: an hourly run looks nothing up of what it leaves alone anyway."""

    def looked_up(_: PageState) -> bool:
        pytest.fail("looked up")

    link, state = page(meeting("20261116"), "meeting")
    assert not due(link, state, NOW + 3 * HOUR, settled=looked_up)


def test_minutes_are_not_waited_for_for_ever() -> None:
    """Who has not published them in three months is asked as an archive is."""
    link, state = page(meeting("20260820"), "meeting")
    assert not due(link, state, NOW + 5 * HOUR, depth=Depth.LIGHT)
    assert due(*page(meeting("20260830"), "meeting"), NOW + 5 * HOUR, depth=Depth.LIGHT)


def days(pages: list[tuple[Link, PageState]], number: int, depth: Depth) -> Iterator[int]:
    """Give how many pages each of so many days asks for, by hourly runs."""
    for day in range(number):
        asked = 0
        for hour in range(24):
            now = NOW + timedelta(days=day, hours=hour)
            for at, (link, state) in enumerate(pages):
                if due(link, state, now, depth=depth):
                    pages[at] = link, replace(state, checked=now)
                    asked += 1
        yield asked


@pytest.mark.slow
def test_an_archive_is_spread_evenly_over_the_days() -> None:
    """Found in one run, seven hundred pages are asked on fourteen days, and so again."""
    asked = list(days(archive(700), 2 * ROTA + 1, Depth.DUE))
    assert asked[0] <= 80
    assert all(20 <= number <= 90 for number in asked[1:])
    assert sum(asked[1 : ROTA + 1]) == sum(asked[ROTA + 1 :]) == 700


def test_a_light_run_leaves_the_archive_alone() -> None:
    """However many of them there are."""
    assert set(days(archive(20), 2 * ROTA, Depth.LIGHT)) == {0}


def test_a_day_that_was_missed_is_made_up_for() -> None:
    """A machine that was off for a month has all of it to ask, and nothing is forgotten."""
    pages = archive(50)
    assert all(due(*each, NOW + timedelta(days=30)) for each in pages)


@given(node=st.integers(0, 10**6), day=st.integers(0, 400), older=st.booleans())
def test_no_page_is_left_for_longer_than_a_fortnight(node: int, day: int, *, older: bool) -> None:
    """Whatever its name, and across both change nights."""
    kind, now = OLDER if older else "meeting", NOW + timedelta(days=day)
    path = f"/nyheter.4.{node:024x}.html?page=2" if older else meeting("20200101")
    link, state = page(path, kind, checked=now, fetched=now)
    waited = next(n for n in range(1, ROTA + 1) if due(link, state, now + timedelta(days=n)))
    after = replace(state, checked=now + timedelta(days=waited))
    later = [after.checked + timedelta(days=n) for n in range(1, ROTA + 1)]
    assert [at for at in later if due(link, after, at)] == later[-1:]


def test_a_full_run_asks_for_everything() -> None:
    """That is what it is for."""
    assert all(due(*each, NOW, depth=Depth.FULL) for each in archive(20))


def test_a_page_that_was_never_read_is_due() -> None:
    """A failure is no reading."""
    assert due(*page(meeting("20200101"), "meeting", fetched=None), NOW, depth=Depth.LIGHT)


def test_a_dead_link_to_what_is_over_is_asked_as_seldom_as_a_page() -> None:
    """It was never read, and an archive may be full of them."""
    link, state = page(meeting("20250310"), "meeting", fetched=None)
    dead = replace(state, status=404)
    asked = [due(link, dead, NOW + timedelta(days=days)) for days in range(1, ROTA + 1)]
    assert asked == sorted(asked)
    assert (asked[0], asked[-1]) == (False, True)
    coming, state = page(meeting("20261210"), "meeting", fetched=None)
    assert due(coming, replace(state, status=404), NOW + HOUR)


def test_an_address_with_a_slip_in_its_day_stops_no_run() -> None:
    """The thirteenth month is no day; every other page is read all the same."""
    assert day_of("/kulturnamndensammantrade202613301400.5.abc123.html") is None
    assert day_of("/kulturnamndensammantrade202611301400.5.abc123.html") == date(2026, 11, 30)


@pytest.mark.slow
def test_the_store_knows_whose_minutes_have_come(truth: Truth, tmp_path: Path) -> None:
    """By the records themselves, for meetings and articles alike; and the next runs ask by it."""
    with ModelCity(small(truth)) as city:
        run(tmp_path, city)
        chosen = settings(tmp_path, city.origin, now=MORNING)
        with Store.open(chosen.store) as store:
            known = list(store.pages("boras"))
            over = settled(store, "boras", known, chosen.moment + 4 * HOUR)
            assert not any(map(settled(store, "boras", known, chosen.moment), known))
            pages = {state.url: over(state) for state in known}
            meetings = [one.record for one in store.revisions("boras", Meeting)]
            news = [one.record for one in store.revisions("boras", NewsItem)]
        city.requests.clear()
        run(tmp_path, city, now="2026-11-23T10:00", light=True)
        early = {request.path for request in city.requests}
        city.requests.clear()
        run(tmp_path, city, now="2026-11-23T15:00", light=True)
        late = {request.path for request in city.requests}
    minutes = {
        str(one.url): any(it.role is Role.MINUTES for it in one.documents)
        for one in meetings
        if one.url
    }
    past = {url for url in minutes if (day_of(url) or date.max) < NOW.date()}
    assert {minutes[url] for url in past} == {True, False}
    assert {url: pages[url] for url in past} == {url: minutes[url] for url in past}
    assert {one.url: pages[one.url] for one in news} == {
        one.url: str(one.published)[:10] < "2026-11-09" for one in news
    }
    paths = {url.removeprefix(HOST): waits for url, waits in pages.items() if url in past}
    assert not early & paths.keys()
    assert late & paths.keys() == {path for path, over in paths.items() if not over}
