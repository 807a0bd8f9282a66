"""A section of a notice board parted into its items, by headings, labels that come again, links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from scraper.cities import City
from scraper.document import Document
from scraper.lines import Line
from scraper.pages import words
from scraper.pages.spread import TITLE
from scraper.pages.words import DATED, FIELDS
from scraper.swedish import has_date
from scraper.vendors import files, sitevision
from scraper.vendors.sitevision import Labelled

_GENERIC: Final = re.compile(
    r"^(?:läs|till|visa|öppna|hämta|länk|kallelse|kungörelsen?$|protokoll|handling|pdf)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """The lines of one item; `title` is its first."""

    title: Line
    lines: tuple[Line, ...] = ()


def fields(lines: Sequence[Line]) -> list[Labelled]:
    """Give every labelled value among these lines, each under the first spelling of its label."""
    return list(sitevision.labelled(lines, FIELDS))


def slips(city: City, page: Document, lines: Sequence[Line], section: str | None) -> Iterator[Slip]:
    """Part the lines of one section of a board, about minutes, meetings or else, into its items.

    An item begins at a heading that is its title, or at the line above a label that the item before
    it has had; where there are no labels each link that fits the section is one.
    """
    heads = [n for n, line in enumerate(lines) if line.heading]
    for start, end in zip([0, *heads], [*heads, len(lines)], strict=True):
        if start == end:
            continue
        block = lines[start:end]
        if block[0].heading and is_title(city, block):
            yield Slip(title=block[0], lines=tuple(block[1:]))
        else:
            found = _headless(city, page, block)
            yield from found or _plain(city, page, block, section)


def is_title(city: City, block: Sequence[Line]) -> bool:
    """Tell a heading that begins an item from one over several: `block` is it and what follows."""
    head, below = block[0], block[1:]
    if head.kind == TITLE or head.links or "§" in head.text or names_body(city, head.text):
        return True
    labels = [FIELDS[field.label] for field in fields(below) if FIELDS[field.label] in DATED]
    links = [link for line in below for link in line.links]
    alone = not labels and len(links) == 1 and _more(links[0][1])
    return alone or (bool(labels) and len(labels) == len(set(labels)))


def names_body(city: City, text: str) -> bool:
    """Tell whether a text holds the name of one of the city's bodies."""
    folded = text.lower()
    return any(
        name.lower() in folded for body in city.committees for name in (body.name, *body.aliases)
    )


def _headless(city: City, page: Document, lines: Sequence[Line]) -> list[Slip]:
    """Part lines by the labels that come again; an item over which nothing stands has no title.

    Among them a link to the page of another notice is an item without labels.
    """
    starts: list[tuple[int, int]] = []  # where its title stands, where its own lines begin
    had: set[str] = set()
    floor = 0
    for field in fields(lines):
        label = FIELDS[field.label]
        if label in DATED and (not starts or label in had):
            title = field.at if field.before else _above(lines, floor, field.at)
            starts.append((title, title + 1) if title is not None else (field.at, field.at))
            had = set()
        had.add(label)
        floor = field.at + 1
    if starts:
        bare = {n for n, line in enumerate(lines) if _leads_to_notice(city, page, line)}
        starts = sorted([*starts, *((n, n + 1) for n in bare - {title for title, _ in starts})])
    ends = [*(title for title, _ in starts[1:]), len(lines)]
    return [
        Slip(
            title=lines[title] if title < start else Line(kind=TITLE), lines=tuple(lines[start:end])
        )
        for (title, start), end in zip(starts, ends, strict=False)
    ]


def _leads_to_notice(city: City, page: Document, line: Line) -> bool:
    links = (city.link(page.absolute(href) or "") for href, text in line.links if not _more(text))
    return any(link and link.kind == "notice" for link in links)


def _more(text: str) -> bool:
    """Tell «Läs mer» and its kin, which lead to the item that they stand in."""
    return bool(_GENERIC.match(text))


def _above(lines: Sequence[Line], floor: int, at: int) -> int | None:
    """Give the line that stands above an item's first label: no image, no link to its minutes."""
    for n in range(at - 1, floor - 1, -1):
        told = any(files.is_download(url) for url, _ in lines[n].links)
        if lines[n].kind not in {"img", "app", "row"} and not told:
            return n
    return None


def _plain(
    city: City, page: Document, lines: Sequence[Line], section: str | None
) -> Iterator[Slip]:
    for line in lines:
        for href, text in line.links:
            if _fits(city, page, href, line.text, section):
                title = text or line.text
                yield Slip(title=Line(kind=TITLE, text=title, links=((href, title),)))
        if section == words.MEETING and not line.links and has_date(line.text):
            yield from [Slip(title=line)] if names_body(city, line.text) else []


def _fits(city: City, page: Document, href: str, text: str, section: str | None) -> bool:
    """Tell whether a link is an item of its section: not every link on a board is a notice."""
    link = city.link(page.absolute(href) or "")
    kind = link.kind if link else None
    match section:
        case words.OTHER:
            return on_web(page, href)
        case words.MINUTES:
            return kind == "notice" or files.is_download(href) or names_body(city, text)
        case words.MEETING:
            return kind in {"notice", "meeting"} or names_body(city, text)
        case _:
            return kind == "notice"


def on_web(page: Document, href: str) -> bool:
    """Tell the address of another page from a mailbox, a telephone, or a place on this page."""
    return page.absolute(href) is not None and href[:1] != "#"
