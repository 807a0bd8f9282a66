"""A web or mail address at which somebody can be reached."""

from __future__ import annotations

import re
from typing import Final

_CONTACT: Final = re.compile(r"https?://[!-'*-~]+|[!-'*-?A-~]+@[!-'*-?A-~]+\.[!-'*-?A-~]+")


def contact(value: str) -> str:
    """Check whom others can turn to: it stands in brackets in a header of every request."""
    if not _CONTACT.fullmatch(value):
        raise ValueError("write a web or mail address, such as https://example.org/om")
    return value
