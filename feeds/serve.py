"""Serve the published folder over HTTP, in this thread or in one of its own."""

from __future__ import annotations

import signal
import socket
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

import uvicorn

from feeds.answer import Folder, Serving
from feeds.protocol import LAST_SECONDS, Guarded
from records.errors import ConfigError


def serve(out: Path, *, host: str, port: int, serving: Serving | None = None) -> None:
    """Serve until SIGTERM or SIGINT, then return; ConfigError where the port cannot be had."""
    server, listening = _server(out, serving), _listen(host, port)
    # uvicorn ends by itself on these, and then sends itself the same again
    before = {n: signal.signal(n, _end) for n in (signal.SIGTERM, signal.SIGINT)}
    try:
        server.run(sockets=[listening])
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Server:
    """The same in a thread of its own, for as long as the context lasts; port 0 takes any."""

    def __init__(
        self,
        out: Path,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        serving: Serving | None = None,
    ) -> None:
        self._server = _server(out, serving)
        self._socket = _listen(host, port)
        self.host = host
        self.port = int(self._socket.getsockname()[1])
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, name="serve", daemon=True
        )

    @property
    def url(self) -> str:
        """Where the folder is served, without a last slash."""
        return f"http://{_bracketed(self.host)}:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.should_exit = True
        self._thread.join()


def _server(out: Path, serving: Serving | None) -> uvicorn.Server:
    config = uvicorn.Config(
        Folder(out, serving or Serving()),
        http=Guarded,
        ws="none",
        loop="asyncio",
        lifespan="off",
        log_config=None,
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=LAST_SECONDS + 1,
    )
    return uvicorn.Server(config)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        where = f"{_bracketed(host)}:{port}"
        reason = error.strerror or error
        raise ConfigError(f"{where} cannot be served ({reason}): give another --port") from error
    # what it accepts inherits this; asyncio sets it only where the protocol is named, and without
    # it the body waits 40 ms for the reader's word that it has the head
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _end(number: int, frame: object) -> None:
    """Take a signal without dying of it."""
