"""SiteVision's building bricks: portlets with their anchors, links, rows and columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from markupsafe import Markup, escape

from modelcity import draws

EMPTY: Final = Markup("")
_TEXT: Final = Markup(
    '<div class="sv-text-portlet sv-use-margins" id="svid12_{id}">'
    '<div id="{anchor}"><!-- {anchor} --></div>'
    '<div class="sv-text-portlet-content">{content}</div></div>\n'
)
_PORTLET: Final = Markup(
    '<div class="sv-{kind}-portlet sv-portlet" id="svid12_{id}">'
    '<div id="{anchor}"><!-- {anchor} --></div>{content}</div>\n'
)


def text(page: str, anchor: str, content: Markup) -> Markup:
    """Put content in a text portlet of a page."""
    return _TEXT.format(id=draws.node(page, anchor), anchor=anchor, content=content)


def portlet(page: str, kind: str, anchor: str, content: Markup) -> Markup:
    """Put content in a portlet of another kind, such as archive, image or file."""
    return _PORTLET.format(
        id=draws.node(page, kind, anchor), kind=kind, anchor=anchor, content=content
    )


def paragraph(content: str) -> Markup:
    """Write one paragraph."""
    return Markup('<p class="normal">{}</p>').format(content)


def paragraphs(contents: Iterable[str]) -> Markup:
    """Write paragraphs one after another."""
    return join(paragraph(content) for content in contents)


def heading(level: int, content: str) -> Markup:
    """Write a heading with the id that SiteVision gives it."""
    name = {1: "heading", 2: "subheading"}.get(level, "heading3")
    anchor = "h-" + "".join(letter for letter in content if letter.isalnum())
    return Markup('<h{0} class="{1}" id="{2}">{3}</h{0}>').format(level, name, anchor, content)


def link(address: str | None, content: str) -> Markup:
    """Write a link, or the bare words where there is nothing to link to."""
    if address is None:
        return escape(content)
    return Markup('<a href="{}" class="normal">{}</a>').format(address, content)


def image(alt: str, *, name: str = "bild", address: str | None = None) -> Markup:
    """Write an image by its alternative text, and by a name or its whole address."""
    return Markup('<img alt="{}" class="sv-noborder" style="max-width:738px" src="{}">').format(
        alt, address or f"/images/18.{name}.svg"
    )


def bullets(rows: Iterable[str]) -> Markup:
    """Write a bullet list."""
    items = join(Markup("<li>{}</li>").format(row) for row in rows)
    return Markup('<ul class="sv-font-brodtext">{}</ul>').format(items)


def table(caption: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Markup:
    """Write a table with a caption and a head row."""
    head = join(Markup('<th scope="col">{}</th>').format(each) for each in heads)
    body = join(Markup("<tr>{}</tr>").format(_cells(row)) for row in rows)
    return Markup(
        '<table class="env-table env-table--zebra sv-standard"><caption>{}</caption>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table>"
    ).format(caption, head, body)


def join(parts: Iterable[Markup]) -> Markup:
    """Set pieces of markup one after another."""
    return EMPTY.join(parts)


def _cells(row: Iterable[str]) -> Markup:
    return join(Markup("<td>{}</td>").format(cell) for cell in row)
