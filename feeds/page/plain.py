"""The pages around the meetings: status, search, help, accessibility, the view for other sites."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from feeds.edition import ALL, Accessibility, by_name
from feeds.page import search
from feeds.page.site import Row, Site
from feeds.text import line

EMBEDDED: Final = 5
"""How many meetings stand in the view that other sites show."""

_SOURCES: Final = (
    ("start", "Kommunens startsida och politiska sidor"),
    ("calendar", "Kommunens sammanträdeskalender"),
    ("news", "Kommunens nyheter"),
    ("board", "Kommunens anslagstavla"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbedView:
    """The next meetings of one committee, or of all, within another site's page."""

    slug: str
    name: str
    href: str
    several: bool
    coming: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusView:
    """What the status page shows without asking: what each source is called."""

    names: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView:
    """Where the page finds what it looks in."""

    file: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideView:
    """A committee to show by, for each guide has a calendar to try."""

    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessibilityView:
    """What the publisher says of how everybody can use the pages; None where it says nothing."""

    said: Accessibility | None
    tested: str
    compliance: str


_COMPLIANCE: Final = {
    "full": "helt förenliga med lagen om tillgänglighet till digital offentlig service",
    "partial": "delvis förenliga med lagen om tillgänglighet till digital offentlig service",
    "none": "inte förenliga med lagen om tillgänglighet till digital offentlig service",
}


def embeds(site: Site) -> list[EmbedView]:
    """Give a view for each committee, and one for all."""
    whole = site.language.say("Hela {city}", city=line(site.edition.city.name))
    made = [_embed(site, ALL, whole)]
    bodies = by_name(one.record for one in site.edition.committees)
    return [*made, *(_embed(site, one.slug, site.name(one.slug)) for one in bodies)]


def _embed(site: Site, slug: str, name: str) -> EmbedView:
    own = [one for one in site.coming if slug in {ALL, one.committee}]
    return EmbedView(
        slug=slug,
        name=name,
        href=site.page(f"{slug}/"),
        several=slug == ALL,
        coming=site.rows(own[:EMBEDDED]),
    )


def status(site: Site) -> StatusView:
    """Give the names of the sources: that of a committee's own list is the committee's."""
    known = tuple((name, site.language.say(words)) for name, words in _SOURCES)
    bodies = by_name(one.record for one in site.edition.committees)
    return StatusView(names=(*known, *((one.slug, site.name(one.slug)) for one in bodies)))


def looking(site: Site) -> SearchView:
    """Give what the search page shows."""
    return SearchView(file=site.edition.path(search.FILE))


def guide(site: Site) -> GuideView:
    """Give what the guides show by."""
    return GuideView(example=site.page(f"{ALL}/"))


def accessibility(site: Site) -> AccessibilityView:
    """Give the statement of accessibility."""
    said = site.edition.publisher.accessibility
    return AccessibilityView(
        said=said,
        tested=site.language.day(said.tested) if said else "",
        compliance=site.language.say(_COMPLIANCE[said.compliance]) if said else "",
    )
