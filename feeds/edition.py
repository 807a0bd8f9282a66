"""All that one publication of one city is made of, and the names of its files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from feeds.watching import Watched
from records.model import Change, Committee, Jurisdiction, Meeting, NewsItem, Notice, Revision, Told
from records.terms import Classification

ALL: Final = "alla"
"""The slug of the feeds that hold every committee; no committee has it."""

NEWS: Final = "nyheter"
"""The slug of the city's own articles; no committee has it."""

GROUPS: Final = (
    ("Fullmäktige och styrelse", (Classification.COUNCIL, Classification.BOARD)),
    ("Nämnder", (Classification.COMMITTEE, Classification.SUBCOMMITTEE)),
    ("Bolag", (Classification.COMPANY,)),
    ("Övriga", (Classification.AUDIT, Classification.AUTHORITY, Classification.OTHER)),
)
"""How committees are grouped for people, and what stands in each group."""

_SWEDISH: Final = str.maketrans("åäö", "{|}")  # the three signs after z: å, ä, ö come last


@dataclass(frozen=True, slots=True, kw_only=True)
class Accessibility:
    """What the publisher says of how its pages can be used by everybody."""

    compliance: str  # full | partial | none
    tested: date
    method: str
    shortcomings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Whose pages these are: `official` where it is the city itself, `contact` how to reach it."""

    name: str = ""
    contact: str | None = None
    official: bool = False
    accessibility: Accessibility | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Edition:
    """One publication of one city: the same edition always gives the same bytes.

    It is equal to itself alone, so that what was made of it can be kept by it.

    `site` is the public address of the folder, without a last slash; `today` is the date in the
    city's zone; `changes` come newest first; `model` marks every page of a demonstration.
    `taken_down` are the ids of notices that left all output, and of their changes: no gate holds
    a file back for them. `unseen` has when such a notice was first told of, by committee.
    `forgotten` are the digests of what was taken down for good.
    With `news_body` articles are told whole; each of `watches` has a feed; `told` is what feeds
    told that hangs on no record. `interval` is how long one check may be after the other; without
    `pages` there are none.
    """

    city: Jurisdiction
    site: str
    today: date
    committees: tuple[Revision[Committee], ...]
    meetings: tuple[Revision[Meeting], ...]
    news: tuple[Revision[NewsItem], ...]
    notices: tuple[Revision[Notice], ...]
    changes: tuple[Change, ...]
    taken_down: frozenset[str] = frozenset()
    forgotten: frozenset[str] = frozenset()
    unseen: Mapping[str, datetime] = field(default_factory=dict)
    model: bool = False
    publisher: Publisher = Publisher()
    interval: timedelta = timedelta(hours=1)
    pages: bool = True
    news_body: bool = False
    watches: tuple[Watched, ...] = ()
    told: tuple[Told, ...] = ()

    def path(self, name: str) -> str:
        """Where the city's file of that name stands in the published folder."""
        return f"{self.city.slug}/{name}"

    def address(self, path: str) -> str:
        """The public address of a path in the published folder."""
        return f"{self.site}/{path}"


def by_name(committees: Iterable[Committee]) -> list[Committee]:
    """Give committees as a Swedish index lists them."""
    return sorted(committees, key=lambda c: (c.name.casefold().translate(_SWEDISH), c.slug))


def grouped(edition: Edition) -> list[tuple[str, list[Committee]]]:
    """Give the groups that have a committee, each with its committees in order."""
    committees = by_name(revision.record for revision in edition.committees)
    groups = []
    for title, kinds in GROUPS:
        members = [c for kind in kinds for c in committees if c.classification is kind]
        if members:
            groups.append((title, members))
    return groups


def named(edition: Edition) -> dict[str, Committee]:
    """Give the committees by slug; one that is known only from its meetings goes by its slug."""
    slugs = {revision.record.committee for revision in edition.meetings}
    unknown = {
        slug: Committee(slug=slug, name=slug, classification=Classification.OTHER) for slug in slugs
    }
    return unknown | {revision.record.slug: revision.record for revision in edition.committees}


def committee_of(edition: Edition, slug: str) -> Committee:
    """Give a committee by its slug; one that nothing is known of goes by that."""
    found = (one.record for one in edition.committees if one.record.slug == slug)
    unknown = Committee(slug=slug, name=slug, classification=Classification.OTHER)
    return next(found, unknown)
