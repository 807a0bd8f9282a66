"""Entries as Atom 1.0 (RFC 4287)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from feedgenerator import Atom1Feed
from feedgenerator.django.utils.feedgenerator import rfc3339_date
from feedgenerator.django.utils.xmlutils import SimplerXMLGenerator

from feeds import content
from feeds.entry import Entry, categories
from feeds.syndication import Feed
from feeds.text import line, media_type, web
from feeds.xmlfeed import add_written, head, one
from records.model import ZONE

BEGUN: Final = datetime(2026, 1, 1, tzinfo=ZONE)
"""When a feed that has nothing to tell was last updated: at the date in its id."""

AUTHOR: Final = "Kallelse"
"""Whose a feed is as a whole; each entry is by the body that it tells of."""


def item(entry: Entry) -> str:
    """Give an entry."""
    made = _Atom(title="", link="", description="")
    made.add_item(
        title=entry.title,
        link=entry.link,
        description=None,
        content=content.whole(entry),
        author_name=entry.author,
        pubdate=entry.at,
        updateddate=entry.updated,
        unique_id=entry.id,
        categories=categories(entry),
        files=entry.files,
    )
    return one(made, "entry")


def whole(feed: Feed, address: str, items: list[str]) -> str:
    """Give the feed around entries that are written."""
    made = _Atom(
        **head(feed, address),
        author_name=AUTHOR,
        feed_guid=feed.id,
        updated=max((entry.updated for entry in feed.entries), default=BEGUN),
        written=items,
    )
    return str(made.writeString("utf-8"))


class _Atom(Atom1Feed):  # type: ignore[misc]  # feedgenerator ships no types
    """Atom with files of which the size is not known."""

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """Describe the feed; its date is that of its entries, never the run's."""
        handler.addQuickElement("title", self.feed["title"])
        handler.addQuickElement("subtitle", self.feed["description"])
        handler.addQuickElement("id", self.feed["id"])
        handler.addQuickElement("updated", rfc3339_date(self.feed["updated"]))
        handler.addQuickElement("link", None, {"rel": "alternate", "href": self.feed["link"]})
        own = {"rel": "self", "type": "application/atom+xml", "href": self.feed["feed_url"]}
        handler.addQuickElement("link", None, own)
        handler.startElement("author", {})
        handler.addQuickElement("name", self.feed["author_name"])
        handler.endElement("author")
        add_written(handler, self.feed["written"])

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Add every file that can be fetched."""
        super().add_item_elements(handler, item)
        for file in item["files"]:
            told = {
                "rel": "enclosure",
                "href": web(file.url),
                "title": line(file.name),
                "type": media_type(file.media_type),
                "length": str(file.size) if file.size else None,
            }
            given = {name: value for name, value in told.items() if value}
            handler.addQuickElement("link", None, given)
