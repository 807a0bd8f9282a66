"""Other people's text made harmless: one line, several lines, an address, a media type.

The city's pages are not trusted. What leaves here has no character that starts a line where we did
not, none that XML or UTF-8 cannot hold, and no address that a browser would run.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

_BREAKS: Final = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
# C0 and C1 controls but tab and line feed; surrogates; what XML 1.0 section 2.2 leaves out
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_RESERVED: Final = "!#$%&'()*+,/:;=?@[]~"  # RFC 3986 section 2: these have a meaning as they are
_MEDIA_TYPE: Final = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]*/[a-z0-9][a-z0-9!#$&^_.+-]*")


def lines(text: str) -> str:
    """Give text with plain line feeds for every kind of line break, and without controls."""
    return _FORBIDDEN.sub("", _BREAKS.sub("\n", text)).strip()


def line(text: str) -> str:
    """Give text as one line, its runs of white space as single blanks."""
    return " ".join(lines(text).split())


@lru_cache(maxsize=8192)  # one address stands in many files
def web(url: str | None) -> str | None:
    """Give an http(s) address in ASCII and without a password; None for anything else."""
    try:
        parts = urlsplit(line(url or ""))
        host = parts.hostname
    except ValueError:  # half an IPv6 host
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    netloc = parts.netloc.rpartition("@")[2]
    whole = urlunsplit((parts.scheme, netloc, parts.path, parts.query, parts.fragment))
    return quote(whole, safe=_RESERVED)


def media_type(name: str | None) -> str | None:
    """Give an IANA media type in lower case; None where it does not have the form of one."""
    name = (name or "").strip().lower()
    return name if _MEDIA_TYPE.fullmatch(name) else None
