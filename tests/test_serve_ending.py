"""The server over time: files replaced under its readers, a signal, very many requests."""

from __future__ import annotations

import gzip
import hashlib
import os
import signal
import socket
import time
from collections.abc import Callable
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from threading import Event, Thread

import pytest

from editions import NOW
from feeds.publish import publish
from feeds.serve import Server, serve
from serving import ICS, again, alone, connect, held, many
from test_publish_faults import NEW, OLD


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it(public: Path, number: signal.Signals) -> None:
    """Exit 0 within seconds and without a word, though a reader's connection is open."""
    with alone(public) as (running, port):
        connection = connect(port)
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(15) == b"HTTP/1.1 200 OK"
        running.send_signal(number)
        said, complained = running.communicate(timeout=20)
        connection.close()
    assert (running.returncode, said, complained) == (0, b"over\n", b"")


def test_a_signal_ends_it_and_nothing_else(public: Path) -> None:
    """Who called gets its own handlers back, and goes on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])

    def end_once_it_answers() -> None:
        with connect(port) as connection:
            connection.sendall(b"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n")
            connection.recv(15)
            os.kill(os.getpid(), signal.SIGTERM)

    before = signal.getsignal(signal.SIGTERM)
    ending = Thread(target=end_once_it_answers)
    ending.start()
    serve(public, host="127.0.0.1", port=port)
    ending.join()
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.slow
def test_a_signal_lets_running_answers_end(tmp_path: Path) -> None:
    """Who is being sent a file has it whole, within five seconds, and nobody new is taken (H8)."""
    body = os.urandom(30_000_000)
    (tmp_path / "a.ics").write_bytes(body)
    with alone(tmp_path) as (running, port), connect(port) as reader:
        reader.sendall(b"GET /a.ics HTTP/1.1\r\nHost: x\r\n\r\n")
        got = bytearray(reader.recv(1000))
        running.send_signal(signal.SIGTERM)
        begun = time.monotonic()
        time.sleep(0.5)
        while part := reader.recv(1_000_000):
            got += part
        said, complained = running.communicate(timeout=20)
        assert time.monotonic() - begun < 6
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), timeout=10)
    assert got.partition(b"\r\n\r\n")[2] == body
    assert (running.returncode, said, complained) == (0, b"over\n", b"")


@pytest.mark.slow
def test_a_reader_that_hangs_does_not_keep_it(tmp_path: Path) -> None:
    """The signal ends it within its grace though somebody takes nothing; exit 0 still."""
    (tmp_path / "a.ics").write_bytes(b"x" * 30_000_000)
    with alone(tmp_path) as (running, port), connect(port) as reader:
        reader.sendall(b"GET /a.ics HTTP/1.1\r\nHost: x\r\n\r\n")
        reader.recv(1000)
        begun = time.monotonic()
        running.send_signal(signal.SIGTERM)
        said, complained = running.communicate(timeout=20)
        assert time.monotonic() - begun < 6
    assert (running.returncode, said, complained) == (0, b"over\n", b"")


@pytest.mark.parametrize("deleted", [False, True], ids=["replaced", "deleted"])
def test_a_file_that_goes_while_it_is_sent_is_whole(tmp_path: Path, *, deleted: bool) -> None:
    """All of the old one, though the new one is there, or none, before it is read (H10)."""
    path, old = tmp_path / "a.ics", os.urandom(20_000_000)
    path.write_bytes(old)
    with Server(tmp_path) as server, connect(server.port) as reader:
        reader.sendall(b"GET /a.ics HTTP/1.0\r\n\r\n")
        got = bytearray(reader.recv(1000))
        path.unlink()
        if not deleted:
            path.write_bytes(b"new")
        other = HTTPConnection(server.host, server.port, timeout=10)
        now = again(other, "/a.ics")
        other.close()
        while part := reader.recv(1_000_000):
            got += part
    assert got.partition(b"\r\n\r\n")[2] == old
    assert (now.status, now.body) == ((404, b"Finns inte.\n") if deleted else (200, b"new"))


@pytest.mark.slow
def test_readers_while_editions_are_published(tmp_path: Path, counts: Callable[[int], int]) -> None:
    """Packed or not, each answer is whole, of one edition, and its tag is its own (W5).

    The date never falls, and a tag that was given is never given to other bytes.
    """
    files = [ICS, "/boras/alla.rss", "/boras/data/meeting.jsonl", "/boras/feeds.opml"]
    over, published = Event(), 0
    publish(OLD, tmp_path, now=NOW)

    def publishing() -> None:
        nonlocal published
        while not over.is_set():
            for edition in (NEW, OLD):
                publish(edition, tmp_path, now=NOW)
                published += 1

    writer, kinds = Thread(target=publishing), set[str]()
    bodies: dict[str, set[bytes]] = {path: set() for path in files}
    with ExitStack() as ending, Server(tmp_path) as server:
        writer.start()
        ending.callback(writer.join)
        ending.callback(over.set)
        connection = HTTPConnection(server.host, server.port, timeout=30)
        number = 0
        while number < counts(50_000) or published < counts(200):
            number += 1
            path = files[number % len(files)]
            coding = ("gzip", "identity")[number // len(files) % 2]
            got = again(connection, path, accept_encoding=coding)
            assert got.status == 200
            assert int(got.headers["content-length"]) == len(got.body)
            assert got.headers["etag"] == f'"{hashlib.sha256(got.body).hexdigest()[:32]}"'
            kind = got.headers.get("content-encoding", "identity")
            kinds.add(kind)
            bodies[path].add(gzip.decompress(got.body) if kind == "gzip" else got.body)
        connection.close()
    assert kinds == {"gzip", "identity"}
    assert all(1 <= len(found) <= 2 for found in bodies.values())


@pytest.mark.slow
def test_dates_never_fall(tmp_path: Path) -> None:
    """Who asks by date alone never misses a change, though many are made in one second (H6)."""
    last = ""
    with Server(tmp_path) as server:
        connection = HTTPConnection(server.host, server.port, timeout=10)
        for turn in range(6):
            publish((OLD, NEW)[turn % 2], tmp_path, now=NOW)
            got = again(connection, ICS, if_modified_since=last)
            if got.status == 304:  # the date lies ahead, and is not given out before its time
                got = again(connection, ICS)
                pytest.fail(f"a change was missed: {last}, {got.headers}")
            last = got.headers["last-modified"]
        connection.close()


@pytest.mark.slow
def test_memory_is_flat(tmp_path: Path, counts: Callable[[int], int]) -> None:
    """100,000 requests of every kind, all answered as they should be; so are descriptors (H9)."""
    publish(OLD, tmp_path, now=NOW)
    with alone(tmp_path) as (running, port):
        many(port, 500)
        first = held(running.pid)
        many(port, counts(100_000))
        last = held(running.pid)
    assert last[0] - first[0] < 5 * 2**20
    assert last[1] <= first[1] + 1
