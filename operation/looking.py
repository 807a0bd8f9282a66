"""One page to look at: asked for politely, or from a saved file, with what it is said to be."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from operation.settings import Settings
from records.errors import ConfigError
from records.model import ZONE
from records.state import HostState, Link, PageState
from records.store import Store
from scraper import cities, crawl, shipped
from scraper.cities import City
from scraper.crawl import key
from scraper.fetch import FEED, HTML, Fetcher, Memory
from scraper.page import NotModified, Page


@dataclass(slots=True)
class Passing:
    """What hosts asked of us, by the store where there is one; nothing of it is written."""

    store: str
    met: dict[str, HostState] = field(default_factory=dict)

    def host(self, host: str) -> HostState | None:
        """Give what is remembered of a host."""
        if host not in self.met and Store.stands(self.store):
            with Store.open(self.store) as store:
                remembered = store.host(host)
                if remembered:
                    self.met[host] = remembered
        return self.met.get(host)

    def put_host(self, state: HostState) -> None:
        """Remember it as long as we look."""
        self.met[state.host] = state


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """A page of a city; `link` is what the city's rules say it is, None where no rule fits."""

    city: City
    page: Page
    link: Link | None

    @property
    def state(self) -> PageState:
        """The page as a run would remember it."""
        return PageState(
            key=key(self.page.url),
            url=self.page.url,
            kind=self.link.kind if self.link else "",
            source=self.link.source if self.link else "",
            status=200,
            checked=self.page.fetched,
            fetched=self.page.fetched,
            parser=self.city.parser_version,
        )


@contextmanager
def asking(city: City, settings: Settings, memory: Memory, now: datetime) -> Iterator[Fetcher]:
    """Open the door to a city's web: robots.txt is obeyed, and the delay is kept."""
    origin = settings.origin.get(city.slug)
    with Fetcher(
        hosts={city.host},
        origins={city.host: origin} if origin else {},
        agent=settings.agent,
        delay=settings.delay,
        limits=settings.limits,
        now=now,
        memory=memory,
    ) as fetcher:
        yield fetcher


def city_of(url: str) -> City:
    """Give the city whose host an address names; ConfigError for a stranger's."""
    for name in shipped.names():
        city = cities.load(name)
        if urlsplit(url).netloc == city.host:
            return city
    hosts = ", ".join(cities.load(name).host for name in shipped.names())
    raise ConfigError(f"{url} is on no host that is known: give an address at {hosts}")


def is_address(text: str) -> bool:
    """Tell an address from a file."""
    return urlsplit(text).scheme in {"http", "https"}


def fetched(url: str, settings: Settings) -> Looked:
    """Ask for a page; raises FetchError where it cannot be had."""
    city = city_of(url)
    with asking(city, settings, Passing(settings.store), settings.moment) as fetcher:
        link = kind_of(city, url)
        page = got(fetcher, url, accepted(link.kind if link else ""))
    return Looked(city=city, page=page, link=link or kind_of(city, page.url))


def accepted(kind: str) -> Collection[str]:
    """Give the media types that will do for a page of this kind."""
    return FEED if kind == crawl.FEED else HTML


def got(fetcher: Fetcher, url: str, accept: Collection[str] = HTML) -> Page:
    """Ask for a page whole."""
    page = fetcher.get(url, accept=accept)
    if isinstance(page, NotModified):  # pragma: no cover - nothing was asked conditionally
        raise TypeError(url)
    return page


def kind_of(city: City, url: str) -> Link | None:
    """Say what an address is: a place where a run begins, or what the city's rules make of it."""
    start = next((link for link in city.start if key(link.url) == key(url)), None)
    return start or city.link(url)


def saved(file: Path, url: str | None, settings: Settings) -> Looked:
    """Read a saved page; its address and kind stand beside it in `.meta.json`, or `url` gives it.

    ConfigError where there is no such file, or nothing that says whose page it is.
    """
    told = _beside(file)
    address = url or told.get("url")
    if not address:
        raise ConfigError(f"Nothing beside {file} says whose page it is: give its address as --url")
    city = city_of(address)
    hour = told.get("fetched")
    page = Page(
        url=address,
        body=file.read_bytes(),
        fetched=datetime.fromisoformat(hour).astimezone(ZONE) if hour else settings.moment,
        charset=told.get("charset"),
        content_type=told.get("content_type"),
    )
    kind = None if url else told.get("kind")
    named = Link(url=address, kind=kind, source="start") if kind in city.parsers and kind else None
    return Looked(city=city, page=page, link=kind_of(city, address) or named)


def _beside(file: Path) -> dict[str, str]:
    if not file.is_file():
        raise ConfigError(f"{file} is no address, no file and no city: give one of them")
    meta = meta_of(file)
    if not meta.is_file():
        return {}
    try:
        told = json.loads(meta.read_text("utf-8"))
    except ValueError as error:
        raise ConfigError(f"{meta} cannot be read ({error}): mend it, or give --url") from error
    return {name: value for name, value in told.items() if isinstance(value, str)}


def meta_of(file: Path) -> Path:
    """Name the file beside a saved page that says whence and when it is."""
    return file.with_suffix(".meta.json")
