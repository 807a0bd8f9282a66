"""The notice board with its sections, and the page of one item.

What is empty here, and what is broken. A section on coming meetings may hold nothing: the pages
that have been seen show it so. Adjusted minutes hang for three weeks and some always do: a heading
over none of them, without a word of it, is a list that could not be read (`PageChanged`), for to
take it as empty would take every notice down. The city's words that there are none, and a script's
list that is there and empty, are claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from records.errors import PageChanged
from scraper.cities import City, Parsed
from scraper.document import Document
from scraper.lines import Line
from scraper.pages import slip, slips
from scraper.pages.spread import TITLE, spread
from scraper.pages.words import (
    ADJUSTED,
    BODY,
    HELD,
    KEPT,
    MEETING,
    MINUTES,
    OTHER,
    POSTED,
    UNTIL,
)
from scraper.raw import RawBoard, RawDay, RawNotice
from scraper.vendors import sitevision

_SECTIONS: Final = (
    (
        MINUTES,
        re.compile(
            r"(?:tillkännagivanden? (?:om|av) )?(?:justering(?:ar)? av |justera(?:t|de) )"
            r"(?:nämnd)?protokoll\b.*|protokolls?justeringar?",
            re.IGNORECASE,
        ),
    ),
    (
        MEETING,
        re.compile(
            r"(?:kommunfullmäktige och )?(?:kommande )?(?:nämnd)?sammanträden"
            r"|kungörelser? om .*sammanträden",
            re.IGNORECASE,
        ),
    ),
)
_OTHERS: Final = re.compile(
    r"\b(?:kungörelser?|tillkännagivanden?|underrättelser?|delgivningar?|bygglov\w*|anslag"
    r"|detaljplaner?|samråd|granskning|övriga?t?|annat)\b",
    re.IGNORECASE,
)
_CALLED: Final = {
    MINUTES: "Justering av protokoll",
    MEETING: "Kommande sammanträden",
    OTHER: "Kungörelser",
}
_NO_NOTICE: Final = re.compile(
    r"\b(?:inga|inget|ingen)\b[^.]{0,200}\b(?:anslag|protokoll|justering(?:ar)?|tillkännagivanden?)\b",
    re.IGNORECASE,
)
_CONTACT: Final = re.compile(r"kontakt|frågor", re.IGNORECASE)
_MORE: Final = re.compile(
    r"(?:visa fler|fler anslag|äldre anslag|visa alla|nästa(?: sida)?\b|sida \d+ av \d+"
    r"|hasmore: |total\w*: |numberofhits: ).*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    """A part of the board: what it is about (None: not of notices), its heading, its lines."""

    about: str | None = None
    heading: Line | None = None
    lines: list[Line] = field(default_factory=list)

    @property
    def level(self) -> int:
        return (self.heading.heading or 6) if self.heading else 0


def parse_board(city: City, page: Document) -> Parsed:
    """The notice board; what is kept of it is what was read, and no more."""
    parts = sitevision.parts(page, _resumes)
    if parts.heading is None:
        raise PageChanged(page.url, "a main heading")
    sections = _sections(city, list(spread(page, parts.content)))
    found = [(section, list(_notices(city, page, section))) for section in sections]
    raws = tuple(raw for _, own in found for raw in own)
    about_minutes = [section for section in sections if section.about == MINUTES]
    if not any(raw.about == MINUTES for raw in raws):
        if not any(section.about for section in sections) and not _says_none(sections):
            raise PageChanged(page.url, "a heading or a label of the notice board")
        if not _says_none(about_minutes or sections):
            raise PageChanged(page.url, "adjusted minutes, or the words that there are none")
    lines = (line for section in sections for line in section.lines)
    more = dict.fromkeys(line.text for line in lines if _MORE.fullmatch(line.text))
    told = [line for section, own in found for line in _kept_section(section, own)]
    kept = page.only(
        (replace(parts.heading, links=()), *told, *(Line(kind="p", text=words) for words in more))
    )
    return (*raws, RawBoard(more=tuple(more))), kept


def parse_notice(city: City, page: Document) -> Parsed:
    """The own page of an item that is about adjusted minutes; any other is not read."""
    parts = sitevision.parts(page)
    if parts.heading is None:
        raise PageChanged(page.url, "a main heading")
    lines = tuple(spread(page, parts.content))
    item = slips.Slip(title=replace(parts.heading, links=()), lines=lines)
    raw = slip.read(city, page, item, section=None, where="page")
    if raw.about != MINUTES:
        raise PageChanged(page.url, "«Sammanträdet hölls» or «Protokollet justerades»")
    heading, *told = _lines(raw)
    return (raw,), page.only((replace(heading, kind="h1", links=()), *told))


def _resumes(line: Line) -> bool:
    """Tell the section that comes after a contact box from a box for one kind of notice."""
    return _about(line) is not None and not _CONTACT.search(line.text)


def _about(line: Line) -> str | None:
    """Tell what a section is about whose first line this is; None for any other line."""
    if line.kind == TITLE or line.links or line.kind in {"row", "app", "img"}:
        return None
    for about, words in _SECTIONS:
        if words.fullmatch(line.text.rstrip(": .")):
            return about
    return OTHER if line.heading and _OTHERS.search(line.text) else None


def _sections(city: City, lines: Sequence[Line]) -> list[_Section]:
    """Part the board by its headings; one that begins an item, or is below its section's, stays."""
    found = [_Section()]
    for n, line in enumerate(lines):
        about, last = _about(line), found[-1]
        within = bool(line.heading) and last.about is not None and line.heading > last.level
        if about and not (about == OTHER and within):
            found.append(_Section(about=about, heading=line))
        elif line.heading and not within and not slips.is_title(city, _block(lines, n)):
            found.append(_Section(heading=line))
        else:
            last.lines.append(line)
    return found


def _block(lines: Sequence[Line], at: int) -> Sequence[Line]:
    """Give a heading with the lines below it, up to the next."""
    end = next((n for n in range(at + 1, len(lines)) if lines[n].heading), len(lines))
    return lines[at:end]


def _notices(city: City, page: Document, section: _Section) -> Iterator[RawNotice]:
    for item in slips.slips(city, page, section.lines, section.about):
        raw = slip.read(city, page, item, section=section.about, where="board")
        link = city.link(raw.url) if raw.url else None
        ours = section.about or raw.about == MINUTES or (link and link.kind == "notice")
        if ours and not _MORE.fullmatch(raw.title):
            yield raw


def _says_none(sections: Sequence[_Section]) -> bool:
    return any(_saying(sections))


def _saying(sections: Sequence[_Section]) -> Iterator[Line]:
    for section in sections:
        yield from (x for x in section.lines if x.kind == "app" or _NO_NOTICE.search(x.text))


def _bare(lines: Sequence[Line]) -> list[Line]:
    return [replace(line, links=(), times=()) for line in lines]


def _kept_section(section: _Section, raws: Sequence[RawNotice]) -> Iterator[Line]:
    """Give what is kept of a section: its heading, what it holds, or its words that it is empty."""
    heading = section.heading and Line(kind=section.heading.kind, text=section.heading.text)
    if not raws:
        saying = list(_saying([section]))
        if heading and (section.about or saying):
            yield heading
        yield from _bare(saying)
    here: str | None = None
    for raw in raws:
        if raw.about != here:
            here = raw.about
            own = heading if heading and section.about == here else None
            yield own or Line(kind="h2", text=_CALLED[here])
        yield from _lines(raw)


def _lines(raw: RawNotice) -> Iterator[Line]:
    """Write what was read of an item as the lines that are read as the same again."""
    yield Line(kind=TITLE, text=raw.title, links=((raw.url, raw.title),) if raw.url else ())
    if raw.about != MINUTES:
        yield from [Line(kind="p", text=raw.held.text or "")] if raw.held else []
        return
    if raw.immediate:
        yield Line(kind="p", text=raw.immediate)
    for label, words in ((BODY, raw.committee), (KEPT, raw.kept_at)):
        yield from [Line(kind="p", text=f"{label}: {words}")] if words else []
    for label, day in (
        (POSTED, raw.posted),
        (HELD, raw.held),
        (ADJUSTED, raw.adjusted),
        (UNTIL, raw.until),
    ):
        yield from _dated(label, day)
    if raw.document:
        name = raw.document_name or ""
        yield Line(kind="p", text=name, links=((raw.document, name),))


def _dated(label: str, day: RawDay | None) -> Iterator[Line]:
    if day:
        times = tuple((stamp, "") for stamp in day.stamps)
        yield Line(kind="p", text=f"{label}: {day.text or ''}".strip(), times=times)
