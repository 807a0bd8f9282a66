"""All feeds of a city as one OPML 2.0 file for a feed reader, in groups."""

from __future__ import annotations

from collections.abc import Container
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from feeds.edition import Edition
from feeds.syndication import Plan, plans
from feeds.text import line, web


def opml(edition: Edition, published: Container[str]) -> bytes:
    """Give the feeds among `published`, each once, by its RSS: readers would take all three."""
    city = line(edition.city.name)
    root = ET.Element("opml", version="2.0")
    head = ET.SubElement(root, "head")
    ET.SubElement(head, "title").text = f"{city}: sammanträden och nyheter"
    if edition.committees:  # of the records, never of the run
        newest = max(revision.last_changed for revision in edition.committees)
        ET.SubElement(head, "dateModified").text = format_datetime(newest)
    body = ET.SubElement(root, "body")
    home = web(edition.city.url) or edition.address("")
    groups: dict[str, list[Plan]] = {}
    for plan in plans(edition):
        if edition.path(f"{plan.slug}.rss") in published:
            groups.setdefault(plan.group, []).append(plan)
    for title, shown in groups.items():
        group = ET.SubElement(body, "outline", text=title, title=title)
        for plan in shown:
            ET.SubElement(
                group,
                "outline",
                type="rss",
                text=plan.name,
                title=plan.name,
                xmlUrl=edition.address(edition.path(f"{plan.slug}.rss")),
                htmlUrl=plan.link or home,
                language="sv",
            )
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
