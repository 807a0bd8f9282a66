"""Which committees a title names: our match of words, and never the city's own word for it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from records.model import Committee
from scraper.lines import clean


def named(committees: Iterable[Committee], title: str) -> tuple[str, ...]:
    """Give the slugs of committees that a title names by name or alias, in its order.

    Whole words, in the genitive too, whatever their case; the longest name first, so that no name
    is found inside another. «Förskole- och grundskolenämnden» may be one body of another name, so
    a name behind such a half is none.
    """
    names = [(name, body.slug) for body in committees for name in (body.name, *body.aliases)]
    found: list[tuple[int, str]] = []
    text = clean(title)
    for name, slug in sorted(names, key=lambda pair: (-len(pair[0]), pair)):
        for match in _pattern(name).finditer(text):
            found.append((match.start(), slug))
            text = text[: match.start()] + "\0" * len(match[0]) + text[match.end() :]
    return tuple(dict.fromkeys(slug for _, slug in sorted(found)))


def _pattern(name: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in clean(name).split())
    return re.compile(rf"(?<![\w-])(?<!-\soch\s){words}(?::?s)?(?![\w-])", re.IGNORECASE)
