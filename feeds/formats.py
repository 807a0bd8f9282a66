"""Feeds as RSS 2.0, Atom 1.0 and JSON Feed 1.1: an entry is rendered once for each format."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from typing import Any, Final

from feeds import atom, jsonfeed, rss
from feeds.edition import Edition
from feeds.entry import Entry
from feeds.syndication import Feed

STYLE: Final = "feed.css"
"""The style sheet of feeds, for those who open one in a browser."""

_DECLARATION: Final = re.compile(rb"^(<\?xml [^>]*\?>\n)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One way to write a feed: an entry alone, and the whole around entries that are written."""

    item: Callable[[Entry], str]
    whole: Callable[[Feed, str, list[str]], str]


FORMATS: Final[Mapping[str, Format]] = {
    "rss": Format(item=rss.item, whole=rss.whole),
    "atom": Format(item=atom.item, whole=atom.whole),
    "json": Format(item=jsonfeed.item, whole=jsonfeed.whole),
}
"""The formats by what their files end in."""


class Items:
    """The entries of one edition as they stand in files; each is written when first asked for."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], str] = {}

    def item(self, ending: str, entry: Entry) -> str:
        """Give an entry in the format of files that end so."""
        key = (ending, entry.id)
        if key not in self._made:
            self._made[key] = FORMATS[ending].item(entry)
        return self._made[key]


def inputs(edition: Edition, feed: Feed, ending: str) -> tuple[object, ...]:
    """Give all that the file of a feed is made of, as `written` takes it."""
    address = edition.address(edition.path(f"{feed.slug}.{ending}"))
    return ending, address, replace(feed, entries=()), feed.entries


def written(
    ending: str, address: str, head: Feed, entries: Sequence[Entry], *, items: Items
) -> bytes:
    """Give the file of a feed that is published at `address`; files share `items`."""
    made = [items.item(ending, entry) for entry in entries]
    feed = replace(head, entries=tuple(entries))
    body = FORMATS[ending].whole(feed, address, made).encode()
    return body if ending == "json" else _styled(body, feed)


def render(edition: Edition, feed: Feed, ending: str) -> bytes:
    """Give the file of one feed alone."""
    given: Any = inputs(edition, feed, ending)
    return written(*given, items=Items())


def style() -> bytes:
    """Give the style sheet of every feed that is written in XML."""
    return resources.files("feeds").joinpath(STYLE).read_bytes()


def _styled(body: bytes, feed: Feed) -> bytes:
    """Name the style sheet, by CSS: browsers are dropping XSLT."""
    up = "../" * (1 + feed.slug.count("/"))  # out of the city's folder
    shown = f'<?xml-stylesheet type="text/css" href="{up}{STYLE}"?>\n'
    return _DECLARATION.sub(rb"\g<1>" + shown.encode(), body, count=1)
