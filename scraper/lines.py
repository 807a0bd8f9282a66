"""A page as its lines of text, in reading order: what a person sees, without the markup around it.

Class names, wrappers and the order of attributes differ from one SiteVision site to the next and
change with every redesign; headings, labels, links, list items and table rows do not. A page is
therefore brought to lines first, and every parser reads lines. They are also what is compared and
kept: two pages with the same lines say the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# What stands on lines of its own in a browser; all other elements run within a line.
BLOCKS: Final = HEADINGS | {
    *("address", "article", "aside", "blockquote", "body", "button", "caption", "dd", "details"),
    *("dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header"),
    *("hr", "html", "label", "legend", "li", "main", "nav", "ol", "p", "pre", "section"),
    *("summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
}
_NAMED: Final = HEADINGS | {"li", "dt", "dd", "caption", "figcaption"}
_OPENING: Final = "h6"  # the kind of a <summary>: it heads what it opens
_SILENT: Final = frozenset(
    {"iframe", "noscript", "object", "script", "select", "style", "svg", "template"}
)
_NUMBER: Final = re.compile("[0-9]{1,5}")
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a page.

    `kind` is `h1`…`h6`, `p`, `li` (bulleted), `ol` (numbered: the text begins with its number),
    `dt`, `dd`, `caption`, `figcaption`, `img` (the text is the image's own, `src` its address),
    `app` (the text is the number of a script app's state), `td`, `th`, or `row`, whose text is in
    its `cells`. `links` are (address, text) and `times` (machine-readable value, text), in order.
    """

    kind: str
    text: str = ""
    links: tuple[tuple[str, str], ...] = ()
    times: tuple[tuple[str, str], ...] = ()
    cells: tuple[Line, ...] = ()
    src: str = ""

    @property
    def heading(self) -> int:
        """The level of a heading, 0 for anything else."""
        return int(self.kind[1]) if self.kind in HEADINGS else 0


def clean(text: str) -> str:
    """Give a text in NFC with single blanks, without soft hyphens and other invisible marks."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


def lines(
    root: etree._Element,
    *,
    skip: Callable[[etree._Element], bool] = lambda _: False,
    mark: Callable[[etree._Element], Sequence[str]] = lambda _: (),
) -> list[Line]:
    """Give the lines of a tree in reading order.

    Elements that `skip` names are left out; where `mark` has texts for an element, lines of kind
    `app` with these texts stand in its place among the others.
    """
    return _Reader(root, skip, mark).lines


@dataclass(slots=True)
class _Open:
    """The line being read: pieces of text, each with the link and the time that it lies in."""

    kind: str = "p"
    number: str = ""
    pieces: list[tuple[str, str | None, int | None]] = field(default_factory=list)
    stamps: list[str] = field(default_factory=list)

    def close(self) -> Line | None:
        if not self.pieces and not self.stamps:
            return None  # most elements begin or end where no line is open
        text = clean("".join(piece for piece, _, _ in self.pieces))
        times = tuple((stamp, self._in_time(n)) for n, stamp in enumerate(self.stamps))
        if not text and not any(stamp for stamp, _ in times):
            return None
        links = tuple(self._links())
        return Line(kind=self.kind, text=self.number + text, links=links, times=times)

    def _links(self) -> Iterator[tuple[str, str]]:
        found: dict[str, str] = {}
        for piece, href, _ in self.pieces:
            if href is not None:
                found[href] = found.get(href, "") + piece
        return ((href, clean(text)) for href, text in found.items())

    def _in_time(self, number: int) -> str:
        return clean("".join(piece for piece, _, n in self.pieces if n == number))


class _Reader:
    """One pass over a tree; a stack instead of recursion, for pages nest as deep as they please."""

    def __init__(
        self,
        root: etree._Element,
        skip: Callable[[etree._Element], bool],
        mark: Callable[[etree._Element], Sequence[str]],
    ) -> None:
        self._skip = skip
        self._mark = mark
        self.lines: list[Line] = []
        self._line = _Open()
        self._kinds = ["p"]
        self._hrefs: list[str | None] = [None]
        self._times: list[int | None] = [None]
        self._numbers: list[int | None] = []
        self._open: list[str] = []  # the tags to be closed; "" for what is passed over
        self._walk(root)
        self._flush()

    def _walk(self, root: etree._Element) -> None:
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, node in walk:
            tag = str(node.tag)
            if event == "end":
                self._end(self._open.pop())
                if node is not root:
                    self._say(node.tail)
                continue
            self._note(self._mark(node))
            passed = tag in _SILENT or self._skip(node)
            data = not passed and tag == "table" and _holds_data(node)
            self._open.append("" if passed or data else tag)
            if data:
                self._table(node)
            if passed or data:
                walk.skip_subtree()
            else:
                self._start(tag, node)

    def _note(self, marks: Sequence[str]) -> None:
        if marks:
            self._flush()
            self.lines.extend(Line(kind="app", text=mark) for mark in marks)

    def _say(self, text: str | None) -> None:
        open_ = self._line.pieces or self._hrefs[-1] or self._line.stamps
        if text and (open_ or not text.isspace()):  # a line begins with no blank
            self._line.pieces.append((text, self._hrefs[-1], self._times[-1]))

    def _flush(self) -> None:
        closed = self._line.close()
        if closed:
            self.lines.append(closed)
        waiting = "" if closed else self._line.number  # <li><p>Upprop</p></li>
        self._line = _Open(self._kinds[-1], waiting)

    def _start(self, tag: str, node: etree._Element) -> None:
        if tag == "br":
            self._flush()
        elif tag == "img":
            self._image(node)
        elif tag in BLOCKS:
            self._open_block(tag, node)
        else:
            self._open_inline(tag, node)
        self._say(node.text)

    def _open_block(self, tag: str, node: etree._Element) -> None:
        if tag in {"ol", "ul"}:
            self._numbers.append(_first_number(node) if tag == "ol" else None)
        number = self._numbers[-1] if tag == "li" and self._numbers else None
        named = "ol" if number is not None else _OPENING if tag == "summary" else tag
        self._kinds.append(named if tag in _NAMED or tag == "summary" else self._kinds[-1])
        self._flush()
        if number is not None:
            self._numbers[-1] = number + 1
            self._line.number = f"{number}. "

    def _open_inline(self, tag: str, node: etree._Element) -> None:
        before = node.getprevious()
        if before is not None and not before.tail and isinstance(before.tag, str):
            self._say(" ")  # «05</span><span>okt»: two badges, not one word
        if tag == "a":
            self._hrefs.append(node.get("href") or self._hrefs[-1])
        if tag == "time":
            self._line.stamps.append(clean(node.get("datetime") or ""))
            self._times.append(len(self._line.stamps) - 1)

    def _end(self, tag: str) -> None:
        if tag == "a":
            self._hrefs.pop()
        elif tag == "time":
            self._times.pop()
        elif tag in BLOCKS:
            if tag in {"ol", "ul"}:
                self._numbers.pop()
            self._kinds.pop()
            self._flush()
            if tag == "li":
                self._line.number = ""

    def _image(self, node: etree._Element) -> None:
        alt = clean(node.get("alt") or "")
        if alt:
            href, src = self._hrefs[-1], (node.get("src") or "").strip()
            links = ((href, alt),) if href else ()
            self.lines.append(Line(kind="img", text=alt, links=links, src=src))

    def _table(self, table: etree._Element) -> None:
        self._flush()
        for caption in table.iter("caption"):
            self.lines.extend(lines(caption))
        for row in table.iter("tr"):
            cells = tuple(_cell(child) for child in row if child.tag in {"td", "th"})
            if any(cell.text or cell.links or cell.times for cell in cells):
                self.lines.append(Line(kind="row", cells=cells))


def _first_number(node: etree._Element) -> int:
    start = node.get("start") or "1"
    return int(start) if _NUMBER.fullmatch(start) else 1


def _holds_data(table: etree._Element) -> bool:
    """Tell a table of data from one that only lays out the page."""
    return not any(node.tag == "table" or node.tag in HEADINGS for node in table.iterdescendants())


def _cell(node: etree._Element) -> Line:
    """One cell as one line, whatever blocks stand in it."""
    parts = [part for part in lines(node) if part.kind != "img"]
    return Line(
        kind=str(node.tag),
        text=clean(" ".join(part.text for part in parts)),
        links=tuple(link for part in parts for link in part.links),
        times=tuple(time for part in parts for time in part.times),
    )
