"""What a server says before its answer, or in its stead, is no page: not this one, nor the next.

What holds for answers themselves stands in `test_connection.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from asking import CITY, fetcher, page, refused
from wire import Asked, Wire, answer

LIST = "<li>Sammanträde</li>".encode()
OK = answer()


def test_what_is_said_before_the_answer_is_no_answer() -> None:
    """Early hints: the page is what comes after them, and the next page is the next page."""
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </s.css>; rel=preload\r\n\r\n"

    def late(_: Asked) -> Iterator[bytes]:
        yield hints
        wire.pause(0.1)
        yield b"HTTP/1.1 102 Processing\r\n\r\n" + hints + answer(LIST)

    with Wire({"/": late, "/b": answer(b"b")}) as wire, fetcher(wire) as asking:
        for path, body in (("/", LIST), ("/b", b"b"), ("/", LIST)):
            assert page(asking.get(f"{CITY}{path}")).body == body
        assert (wire.paths, wire.connections) == (["/", "/b", "/"], 1)


@pytest.mark.parametrize("status", [b"101 Switching Protocols", b"103 Early Hints"])
def test_after_what_is_no_answer_a_connection_is_not_used_again(status: bytes) -> None:
    """Another protocol, or hints without end: what is left of it would be the next page."""
    odd = b"HTTP/1.1 " + status + b"\r\n\r\n"
    with Wire({"/": odd * 17 + answer(LIST), "/b": OK}) as wire, fetcher(wire) as asking:
        assert "answer" in refused(asking).reason
        assert page(asking.get(f"{CITY}/b")).url == f"{CITY}/b"
        assert page(asking.get(f"{CITY}/b")).body != LIST
        assert (wire.paths, wire.connections) == (["/", "/b", "/b"], 2)
