"""Those who send or take little by little: they keep nobody waiting, and get what they wait for."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest

from feeds.protocol import HEAD_SECONDS, Guarded
from feeds.serve import Server
from serving import ICS, again, ask, raw


def test_who_says_nothing_is_left(public: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A head that never ends does not hold a connection open for ever."""
    monkeypatch.setattr(Guarded, "head_seconds", 0.3)
    with Server(public) as server:
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


def test_who_leaves_the_last_of_it_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lies here may be too little to pause our writing, and still hold a connection open.

    How much the system takes for a reader is not known, so many ask for a little more each.
    """
    monkeypatch.setattr(Guarded, "stalled_seconds", 0.3)
    (tmp_path / "a.ics").write_bytes(b"x" * 50_000)
    one, last = (
        f"GET /a.ics HTTP/1.1\r\nHost: x\r\n{more}\r\n" for more in ("", "Connection: close\r\n")
    )
    with Server(tmp_path) as server, ExitStack() as held:
        assert ask(server, "/a.ics").status == 200
        before = descriptors()
        for number in range(40, 80):
            slow = held.enter_context(socket.socket())
            slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            slow.connect((server.host, server.port))
            slow.sendall((one * number + last).encode())
        for _ in range(100):
            if descriptors() <= before + 40:
                break
            time.sleep(0.05)
        assert descriptors() <= before + 40


def test_slow_ones_keep_nobody_waiting(
    server: Server, public: Path, counts: Callable[[int], int]
) -> None:
    """200 that send an octet now and then, 50 that never read what they asked for (H2)."""
    assert HEAD_SECONDS <= 30
    big = public / "big.ics"
    big.write_bytes(b"x" * 200_000)
    assert ask(server, ICS).status == 200  # it runs, with what it needs
    begun, times, before = b"GET / HTTP/1.1\r\nX: ", [], descriptors()
    with ExitStack() as held:
        slow = [connected(server, held) for _ in range(counts(200))]
        for connection in [connected(server, held) for _ in range(counts(50))]:
            connection.sendall(b"GET /big.ics HTTP/1.1\r\nHost: x\r\n\r\n")
        healthy = HTTPConnection(server.host, server.port, timeout=10)
        for turn in range(100):
            for connection in slow[turn % 10 :: 10]:
                connection.sendall(begun[turn // 10 :][:1])
            begin = time.monotonic()
            assert again(healthy, ICS).status == 200
            times.append(time.monotonic() - begin)
        healthy.close()
    for _ in range(100):
        if descriptors() <= before:
            break
        time.sleep(0.05)
    assert descriptors() <= before
    big.unlink()
    assert sorted(times)[98] < 1


def descriptors() -> int:
    """Give how many descriptors this process has, the server's among them."""
    return len(list(Path("/proc/self/fd").iterdir()))


def connected(server: Server, held: ExitStack) -> socket.socket:
    """Give a connection that is open until all are done."""
    address = (server.host, server.port)
    return held.enter_context(socket.create_connection(address, timeout=10))


@pytest.mark.slow
def test_a_slow_reader_gets_the_whole(public: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One who takes less than we give is not one who takes nothing: each piece has its time."""
    monkeypatch.setattr(Guarded, "stalled_seconds", 1)
    big = public / "big.ics"
    big.write_bytes(b"x" * 8_000_000)
    with Server(public) as server, ExitStack() as held:
        reader = connected(server, held)
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
        reader.sendall(b"GET /big.ics HTTP/1.0\r\n\r\n")
        got = 0
        while part := reader.recv(100_000):
            got += len(part)
            time.sleep(0.03)
    big.unlink()
    assert got > 8_000_000
