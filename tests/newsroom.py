"""Articles as the model city tells of them, and exported ones in the same form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any, Final

_FIELDS: Final = ("id", "title", "summary", "published", "url", "meeting")
_PLAIN: Final = re.compile(r"<p>([^<]*)</p>")


def as_told(row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Give an exported article as `modelcity.expected` has it; `names` of committees by slug.

    Its paragraphs are those that are no links, after the introduction.
    """
    intro, *rest = (unescape(text) for text in _PLAIN.findall(row["content_html"] or ""))
    assert intro == row["summary"]
    return {name: row[name] for name in _FIELDS} | {
        "committees": [names[slug] for slug in row["committees"]],
        "paragraphs": rest,
    }
