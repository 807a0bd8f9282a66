"""The server among the worst of askers: nothing from outside, no header of theirs, still alive."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from urllib.parse import quote

import pytest

from feeds.heads import TYPES
from feeds.protocol import HEAD_FIELDS, HEAD_OCTETS
from feeds.serve import Server
from serving import ICS, SECRET, ask, raw


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
        "/boras/x.ics.tmp",
        "/a.ics.bak",
        "/outside.ics",
        "/inside.ics",
        "/beside/a.ics",
        "/pipe.ics",
        f"{ICS}.gz",
        "/folder.ics",
        "/folder.ics/",
        "/boras/data",
        "/boras/data/",
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


BITS = (
    *("..", "%2e%2e", "%252e%252e", "..%2f", "..%5c", "\\", "%5c", "%00", "%0d%0a", ".", "%2f"),
    *("/", "//", "etc", "passwd", ".env", "kallelse.db", "beside.ics", "outside.ics", "inside.ics"),
    *("beside", "boras", "kulturnamnden.ics", ".kallelse-x.tmp", "x.ics.tmp", "a.ics.bak", "pipe"),
    *("%c0%ae%c0%ae", "%ff", "å", "~", "proc", "self", "environ", "gone.json", "?", ";", "*"),
)
"""What addresses are fuzzed from."""


def test_no_made_up_path_leads_outside(
    server: Server, public: Path, counts: Callable[[int], int]
) -> None:
    """However it is put together: 404 or 400, a file of ours as it stands, or its folder (H1)."""
    luck = Random(20261127)  # noqa: S311 - paths to be tried, no secret
    files = (path for path in public.rglob("*.*") if path.suffix in TYPES and path.is_file())
    ours = {body for path in files if SECRET not in (body := path.read_bytes())}
    met = set[int]()
    for _ in range(counts(200) * 10):
        path = "/" + "".join(
            luck.choice(BITS) + luck.choice(("", "/", "/")) for _ in range(luck.randint(1, 6))
        )
        sent = raw(server, f"GET {path} HTTP/1.0\r\n\r\n".encode(), pause=0)
        head, _, body = sent.partition(b"\r\n\r\n")
        status = int(head.split()[1])
        met.add(status)
        assert status in {200, 301, 400, 404}, path
        assert SECRET not in sent, path
        assert status != 200 or body in ours, path
        assert status != 301 or inside(head), path
    assert {400, 404} <= met


def inside(head: bytes) -> bool:
    """Whether an answer leads to a folder of this server: `//x/` would be another one's."""
    return re.search(rb"\r\nlocation: /([a-z0-9-]+/)+\r\n", head + b"\r\n") is not None


@pytest.mark.parametrize(
    ("target", "status"),
    [
        (f"http://example.org{ICS}", b"200"),
        ("http://example.org/../beside.ics", b"404"),
        ("*", b"404"),
        ("example.org:1", b"400"),
    ],
)
def test_a_whole_address_is_read_as_its_path(server: Server, target: str, status: bytes) -> None:
    """As proxies write it (RFC 9112, 3.2.2); what has no path of ours gets none of it."""
    sent = raw(server, f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    assert sent.split()[1] == status
    assert SECRET not in sent


@pytest.mark.parametrize("path", [ICS, "/none", "/", "/healthz", "/readyz"])
def test_nothing_of_a_request_comes_back(server: Server, path: str) -> None:
    """No line break becomes a header, and nobody's Host stands in an answer (H3)."""
    evil = quote("\r\nX-Evil: 1\r\n\r\n<blink>")
    for target in (f"{path}?{evil}", f"{path}{evil}", f"{path}%0d%0aSet-Cookie:%20a=b"):
        sent = raw(server, f"GET {target} HTTP/1.0\r\nHost: evil.example\r\n\r\n".encode(), pause=0)
        for word in (b"evil", b"Evil", b"set-cookie", b"Set-Cookie", b"<blink>"):
            assert word not in sent


@pytest.mark.parametrize(
    "head",
    [
        b"Host: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"Host: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"Host: x\r\nContent-Length: nonsense\r\n\r\n",
        b"Host: x\r\nHost: y\r\n\r\n",
        b"X: y\r\n\r\n",
        b"Host: a@b/c d\r\n\r\n",
        b"Host: x\r\n X: folded\r\nX y: z\r\n\r\n",
    ],
    ids=["lengths", "smuggled", "length", "hosts", "no host", "path for host", "folded"],
)
def test_what_can_be_read_two_ways_is_refused(server: Server, head: bytes) -> None:
    """400 and close: what a proxy before us may read otherwise is never a second request (H3)."""
    sent = raw(server, b"GET / HTTP/1.1\r\n" + head + b"GET /none HTTP/1.1\r\nHost: x\r\n\r\n")
    assert sent.startswith(b"HTTP/1.1 400")
    assert sent.count(b"HTTP/1.1") == 1
    assert b"connection: close" in sent


@pytest.mark.parametrize("version", ["0.9", "2.0"])
def test_other_versions_are_refused(server: Server, version: str) -> None:
    """Nobody who names another HTTP is answered as if it were this one."""
    sent = raw(server, f"GET {ICS} HTTP/{version}\r\nHost: x\r\n\r\n".encode(), pause=0)
    assert sent.startswith(b"HTTP/1.1 400")


def test_what_stands_behind_an_upgrade_is_answered(server: Server) -> None:
    """No upgrade is taken, so that what follows in the same packet is the next request."""
    first = b"GET /none HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
    then = f"GET {ICS} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
    sent = raw(server, first + then, pause=0)
    assert sent.startswith(b"HTTP/1.1 404")
    assert sent.count(b"HTTP/1.1 200") == 1


def test_no_refusal_stands_in_an_answer(server: Server, public: Path) -> None:
    """Nonsense behind a request ends the connection once the answer is whole."""
    big = public / "big.ics"
    big.write_bytes(b"x" * 8_000_000)
    with socket.create_connection((server.host, server.port), timeout=10) as connection:
        connection.sendall(b"GET /big.ics HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(0.3)
        connection.sendall(b"\0nonsense\r\n\r\n")
        sent = bytearray()
        while part := connection.recv(100_000):
            sent += part
    big.unlink()
    assert sent.partition(b"\r\n\r\n")[2] == b"x" * 8_000_000


def test_refusals_are_small_and_tell_nothing(server: Server) -> None:
    """Neither what serves, nor in which version, nor how it went wrong (H4)."""
    for got in (ask(server, "/none"), ask(server, ICS, "POST"), ask(server, "/..")):
        assert got.status in {404, 405}
        assert len(got.body) < 100
        assert "server" not in got.headers
        for word in (b"Traceback", b"uvicorn", b"python", b"Python"):
            assert word not in got.body
    refused = raw(server, b"nonsense\r\n\r\n")
    assert b"server" not in refused.lower()
    assert len(refused) < 300


def test_old_readers_are_served(server: Server) -> None:
    """HTTP/1.0 needs no Host, and its connection ends with the answer; 1.1 goes on (H4)."""
    old = raw(server, f"GET {ICS} HTTP/1.0\r\n\r\n".encode(), pause=0)
    assert old.startswith(b"HTTP/1.1 200")
    assert old.endswith(b"END:VCALENDAR\r\n")
    one = f"GET {ICS} HTTP/1.1\r\nHost: x\r\n".encode()
    both = raw(server, one + b"\r\n" + one + b"Connection: close\r\n\r\n", pause=0)
    assert both.count(b"HTTP/1.1 200") == 2


def test_a_body_that_nobody_asked_for_is_let_go(server: Server) -> None:
    """Neither does it fill our memory, nor is it taken for the next request."""
    body = b"GET /none HTTP/1.1\r\nHost: x\r\n\r\n"
    head = f"GET {ICS} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n".encode()
    sent = raw(server, head + b"Connection: close\r\n\r\n" + body)
    assert (sent.count(b"HTTP/1.1 200"), sent.count(b"404")) == (1, 0)
    head = f"POST {ICS} HTTP/1.1\r\nHost: x\r\nContent-Length: 100000000\r\n\r\n".encode()
    with suppress(ConnectionError):  # it is cut off before all is sent
        assert raw(server, head, *[b"x" * 1_000_000] * 20, pause=0).startswith(b"HTTP/1.1 405")
    assert ask(server, ICS).status == 200


def test_too_much_is_refused_at_once(server: Server) -> None:
    """In a tenth of a second, the best of a few: a busy machine is no fault (H6)."""
    head = b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 65_536 + b"\r\n\r\n"
    times = []
    for _ in range(5):
        begin = time.monotonic()
        with suppress(ConnectionError):
            raw(server, head, pause=0)
        times.append(time.monotonic() - begin)
    assert min(times) < 0.1


def test_any_bytes_get_an_answer_or_a_close(server: Server, counts: Callable[[int], int]) -> None:
    """Requests changed at random, or random from the first octet: the server lives on."""
    luck = Random(3)  # noqa: S311 - octets to be tried, no secret
    good = (
        f"GET {ICS} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\nRange: bytes=0-9\r\n"
        'If-None-Match: "a", W/"b"\r\nIf-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\n'
        "Connection: close\r\n\r\n"
    ).encode()
    answered = 0
    for number in range(counts(5_000)):
        sent = bytearray(good if number % 4 else luck.randbytes(luck.randint(1, 400)))
        for _ in range(luck.randint(1, 8)):
            place = luck.randrange(len(sent) + 1)
            sent[place : place + luck.randint(0, 4)] = luck.choice(
                (luck.randbytes(3), b"\r\n", b"\0", b"%", b":", b"9" * 30, b", ", b"bytes=")
            )
        got = exchanged(server, bytes(sent))
        assert not got or valid(got), sent
        answered += bool(got)
    assert answered > counts(5_000) // 2
    assert ask(server, ICS).status == 200


def exchanged(server: Server, sent: bytes) -> bytes:
    """Send these bytes and no more; give what comes back before the connection ends."""
    got = b""
    with (
        suppress(ConnectionError),
        socket.create_connection((server.host, server.port), timeout=10) as connection,
    ):
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        while part := connection.recv(65536):
            got += part
    return got


def valid(got: bytes) -> bool:
    """Whether an answer has a status of ours, whole headers, and as much body as it says."""
    head, end, _ = got.partition(b"\r\n\r\n")
    first, *fields = head.split(b"\r\n")
    status = first.split()[1]
    known = {b"200", b"206", b"301", b"304", b"400", b"404", b"405", b"416"}
    return bool(end) and status in known and all(b":" in field for field in fields)
