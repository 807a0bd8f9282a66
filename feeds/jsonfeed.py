"""Entries as JSON Feed 1.1."""

from __future__ import annotations

import json
from typing import Any, Final

from feeds import content
from feeds.entry import Entry, categories
from feeds.script import on_a_line
from feeds.syndication import Feed
from feeds.text import line, media_type, web
from records.codec import to_json
from records.model import Document

VERSION: Final = "https://jsonfeed.org/version/1.1"


def item(entry: Entry) -> str:
    """Give an entry as one line of JSON."""
    made = {
        "id": entry.id,
        "url": entry.link,
        "title": entry.title,
        "content_html": content.whole(entry),
        "image": entry.image,
        "date_published": to_json(entry.at),
        "date_modified": to_json(entry.changed),
        "authors": [{"name": entry.author}],
        "tags": categories(entry),
        "attachments": [made for file in entry.files if (made := _attachment(file))],
    }
    return on_a_line({name: value for name, value in made.items() if value})


def whole(feed: Feed, address: str, items: list[str]) -> str:
    """Give the feed around items that are written, an item a line."""
    head = {
        "version": VERSION,
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.link,
        "feed_url": address,
        "language": "sv",
        "authors": [{"name": "Kallelse"}],
    }
    told = json.dumps(head, ensure_ascii=False, indent=2).removesuffix("\n}")
    return f'{told},\n  "items": [{_lines(items)}]\n}}\n'


def _lines(items: list[str]) -> str:
    return "\n" + ",\n".join(items) + "\n  " if items else ""


def _attachment(file: Document) -> dict[str, Any] | None:
    """Give a file; one whose type is not known cannot be told (it is a link in the text)."""
    kind = media_type(file.media_type)
    if kind is None:
        return None
    made = {
        "url": web(file.url),
        "mime_type": kind,
        "title": line(file.name),
        "size_in_bytes": file.size,
    }
    return {name: value for name, value in made.items() if value}
