"""The published folder over HTTP: the right type, nothing sent twice, and no file but ours."""

from __future__ import annotations

import re
import socket
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection
from pathlib import Path

import pytest

from editions import NOW, whole
from feeds.conditional import moment
from feeds.folder import write
from feeds.heads import MAX_AGE, TYPES
from feeds.publish import publish
from feeds.serve import Server, serve
from records.errors import ConfigError
from serving import ICS, ROOT, ask


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html"),
        ("/index.html", "text/html"),
        (ICS, "text/calendar"),
        ("/boras/kulturnamnden.google.ics", "text/calendar"),
        ("/boras/kulturnamnden.rss", "application/rss+xml"),
        ("/boras/kulturnamnden.protokoll.atom", "application/atom+xml"),
        ("/boras/alla.json", "application/feed+json"),
        ("/boras/data/meeting.csv", "text/csv"),
        ("/boras/data/meeting.schema.json", "application/schema+json"),
        ("/boras/feeds.opml", "text/x-opml"),
        ("/boras/data/meeting.jsonl", "application/jsonl"),
        ("/style.css", "text/css"),
        ("/status.json", "application/json"),
    ],
)
def test_every_file_has_its_type(server: Server, public: Path, path: str, kind: str) -> None:
    """With its charset, without which Google shows å, ä and ö wrong (H1, F17)."""
    got = ask(server, path)
    assert (got.status, got.headers["content-type"]) == (200, f"{kind}; charset=utf-8")
    assert got.body == (public / (path[1:] or "index.html")).read_bytes()
    assert "content-disposition" not in got.headers
    assert "set-cookie" not in got.headers


def test_nothing_is_sent_twice(server: Server) -> None:
    """By tag, by a weak or one of several tags, by star, or by date: 304, without a body (H5)."""
    first = ask(server, ICS)
    tag, modified = first.headers["etag"], first.headers["last-modified"]
    for headers in (
        {"If_None_Match": tag},
        {"If_None_Match": f"W/{tag}"},
        {"If_None_Match": f'"other", {tag}'},
        {"If_None_Match": "*"},
        {"If_Modified_Since": modified},
        {"If_None_Match": tag, "If_Modified_Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
    ):
        got = ask(server, ICS, **headers)
        assert (got.status, got.body, got.headers["etag"]) == (304, b"", tag)
        assert got.headers["last-modified"] == modified


@pytest.mark.parametrize(
    "headers",
    [
        {"If_None_Match": '"other"'},
        {"If_Modified_Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"If_Modified_Since": "yesterday"},
        {"If_Modified_Since": "Thu, 01 Jan 0000 00:00:00 GMT"},
    ],
)
def test_what_changed_is_sent(server: Server, headers: dict[str, str]) -> None:
    """A tag of another version, an older date, or nonsense gets the whole file."""
    got = ask(server, ICS, **headers)
    assert (got.status, got.body[:15]) == (200, b"BEGIN:VCALENDAR")


def test_a_replaced_file_is_seen_at_once(tmp_path: Path) -> None:
    """What is published while we serve has new bytes, a new tag and a later date."""
    path = tmp_path / "a.ics"
    write(path, b"old")
    with Server(tmp_path) as server:
        first = ask(server, "/a.ics")
        write(path, b"new")
        second = ask(server, "/a.ics", If_None_Match=first.headers["etag"])
        path.unlink()
        assert ask(server, "/a.ics").status == 404
    assert (first.body, second.status, second.body) == (b"old", 200, b"new")
    dates = [parsedate_to_datetime(got.headers["last-modified"]) for got in (first, second)]
    assert dates[0] <= dates[1]


def test_head_says_what_get_would(server: Server) -> None:
    """The same headers, and no body."""
    head, get = (ask(server, ICS, method) for method in ("HEAD", "GET"))
    assert (head.status, head.body) == (200, b"")
    assert {k: v for k, v in head.headers.items() if k != "date"} == {
        k: v for k, v in get.headers.items() if k != "date"
    }
    assert head.headers["content-length"] == str(len(get.body))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"])
def test_nothing_can_be_done_to_it(server: Server, method: str) -> None:
    """Anything but reading is 405, and says what is allowed."""
    got = ask(server, ICS, method)
    assert (got.status, got.headers["allow"]) == (405, "GET, HEAD")


def test_a_query_changes_nothing(server: Server) -> None:
    """Some apps add one."""
    assert ask(server, f"{ICS}?x=1").body == ask(server, ICS).body


def test_a_part_can_be_asked_for(server: Server) -> None:
    """A broken download goes on where it stopped, if the file is still the same."""
    whole_file = ask(server, ICS)
    size = len(whole_file.body)
    for asked, span in (("0-9", slice(10)), ("5-", slice(5, None)), ("-7", slice(-7, None))):
        got = ask(server, ICS, Range=f"bytes={asked}", If_Range=whole_file.headers["etag"])
        assert (got.status, got.body) == (206, whole_file.body[span])
        assert got.headers["content-range"].endswith(f"/{size}")
    assert ask(server, ICS, Range=f"bytes={size}-").status == 416
    for headers in (
        {"Range": "bytes=9-1"},
        {"Range": "bytes=0-1,3-4"},
        {"Range": "lines=0-1"},
        {"Range": "bytes=-"},
        {"Range": "bytes=0-1", "If_Range": '"other"'},
    ):
        assert ask(server, ICS, **headers).status == 200


def test_pages_may_load_nothing_of_others(server: Server) -> None:
    """Said by the server too, and for pages alone; what a page links to is not told of it."""
    page, feed = ask(server, "/").headers, ask(server, ICS).headers
    assert "default-src 'none'; script-src 'self';" in page["content-security-policy"]
    assert page["content-security-policy"].endswith("frame-ancestors 'none'")
    part = ask(server, "/boras/embed/kulturnamnden/").headers
    assert part["content-security-policy"].endswith("frame-ancestors *")
    assert "content-security-policy" not in feed
    for headers in (page, feed):
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("path", [ICS, "/boras/alla.rss", "/boras/data/meeting.jsonl"])
def test_other_pages_may_read_data(server: Server, path: str) -> None:
    """A newsroom's own page may fetch it by script; our pages are not theirs to read or frame."""
    got = ask(server, path, Origin="https://example.org")
    assert got.headers["access-control-allow-origin"] == "*"
    assert got.headers["cross-origin-resource-policy"] == "cross-origin"
    again = ask(server, path, If_None_Match=got.headers["etag"])
    assert (again.status, again.headers["access-control-allow-origin"]) == (304, "*")
    page = ask(server, "/").headers
    assert "access-control-allow-origin" not in page
    assert page["cross-origin-resource-policy"] == "same-origin"


def test_what_the_city_takes_down_is_not_kept_by_search_engines(tmp_path: Path) -> None:
    """Notices and documents are not indexed, nor are feeds and data; the meetings' pages are."""
    for name in ("index", "boras/index", "boras/anslagstavla/index", "boras/handlingar/index"):
        file = tmp_path / f"{name}.html"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")
    (tmp_path / "a.rss").write_text("x")
    with Server(tmp_path) as server:
        for path, expected in (
            ("/", None),
            ("/boras/", None),
            ("/boras/anslagstavla/", "noindex"),
            ("/boras/handlingar/", "noindex"),
            ("/a.rss", "noindex"),
        ):
            assert ask(server, path).headers.get("x-robots-tag") == expected


def test_robots_may_come(server: Server) -> None:
    """Google's calendar obeys robots.txt: there is none, and so no rule that keeps it out (H2)."""
    assert ask(server, "/robots.txt").status == 404


def test_the_status_is_asked_for_each_time(server: Server) -> None:
    """It alone tells how fresh all is; the rest may be ten minutes old, never an hour (H10)."""
    assert ask(server, "/status.json").headers["cache-control"] == "no-cache"
    assert MAX_AGE <= 3600


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 784_111_777),
        ("Sun Nov  6 08:49:37 1994", 784_111_777),
        ("Sun, 06 Nov 99999 08:49:37 GMT", None),
        ("Sun, 99 Nov 1994 99:99:99 GMT", None),
        ("", None),
    ],
)
def test_dates_of_http(text: str, seconds: int | None) -> None:
    """All three forms are read; what is no date is no condition (RFC 9110, 5.6.7)."""
    assert moment(text) == seconds


def test_one_connection_serves_many(server: Server) -> None:
    """A reader with forty feeds does not open forty connections."""
    connection = HTTPConnection(server.host, server.port, timeout=10)
    for _ in range(40):
        connection.request("GET", ICS)
        assert connection.getresponse().read().startswith(b"BEGIN:VCALENDAR")
    connection.close()


def test_memory_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many files are asked for, only so many octets are kept; all are still served."""
    monkeypatch.setattr("feeds.copies.KEPT", 1000)
    names = [f"a{n}.ics" for n in range(9)]
    for name in names:
        (tmp_path / name).write_bytes(name.encode() * 100)
    with Server(tmp_path) as server:
        for name in names * 2:
            assert ask(server, f"/{name}").body == name.encode() * 100


def test_a_taken_port_is_told(server: Server, public: Path) -> None:
    """In one sentence that says what to do."""
    with pytest.raises(ConfigError, match="give another --port"):
        serve(public, host=server.host, port=server.port)


def test_the_server_speaks_ipv6(public: Path) -> None:
    """Its address is written as addresses are."""
    if not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    with Server(public, host="::1") as server:
        assert server.url == f"http://[::1]:{server.port}"
        assert ask(server, ICS).status == 200


def test_every_published_ending_has_a_type(public: Path) -> None:
    """Nothing that is published is left unserved."""
    done = publish(whole(), public, now=NOW)
    assert {Path(path).suffix for path in done.paths} <= set(TYPES)


def test_each_rule_is_held_by_tests_that_are_there() -> None:
    """What docs/serving.md says of a rule is so: no test that it names was renamed or dropped."""
    suite = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
    named = re.findall(r"`(test_\w+)`", (ROOT / "docs/serving.md").read_text())
    assert len(set(named)) > 40
    assert [name for name in named if f"def {name}(" not in suite] == []


def test_the_last_slash_may_be_left_out(server: Server) -> None:
    """Whoever types an address leaves it out: they are led to the page, and nowhere else."""
    got = ask(server, "/boras")
    assert (got.status, got.headers["location"]) == (301, "/boras/")
    assert ask(server, "/boras?x=1").headers["location"] == "/boras/"
    for path in ("/boras/data", "/none", "//boras", "/boras//", "/style.css/"):
        assert ask(server, path).status == 404
