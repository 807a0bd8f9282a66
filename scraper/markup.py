"""HTML as it was sent, in pieces: tags, words and the rest; joined, they are the very text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape, unescape
from html.parser import HTMLParser
from typing import Final

_ATTRIBUTE: Final = re.compile(
    r"""(?<![^\s=<>"'/])(?P<name>[^\s=<>"'/]+)(?P<is>\s*=\s*)(?P<value>"[^"]*"|'[^']*'|[^\s"'>]+)"""
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One piece: `kind` is `text`, `code` (words of a script or style), `open`, `close`, `other`.

    `tag` is the element that is opened or closed, or in which the code stands.
    """

    kind: str
    raw: str
    tag: str = ""

    @property
    def words(self) -> str:
        """The text as a reader sees it."""
        return unescape(self.raw)

    def attributes(self) -> dict[str, str]:
        """The attributes that have a value, by lower-case name."""
        found = _ATTRIBUTE.finditer(self.raw)
        return {match["name"].lower(): _value(match) for match in found}

    def edited(self, edit: Callable[[str, str], str]) -> str:
        """Give the tag with the values of its attributes as `edit(name, value)` wants them."""

        def one(match: re.Match[str]) -> str:
            old = _value(match)
            new = edit(match["name"].lower(), old)
            if new == old:
                return match[0]
            return f'{match["name"]}{match["is"]}"{escape(new)}"'

        return _ATTRIBUTE.sub(one, self.raw)


def _value(match: re.Match[str]) -> str:
    quoted = match["value"]
    return unescape(quoted[1:-1] if quoted[0] in "\"'" else quoted)


def tokens(text: str) -> tuple[Token, ...]:
    """Give the pieces of a page, in order."""
    return tuple(_Cutter(text).pieces())


class _Cutter(HTMLParser):
    """Notes where each piece begins; it ends where the next one does."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self._text = text
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self._found = [(0, "other", "")]  # what comes before the first piece, if anything does
        self._code = ""
        self.feed(text)
        self.close()

    def pieces(self) -> Iterator[Token]:
        """Give the pieces; words that entities cut apart are one."""
        ends = [start for start, _, _ in self._found[1:]] + [len(self._text)]
        for (start, kind, tag), end in zip(self._found, ends, strict=True):
            if start < end:
                yield Token(kind=kind, raw=self._text[start:end], tag=tag)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Note a tag, and whether its content is code."""
        del attrs
        self._note("open", tag)
        self._code = tag if tag in self.CDATA_CONTENT_ELEMENTS else ""

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        """Note a tag that closes itself; what follows is not inside it."""
        del attrs
        self._note("open", tag)

    def handle_endtag(self, tag: str) -> None:
        """Note the end of an element."""
        self._code = ""
        self._note("close", tag)

    def handle_data(self, data: str) -> None:
        """Note words, which go on after an entity."""
        del data
        if self._found[-1][1] != "text":
            self._note("code" if self._code else "text", self._code)

    def handle_entityref(self, name: str) -> None:
        """Note words that begin with an entity such as `&aring;`."""
        self.handle_data(name)

    def handle_charref(self, name: str) -> None:
        """Note words that begin with a number such as `&#64;`."""
        self.handle_data(name)

    def handle_comment(self, data: str) -> None:
        """Note a comment."""
        del data
        self._note("other", "")

    def handle_decl(self, decl: str) -> None:
        """Note the document type."""
        self.handle_comment(decl)

    def handle_pi(self, data: str) -> None:
        """Note an instruction such as `<?xml?>`."""
        self.handle_comment(data)

    def unknown_decl(self, data: str) -> None:
        """Note a section such as `<![CDATA[`."""
        self.handle_comment(data)

    def _note(self, kind: str, tag: str) -> None:
        line, column = self.getpos()
        self._found.append((self._lines[line - 1] + column, kind, tag))
