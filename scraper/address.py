"""Which addresses may be asked, and where: at the city's hosts, or at an origin in their stead."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, parse_url

from records.errors import ConfigError, FetchError

PORTS: Final = {"http": 80, "https": 443}
"""The schemes that are asked, and the port that an address of each need not name."""

SHOWN: Final = 200
"""How many characters of a refused address a message repeats."""

_USER: Final = re.compile(r"(?<![^/?#])[^/?#]*@")
_DOT: Final = re.compile("%2e", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """The hosts of one city and the origins that are asked in their stead.

    Inside Kallelse an address is always the city's; only `asked` gives an origin's. All addresses
    are canonical: lower-case host, no port that goes without saying, dot segments resolved, unsafe
    characters escaped, no fragment. So what robots.txt is asked about is what is sent.
    """

    hosts: frozenset[str]
    origins: Mapping[str, Url]

    @classmethod
    def of(cls, hosts: Collection[str], origins: Mapping[str, str]) -> Addresses:
        """Take hosts as `host` or `host:port`; ConfigError for an origin that is no bare origin."""
        return cls(
            hosts=frozenset(host.lower() for host in hosts),
            origins={host.lower(): _origin(origin) for host, origin in origins.items()},
        )

    def city(self, url: str) -> str:
        """Give the canonical form of an address of the city; FetchError for any other address."""
        parts = _parsed(url)
        if parts is None or parts.scheme not in PORTS or parts.host is None:
            raise FetchError(shown(url), "it is no address on the web")
        if parts.auth is not None:
            raise FetchError(shown(url), "it carries a user name")
        if _host(parts) not in self.hosts:
            raise FetchError(shown(url), "its host is not one of the city's")
        return _at(parts.scheme, _host(parts), parts)

    def target(self, url: str, location: str) -> str:
        """Give the city's address that a redirect from `url` leads to.

        FetchError where it leads out of the city's hosts, or from https to a host that is asked
        over http: what comes unencrypted may have been rewritten on its way.
        """
        try:
            joined = self._home(url, urljoin(url, location))
            found = self.city(joined)
        except ValueError as error:
            raise FetchError(url, "it is redirected to what is no address") from error
        except FetchError as error:
            raise FetchError(url, f"it is redirected to {error.url}: {error.reason}") from error
        if url.startswith("https:") and found.startswith("http:") and not self._plain(found):
            raise FetchError(url, f"it is redirected to {found}, which is not encrypted")
        return found

    def origin(self, url: str) -> Url | None:
        """Give the origin that stands in for the host of a city's address."""
        return self.origins.get(_host(parse_url(url)))

    def asked(self, url: str) -> str:
        """Give the address to send the request for a city's address to."""
        origin = self.origin(url)
        return _at(origin.scheme, _host(origin), parse_url(url)) if origin else url

    def _home(self, url: str, found: str) -> str:
        """Put the city's host back where an origin redirects to itself by its own name."""
        parts, here = parse_url(found), parse_url(url)
        for host in (_host(here), *self.origins):
            origin = self.origins.get(host)
            if origin and (origin.scheme, _host(origin)) == (parts.scheme, _host(parts)):
                return _at(here.scheme, host, parts)
        return found

    def _plain(self, url: str) -> bool:
        origin = self.origin(url)
        return origin is not None and origin.scheme == "http"


def canonical(url: str) -> str:
    """Give an address as `Addresses.city` would; one that cannot be read stays as it is."""
    parts = _parsed(url)
    return _at(parts.scheme, _host(parts), parts) if parts and parts.host else url


def netloc(url: str) -> str:
    """Give the host of a canonical address, with its port where that is not its scheme's own."""
    return _host(parse_url(url))


def shown(url: str) -> str:
    """Give a refused address as a message may show it: no password, no controls, not endless."""
    bare = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in url)
    return _USER.sub("", bare)[:SHOWN]


def _parsed(url: str) -> Url | None:
    """Read an address as the client will; an escaped dot is a dot (RFC 3986, 6.2.2.2).

    Without that, /open/%2e%2e/closed would be asked of robots.txt as it stands, and sent as
    /closed.
    """
    try:
        return parse_url(_DOT.sub(".", url))
    except LocationParseError:
        return None


def _host(parts: Url) -> str:
    port = "" if parts.port in (None, PORTS.get(parts.scheme or "")) else f":{parts.port}"
    return f"{parts.host}{port}"


def _at(scheme: str | None, host: str, parts: Url) -> str:
    return f"{scheme}://{host}{Url(path=parts.path or '/', query=parts.query).url}"


def _origin(origin: str) -> Url:
    parts = _parsed(origin)
    bare = parts is not None and Url(scheme=parts.scheme, host=parts.host, port=parts.port)
    if not bare or bare.scheme not in PORTS or bare.url != origin.rstrip("/").lower():
        raise ConfigError(
            f"the origin {shown(origin)} cannot be asked: write it as http://host:port and no more"
        )
    return bare
