"""The city's news: the list of articles with its older pages, and an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from records.errors import PageChanged
from scraper import private
from scraper.cities import City, Parsed
from scraper.document import Document
from scraper.lines import Line
from scraper.pages.lists import NEWS, says_none
from scraper.personal import redacted
from scraper.raw import RawNews
from scraper.vendors import headlines, sitevision
from scraper.vendors.headlines import Stamp

_OUTDATED: Final = "denna nyhet kan innehålla inaktuell information"
_SIGN: Final = re.compile(r"^(?:ikon\b|logotyp\b)|symbol$", re.IGNORECASE)
_CAPTION: Final = 150  # characters that a caption has at most
_ABOUT: Final = frozenset({"meeting", "committee", "listing"})


def parse_news_list(city: City, page: Document) -> Parsed:
    """The list of news: «Publicerad», a day, a title that is a link, and a cut introduction."""
    parts = sitevision.parts(page)
    found = _news(city, page, parts.content) or _news(city, page, parts.news)
    kept = private.impersonal(page.only(parts.kept(widgets=not parts.content)))
    if not found and not says_none(parts.content or parts.news, NEWS):
        raise PageChanged(page.url, "news, or the words that there are none")
    return found, replace(kept, feeds=page.feeds)


def parse_older(city: City, page: Document) -> Parsed:
    """A later page of the list; one past the end has no news, and still turns to the others."""
    parts = sitevision.parts(page)
    found = _news(city, page, parts.content)
    kept = private.impersonal(page.only(parts.kept(widgets=False)))
    turns = any(link.kind in {"news-list", "news-older"} for link in city.links(kept))
    if not found and not turns and not says_none(parts.content, NEWS):
        raise PageChanged(page.url, "news, or links to other pages of the list")
    return found, kept


def _news(city: City, page: Document, lines: Sequence[Line]) -> tuple[RawNews, ...]:
    def wanted(href: str) -> str | None:
        link = city.link(page.absolute(href) or "")
        return link.url if link and link.kind == "news" else None

    own = private.impersonal(page.only(lines))
    return tuple(headlines.headlines(own, wanted))


def parse_article(city: City, page: Document) -> Parsed:
    """One article: title, when it was published, introduction, text and image.

    A page with neither a day of publication nor the line for sharing is no article.
    """
    parts = sitevision.parts(page)
    content = private.lines(parts.content)
    stamp, stamped = _published(content)
    day, name = sitevision.share(parts.foot)
    if parts.heading is None:
        raise PageChanged(page.url, "a main heading")
    if stamp is None and name is None:
        raise PageChanged(page.url, "«Artikeln publicerades», or a line for sharing")
    kept = private.impersonal(page.only(parts.kept(widgets=False)))
    body = tuple(_body([line for n, line in enumerate(content) if n not in stamped]))
    image = _image(page, content)
    raw = RawNews(
        where="page",
        url=page.url,
        node=sitevision.node_id(page.url),
        title=redacted(parts.heading.text),
        summary=_intro(body),
        published=stamp.text if stamp else None,
        stamps=stamp.stamps if stamp else (),
        share_date=day,
        body=body,
        links=tuple(
            link.url for link in city.links(page.only(parts.content)) if link.kind in _ABOUT
        ),
        image=image[0] if image else None,
        image_text=image[1] if image else None,
    )
    return (raw,), kept


def _published(content: Sequence[Line]) -> tuple[Stamp | None, set[int]]:
    """Give when an article was published, and the lines that say so: label and value."""
    for n, line in enumerate(content):
        first, *values = line.cells or (line,)
        after = values[:1] or content[n + 1 : n + 2]
        told = headlines.stamp(first, *after)
        if told:
            apart = after and not values and told == headlines.stamp(after[0])
            return told, {n, n + 1} if apart else {n}
    return None, set()


def _body(content: Sequence[Line]) -> Iterator[Line]:
    """Give an article's text: no images and their captions, no box that says it may be old."""
    lines = list(_without_box(content))
    caption = _last_caption(lines)
    for line in lines:
        if line is not caption and line.kind not in {"img", "figcaption", "app"}:
            yield line


def _without_box(content: Sequence[Line]) -> Iterator[Line]:
    """Leave out the box «Denna nyhet kan innehålla inaktuell information» and its one sentence."""
    boxed = False
    for line in content:
        head = line.text.lower().startswith(_OUTDATED)
        if not head and not (boxed and line.kind == "p"):
            yield line
        boxed = head and len(line.text) <= len(_OUTDATED) + 1


def _last_caption(lines: Sequence[Line]) -> Line | None:
    """Give the words below an image that ends an article, as it has ended those that were seen.

    Only where text stands above the image: below one that leads the text, the text itself begins.
    """
    if len(lines) < 4 or lines[-2].kind != "img":  # noqa: PLR2004 - introduction, text, image, words
        return None
    last = lines[-1]
    short = last.kind == "p" and not last.links and len(last.text) <= _CAPTION
    return last if short and all(line.kind != "img" for line in lines[:2]) else None


def _intro(body: Sequence[Line]) -> str | None:
    """Give the paragraph that an article begins with; a text that begins otherwise has none."""
    return body[0].text if body and body[0].kind == "p" else None


def _image(page: Document, content: Sequence[Line]) -> tuple[str, str] | None:
    """Give the first image that is no sign of the template: its address and its text."""
    for line in content:
        url = page.absolute(line.src) if line.kind == "img" and line.src else None
        if url and not _SIGN.search(line.text):
            return url, line.text
    return None
