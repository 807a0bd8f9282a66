"""Entries as feeds: RSS 2.0, for each committee, for all of them, and for the city's articles."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from feedgenerator import Rss201rev2Feed
from feedgenerator.django.utils.feedgenerator import rfc2822_date
from feedgenerator.django.utils.xmlutils import SimplerXMLGenerator

from feeds.edition import ALL, NEWS, Edition
from feeds.entries import entries
from feeds.entry import Entry
from feeds.text import line, web

LIMIT: Final = 100
"""How many entries a feed holds at most."""

TTL: Final = 240
"""How often a reader is asked to look again, in minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed before it has a format; `slug` names its files, `link` is its page at the city."""

    slug: str
    title: str
    description: str
    link: str
    entries: tuple[Entry, ...]


def feeds(edition: Edition) -> tuple[Feed, ...]:
    """Give every feed of the edition: its committees, all of them, the articles."""
    told = entries(edition)
    city = line(edition.city.name)
    home = web(edition.city.url) or edition.address("")
    made = []
    for committee in (revision.record for revision in edition.committees):
        name = line(committee.name)
        made.append(
            Feed(
                slug=committee.slug,
                title=f"{name} – {city}",
                description=f"Allt som händer med sammanträden och handlingar: {name}.",
                link=web(committee.url) or home,
                entries=_newest(e for e in told if committee.slug in e.committees),
            )
        )
    everything = Feed(
        slug=ALL,
        title=f"Alla sammanträden – {city}",
        description="Allt som händer med sammanträden och handlingar i alla nämnder.",
        link=home,
        entries=_newest(e for e in told if e.committees),
    )
    articles = Feed(
        slug=NEWS,
        title=f"Nyheter – {city}",
        description="Kommunens egna nyheter om politiken.",
        link=home,
        entries=_newest(e for e in told if e.news),
    )
    return (*made, everything, articles)


def rss(feed: Feed, address: str) -> bytes:
    """Give a feed as RSS 2.0, itself published at `address`."""
    made = _Rss(
        title=feed.title,
        link=feed.link,
        description=feed.description,
        language="sv",
        feed_url=address,
        ttl=TTL,
    )
    for entry in feed.entries:
        made.add_item(
            title=entry.title,
            link=entry.link,
            description=_plain(entry.body),
            pubdate=entry.at,
            unique_id=entry.id,
            unique_id_is_permalink=False,
            creator=entry.author,
        )
    return str(made.writeString("utf-8")).encode()


def _newest(told: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(told)[:LIMIT]


def _plain(body: str) -> str:
    """Give text as the HTML that readers take a description for: escaped, with its line breaks."""
    return html.escape(body, quote=False).replace("\n", "<br/>\n")


class _Rss(Rss201rev2Feed):  # type: ignore[misc]  # feedgenerator ships no types
    """RSS with dc:creator, an item a line, and no date of the run where there is no entry."""

    def rss_attributes(self) -> dict[str, str]:
        """Name the namespaces once, not with each item."""
        return {**super().rss_attributes(), "xmlns:dc": "http://purl.org/dc/elements/1.1/"}

    def add_root_elements(self, handler: SimplerXMLGenerator) -> None:
        """Describe the channel; without an entry no date is true."""
        for name in ("title", "link", "description", "language", "ttl"):
            handler.addQuickElement(name, self.feed[name])
        own = {"rel": "self", "type": "application/rss+xml", "href": self.feed["feed_url"]}
        handler.addQuickElement("atom:link", None, own)
        if self.items:
            handler.addQuickElement("lastBuildDate", rfc2822_date(self.latest_post_date()))

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        """Add the body's name: an <author> would have to be an e-mail address."""
        super().add_item_elements(handler, item)
        handler.addQuickElement("dc:creator", item["creator"])

    def write_items(self, handler: SimplerXMLGenerator) -> None:
        """Begin each item on a line of its own, for those who read or compare the file."""
        for item in self.items:
            handler.ignorableWhitespace("\n")
            handler.startElement("item", {})
            self.add_item_elements(handler, item)
            handler.endElement("item")
        handler.ignorableWhitespace("\n")
