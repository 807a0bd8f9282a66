"""Only what is peculiar to Borås Stad: which parser reads which kind of its pages.

The site's own markup has not been seen; what is known are its headings, labels, order of lines and
the shapes of its addresses, so its pages are read by the parsers that any such site is read by.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from scraper.cities import Parser
from scraper.pages import board, feed, lists, meeting, news

VERSION: Final = 3
"""Raised with every change of what is read from a page, by its parser or by what makes records of
its words: stored pages are then read again, and what differs is our correction and not news."""

READABLE_SINCE: Final = 2
"""Raised to `VERSION` when a parser keeps more of a page than before: what was stored does not hold
that, and the page is fetched anew."""

PARSERS: Final[Mapping[str, Parser]] = {
    "start": lists.parse_start,
    "hub": lists.parse_start,
    "committee": lists.parse_committee,
    "listing": lists.parse_listing,
    "calendar": lists.parse_calendar,
    "meeting": meeting.parse_meeting,
    "news-list": news.parse_news_list,
    "news-older": news.parse_older,
    "feed": feed.parse_feed,
    "news": news.parse_article,
    "board": board.parse_board,
    "notice": board.parse_notice,
}
