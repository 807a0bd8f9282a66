"""What a reader should find on the model's pages, as plain dicts: the answers to the pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final
from urllib.parse import urljoin

from modelcity import addresses, lists
from modelcity.blocks import Agenda, Block, Decisions, File, FileList, Item, Words
from modelcity.model import Announcement, Article, BoardItem, Meeting, Part

_CITY: Final = "boras"


def meeting(meeting: Meeting) -> dict[str, Any]:
    """Give one meeting: `documents` None where its page does not tell, `place` without remarks."""
    known = meeting.files_known
    return {
        "id": f"{_CITY}:{meeting.node}" if meeting.node else None,
        "committee": meeting.body.name,
        "start": meeting.start.isoformat(),
        "end": _end(meeting),
        "status": meeting.status,
        "place": meeting.place.rstrip(" .") if meeting.place else None,
        "place_line": meeting.place_line,
        "access": meeting.access if meeting.node else "unknown",
        "public_from": f"{meeting.public_from:%H:%M}" if meeting.public_from else None,
        "webcast": meeting.webcast,
        "times": [(f"{clock:%H:%M}", told) for clock, told in meeting.times],
        "notices": list(_notices(meeting)),
        "documents": [file.name for file in meeting.files] if known else None,
        "files": _files(meeting) if known else None,
        "agenda": _agenda(meeting),
        "decisions": _decisions(meeting),
        "url": addresses.HOST + meeting.path if meeting.node else None,
        "heading": meeting.heading if meeting.node else None,
        "page_name": meeting.page_name if meeting.node else None,
        "created": meeting.created.isoformat() if meeting.node else None,
        "changed": meeting.changed.isoformat() if meeting.node else None,
    }  # fmt: skip


def _notices(meeting: Meeting) -> Iterator[str]:
    """Give the sentences about the meeting, in order; its programme stands in `times`."""
    yield from meeting.before
    if meeting.place_note:
        yield meeting.place_note
    yield from meeting.after
    yield from dict.fromkeys(text for block in meeting.blocks for text in _told(block))


def _told(block: Block) -> tuple[str, ...]:
    if isinstance(block, Words):
        return (*block.paragraphs, *block.after)
    return (block.note,) if isinstance(block, FileList) and block.note else ()


def file(file: File, section: str | None) -> dict[str, Any]:
    """Give one file of a meeting's page, under the heading that it stands under."""
    return {
        "section": section,
        "name": file.name,
        "url": addresses.HOST + file.path,
        "size": file.size,
        "uploaded": file.uploaded.isoformat(),
        "kind": file.kind,
        "role": file.role,
    }


def article(article: Article) -> dict[str, Any]:
    """Give one piece of news."""
    return {
        "id": f"{_CITY}:{article.node}",
        "title": article.title,
        "summary": article.intro,
        "published": article.published.isoformat(),
        "url": addresses.HOST + article.path,
        "committees": [article.body.name] if article.body else [],
        "meeting": f"{_CITY}:{article.meeting.node}" if article.meeting else None,
        "paragraphs": list(article.paragraphs),
        "body": [_part(article, part) for part in article.parts],
        "image": {"url": addresses.HOST + article.image_path, "alt": article.image},
        "outdated": article.outdated,
        "created": article.published.date().isoformat(),
        "cut": lists.cut(article.intro),
    }


def feed_item(article: Article) -> dict[str, Any]:
    """Give what the city's own feed tells of one piece of news."""
    return {
        "title": article.title,
        "url": addresses.HOST + article.path,
        "summary": article.intro,
        "published": article.published.isoformat(),
    }


def _part(article: Article, part: Part) -> dict[str, Any]:
    """Give a part of an article's body, its link made absolute."""
    if part.kind == "list":
        return {"kind": "list", "rows": [_part(article, row) for row in part.rows]}
    link = part.link and {
        "words": part.link.words,
        "url": urljoin(addresses.HOST + article.path, part.link.address),
    }
    return {"kind": part.kind, "text": part.text, "link": link}


def announcement(told: Announcement) -> dict[str, Any]:
    """Give one coming meeting as the board tells it; `meeting` is its id where it has a page."""
    meeting = told.meeting
    return {
        "section": "coming",
        "title": meeting.body.name,
        "committee": meeting.body.name,
        "posted": told.posted.isoformat(),
        "start": meeting.start.isoformat(),
        "place": meeting.place,
        "meeting": f"{_CITY}:{meeting.node}" if meeting.node else None,
        "url": addresses.HOST + meeting.path if meeting.node else None,
    }


def permit(path: str, title: str) -> dict[str, Any]:
    """Give an item of the board that is about no minutes: title and link are all."""
    return {"section": "other", "title": title, "url": addresses.HOST + path}


def notice(item: BoardItem) -> dict[str, Any]:
    """Give one item of the board; a date that is none is None and stands under `broken`."""
    adjusted = _date(item.adjusted)
    return {
        "section": "adjusted",
        "id": f"{_CITY}:{item.node}" if item.node else None,
        "title": item.title,
        "committee": item.committee,
        "posted": item.posted.isoformat(),
        "held": item.held,
        "adjusted": adjusted,
        "broken": [] if adjusted else [item.adjusted],
        "before_meeting": adjusted is not None and adjusted < item.held,
        "kept_at": item.kept_at,
        "document": addresses.HOST + item.document,
        "immediate": item.immediate,
        "url": addresses.HOST + item.path if item.path else None,
    }


def _end(meeting: Meeting) -> str | None:
    """Give the second day, which only file names tell."""
    if meeting.last_day is None:
        return None
    span = f"{meeting.start:%Y-%m-%d}-{meeting.last_day.day}"
    told = meeting.files_known and any(span in file.name for file in meeting.files)
    return meeting.last_day.isoformat() if told else None


def _files(meeting: Meeting) -> list[dict[str, Any]]:
    return [
        file(each, block.heading.strip() if block.heading else None)
        for block in meeting.blocks
        if isinstance(block, FileList)
        for each in block.files
    ]


def _agenda(meeting: Meeting) -> list[dict[str, Any]]:
    items = [item for block in meeting.blocks if isinstance(block, Agenda) for item in block.items]
    return [_item(item) for item in items]


def _item(item: Item) -> dict[str, Any]:
    return {
        "number": item.number,
        "title": item.title,
        "reference": item.reference,
        "code": item.code,
    }


def _decisions(meeting: Meeting) -> list[dict[str, str]]:
    return [
        {"title": decision.title, "text": decision.text}
        for block in meeting.blocks
        if isinstance(block, Decisions)
        for decision in block.items
    ]


def _date(printed: str) -> str | None:
    try:
        return date.fromisoformat(printed).isoformat()
    except ValueError:
        return None
