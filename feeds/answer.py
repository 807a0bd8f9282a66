"""One request for a published file, answered: as a raw ASGI application, for it is asked often."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import time
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path, PurePosixPath
from typing import Final

from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from feeds.conditional import part, unchanged

MAX_AGE: Final = 600
"""How long a copy may be kept unasked, in seconds."""

KEPT: Final = 64 * 2**20
"""How many octets of files are held in memory at most."""

TYPES: Final = {
    ".ics": "text/calendar",
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".json": "application/feed+json",
    ".jsonl": "application/jsonl",
    ".csv": "text/csv",
    ".opml": "text/x-opml",
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
}
"""What is served, by ending, and as what; anything else in the folder is not there."""

POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""What our own pages may load: nothing of others, and no script."""

# no dotfile, no half-written file, no way upwards, nothing encoded twice
_PATH: Final = re.compile(r"/(?:[a-z0-9][a-z0-9-]*/)*(?:[a-z0-9][a-z0-9-]*(?:\.[a-z0-9]+)+)?")
_ASCII: Final = "ascii"


@dataclass(frozen=True, slots=True)
class Copy:
    """One file as it was read: what it was on disk, its bytes, and what is said with them."""

    key: tuple[int, ...]
    body: bytes
    etag: str
    modified: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back; a body of None is one that is left out."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""


class Folder:
    """The published folder as an ASGI application; it reads a file when that changed."""

    def __init__(self, out: Path) -> None:
        self._root = os.path.realpath(out)
        self._copies: dict[str, Copy] = {}
        self._size = 0

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
        await send({"type": "http.response.body", "body": body})

    def answer(self, method: str, path: str, headers: Headers) -> Answer:
        """Give the answer for a decoded path."""
        if method not in {"GET", "HEAD"}:
            return _refusal(405, "Endast GET och HEAD.", ("allow", "GET, HEAD"))
        copy = self._copy(path)
        if copy is None:
            return _refusal(404, "Finns inte.")
        said = _said(copy)
        if unchanged(headers, copy.etag, copy.modified):
            return Answer(304, said)
        said = (*said, ("content-type", copy.media_type), ("accept-ranges", "bytes"))
        size = len(copy.body)
        span = part(headers, copy.etag, copy.modified, size) if method == "GET" else None
        if span is None:
            return Answer(200, (*said, ("content-length", str(size))), copy.body)
        if not span:
            return _refusal(416, "Den delen finns inte.", ("content-range", f"bytes */{size}"))
        told = ("content-range", f"bytes {span[0]}-{span[-1]}/{size}")
        body = copy.body[span.start : span.stop]
        return Answer(206, (*said, told, ("content-length", str(len(body)))), body)

    def _copy(self, path: str) -> Copy | None:
        """Give the file at a path, read anew if it is another than last time."""
        if not _PATH.fullmatch(path):
            return None
        name = path[1:] + ("index.html" if path.endswith("/") else "")
        file = os.path.join(self._root, name)  # noqa: PTH118 - pathlib takes a tenth of a request
        try:
            key = _key(os.stat(file))  # noqa: PTH116 - as above
            copy = self._copies.get(name)
            return copy if copy and copy.key == key else self._read(file, name)
        except OSError:
            return None

    def _read(self, file: str, name: str) -> Copy | None:
        media_type = TYPES.get(PurePosixPath(name).suffix)
        inside = os.path.realpath(file).startswith(self._root + os.sep)
        if media_type is None or not inside or not Path(file).is_file():
            return None
        with Path(file).open("rb") as opened:  # what is open stays whole while it is replaced
            status, body = os.fstat(opened.fileno()), opened.read()
        if name == "status.json":
            media_type = "application/json"
        copy = Copy(
            _key(status),
            body,
            f'"{hashlib.sha256(body).hexdigest()[:32]}"',
            int(status.st_mtime),
            f"{media_type}; charset=utf-8",
        )
        self._keep(name, copy)
        return copy

    def _keep(self, name: str, copy: Copy) -> None:
        """Hold the copy in memory; what would be too much begins again with nothing."""
        if self._size + len(copy.body) > KEPT:
            self._copies.clear()
            self._size = 0
        replaced = self._copies.pop(name, None)
        self._size += len(copy.body) - (len(replaced.body) if replaced else 0)
        self._copies[name] = copy


def _key(status: os.stat_result) -> tuple[int, ...]:
    """Tell one version of a file from the next: each is a new file, put there in one step."""
    return (
        stat.S_IFMT(status.st_mode),
        status.st_dev,
        status.st_ino,
        status.st_mtime_ns,
        status.st_size,
    )


def _said(copy: Copy) -> tuple[tuple[str, str], ...]:
    """Give what goes with every answer about a file, a 304 too."""
    # no date later than the answer's own (RFC 9110, 8.8.2.1)
    modified = formatdate(min(copy.modified, time.time()), usegmt=True)
    said = (
        ("etag", copy.etag),
        ("last-modified", modified),
        ("cache-control", f"public, max-age={MAX_AGE}"),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
    )
    if copy.media_type.startswith("text/html"):
        return (*said, ("content-security-policy", POLICY))
    return said


def _refusal(status: int, words: str, *more: tuple[str, str]) -> Answer:
    body = f"{words}\n".encode()
    headers = (
        ("content-type", "text/plain; charset=utf-8"),
        ("content-length", str(len(body))),
        ("cache-control", "no-cache"),
        ("x-content-type-options", "nosniff"),
        *more,
    )
    return Answer(status, headers, body)
