"""Each city as data: a file of facts, and code only for what is peculiar to it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files
from itertools import chain
from typing import Any, TypeAlias
from urllib.parse import urljoin, urlsplit, urlunsplit

from records.codec import from_json
from records.errors import ConfigError
from records.model import Committee, Jurisdiction
from records.state import Link
from scraper.document import Document
from scraper.raw import Raw
from scraper.vendors.sitevision import stated_links


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A link of this kind is one whose path, or else whose text, fits."""

    kind: str
    address: re.Pattern[str]
    text: re.Pattern[str] | None = None

    def fits(self, path: str, text: str) -> bool:
        """Tell whether a link with this path and text is one."""
        return bool(self.address.search(path) or (self.text and self.text.search(text.lower())))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one page gave: what it said of records, where it leads, and what of it is kept."""

    raws: tuple[Raw, ...]
    links: tuple[Link, ...]
    kept: Document


Parsed: TypeAlias = tuple[tuple[Raw, ...], Document]
"""What a page said of records, and what of it is kept."""

Parser: TypeAlias = Callable[["City", Document], Parsed]


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """One city: where to begin, which links to follow, whom it has, and how its pages are read.

    What a parser older than `readable_since` kept of a page is less than today's parsers read: such
    a page is fetched anew instead of being read again from the store.
    """

    jurisdiction: Jurisdiction
    start: tuple[Link, ...]
    rules: tuple[Rule, ...]
    paths: tuple[re.Pattern[str], ...]
    committees: tuple[Committee, ...]
    parsers: Mapping[str, Parser]
    parser_version: int
    readable_since: int
    page_budget: int

    @property
    def slug(self) -> str:
        """The city's name in addresses and ids."""
        return self.jurisdiction.slug

    @property
    def host(self) -> str:
        """The one host that is asked."""
        return urlsplit(self.jurisdiction.url).netloc

    def read(self, page: Document, kind: str) -> Reading:
        """Read a page of this kind; raises `PageChanged` where it is no such page."""
        raws, kept = self.parsers[kind](self, page)
        return Reading(raws=raws, links=tuple(self.links(kept)), kept=kept)

    def links(self, page: Document) -> list[Link]:
        """Give the links of a page that are worth following, in order, each once."""
        found: dict[str, Link] = {}
        shown = (link for line in page.lines for part in (line, *line.cells) for link in part.links)
        for href, text in chain(shown, stated_links(page.states)):
            link = self.link(urljoin(page.url, href), text)
            if link:
                found.setdefault(link.url, link)
        return list(found.values())

    def link(self, url: str, text: str = "") -> Link | None:
        """Give a link if it is this program's business: right host, allowed path, known kind."""
        scheme, host, path, query, _ = urlsplit(url)
        if host != self.host or scheme not in {"http", "https"} or not self.allows(path):
            return None
        kind = next((rule.kind for rule in self.rules if rule.fits(path, text)), None)
        if kind is None:
            return None
        address = urlunsplit(("https", host, path, query, ""))
        return Link(url=address, kind=kind, source=self.source(kind, path), text=text)

    def allows(self, path: str) -> bool:
        """Tell whether a path is among those that may be asked for."""
        return any(pattern.match(path or "/") for pattern in self.paths)

    def source(self, kind: str, path: str) -> str:
        """Name the source that a page belongs to: its committee where its folder names one."""
        if kind in {"calendar", "start"}:
            return kind
        if kind in {"news", "news-list"}:
            return "news"
        folders = {part.partition(".")[0] for part in path.split("/")}
        for committee in self.committees:
            if committee.slug.replace("-", "") in folders:
                return committee.slug
        return "start"


def names() -> tuple[str, ...]:
    """Give the cities that are shipped: each is a TOML file in this folder."""
    folder = files(__package__)
    found = (path.name for path in folder.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml")))


@cache
def load(name: str) -> City:
    """Load a city by its slug; raises `ConfigError` for a name that is not shipped."""
    if name not in names():
        raise ConfigError(f"There is no city {name!r}: use one of {', '.join(names())}")
    facts = tomllib.loads((files(__package__) / f"{name}.toml").read_text("utf-8"))
    code = import_module(f"{__package__}.{name}")
    return _city(facts, code.PARSERS, code.VERSION, code.READABLE_SINCE)


def _city(
    facts: Mapping[str, Any], parsers: Mapping[str, Parser], version: int, readable_since: int
) -> City:
    jurisdiction = {key: facts[key] for key in ("slug", "name", "url", "places")}
    return City(
        jurisdiction=from_json(Jurisdiction, jurisdiction),
        start=tuple(Link(**link) for link in facts["start"]),
        rules=tuple(_rule(rule) for rule in facts["rules"]),
        paths=tuple(re.compile(path) for path in facts["paths"]),
        committees=tuple(from_json(Committee, entry) for entry in facts["committees"]),
        parsers=parsers,
        parser_version=version,
        readable_since=readable_since,
        page_budget=facts["page_budget"],
    )


def _rule(rule: Mapping[str, str]) -> Rule:
    text = rule.get("text")
    return Rule(
        kind=rule["kind"],
        address=re.compile(rule["address"]),
        text=re.compile(text) if text else None,
    )
