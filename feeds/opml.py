"""All feeds of a city as one OPML 2.0 file for a feed reader, in groups."""

from __future__ import annotations

from collections.abc import Container
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from feeds.edition import ALL, NEWS, Edition, grouped
from feeds.text import line, web


def opml(edition: Edition, published: Container[str]) -> bytes:
    """Give the feeds among `published`: those for the whole city first, then each group's."""
    city = line(edition.city.name)
    root = ET.Element("opml", version="2.0")
    head = ET.SubElement(root, "head")
    ET.SubElement(head, "title").text = f"{city}: sammanträden och nyheter"
    if edition.committees:  # of the records, never of the run
        newest = max(revision.last_changed for revision in edition.committees)
        ET.SubElement(head, "dateModified").text = format_datetime(newest)
    body = ET.SubElement(root, "body")
    home = web(edition.city.url) or edition.address("")
    whole = [(ALL, "Alla sammanträden", home), (NEWS, "Nyheter", home)]
    _group(body, edition, published, (city, whole))
    for title, committees in grouped(edition):
        rows = [(c.slug, line(c.name), web(c.url) or home) for c in committees]
        _group(body, edition, published, (title, rows))
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _group(
    body: ET.Element,
    edition: Edition,
    published: Container[str],
    group: tuple[str, list[tuple[str, str, str]]],
) -> None:
    """Add a group of (slug, name, page at the city), unless none of its feeds is published."""
    title, rows = group
    shown = [row for row in rows if edition.path(f"{row[0]}.rss") in published]
    if not shown:
        return
    made = ET.SubElement(body, "outline", text=title, title=title)
    for slug, name, page in shown:
        ET.SubElement(
            made,
            "outline",
            type="rss",
            text=name,
            title=name,
            xmlUrl=edition.address(edition.path(f"{slug}.rss")),
            htmlUrl=page,
            language="sv",
        )
