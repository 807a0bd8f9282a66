"""An article comes from its page and its rows, and belongs to the committees that it links to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from reading import MEETING, ROOT, seen
from records.model import ZONE, NewsItem
from scraper.articles import news
from scraper.cities import load
from scraper.raw import RawNews

BORAS = load("boras")
URL = f"{ROOT}/nyheter/nyheter/besluten.5.2f2b506b.html"
PAGE = RawNews(where="page", url=URL, node="2f2b506b", title="Besluten", summary="Ingressen hel")
ROW = replace(PAGE, where="list", summary="Ingressen ...")


def article(*raws: RawNews) -> NewsItem:
    """Give the article that these sightings make."""
    found = news(BORAS, [seen(raw, key=f"p{n}") for n, raw in enumerate(raws)])
    assert found is not None
    return found.record


def test_nothing_seen_is_no_article() -> None:
    """A bucket may be empty."""
    assert news(BORAS, []) is None


def test_page_and_row_are_one_article() -> None:
    """The row's short introduction, the page's everything else; the id is the page's node."""
    item = article(ROW, replace(PAGE, title="Besluten, rättad"))
    assert (item.id, item.title) == ("boras:2f2b506b", "Besluten, rättad")
    assert item.summary == "Ingressen ..."
    assert article(PAGE).summary == "Ingressen hel"
    assert article(replace(PAGE, node=None, url=f"{ROOT}/nyheter/a b")).id == "boras:nyheter-a-b"


@pytest.mark.parametrize(
    ("raws", "published"),
    [
        (
            (replace(PAGE, published="2026-11-20 10.00"),),
            datetime(2026, 11, 20, 10, 0, tzinfo=ZONE),
        ),
        ((replace(PAGE, stamps=("2026-11-20",)),), date(2026, 11, 20)),
        ((PAGE, replace(ROW, published="20 november 2026")), date(2026, 11, 20)),
        ((replace(PAGE, published="nyss", share_date="2026-11-19"),), date(2026, 11, 19)),
        ((replace(PAGE, share_date="2021-016-17"),), None),
        ((PAGE,), None),
    ],
)
def test_when_it_was_published(
    raws: tuple[RawNews, ...], published: datetime | date | None
) -> None:
    """Its own page, its row, then the date in the page's name; nonsense is no day."""
    assert article(*raws).published == published


def test_committees_and_meeting_come_from_links_alone() -> None:
    """A committee that is only mentioned is not written about."""
    links = (f"{ROOT}/nyheter", MEETING, "https://example.org/")
    item = article(replace(PAGE, title="Kulturnämnden", links=links))
    assert item.committees == ("kommunstyrelsen",)
    assert item.meeting == "boras:1f2b506b1969f6e96e7e186"
    assert article(PAGE).meeting is None
