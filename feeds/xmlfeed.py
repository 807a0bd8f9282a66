"""What RSS and Atom share: the head that both have, and an entry on each line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import StringIO
from typing import Any

from feedgenerator import SyndicationFeed
from feedgenerator.django.utils.xmlutils import SimplerXMLGenerator

from feeds.syndication import Feed

Add = Callable[[SimplerXMLGenerator, Any], None]


def head(feed: Feed, address: str) -> dict[str, Any]:
    """Give what feedgenerator wants to know of a feed that is published at `address`."""
    return {
        "title": feed.title,
        "link": feed.link,
        "description": feed.description,
        "language": "sv",
        "feed_url": address,
    }


def one(feed: SyndicationFeed, name: str) -> str:
    """Give the only item of a feed as an element of that name, on a line of its own."""
    out = StringIO()
    handler = SimplerXMLGenerator(out, "utf-8", short_empty_elements=True)
    handler.ignorableWhitespace("\n")
    handler.startElement(name, {})
    feed.add_item_elements(handler, feed.items[0])
    handler.endElement(name)
    return out.getvalue()


def add_written(handler: SimplerXMLGenerator, items: Iterable[str]) -> None:
    """Add items as `one` gave them."""
    for item in (*items, "\n"):
        handler.ignorableWhitespace(item)
