"""One fetched page, as parsers are given it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page's bytes and what came with them; `url` is the city's own address of it.

    `charset` is what the Content-Type header named, in lower case; bytes are decoded by the parser,
    which also sees the page's own declaration. `content_type` is the media type alone. `etag` and
    `last_modified` can be sent back as they are, to `url`. `temporary` where a redirect led there
    for now: the page is still to be asked for where it was.
    """

    url: str
    body: bytes
    fetched: datetime
    charset: str | None = None
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    temporary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """The city says that the page is as it was (304)."""

    url: str
    fetched: datetime
