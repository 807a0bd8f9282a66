"""Files that break no rule, and edits that make each break one."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Final

from editions import COMMITTEE, edition, meeting, revision
from feeds.calendar import render
from feeds.lint import lint

ICS: Final = render(edition([revision(meeting())]), COMMITTEE)
RSS: Final = b"""\
<?xml version="1.0" encoding="utf-8"?>
<?xml-stylesheet type="text/css" href="/feed.css"?>
<rss xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" version="2.0"><channel>
<title>Kommunstyrelsen</title><link>https://example.se/</link><description>Allt</description>
<language>sv</language><ttl>240</ttl>
<atom:link rel="self" href="https://example.org/ks.rss"/>
<lastBuildDate>Mon, 02 Mar 2026 07:15:00 +0100</lastBuildDate>
<item><title>B</title><link>https://example.se/b</link><description>b</description>
<content:encoded>bb</content:encoded>
<enclosure url="https://example.se/b.pdf" length="12" type="application/pdf"/>
<pubDate>Mon, 02 Mar 2026 07:15:00 +0100</pubDate><guid isPermaLink="false">tag:b</guid></item>
<item><title>A</title><link>https://example.se/a</link><description>a</description>
<pubDate>Sun, 01 Mar 2026 06:15:00 GMT</pubDate><guid isPermaLink="false">tag:a</guid></item>
</channel></rss>
"""
ATOM: Final = b"""\
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="sv"><id>tag:x</id><title>X</title>
<updated>2026-03-02T07:15:00+01:00</updated><author><name>Kallelse</name></author>
<link rel="alternate" href="https://example.se/"/><link rel="self" href="https://example.org/x.atom"/>
<entry><id>tag:a</id><title>A</title><updated>2026-03-02T07:15:00+01:00</updated>
<published>2026-03-02T07:15:00+01:00</published><link href="https://example.se/a"/></entry></feed>
"""
JSON: Final = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "X",
        "home_page_url": "https://example.se/",
        "feed_url": "https://example.org/x.json",
        "language": "sv",
        "items": [
            {
                "id": "tag:a",
                "title": "A",
                "url": "https://example.se/a",
                "content_text": "a",
                "date_published": "2026-03-02T07:15:00+01:00",
            }
        ],
    }
).encode()
GOOD: Final = {"x.ics": ICS, "x.rss": RSS, "x.atom": ATOM, "x.json": JSON}
"""A good file of each kind, by a path that it could have."""


def rules(path: str, body: bytes) -> set[str]:
    """Give the rules that a file breaks."""
    return {found.rule for found in lint(path, body)}


def replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """Give an edit of a file in which `old` stands."""

    def edit(body: bytes) -> bytes:
        assert old in body
        return body.replace(old, new)

    return edit
