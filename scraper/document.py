"""One page made ready to read: decoded, and brought to lines and app states.

A `Document` is also what is kept of a page (`dump`, `load`): lines and states, never markup.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from lxml import etree

from records.codec import from_json, to_json
from records.errors import PageChanged
from scraper.lines import Line, clean, lines
from scraper.page import Page

PERSONAL: Final = frozenset({"lastModifiedBy", "lastModifiedByName", "creator", "createdBy"})
STATE: Final = re.compile(
    r"registerInitialState\(\s*(['\"])(?P<portlet>[^'\"]*)\1\s*,\s*(?=[{\[])"
    r"|(?<![\w.$])(?:window|self|globalThis)(?:\.|\[['\"])(?P<name>\w+)(?:['\"]\])?\s*=\s*(?=[{\[])"
)
_IDS: Final = etree.XPath("//@id", smart_strings=False)
_APP: Final = re.compile(
    r"registerApp\(\s*\{[^{}]*?portletId['\"]?\s*:\s*['\"](?P<portlet>[^'\"]+)"
)
_JSON: Final = re.compile(r"^application/(?:[\w.-]+\+)?json\b", re.IGNORECASE)
_LATIN: Final = re.compile(
    r"(?:iso[-_]?8859[-_]?1|latin[-_]?1|windows[-_]?1252|cp1252)$", re.IGNORECASE
)
_WEB: Final = frozenset(
    {
        *(f"utf-{form}" for form in ("8", "16", "16-le", "16-be", "32", "32-le", "32-be")),
        *(f"iso8859-{part}" for part in (*range(1, 11), 13, 14, 15, 16)),
        *(f"cp{page}" for page in (866, 874, 932, 949, *range(1250, 1259))),
        *("ascii", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic"),
        *("big5", "big5hkscs", "gb2312", "gbk", "gb18030", "euc_kr"),
        *("euc_jp", "iso2022_jp", "shift_jis"),
    }
)
"""Python's names of what browsers read (WHATWG), and of UTF-32: its others, as punycode, are not
for pages, and some take time by the square of the length.
"""
_WIDE: Final = "<\0"
"""What the markup of UTF-16 and UTF-32 is in an encoding of single bytes."""
_BEGUN: Final = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_ENDED: Final = re.compile(r"</(?:html|body)\b", re.IGNORECASE)
_FEEDS: Final = frozenset({"application/rss+xml", "application/atom+xml"})
_DEEPEST: Final = 100  # levels of a script's state
_ASIDE: Final = frozenset({"nav", "footer", "header"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What is read of one page; `states` are the values that its script apps start from.

    The state of an app is None where the page does not hold it: then its script fetches what it
    draws. `feeds` are the addresses of the feeds that its head offers, as they stand there.
    """

    url: str
    title: str
    lines: tuple[Line, ...]
    states: tuple[Any, ...] = ()
    feeds: tuple[str, ...] = ()

    def only(self, kept: Sequence[Line]) -> Document:
        """Give the same page cut to these of its lines, and to the apps that stand among them.

        Without its feeds: most pages offer some, and few are read for them. Lines keep the numbers
        of their states, so that one from the page means the same in its cut.
        """
        apps = {line.text for line in kept if line.kind == "app"}
        states = (one if str(n) in apps else None for n, one in enumerate(self.states))
        return replace(self, lines=tuple(kept), states=tuple(states), feeds=())

    def absolute(self, href: str) -> str | None:
        """Give an address on this page in full; None for what is no address on the web."""
        return absolute(self.url, href)

    def stated(self, line: Line) -> Any:  # noqa: ANN401 - JSON
        """Give the state of the app that a line stands for; None for any other line."""
        return self.states[int(line.text)] if line.kind == "app" else None

    def packed(self) -> Document:
        """Give the page with only the states that a line shows, in the order of their lines.

        They are numbered by it, so an app of the frame is no difference.
        """
        shown = list(dict.fromkeys(line.text for line in self.lines if line.kind == "app"))
        numbers = {text: str(n) for n, text in enumerate(shown)}
        lines = (
            replace(line, text=numbers[line.text]) if line.kind == "app" else line
            for line in self.lines
        )
        states = tuple(self.states[int(text)] for text in shown)
        return replace(self, lines=tuple(lines), states=states)

    def dump(self) -> bytes:
        """Give the page, packed, as the bytes that are compared and kept."""
        return json.dumps(to_json(self.packed()), ensure_ascii=False, sort_keys=True).encode()


def absolute(base: str, href: str) -> str | None:
    """Give the address that `href` means on the page at `base`; None where it is none on the web.

    A mail address, a script and an address that is written wrongly are none. A user's name and
    password in it are left out: what is kept of a page is published.
    """
    try:
        url = urljoin(base, href.strip())
        parts = urlsplit(url)
    except ValueError:  # a bracket that opens no IPv6 address
        return None
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return None
    user, _, host = parts.netloc.rpartition("@")
    return parts._replace(netloc=host).geturl() if user else url


def same_host(one: str, other: str) -> bool:
    """Tell whether two addresses are of one host; `www.` before it makes no other."""
    hosts = {(urlsplit(url).hostname or "").removeprefix("www.") for url in (one, other)}
    return len(hosts) == 1


def load(snapshot: bytes) -> Document:
    """Read back what `Document.dump` gave."""
    return from_json(Document, json.loads(snapshot))


def read(page: Page) -> Document:
    """Read a page's bytes; raises `PageChanged` where they hold no element, or no end.

    A list that was cut short would read as one whose last meetings are gone.
    """
    text = decode(page)
    if _BEGUN.search(text) and not _ENDED.search(text):
        raise PageChanged(page.url, "an end")
    try:
        # A comment would hide the text behind it, and depth what lies deeper than 256 elements.
        parser = etree.HTMLParser(
            encoding="utf-8",  # whatever the page says of itself
            huge_tree=True,
            remove_comments=True,
            remove_pis=True,
        )
        root = etree.fromstring(text.encode(), parser)
    except (etree.LxmlError, ValueError) as error:  # bytes that are no text
        raise PageChanged(page.url, "any text") from error
    if root is None:
        raise PageChanged(page.url, "any text")
    states, where = _states(root)

    def apps(node: etree._Element) -> Sequence[str]:
        return where.pop(node.get("id") or "", ())

    return Document(
        url=page.url,
        title=clean(root.findtext(".//title") or ""),
        states=states,
        lines=tuple(lines(root, skip=_is_frame, mark=apps)),
        feeds=tuple(_feeds(root)),
    )


def decode(page: Page) -> str:
    """Give the text of a page; see `decoded`."""
    return decoded(page)[0]


def decoded(page: Page) -> tuple[str, str]:
    """Give a page's text and its encoding.

    By byte order mark, header, its own declaration, UTF-8, then Windows-1252: the first of the
    web's encodings that fits the bytes wins, and a header that names another one than was used is
    seen by bytes that do not fit it. Latin-1 fits any bytes, so its name does not outdo UTF-8.
    """
    from bs4.dammit import EncodingDetector  # noqa: PLC0415 - slow to load; 304s have no body

    body, marked = EncodingDetector.strip_byte_order_mark(page.body)
    declared = EncodingDetector.find_declared_encoding(body, is_html=True)
    named = [name for name in (marked, page.charset, declared) if name and not _LATIN.match(name)]
    for encoding in (*named, "utf-8", "windows-1252"):
        try:
            known = codecs.lookup(encoding).name in _WEB
            text = body.decode(encoding) if known else _WIDE
        except (LookupError, ValueError):  # no such encoding; other bytes than it has
            continue
        if _WIDE not in text:
            return text, encoding
    raise PageChanged(page.url, "an encoding that can be read")


def _is_frame(node: etree._Element) -> bool:
    """Tell the page's frame, its menus and foot; a header that holds the heading is content."""
    return node.tag in _ASIDE and node.find(".//h1") is None


def _feeds(root: etree._Element) -> Iterator[str]:
    for link in root.iter("link"):
        offered = "alternate" in (link.get("rel") or "").lower().split()
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        if offered and kind in _FEEDS and link.get("href"):
            yield str(link.get("href"))


def _states(root: etree._Element) -> tuple[tuple[Any, ...], dict[str, list[str]]]:
    """Give what script apps start from, and by place the numbers of the states that belong there.

    An app stands where its portlet does; one whose portlet is not in the page, where its script is.
    A state may also be a script of JSON, or what a script hands to its window.
    """
    ids = set(_IDS(root))
    found: list[Any] = []
    where: dict[str, list[str]] = {}

    def put(script: etree._Element, portlet: str, state: Any) -> None:  # noqa: ANN401 - JSON
        own = place_of(portlet)
        if own not in ids and not script.get("id"):
            script.set("id", f"script {len(found)}")  # a blank: no id of the page's own
        place = own if own in ids else str(script.get("id"))
        where.setdefault(place, []).append(str(len(found)))
        found.append(state)

    drawn: set[str] = set()
    for script in root.iter("script"):
        for portlet, state in _in_script(script):
            drawn.add(portlet)
            put(script, portlet, state)
    for script in root.iter("script"):
        for match in _APP.finditer(script.text or ""):
            if match["portlet"] not in drawn:
                drawn.add(match["portlet"])
                put(script, match["portlet"], None)
    return tuple(found), where


def place_of(portlet: str) -> str:
    """Give the id of the element that a portlet's app stands in."""
    return f"svid{portlet.replace('.', '_')}"


def _in_script(script: etree._Element) -> Iterator[tuple[str, Any]]:
    """Decode states by their braces: strings in them may hold braces and `);` themselves."""
    text = script.text or ""
    decoder = json.JSONDecoder()
    if _JSON.match(script.get("type") or ""):
        with suppress(ValueError, RecursionError):
            yield "", _impersonal(json.loads(text))
        return
    for match in STATE.finditer(text):
        with suppress(ValueError, RecursionError):
            state = decoder.raw_decode(text, match.end())[0]
            yield match["portlet"] or "", _impersonal(state)


def _impersonal(value: Any, depth: int = 0) -> Any:  # noqa: ANN401 - JSON
    """Leave out who edited what: it is kept nowhere. Half a letter becomes «?».

    Raises RecursionError for what nests deeper than any app's state, and than others could walk.
    """
    if depth > _DEEPEST:
        raise RecursionError
    if isinstance(value, str):
        return value.encode(errors="replace").decode()
    if isinstance(value, dict):
        kept = ((key, v) for key, v in value.items() if key not in PERSONAL)
        return {_impersonal(key): _impersonal(v, depth + 1) for key, v in kept}
    if isinstance(value, list):
        return [_impersonal(item, depth + 1) for item in value]
    return value
