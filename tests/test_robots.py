"""What robots.txt asks is done, and while it cannot be had, nothing is asked."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asking import AGENT, CITY, HOST, NOW, QUICK, Notes, fetcher, page, refused
from records.errors import Forbidden
from records.model import ZONE
from records.state import HostState
from scraper.robots import SIZE, Rules, absent, fresh, text
from wire import Wire, answer

OK = answer()
CLOSED = b"User-agent: *\nDisallow: /stangt/\nAllow: /stangt/oppet\n"


def plain(body: bytes = CLOSED, **headers: str) -> bytes:
    """Give a robots.txt."""
    return answer(body, kind="text/plain", **headers)


def test_a_forbidden_page_is_never_asked_for() -> None:
    """That is noted and is no failure, so it has an error of its own."""
    routes = {"/robots.txt": plain(), "/stangt/a": OK, "/stangt/oppet": OK, "/": OK}
    with Wire(routes) as wire, fetcher(wire, memory=Notes()) as asking:
        assert isinstance(refused(asking, "/stangt/a"), Forbidden)
        assert isinstance(refused(asking, "/%2e%2E/x/../stangt/./a"), Forbidden)
        assert page(asking.get(f"{CITY}/stangt/oppet")).body
        assert page(asking.get(CITY)).body
        assert wire.paths == ["/robots.txt", "/stangt/oppet", "/"]


def test_a_redirect_is_no_way_around() -> None:
    """The page that would be read is the one that needs leave."""
    routes = {"/robots.txt": plain(), "/": answer(status="302 Found", Location="/stangt/a")}
    with Wire(routes) as wire, fetcher(wire, memory=Notes()) as asking:
        assert isinstance(refused(asking), Forbidden)
        assert wire.paths == ["/robots.txt", "/"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451])
def test_without_a_robots_txt_all_is_allowed(status: int) -> None:
    """4xx says that there are no rules (RFC 9309, 2.3.1.3); that, too, holds for a day."""
    memory = Notes()
    with Wire({"/robots.txt": answer(status=f"{status} Nej"), "/": OK}) as wire:
        for _ in range(2):
            with fetcher(wire, memory=memory) as asking:
                assert page(asking.get(CITY)).body
        assert wire.paths == ["/robots.txt", "/", "/"]
    assert memory.states[HOST].robots_status == status


@pytest.mark.parametrize("status", [429, 500, 503, 302, 304])
def test_while_robots_txt_cannot_be_had_nothing_is_asked(status: int) -> None:
    """A server in distress has not said yes (RFC 9309, 2.3.1.4), and is asked again next time."""
    memory = Notes()
    routes = {"/robots.txt": answer(status=f"{status} Nej"), "/": OK, "/annan": OK}
    with Wire(routes) as wire:
        with fetcher(wire, memory=memory) as asking:
            error = refused(asking)
            assert error.url == f"{CITY}/"
            assert error.reason == f"robots.txt could not be had: the server answered {status}"
            asked = len(wire.asked)
            assert refused(asking, "/annan").reason == error.reason
            assert set(wire.paths) == {"/robots.txt"}
            assert len(wire.asked) == asked
        wire.routes["/robots.txt"] = plain()
        with fetcher(wire, memory=memory) as asking:
            assert page(asking.get(CITY)).body


def test_a_silent_server_is_not_asked_for_pages() -> None:
    """Unreachable is no permission either."""
    limits = replace(QUICK, read=0.1, retries=0)
    with Wire({"/": OK}) as wire:
        wire.routes["/robots.txt"] = wire.silence
        with fetcher(wire, memory=Notes(), limits=limits) as asking:
            error = refused(asking)
            assert wire.paths == ["/robots.txt"]
    assert error.reason == "robots.txt could not be had: no answer came in time"


def test_an_old_robots_txt_does_not_stand_in_for_one_that_cannot_be_had() -> None:
    """A day has passed, and what it said may be another thing now."""
    state = HostState(host=HOST, robots="", robots_status=200, robots_fetched=NOW)
    memory = Notes([state])
    later = NOW + timedelta(days=1)
    routes = {"/robots.txt": answer(status="500 Nej"), "/": OK}
    with Wire(routes) as wire, fetcher(wire, memory=memory, now=later) as asking:
        assert "could not be had" in refused(asking).reason
    assert memory.states[HOST] == state


def test_it_is_read_once_a_day() -> None:
    """By the run's clock, not the machine's, and by every run of the day."""
    memory = Notes()
    with Wire({"/robots.txt": plain(), "/": OK}) as wire:
        for hours in (0, 1, 23, 24, 25):
            with fetcher(wire, memory=memory, now=NOW + timedelta(hours=hours)) as asking:
                asking.get(CITY)
                assert isinstance(refused(asking, "/stangt/"), Forbidden)
        assert wire.paths.count("/robots.txt") == 2
    assert memory.states[HOST].robots == CLOSED.decode()
    assert memory.states[HOST].robots_fetched == NOW + timedelta(hours=24)


@pytest.mark.parametrize(
    ("fetched", "now", "holds"),
    [
        (None, NOW, False),
        (NOW, NOW, True),
        (NOW, NOW - timedelta(seconds=1), False),
        (NOW, NOW + timedelta(hours=24), False),
        (datetime(2026, 3, 28, 12, tzinfo=ZONE), datetime(2026, 3, 29, 12, 30, tzinfo=ZONE), True),
        (datetime(2026, 10, 24, 12, tzinfo=ZONE), datetime(2026, 10, 25, 11, tzinfo=ZONE), False),
    ],
)
def test_a_day_has_twenty_four_hours(
    fetched: datetime | None, now: datetime, *, holds: bool
) -> None:
    """Also where a day has 23 or 25; and what was read in the future was read by a wrong clock."""
    assert fresh(HostState(host=HOST, robots_fetched=fetched), now) is holds


def test_a_redirected_robots_txt_is_followed() -> None:
    """Five times (RFC 9309, 2.3.1.2); a longer chain is none that can be had."""
    chain = {f"/{n}": answer(status="301 Moved", Location=f"/{n + 1}") for n in range(9)}
    routes = {**chain, "/robots.txt": answer(status="301 Moved", Location="/5"), "/9": plain()}
    with Wire(routes) as wire:
        with fetcher(wire, memory=Notes()) as asking:
            assert isinstance(refused(asking, "/stangt/"), Forbidden)
        wire.routes["/robots.txt"] = answer(status="301 Moved", Location="/4")
        with fetcher(wire, memory=Notes()) as asking:
            assert "more than 5 times" in refused(asking).reason


def test_the_first_500_kib_count() -> None:
    """The rest is not even read, and a line that is cut in two is no rule."""
    cut = b"Disallow: /h"
    filling = b"#" * (SIZE - len(b"\n" + CLOSED + cut)) + b"\n"
    body = filling + CLOSED + cut + b"emligt/\n" + b"Disallow: /\n" * 50_000
    routes = {"/robots.txt": plain(body), "/": OK, "/h": OK, "/hemligt/": OK}
    with Wire(routes) as wire, fetcher(wire, memory=Notes()) as asking:
        assert isinstance(refused(asking, "/stangt/"), Forbidden)
        for path in ("/h", "/hemligt/", "/"):
            assert page(asking.get(f"{CITY}{path}")).body


def test_what_it_is_packed_in_is_undone() -> None:
    """A byte order mark or gzip around a rule does not take the rule away."""
    memory = Notes()
    packed = gzip.compress(b"\xef\xbb\xbf" + CLOSED + b"\0\xff")
    routes = {"/robots.txt": plain(packed, Content_Encoding="gzip")}
    with Wire(routes) as wire, fetcher(wire, memory=memory) as asking:
        assert isinstance(refused(asking, "/stangt/"), Forbidden)
    kept = memory.states[HOST].robots
    assert kept is not None
    assert kept.startswith("User-agent")
    assert "\0" not in kept


def test_a_page_instead_of_a_robots_txt_has_no_rules() -> None:
    """Some sites answer everything with their start page."""
    with Wire({"/robots.txt": OK, "/": OK}) as wire, fetcher(wire, memory=Notes()) as asking:
        assert page(asking.get(CITY)).body


@pytest.mark.parametrize("status", [200, 201, 202, 203])
def test_rules_are_rules_whatever_the_success_is_called(status: int) -> None:
    """A proxy that has touched a page says 203 (RFC 9309, 2.3.1.1)."""
    routes = {"/robots.txt": answer(CLOSED, status=f"{status} Ja", kind="text/plain"), "/": OK}
    with Wire(routes) as wire, fetcher(wire, memory=Notes()) as asking:
        assert isinstance(refused(asking, "/stangt/"), Forbidden)
        assert page(asking.get(CITY)).body


def test_a_part_of_the_rules_is_no_permission() -> None:
    """Nobody asked for a part (206), and what is missing may be what closes the page."""
    part = answer(b"User-agent: *\n", status="206 Partial Content", kind="text/plain")
    with Wire({"/robots.txt": part, "/": OK}) as wire, fetcher(wire, memory=Notes()) as asking:
        assert "robots.txt could not be had" in refused(asking).reason
        assert wire.paths == ["/robots.txt"]


def test_no_content_is_no_rules() -> None:
    """204 is an answer, and an empty one."""
    routes = {"/robots.txt": answer(b"", status="204 No Content"), "/": OK}
    with Wire(routes) as wire, fetcher(wire, memory=Notes()) as asking:
        assert page(asking.get(CITY)).body


def test_crawl_delay_lengthens_the_gap() -> None:
    """The slower of the two is kept, theirs or ours."""
    slow = plain(b"User-agent: *\nCrawl-delay: 0.4\n")
    with Wire({"/robots.txt": slow, "/": OK}) as wire:
        with fetcher(wire, memory=Notes(), delay=0.1) as asking:
            asking.get(CITY)
            asking.get(CITY)
        gaps = [later.at - sooner.at for sooner, later in pairwise(wire.asked)]
    assert min(gaps) >= 0.4


def test_waiting_for_manners_is_not_held_against_the_page() -> None:
    """A city that asks for a slow pace must not lose its redirected pages to our own deadline."""
    slow = plain(b"User-agent: *\nCrawl-delay: 0.4\n")
    routes = {"/robots.txt": slow, "/": answer(status="302 Found", Location="/b"), "/b": OK}
    limits = replace(QUICK, total=0.5)
    with Wire(routes) as wire, fetcher(wire, memory=Notes(), limits=limits) as asking:
        assert page(asking.get(CITY)).url == f"{CITY}/b"


def test_a_crawl_delay_of_hours_means_that_nothing_is_asked() -> None:
    """Never faster than asked; and an update that takes days is none."""
    slow = plain(b"User-agent: *\nCrawl-delay: 3600\n")
    with Wire({"/robots.txt": slow, "/": OK}) as wire, fetcher(wire, memory=Notes()) as asking:
        assert refused(asking).reason == "robots.txt asks for 3600 s between requests"
        assert wire.paths == ["/robots.txt"]


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("User-agent: *\nDisallow: /", False),
        ("User-agent: Kallelse\nDisallow: /\n\nUser-agent: *\nAllow: /", False),
        ("User-agent: KALLELSE\nAllow: /\n\nUser-agent: *\nDisallow: /", True),
        ("User-agent: https\nDisallow: /\n\nUser-agent: example\nDisallow: /", True),
        ("User-agent: *\nDisallow: /*.pdf$\nDisallow: /kalender\nAllow: /kalender/", True),
        ("User-agent: *\nDisallow: /kalender/\nAllow: /kalender/", True),
        ("Disallow: /", True),
        ("", True),
    ],
)
def test_the_longest_rule_for_our_name_counts(rules: str, *, allowed: bool) -> None:
    """Our name is the product; words of our contact are nobody's name."""
    assert Rules(rules, AGENT).allow(f"{CITY}/kalender/maj") is allowed


def test_a_nameless_agent_obeys_the_rules_for_all() -> None:
    """An operator may set any User-Agent."""
    rules = Rules("User-agent: *\nDisallow: /\nCrawl-delay: 2", "(+https://example.org)")
    assert not rules.allow(f"{CITY}/")
    assert rules.delay == 2


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_robots_txt_breaks_us(body: bytes) -> None:
    """Whatever stands in it, there is a yes or a no, and a delay that can be waited for."""
    rules = Rules(text(body), AGENT)
    assert rules.allow(f"{CITY}/kalender") in (True, False)
    assert 0 <= rules.delay < float("inf")


@given(st.none() | st.integers(100, 599))
def test_only_what_is_not_there_is_absent(status: int | None) -> None:
    """No answer at all is never a permission."""
    assert absent(status) is (status in {*range(400, 500)} - {429})
