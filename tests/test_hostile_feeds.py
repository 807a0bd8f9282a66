"""Whatever a page holds stays words in a feed of any format: no element, no markup of its own."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Final

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from editions import NOW, article, change, edition, meeting, notice, revision
from feeding import FORMATS
from feeds.edition import Edition
from feeds.formats import render
from feeds.lint import fault
from feeds.readback import read as read_back
from feeds.syndication import feeds
from records.model import AgendaItem, Document, Place
from records.terms import ChangeKind, Role

LATER: Final = NOW - timedelta(hours=1)
HOSTILE: Final = st.text(
    st.sampled_from("aåÖ😀 \n\r\t\\<>&;\"']-!/=\x00\x0b\x0c\x1b\x7f\x85\u2028\u2029\ufffe\ud800")
    | st.characters(),
    max_size=80,
) | st.sampled_from(
    [
        "]]></description><item><title>x",
        "<script>alert(1)</script>",
        "&lt;script&gt;&amp;amp;",
        '"/><link href="https://x.example"/>',
        "https://x.example/\"><img src=x onerror='y'>",
        "javascript:alert(1)",
        '","id":"x","title":"',
        "<!DOCTYPE a [<!ENTITY b 'c'>]>&b;",
    ]
)


NAMES: Final = {
    "rss": {
        *("rss", "channel", "title", "link", "description", "language", "ttl", "item", "category"),
        *("lastBuildDate", "pubDate", "guid", "creator", "encoded", "enclosure"),
    },
    "atom": {
        *("feed", "title", "subtitle", "id", "updated", "link", "author", "name", "entry"),
        *("published", "category", "content"),
    },
}
SHOWN: Final = {"p", "br", "a", "h2", "h3", "h4", "ul", "ol", "li", "b", "strong", "em", "img"}
ITEM: Final = {
    *("id", "url", "title", "content_html", "image", "date_published", "date_modified"),
    *("authors", "tags", "attachments"),
}


@pytest.mark.slow
@given(words=st.lists(HOSTILE, min_size=8, max_size=8))
def test_hostile_words_stay_words(words: list[str]) -> None:
    """They add no element, no member and no markup to any format, and stand there as text (F24)."""
    made = hostile(words)
    for feed in feeds(made):
        if feed.slug not in {"kulturnamnden", "nyheter", "anslagstavla"}:
            continue
        for ending in FORMATS:
            raw, path = render(made, feed, ending), f"boras/{feed.slug}.{ending}"
            assert fault(path, raw) is None
            assert read_back(path, raw).fault is None
            texts = _members(raw) if ending == "json" else _elements(raw, ending)
            assert texts
            for text in texts:
                tree = html.fromstring(f"<div>{text}</div>")
                shown = list(tree.iter(etree.Element))[1:]
                assert {element.tag for element in shown} <= SHOWN
                assert {name for element in shown for name in element.attrib} <= {
                    "href",
                    "src",
                    "alt",
                }
                for address in tree.xpath("//@href | //@src"):
                    assert address.startswith(("http://", "https://"))


def hostile(words: list[str]) -> Edition:
    """Give a city in which every word that comes from a page is one of these."""
    title, place, name, url, told, summary, page, item = words
    file = Document(
        id="18aa", name=name, url=f"https://www.example.se/{url}", role=Role.AGENDA,
        media_type=told, size=7,
    )  # fmt: skip
    record = meeting(
        "m0",
        title=title,
        location=Place(name=place),
        url=url,
        agenda=(AgendaItem(title=item, number=name),),
        documents=(file,),
    )
    news = article("n1", title=title, summary=summary, url=page, image=url, image_text=name)
    news = replace(news, content_html=f"<p>{item}</p>{told}")
    hung = notice("k1", title=title, url=page, document_url=url)
    loose = notice("k2", title=item, url=url, committee=None, held=None, posted=None)
    posted = replace(loose, document_url=None, appeal_deadline=None, adjusted=None)
    moved = replace(change(record.id, ChangeKind.MOVED, LATER), text=told)
    return edition(
        [revision(record)],
        news=(revision(news),),
        notices=(revision(hung), revision(posted)),
        changes=[
            moved,
            change(record.id, ChangeKind.DOCUMENT_ADDED, LATER, part="18aa"),
            change(posted.id, ChangeKind.NOTICE_POSTED, LATER),
            change(hung.id, ChangeKind.NOTICE_POSTED, LATER),
            change(news.id, ChangeKind.NEW),
            change(record.id, ChangeKind.NEW),
        ],
        news_body=True,
    )


def _elements(raw: bytes, ending: str) -> list[str]:
    """Give what readers take for HTML, of a feed that has only elements that we write."""
    root = etree.fromstring(raw, etree.XMLParser(resolve_entities=False))
    assert {etree.QName(element).localname for element in root.iter(etree.Element)} <= NAMES[ending]
    assert not feedparser.parse(raw).bozo
    found = root.xpath("//item/description | //*[local-name()='encoded' or local-name()='content']")
    return [element.text or "" for element in found]


def _members(raw: bytes) -> list[str]:
    """Give what readers take for HTML, of a feed that has only members that we write."""
    found = json.loads(raw)
    assert {name for item in found["items"] for name in item} <= ITEM
    return [item["content_html"] for item in found["items"]]
