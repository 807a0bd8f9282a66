"""Entries as RSS 2.0."""

from __future__ import annotations

from typing import Any, Final

from feedgenerator import Enclosure, Rss201rev2Feed
from feedgenerator.django.utils.feedgenerator import rfc2822_date
from feedgenerator.django.utils.xmlutils import SimplerXMLGenerator

from feeds import content
from feeds.entry import Entry, categories
from feeds.syndication import TTL, Feed
from feeds.text import media_type, web
from feeds.xmlfeed import add_written, head, one

_NAMESPACES: Final = {
    "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns:dc": "http://purl.org/dc/elements/1.1/",
}


def item(entry: Entry) -> str:
    """Give an entry as an item."""
    made = _Rss(title="", link="", description="")
    made.add_item(
        title=entry.title,
        link=entry.link,
        description=content.plain(entry.body),
        content=content.whole(entry) if entry.more or entry.files else None,
        pubdate=entry.at,
        unique_id=entry.id,
        unique_id_is_permalink=False,
        creator=entry.author,
        categories=categories(entry),
        enclosures=_enclosures(entry),
    )
    return one(made, "item")


def whole(feed: Feed, address: str, items: list[str]) -> str:
    """Give the feed around items that are written; without one no date is true."""
    made = _Rss(
        **head(feed, address),
        ttl=TTL,
        built=max((entry.updated for entry in feed.entries), default=None),
        written=items,
    )
    return str(made.writeString("utf-8"))


def _enclosures(entry: Entry) -> list[Enclosure]:
    """Give the first file that can be fetched as it is told: readers show one alone."""
    found = (
        Enclosure(web(file.url), str(file.size), kind)
        for file in entry.files
        if file.size and (kind := media_type(file.media_type))
    )
    return [first for first in [next(found, None)] if first]


class _Rss(Rss201rev2Feed):  # type: ignore[misc]  # feedgenerator ships no types
    """RSS with dc:creator, and content:encoded after the description."""

    def rss_attributes(self) -> dict[str, str]:
        """Name the namespaces once, not with each item."""
        return {**super().rss_attributes(), **_NAMESPACES}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """Describe the channel."""
        for name in ("title", "link", "description", "language", "ttl"):
            handler.addQuickElement(name, self.feed[name])
        own = {"rel": "self", "type": "application/rss+xml", "href": self.feed["feed_url"]}
        handler.addQuickElement("atom:link", None, own)
        if self.feed["built"]:
            handler.addQuickElement("lastBuildDate", rfc2822_date(self.feed["built"]))
        add_written(handler, self.feed["written"])

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Add the whole text, and the body's name: an <author> would have to be an address."""
        super().add_item_elements(handler, item)
        if item["content"]:
            handler.addQuickElement("content:encoded", item["content"])
        handler.addQuickElement("dc:creator", item["creator"])
