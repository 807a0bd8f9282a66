"""The start page: what comes next, and every committee with the way to follow it."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from feeds.edition import ALL, grouped
from feeds.page.site import Row, Site
from feeds.page.subscribe import Feed, feeds
from feeds.text import line
from records.model import Bundle, Committee

NEXT: Final = 10
"""How many meetings stand on the start page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One committee or bundle: when it meets next, and where to follow it."""

    slug: str
    name: str
    href: str
    members: tuple[str, ...]
    following: Row | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StartView:
    """All that the start page shows."""

    days: tuple[tuple[Row, tuple[Row, ...]], ...]
    groups: tuple[tuple[str, tuple[Card, ...]], ...]
    feeds: tuple[Feed, ...]
    files: tuple[tuple[str, str], ...]


def view(site: Site) -> StartView:
    """Give what the start page shows."""
    speech, city = site.language, line(site.edition.city.name)
    rows = site.rows(site.coming[:NEXT])
    days = tuple(
        (held[0], tuple(held))
        for held in (list(group) for _, group in groupby(rows, key=lambda row: row.day))
    )
    groups = [
        (speech.say(title), tuple(_card(site, one) for one in committees))
        for title, committees in grouped(site.edition)
    ]
    topics = tuple(_topic(site, one) for one in site.edition.city.bundles)
    whole = speech.say("Hela {city}", city=city)
    every = Card(
        slug=ALL,
        name=whole,
        href=site.page(f"{ALL}/"),
        members=(),
        following=_next(site, site.names),
    )
    return StartView(
        days=days,
        groups=(*groups, (speech.say("Hela staden och ämnen"), (every, *topics))),
        feeds=feeds(site, ALL, whole),
        files=tuple(_files(site)),
    )


def _card(site: Site, committee: Committee) -> Card:
    return Card(
        slug=committee.slug,
        name=line(committee.name) or committee.slug,
        href=site.page(f"{committee.slug}/"),
        members=(),
        following=_next(site, (committee.slug,)),
    )


def _topic(site: Site, bundle: Bundle) -> Card:
    return Card(
        slug=bundle.slug,
        name=line(bundle.name),
        href=site.page(f"{bundle.slug}/"),
        members=tuple(site.name(slug) for slug in bundle.committees if slug in site.names),
        following=_next(site, bundle.committees),
    )


def _next(site: Site, slugs: Container[str]) -> Row | None:
    following = site.next_of(slugs)
    return site.row(following) if following else None


def _files(site: Site) -> Iterator[tuple[str, str]]:
    """Give the files for machines with their words."""
    for name, words in (
        ("feeds.opml", "alla flöden som OPML"),
        ("data/meeting.jsonl", "sammanträden"),
        ("data/committee.jsonl", "nämnder"),
        ("data/news.jsonl", "nyheter"),
        ("data/change.jsonl", "ändringar"),
    ):
        if href := site.file(name):
            yield href, site.language.say(words)
