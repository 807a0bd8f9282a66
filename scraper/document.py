"""One page made ready to read: decoded, and brought to lines and app states.

A `Document` is also what is kept of a page (`dump`, `load`): lines and states, never markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Final

from bs4.dammit import EncodingDetector
from lxml import etree
from lxml import html as lxml_html

from records.codec import from_json, to_json
from records.errors import PageChanged
from scraper.lines import Line, clean, lines
from scraper.page import Page

PERSONAL: Final = frozenset({"lastModifiedBy", "lastModifiedByName", "creator", "createdBy"})
_STATE: Final = re.compile(
    r"registerInitialState\(\s*(['\"])(?P<portlet>[^'\"]*)\1\s*,\s*(?=[{\[])"
)
_LATIN: Final = re.compile(
    r"(?:iso[-_]?8859[-_]?1|latin[-_]?1|windows[-_]?1252|cp1252)$", re.IGNORECASE
)
_BEGINS: Final = re.compile(r"<html\b", re.IGNORECASE)
_ENDS: Final = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
_ASIDE: Final = frozenset({"nav", "footer", "header"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What is read of one page; `states` are the values that its script apps start from.

    `cut` says that the page begins and does not end: what it lacks may have been lost on its way.
    """

    url: str
    title: str
    lines: tuple[Line, ...]
    states: tuple[Any, ...] = ()
    cut: bool = False

    def only(self, kept: Sequence[Line]) -> Document:
        """Give the same page cut to these of its lines, and to the apps that stand among them."""
        numbers = [line.text for line in kept if line.kind == "app"]
        renumbered = {number: str(n) for n, number in enumerate(numbers)}
        return replace(
            self,
            lines=tuple(
                replace(line, text=renumbered[line.text]) if line.kind == "app" else line
                for line in kept
            ),
            states=tuple(self.states[int(number)] for number in numbers),
        )

    def stated(self, line: Line) -> Any:  # noqa: ANN401 - JSON
        """Give the state of the app that a line stands for; None for any other line."""
        return self.states[int(line.text)] if line.kind == "app" else None

    def dump(self) -> bytes:
        """Give the page as the bytes that are compared and kept."""
        return json.dumps(to_json(self), ensure_ascii=False, sort_keys=True).encode()


def load(snapshot: bytes) -> Document:
    """Read back what `Document.dump` gave."""
    return from_json(Document, json.loads(snapshot))


def read(page: Page) -> Document:
    """Read a page's bytes; raises `PageChanged` where they hold no element at all."""
    try:
        parser = lxml_html.HTMLParser(encoding="utf-8")  # whatever the page says of itself
        text = decode(page)
        root = lxml_html.document_fromstring(text.encode(), parser=parser)
    except (etree.ParserError, ValueError) as error:  # an empty body; bytes that are no text
        raise PageChanged(page.url, "any text") from error
    states, where = _states(root)

    def apps(node: etree._Element) -> Sequence[str]:
        return where.pop(node.get("id") or "", ())

    return Document(
        url=page.url,
        title=clean(root.findtext(".//title") or ""),
        states=states,
        lines=tuple(lines(root, skip=_is_frame, mark=apps)),
        cut=bool(_BEGINS.search(text)) and not _ENDS.search(text),
    )


def decode(page: Page) -> str:
    """Decode a page by byte order mark, header, its own declaration, UTF-8, then Windows-1252.

    The first encoding that fits the bytes wins: a header that names another one than was used is
    seen by bytes that do not fit it. Latin-1 fits any bytes, so its name does not outdo UTF-8.
    """
    body, marked = EncodingDetector.strip_byte_order_mark(page.body)
    declared = EncodingDetector.find_declared_encoding(body, is_html=True)
    named = [name for name in (marked, page.charset, declared) if name and not _LATIN.match(name)]
    for encoding in (*named, "utf-8", "windows-1252"):
        try:
            return body.decode(encoding)
        except (LookupError, ValueError):  # no such encoding; other bytes than it has
            continue
    raise PageChanged(page.url, "an encoding that can be read")


def _is_frame(node: etree._Element) -> bool:
    """Tell the page's frame, its menus and foot; a header that holds the heading is content."""
    return node.tag in _ASIDE and node.find(".//h1") is None


def _states(root: etree._Element) -> tuple[tuple[Any, ...], dict[str, list[str]]]:
    """Give what script apps start from, and by place the numbers of the states that belong there.

    An app stands where its portlet does; one whose portlet is not in the page, where its script is.
    """
    ids = {str(node.get("id")) for node in root.iter() if node.get("id")}
    found: list[Any] = []
    where: dict[str, list[str]] = {}
    for script in root.iter("script"):
        for portlet, state in _in_script(script.text or ""):
            own = f"svid{portlet.replace('.', '_')}"
            if own not in ids and not script.get("id"):
                script.set("id", f"script {len(found)}")  # a blank: no id of the page's own
            place = own if own in ids else str(script.get("id"))
            where.setdefault(place, []).append(str(len(found)))
            found.append(_impersonal(state))
    return tuple(found), where


def _in_script(text: str) -> Iterator[tuple[str, Any]]:
    """Decode states by their braces: strings in them may hold braces and `);` themselves."""
    decoder = json.JSONDecoder()
    for match in _STATE.finditer(text):
        with suppress(json.JSONDecodeError):
            yield match["portlet"], decoder.raw_decode(text, match.end())[0]


def _impersonal(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Leave out who edited what: it is kept nowhere."""
    if isinstance(value, dict):
        return {key: _impersonal(v) for key, v in value.items() if key not in PERSONAL}
    if isinstance(value, list):
        return [_impersonal(item) for item in value]
    return value
