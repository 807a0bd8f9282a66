"""A feed of the city's own gives its news, and a hostile one gives nothing and takes no time."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading import ROOT, page
from records.errors import PageChanged
from scraper.cities import load
from scraper.document import load as stored
from scraper.pages import feed
from scraper.raw import RawNews

BORAS: Final = load("boras")
URL: Final = f"{ROOT}/4.1fef6289/12.1f2b506b.portlet?state=rss"
ARTICLE: Final = f"{ROOT}/nyheter/nyheter/beslut.5.1f2b506b.html"
MEETING: Final = (
    f"{ROOT}/kommunochpolitik/kommunstyrelsensammantrade202611301400.5.1f2b506b1969.html"
)
DAY: Final = "Fri, 20 Nov 2026 09:00:00 GMT"
ITEM: Final = (
    f"<item><title>Besluten</title><link>{ARTICLE}</link><pubDate>{DAY}</pubDate>"
    "<description>Ingress</description></item>"
)


def rss(items: str) -> str:
    """Give a feed as SiteVision writes one."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>Nyheter</title>'
        f"{items}</channel></rss>"
    )


def news(body: str | bytes, charset: str | None = "utf-8") -> list[RawNews]:
    """Read a feed."""
    found = BORAS.read(feed.read(page(body, URL, charset)), "feed").raws
    return [raw for raw in found if isinstance(raw, RawNews)]


def test_an_item_is_known_by_its_link() -> None:
    """Some items have no guid; its words are as the feed has them."""
    expected = RawNews(
        where="feed",
        url=ARTICLE,
        node="1f2b506b",
        title="Besluten",
        published=DAY,
        summary="Ingress",
    )
    assert news(rss(ITEM)) == [expected]
    assert news(rss(ITEM.replace(ROOT, ""))) == [expected]
    guid = "<guid isPermaLink='false'>4.x</guid></item>"
    assert news(rss(ITEM.replace("</item>", guid))) == [expected]


@pytest.mark.parametrize(
    "body",
    [
        (
            f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>Besluten</title><link href="
            f"'{ARTICLE}'/><published>2026-11-20T09:00:00Z</published><updated>2027-01-01T09:00:00Z"
            "</updated><summary>Ingress</summary></entry></feed>"
        ),
        (
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns="
            "'http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'><item>"
            f"<title>Besluten</title><link>{ARTICLE}</link><description>Ingress</description>"
            "<dc:date>2026-11-20T09:00:00Z</dc:date></item></rdf:RDF>"
        ),
    ],
)
def test_other_kinds_of_feed_are_read(body: str) -> None:
    """Atom and RSS 1.0 say the same by other names."""
    ((raw),) = news(body)
    assert (raw.url, raw.published, raw.summary) == (ARTICLE, "2026-11-20T09:00:00Z", "Ingress")


@pytest.mark.parametrize(
    ("item", "summary"),
    [
        ("<description>&lt;p&gt;Ingress &lt;b&gt;hel&lt;/b&gt;&lt;/p&gt;</description>",
         "Ingress hel"),
        ("<description><![CDATA[<p>A &amp; B</p>]]></description>", "A & B"),
        ("<description>&lt;</description>", "<"),
        ("<description> </description><summary>S</summary>", "S"),
        ("", None),
        ("<!-- x --><description>Ring 031-390 06 00</description>", "Ring [telefon]"),
    ],
)  # fmt: skip
def test_an_introduction_is_words(item: str, summary: str | None) -> None:
    """Without markup, and without what is people's."""
    (raw,) = news(rss(f"<item><title>T</title><link>{ARTICLE}</link>{item}</item>"))
    assert raw.summary == summary


@pytest.mark.parametrize(
    "item",
    [
        f"<item><title>Möte</title><link>{MEETING}</link></item>",
        "<item><title>Utåt</title><link>https://example.org/x</link></item>",
        "<item><title>Trasig</title><link>http://[x</link></item>",
        "<item><title>Utan</title></item>",
        f"<item><link>{ARTICLE}</link></item>",
    ],
)
def test_what_is_no_news_is_left_alone(item: str) -> None:
    """A feed may list anything."""
    assert news(rss(item)) == []


def test_an_empty_feed_is_no_news() -> None:
    """It is there, and holds nothing."""
    assert news(rss("")) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
def test_its_letters_are_read_whatever_it_says(encoding: str) -> None:
    """A byte order mark, a header and the declaration need not agree."""
    body = rss(ITEM.replace("Besluten", "Överförmyndaren")).encode(encoding)
    charset = "windows-1252" if encoding == "windows-1252" else None
    assert news(body, charset)[0].title == "Överförmyndaren"


LAUGHS: Final = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(12))


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        ("", "well-formed"),
        ("<rss><channel>", "well-formed"),
        (rss(ITEM) + "<", "well-formed"),
        ("<html><body><p>x</p></body></html>", "the items of a feed"),
        (f'<!DOCTYPE rss [<!ENTITY a0 "x">{LAUGHS}]><rss>&a12;</rss>', "a feed"),
        ('<!DOCTYPE rss [<!ENTITY a "x">]><rss><channel>&a;</channel></rss>', "document type"),
        ('<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/hostname">]><rss>&a;</rss>', "a feed"),
        ('<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/rss.dtd"><rss/>', "document type"),
        ("<rss>" + "<x>" * 1000 + "</x>" * 1000 + "</rss>", "well-formed"),
    ],
)
def test_what_is_no_feed_is_refused(body: str, missing: str) -> None:
    """A page, a half, and everything that would load or swell."""
    with pytest.raises(PageChanged, match=missing):
        feed.read(page(body, URL))


MARKUP: Final = st.lists(
    st.sampled_from(
        ["<", "<p>", "</p>", "<!-- x -->", "<!--", "<?php", "<b", "&amp;", "<a href=x>y"]
    )
    | st.text(st.characters(codec="utf-8"), max_size=8)
).map("".join)


@given(
    st.lists(
        st.text(max_size=20)
        | st.sampled_from([ITEM, "<item>", "</item>", "<title>", "<link>", "]]>", "&x;", "<!--"])
        | MARKUP.map(lambda words: ITEM.replace("Ingress", f"<![CDATA[{words}]]>")),
        max_size=8,
    )
)
def test_any_bytes_are_a_feed_or_are_refused(parts: list[str]) -> None:
    """Never anything else, and what is kept is read again the same."""
    try:
        found = feed.read(page(rss("".join(parts)).encode("utf-8", "replace"), URL))
    except PageChanged:
        return
    reading = BORAS.read(found, "feed")
    assert BORAS.read(stored(reading.kept.dump()), "feed") == reading


def test_a_feed_of_the_city_is_followed_where_it_may_be() -> None:
    """On the city's host, at an address that is allowed; it belongs to the news."""
    link = BORAS.feed(URL)
    assert link is not None
    assert (link.kind, link.source, link.url) == ("feed", "news", URL)
    assert BORAS.feed(URL.replace("www.boras.se", "example.org")) is None
    assert BORAS.feed(f"{ROOT}/rss/allt") is None
