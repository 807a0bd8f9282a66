"""What one page said of one record, in the page's own words: text, tuples of text, or None."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from scraper.lines import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFile:
    """One file as listed: `name` with whatever hint is glued to it; `modified` a stamp as text."""

    name: str
    url: str | None
    section: str | None = None
    size: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawMeeting:
    """A meeting's own page (`where` is `page`), or the row that another page has for it.

    `time` are the words beside the label and `stamps` the machine-readable values among them.
    `intro` stands before time and place, `notes` are the other sentences that speak of it, the
    lines of its programme among them. `files` is None where the page shows no list of files at all:
    they may be drawn by a script. `drawn`: a script draws one of its lists and fetches its data.
    `modified` is when the page says that it was last changed.
    """

    where: str
    committee: str | None
    url: str | None = None
    node: str | None = None
    heading: str | None = None
    share_name: str | None = None
    row: str | None = None
    year: str | None = None
    time: str | None = None
    stamps: tuple[str, ...] = ()
    place: str | None = None
    place_url: str | None = None
    modified: str | None = None
    intro: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    files: tuple[RawFile, ...] | None = None
    drawn: bool = False
    agenda: tuple[str, ...] = ()
    decisions: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RawNews:
    """An article (`where` is `page`), its row in a list (`list`), or its item in a feed (`feed`).

    `share_date` is the day in brackets after «Dela sidan», `body` the lines of the article's text
    with the introduction first, `links` those that lead to meetings and committees. `published` of
    a feed is as feeds write it.
    """

    where: str
    url: str
    node: str | None
    title: str
    summary: str | None = None
    published: str | None = None
    stamps: tuple[str, ...] = ()
    share_date: str | None = None
    body: tuple[Line, ...] = ()
    links: tuple[str, ...] = ()
    image: str | None = None
    image_text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCommittee:
    """A committee's own page."""

    name: str
    url: str


Raw: TypeAlias = RawMeeting | RawNews | RawCommittee
