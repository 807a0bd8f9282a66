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
    lines of its programme among them. `remark` is what stands in a field such as «Status». `files`
    is None where the page shows no list of files at all: they may be drawn by a script. `drawn`: a
    script draws one of its lists and fetches its data. `modified` is when the page says that it was
    last changed.
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
    remark: str | None = None
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


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDay:
    """What stands beside a label that asks for a day: words, and the machine-readable values."""

    text: str | None = None
    stamps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RawNotice:
    """An item of the notice board (`where` is `board`), or that item's own page (`page`).

    `about` is `minutes`, `meeting` (one that is announced) or `other`; of the last two nothing is
    kept but the title and where it leads. A day is None where its label is missing. `immediate` are
    the words that tell of a single paragraph. `until`, when the city takes it down, is no part of
    the record.
    """

    where: str
    about: str
    title: str
    url: str | None = None
    committee: str | None = None
    posted: RawDay | None = None
    held: RawDay | None = None
    adjusted: RawDay | None = None
    until: RawDay | None = None
    kept_at: str | None = None
    document: str | None = None
    document_name: str | None = None
    immediate: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawBoard:
    """The notice board itself; `more` are the words by which it says that it goes on elsewhere."""

    more: tuple[str, ...] = ()


Raw: TypeAlias = RawMeeting | RawNews | RawCommittee | RawNotice | RawBoard
