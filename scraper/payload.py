"""What came with an answer: its media type, and its body unpacked once and never past a limit."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from email.message import Message
from typing import Final

from records.errors import FetchError

ENCODINGS: Final = ("gzip", "deflate")
"""The content codings that are asked for; anything else, and two at once, is refused."""

_MAGIC: Final = 0x1F  # a gzip member begins so (RFC 1952, 2.3.1)
_GZIP: Final = 16 + zlib.MAX_WBITS
_RAW: Final = -zlib.MAX_WBITS
_STEP: Final = 1 << 16


def media(header: str | None) -> tuple[str, str | None]:
    """Read a Content-Type header as media type ("" for none) and charset, both lower-case."""
    message = Message()
    message["Content-Type"] = header or ""
    kind = (header or "").partition(";")[0].strip().lower()
    return kind, message.get_content_charset()


def validator(header: str | None) -> str | None:
    """Give an ETag or Last-Modified that can be sent back as it came, None for any other.

    What the client refuses to send, it would refuse at every visit to come.
    """
    return header if header and header.isascii() and header.isprintable() else None


def whole(url: str, parts: Iterable[bytes], limit: int) -> bytes:
    """Join the unpacked parts of a body; FetchError past `limit` bytes."""
    body = bytearray()
    for part in parts:
        body += part
        if len(body) > limit:
            raise FetchError(url, f"it is larger than {limit} bytes")
    return bytes(body)


def beginning(parts: Iterable[bytes], limit: int) -> bytes:
    """Join the unpacked parts of a body until there are more than `limit` bytes."""
    body = bytearray()
    for part in parts:
        body += part
        if len(body) > limit:
            break
    return bytes(body)


def unpacked(url: str, parts: Iterable[bytes], encoding: str) -> Iterable[bytes]:
    """Undo one content coding in small steps; FetchError for another, and for a part of one.

    The client's own decoder does not notice that a packed body ends too soon, and the end of a
    list of meetings is no less lost for having been cut before it was sent.
    """
    coding = encoding.strip().lower().removeprefix("x-")
    if coding in ("", "identity"):
        return parts
    if coding not in ENCODINGS:
        raise FetchError(url, "it is packed in a way that was not asked for")
    return _inflated(url, parts, coding)


def _inflated(url: str, parts: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """Inflate member after member; what follows the last is padding, as other clients hold it."""
    unpacker = None
    try:
        for part in parts:
            data = part
            while data:
                if unpacker is None or (unpacker.eof and coding == "gzip" and data[0] == _MAGIC):
                    unpacker = zlib.decompressobj(_window(coding, data[0]))
                elif unpacker.eof:
                    return
                yield unpacker.decompress(data, _STEP)
                data = unpacker.unconsumed_tail or unpacker.unused_data
        if unpacker is not None:
            yield unpacker.flush()  # at most what one step left inside
    except zlib.error as error:
        raise FetchError(url, "it is packed wrongly") from error
    if unpacker is not None and not unpacker.eof:
        raise FetchError(url, "only a part of it came")


def _window(coding: str, first: int) -> int:
    """Tell zlib's form from bare deflate, which some send by that name (RFC 9110, 8.4.1.2)."""
    if coding == "gzip":
        return _GZIP
    return zlib.MAX_WBITS if first & 0x0F == zlib.DEFLATED else _RAW
