"""Feeds of an edition as tests want them: the file, and what feedparser finds in it."""

from __future__ import annotations

from typing import Any, Final

import feedparser

from feeds.edition import Edition
from feeds.formats import render
from feeds.syndication import feeds

FORMATS: Final = ("rss", "atom", "json")
"""What the files of a feed end in."""


def body(made: Edition, slug: str = "kulturnamnden", ending: str = "rss") -> bytes:
    """Give the file of one feed."""
    (feed,) = (feed for feed in feeds(made) if feed.slug == slug)
    return render(made, feed, ending)


def read(made: Edition, slug: str = "kulturnamnden", ending: str = "rss") -> Any:  # noqa: ANN401 - feedparser has no types
    """Give a feed as feedparser reads it, which must find no fault."""
    found = feedparser.parse(body(made, slug, ending))
    assert not found.bozo
    return found
