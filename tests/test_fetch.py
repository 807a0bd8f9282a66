"""The door to the web gives whole pages, or says in a few words why not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from asking import AGENT, CITY, NOW, QUICK, fetcher, page, refused
from records.errors import FetchError
from scraper.fetch import FEED
from scraper.page import NotModified, Page
from wire import Asked, Wire, answer

LIST = "<ul><li>Inställt</li></ul>".encode()


def test_a_page_comes_as_the_city_sent_it() -> None:
    """Bytes, not text: what they mean is for the parser to find out."""
    sent = answer(LIST, ETag='"v1"', Last_Modified="Mon, 23 Nov 2026 07:00:00 GMT")
    with Wire({"/kalender": sent}) as wire, fetcher(wire) as asking:
        found = asking.get(f"{CITY}/kalender")
        assert asking.requests == 1
    assert found == Page(
        url=f"{CITY}/kalender",
        body=LIST,
        fetched=NOW,
        charset="utf-8",
        content_type="text/html",
        etag='"v1"',
        last_modified="Mon, 23 Nov 2026 07:00:00 GMT",
    )


def test_we_say_who_asks() -> None:
    """The city's operators can see whom to write to, and are shown no cookie and no password."""
    first = answer(Set_Cookie="JSESSIONID=1; Path=/")
    with Wire({"/": first}) as wire, fetcher(wire) as asking:
        asking.get(CITY)
        asking.get(CITY)
        sent = wire.asked[-1].headers
    assert sent["user-agent"] == AGENT
    assert sent["accept-encoding"] == "gzip, deflate"
    assert sent["accept"].startswith("text/html, ")
    assert sent.keys().isdisjoint({"cookie", "authorization", "if-none-match"})


def test_no_password_is_taken_from_netrc(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A password that the operator keeps for this machine is none of the city's business."""
    netrc = tmp_path_factory.mktemp("home") / "netrc"
    netrc.write_text("machine 127.0.0.1 login admin password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with Wire({"/": answer()}) as wire, fetcher(wire) as asking:
        asking.get(CITY)
        assert "authorization" not in wire.asked[0].headers


@pytest.mark.parametrize(
    ("kind", "charset"),
    [
        ("text/html", None),
        ("text/html; charset=UTF-8", "utf-8"),
        ('TEXT/HTML ;Charset="ISO-8859-1"', "iso-8859-1"),
        ("text/html; charset=klingon", "klingon"),
        ("application/xhtml+xml; charset=utf-16", "utf-16"),
        ("text/html; charset", None),
        ("text/html; charset=", None),
    ],
)
def test_the_header_s_charset_is_kept_and_nothing_is_guessed(
    kind: str, charset: str | None
) -> None:
    """The client would call it Latin-1 where the server is silent, and «Inställt» is lost."""
    with Wire({"/": answer(LIST, kind=kind)}) as wire, fetcher(wire) as asking:
        found = page(asking.get(CITY))
    assert (found.body, found.charset or None) == (LIST, charset)


@pytest.mark.parametrize(
    "kind", ["application/pdf", "image/png", "application/json", "text/plain", "", "html", ";"]
)
def test_what_is_no_page_is_an_error(kind: str) -> None:
    """Two hundred OK and a brochure is not a list without meetings."""
    with Wire({"/": answer(kind=kind)}) as wire, fetcher(wire) as asking:
        assert "not a page" in refused(asking).reason


def test_a_feed_can_be_asked_for() -> None:
    """What is read as XML is asked for by its type, and then a page will not do."""
    routes = {"/rss": answer(kind="application/rss+xml"), "/": answer()}
    with Wire(routes) as wire, fetcher(wire) as asking:
        assert page(asking.get(f"{CITY}/rss", accept=FEED)).content_type == "application/rss+xml"
        assert wire.asked[0].headers["accept"].startswith("application/rss+xml, ")
        with pytest.raises(FetchError, match="text/html"):
            asking.get(CITY, accept=FEED)


def test_an_unchanged_page_is_not_sent_again() -> None:
    """Both validators go out as they came in, and the city answers with nothing."""

    def conditional(asked: Asked) -> list[bytes]:
        known = {"if-none-match": '"v1"', "if-modified-since": "Mon, 23 Nov 2026 07:00:00 GMT"}
        assert known.items() <= asked.headers.items()
        return [answer(b"", status="304 Not Modified")]

    with Wire({"/": conditional}) as wire, fetcher(wire) as asking:
        found = asking.get(CITY, etag='"v1"', last_modified="Mon, 23 Nov 2026 07:00:00 GMT")
    assert found == NotModified(url=f"{CITY}/", fetched=NOW)


def test_either_validator_will_do() -> None:
    """Some servers give a date and no tag."""
    with Wire({"/": answer(b"", status="304 Not Modified")}) as wire, fetcher(wire) as asking:
        assert isinstance(asking.get(CITY, etag='W/"1"'), NotModified)
        assert isinstance(asking.get(CITY, last_modified="i går"[:1]), NotModified)
        assert wire.asked[1].headers["if-modified-since"] == "i"


def test_not_modified_needs_a_question() -> None:
    """Without a stored page to fall back on, 304 is no answer."""
    with Wire({"/": answer(b"", status="304 Not Modified")}) as wire, fetcher(wire) as asking:
        assert refused(asking).status == 304
        assert refused(asking, etag="").status == 304


def test_a_new_body_under_an_old_tag_is_a_new_body() -> None:
    """Whether a page changed is judged by what it says, not by what its server says of it."""
    with Wire({"/": answer(LIST, ETag='"v1"')}) as wire, fetcher(wire) as asking:
        assert page(asking.get(CITY, etag='"v1"')).body == LIST


@pytest.mark.parametrize("tag", ['"å"', '"\x01"', '"\t"'])
def test_a_tag_that_cannot_be_sent_back_is_not_kept(tag: str) -> None:
    """Else the page could never be asked for again."""
    with Wire({"/": answer(ETag=tag)}) as wire, fetcher(wire) as asking:
        assert page(asking.get(CITY)).etag is None
        assert page(asking.get(CITY, etag=tag)).body
        assert "if-none-match" not in wire.asked[1].headers


@pytest.mark.parametrize("status", [204, 206, 300, 400, 401, 403, 404, 410, 418, 501])
def test_other_answers_are_errors_that_carry_the_status(status: int) -> None:
    """404 and 410 mark a meeting's page as gone, and none of them is asked for again."""
    with Wire({"/": answer(status=f"{status} Sent")}) as wire, fetcher(wire) as asking:
        error = refused(asking)
        assert (error.status, error.reason) == (status, f"the server answered {status}")
        assert len(wire.asked) == 1


def test_a_page_of_exactly_the_limit_is_a_page() -> None:
    """One byte more is not."""
    limits = replace(QUICK, body=1000)
    routes = {"/": answer(b"x" * 1000), "/mer": answer(b"x" * 1001)}
    with Wire(routes) as wire, fetcher(wire, limits=limits) as asking:
        assert len(page(asking.get(CITY)).body) == 1000
        assert "larger than 1000 bytes" in refused(asking, "/mer").reason
