"""The model city on 127.0.0.1: its pages over real sockets, with faults where they are wanted."""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from types import TracebackType
from typing import ClassVar, Final, Self

from modelcity import answers
from modelcity.answers import Answer, Stamps
from modelcity.faults import ROBOTS, Fault, Faults, Robots
from modelcity.render import Form, Site
from modelcity.truth import Truth

__all__ = ["Fault", "ModelCity", "Request", "Robots"]

_NO_BODY: Final = {204, 304}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request as the server saw it; `headers` by lower-case name.

    `at` is when it came, in seconds of `time.monotonic`, `wall` the same by the calendar, in UTC.
    `status` is what was answered, 0 for an answer that never came.
    """

    method: str
    path: str
    status: int
    headers: Mapping[str, str]
    at: float
    wall: datetime


class ModelCity:
    """A model of the city's server; a context manager, listening while it is open.

    `origin` is its address without a last slash. `requests` holds what was asked, `busiest` how
    many were in work at once at most. `robots`, `faults` and `pages` (pages of one's own, by path
    and query, before the model's) may be changed while it runs.
    """

    def __init__(self, truth: Truth, form: Form = "iso", *, port: int = 0) -> None:
        self.requests: list[Request] = []
        self.robots = ROBOTS
        self.faults = Faults()
        self.pages: dict[str, bytes] = {}
        self.busiest = 0
        self.form = form
        self._site = Site(truth, form)
        self._stamps = Stamps(datetime.now(UTC))
        self._lock = Lock()
        self._busy = 0
        self._server = _Server(self, port)
        self._thread = Thread(target=self._server.serve_forever, args=(0.02,), name="modelcity")

    @property
    def origin(self) -> str:
        """Give the address of the server."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def truth(self) -> Truth:
        """Give what is so in the city now."""
        return self._site.truth

    def replace(self, truth: Truth, form: Form | None = None) -> None:
        """Show another truth from now on, and in another form if one is named."""
        with self._lock:
            self.form = form or self.form
            self._site = Site(truth, self.form)
            self._stamps.replaced(datetime.now(UTC))

    def asked(self, path: str) -> list[Request]:
        """Give the requests for one path (and query)."""
        return [request for request in self.requests if request.path == path]

    def answer(self, address: str, headers: Mapping[str, str]) -> Answer:
        """Give the sound answer to a request."""
        if address == "/robots.txt":
            return answers.robots(self.robots)
        with self._lock:
            return answers.answer(self._site, self.pages, self._stamps, address, headers)

    def began(self) -> None:
        """Note that a request is being worked on."""
        with self._lock:
            self._busy += 1
            self.busiest = max(self.busiest, self._busy)

    def ended(self) -> None:
        """Note that a request is done with."""
        with self._lock:
            self._busy -= 1

    def close(self) -> None:
        """Stop: hang up on everyone, and leave no thread and no socket."""
        self._server.hang_up()
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class _Server(ThreadingHTTPServer):
    """One thread a connection; each is known, so that all can be ended."""

    daemon_threads = False
    request_queue_size = 128

    def __init__(self, city: ModelCity, port: int) -> None:
        self.city = city
        self.closing = Event()
        self._open: set[socket.socket] = set()
        self._guard = Lock()
        super().__init__(("127.0.0.1", port), _Handler)

    def opened(self, connection: socket.socket) -> None:
        """Know a connection, and end it at once if the server is closing."""
        with self._guard:
            self._open.add(connection)
            if self.closing.is_set():
                _end(connection)

    def closed(self, connection: socket.socket) -> None:
        """Forget a connection that is done."""
        with self._guard:
            self._open.discard(connection)

    def hang_up(self) -> None:
        """End every connection, and whatever waits."""
        with self._guard:
            self.closing.set()
            for connection in self._open:
                _end(connection)

    def handle_error(
        self, request: socket.socket | tuple[bytes, socket.socket], client_address: object
    ) -> None:
        """Say nothing of clients that hang up; a bug in the model still shows its traceback."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    wbufsize: ClassVar[int] = -1  # head and body leave together
    disable_nagle_algorithm: ClassVar[bool] = True

    def setup(self) -> None:
        super().setup()
        self.server.opened(self.connection)

    def finish(self) -> None:
        self.server.closed(self.connection)
        super().finish()

    def version_string(self) -> str:
        """Name the server, and no version."""
        return "ModelCity"

    def do_GET(self) -> None:
        """Answer a request."""
        self._handle()

    def do_HEAD(self) -> None:
        """Answer a request for the head alone."""
        self._handle()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Keep quiet: the city's `requests` are the log."""

    def _handle(self) -> None:
        city, at, wall = self.server.city, time.monotonic(), datetime.now(UTC)
        headers = {name.lower(): told for name, told in self.headers.items()}
        city.began()
        try:
            fault = city.faults.strike(self.path) or Fault()
            sound = city.answer(self.path, {} if fault.of_body else headers)
            told = answers.spoilt(sound, fault)
            silent = fault.hang or fault.close
            city.requests.append(
                Request(
                    method=self.command,
                    path=self.path,
                    status=0 if silent else told.status,
                    headers=headers,
                    at=at,
                    wall=wall,
                )
            )
            self._send(told, fault)
        finally:
            city.ended()

    def _send(self, told: Answer, fault: Fault) -> None:
        if fault.hang or fault.close:
            self.close_connection = True
            if fault.hang:
                self.server.closing.wait()
            return
        if self.server.closing.wait(fault.delay):
            return
        body = b"" if told.status in _NO_BODY else told.body
        self.send_response(told.status)
        for name, value in told.headers.items():
            self.send_header(name, value)
        if told.status not in _NO_BODY and "Content-Length" not in told.headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self._send_body(body, fault)

    def _send_body(self, body: bytes, fault: Fault) -> None:
        if fault.truncate is not None:
            self.close_connection = True
            body = body[: fault.truncate]
        if fault.slow is None:
            self.wfile.write(body)
            return
        for start in range(0, len(body), fault.piece):
            self.wfile.write(body[start : start + fault.piece])
            self.wfile.flush()
            if self.server.closing.wait(fault.slow):
                return


def _end(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # it has ended already
