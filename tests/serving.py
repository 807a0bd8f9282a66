"""A published folder served on 127.0.0.1, and somebody who asks it, well or badly behaved."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Final

import pytest

from editions import NOW, whole
from feeds.publish import publish
from feeds.serve import Server

ROOT: Final = Path(__file__).parent.parent
ICS: Final = "/boras/kulturnamnden.ics"
SECRET: Final = b"secret"
"""What stands in every file of the folder that is nobody's business."""


@dataclass(frozen=True)
class Got:
    """An answer; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published folder, with files beside ours that are nobody's business."""
    folder = tmp_path_factory.mktemp("served") / "public"
    publish(whole(), folder, now=NOW)
    (folder / "status.json").write_text("{}")
    for name in (".env", "kallelse.db", "boras/.kallelse-x.tmp", "boras/x.ics.tmp", "a.ics.bak"):
        (folder / name).write_bytes(SECRET)
    (folder.parent / "beside.ics").write_bytes(SECRET)
    (folder.parent / "beside").mkdir()
    (folder.parent / "beside/a.ics").write_bytes(SECRET)
    (folder / "outside.ics").symlink_to(folder.parent / "beside.ics")
    (folder / "inside.ics").symlink_to(folder / ".env")
    (folder / "beside").symlink_to(folder.parent / "beside")
    (folder / "folder.ics").mkdir()
    os.mkfifo(folder / "pipe.ics")
    return folder


@pytest.fixture(scope="module")
def server(public: Path) -> Iterator[Server]:
    """The folder, served."""
    with Server(public) as running:
        yield running


def ask(server: Server, path: str, method: str = "GET", **headers: str) -> Got:
    """Ask for a path exactly as it is written; `If_None_Match` is a header."""
    connection = HTTPConnection(server.host, server.port, timeout=10)
    try:
        return again(connection, path, method, **headers)
    finally:
        connection.close()


def again(connection: HTTPConnection, path: str, method: str = "GET", **headers: str) -> Got:
    """Ask the same over a connection that is kept."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers=named)
    answer = connection.getresponse()
    return Got(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())


def raw(server: Server, *data: bytes, pause: float = 0.1) -> bytes:
    """Send these very bytes, piece by piece, and give all that comes back."""
    with socket.create_connection((server.host, server.port), timeout=10) as connection:
        for piece in data:
            connection.sendall(piece)
            time.sleep(pause)
        found = b""
        while part := connection.recv(65536):
            found += part
    return found


SCRIPT: Final = (
    "import sys; from pathlib import Path; from feeds.serve import serve\n"
    "serve(Path(sys.argv[1]), host='127.0.0.1', port=int(sys.argv[2])); print('over')\n"
)


@contextmanager
def alone(out: Path) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Serve a folder by a process of its own; gives it and its port once it answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    running = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", SCRIPT, str(out), str(port)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        connect(port).close()
        yield running, port
    finally:
        running.kill()
        running.communicate()


def connect(port: int) -> socket.socket:
    """Connect to a server that may still be about to listen."""
    for _ in range(600):
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=10)
        except ConnectionRefusedError:
            time.sleep(0.05)
    pytest.fail("the server did not begin to listen")


MANY: Final[tuple[tuple[str, dict[str, str], int], ...]] = (
    (ICS, {}, 200),
    (ICS, {"accept_encoding": "gzip"}, 200),
    (ICS, {"if_none_match": "*"}, 304),
    (ICS, {"range": "bytes=0-9"}, 206),
    (f"{ICS}?x=1", {}, 200),
    ("/none.ics", {}, 404),
    ("/healthz", {}, 200),
)
"""Requests of every kind, and what each is answered with."""


def many(port: int, number: int) -> None:
    """Ask so many times, a hundred over one connection; each answer is as it should be."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    for turn in range(number):
        path, headers, status = MANY[turn % len(MANY)]
        assert again(connection, path, **headers).status == status
        if turn % 100 == 0:
            connection.close()  # and opens again by itself
    connection.close()


def held(pid: int) -> tuple[int, int]:
    """Give how many octets of memory a process has, and how many descriptors."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGESIZE"), len(list(Path(f"/proc/{pid}/fd").iterdir()))
