"""Connections that keep a deadline and stay out of private networks, beneath the door to the web.

A client's timeouts hold for one read at a time, so a server that sends a byte a second is read for
ever; its size limits hold for bodies, not for heads. Here every read is given what is left of the
page's time, and is counted. Looking a name up cannot be cut short, but the system's resolver gives
up by itself.
"""

from __future__ import annotations

import http.client
import io
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address
from time import monotonic
from typing import TYPE_CHECKING, Final, cast

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import IncompleteRead, ProxyError
from urllib3.exceptions import TimeoutError as Late
from urllib3.util.connection import create_connection

from records.errors import FetchError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


_INTERIM: Final = 16  # answers for the meantime (RFC 9110, 15.2)


class Deadline:
    """The moment, by the machine's clock, at which a page is given up."""

    def __init__(self, seconds: float) -> None:
        """Count `seconds` from now."""
        self._end = monotonic() + seconds

    def left(self) -> float:
        """Give the seconds left: none or less than none when the time is up."""
        return self._end - monotonic()

    @contextmanager
    def standing(self) -> Iterator[None]:
        """Let the time stand still: our own manners are not held against the city."""
        begun = monotonic()
        try:
            yield
        finally:
            self._end += monotonic() - begun


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What holds for the request under way: `connect` and `read` in seconds, `wire` in bytes.

    `url` is the city's address, for errors; `private` says that a private network is meant.
    """

    url: str
    deadline: Deadline
    connect: float
    read: float
    wire: int
    private: bool

    def patience(self, seconds: float) -> float:
        """Give `seconds`, or what is left of the time where that is less."""
        left = min(seconds, self.deadline.left())
        if left <= 0:
            raise TimeoutError
        return left


TERMS: Final[ContextVar[Terms]] = ContextVar("TERMS")
"""The terms of the request under way; the client makes its connections where none can be handed."""


class _Reader(io.RawIOBase):
    """What a server sends, read within the terms."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._file = sock.makefile("rb", buffering=0)
        self._read = 0
        self.ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int | None:
        terms = TERMS.get()
        if self._read > terms.wire:
            raise FetchError(terms.url, f"it is larger than {terms.wire} bytes on the wire")
        self._sock.settimeout(terms.patience(terms.read))
        count = self._file.readinto(buffer)
        self._read += count or 0
        self.ended = count == 0
        return count

    def close(self) -> None:
        self._file.close()
        super().close()


class _Source:
    """As much of a socket as a response asks for."""

    def __init__(self, reader: _Reader) -> None:
        self._reader = reader

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(self._reader)


class _Response(http.client.HTTPResponse):
    """A response whose head and body are read within the terms."""

    def __init__(self, sock: socket.socket, debuglevel: int = 0, method: str | None = None) -> None:
        self._reader = _Reader(sock)
        super().__init__(cast("socket.socket", _Source(self._reader)), debuglevel, method)

    def begin(self) -> None:
        """Read the head of the answer; of those for the meantime, theirs skips 100 alone.

        Theirs takes a head that is cut for a short one, and the page for empty. After an error the
        connection is closed, so no page is given what was sent for another.
        """
        for _ in range(_INTERIM + 1):
            super().begin()
            if self._reader.ended:
                raise http.client.IncompleteRead(b"")
            if self.status // 100 != 1:
                return
            if self.status == HTTPStatus.SWITCHING_PROTOCOLS:
                raise FetchError(TERMS.get().url, "it was answered in another protocol")
            self.headers = self.msg = None  # type: ignore[assignment]  # so theirs begins again
        raise FetchError(TERMS.get().url, f"more than {_INTERIM} answers came before the answer")


def _connected(connection: HTTPConnection) -> socket.socket:
    """Connect to the first address of the host that answers, and to a public one only.

    The address that was judged is the one that is connected to, so a name cannot lead elsewhere
    the second time it is looked up. Where there is a proxy, the operator chose it.
    """
    terms = TERMS.get()
    found = socket.getaddrinfo(connection.host, connection.port, type=socket.SOCK_STREAM)
    ports = [(str(address[0]), connection.port) for *_, address in found]
    if not terms.private and connection.proxy is None:
        ports = [port for port in ports if _public(port[0])]
    if not ports:
        raise FetchError(terms.url, "its name leads into a private network")
    *others, last = ports
    for port in others:
        try:
            return _socket(connection, port, terms)
        except OSError:
            continue
    return _socket(connection, last, terms)


def _socket(connection: HTTPConnection, port: tuple[str, int], terms: Terms) -> socket.socket:
    return create_connection(
        port, terms.patience(terms.connect), socket_options=connection.socket_options
    )


def _public(address: str) -> bool:
    ip = ip_address(address)
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    return ip.is_global and not ip.is_multicast


class _Plain(HTTPConnection):
    response_class = _Response

    def _new_conn(self) -> socket.socket:
        return _connected(self)


class _Secure(HTTPSConnection):
    response_class = _Response

    def _new_conn(self) -> socket.socket:
        return _connected(self)


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


POOLS: Final[dict[str, type[HTTPConnectionPool]]] = {"http": _PlainPool, "https": _SecurePool}
"""The pools of such connections by scheme, for a urllib3 PoolManager."""

_REASONS: Final[tuple[tuple[type[BaseException], str], ...]] = (
    (ssl.SSLCertVerificationError, "its certificate is not trusted"),
    (ssl.SSLError, "no secure connection came about"),
    (ProxyError, "the proxy could not be used"),
    (socket.gaierror, "its host's name was not found"),
    (ConnectionRefusedError, "the connection was refused"),
    (IncompleteRead, "only a part of it came"),
    (http.client.IncompleteRead, "only a part of it came"),
    (TimeoutError, "no answer came in time"),
    (Late, "no answer came in time"),
)


def reason(error: BaseException) -> str:
    """Say in a few words why a request failed; the libraries' own texts are for programmers."""
    chain = [error]
    while follow := chain[-1].__cause__ or chain[-1].__context__:
        chain.append(follow)
    for kind, words in _REASONS:
        if any(isinstance(link, kind) for link in chain):
            return words
    return "the connection broke"
