"""A server on 127.0.0.1 that sends exactly the bytes it is told to, well-formed or not."""

from __future__ import annotations

import socket
import ssl
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Event, Thread
from time import monotonic
from types import TracebackType
from typing import Final, Self, TypeAlias

RESET: Final = struct.pack("ii", 1, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request as the server saw it; `at` is a moment of the machine's clock."""

    path: str
    headers: Mapping[str, str]
    at: float


Route: TypeAlias = bytes | Callable[[Asked], Iterable[bytes]]


def answer(
    body: bytes = b"<p>Inga handlingar</p>",
    *,
    status: str = "200 OK",
    kind: str = "text/html; charset=utf-8",
    **headers: str,
) -> bytes:
    """Give a whole answer; `Retry_After="5"` is a header, and an empty value leaves one out."""
    named = {"Content-Type": kind, "Content-Length": str(len(body))}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in named.items() if value)]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


MISSING: Final = answer(b"", status="404 Not Found")


class Wire:
    """Answers each path by its route, or by each of several in turn; other paths with 404.

    A route is bytes, or gives them bit by bit; one that raises ConnectionResetError resets the
    connection. An answer that says `Connection: close` ends it.
    """

    def __init__(
        self,
        routes: Mapping[str, Route | Sequence[Route]] | None = None,
        *,
        context: ssl.SSLContext | None = None,
    ) -> None:
        """Serve `routes`, which may be changed later; with `context`, over TLS."""
        self.routes: dict[str, Route | Sequence[Route]] = dict(routes or {})
        self.asked: list[Asked] = []
        self.most = 0
        """How many requests were under way at the same time, at most."""
        self.sent = 0
        """How many bytes were taken by clients, or by the system for them."""
        self.hangs_up = False
        """Whether every answer ends its connection."""
        self.greeting: bytes | None = None
        """What is said to every connection, which is then left alone; None to serve it."""
        self._busy = 0
        self._over = Event()
        self._context = context
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []
        self._threads = [Thread(target=self._accept)]

    @property
    def origin(self) -> str:
        """The address that the server answers at."""
        return f"{'https' if self._context else 'http'}://127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [asked.path for asked in self.asked]

    @property
    def connections(self) -> int:
        """How many connections there have been."""
        return len(self._threads) - 1

    def pause(self, seconds: float) -> None:
        """Wait, but not longer than the server lives."""
        self._over.wait(seconds)

    def silence(self, _: Asked) -> Iterable[bytes]:
        """Never answer: a route."""
        self.pause(60)
        return [b""]

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        for thread in self._threads[:1]:
            thread.join()
        for connection in self._open:
            _end(connection)
        for thread in self._threads:
            thread.join()
        self._listener.close()

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(connection)
            thread = Thread(target=self._serve, args=[connection])
            self._threads.append(thread)
            thread.start()

    def _serve(self, plain: socket.socket) -> None:
        connection = plain
        try:
            if self.greeting is not None:
                connection.sendall(self.greeting)
                self.pause(60)
            if self._context:
                connection = self._context.wrap_socket(plain, server_side=True)
                self._open.append(connection)
            with connection.makefile("rb") as lines:
                while not self._over.is_set() and self._turn(connection, lines.readline):
                    pass
        except ConnectionResetError:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        except (OSError, ValueError):
            pass  # the client has had enough
        finally:
            connection.close()

    def _turn(self, connection: socket.socket, readline: Callable[[], bytes]) -> bool:
        first = readline().decode("latin-1").split()
        if not first:
            return False
        headers = {}
        while line := readline().decode("latin-1").strip():
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        asked = Asked(path=first[1], headers=headers, at=monotonic())
        self.asked.append(asked)
        self._busy += 1
        self.most = max(self.most, self._busy)
        head = b""
        try:
            for part in self._route(asked):
                head += part[: 4096 - len(head)]
                connection.sendall(part)
                self.sent += len(part)
        finally:
            self._busy -= 1
        return not self.hangs_up and b"connection: close" not in head.lower()

    def _route(self, asked: Asked) -> Iterable[bytes]:
        found = self.routes.get(asked.path, MISSING)
        if isinstance(found, bytes) or callable(found):
            route: Route = found
        else:
            route = found[min(self.paths.count(asked.path), len(found)) - 1]
        return [route] if isinstance(route, bytes) else route(asked)


def _end(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it has ended by itself
