"""A page made fit to be kept as a fixture: whom it names is cut out, and its markup stays.

The markup is not written anew, for what is wrong with it is what a fixture is for: words go and
tags stay, so that the page is read as it was.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from html import escape
from typing import Final

from scraper import document
from scraper.lines import BLOCKS, HEADINGS, Line, clean
from scraper.markup import Token, tokens
from scraper.page import Page
from scraper.personal import redacted
from scraper.vendors import sitevision

_EDITOR: Final = re.compile(r"^(?P<label>ändrad av\s*:?)\s*(?P<name>.*)$", re.IGNORECASE)
_AUTHOR: Final = re.compile(r"(?:^|\.)(?:author|creator|contributor)$", re.IGNORECASE)
_SPOKEN: Final = frozenset({"alt", "title", "aria-label", "content", "value", "placeholder"})
_PASSED: Final = frozenset({"nav", "footer", "svg", "template", "noscript", "iframe", "select"})
_ENDS: Final = BLOCKS | {"br"}
_KEYS: Final = "|".join(sorted(document.PERSONAL))
_NAMED: Final = re.compile(
    rf"""(?P<key>\b(?:{_KEYS})\w*\\?["']?\s*:\s*)"""
    r"""(?P<value>\\"(?:(?!\\").)*\\"|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\{[^{}]*\}|[\w.-]+)"""
)
"""Who edited what, in any of the forms in which scripts write it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """A page with what is personal cut out; `cut` counts it by what it was."""

    page: Page
    cut: Mapping[str, int]


def capture(page: Page) -> Captured:
    """Cut a page; it comes back in the encoding in which it was read, and says which that is.

    Raises `PageChanged` where its bytes are no text.
    """
    text, encoding = document.decoded(page)
    cutting = _Cutting(tokens(text))
    body = cutting.text().encode(encoding, "xmlcharrefreplace")
    return Captured(page=replace(page, body=body, charset=encoding), cut=cutting.cut)


class _Cutting:
    """One page being cut: which stretches of it are a contact box, and which words name editors."""

    def __init__(self, pieces: Sequence[Token]) -> None:
        self.cut: Counter[str] = Counter()
        self._pieces = pieces
        self._words: dict[int, str] = {}  # of a piece, instead of its own
        self._boxed: set[int] = set()  # the pieces of contact boxes
        self._find()
        self._apps = {
            piece.attributes().get("id", "")
            for number, piece in enumerate(pieces)
            if number in self._boxed and piece.kind == "open"
        }

    def text(self) -> str:
        """Give the page as it is kept."""
        return "".join(self._kept(number, piece) for number, piece in enumerate(self._pieces))

    def _find(self) -> None:
        """Find boxes and names by the rules by which a page is read."""
        here, since, editor, main = "", 0, False, False
        for line, numbers in _lines(self._pieces):
            if line.heading == 1 and not main:
                here, main = "content", True
                continue
            before, here = here, sitevision.part(line, here)
            if before == "contact" != here:
                self._boxed.update(range(since, numbers[0]))
            elif here == "contact" != before:
                since = numbers[-1] + 1
                self._opens(line, numbers)
            named = _EDITOR.match(line.text) if here == "foot" else None
            if named:
                self._names(numbers, named["label"], named["name"])
            elif editor and here == "share":
                self._names(numbers, "", line.text)
            editor = bool(named and not named["name"])
        if here == "contact":
            self._boxed.update(range(since, len(self._pieces)))

    def _opens(self, line: Line, numbers: Sequence[int]) -> None:
        """Keep the phrase that opens a contact box, by which it is known, and no name behind it."""
        self.cut["contact box"] += 1
        if line.kind != "img":
            self._say(numbers, sitevision.contact_phrase(line.text))

    def _names(self, numbers: Sequence[int], label: str, name: str) -> None:
        if name:
            self.cut["editor's name"] += 1
            self._say(numbers, label)

    def _say(self, numbers: Sequence[int], words: str) -> None:
        self._words |= dict.fromkeys(numbers, "")
        self._words[numbers[0]] = escape(words, quote=False)

    def _kept(self, number: int, piece: Token) -> str:
        boxed = number in self._boxed
        match piece.kind:
            case "open":
                return self._tag(piece, boxed=boxed)
            case "code":
                return self._code(piece.raw, boxed=boxed)
            case "text" if boxed:
                return ""
            case "text" if number in self._words:
                return self._words[number]
            case "text":
                words = redacted(piece.words, self.cut)
                return piece.raw if words == piece.words else escape(words, quote=False)
            case _:
                return redacted(piece.raw, self.cut)

    def _tag(self, piece: Token, *, boxed: bool) -> str:
        named = piece.attributes().get("name", "")
        author = piece.tag == "meta" and bool(_AUTHOR.search(named))

        def edit(name: str, value: str) -> str:
            if name in _SPOKEN and value and (boxed or (author and name == "content")):
                self.cut["author's name"] += author
                return ""
            spoken = name in _SPOKEN or value.lower().startswith(("mailto:", "tel:"))
            return redacted(value, self.cut, numbers=spoken)

        return piece.edited(edit)

    def _code(self, text: str, *, boxed: bool) -> str:
        """Empty what apps of a contact box start from, and leave out who edited what."""
        for match in reversed(list(document.STATE.finditer(text))):
            if boxed or document.place_of(match["portlet"]) in self._apps:
                with suppress(ValueError, RecursionError):
                    end = json.JSONDecoder().raw_decode(text, match.end())[1]
                    text = f"{text[: match.end()]}{{}}{text[end:]}"

        def nobody(match: re.Match[str]) -> str:
            self.cut["editor's name"] += 1
            value = match["value"]
            quote = '\\"' if value[0] == "\\" else value[0] if value[0] in "\"'" else ""
            return f"{match['key']}{quote * 2 or 'null'}"

        return redacted(_NAMED.sub(nobody, text), self.cut)


def _lines(pieces: Sequence[Token]) -> Iterator[tuple[Line, list[int]]]:
    """Give the lines that a reader of the page sees, each with the pieces that hold its words.

    Simpler than the reader's own: a cell of a table is a line, so that no box hides in one.
    """
    kind, words, numbers = "p", list[str](), list[int]()
    for number, piece in _shown(pieces):
        if piece.kind == "text":
            words.append(piece.words)
            numbers.append(number)
        elif piece.tag == "img":
            yield Line(kind="img", text=clean(piece.attributes().get("alt", ""))), [number]
        elif piece.tag in _ENDS:
            if numbers:
                yield Line(kind=kind, text=clean("".join(words))), numbers
            words, numbers = [], []
            if piece.tag in HEADINGS:
                kind = piece.tag if piece.kind == "open" else "p"
    if numbers:
        yield Line(kind=kind, text=clean("".join(words))), numbers


def _shown(pieces: Sequence[Token]) -> Iterator[tuple[int, Token]]:
    """Give tags and words, but for those of menus and drawings."""
    passed = Counter[str]()
    for number, piece in enumerate(pieces):
        if piece.tag in _PASSED:
            passed[piece.tag] = max(0, passed[piece.tag] + (1 if piece.kind == "open" else -1))
        elif passed.total() == 0 and not _blank(piece):
            yield number, piece


def _blank(piece: Token) -> bool:
    """Tell words that are blanks alone, and an image without words."""
    if piece.kind == "text":
        return not clean(piece.words)
    return piece.tag == "img" and not clean(piece.attributes().get("alt", ""))
