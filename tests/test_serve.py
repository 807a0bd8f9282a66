"""The published folder over HTTP: the right type, nothing sent twice, and no file but ours."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread

import pytest

from editions import NOW, whole
from feeds.answer import TYPES
from feeds.conditional import moment
from feeds.folder import write
from feeds.protocol import HEAD_FIELDS, HEAD_OCTETS, Guarded
from feeds.publish import publish
from feeds.serve import Server, serve
from records.errors import ConfigError

ROOT = Path(__file__).parent.parent
ICS = "/boras/kulturnamnden.ics"


@dataclass(frozen=True)
class Got:
    """An answer; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published folder, with files beside ours that are nobody's business."""
    folder = tmp_path_factory.mktemp("served") / "public"
    publish(whole(), folder, now=NOW)
    (folder / "status.json").write_text("{}")
    (folder / ".env").write_text("secret")
    (folder / "boras/.kallelse-x.tmp").write_text("half")
    (folder / "kallelse.db").write_text("secret")
    (folder.parent / "beside.ics").write_text("secret")
    (folder / "outside.ics").symlink_to(folder.parent / "beside.ics")
    (folder / "folder.ics").mkdir()
    return folder


@pytest.fixture(scope="module")
def server(out: Path) -> Iterator[Server]:
    """The folder, served."""
    with Server(out) as running:
        yield running


def ask(server: Server, path: str, method: str = "GET", **headers: str) -> Got:
    """Ask for a path exactly as it is written; `If_None_Match` is a header."""
    connection = HTTPConnection(server.host, server.port, timeout=10)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers=named)
    answer = connection.getresponse()
    got = Got(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
    connection.close()
    return got


def raw(server: Server, *data: bytes) -> bytes:
    """Send these very bytes, piece by piece, and give all that comes back."""
    with socket.create_connection((server.host, server.port), timeout=10) as connection:
        for piece in data:
            connection.sendall(piece)
            time.sleep(0.1)
        found = b""
        while part := connection.recv(65536):
            found += part
    return found


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html"),
        ("/index.html", "text/html"),
        (ICS, "text/calendar"),
        ("/boras/kulturnamnden.google.ics", "text/calendar"),
        ("/boras/kulturnamnden.rss", "application/rss+xml"),
        ("/boras/feeds.opml", "text/x-opml"),
        ("/boras/data/meeting.jsonl", "application/jsonl"),
        ("/style.css", "text/css"),
        ("/status.json", "application/json"),
    ],
)
def test_every_file_has_its_type(server: Server, out: Path, path: str, kind: str) -> None:
    """With its charset, without which Google shows å, ä and ö wrong (H1, F17)."""
    got = ask(server, path)
    assert (got.status, got.headers["content-type"]) == (200, f"{kind}; charset=utf-8")
    assert got.body == (out / (path[1:] or "index.html")).read_bytes()
    assert got.headers["x-content-type-options"] == "nosniff"
    assert "content-disposition" not in got.headers
    assert "set-cookie" not in got.headers
    assert "max-age=600" in got.headers["cache-control"]


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


@pytest.mark.parametrize(
    "path",
    [
        "/../beside.ics",
        "/boras/../../beside.ics",
        "/%2e%2e/beside.ics",
        "/..%2fbeside.ics",
        "/boras/..%5c..%5cbeside.ics",
        "//etc/passwd",
        "/.env",
        "/%2eenv",
        "/boras/.kallelse-x.tmp",
        "/kallelse.db",
        "/outside.ics",
        "/folder.ics",
        "/folder.ics/",
        "/boras",
        "/boras/",
        "/none.ics",
        "/boras/kulturnamnden.ics%00.html",
        "/boras/kulturnamnden.ics%0d%0aX-Evil:%201",
        "/%ff",
    ],
)
def test_nothing_else_is_there(server: Server, path: str) -> None:
    """No way upwards, no dotfile, no half file, no store, no list of a folder: 404."""
    got = ask(server, path)
    assert got.status == 404
    assert b"secret" not in got.body
    assert "x-evil" not in got.headers


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
    """Said by the server too, and for pages alone."""
    assert "default-src 'none'" in ask(server, "/").headers["content-security-policy"]
    assert "content-security-policy" not in ask(server, ICS).headers


@pytest.mark.parametrize(
    "head",
    [
        b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * (2 * HEAD_OCTETS) + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: 1\r\n" * (HEAD_FIELDS + 1) + b"\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * (2 * HEAD_OCTETS),
        b"nonsense\r\n\r\n",
    ],
    ids=["address", "header", "headers", "endless", "nonsense"],
)
def test_too_much_is_refused(server: Server, head: bytes) -> None:
    """Nobody's request fills our memory, and the next one is answered."""
    with suppress(ConnectionError):  # the refusal may come while the rest is still being sent
        assert raw(server, head).startswith(b"HTTP/1.1 400")
    assert ask(server, ICS).status == 200


def test_who_says_nothing_is_left(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A head that never ends does not hold a connection open for ever."""
    monkeypatch.setattr(Guarded, "head_seconds", 0.3)
    with Server(out) as server:
        for begun in (b"", b"GET / HTTP/1.1\r\nHost: x\r\n"):
            begin = time.monotonic()
            with suppress(ConnectionResetError):
                assert raw(server, begun) == b""
            assert time.monotonic() - begin < 5
        with suppress(ConnectionResetError):  # line ends alone begin no head, and wake the clock
            asked = b"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n"
            assert raw(server, asked, b"\r\n").startswith(b"HTTP/1.1 200")
        assert ask(server, ICS).status == 200


def test_who_takes_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that stops reading does not hold our memory for ever."""
    monkeypatch.setattr(Guarded, "stalled_seconds", 0.3)
    (tmp_path / "a.ics").write_bytes(b"x" * 40_000_000)
    with Server(tmp_path) as server:
        with socket.create_connection((server.host, server.port), timeout=10) as slow:
            slow.sendall(b"GET /a.ics HTTP/1.1\r\nHost: x\r\n\r\n")
            time.sleep(1)
            got = 0
            with suppress(ConnectionResetError):
                while part := slow.recv(1_000_000):
                    got += len(part)
        assert got < 40_000_000
        assert ask(server, "/a.ics", "HEAD").status == 200


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
    monkeypatch.setattr("feeds.answer.KEPT", 1000)
    names = [f"a{n}.ics" for n in range(9)]
    for name in names:
        (tmp_path / name).write_bytes(name.encode() * 100)
    with Server(tmp_path) as server:
        for name in names * 2:
            assert ask(server, f"/{name}").body == name.encode() * 100


def test_a_taken_port_is_told(server: Server, out: Path) -> None:
    """In one sentence that says what to do."""
    with pytest.raises(ConfigError, match="give another --port"):
        serve(out, host=server.host, port=server.port)


def test_the_server_speaks_ipv6(out: Path) -> None:
    """Its address is written as addresses are."""
    if not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    with Server(out, host="::1") as server:
        assert server.url == f"http://[::1]:{server.port}"
        assert ask(server, ICS).status == 200


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it(out: Path, number: signal.Signals) -> None:
    """Exit 0 within seconds and without a word, though a reader's connection is open."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    script = (
        "import sys; from pathlib import Path; from feeds.serve import serve\n"
        f"serve(Path(sys.argv[1]), host='127.0.0.1', port={port}); print('over')\n"
    )
    running = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", script, str(out)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        connection = _connect(port)
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(15) == b"HTTP/1.1 200 OK"
        running.send_signal(number)
        said, complained = running.communicate(timeout=20)
        connection.close()
    finally:
        running.kill()
        running.communicate()
    assert (running.returncode, said, complained) == (0, b"over\n", b"")


def test_a_signal_ends_it_and_nothing_else(out: Path) -> None:
    """Who called gets its own handlers back, and goes on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])

    def end_once_it_answers() -> None:
        with _connect(port) as connection:
            connection.sendall(b"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n")
            connection.recv(15)
            os.kill(os.getpid(), signal.SIGTERM)

    before = signal.getsignal(signal.SIGTERM)
    ending = Thread(target=end_once_it_answers)
    ending.start()
    serve(out, host="127.0.0.1", port=port)
    ending.join()
    assert signal.getsignal(signal.SIGTERM) is before


def _connect(port: int) -> socket.socket:
    for _ in range(200):
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=10)
        except ConnectionRefusedError:
            time.sleep(0.05)
    pytest.fail("the server did not begin to listen")


def test_every_published_ending_has_a_type(out: Path) -> None:
    """Nothing that is published is left unserved."""
    done = publish(whole(), out, now=NOW)
    assert {Path(path).suffix for path in done.paths} <= set(TYPES)
