"""Each city as data: a file of facts, and code only for what is peculiar to it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cache
from importlib import import_module
from importlib.resources import files
from itertools import chain
from typing import Any, Final, TypeAlias
from urllib.parse import urljoin, urlsplit, urlunsplit

from records.codec import from_json
from records.errors import ConfigError, PageChanged
from records.model import Committee, Jurisdiction
from records.state import Link
from scraper.document import Document
from scraper.raw import Raw, RawNotice
from scraper.shipped import names
from scraper.vendors.sitevision import stated_links

_DOT: Final = re.compile("%2e", re.IGNORECASE)
_UP: Final = re.compile(r"/\.{1,2}(?:/|$)")
_READINGS: Final = 3  # a page that is still read otherwise after these is refused


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A link of this kind is one whose path, or else whose text, fits.

    Where there is a `query`, the path must fit, and its query, or the text of a link with a query.
    """

    kind: str
    address: re.Pattern[str]
    text: re.Pattern[str] | None = None
    query: re.Pattern[str] | None = None

    def fits(self, path: str, query: str, text: str) -> bool:
        """Tell whether a link with this path, query and text is one."""
        here = bool(self.address.search(path))
        said = bool(self.text and self.text.search(text.lower()))
        if self.query is None:
            return here or said
        return here and (bool(self.query.search(query)) or (query != "" and said))


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
    older_pages: int

    @property
    def slug(self) -> str:
        """The city's name in addresses and ids."""
        return self.jurisdiction.slug

    @property
    def host(self) -> str:
        """The one host that is asked."""
        return urlsplit(self.jurisdiction.url).netloc

    def ended(self, today: date) -> frozenset[str]:
        """The slugs of committees that had ended before a day: their pages are cleared away."""
        return frozenset(it.slug for it in self.committees if it.until and it.until < today)

    def read(self, page: Document, kind: str) -> Reading:
        """Read a page of this kind; raises `PageChanged` where it is no such page.

        What is kept of a page is believed, not what stood around it: a broken page is read as its
        kept lines are, or is refused, so that reading them again tells no correction of ours.
        """
        raws, kept = self._parsed(page, kind)
        for _ in range(_READINGS):
            read, (raws, kept) = (raws, kept), self._parsed(kept, kind)
            if read == (raws, kept):
                return Reading(raws=raws, links=tuple(self._followed(raws, kept)), kept=kept)
        raise PageChanged(page.url, "lines that say the same when they are read again")

    def _parsed(self, page: Document, kind: str) -> Parsed:
        raws, kept = self.parsers[kind](self, page)
        return raws, kept.packed()

    def _followed(self, raws: Sequence[Raw], kept: Document) -> Iterator[Link]:
        """Give the links of a page that are followed: not all that could be.

        A notice's page is asked for only where the board says that it is about minutes: others name
        people and properties. The board is asked at the city's one address of it, for under a
        second one it would be a second board.
        """
        ours = {raw.url for raw in raws if isinstance(raw, RawNotice) and raw.about == "minutes"}
        for link in self.links(kept):
            if link.kind != "board" and (link.kind != "notice" or link.url in ours):
                yield link

    def links(self, page: Document) -> list[Link]:
        """Give the links of a page that are worth following, in order, each once; feeds last."""
        shown = (link for line in page.lines for part in (line, *line.cells) for link in part.links)
        hrefs = chain(shown, stated_links(page.states))
        links = [self.link(page.absolute(href) or "", text) for href, text in hrefs]
        links += [self.feed(page.absolute(href) or "") for href in page.feeds]
        found: dict[str, Link] = {}
        for link in links:
            if link:
                found.setdefault(link.url, link)
        return list(found.values())

    def link(self, url: str, text: str = "") -> Link | None:
        """Give a link if it is this program's business: right host, allowed path, known kind."""
        scheme, host, path, query = _parts(url)
        if host != self.host or scheme not in {"http", "https"} or not self.allows(path):
            return None
        kind = next((rule.kind for rule in self.rules if rule.fits(path, query, text)), None)
        if kind is None:
            return None
        address = urlunsplit(("https", host, path, query, ""))
        return Link(url=address, kind=kind, source=self.source(kind, path), text=text)

    def feed(self, url: str) -> Link | None:
        """Give a link to a feed that a page's head offers: it says itself what it is."""
        _, host, path, query = _parts(url)
        if host != self.host or not self.allows(path):
            return None
        address = urlunsplit(("https", host, path, query, ""))
        return Link(url=address, kind="feed", source=self.source("feed", path))

    def has(self, url: str) -> bool:
        """Tell whether an address is the city's, and among those that may be asked for."""
        _, host, path, _ = _parts(url)
        return host == self.host and self.allows(path)

    def allows(self, path: str) -> bool:
        """Tell whether a path is among those that may be asked for."""
        return any(pattern.match(path or "/") for pattern in self.paths)

    def source(self, kind: str, path: str) -> str:
        """Name the source that a page belongs to: its committee where its folder names one."""
        if kind in {"calendar", "start"}:
            return kind
        if kind in {"news", "news-list", "news-older", "feed"}:
            return "news"
        if kind in {"board", "notice"}:
            return "board"
        folders = {part.partition(".")[0] for part in path.split("/")}
        for committee in self.committees:
            if committee.slug.replace("-", "") in folders:
                return committee.slug
        return "start"


def _parts(url: str) -> tuple[str, str, str, str]:
    """Give scheme, host, path and query of an address, its path as it will be asked for.

    Dots that lead upwards are followed, be they escaped: else a path would be judged by where it
    begins, and asked for where it ends.
    """
    scheme, host, path, query, _ = urlsplit(url)
    dotted = "/" + _DOT.sub(".", path).lstrip("/")
    if _UP.search(dotted):
        path = urlsplit(urljoin("https://host/", dotted)).path
    return scheme, host, path, query


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
    jurisdiction = {
        field.name: facts[field.name] for field in fields(Jurisdiction) if field.name in facts
    }
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
        older_pages=facts["older_pages"],
    )


def _rule(rule: Mapping[str, str]) -> Rule:
    patterns = {name: re.compile(rule[name]) for name in ("text", "query") if name in rule}
    return Rule(kind=rule["kind"], address=re.compile(rule["address"]), **patterns)
