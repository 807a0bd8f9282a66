"""No page, however monstrous, costs more than its seconds and its megabytes."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final

import pytest

import measured
from mutants import MONSTERS
from scraper.cities import load
from wire import Asked, Route, Wire, answer

MIB: Final = 1 << 20
FETCHED: Final = 150 * 1024
READ: Final = 200 * 1024
"""In kilobytes: for any fault of the network, and for any page that is garbled."""

GIGABYTE: Final = 1 << 30
BLOCK: Final = bytes(1 << 16)
BOMB: Final = gzip.compress(bytes(10 * MIB))
"""A hundredth of a thousandth of what it unpacks to."""


def streaming(size: int, **headers: str) -> Callable[[Asked], Iterable[bytes]]:
    """Give a route that sends so many bytes."""

    def sent(_asked: Asked) -> Iterator[bytes]:
        yield answer(b"", **headers)
        for _ in range(size // len(BLOCK)):
            yield BLOCK

    return sent


def bomb(_asked: Asked) -> Iterator[bytes]:
    """Send 10 MB that hold 10 GB."""
    yield answer(b"", Content_Length=str(1000 * len(BOMB)), Content_Encoding="gzip")
    for _ in range(1000):
        yield BOMB


def nested(encoding: str) -> bytes:
    """Give a page that is packed five times over."""
    body = b"<p>Inga handlingar</p>" * 1000
    for _ in range(5):
        body = zlib.compress(body) if encoding == "deflate" else gzip.compress(body)
    return answer(body, Content_Encoding=", ".join([encoding] * 5))


FLOODS: Final[dict[str, tuple[Route, str]]] = {
    "a gigabyte": (streaming(GIGABYTE, Content_Length=""), "larger than 15728640 bytes"),
    "ten gigabytes announced": (
        streaming(GIGABYTE, Content_Length="10000000000"),
        "larger than 15728640 bytes",
    ),
    "a gzip bomb": (bomb, "larger than 15728640 bytes"),
    "packed twice": (
        answer(gzip.compress(gzip.compress(b"<p>")), Content_Encoding="gzip, gzip"),
        "not asked for",
    ),
    "packed twice and said once": (
        answer(gzip.compress(gzip.compress(bytes(10 * MIB))), Content_Encoding="gzip"),
        "a page",
    ),
    "brotli five times": (nested("br"), "not asked for"),
    "zstd five times": (nested("zstd"), "not asked for"),
    "deflate five times": (nested("deflate"), "not asked for"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", FLOODS)
def test_no_body_costs_more_than_its_limit(name: str) -> None:
    """Fifteen megabytes unpacked, 150 of memory, ten seconds; what stays packed is no page."""
    route, outcome = FLOODS[name]
    with Wire({"/": route}) as wire:
        cost = measured.asked(wire.origin, "/")
    assert outcome in cost.outcome
    assert cost.peak < FETCHED
    assert cost.seconds < 10


@pytest.mark.slow
@pytest.mark.parametrize("name", MONSTERS)
def test_a_monstrous_page_is_read_in_time_and_memory(name: str, tmp_path: Path) -> None:
    """Depth, length and repetition are bounded by what a browser would also survive."""
    page = tmp_path / "page.html"
    page.write_bytes(MONSTERS[name])
    cost = measured.read(page, tuple(load("boras").parsers))
    assert cost.worked < 2
    assert cost.peak < READ
