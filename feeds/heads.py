"""What is said with an answer: what it is, how long it is kept, what a browser may do with it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from email.utils import formatdate
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Final, TypeAlias

MAX_AGE: Final = 600
"""How long a copy may be kept unasked, in seconds."""

PAGE: Final = "text/html"
JSON: Final = "application/json"
SCHEMA: Final = "application/schema+json"

TYPES: Final = {
    ".ics": "text/calendar",
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml",
    ".json": "application/feed+json",
    ".jsonl": "application/jsonl",
    ".csv": "text/csv",
    ".opml": "text/x-opml",
    ".html": PAGE,
    ".css": "text/css",
    ".js": "text/javascript",
}
"""What is served, by ending, and as what; anything else in the folder is not there."""

STATUS: Final = "status.json"
"""When the last check was: the one file that is asked for anew each time."""

LOADED: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'"
)
"""What our own pages may load: nothing of others, and nothing that stands in the page itself.

The pictures within addresses (data:) are the style sheet's own signs.
"""

POLICY: Final = f"{LOADED}; frame-ancestors 'none'"
"""That, and that nobody shows them within a page of theirs."""

FRAMED: Final = "embed"
"""The folder of pages that others may show within theirs."""

UNLISTED: Final = frozenset({"anslagstavla", "handlingar"})
"""Pages that search engines shall not keep: what they name is taken down by the city one day."""

NAMES: Final = 512
"""Of how many files it is kept in mind what is always said with them."""

Headers: TypeAlias = tuple[tuple[str, str], ...]

_STRICT: Final = (("x-content-type-options", "nosniff"), ("referrer-policy", "no-referrer"))
_PAGES: Final = (
    ("content-security-policy", POLICY),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
)
_PARTS: Final = (
    ("content-security-policy", f"{LOADED}; frame-ancestors *"),
    ("cross-origin-resource-policy", "cross-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
)
_DATA: Final = (
    ("access-control-allow-origin", "*"),
    ("cross-origin-resource-policy", "cross-origin"),
    ("x-robots-tag", "noindex"),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back."""

    status: int
    headers: Headers
    body: bytes = b""


@lru_cache(maxsize=NAMES)
def media_type(name: str) -> str | None:
    """Give what a file is, by its name; None for what is not served."""
    kind = JSON if name == STATUS else TYPES.get(PurePosixPath(name).suffix)
    kind = SCHEMA if name.endswith(".schema.json") else kind
    return f"{kind}; charset=utf-8" if kind else None


def about(name: str, *, etag: str, modified: int, vary: str) -> Headers:
    """Give what goes with every answer about a file, a 304 too."""
    return (
        ("etag", etag),
        # no date later than the answer's own (RFC 9110, 8.8.2.1)
        ("last-modified", formatdate(min(modified, time.time()), usegmt=True)),
        ("vary", vary),
        *_always(name),
    )


@lru_cache(maxsize=NAMES)
def _always(name: str) -> Headers:
    age = "no-cache" if name == STATUS else f"public, max-age={MAX_AGE}"
    return (("cache-control", age), *_STRICT, *_of_its_kind(name))


def _of_its_kind(name: str) -> Headers:
    """Pages load nothing of others, and most are nobody's part; data may be read by any page."""
    if name.endswith(".html"):
        folders = set(PurePosixPath(name).parts[:-1])
        said = _PARTS if FRAMED in folders else _PAGES
        return (*said, ("x-robots-tag", "noindex")) if UNLISTED & folders else said
    if name.endswith((".css", ".js")):
        return (("cross-origin-resource-policy", "same-origin"),)
    return _DATA


def short(status: int, words: str, *more: tuple[str, str], kind: str = "text/plain") -> Answer:
    """Give an answer that is no file's: a few words, kept by nobody."""
    body = f"{words}\n".encode()
    headers = (
        ("content-type", f"{kind}; charset=utf-8"),
        ("content-length", str(len(body))),
        ("cache-control", "no-cache"),
        *_STRICT,
        *more,
    )
    return Answer(status, headers, body)
