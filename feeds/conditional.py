"""What a request asks for (RFC 9110, 12 to 14): nothing new, a part or the whole, packed or not."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_tz
from functools import lru_cache
from typing import Final

from starlette.datastructures import Headers

_ETAG: Final = re.compile(r'(?:W/)?("[^"]*")')
_CODING: Final = re.compile(
    r"(gzip|x-gzip|\*)[ \t]*(?:;[ \t]*q=([01](?:\.\d{0,3})?))?", re.IGNORECASE
)
_RANGE: Final = re.compile(r"bytes=(\d{0,15})-(\d{0,15})", re.IGNORECASE)


def unchanged(headers: Headers, etag: str, modified: int) -> bool:
    """Whether the asker already has this: by its tags if it sent any, else by its date.

    `etag` stands in its quotes, `modified` in whole seconds since 1970.
    """
    tags = headers.get("if-none-match")
    if tags is not None:
        return tags.strip() == "*" or etag in _ETAG.findall(tags)
    since = moment(headers.get("if-modified-since", ""))
    return since is not None and modified <= since


def moment(text: str) -> int | None:
    """Read a date in any of HTTP's three forms; None for what is no date."""
    parts = parsedate_tz(text)
    if parts is None:
        return None
    try:
        read = datetime(*parts[:6], tzinfo=UTC)
    except (ValueError, OverflowError):  # the 99th of a month, a year 0 or 10 000
        return None
    return int(read.timestamp()) - (parts[9] or 0)


def takes_gzip(headers: Headers) -> bool:
    """Whether the asker names gzip, or everything, and not with a weight of none."""
    return _named(headers.get("accept-encoding", ""))


@lru_cache(maxsize=64)  # what askers send is much the same
def _named(asked: str) -> bool:
    found = [_CODING.fullmatch(coding.strip()) for coding in asked.split(",")]
    weights = {match[1].lower(): float(match[2] or "1") for match in found if match}
    return weights.get("gzip", weights.get("x-gzip", weights.get("*", 0.0))) > 0


def part(headers: Headers, etag: str, modified: int, size: int) -> range | None:
    """Give the bytes asked for; None for the whole, an empty range where there are none such.

    Several ranges, or nonsense, are answered with the whole, as the RFC allows.
    """
    asked = _RANGE.fullmatch(headers.get("range", "").strip())
    if asked is None or not _still(headers, etag, modified):
        return None
    first, last = asked.groups()
    if not first:
        return range(max(size - int(last), 0), size) if last else None
    start, end = int(first), int(last) if last else size
    return None if end < start and last else range(start, min(end + 1, size))


def _still(headers: Headers, etag: str, modified: int) -> bool:
    """Whether the rest that is asked for (If-Range) belongs to what we have."""
    known = headers.get("if-range")
    return known is None or known.strip() == etag or moment(known) == modified
