"""Pages for tests: rendered from an edition, and read as a browser reads them."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import html

from feeds.catalogue import files
from feeds.edition import Edition
from feeds.page import Page, pages


def everything(made: Edition) -> set[str]:
    """Give the path of every file that no page is."""
    return {file.path for file in files(made)} | {made.path("feeds.opml")}


def found(made: Edition, folder: str, published: set[str] | None = None) -> Page:
    """Give the page that stands in a folder."""
    known = everything(made) if published is None else published
    return next(one for one in pages(made, known) if one.folder == folder)


def some(made: Edition, *folders: str) -> list[html.HtmlElement]:
    """Give the pages that stand in these folders, parsed."""
    known = pages(made, everything(made))
    return [html.document_fromstring(one.render()) for one in known if one.folder in folders]


def tree(made: Edition, folder: str = "", published: set[str] | None = None) -> html.HtmlElement:
    """Give the page in a folder, parsed."""
    return html.document_fromstring(found(made, folder, published).render())


def trees(made: Edition) -> Iterator[tuple[str, html.HtmlElement]]:
    """Give every page by its path, parsed."""
    for one in pages(made, everything(made)):
        yield one.path, html.document_fromstring(one.render())


def words(element: html.HtmlElement | None) -> str:
    """Give the text of an element, which must be there, as one line without soft hyphens."""
    assert element is not None
    return " ".join(element.text_content().replace("\u00ad", "").split())
