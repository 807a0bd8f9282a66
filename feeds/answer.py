"""One request for a published file, answered: as a raw ASGI application, for it is asked often."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from feeds import gone
from feeds.conditional import part, takes_gzip, unchanged
from feeds.copies import Copies, Copy
from feeds.heads import JSON, STATUS, Answer, about, media_type, short
from feeds.readiness import readiness
from records.model import ZONE

PIECE: Final = 64 * 2**10
"""How much of a body is handed over at once: a slow reader's deadline is for each of these."""

ALIVE: Final = "/healthz"
READY: Final = "/readyz"

# no dotfile, no half-written file, no way upwards, nothing encoded twice
_PATH: Final = re.compile(r"/(?:[a-z0-9][a-z0-9-]*/)*(?:[a-z0-9][a-z0-9-]*(?:\.[a-z0-9]+)+)?")
_ASCII: Final = "ascii"


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """What the operator decides.

    `interval` is how long one good run may be after the other; `unpacked` are words in the
    User-Agent of those that are sent nothing packed.
    """

    interval: timedelta = timedelta(hours=1)
    unpacked: tuple[str, ...] = ()
    clock: Callable[[], datetime] = lambda: datetime.now(ZONE)

    @property
    def vary(self) -> str:
        """What else of a request than its address decides on the answer."""
        return "accept-encoding, user-agent" if self.unpacked else "accept-encoding"

    def packs(self, headers: Headers) -> bool:
        """Whether the asker is sent what is packed."""
        return takes_gzip(headers) and not (self.unpacked and self._listed(headers))

    def _listed(self, headers: Headers) -> bool:
        agent = headers.get("user-agent", "").lower()
        return any(word.lower() in agent for word in self.unpacked)


class Folder:
    """The published folder as an ASGI application; it reads a file when that changed."""

    def __init__(self, out: Path, serving: Serving) -> None:
        self._copies = Copies(out)
        self._gone_file = str(out / gone.FILE)
        self._serving = serving
        self._list: Copy | None = None
        self._gone = frozenset[str]()

    async def __call__(
        self,
        scope: Scope,
        receive: Receive,  # noqa: ARG002 - what ASGI hands in
        send: Send,
    ) -> None:
        """Answer one request; nothing is read of its body."""
        answer = self.answer(scope["method"], scope["path"], Headers(scope=scope))
        headers = [(name.encode(_ASCII), value.encode(_ASCII)) for name, value in answer.headers]
        body = b"" if scope["method"] == "HEAD" else answer.body
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        for begin in range(0, len(body) - PIECE, PIECE):
            piece = body[begin : begin + PIECE]
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        rest = body[max(0, len(body) - 1) // PIECE * PIECE :]
        await send({"type": "http.response.body", "body": rest})

    def answer(self, method: str, path: str, headers: Headers) -> Answer:
        """Give the answer for a decoded path."""
        if method not in {"GET", "HEAD"}:
            return short(405, "Endast GET och HEAD.", ("allow", "GET, HEAD"))
        if path == ALIVE:
            return short(200, "ok")
        try:
            return self._ready() if path == READY else self._file(method, path, headers)
        except OSError:  # out of descriptors, or the folder is away: nobody may take it for a 404
            return short(503, "Just nu går det inte.", ("retry-after", "60"))

    def _ready(self) -> Answer:
        copy = self._copies.get(STATUS)
        serving = self._serving
        found = readiness(
            copy.plain.body if copy else None, now=serving.clock(), interval=serving.interval
        )
        words = json.dumps(found.content, ensure_ascii=False)
        return short(200 if found.ready else 503, words, kind=JSON)

    def _file(self, method: str, path: str, headers: Headers) -> Answer:
        if "." not in path and _PATH.fullmatch(f"{path}/"):
            return self._folder(path)
        name = path[1:] + ("index.html" if path.endswith("/") else "")
        kind = media_type(name)
        if not _PATH.fullmatch(path) or kind is None or name == gone.FILE:
            return _missing()
        if name in self._taken_down():
            return short(410, "Borttagen.")
        copy = self._copies.get(name)
        if copy is None:
            return _missing()
        return self._copy(copy, name, kind, method, headers)

    def _folder(self, path: str) -> Answer:
        """Lead to a folder's page who left out the last slash: people do."""
        name = f"{path[1:]}/index.html"
        if name in self._taken_down():
            return short(410, "Borttagen.")
        if self._copies.get(name) is None:
            return _missing()
        return short(301, "Flyttad.", ("location", f"{path}/"))

    def _copy(self, copy: Copy, name: str, kind: str, method: str, headers: Headers) -> Answer:
        """Give what of a file is asked for: nothing new, a part, or the whole."""
        packed = copy.packed if self._serving.packs(headers) else None
        form = packed or copy.plain
        said = about(name, etag=form.etag, modified=copy.modified, vary=self._serving.vary)
        if unchanged(headers, form.etag, copy.modified):
            return Answer(304, said)
        said = (*said, ("content-type", kind), ("accept-ranges", "bytes"))
        if packed:
            said = (*said, ("content-encoding", "gzip"))
        size = len(form.body)
        span = part(headers, form.etag, copy.modified, size) if method == "GET" else None
        if span is None:
            return Answer(200, (*said, ("content-length", str(size))), form.body)
        if not span:
            return short(416, "Den delen finns inte.", ("content-range", f"bytes */{size}"))
        told = ("content-range", f"bytes {span[0]}-{span[-1]}/{size}")
        body = form.body[span.start : span.stop]
        return Answer(206, (*said, told, ("content-length", str(len(body)))), body)

    def _taken_down(self) -> frozenset[str]:
        """Give the names in the list beside the files; a list that is none takes nothing down."""
        if not os.access(self._gone_file, os.F_OK):  # as a rule, and asked for each request
            return frozenset()
        copy = self._copies.get(gone.FILE)
        if copy is not self._list:
            self._list = copy
            self._gone = gone.names(copy.plain.body) if copy else frozenset()
        return self._gone


def _missing() -> Answer:
    return short(404, "Finns inte.")
