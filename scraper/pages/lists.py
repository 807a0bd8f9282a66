"""Pages that list meetings: the calendar, a committee's years, its own page, and the sidebars."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import Final

from records.errors import PageChanged
from scraper.cities import City, Parsed
from scraper.document import Document
from scraper.lines import Line
from scraper.raw import RawCommittee, RawMeeting
from scraper.vendors import rows, sitevision

MEETINGS: Final = "sammanträden|möten"
NEWS: Final = "nyheter"
"""What a list may say that it holds none of: one kind's words say nothing of another's."""


def parse_listing(city: City, page: Document) -> Parsed:
    """One committee's meetings by year: «Sammanträdet den …» below the heading of each year."""
    parts = sitevision.parts(page)
    kept = page.only(parts.kept(widgets=False))
    body = _named_in(city, parts.heading.text if parts.heading else page.title)
    found = _listed(city, kept, parts.content, "listing", body)
    years = any(re.search(r"\b20\d\d\b", line.text) for line in parts.content if line.heading)
    if not found and not years and not says_none(parts.content, MEETINGS):
        raise PageChanged(page.url, "meetings, years, or the words that there are none")
    return found, kept


def parse_calendar(city: City, page: Document) -> Parsed:
    """The whole «Sammanträdeskalender»: what is planned, for all committees."""
    parts = sitevision.parts(page)
    lines = parts.content or parts.calendar
    kept = page.only(parts.kept(widgets=not parts.content))
    found = _listed(city, kept, lines, "calendar", None)
    if not found and not says_none(lines, MEETINGS):
        raise PageChanged(page.url, "meetings, or the words that there are none")
    return found, kept


def parse_start(city: City, page: Document) -> Parsed:
    """A page that is read for its widget of the next meetings, and for where it leads."""
    parts = sitevision.parts(page)
    kept = page.only(parts.kept(widgets=True))
    found = _listed(city, page.only(parts.calendar), parts.calendar, "widget", None)
    if not found and not city.links(kept):
        raise PageChanged(page.url, "any link to meetings or news")
    return found, replace(kept, feeds=page.feeds)


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
        link = city.link(page.absolute(url) or "")
        return link is not None and link.kind == "meeting"

    heading = next((line.text for line in page.lines if line.heading == 1), "")
    year = rows.year_in(heading)
    of = rows.List(page=page, where=where, body=body, wanted=wanted, year=year)
    lines = sitevision.badges(lines)
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


def says_none(lines: Sequence[Line], what: str) -> bool:
    """Tell whether a page says that there is nothing to list: `MEETINGS` or `NEWS`."""
    none = re.compile(rf"\b(?:inga|ingen)\b.{{0,200}}\b(?:{what})\b", re.IGNORECASE)
    return any(none.search(line.text) for line in lines)


def _named_in(city: City, text: str) -> str | None:
    """Give the longest committee name that a heading holds."""
    names = [name for body in city.committees for name in (body.name, *body.aliases)]
    return max((name for name in names if name.lower() in text.lower()), key=len, default=None)
