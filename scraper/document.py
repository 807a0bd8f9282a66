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
STATE: Final = re.compile(r"registerInitialState\(\s*(['\"])(?P<portlet>[^'\"]*)\1\s*,\s*(?=[{\[])")
_LATIN: Final = re.compile(
    r"(?:iso[-_]?8859[-_]?1|latin[-_]?1|windows[-_]?1252|cp1252)$", re.IGNORECASE
)
_ASIDE: Final = frozenset({"nav", "footer", "header"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What is read of one page; `states` are the values that its script apps start from."""

    url: str
    title: str
    lines: tuple[Line, ...]
    states: tuple[Any, ...] = ()

    def only(self, kept: Sequence[Line]) -> Document:
        """Give the same page cut to these of its lines, and to the apps that stand among them.

        Lines keep the numbers of their states, so that one from the page means the same in its cut.
        """
        apps = {line.text for line in kept if line.kind == "app"}
        states = (one if str(n) in apps else None for n, one in enumerate(self.states))
        return replace(self, lines=tuple(kept), states=tuple(states))

    def stated(self, line: Line) -> Any:  # noqa: ANN401 - JSON
        """Give the state of the app that a line stands for; None for any other line."""
        return self.states[int(line.text)] if line.kind == "app" else None

    def dump(self) -> bytes:
        """Give the page as the bytes that are compared and kept: only states that a line shows.

        They are numbered in the order of their lines: an app of the frame is no difference.
        """
        shown = list(dict.fromkeys(line.text for line in self.lines if line.kind == "app"))
        numbers = {text: str(n) for n, text in enumerate(shown)}
        lines = (
            replace(line, text=numbers[line.text]) if line.kind == "app" else line
            for line in self.lines
        )
        states = tuple(self.states[int(text)] for text in shown)
        packed = replace(self, lines=tuple(lines), states=states)
        return json.dumps(to_json(packed), ensure_ascii=False, sort_keys=True).encode()


def load(snapshot: bytes) -> Document:
    """Read back what `Document.dump` gave."""
    return from_json(Document, json.loads(snapshot))


def read(page: Page) -> Document:
    """Read a page's bytes; raises `PageChanged` where they hold no element at all."""
    try:
        parser = lxml_html.HTMLParser(encoding="utf-8")  # whatever the page says of itself
        root = lxml_html.document_fromstring(decode(page).encode(), parser=parser)
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
    )


def decode(page: Page) -> str:
    """Give the text of a page; see `decoded`."""
    return decoded(page)[0]


def decoded(page: Page) -> tuple[str, str]:
    """Give a page's text and its encoding.

    By byte order mark, header, its own declaration, UTF-8, then Windows-1252: the first that fits
    the bytes wins, and a header that names another one than was used is seen by bytes that do not
    fit it. Latin-1 fits any bytes, so its name does not outdo UTF-8.
    """
    body, marked = EncodingDetector.strip_byte_order_mark(page.body)
    declared = EncodingDetector.find_declared_encoding(body, is_html=True)
    named = [name for name in (marked, page.charset, declared) if name and not _LATIN.match(name)]
    for encoding in (*named, "utf-8", "windows-1252"):
        try:
            return body.decode(encoding), encoding
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
            own = place_of(portlet)
            if own not in ids and not script.get("id"):
                script.set("id", f"script {len(found)}")  # a blank: no id of the page's own
            place = own if own in ids else str(script.get("id"))
            where.setdefault(place, []).append(str(len(found)))
            found.append(_impersonal(state))
    return tuple(found), where


def place_of(portlet: str) -> str:
    """Give the id of the element that a portlet's app stands in."""
    return f"svid{portlet.replace('.', '_')}"


def _in_script(text: str) -> Iterator[tuple[str, Any]]:
    """Decode states by their braces: strings in them may hold braces and `);` themselves."""
    decoder = json.JSONDecoder()
    for match in STATE.finditer(text):
        with suppress(json.JSONDecodeError):
            yield match["portlet"], decoder.raw_decode(text, match.end())[0]


def _impersonal(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Leave out who edited what: it is kept nowhere."""
    if isinstance(value, dict):
        return {key: _impersonal(v) for key, v in value.items() if key not in PERSONAL}
    if isinstance(value, list):
        return [_impersonal(item) for item in value]
    return value
