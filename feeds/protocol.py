"""How long and how large a request may be: what uvicorn leaves open, closed."""

from __future__ import annotations

import asyncio
import re
from typing import Final

from httptools import HttpParserError, HttpParserUpgrade
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_OCTETS: Final = 16 * 2**10
HEAD_FIELDS: Final = 100
HEAD_SECONDS: Final = 20
"""Within which a request's head must be there, counted from its first octet or the connection."""

LAST_SECONDS: Final = 4
"""How long running answers may take to end once the server is told to."""

STALLED_SECONDS: Final = 60
"""After which one who does not take our answer is left."""


_HOST: Final = re.compile(rb"(?:\[[0-9A-Fa-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(?::\d*)?", re.ASCII)
_VERSIONS: Final = frozenset({"1.0", "1.1"})


class TooLarge(ValueError):
    """A request's head is longer than any reader's; the parser turns it into a 400."""


class NoHost(ValueError):
    """A request names no host, several, or what is none (RFC 9112, 3.2); a 400 likewise."""


class OtherVersion(ValueError):
    """A request is of an HTTP that is not spoken here; a 400 likewise."""


class Guarded(HttpToolsProtocol):
    """HTTP/1.1 with a deadline and a size for every head, and a deadline for taking answers."""

    head_seconds: float = HEAD_SECONDS
    stalled_seconds: float = STALLED_SECONDS

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin to wait for the first head."""
        super().connection_made(transport)
        self._waiting: asyncio.TimerHandle | None = None
        self._stalled: asyncio.TimerHandle | None = None
        self._leaving: asyncio.TimerHandle | None = None
        self._octets = 0
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop every clock."""
        super().connection_lost(exc)
        self._cancel()
        self.resume_writing()
        self._leave(0)

    def data_received(self, data: bytes) -> None:
        """Take what came; a head that has grown too long without its end is refused."""
        self._octets += len(data)
        self._unset_keepalive_if_required()
        self._feed(data)
        if self.transport.is_closing() or self._busy():
            return
        if self._octets > HEAD_OCTETS:
            self.send_400_response("Too large.")
        elif self._waiting is None:
            self._wait()

    def send_400_response(self, msg: str) -> None:
        """Refuse what came; while an answer is under way, by closing behind it."""
        if self._busy():
            self.cycle.keep_alive = False
            return
        super().send_400_response(msg)
        self._leave(self.transport.get_write_buffer_size())

    def on_url(self, url: bytes) -> None:
        """Take a piece of the address."""
        super().on_url(url)
        if len(self.url) > HEAD_OCTETS // 2:
            raise TooLarge

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take one field of the head."""
        super().on_header(name, value)
        size = sum(len(name) + len(value) for name, value in self.headers)
        if len(self.headers) > HEAD_FIELDS or size > HEAD_OCTETS:
            raise TooLarge

    def on_headers_complete(self) -> None:
        """The head is there: the answer takes over."""
        self._cancel()
        self._octets = 0
        version = self.parser.get_http_version()
        if version not in _VERSIONS:
            raise OtherVersion
        hosts = [value for name, value in self.headers if name == b"host"]
        if (
            len(hosts) > 1
            or not (hosts or version == "1.0")
            or not all(map(_HOST.fullmatch, hosts))
        ):
            raise NoHost
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        """An answer is written; the reader still has to take what lies here of it."""
        super().on_response_complete()
        self._leave(self.transport.get_write_buffer_size())

    def shutdown(self) -> None:
        """Let a running answer end, but not for ever."""
        super().shutdown()
        self.loop.call_later(LAST_SECONDS, self.transport.abort)

    def pause_writing(self) -> None:
        """The reader takes less than we give."""
        super().pause_writing()
        self._stalled = self.loop.call_later(self.stalled_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """The reader has caught up, or is gone."""
        super().resume_writing()
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None

    def _feed(self, data: bytes) -> None:
        """Read requests; none is upgraded, so that what stands behind one is the next."""
        while data:
            try:
                self.parser.feed_data(data)
            except HttpParserError:
                self.send_400_response("Invalid HTTP request received.")
            except HttpParserUpgrade as upgrade:
                data = data[upgrade.args[0] :]
                continue
            return

    def _leave(self, octets: int) -> None:
        """Look again later whether of so many octets any were taken; 0 ends that.

        Too few of them never pause our writing, and a connection that closes waits for them.
        """
        if self._leaving is not None:
            self._leaving.cancel()
        again = self.loop.call_later
        self._leaving = again(self.stalled_seconds, self._look, octets) if octets else None

    def _look(self, before: int) -> None:
        octets = self.transport.get_write_buffer_size()
        if octets < before or self._busy():
            self._leave(octets)
        else:
            self.transport.abort()

    def _busy(self) -> bool:
        cycle = getattr(self, "cycle", None)  # none before the first request, against its type
        return cycle is not None and not cycle.response_complete

    def _wait(self) -> None:
        self._waiting = self.loop.call_later(self.head_seconds, self.transport.abort)

    def _cancel(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
