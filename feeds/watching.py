"""Words that are watched for, whole, in whatever is told: a feed for any subject."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from feeds.text import line

FOLDER: Final = "bevakning"
"""The folder of feeds that watch for words."""

_WORD: Final = re.compile(r"[^\W_]+")  # a file's name parts its words by underscores
_OWN: Final = frozenset("åäö")  # letters of their own: «råd» is not «rad», and «val» is not «väl»
_NORDIC: Final = str.maketrans("æø", "äö")


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """Words, each one or several in a row, of which any is enough; `slug` names the feed."""

    slug: str
    words: tuple[str, ...]

    @property
    def name(self) -> str:
        """What the feed is called."""
        return f"Bevakning: {', '.join(line(word) for word in self.words)}"

    def finds(self, texts: Iterable[str]) -> bool:
        """Say whether one of these texts has one of the words."""
        sought = [folded(word) for word in self.words]
        return any(word in text for text in map(folded, texts) for word in sought)


def folded(text: str) -> str:
    """Give the words of a text between blanks, as Swedish sorts them: without case or accents."""
    words = _WORD.findall(unicodedata.normalize("NFC", text).casefold().translate(_NORDIC))
    return f" {' '.join(map(_plain, words))} "


def _plain(word: str) -> str:
    """Give «ide» for «idé»; å, ä and ö stay."""
    if word.isascii():
        return word
    return "".join(sign if sign in _OWN else _bare(sign) for sign in word)


def _bare(sign: str) -> str:
    parts = unicodedata.normalize("NFD", sign)
    return "".join(part for part in parts if not unicodedata.combining(part))
