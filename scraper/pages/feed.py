"""A feed of the city's own, as a page's head offers it: one more signal of when news came.

It is brought to a document like every page, a row for each item, and kept as such. SiteVision has
it at `/4.<page>/12.<portlet>.portlet?state=rss&sv.contenttype=text/xml;charset=UTF-8`; some items
have no guid, so an item is known by where its link leads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from lxml import etree
from lxml import html as lxml_html

from records.errors import PageChanged
from scraper import document, private
from scraper.cities import City, Parsed
from scraper.document import Document
from scraper.lines import Line, clean, lines
from scraper.page import Page
from scraper.raw import RawNews
from scraper.vendors.sitevision import node_id

_ROOTS: Final = frozenset({"rss", "RDF", "feed"})
_ITEMS: Final = frozenset({"item", "entry"})
_DAYS: Final = ("pubDate", "published", "date", "updated")
_INTROS: Final = ("description", "summary")


_CELLS: Final = 3  # of an item: title, day, introduction


def read(page: Page) -> Document:
    """Bring a feed to a document; raises `PageChanged` for bytes that are no feed.

    Nothing is loaded and no entity resolved. A feed has no need of a document type, which is where
    entities are made: one that brings its own is refused.
    """
    text = document.decode(page).lstrip()
    if text.startswith("<?xml"):
        text = text.partition("?>")[2]  # it names the encoding that the bytes had
    try:
        root = etree.fromstring(text.encode(), parser=_parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise PageChanged(page.url, "a feed that is well-formed") from error
    if root.getroottree().docinfo.doctype:
        raise PageChanged(page.url, "a feed without a document type")
    if _name(root) not in _ROOTS:
        raise PageChanged(page.url, "the items of a feed")
    rows = tuple(_row(node) for node in root.iter() if _name(node) in _ITEMS)
    return Document(url=page.url, title="", lines=rows)


def parse_feed(city: City, page: Document) -> Parsed:
    """The news of a feed; an item that leads elsewhere is left alone."""
    if any(len(row.cells) != _CELLS for row in page.lines):
        raise PageChanged(page.url, "the items of a feed")
    kept = private.impersonal(page)
    return tuple(_news(city, kept)), kept


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )


def _name(node: etree._Element) -> str:
    """Give an element's name without its namespace; nothing for a comment."""
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _row(item: etree._Element) -> Line:
    """Give an item as a row: title with link, day, introduction."""
    told: dict[str, etree._Element] = {}
    for child in item:
        told.setdefault(_name(child), child)
    href = told.get("link")
    url = "" if href is None else (href.text or href.get("href") or "").strip()
    title = _text(told, ("title",))
    return Line(
        kind="row",
        cells=(
            Line(kind="td", text=title, links=((url, title),) if url else ()),
            Line(kind="td", text=_text(told, _DAYS)),
            Line(kind="td", text=_plain(_text(told, _INTROS))),
        ),
    )


def _text(told: Mapping[str, etree._Element], names: tuple[str, ...]) -> str:
    found = (clean("".join(told[name].itertext())) for name in names if name in told)
    return next((text for text in found if text), "")


def _plain(text: str) -> str:
    """Give the words of a text that may be markup."""
    if "<" not in text:
        return text
    return clean(" ".join(line.text for line in lines(lxml_html.fragment_fromstring(text, "div"))))


def _news(city: City, page: Document) -> Iterator[RawNews]:
    for row in page.lines:
        title, day, intro = row.cells
        url = page.absolute(title.links[0][0]) if title.links else None
        link = city.link(url) if url else None
        if link and link.kind == "news" and title.text:
            yield RawNews(
                where="feed",
                url=link.url,
                node=node_id(link.url),
                title=title.text,
                published=day.text or None,
                summary=intro.text or None,
            )
