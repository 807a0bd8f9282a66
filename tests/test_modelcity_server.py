"""The model city's server answers as it should, and as badly as it is told to."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.client import HTTPConnection, IncompleteRead, RemoteDisconnected
from time import monotonic, sleep

import pytest

from modelcity.server import Fault, ModelCity, Robots
from visiting import QUIET, TODAY, Visitor, page, truth


@pytest.fixture
def city() -> Iterator[ModelCity]:
    """Give an open city without faults."""
    with ModelCity(truth()) as opened:
        yield opened


@pytest.fixture
def visitor(city: ModelCity) -> Iterator[Visitor]:
    """Give somebody who asks that city."""
    asking = Visitor(city)
    yield asking
    asking.close()


def test_an_unchanged_page_is_not_sent_twice(visitor: Visitor) -> None:
    """Both validators hold, and the tag wins where both are sent (RFC 9110, 13.2.2)."""
    first = visitor.ask("/")
    tag, stamp = first.headers["etag"], first.headers["last-modified"]
    assert first.headers["content-type"] == "text/html;charset=UTF-8"
    for held in ({"If_None_Match": tag}, {"If_Modified_Since": stamp}):
        again = visitor.ask("/", **held)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == tag
    assert visitor.ask("/", If_None_Match='"annan"', If_Modified_Since=stamp).status == 200
    assert visitor.ask("/", If_Modified_Since="i går").status == 200


def test_a_changed_truth_changes_only_its_pages(city: ModelCity, visitor: Visitor) -> None:
    """One meeting is called off: its page is new, with a later stamp, and the others stand."""
    other, *_, meeting = truth().paged
    known, same = visitor.ask(meeting.path).headers, visitor.ask(other.path).headers
    city.replace(truth().cancelled(meeting.key))
    fresh = visitor.ask(meeting.path, If_None_Match=known["etag"])
    assert fresh.status == 200
    assert fresh.headers["last-modified"] != known["last-modified"]
    assert visitor.ask(meeting.path, If_Modified_Since=known["last-modified"]).status == 200
    assert city.truth.meeting(meeting.key).status == "cancelled"
    assert visitor.ask(other.path, If_None_Match=same["etag"]).status == 304


def test_a_removed_meeting_is_gone(city: ModelCity, visitor: Visitor) -> None:
    """404 and no memory of it, as when an editor deletes a page."""
    meeting = truth().paged[0]
    city.replace(truth().without(meeting.key), form="text")
    assert visitor.ask(meeting.path).status == 404
    with pytest.raises(LookupError, match="no meeting"):
        city.truth.meeting(meeting.key)


def test_robots_txt_says_what_it_is_told(city: ModelCity, visitor: Visitor) -> None:
    """It allows the pages until a test has it say something else."""
    assert visitor.ask("/robots.txt").body.startswith(b"User-agent: *\n")
    city.robots = Robots(text="User-agent: *\nDisallow: /\n", status=503, headers={"X-A": "b"})
    found = visitor.ask("/robots.txt")
    assert (found.status, found.headers["x-a"]) == (503, "b")
    assert found.body == b"User-agent: *\nDisallow: /\n"


def test_every_request_is_noted(city: ModelCity, visitor: Visitor) -> None:
    """Manners are judged by what the server saw."""
    begun = monotonic()
    visitor.ask("/?a=1", User_Agent="Kallelse/0.1")
    visitor.ask("/borta", method="HEAD")
    first, second = city.requests
    assert (first.method, first.path, first.status) == ("GET", "/?a=1", 200)
    assert (second.method, second.path, second.status) == ("HEAD", "/borta", 404)
    assert first.headers["user-agent"] == "Kallelse/0.1"
    assert begun <= first.at <= second.at <= monotonic()
    assert first.wall.tzinfo is UTC
    assert abs((datetime.now(UTC) - first.wall).total_seconds()) < 60
    assert (city.asked("/?a=1"), city.busiest) == ([first], 1)


def test_moved_pages_and_files_are_known_by_their_identity(visitor: Visitor) -> None:
    """Links from before the archive, or to an earlier upload, lead to where it lies now."""
    year = TODAY.year - 1
    old = next(m for m in truth().paged if m.body.archive and m.start.year == year)
    for was, now in (
        (f"/kommunochpolitik/nagot/{old.path.rsplit('/', 1)[1]}", old.path),
        (f"/download/18.{old.files[0].node}/1/gammal.pdf", old.files[0].path),
        ("/nagonstans/annatnamn.4.3043d72a150d717d8abcf6ed.html", None),
    ):
        found = visitor.ask(was)
        assert found.status == 301
        assert visitor.ask(found.headers["location"]).status == 200
        assert now in (None, found.headers["location"])
    assert visitor.ask("/nagot.5.0123456789abcdef01234.html").status == 404


def test_a_page_of_one_s_own_comes_before_the_city_s(city: ModelCity, visitor: Visitor) -> None:
    """A test can say what any address holds, without building a city around it."""
    city.pages["/?sida=2"] = b"<p>Egen"
    assert visitor.ask("/?sida=2").body == b"<p>Egen"
    assert visitor.ask("/").body == page("iso", "/").encode()


@pytest.mark.parametrize(
    ("fault", "status", "told"),
    [
        (Fault(status=503, headers={"Retry-After": "9"}), 503, ("retry-after", "9")),
        (Fault(body=b"<h1>Kaka?"), 200, ("content-length", "9")),
        (Fault(content_type="image/png"), 200, ("content-type", "image/png")),
        (Fault(redirect="/b"), 302, ("location", "/b")),
        (Fault(redirect="/b", status=308), 308, ("location", "/b")),
        (Fault(headers={"Content-Encoding": "br"}), 200, ("content-encoding", "br")),
    ],
)
def test_a_fault_of_the_answer(
    city: ModelCity, fault: Fault, status: int, told: tuple[str, str]
) -> None:
    """What is set is answered badly, and all else as ever; other addresses are not struck."""
    city.faults["/?*"] = fault
    visitor = Visitor(city)
    found, sound = visitor.ask("/?a"), visitor.ask("/")
    visitor.close()
    assert found.status == status
    assert found.headers[told[0]] == told[1]
    assert found.body == (fault.body or sound.body)
    assert (sound.status, sound.headers["content-type"]) == (200, "text/html;charset=UTF-8")


def test_a_fault_can_take_the_validators_away(city: ModelCity, visitor: Visitor) -> None:
    """Some servers have none, and then a page can only be compared."""
    city.faults["*"] = Fault(no_validators=True)
    assert visitor.ask("/").headers.keys().isdisjoint({"etag", "last-modified"})


def test_a_fault_heals_after_so_many_times(city: ModelCity, visitor: Visitor) -> None:
    """A hiccup is forgiven only by whoever asks again."""
    city.faults["/"] = Fault(status=500, times=2)
    assert [visitor.ask("/").status for _ in range(4)] == [500, 500, 200, 200]


def test_a_body_can_be_cut_short(city: ModelCity, visitor: Visitor) -> None:
    """The length promises the whole; and no 304 may stand in for a body that is at fault."""
    tag = visitor.ask("/").headers["etag"]
    city.faults["/"] = Fault(truncate=1000)
    with pytest.raises(IncompleteRead) as caught:
        visitor.ask("/", If_None_Match=tag)
    assert len(caught.value.partial) == 1000


def test_an_answer_can_be_late_or_slow(city: ModelCity, visitor: Visitor) -> None:
    """Before the first byte, or between any two pieces."""
    city.faults |= {
        "/sent": Fault(delay=0.2),
        "/segt": Fault(slow=0.05, piece=2, body=b"seg sida"),
    }
    for path, least in (("/sent", 0.2), ("/segt", 0.15)):
        begun = monotonic()
        visitor.ask(path)
        assert monotonic() - begun >= least


def test_a_server_can_hang_up_or_never_answer(city: ModelCity) -> None:
    """Neither is an answer, so neither is noted as one."""
    city.faults |= {"/bort": Fault(close=True), "/tyst": Fault(hang=True)}
    with pytest.raises(RemoteDisconnected):
        Visitor(city).ask("/bort")
    silent = HTTPConnection(city.origin.removeprefix("http://"), timeout=0.2)
    silent.request("GET", "/tyst")
    with pytest.raises(TimeoutError):
        silent.getresponse()
    silent.close()
    assert [(asked.path, asked.status) for asked in city.requests] == [("/bort", 0), ("/tyst", 0)]


def test_closing_leaves_nothing_behind() -> None:
    """No thread, no socket, and no waiting for those who still wait for an answer."""
    threads = threading.active_count()
    with ModelCity(truth()) as city:
        city.faults["/tyst"] = Fault(hang=True)
        idle = Visitor(city)
        idle.ask("/")
        waiting = HTTPConnection(city.origin.removeprefix("http://"), timeout=QUIET)
        waiting.request("GET", "/tyst")
        while not city.asked("/tyst"):
            sleep(0.01)
        begun = monotonic()
    assert monotonic() - begun < 2
    assert threading.active_count() == threads
    for connection in (idle, waiting):
        connection.close()
    with pytest.raises(ConnectionRefusedError):
        Visitor(city).ask("/")


def test_a_city_that_was_never_opened_can_be_closed() -> None:
    """Its socket is taken when it is made, so it must be given back."""
    ModelCity(truth()).close()
