"""A server in distress is asked again a few times, then left alone for as long as it asks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from email.utils import format_datetime
from itertools import pairwise
from time import monotonic

import pytest

from asking import CITY, HOST, NOW, QUICK, Notes, fetcher, page, refused, unruled
from records.errors import FetchError
from records.state import HostState
from wire import Asked, Route, Wire, answer

OK = answer()


def unwell(status: int = 503, **headers: str) -> bytes:
    """Give the answer of a server in distress."""
    return answer(b"<h1>Driftstopp</h1>", status=f"{status} Nej", **headers)


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_hiccup_is_not_noticed(status: int) -> None:
    """Two failures are forgiven within one page."""
    routes = {"/": [unwell(status), unwell(status), OK]}
    with Wire(routes) as wire, fetcher(wire) as asking:
        assert page(asking.get(CITY)).body
        assert (len(wire.asked), asking.requests) == (3, 3)


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_a_page_is_asked_for_three_times_at_most(status: int) -> None:
    """The third failure is told, with its status."""
    with Wire({"/": unwell(status)}) as wire, fetcher(wire) as asking:
        error = refused(asking)
        assert len(wire.asked) == 3
    assert (error.status, error.reason) == (status, f"the server answered {status}")


def test_the_second_wait_is_longer_than_the_first() -> None:
    """Who is overloaded is helped by fewer requests, not by as many."""
    limits = replace(QUICK, backoff=0.1)
    with Wire({"/": unwell()}) as wire, fetcher(wire, limits=limits) as asking:
        refused(asking)
        first, second = (later.at - sooner.at for sooner, later in pairwise(wire.asked))
    assert second >= 0.2
    assert second > first


def test_waits_differ_by_chance() -> None:
    """Readers that fail at the same moment must not come back at the same moment."""
    limits = replace(QUICK, backoff=0.05)
    waits = set()
    with Wire({"/": unwell()}) as wire:
        for _ in range(3):
            wire.asked.clear()
            with fetcher(wire, limits=limits) as asking:
                refused(asking)
            waits.add(round(wire.asked[2].at - wire.asked[1].at, 3))
    assert len(waits) > 1


def test_a_short_rest_is_waited_for() -> None:
    """A second is no reason to lose a page until the next update."""
    limits = replace(QUICK, rest=1.5, total=5)
    routes = {"/": [unwell(Retry_After="1"), OK]}
    with Wire(routes) as wire, fetcher(wire, limits=limits) as asking:
        assert page(asking.get(CITY)).body
        first, second = wire.asked
    assert second.at - first.at >= 1


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ("120", 120),
        ("21601", 21600),
        ("1000000000", 21600),
        (format_datetime(NOW + timedelta(minutes=5)), 300),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 21600),
    ],
)
def test_a_long_rest_outlives_the_run(asked: str, seconds: int) -> None:
    """A rest of minutes belongs to the next update, not to this one; never more than six hours."""
    memory = Notes([unruled()])
    routes = {"/": unwell(Retry_After=asked), "/annan": OK}
    with Wire(routes) as wire:
        with fetcher(wire, memory=memory) as asking:
            error = refused(asking)
            assert error.reason.endswith(f"asks to be left alone for {seconds} s")
            assert error.status == 503
            assert "left alone" in refused(asking, "/annan").reason
        late = memory.states[HOST].not_before
        assert late is not None
        assert timedelta(0) <= late - NOW - timedelta(seconds=seconds) < timedelta(seconds=5)
        early = NOW + timedelta(seconds=seconds - 60)
        with fetcher(wire, memory=memory, now=early) as asking:
            assert "asks to be left alone" in refused(asking, "/annan").reason
        assert wire.paths == ["/"]
        with fetcher(wire, memory=memory, now=late) as asking:
            assert page(asking.get(f"{CITY}/annan")).body


def test_a_rest_counts_from_when_it_was_asked_for() -> None:
    """Late in a long run, too: by the start of the run, it would be over before its time."""
    date = format_datetime(NOW + timedelta(minutes=2))

    def slow(_: Asked) -> Iterable[bytes]:
        wire.pause(0.4)
        return [OK]

    for asked, least, most in (("120", 120.4, 130), (date, 120, 120.3)):
        memory = Notes([unruled()])
        routes: dict[str, Route] = {"/": slow, "/b": unwell(Retry_After=asked)}
        with Wire(routes) as wire, fetcher(wire, memory=memory) as asking:
            asking.get(CITY)
            refused(asking, "/b")
        until = memory.states[HOST].not_before
        assert until is not None
        assert least <= (until - NOW).total_seconds() < most


def test_the_rest_is_kept_before_robots_txt_is_asked_for() -> None:
    """It is the host that asks to be left alone, not the page."""
    memory = Notes([HostState(host=HOST, not_before=NOW + timedelta(hours=1))])
    with Wire({"/": OK}) as wire, fetcher(wire, memory=memory) as asking:
        assert "asks to be left alone" in refused(asking).reason
        assert wire.asked == []


@pytest.mark.parametrize("asked", ["0", "-1", "xyz", "", "1.5", format_datetime(NOW)])
def test_a_rest_that_is_none_changes_nothing(asked: str) -> None:
    """Nonsense and the past are no reason to wait longer, nor shorter, than we would."""
    memory = Notes([unruled()])
    routes = {"/": [unwell(Retry_After=asked), OK]}
    with Wire(routes) as wire, fetcher(wire, memory=memory) as asking:
        assert page(asking.get(CITY)).body
    assert memory.states[HOST].not_before is None


def test_a_rest_over_a_change_to_summer_time_is_as_long_as_asked() -> None:
    """A sum of wall clocks would be an hour off."""
    evening = NOW.replace(year=2026, month=3, day=29, hour=1)
    memory = Notes([replace(unruled(), robots_fetched=evening)])
    routes = {"/": unwell(Retry_After="7200")}
    with Wire(routes) as wire, fetcher(wire, memory=memory, now=evening) as asking:
        refused(asking)
    until = memory.states[HOST].not_before
    assert until is not None
    assert 7200 <= until.timestamp() - evening.timestamp() < 7205
    assert f"{until:%H:%M}" == "04:00"


def test_a_clock_that_jumped_back_cannot_silence_us_for_years() -> None:
    """No Retry-After is longer than six hours, so neither is what is remembered of one."""
    memory = Notes([unruled(), replace(unruled(), not_before=NOW + timedelta(days=3650))])
    with Wire({"/": OK}) as wire, fetcher(wire, memory=memory) as asking:
        found = re.search(r"left alone for (\d+) s more", refused(asking).reason)
    assert found is not None
    assert 21_000 < int(found[1]) <= 21_600


@pytest.mark.parametrize("status", [401, 403, 404])
def test_what_will_not_change_is_not_asked_again(status: int) -> None:
    """A closed door is no failure of the host, so the other pages are read."""
    routes = {"/stängt": unwell(status), "/": OK}
    routes |= {f"/{n}": unwell(status) for n in range(4)}
    with Wire(routes) as wire, fetcher(wire) as asking:
        for n in range(4):
            assert refused(asking, f"/{n}").status == status
        assert page(asking.get(CITY)).body
        assert len(wire.asked) == 5


def test_after_three_failures_in_a_row_the_host_rests() -> None:
    """A dead site costs three pages' patience, not four hundred pages'."""
    routes = {"/": OK} | {f"/{n}": unwell() for n in range(1, 4)}
    with Wire(routes) as wire:
        with fetcher(wire) as asking:
            for n in range(1, 4):
                assert refused(asking, f"/{n}").status == 503
            asked = len(wire.asked)
            assert "failed 3 times in a row" in refused(asking).reason
            assert len(wire.asked) == asked == 9
        with fetcher(wire) as asking:
            assert page(asking.get(CITY)).body


@pytest.mark.parametrize("between", [OK, answer(kind="image/png"), answer(status="404 Nej")])
def test_an_answer_between_two_failures_breaks_the_row(between: bytes) -> None:
    """The host works; it is some of its pages that do not."""
    with Wire({"/": unwell(), "/ok": between}) as wire, fetcher(wire) as asking:
        for _ in range(2):
            assert refused(asking).status == 503
            assert refused(asking).status == 503
            with suppress(FetchError):
                asking.get(f"{CITY}/ok")
        assert refused(asking).status == 503


def test_the_gap_is_kept_between_any_two_requests() -> None:
    """Pages, robots.txt, retries and redirects alike, on the server's own clock, one at a time."""
    routes: dict[str, Route | Sequence[Route]] = {
        "/robots.txt": answer(kind="text/plain"),
        "/a": answer(status="302 Found", Location="/b"),
        "/b": [unwell(), OK],
        "/c": answer(status="404 Nej"),
    }
    with Wire(routes) as wire, fetcher(wire, memory=Notes(), delay=0.2) as asking:
        asking.get(f"{CITY}/a")
        refused(asking, "/c")
        assert wire.paths == ["/robots.txt", "/a", "/b", "/b", "/c"]
        gaps = [later.at - sooner.at for sooner, later in pairwise(wire.asked)]
        assert wire.most == 1
    assert min(gaps) >= 0.2


def test_two_names_of_one_server_are_one_server() -> None:
    """The gap is for the machine that answers."""
    with Wire({"/": OK}) as wire:
        origins = {HOST: wire.origin, "boras.se": wire.origin}
        memory = Notes([unruled(), unruled("boras.se")])
        with fetcher(hosts=origins, origins=origins, memory=memory, delay=0.2) as asking:
            asking.get(CITY)
            asking.get("https://boras.se/")
        first, second = wire.asked
    assert second.at - first.at >= 0.2


def test_without_a_delay_there_is_no_waiting() -> None:
    """A demo on this machine is no burden to anybody."""
    with Wire({"/": OK}) as wire, fetcher(wire) as asking:
        begun = monotonic()
        for _ in range(20):
            asking.get(CITY)
        assert monotonic() - begun < 5
