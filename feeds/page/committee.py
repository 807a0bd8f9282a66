"""A committee's page, or that of several: what comes next, how to follow it, what has been."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Final

from feeds import phrases
from feeds.edition import ALL, GROUPS, by_name, committee_of
from feeds.page.documents import Paper, chief
from feeds.page.site import Row, Site
from feeds.page.subscribe import Panel, panel
from feeds.place import location
from feeds.text import line, web
from records.model import Bundle, Committee, Meeting

NEWS: Final = 8
"""How many of the city's articles about a committee are shown."""

EVENTS: Final = 5
"""How many of the next meetings search engines are told of by a committee's page."""

COMING: Final = 20
"""How many of the meetings of several committees are shown."""

_YEAR: Final = timedelta(days=365)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One of the city's own articles."""

    title: str
    url: str | None
    iso: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A meeting that has been, with the documents people look for, and how many decisions."""

    row: Row
    papers: tuple[Paper, ...]
    decisions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicView:
    """All that the page of several committees together shows."""

    slug: str
    name: str
    members: tuple[tuple[str, str | None], ...]
    panel: Panel
    coming: tuple[Row, ...]
    embed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteeView:
    """All that a committee's page shows."""

    slug: str
    name: str
    group: str
    url: str | None
    ended: str
    successors: tuple[tuple[str, str | None], ...]
    following: Row | None
    facts: tuple[str, ...]
    panel: Panel
    coming: tuple[Row, ...]
    years: tuple[tuple[int, tuple[Held, ...]], ...]
    news: tuple[Article, ...]
    places: tuple[str, ...]
    embed: str
    events: tuple[str, ...]


def view(site: Site, committee: Committee) -> CommitteeView:
    """Give what the page of a committee shows."""
    speech, slug = site.language, committee.slug
    name = line(committee.name) or slug
    following = site.next_of((slug,))
    coming = [one for one in site.coming if one.committee == slug]
    return CommitteeView(
        slug=slug,
        name=name,
        group=speech.say(_group(committee)),
        url=web(committee.url),
        ended=speech.day(committee.until) if _over(site, committee) and committee.until else "",
        successors=tuple(
            (line(committee_of(site.edition, other).name), site.body_page(other))
            for other in committee.successors
        ),
        following=site.row(following) if following else None,
        facts=tuple(_facts(site, following)) if following else (),
        panel=panel(site, slug, name, email=committee.email_subscription),
        coming=site.rows(coming),
        years=tuple(_years(site, slug)),
        news=tuple(_news(site, slug)),
        places=tuple(_places(site, slug)),
        embed=site.edition.address(site.page(f"embed/{slug}/")),
        events=tuple(site.event(one) for one in coming[:EVENTS]),
    )


def topic(site: Site, bundle: Bundle | None) -> TopicView:
    """Give what the page of a bundle shows, or without one that of the whole city."""
    city = line(site.edition.city.name)
    slug = bundle.slug if bundle else ALL
    name = line(bundle.name) if bundle else site.language.say("Hela {city}", city=city)
    members = bundle.committees if bundle else tuple(site.names)
    coming = [one for one in site.coming if one.committee in members]
    bodies = by_name(site.names[one] for one in members if one in site.names)
    return TopicView(
        slug=slug,
        name=name,
        members=tuple((site.name(one.slug), site.body_page(one.slug)) for one in bodies),
        panel=panel(site, slug, name),
        coming=site.rows(coming[:COMING]),
        embed="" if bundle else site.edition.address(site.page(f"embed/{slug}/")),
    )


def _group(committee: Committee) -> str:
    return next(title for title, kinds in GROUPS if committee.classification in kinds)


def _over(site: Site, committee: Committee) -> bool:
    return committee.until is not None and committee.until < site.edition.today


def _facts(site: Site, meeting: Meeting) -> Iterator[str]:
    """Tell of the next meeting who may come, and whether it is sent."""
    yield site.language.say(phrases.ACCESS[meeting.access])
    if meeting.webcast:
        yield site.language.say("Sänds på webben")


def _years(site: Site, slug: str) -> Iterator[tuple[int, tuple[Held, ...]]]:
    """Give what has been by year, newest first."""
    coming = {one.id for one in site.coming}
    past = [one for one in reversed(site.of.get(slug, [])) if one.id not in coming]
    for year, meetings in groupby(past, key=lambda one: phrases.day_of(one.start).year):
        yield (
            year,
            tuple(
                Held(
                    row=site.row(one),
                    papers=chief(site.language, one.documents),
                    decisions=len(one.decisions),
                )
                for one in meetings
            ),
        )


def _news(site: Site, slug: str) -> Iterator[Article]:
    """Give the newest articles that name a committee."""
    found = [one.record for one in site.edition.news if slug in one.record.committees]
    dated = [(phrases.day_of(one.published), one) for one in found if one.published]
    for day, item in sorted(dated, key=lambda it: (it[0], it[1].id), reverse=True)[:NEWS]:
        yield Article(
            title=line(item.title),
            url=web(item.url),
            iso=day.isoformat(),
            day=site.language.day(day),
        )


def _places(site: Site, slug: str) -> Iterator[str]:
    """Give where it has met and will meet, the most usual place first, over a year's meetings."""
    start: date = site.edition.today - _YEAR
    held = [
        location(one.location, site.edition.city)
        for one in site.of.get(slug, [])
        if phrases.day_of(one.start) >= start
    ]
    counted = Counter(place for place in held if place)
    yield from sorted(counted, key=lambda place: (-counted[place], place))
