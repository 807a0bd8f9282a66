"""The city's own RSS of its news, as SiteVision makes it: without guid, its dates RFC 822."""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import format_datetime
from typing import Final

from markupsafe import Markup

from modelcity import addresses, draws
from modelcity.model import Article

CONTENT_TYPE: Final = "text/xml;charset=UTF-8"
TITLE: Final = "Nyheter från Borås Stad"
_LONGEST: Final = 20
_PORTLET: Final = f"/4.{addresses.node(addresses.NEWS)}/12.{draws.node('feed')}.portlet"
ADDRESS: Final = f"{_PORTLET}?state=rss&sv.contenttype={CONTENT_TYPE}"
_FEED: Final = Markup(
    '<?xml version="1.0" encoding="UTF-8"?>\n<!-- Modell -->\n<rss version="2.0"><channel>\n'
    "<title>{}</title>\n<link>{}</link>\n<description></description>\n{}</channel></rss>\n"
)
_ITEM: Final = Markup(
    "<item><title>{}</title><link>{}</link><description>{}</description>"
    "<pubDate>{}</pubDate></item>\n"
)


def shown(articles: Sequence[Article]) -> Sequence[Article]:
    """Give the articles that are in the feed: the newest."""
    return articles[:_LONGEST]


def render(articles: Sequence[Article]) -> str:
    """Give the feed."""
    items = Markup("").join(
        _ITEM.format(
            each.title,
            addresses.HOST + each.path,
            each.intro,
            format_datetime(each.published),
        )
        for each in shown(articles)
    )
    return str(_FEED.format(TITLE, addresses.HOST + addresses.NEWS, items))


def alternate() -> Markup:
    """Give the link to the feed that stands in the head of the news list."""
    return Markup(
        '<link type="application/rss+xml" rel="alternate" href="{}" title="{}">\n'
    ).format(addresses.HOST + ADDRESS, TITLE)
