"""How Borås Stad's pages are laid out: one parser for each kind of page, found by words alone.

The site's own markup has not been seen; what is known are its headings, labels, order of lines and
the shapes of its addresses. A parser gives what the page says in its own words, and the part of the
page that is worth keeping. A page without its marks raises `PageChanged`: empty is a claim too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Final
from urllib.parse import urljoin

from records.errors import PageChanged
from scraper.cities import City, Parser
from scraper.document import Document
from scraper.lines import Line
from scraper.raw import Raw, RawCommittee, RawMeeting, RawNews
from scraper.vendors import rows, sitevision

VERSION: Final = 1
"""Raised with every change of what a parser gives: stored pages are then read again."""

AGENDA: Final = frozenset(
    {"ärendelista", "föredragningslista", "ärenden", "beslutsärenden", "dagordning"}
)
DECISIONS: Final = frozenset({"sammanfattning av beslut", "beslut i korthet"})
_LABELS: Final = (rows.TIME, rows.PLACE)
_NONE_PLANNED: Final = re.compile(
    r"\b(?:inga|ingen)\b.*\b(?:sammanträden|möten|nyheter)\b", re.IGNORECASE
)
_PUBLISHED: Final = re.compile(r"^(?:artikeln )?publicera[dt](?:es)?\s*:?\s*", re.IGNORECASE)
_DECIDED: Final = re.compile(r"^beslut\s*:\s*", re.IGNORECASE)

Parsed = tuple[tuple[Raw, ...], Document]


def parse_meeting(_: City, page: Document) -> Parsed:
    """One meeting's own page."""
    parts = sitevision.parts(page)
    content = parts.content
    name = sitevision.share(parts.foot)[1]
    fields = list(sitevision.labelled(content, _LABELS))
    heading = parts.heading.text if parts.heading else None
    if not any("sammanträde" in (text or "").lower() for text in (heading, name)):
        raise PageChanged(page.url, "a heading with the word «sammanträde»")
    time = next((f.value for f in fields if f.label == rows.TIME), None)
    place = next((f.value for f in fields if f.label == rows.PLACE), None)
    intro, notes, rest = _split(content, [f.at for f in fields])
    decided, others = _apart(rest)
    kept = page.only(parts.kept(widgets=False))
    raw = RawMeeting(
        where="page",
        committee=re.split(r"\s*,", heading or name or "")[0] or None,
        url=page.url,
        node=sitevision.node_id(page.url),
        heading=heading,
        share_name=name,
        time=time.text if time else None,
        stamps=tuple(stamp for stamp, _ in time.times if stamp) if time else (),
        place=(place.text or None) if place else None,
        intro=tuple(line.text for line in intro),
        notes=tuple(line.text for line in notes),
        files=sitevision.files(kept, rest),
        agenda=tuple(_agenda(others)),
        decisions=tuple(_decisions(decided)),
    )
    return (raw,), kept


def _split(
    content: Sequence[Line], labels: Sequence[int]
) -> tuple[Sequence[Line], Sequence[Line], Sequence[Line]]:
    """Give the lines before time and place, those after them, and the sections that follow."""
    starts = [n for n, line in enumerate(content) if line.heading or _begins_files(line)]
    first = min([n for n in starts if not labels or n > labels[0]], default=len(content))
    inside = [at for at in labels if at < first]
    after = inside[-1] + 1 if inside else 0
    intro = content[: inside[0]] if inside else content[:first]
    notes = content[after:first] if inside else ()
    return _prose(intro), _prose(notes), content[first:]


def _prose(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.kind in {"p", "li", "ol"} and line.text]


def _is_file(line: Line) -> bool:
    inside = (link for part in (line, *line.cells) for link in part.links)
    return any(sitevision.is_download(url) for url, _ in inside)


def _begins_files(line: Line) -> bool:
    header = line.kind == "row" and any(cell.text.lower() == "filnamn" for cell in line.cells)
    return header or line.kind == "caption" or _is_file(line)


def _heading(line: Line) -> str:
    return line.text.lower().rstrip(": ")


def _apart(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Give the section that sums up the decisions, and all other lines.

    It ends at a heading above those of its decisions, or at the agenda's.
    """
    level: int | None = None  # of the decisions' headings; 0 before the first, None outside
    inside, outside = list[Line](), list[Line]()
    for line in lines:
        if line.heading and _heading(line) in DECISIONS:
            level = 0
        elif line.heading and level is not None:
            ends = line.heading < level or _heading(line) in AGENDA
            level = None if ends else level or line.heading
        (outside if level is None else inside).append(line)
    return inside, outside


def _agenda(lines: Sequence[Line]) -> Iterator[str]:
    """Give the agenda's lines; a numbered list below the files has no heading on some pages."""
    here = ""
    for line in lines:
        if line.heading or _heading(line) in AGENDA:
            here = _heading(line)
        elif (here in AGENDA or line.kind == "ol") and _is_prose(line):
            yield line.text


def _is_prose(line: Line) -> bool:
    return line.kind in {"p", "li", "ol"} and not _is_file(line)


def _decisions(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """Give (title, text) of each decision summed up: a heading and what stands below it."""
    title, text = "", list[str]()
    for line in (*lines, Line(kind="h2")):
        if line.heading:
            if title:
                yield title, " ".join(text)
            title, text = "" if _heading(line) in DECISIONS else line.text, []
        elif title and _is_prose(line):
            text.append(_DECIDED.sub("Beslut: ", line.text))


def parse_listing(city: City, page: Document) -> Parsed:
    """One committee's meetings by year: «Sammanträdet den …» below the heading of each year."""
    parts = sitevision.parts(page)
    kept = page.only(parts.kept(widgets=False))
    body = _named_in(city, parts.heading.text if parts.heading else page.title)
    found = _listed(city, kept, parts.content, "listing", body)
    years = any(re.search(r"\b20\d\d\b", line.text) for line in parts.content if line.heading)
    if not found and not years and not _says_none(parts.content):
        raise PageChanged(page.url, "meetings, years, or the words that there are none")
    return found, kept


def parse_calendar(city: City, page: Document) -> Parsed:
    """The whole «Sammanträdeskalender»: what is planned, for all committees."""
    parts = sitevision.parts(page)
    lines = parts.content or parts.calendar
    kept = page.only(parts.kept(widgets=not parts.content))
    found = _listed(city, kept, lines, "calendar", None)
    if not found and not _says_none(lines):
        raise PageChanged(page.url, "meetings, or the words that there are none")
    return found, kept


def parse_start(city: City, page: Document) -> Parsed:
    """A page that is read for its widget of the next meetings, and for where it leads."""
    parts = sitevision.parts(page)
    kept = page.only(parts.kept(widgets=True))
    found = _listed(city, kept.only(parts.calendar), parts.calendar, "widget", None)
    if not found and not city.links(kept):
        raise PageChanged(page.url, "any link to meetings or news")
    return found, kept


def parse_committee(city: City, page: Document) -> Parsed:
    """A committee's own page: its name, and what it shows of its next meetings."""
    parts = sitevision.parts(page)
    if parts.heading is None:
        raise PageChanged(page.url, "a main heading")
    kept = page.only(parts.kept(widgets=False))
    body = _named_in(city, parts.heading.text)
    found = _listed(city, kept, parts.content, "committee", body)
    own = (RawCommittee(name=body, url=page.url),) if body else ()
    return (*own, *found), kept


def _listed(
    city: City, page: Document, lines: Sequence[Line], where: str, body: str | None
) -> tuple[RawMeeting, ...]:
    """Give the meetings of a list in whatever form it has; an address is told once."""

    def wanted(url: str) -> bool:
        link = city.link(urljoin(page.url, url))
        return link is not None and link.kind == "meeting"

    of = rows.List(page=page, where=where, body=body, wanted=wanted)
    known, found = set[str](), list[RawMeeting]()
    for raw in chain(
        rows.labelled(of, lines),
        rows.in_tables(of, lines),
        rows.in_text(of, lines),
        rows.in_states(of),
    ):
        if raw.url is None or raw.url not in known:
            known.add(raw.url or "")
            found.append(raw)
    return tuple(found)


def _says_none(lines: Sequence[Line]) -> bool:
    return any(_NONE_PLANNED.search(line.text) for line in lines)


def _named_in(city: City, text: str) -> str | None:
    """Give the longest committee name that a heading holds."""
    names = [name for body in city.committees for name in (body.name, *body.aliases)]
    return max((name for name in names if name.lower() in text.lower()), key=len, default=None)


def parse_news_list(city: City, page: Document) -> Parsed:
    """The list of news: «Publicerad», a day, a title that is a link, and a cut introduction."""
    parts = sitevision.parts(page)
    lines = parts.content or parts.news
    kept = page.only(parts.kept(widgets=not parts.content))
    found = tuple(_news_rows(city, kept, lines))
    if not found and not _says_none(lines):
        raise PageChanged(page.url, "news, or the words that there are none")
    return found, kept


def _news_rows(city: City, page: Document, lines: Sequence[Line]) -> Iterator[RawNews]:
    published: str | None = None
    stamps: tuple[str, ...] = ()
    for n, line in enumerate(lines):
        if line.times or _PUBLISHED.match(line.text):
            published, stamps = _PUBLISHED.sub("", line.text), tuple(s for s, _ in line.times if s)
        link = next(
            (found for found in city.links(page.only((line,))) if found.kind == "news"), None
        )
        if link and (link.text or line.text):
            after = lines[n + 1] if n + 1 < len(lines) else None
            summary = after.text if after and not after.heading and not after.links else None
            yield RawNews(
                where="list",
                url=link.url,
                node=sitevision.node_id(link.url),
                title=link.text or line.text,
                published=published or None,
                stamps=stamps,
                summary=summary,
            )
            published, stamps = None, ()


def parse_article(city: City, page: Document) -> Parsed:
    """One article: title, when it was published, introduction and body."""
    parts = sitevision.parts(page)
    if parts.heading is None:
        raise PageChanged(page.url, "a main heading")
    kept = page.only(parts.kept(widgets=False))
    stamp = next((line for line in parts.content if _PUBLISHED.match(line.text)), None)
    body = [
        line for line in parts.content if line is not stamp and line.kind != "img" and line.text
    ]
    day = sitevision.share(parts.foot)[0]
    raw = RawNews(
        where="page",
        url=page.url,
        node=sitevision.node_id(page.url),
        title=parts.heading.text,
        summary=next((line.text for line in body if not line.heading), None),
        published=(_PUBLISHED.sub("", stamp.text) or None) if stamp else None,
        stamps=tuple(s for s, _ in stamp.times if s) if stamp else (),
        share_date=day,
        body=tuple((line.kind, line.text) for line in body),
        links=tuple(link.url for link in city.links(kept) if link.kind in {"meeting", "committee"}),
        image=next((line.text for line in parts.content if line.kind == "img"), None),
    )
    return (raw,), kept


PARSERS: Final[Mapping[str, Parser]] = {
    "start": parse_start,
    "hub": parse_start,
    "committee": parse_committee,
    "listing": parse_listing,
    "calendar": parse_calendar,
    "meeting": parse_meeting,
    "news-list": parse_news_list,
    "news": parse_article,
}
