"""Redirects and addresses: the city is followed wherever it goes, and nobody else anywhere."""

from __future__ import annotations

import pytest

from asking import CITY, HOST, fetcher, page, refused
from records.errors import ConfigError, FetchError
from scraper.cities import load
from scraper.limits import Limits
from scraper.page import NotModified
from wire import Wire, answer

LIST = b"<ul></ul>"
OK = answer()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_moved_page_is_known_by_its_new_address(status: int) -> None:
    """Past meetings move to another folder; the address to publish is the one that answers."""
    moved = answer(b"<p>", status=f"{status} Moved", Location="../nytt/å b?x=1#topp")
    with (
        Wire({"/gammalt/a": moved, "/nytt/%C3%A5%20b?x=1": answer(LIST)}) as wire,
        fetcher(wire) as asking,
    ):
        found = page(asking.get(f"{CITY}/gammalt/a"))
        assert asking.requests == 2
    assert (found.url, found.body) == (f"{CITY}/nytt/%C3%A5%20b?x=1", LIST)


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_letters_in_a_redirect_are_read_as_they_were_meant(encoding: str) -> None:
    """HTTP says Latin-1, most servers mean UTF-8, and the folder is the same."""
    moved = answer(status="302 Found", Location="/nämnd".encode(encoding).decode("latin-1"))
    with Wire({"/": moved, "/n%C3%A4mnd": answer()}) as wire, fetcher(wire) as asking:
        assert page(asking.get(CITY)).url == f"{CITY}/n%C3%A4mnd"


def test_five_redirects_and_no_more() -> None:
    """A loop ends, and an honest chain does not."""
    chain = {f"/{step}": answer(status="302 Found", Location=f"/{step + 1}") for step in range(21)}
    with Wire({**chain, "/21": answer()}) as wire, fetcher(wire) as asking:
        assert page(asking.get(f"{CITY}/16")).url == f"{CITY}/21"
        wire.asked.clear()
        assert "more than 5 times" in refused(asking, "/0").reason
        assert wire.paths == ["/0", "/1", "/2", "/3", "/4", "/5"]


@pytest.mark.parametrize("location", ["/", "", "https://www.boras.se/"])
def test_a_loop_ends(location: str) -> None:
    """A cookie wall sends everyone without a cookie to itself."""
    loop = answer(status="302 Found", Location="@").replace(b"@", location.encode())
    with Wire({"/": loop}) as wire, fetcher(wire) as asking:
        refused(asking)
        assert len(wire.asked) == 6


def test_a_redirect_to_nowhere_is_an_error() -> None:
    """There is a status for it, and no page."""
    with Wire({"/": answer(status="302 Found")}) as wire, fetcher(wire) as asking:
        assert refused(asking).status == 302


@pytest.mark.parametrize(
    "location",
    [
        "https://www.example.com/",
        "//www.example.com/",
        "https://boras.se.example.com/",
        "https://www.boras.se:8443/",
        "https://www.boras.se@www.example.com/",
        "https://admin:hemligt@www.boras.se/",
        "http://127.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "file:///etc/passwd",
        "ftp://www.boras.se/",
        "data:text/html,<p>Inga sammantr",
        "javascript:alert(1)",
        "https://[boras/",
        "https://www.boras.se:99999/",
    ],
)
def test_a_redirect_out_of_the_city_is_not_followed(location: str) -> None:
    """Whoever can write a link on the city's site must not send us anywhere else."""
    away = answer(status="302 Found", Location=location)
    patient = Limits()  # a busy machine answers late, and what is late is asked for again
    with Wire({"/": away}) as wire, Wire() as other, fetcher(wire, limits=patient) as asking:
        error = refused(asking)
        assert (len(wire.asked), other.asked) == (1, [])
    assert "redirected" in error.reason
    assert "hemligt" not in str(error)


def test_a_redirect_to_another_host_of_the_city_is_followed() -> None:
    """`boras.se` sends everyone to `www.boras.se`, which is asked for its own robots.txt."""
    moved = answer(status="301 Moved", Location=f"{CITY}/")
    with Wire({"/": moved}) as bare, Wire({"/": answer(LIST)}) as wire:
        origins = {"boras.se": bare.origin, HOST: wire.origin}
        with fetcher(hosts=origins, origins=origins) as asking:
            assert page(asking.get("https://boras.se")).url == f"{CITY}/"
        assert bare.paths == ["/robots.txt", "/"]


def test_https_is_not_left_for_http() -> None:
    """What comes unencrypted may be anybody's words; an origin is the operator's own choice."""
    plain = answer(status="302 Found", Location="http://boras.se/")
    hosts = (HOST, "boras.se")
    with Wire({"/": plain}) as wire, Wire({"/": answer(LIST)}) as other:
        with fetcher(wire, hosts=hosts) as asking:
            assert "not encrypted" in refused(asking).reason
        origins = {HOST: wire.origin, "boras.se": other.origin}
        with fetcher(hosts=hosts, origins=origins) as asking:
            assert page(asking.get(CITY)).url == "http://boras.se/"


def test_an_origin_that_names_itself_is_still_the_city() -> None:
    """A model or a mirror redirects by its own address; published links must not."""
    with Wire({"/ny": answer(LIST)}) as wire:
        wire.routes["/"] = answer(status="302 Found", Location=f"{wire.origin}/ny")
        origins = {"boras.se": wire.origin, HOST: wire.origin}
        with fetcher(origins=origins) as asking:
            assert page(asking.get(CITY)).url == f"{CITY}/ny"


def test_the_city_s_address_is_all_that_is_heard_of_an_origin() -> None:
    """Errors are read by operators who know the city's pages, not this machine's ports."""
    with Wire() as wire, fetcher(wire) as asking:
        error = refused(asking, "/borta")
    assert error.url == f"{CITY}/borta"
    assert "127.0.0.1" not in str(error)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.com/",
        "ftp://www.boras.se/",
        "www.boras.se",
        "",
        "https://",
        "https://[/",
        "https://www.boras.se:8443/",
        "https://admin:hemligt@www.boras.se/",
        "https:\\\\admin:hemligt@www.boras.se/\x1b[31m",
    ],
)
def test_only_the_city_is_asked(url: str) -> None:
    """A link is followed by rule, but an address is checked here, where nothing gets past."""
    with Wire() as wire, fetcher(wire) as asking:
        with pytest.raises(FetchError) as caught:
            asking.get(url)
        assert wire.asked == []
    assert "hemligt" not in str(caught.value)
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize(
    "origin", ["127.0.0.1:80", "ftp://127.0.0.1", "http://127.0.0.1/boras", "", "http://a:b@c"]
)
def test_an_origin_is_an_origin_and_no_more(origin: str) -> None:
    """A path would be lost silently, so it is refused aloud."""
    with pytest.raises(ConfigError, match="http://host:port"):
        fetcher(origins={HOST: origin})


def test_validators_stay_with_the_address_that_they_came_from() -> None:
    """A page elsewhere that is no newer than the list would make the list an unchanged one."""
    since = "Mon, 23 Nov 2026 08:00:00 GMT"
    same = answer(b"", status="304 Not Modified")
    routes = {"/": answer(status="302 Found", Location="/drift"), "/drift": same, "/egen": same}
    with Wire(routes) as wire, fetcher(wire) as asking:
        assert refused(asking, etag='"v1"', last_modified=since).status == 304
        assert isinstance(asking.get(f"{CITY}/egen", last_modified=since), NotModified)
        sent = {
            one.path: {"if-none-match", "if-modified-since"} & set(one.headers)
            for one in wire.asked
        }
    assert sent["/drift"] == set()
    assert len(sent["/"]) == 2


@pytest.mark.parametrize(
    ("ways", "temporary"),
    [
        ((), False),
        ((301,), False),
        ((308, 301), False),
        ((302,), True),
        ((301, 307), True),
        ((303, 301), True),
    ],
)
def test_only_what_has_moved_for_good_has_moved(ways: tuple[int, ...], *, temporary: bool) -> None:
    """301 and 308, at every step of the way."""
    routes = {
        f"/{n}": answer(status=f"{way} Moved", Location=f"/{n + 1}") for n, way in enumerate(ways)
    }
    with Wire(routes | {f"/{len(ways)}": OK}) as wire, fetcher(wire) as asking:
        found = page(asking.get(f"{CITY}/0"))
    assert (found.url, found.temporary) == (f"{CITY}/{len(ways)}", temporary)


@pytest.mark.parametrize("up", ["..", "%2e%2e", ".%2E", "./.."])
def test_a_path_is_judged_by_where_it_ends(up: str) -> None:
    """What the city keeps from us is not reached by way of what it shows; nor is that lost."""
    boras, name = load("boras"), "sammantrade202612071400.5.abcdef1.html"
    assert boras.link(f"{CITY}/kommunochpolitik/{up}/edit/{name}") is None
    assert boras.link(f"{CITY}/kommunochpolitik/a/{up}/{up}/{up}/edit/{name}") is None
    assert boras.feed(f"{CITY}/kommunochpolitik/{up}/edit/feed.rss") is None
    back = boras.link(f"{CITY}/edit/{up}/kommunochpolitik/{name}")
    assert back is not None
    assert back.url == f"{CITY}/kommunochpolitik/{name}"
