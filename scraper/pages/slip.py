"""One item of a notice board: its title, its labelled days, where it is kept, and its links."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from scraper.cities import City
from scraper.document import Document
from scraper.documents import clean_name
from scraper.lines import Line
from scraper.pages.slips import Slip, fields, on_web
from scraper.pages.words import (
    ADJUSTED,
    BODY,
    FIELDS,
    HELD,
    KEPT,
    MEETING,
    MINUTES,
    OTHER,
    POSTED,
    SUBJECT,
    UNTIL,
)
from scraper.personal import redacted
from scraper.raw import RawDay, RawNotice
from scraper.vendors import files
from scraper.vendors.sitevision import Labelled

_MINUTES: Final = re.compile(r"\bprotokoll|\bprotkoll", re.IGNORECASE)
_MEETING: Final = re.compile(r"sammanträden?\b|\bmöten?\b|\bkallelse", re.IGNORECASE)
_NUMBERS: Final = r"(?<!§)§+\s*\d+(?:\s*(?:,|och)\s*§?\s*\d+)*(?!\s*[-–]\s*§?\s*\d)(?!\d)"
_AT_ONCE: Final = r"omedelbar\w*\s+juster\w*"
_IMMEDIATE: Final = re.compile(
    rf"(?:{_NUMBERS}\W*(?:protokoll\W*)?)?{_AT_ONCE}(?:\W*(?:av\s+)?{_NUMBERS})?", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"^\d+\.\s*")  # of a numbered list, put there by our own reading
_PARAGRAPH: Final = re.compile(_NUMBERS)


def read(city: City, page: Document, slip: Slip, *, section: str | None, where: str) -> RawNotice:
    """Read one item; `section` is what the part of the board in which it stands is about."""
    told: dict[str, Labelled] = {}
    labelled = fields((slip.title, *slip.lines))
    for field in labelled:
        label = FIELDS[field.label]
        if label not in told or not (told[label].value.text or told[label].value.times):
            told[label] = field
    body = told[BODY].value.text or None if BODY in told else None
    title = _title_text(slip.title)
    if labelled and labelled[0].at == 0:  # «Kulturnämnden Anslaget den: …», «Organ: Kulturnämnden»
        title = labelled[0].before or body or ""
    document, name = _document(page, slip)
    at_once = _at_once(title, name or "", slip.lines)
    about = _about(told, section)
    if about != MINUTES:
        return _told_of(city, page, slip, title, about)
    return RawNotice(
        where=where,
        about=about,
        title=title,
        url=page.url if where == "page" else _own_page(city, page, slip.title),
        committee=body,
        posted=_day(told.get(POSTED)),
        held=_day(told.get(HELD)),
        adjusted=_day(told.get(ADJUSTED)),
        until=_day(told.get(UNTIL)),
        kept_at=_kept((slip.title, *slip.lines), told.get(KEPT)),
        document=document,
        document_name=name,
        immediate=at_once,
    )


def _title_text(line: Line) -> str:
    """Give a title's own words: those of its link, where more than it stands on the line."""
    words = line.links[0][1] if len(line.links) == 1 and not line.heading else ""
    own = _NUMBER.sub("", line.text) if line.kind == "ol" else line.text
    return clean_name(words or own)


def _about(told: Mapping[str, Labelled], section: str | None) -> str:
    """Tell what an item is about: by its labels, by what the city calls it, by where it stands."""
    held = HELD in told and section != MEETING  # «Sammanträdesdatum» is also that of a coming one
    if ADJUSTED in told or held:
        return MINUTES
    subject = told[SUBJECT].value.text if SUBJECT in told else ""
    if subject:
        minutes, meeting = _MINUTES.search(subject), _MEETING.search(subject)
        return MINUTES if minutes else MEETING if meeting else OTHER
    return section or OTHER


def _told_of(city: City, page: Document, slip: Slip, title: str, about: str) -> RawNotice:
    """Give title and link alone, and the day of a meeting that has no page."""
    links = (link for line in (slip.title, *slip.lines) for link in line.links)
    url = next((address(city, page, href) for href, _ in links if on_web(page, href)), None)
    days = (line.text for line in (slip.title, *slip.lines) if _MEETING.search(line.text))
    day = next(days, None) if about == MEETING and url is None else None
    return RawNotice(
        where="board", about=about, title=title, url=url, held=RawDay(text=day) if day else None
    )


def _own_page(city: City, page: Document, title: Line) -> str | None:
    """Give where a title leads, unless that is a file, or the page of a body or a meeting."""
    for href, _ in title.links:
        link = city.link(page.absolute(href) or "")
        if not files.is_download(href) and (link is None or link.kind == "notice"):
            return address(city, page, href)
    return None


def address(city: City, page: Document, href: str) -> str | None:
    """Give an absolute address, as links are followed where it is one to follow."""
    url = page.absolute(href)
    link = city.link(url or "")
    return link.url if link else url


def _day(field: Labelled | None) -> RawDay | None:
    if field is None or _leads_to_minutes(field.value):
        return None if field is None else RawDay()
    stamps = tuple(stamp for stamp, _ in field.value.times if stamp)
    return RawDay(text=field.value.text or None, stamps=stamps)


def _leads_to_minutes(line: Line) -> bool:
    """Tell the link to the minutes, which is no value of the label above it."""
    return any(files.is_download(url) or _MINUTES.search(text) for url, text in line.links)


def _kept(lines: Sequence[Line], field: Labelled | None) -> str | None:
    """Give where the minutes are kept; an address that ends with a comma goes on below."""
    if field is None or _leads_to_minutes(field.value):
        return None
    words, at = field.value.text, field.at + 1
    if at < len(lines) and lines[at] is field.value:
        at += 1
    taken = {found.at for found in fields(lines)}
    while words.endswith(",") and at < len(lines) and at not in taken and not lines[at].links:
        words, at = f"{words} {lines[at].text}", at + 1
    return redacted(words) or None


def _document(page: Document, slip: Slip) -> tuple[str | None, str | None]:
    """Give the address of the minutes and the link's words: a file, or what is called so."""
    below = [link for line in slip.lines for link in line.links]
    links = [*below, *(link for link in slip.title.links if files.is_download(link[0]))]
    downloads = [link for link in links if files.is_download(link[0])]
    named = [link for link in links if _MINUTES.search(link[1])]
    href, text = next(iter((*downloads, *named)), (None, None))
    return (page.absolute(href), text) if href else (None, None)


def _at_once(title: str, document: str, lines: Sequence[Line]) -> str | None:
    """Give the words that tell of one paragraph, adjusted at once; best those with its number."""
    texts = (title, document, *(line.text for line in lines))
    found = [*map(_IMMEDIATE.search, texts), _PARAGRAPH.search(title), _PARAGRAPH.search(document)]
    words = [match[0] for match in found if match]
    return next((one for one in words if re.search(r"\d", one)), next(iter(words), None))
