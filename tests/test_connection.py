"""Whatever happens on the wire ends in a whole page or a short reason, within the time given."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from time import monotonic

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from asking import CITY, QUICK, fetcher, page, refused
from records.errors import FetchError
from scraper.connection import Deadline, Terms
from wire import Asked, Wire, answer

OK = answer()
LIST = b"".join(b"<li>Sammantr\xc3\xa4de %d</li>" % n for n in range(40))
ONCE = replace(QUICK, retries=0)


@contextmanager
def timed(most: float) -> Iterator[None]:
    """Fail where what is done takes longer than `most` seconds."""
    begun = monotonic()
    yield
    assert monotonic() - begun < most


def chunked(body: bytes, end: bytes = b"0\r\n\r\n", **headers: str) -> bytes:
    """Give an answer in chunks."""
    head = answer(b"", Content_Length="", Transfer_Encoding="chunked", **headers)
    parts = (body[at : at + 100] for at in range(0, len(body), 100))
    return head + b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts) + end


def close(sent: bytes) -> bytes:
    """Let a connection end with what is sent."""
    return sent.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)


def test_chunks_make_a_page() -> None:
    """That is how most of them come."""
    with Wire({"/": chunked(LIST)}) as wire, fetcher(wire) as asking:
        assert page(asking.get(CITY)).body == LIST


def test_one_connection_serves_many_pages() -> None:
    """A handshake for each of sixty pages would be bad manners."""
    routes = {
        "/": OK,
        "/b": chunked(LIST),
        "/c": answer(b"", status="304 Not Modified", Content_Length=""),
        "/d": answer(b"<h1>Flyttad</h1>", status="301 Moved", Location="/"),
    }
    with Wire(routes) as wire, fetcher(wire) as asking:
        for path in ("/", "/b", "/c", "/d", "/c"):
            asking.get(f"{CITY}{path}", etag='"v1"')
        refused(asking, "/borta")
        asking.get(CITY)
        assert wire.connections == 1


def test_a_connection_that_the_server_has_closed_is_opened_again() -> None:
    """Between two updates of one page the server may have lost patience."""
    with Wire({"/": [close(OK), OK]}) as wire, fetcher(wire) as asking:
        asking.get(CITY)
        assert page(asking.get(CITY)).body
        assert wire.connections == 2


@pytest.mark.parametrize("whole", [answer(LIST), chunked(LIST)], ids=["length", "chunked"])
def test_a_page_that_is_cut_is_no_page(whole: bytes, counts: Callable[[int], int]) -> None:
    """Anywhere: the end of a list would be meetings that are no more."""
    step = len(whole) // counts(200) // 4 or 1
    cuts = [*range(0, len(whole) - 4, step), len(whole) - 5]  # a last chunk has five bytes
    with Wire() as wire:
        wire.hangs_up = True
        for cut in cuts:
            wire.routes["/"] = whole[:cut]
            with fetcher(wire, limits=ONCE) as asking:
                assert refused(asking).reason in ("only a part of it came", "the connection broke")


def test_a_missing_last_chunk_is_a_missing_part() -> None:
    """The server has not said that this was all."""
    with Wire({"/": close(chunked(LIST, end=b""))}) as wire, fetcher(wire) as asking:
        assert refused(asking).reason == "the connection broke"
        assert len(wire.asked) == 3


def test_a_packed_page_that_was_cut_before_it_was_sent_is_no_page() -> None:
    """Its length is right, and its end is missing all the same."""
    packed = answer(gzip.compress(LIST)[:-9], Content_Encoding="gzip")
    with Wire({"/": packed}) as wire, fetcher(wire) as asking:
        assert refused(asking).reason == "only a part of it came"


def test_a_reset_in_the_middle_is_forgiven_twice() -> None:
    """As a server in distress is."""

    def broken(_: Asked) -> Iterable[bytes]:
        yield answer(LIST)[:300]
        raise ConnectionResetError

    with Wire({"/": [broken, broken, OK], "/b": broken}) as wire, fetcher(wire) as asking:
        assert page(asking.get(CITY)).body
        assert refused(asking, "/b").reason == "the connection broke"
        assert wire.paths == ["/"] * 3 + ["/b"] * 3


@pytest.mark.parametrize("already", [b"", b"HTTP/1.1 200 OK\r\nContent-", answer(LIST)[:300]])
def test_a_stall_ends(already: bytes) -> None:
    """Before the head, within it, within the body: each time when a read takes too long."""
    limits = replace(ONCE, read=0.1)

    def stalling(asked: Asked) -> Iterable[bytes]:
        yield already
        yield from wire.silence(asked)

    with Wire({"/": stalling}) as wire, fetcher(wire, limits=limits) as asking, timed(5):
        assert refused(asking).reason == "no answer came in time"


@pytest.mark.parametrize(
    "already",
    [b"", b"HTTP/1.1 200 OK\r\nX: ", answer(b"", Content_Length="9999"), chunked(b"", b"3e7\r\n")],
    ids=["status", "header", "body", "chunk"],
)
def test_drop_by_drop_is_given_up_at_the_deadline(already: bytes) -> None:
    """Each read is quick, and there is no end of them: the deadline is for all of them together."""
    limits = replace(QUICK, total=0.5)

    def dripping(_: Asked) -> Iterable[bytes]:
        yield already
        while True:
            wire.pause(0.02)
            yield b"H"

    with Wire({"/": dripping}) as wire, fetcher(wire, limits=limits) as asking, timed(5):
        assert refused(asking).reason == "it did not come whole within 0.5 s"


def test_when_the_time_is_up_nothing_is_begun() -> None:
    """A deadline that has passed while nobody looked is not given a last read."""
    deadline = Deadline(0)
    terms = Terms(url=CITY, deadline=deadline, connect=1, read=1, wire=1, private=False)
    with pytest.raises(TimeoutError):
        terms.patience(1)


@pytest.mark.slow
def test_the_deadline_is_for_all_attempts_together() -> None:
    """Three slow attempts are one slow page."""
    limits = replace(QUICK, read=1.2, total=2)
    with Wire() as wire, fetcher(wire, limits=limits) as asking, timed(5):
        wire.routes["/"] = wire.silence
        refused(asking)
        assert len(wire.asked) < 3  # as many as there would be without it


def test_the_deadline_is_for_all_redirects_together() -> None:
    """And so are five slow redirects."""
    limits = replace(QUICK, total=0.5)

    def slowly(_: Asked) -> Iterable[bytes]:
        wire.pause(0.2)
        return [answer(status="302 Found", Location="/")]

    with Wire({"/": slowly}) as wire, fetcher(wire, limits=limits) as asking, timed(5):
        assert refused(asking).reason == "it did not come whole within 0.5 s"


def endlessly(head: bytes, part: bytes) -> Callable[[Asked], Iterable[bytes]]:
    """Give a route that never stops sending."""

    def sending(_: Asked) -> Iterable[bytes]:
        yield head
        while True:
            yield part

    return sending


BLOCK = bytes(1 << 16)
EMPTY = b"\0\0\0\xff\xff" * 10_000  # deflate's empty blocks: they unpack to nothing
FLOODS = {
    "a body without end": endlessly(answer(b"", Content_Length=""), BLOCK),
    "ten gigabytes": endlessly(answer(b"", Content_Length="10000000000"), BLOCK),
    "chunks without end": endlessly(chunked(b"", b""), b"10000\r\n" + BLOCK + b"\r\n"),
    "one chunk without end": endlessly(chunked(b"", b"ffffffffff\r\n"), BLOCK),
    "a chunk of minus one": endlessly(chunked(b"", b"-1\r\n"), BLOCK),
    "a packed nothing": endlessly(
        answer(b"", Content_Length="", Content_Encoding="gzip") + gzip.compress(b"")[:10], EMPTY
    ),
    "a header without end": endlessly(b"HTTP/1.1 200 OK\r\nX: ", BLOCK),
    "headers without end": endlessly(b"HTTP/1.1 200 OK\r\n", b"X: 1\r\n" * 1000),
    "continue without end": endlessly(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
    "hints without end": endlessly(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 1000),
    "a trailer without end": endlessly(chunked(LIST, b"0\r\n"), b"X: 1\r\n" * 1000),
    "an error without end": endlessly(answer(b"", status="500 No", Content_Length=""), BLOCK),
    "a redirect without end": endlessly(
        answer(b"", status="302 Found", Location="/", Content_Length=""), BLOCK
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", FLOODS)
def test_a_flood_is_dammed(name: str) -> None:
    """Whatever is sent without end is stopped near the limit, and fills no memory."""
    limits = replace(ONCE, body=1 << 20, total=20)
    with Wire({"/": FLOODS[name]}) as wire, fetcher(wire, limits=limits) as asking:
        tracemalloc.start()
        try:
            refused(asking)
            assert tracemalloc.get_traced_memory()[1] < 12 << 20
        finally:
            tracemalloc.stop()
    assert wire.sent < 24 << 20


def test_a_page_that_is_announced_as_too_large_is_not_begun() -> None:
    """It is no use to either of us."""
    huge = close(answer(LIST, Content_Length="99999999"))
    with Wire({"/": huge}) as wire, fetcher(wire) as asking:
        assert refused(asking).reason == "it is larger than 15728640 bytes"
        assert len(wire.asked) == 1


@pytest.mark.parametrize("encoding", ["br", "gzip, gzip", "zstd"])
def test_an_encoding_that_was_not_asked_for_is_refused(encoding: str) -> None:
    """We could not read it, and need not."""
    with Wire({"/": answer(Content_Encoding=encoding)}) as wire, fetcher(wire) as asking:
        assert "not asked for" in refused(asking).reason


def test_a_packed_transfer_is_refused() -> None:
    """Nobody undoes it, so it would be read as text."""
    packed = chunked(gzip.compress(LIST)).replace(b": chunked", b": gzip, chunked")
    with Wire({"/": packed}) as wire, fetcher(wire) as asking:
        assert "not asked for" in refused(asking).reason


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_packed_page_is_unpacked(encoding: str) -> None:
    """Once, by us."""
    packed = {"gzip": gzip.compress(LIST), "deflate": zlib.compress(LIST)}[encoding]
    sent = chunked(packed, Content_Encoding=encoding)
    with Wire({"/": sent}) as wire, fetcher(wire) as asking:
        assert page(asking.get(CITY)).body == LIST


ANSWERS = st.lists(
    st.sampled_from(
        [
            b"HTTP/1.1 200 OK\r\n",
            b"HTTP/1.1 302 Found\r\nLocation: ",
            b"HTTP/1.1 100 Continue\r\n\r\n",
            b"HTTP/1.1 503 No\r\nRetry-After: ",
            b"Content-Type: text/html\r\n",
            b"Content-Length: 5\r\n",
            b"Content-Length: -5\r\n",
            b"Transfer-Encoding: chunked\r\n",
            b"Content-Encoding: gzip\r\n",
            b"\r\n",
            b"5\r\n<p>",
            b"-5\r\n",
            b"0\r\n\r\n",
            b"/",
        ]
    )
    | st.binary(max_size=20),
    max_size=8,
).map(b"".join)


@given(sent=ANSWERS)
@example(sent=chunked(b"", b"-5\r\nx"))
@example(sent=answer(Content_Length="5, 6"))
@example(sent=b"\0" * 100)
def test_any_bytes_are_a_page_or_a_reason(sent: bytes) -> None:
    """Nothing that a server can send ends in a traceback."""
    limits = replace(ONCE, read=0.2, total=1)
    with Wire({"/": sent}) as wire, fetcher(wire, limits=limits) as asking:
        wire.hangs_up = True
        with suppress(FetchError):
            assert page(asking.get(CITY)).url.startswith(CITY)
