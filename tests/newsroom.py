"""Articles as the model city tells of them, and exported ones in the same form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from lxml.html import HtmlElement, fragments_fromstring

_FIELDS: Final = ("id", "title", "summary", "published", "url", "meeting")
_KINDS: Final = {"p": "paragraph", "h2": "heading", "h3": "heading", "h4": "heading"}


def as_told(row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Give an exported article as `modelcity.expected` has it; `names` of committees by slug."""
    found = fragments_fromstring(row["content_html"] or "<p></p>")
    intro, *rest = (part for part in found if isinstance(part, HtmlElement))
    assert intro.text_content() == row["summary"]
    return {name: row[name] for name in _FIELDS} | {
        "committees": [names[slug] for slug in row["committees"]],
        "body": list(_parts(rest)),
        "image": {"url": row["image"], "alt": row["image_text"]},
    }


def as_expected(told: Mapping[str, Any]) -> dict[str, Any]:
    """Give what the model city says of an article, as far as an export has a field for it."""
    kept = (*_FIELDS, "committees", "body", "image")
    return {name: told[name] for name in kept}


def _parts(elements: list[HtmlElement]) -> Iterator[dict[str, Any]]:
    for element in elements:
        if element.tag in {"ul", "ol"}:
            yield {"kind": "list", "rows": [_part(row, "paragraph") for row in element]}
        else:
            yield _part(element, _KINDS[str(element.tag)])


def _part(element: HtmlElement, kind: str) -> dict[str, Any]:
    link = next(iter(element.iter("a")), None)
    told = None if link is None else {"words": link.text_content(), "url": link.get("href")}
    return {"kind": kind, "text": element.text_content(), "link": told}
