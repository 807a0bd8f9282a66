"""Pages as redesigns, editors and broken servers make them: other markup, or less of it.

Each mutation is drawn from a seed. `dressed` ones change markup and no word; `torn` ones break it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import Final

from lxml import html

Mutation = Callable[[bytes, Random], bytes]

_WRAPPERS: Final = ("div", "section", "article", "sv-module")
_JUNK: Final = (
    "<!-- Sammanträdet den 1 januari 2030 -->",
    "<script>var x = '<h1>Nämnden, sammanträde 2030-01-01 10.00</h1>';</script>",
    "<style>h1::after { content: 'Tid: 2030-01-01 10.00' }</style>",
    "<template><p>Tid: 2030-01-01 10.00</p></template>",
    "<noscript><p>Tid: 2030-01-01 10.00</p></noscript>",
    "<svg><title>Tid: 2030-01-01 10.00</title></svg>",
    "<i class='env-icon'></i>",
    "&shy;",
    "\n\n\t",
)
_TAG: Final = re.compile(rb"<[^<>]*>")
_LETTER: Final = re.compile(r"<script.*?</script>|[åäöÅÄÖ]", re.DOTALL)
_HALF: Final = 0.5


def _elements(root: html.HtmlElement) -> list[html.HtmlElement]:
    return [node for node in root.iter() if isinstance(node.tag, str)]


def _body(root: html.HtmlElement) -> list[html.HtmlElement]:
    body = root.find("body")
    return _elements(body if body is not None else root)


def renamed(body: bytes, draw: Random) -> bytes:
    """Give every class and id another name, but where a script's portlet is named by it."""
    root = html.document_fromstring(body)
    for node in _elements(root):
        for name in ("class", "style", "data-cid"):
            if node.get(name):
                node.set(name, f"x{draw.randrange(10**6)}")
        if node.get("id") and not str(node.get("id")).startswith("svid"):
            node.set("id", f"i{draw.randrange(10**6)}")
    return bytes(html.tostring(root, encoding="utf-8"))


def stripped(body: bytes, draw: Random) -> bytes:
    """Take attributes away that carry no word: class, id, style, role, aria."""
    root = html.document_fromstring(body)
    for node in _elements(root):
        for name in list(node.attrib):
            meaningless = str(name) in {"class", "style", "role"} or str(name).startswith("aria-")
            if meaningless and draw.random() < 0.7:
                del node.attrib[name]
    return bytes(html.tostring(root, encoding="utf-8"))


def wrapped(body: bytes, draw: Random) -> bytes:
    """Put layout around things: what a new template adds."""
    root = html.document_fromstring(body)
    for _ in range(draw.randrange(1, 12)):
        node = draw.choice([n for n in _body(root) if n.tag in {"div", "ul", "table", "p", "h1"}])
        parent = node.getparent()
        if parent is None or parent.tag in {"ul", "ol", "table", "tr", "dl"}:
            continue
        around = html.Element(draw.choice(_WRAPPERS))
        around.tail, node.tail = node.tail, None
        parent.replace(node, around)
        around.append(node)
    return bytes(html.tostring(root, encoding="utf-8"))


def littered(body: bytes, draw: Random) -> bytes:
    """Put between tags what no reader sees: comments, scripts, styles, blanks."""
    places = [match.end() for match in _TAG.finditer(body) if match[0].startswith((b"</p", b"</h"))]
    for place in sorted(draw.sample(places, min(len(places), 6)), reverse=True):
        body = body[:place] + draw.choice(_JUNK).encode() + body[place:]
    return body


def encoded(body: bytes, draw: Random) -> bytes:
    """Write letters as entities, as some editors do; scripts know none."""

    def entity(found: re.Match[str]) -> str:
        if len(found[0]) > 1 or draw.random() < _HALF:
            return found[0]
        return f"&#{ord(found[0])};"

    return _LETTER.sub(entity, body.decode()).encode()


def shuffled(body: bytes, draw: Random) -> bytes:
    """Change the order of attributes."""
    root = html.document_fromstring(body)
    for node in _elements(root):
        found = list(node.attrib.items())
        draw.shuffle(found)
        node.attrib.clear()
        node.attrib.update(dict(found))
    return bytes(html.tostring(root, encoding="utf-8"))


def cut(body: bytes, draw: Random) -> bytes:
    """End the body somewhere."""
    return body[: draw.randrange(len(body))]


def untagged(body: bytes, draw: Random) -> bytes:
    """Lose some tags."""
    places = [match.span() for match in _TAG.finditer(body)]
    for begin, end in sorted(draw.sample(places, min(len(places), 8)), reverse=True):
        body = body[:begin] + body[end:]
    return body


def doubled(body: bytes, draw: Random) -> bytes:
    """Say some tags twice."""
    places = [match.span() for match in _TAG.finditer(body)]
    for begin, end in sorted(draw.sample(places, min(len(places), 8)), reverse=True):
        body = body[:end] + body[begin:end] + body[end:]
    return body


def pruned(body: bytes, draw: Random) -> bytes:
    """Lose whole elements."""
    root = html.document_fromstring(body)
    for _ in range(draw.randrange(1, 5)):
        node = draw.choice(_body(root))
        parent = node.getparent()
        if parent is not None and node.tag != "body":
            parent.remove(node)
    return bytes(html.tostring(root, encoding="utf-8"))


def noisy(body: bytes, draw: Random) -> bytes:
    """Garble from a hundredth to half of all bytes."""
    garbled = bytearray(body)
    for _ in range(int(len(body) * draw.choice((0.01, 0.1, 0.5)))):
        garbled[draw.randrange(len(garbled))] = draw.randrange(256)
    return bytes(garbled)


DRESSED: Final[Sequence[Mutation]] = (renamed, stripped, wrapped, littered, encoded, shuffled)
"""The same words in other markup."""

TORN: Final[Sequence[Mutation]] = (cut, untagged, doubled, pruned)
"""Markup that was broken, with no word changed."""

GARBLED: Final[Sequence[Mutation]] = (noisy,)
"""Words changed too."""

_STATE: Final = b"<html><body><script>AppRegistry.registerInitialState('12.a', "

MONSTERS: Final[Mapping[str, bytes]] = {
    "deep elements": b"<html><body>" + b"<div>" * 100_000 + b"Tid: 2026-11-30</body></html>",
    "a long attribute": b'<html><body><p class="' + b"x" * 10_000_000 + b'">Tid</p></body></html>',
    "a comment without end": b"<html><body><!-- " + b"<p>Tid: 2026-11-30</p>" * 10_000,
    "a script without end": b"<html><body><script>" + b"{" * 1_000_000,
    "a deep state outside a script": b"<body>AppRegistry.registerInitialState('12.a', "
    + b"[" * 100_000
    + b"</body></html>",
    "a deep state": _STATE + b"[" * 100_000 + b");</script></body></html>",
    "NULs": b"<html><body>" + b"\0" * 100_000 + b"</body></html>",
    "nested tables": b"<html><body>" + b"<table><tr><td>" * 20_000 + b"</body></html>",
    "links within links": b"<html><body>" + b"<a href='x'>" * 50_000 + b"</body></html>",
    "a long label": b"<html><body><p>Tid: " + b"1 " * 100_000 + b"</p></body></html>",
    "many labels": b"<html><body><p>" + b"Tid: " * 50_000 + b"</p></body></html>",
    "a long heading": b"<html><body><h1>" + "sammanträde ".encode() * 50_000 + b"</h1>",
}
"""Pages that no editor wrote, by what is monstrous about them."""
