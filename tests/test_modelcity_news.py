"""News and notice board of the model city say all that a reader is asked to find there."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote, urljoin

import pytest
from lxml import etree, html

from modelcity import addresses, feed
from modelcity.render import Form, Site
from modelcity.server import ModelCity
from modelcity.truth import Truth, build
from visiting import ALL_FORMS, TODAY, Visitor, page, states, truth

SCRIPTED = {"state", "elements"}


def articles() -> list[dict[str, Any]]:
    """Give every third article, and all with a list or with old news."""
    told = truth().expected_news()
    return [each for n, each in enumerate(told) if n % 3 == 0 or has_list(each)]


def has_list(article: dict[str, Any]) -> bool:
    """Say whether an article's body has a list in it."""
    return any(part["kind"] == "list" for part in article["body"])


def body(address: str, form: Form) -> html.HtmlElement:
    """Give the text portlet that holds an article's body."""
    document = html.fromstring(page(form, address.removeprefix(addresses.HOST)))
    found: html.HtmlElement = document.xpath("//*[@id='Brodtext']/following-sibling::*")[0]
    return found


@pytest.mark.parametrize("form", ALL_FORMS)
def test_a_body_says_what_is_expected(form: Form) -> None:
    """Paragraphs, sub-headings and lists in their order; links made absolute are where they say."""
    for told in articles():
        shown = body(told["url"], form)
        parts = [row for part in told["body"] for row in part.get("rows", [part])]
        found = [
            " ".join(each.text_content().split()) for each in shown.iter("h2", "h3", "p", "li")
        ]
        assert found == [part["text"] for part in parts], told["url"]
        linked = [part["link"] for part in parts if part["link"]]
        assert [
            {"words": link.text_content(), "url": urljoin(told["url"], link.get("href"))}
            for link in shown.iter("a")
        ] == linked
        assert all(link["url"].startswith("https://") for link in linked)


def test_bodies_hold_every_kind_of_part_and_of_link() -> None:
    """Sub-headings, lists, and addresses that are whole, from the root and relative."""
    parts = [part for article in truth().articles for part in article.parts]
    assert {part.kind for part in parts} == {"heading", "paragraph", "list"}
    flat = [row for part in parts for row in (part.rows or (part,))]
    found = {part.link.address.partition("/")[0] for part in flat if part.link}
    assert found == {"https:", "", ".."}
    board = next(
        row["link"]["url"]
        for each in articles()
        for part in each["body"]
        for row in part.get("rows", [])
        if row["link"]
    )
    assert board == addresses.HOST + addresses.NOTICE_BOARD


@pytest.mark.parametrize("form", ALL_FORMS)
def test_an_article_shows_its_image_day_and_age(form: Form) -> None:
    """The image by address and words; the share name's day; the box on what is old."""
    for told in articles():
        written = page(form, told["url"].removeprefix(addresses.HOST))
        image = html.fromstring(written).xpath("//img[contains(@src, '/x160p/')]")
        assert [(addresses.HOST + each.get("src"), each.get("alt")) for each in image] == [
            (told["image"]["url"], told["image"]["alt"])
        ]
        assert f"Dela sidan: [{told['created']}] {told['title']}" in written
        assert told["published"].startswith(told["created"])
        assert ("Denna nyhet kan innehålla inaktuell information" in written) is told["outdated"]


@pytest.mark.parametrize("form", ALL_FORMS)
def test_the_pages_of_the_list_hold_all_news_once(form: Form) -> None:
    """Twenty to a page, each with its intro cut; the pages link each other."""
    told = truth().expected_news()
    found: list[str] = []
    for number in range(1, -(-len(told) // 20) + 1):
        address = addresses.NEWS if number == 1 else f"{addresses.NEWS}?page={number}"
        written = page(form, address)
        main = written.partition("<main")[2].partition("<aside")[0]
        found += re.findall(r"/nyheter/nyheter/[a-z0-9]+\.5\.[0-9a-f]+\.html", main)
        assert ("Sida 1" in main) is (number > 1)
    assert found == [each["url"].removeprefix(addresses.HOST) for each in told]
    first = page(form, addresses.NEWS)
    said = str(states(first)) if form in SCRIPTED else html.fromstring(first).text_content()
    assert all(each["cut"] in said for each in told[:20])
    assert any(len(each["cut"]) < len(each["summary"]) for each in told[:20])


@pytest.mark.parametrize("form", ALL_FORMS)
def test_the_news_list_tells_of_its_feed(form: Form) -> None:
    """In the head of the list's pages, and of no others."""
    for address, there in ((addresses.NEWS, True), (addresses.START, False)):
        head = html.fromstring(page(form, address)).find("head")
        assert head is not None
        found = [link.get("href") for link in head.xpath("link[@type='application/rss+xml']")]
        assert found == ([addresses.HOST + feed.ADDRESS] if there else [])


def test_the_feed_is_read_as_feeds_are() -> None:
    """By its own type, plain or percent-encoded; items without guid, dates as RFC 822 has them."""
    with ModelCity(truth()) as city:
        visitor = Visitor(city)
        reply = visitor.ask(feed.ADDRESS)
        coded = visitor.ask(quote(feed.ADDRESS, safe="/?&="))
        again = visitor.ask(feed.ADDRESS, If_None_Match=reply.headers["etag"])
        other = visitor.ask(feed.ADDRESS.partition("?")[0])
        visitor.close()
    assert (reply.status, coded.body, again.status) == (200, reply.body, 304)
    assert other.status == 404
    assert reply.headers["content-type"] == "text/xml;charset=UTF-8"
    items = etree.fromstring(reply.body).findall("channel/item")
    assert [
        {
            "title": item.findtext("title"),
            "url": item.findtext("link"),
            "summary": item.findtext("description"),
            "published": when(item.findtext("pubDate")).isoformat(),
        }
        for item in items
    ] == [
        {**each, "published": datetime.fromisoformat(each["published"]).isoformat()}
        for each in truth().expected_feed()
    ]
    assert [item.find("guid") for item in items] == [None] * 20


def when(printed: str | None) -> datetime:
    """Read a date of a feed, to the second."""
    return parsedate_to_datetime(printed or "")


@pytest.mark.parametrize("form", ALL_FORMS)
def test_the_board_says_what_is_expected(form: Form) -> None:
    """Coming meetings, adjusted minutes, and the permits by title and link alone."""
    written = page(form, addresses.NOTICE_BOARD)
    said = html.fromstring(written).text_content()
    (coming,) = truth().expected_announcements()
    assert (coming["section"], coming["committee"]) == ("coming", "Kommunfullmäktige")
    assert coming["url"].removeprefix(addresses.HOST) in written
    assert coming["place"] in said
    for told in truth().expected_notices():
        assert told["section"] == "adjusted"
        for part in (told["title"], told["held"], *told["broken"]):
            assert part in said, told
    permits = {link.get("href"): link.text for link in html.fromstring(written).iter("a")}
    for told in truth().expected_permits():
        assert permits[told["url"].removeprefix(addresses.HOST)] == told["title"]
        assert told["section"] == "other"


def test_a_board_without_coming_meetings_expects_none() -> None:
    """It says so in words, and the answer is an empty list."""
    quiet: Truth = build(TODAY.replace(month=10, day=1))
    said = (Site(quiet, "iso").page(addresses.NOTICE_BOARD) or b"").decode()
    assert "Just nu finns inga anslagna nämndsammanträden." in said
    assert quiet.expected_announcements() == []


def test_every_file_is_judged_or_said_to_be_unjudged() -> None:
    """Each role of the design occurs in the city."""
    roles = {
        file["role"] for meeting in truth().expected_meetings() for file in meeting["files"] or []
    }
    assert roles == {
        "agenda", "papers", "minutes", "immediate-minutes", "appendix", "proposal", "motion",
        "question", "resignation", "report", "other", None,
    }  # fmt: skip
