"""JSON as it may stand on one line of a file, and inside a page's script element."""

from __future__ import annotations

import json
import re
from typing import Final

# What splits lines for some reader, or has no UTF-8 form; inside a JSON string each may be escaped
_ESCAPED: Final = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_MARKUP: Final = re.compile("[<>&]")  # what could end the script, or begin a comment in it


def on_a_line(value: object) -> str:
    """Give JSON with real å ä ö that is one line for every reader."""
    return _ESCAPED.sub(_escape, json.dumps(value, ensure_ascii=False))


def in_a_page(value: object) -> str:
    """Give the same without a sign that HTML would take for its own."""
    return _MARKUP.sub(_escape, on_a_line(value))


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"
