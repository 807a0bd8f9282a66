"""What the form `elements` draws its own way: custom elements, deeper headings, other data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from lxml import html
from markupsafe import Markup

from modelcity import markup, moments, swedish
from modelcity.blocks import File
from modelcity.model import Announcement, Article, BoardItem, Meeting

_TAGS: Final = {
    "sv-text-portlet": "sv-text-block",
    "sv-archive-portlet": "sv-archive-block",
    "sv-image-portlet": "sv-image-block",
    "sv-file-portlet": "sv-file-block",
    "sv-custom-module": "sv-web-app",
    "contact": "sv-contact-card",
}
_DEEPER: Final = {"h2": "h3", "h3": "h4"}


def facts(pairs: Iterable[tuple[str, str]]) -> Markup:
    """Give labels and values as custom elements with slots."""
    row = Markup('<sv-fact><span slot="label">{}:</span> <span slot="value">{}</span></sv-fact>\n')
    rows = markup.join(row.format(label, value) for label, value in pairs)
    return Markup("<sv-fact-list>{}</sv-fact-list>\n").format(rows)


def calendar(meetings: Iterable[Meeting], *, stripped: bool) -> dict[str, Any]:
    """Give the data of a calendar."""
    return {
        "events": [
            {
                "title": meeting.body.name,
                "url": meeting.path if meeting.node else None,
                "startDate": None if stripped else moments.local(meeting.start),
                "endDate": None,
                "place": meeting.place,
                "status": meeting.row_note,
            }
            for meeting in meetings
        ]
    }


def listing(rows: Iterable[tuple[Meeting, str]]) -> dict[str, Any]:
    """Give the data of a list of past meetings; its dates are those of the pages."""
    return {
        "articles": [
            {
                "title": title,
                "preamble": "",
                "uri": meeting.path,
                "date": f"{swedish.words(meeting.created)} 09:00",
            }
            for meeting, title in rows
        ]
    }


def news(rows: Iterable[tuple[Article, str]]) -> dict[str, Any]:
    """Give the data of a news list."""
    return {
        "pages": [
            {
                "title": article.title,
                "uri": article.path,
                "published": moments.local(article.published),
                "organization": "Borås Stad",
                "preamble": intro,
                "subject": None,
                "fromDate": None,
                "toDate": None,
            }
            for article, intro in rows
        ]
    }


def files(listed: Iterable[File]) -> dict[str, Any]:
    """Give the data of a file list: sizes in bytes, moments without offset."""
    return {
        "files": [
            {
                "id": f"18.{file.node}",
                "name": file.name,
                "url": file.path,
                "fileSize": swedish.size_in_bytes(file.size),
                "lastModifiedDateTime": moments.local(file.uploaded),
                "lastModifiedBy": "redaktor-0000",
            }
            for file in listed
        ]
    }


def notices(items: Iterable[BoardItem]) -> dict[str, Any]:
    """Give the data of the notice board's adjusted minutes."""
    return {
        "initialNotices": [
            {
                "title": item.title,
                "uri": item.path,
                "published": item.posted.isoformat(),
                "text": "\n".join(item.lines),
                "link": {"text": item.link_text, "uri": item.document},
            }
            for item in items
        ]
    }


def announcements(told: Sequence[tuple[Announcement, str]]) -> dict[str, Any]:
    """Give the data of the notice board's coming meetings."""
    return {
        "announcements": [
            {
                "title": each.meeting.body.name,
                "uri": each.meeting.path if each.meeting.node else None,
                "published": each.posted.isoformat(),
                "text": sentence,
            }
            for each, sentence in told
        ]
    }


def dress(page: str) -> str:
    """Give a page with custom elements for portlets, and the headings below the first deeper."""
    document = html.document_fromstring(page)
    for element in document.iter("div", *_DEEPER):
        tag = str(element.tag)
        first = (element.get("class") or "").partition(" ")[0]
        element.tag = _DEEPER.get(tag) or _TAGS.get(first, tag)
    written = html.tostring(document, encoding="unicode", doctype="<!DOCTYPE html>")
    return f"{written}\n"
