"""The city's news: the list of articles, and an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from records.errors import PageChanged
from scraper.cities import City, Parsed
from scraper.document import Document
from scraper.lines import Line
from scraper.pages.lists import says_none
from scraper.raw import RawNews
from scraper.vendors import sitevision

_PUBLISHED: Final = re.compile(r"^(?:artikeln )?publicera[dt](?:es)?\s*:?\s*", re.IGNORECASE)


def parse_news_list(city: City, page: Document) -> Parsed:
    """The list of news: «Publicerad», a day, a title that is a link, and a cut introduction."""
    parts = sitevision.parts(page)
    lines = parts.content or parts.news
    kept = page.only(parts.kept(widgets=not parts.content))
    found = tuple(_news_rows(city, kept, lines))
    if not found and not says_none(lines):
        raise PageChanged(page.url, "news, or the words that there are none")
    return found, kept


def _news_rows(city: City, page: Document, lines: Sequence[Line]) -> Iterator[RawNews]:
    published: str | None = None
    stamps: tuple[str, ...] = ()
    for n, line in enumerate(lines):
        if line.times or _PUBLISHED.match(line.text):
            published, stamps = _PUBLISHED.sub("", line.text), tuple(s for s, _ in line.times if s)
        link = next(
            (found for found in city.links(page.only((line,))) if found.kind == "news"), None
        )
        if link and (link.text or line.text):
            after = lines[n + 1] if n + 1 < len(lines) else None
            apart = after is None or after.heading or after.links or after.kind == "app"
            summary = None if apart or after is None else after.text
            yield RawNews(
                where="list",
                url=link.url,
                node=sitevision.node_id(link.url),
                title=link.text or line.text,
                published=published or None,
                stamps=stamps,
                summary=summary,
            )
            published, stamps = None, ()


def parse_article(city: City, page: Document) -> Parsed:
    """One article: title, when it was published, introduction and body."""
    parts = sitevision.parts(page)
    if parts.heading is None:
        raise PageChanged(page.url, "a main heading")
    kept = page.only(parts.kept(widgets=False))
    stamp = next((line for line in parts.content if _PUBLISHED.match(line.text)), None)
    body = [
        line for line in parts.content if line is not stamp and line.kind != "img" and line.text
    ]
    day = sitevision.share(parts.foot)[0]
    raw = RawNews(
        where="page",
        url=page.url,
        node=sitevision.node_id(page.url),
        title=parts.heading.text,
        summary=next((line.text for line in body if not line.heading), None),
        published=(_PUBLISHED.sub("", stamp.text) or None) if stamp else None,
        stamps=tuple(s for s, _ in stamp.times if s) if stamp else (),
        share_date=day,
        body=tuple((line.kind, line.text) for line in body),
        links=tuple(link.url for link in city.links(kept) if link.kind in {"meeting", "committee"}),
        image=next((line.text for line in parts.content if line.kind == "img"), None),
    )
    return (raw,), kept
