"""Which feeds an edition has, and what stands in each, before any of them has a format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from feeds import week
from feeds.edition import ALL, Edition, grouped
from feeds.entries import entries
from feeds.entry import Entry, tag
from feeds.text import line, web
from feeds.topics import SAID, TITLE, Topic
from feeds.watching import FOLDER, Watched
from records.model import Committee

LIMIT: Final = 100
"""How many entries a feed holds at most."""

TTL: Final = 240
"""How often a reader is asked to look again, in minutes."""

TOPICS: Final = "Ämnen"
"""The group of committees that are followed together."""

WATCHED: Final = "Bevakningar"
"""The group of subjects that settings watch for."""

_EVERYTHING: Final = "Allt som händer med sammanträden och handlingar"

Wanted = Callable[[Entry], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One feed before it has a format; `slug` names its files, `link` is its page at the city.

    `name` is what it is called among the city's feeds, `group` where it stands among them.
    """

    id: str
    slug: str
    group: str
    name: str
    title: str
    description: str
    link: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a feed is to be, and which entries it wants."""

    slug: str
    group: str
    name: str
    description: str
    wanted: Wanted
    link: str | None = None


def feeds(edition: Edition) -> tuple[Feed, ...]:
    """Give every feed: the city's, those of bundles, each committee's, whole and by kind."""
    told = entries(edition)
    city = line(edition.city.name)
    home = web(edition.city.url) or edition.address("")
    return tuple(
        Feed(
            id=tag(edition, plan.slug),
            slug=plan.slug,
            group=plan.group,
            name=plan.name,
            title=plan.name if plan.slug == week.SLUG else f"{plan.name} – {city}",
            description=plan.description,
            link=plan.link or home,
            entries=tuple(islice(filter(plan.wanted, told), LIMIT)),
        )
        for plan in plans(edition)
    )


def plans(edition: Edition) -> Iterator[Plan]:
    """Give what every feed is to be: the city's, bundles', subjects', committees', then by kind."""
    city = line(edition.city.name)
    yield Plan(
        slug=ALL,
        group=city,
        name="Alla sammanträden",
        description=f"{_EVERYTHING} i alla nämnder.",
        wanted=lambda entry: bool(entry.committees) or entry.only == ALL,
    )
    for topic in Topic:
        yield Plan(
            slug=topic,
            group=city,
            name=TITLE[topic],
            description=f"{SAID[topic]}.",
            wanted=_about(topic),
        )
    yield Plan(
        slug=week.SLUG,
        group=city,
        name=week.title(edition),
        description="Veckans sammanträden, och vad som kom förra veckan; en gång i veckan.",
        wanted=lambda entry: entry.only == week.SLUG,
    )
    names = {one.record.slug: line(one.record.name) for one in edition.committees}
    for bundle in edition.city.bundles:
        members = ", ".join(names[slug] for slug in bundle.committees if slug in names)
        yield Plan(
            slug=bundle.slug,
            group=TOPICS,
            name=line(bundle.name),
            description=f"{_EVERYTHING}: {members}.",
            wanted=_of(frozenset(bundle.committees)),
        )
    for watched in edition.watches:
        yield Plan(
            slug=f"{FOLDER}/{watched.slug}",
            group=WATCHED,
            name=watched.name,
            description=f"Allt som nämner något av: {', '.join(map(line, watched.words))}.",
            wanted=_hearing(watched),
        )
    groups = grouped(edition)
    for group, committees in groups:
        yield from (_own(body, group) for body in committees)
    met = {one.record.committee for one in edition.meetings}  # those of whom nothing is known
    told = met.union(*(one.record.committees for one in edition.news))  # have nothing to part
    for topic in Topic:
        for _, committees in groups:
            yield from (_kind(body, topic) for body in committees if body.slug in told)


def _own(body: Committee, group: str) -> Plan:
    """Give a committee's feed of everything."""
    return Plan(
        slug=body.slug,
        group=group,
        name=line(body.name) or body.slug,
        description=f"{_EVERYTHING}: {line(body.name)}.",
        wanted=_of(frozenset({body.slug})),
        link=web(body.url),
    )


def _kind(body: Committee, topic: Topic) -> Plan:
    """Give a committee's feed of one kind."""
    ours, about = _of(frozenset({body.slug})), _about(topic)
    name = line(body.name) or body.slug
    return Plan(
        slug=f"{body.slug}.{topic}",
        group=TITLE[topic],
        name=f"{name}: {TITLE[topic].lower()}",
        description=f"{SAID[topic]}: {name}.",
        wanted=lambda entry: ours(entry) and about(entry),
        link=web(body.url),
    )


def _of(slugs: frozenset[str]) -> Wanted:
    return lambda entry: not slugs.isdisjoint(entry.committees)


def _hearing(watched: Watched) -> Wanted:
    return lambda entry: watched.finds((entry.title, *entry.heard))


def _about(topic: Topic) -> Wanted:
    return lambda entry: topic in entry.topics
