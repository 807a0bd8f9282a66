"""A body is unpacked once and whole, or it is an error; no bomb goes off."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asking import CITY
from records.errors import FetchError
from scraper import payload

MIB = 1 << 20
LIMIT = 15 * MIB


def read(parts: Iterable[bytes], encoding: str, limit: int = LIMIT) -> bytes:
    """Read a body as the fetcher does."""
    return payload.whole(CITY, payload.unpacked(CITY, parts, encoding), limit)


def reason(parts: Iterable[bytes], encoding: str) -> str:
    """Say why a body cannot be read."""
    with pytest.raises(FetchError) as caught:
        read(parts, encoding)
    return caught.value.reason


def bare(body: bytes) -> bytes:
    """Deflate a body without zlib's frame, as some servers do."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


def split(body: bytes, size: int) -> Iterator[bytes]:
    """Give a body in pieces, as the network would."""
    return (body[at : at + size] for at in range(0, len(body), size))


PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    "identity": bytes,
    "gzip": gzip.compress,
    "X-GZIP": gzip.compress,
    " gzip ": lambda body: gzip.compress(body[:9]) + gzip.compress(body[9:]),
    "deflate": zlib.compress,
    "Deflate": bare,
}


@pytest.mark.parametrize("encoding", PACKERS)
@given(
    body=st.binary() | st.binary(max_size=20).map(lambda part: part * 20_000),
    size=st.integers(1, 5000),
)
def test_what_was_packed_is_unpacked(encoding: str, body: bytes, size: int) -> None:
    """However it was packed, and wherever the network cut it."""
    packed = PACKERS[encoding](body)
    assert read(split(packed, max(size, len(packed) // 100)), encoding) == body


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "Deflate"])
def test_a_packed_body_that_ends_too_soon_is_no_body(encoding: str) -> None:
    """Cut anywhere, by whomever: the end of a list would be meetings that are no more."""
    packed = PACKERS[encoding](b"".join(b"<li>Sammantr\xc3\xa4de %d" % n for n in range(300)))
    for cut in range(1, len(packed)):
        assert reason(split(packed[:cut], 700), encoding) == "only a part of it came"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "Deflate"])
def test_nothing_packed_is_nothing(encoding: str) -> None:
    """An empty body needs no wrapping."""
    assert read([], encoding) == b""
    assert read([b"", b""], encoding) == b""


@pytest.mark.parametrize("after", [b"\0" * 8, b"\n<!-- cache -->"])
@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_padding_after_the_end_is_let_be(encoding: str, after: bytes) -> None:
    """Some servers add it, and every browser lets it be."""
    assert read(split(PACKERS[encoding](b"<p>") + after, 5), encoding) == b"<p>"


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_what_was_never_packed_is_packed_wrongly(encoding: str) -> None:
    """A header that lies is no reason to guess."""
    assert reason([b"xyz, <html>"], encoding) == "it is packed wrongly"


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "deflate, deflate", "compress"])
def test_only_what_was_asked_for_is_unpacked(encoding: str) -> None:
    """And that once: nobody packs a page twice who means well."""
    assert "not asked for" in reason([gzip.compress(b"<p>")], encoding)


def gzipped() -> Iterator[bytes]:
    """Give 10 MB that hold 10 GB."""
    return split(gzip.compress(bytes(10 * MIB)) * 1000, 1 << 16)


def deflated() -> Iterator[bytes]:
    """Give 100 MB in one piece of a tenth of a megabyte."""
    return iter([zlib.compress(bytes(100 * MIB))])


def endless() -> Iterator[bytes]:
    """Give what never ends."""
    return repeat(b"x" * (1 << 16))


@pytest.mark.parametrize(
    ("encoding", "bomb"), [("gzip", gzipped), ("deflate", deflated), ("", endless)]
)
def test_a_bomb_does_not_go_off(encoding: str, bomb: Callable[[], Iterator[bytes]]) -> None:
    """Reading stops at the limit of what is unpacked, in little more memory than that."""
    parts = bomb()
    tracemalloc.start()
    try:
        assert reason(parts, encoding) == f"it is larger than {LIMIT} bytes"
        assert tracemalloc.get_traced_memory()[1] < 3 * LIMIT
    finally:
        tracemalloc.stop()


def test_a_beginning_is_all_that_is_read_of_it() -> None:
    """What is not needed is not waited for."""
    parts = iter([b"a" * 6, b"b" * 6, b"c" * 6])
    assert payload.beginning(parts, 10) == b"a" * 6 + b"b" * 6
    assert next(parts) == b"c" * 6
    assert payload.beginning([b"abc"], 10) == b"abc"


@given(st.text() | st.sampled_from(["text/html; charset*=utf-8''%E5", "text/html; charset*0=a"]))
def test_any_content_type_can_be_read(header: str) -> None:
    """It comes from the network, and may be anything."""
    kind, charset = payload.media(header)
    assert kind == kind.strip().lower()
    assert charset is None or charset == charset.lower()


@given(st.text())
def test_a_validator_is_sent_as_it_came_or_not_at_all(header: str) -> None:
    """Nothing in between: a mended tag is another tag."""
    assert payload.validator(header) in (header, None)
    assert "\n" not in (payload.validator(header) or "")
