"""The only door to the web: polite, conditional, bounded, retried.

Operators behind a proxy name it in the environment as for any other program (`https_proxy`,
`no_proxy`, `REQUESTS_CA_BUNDLE`), and that is obeyed. Nothing else is taken from around us: no
netrc and no cookies, for what is read is what everyone can read. An origin is asked directly.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from contextlib import closing
from datetime import datetime
from http.cookiejar import DefaultCookiePolicy
from types import TracebackType
from typing import Final, Self

import requests
import structlog
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies
from urllib3 import HTTPResponse, ProxyManager

from records.errors import FetchError
from scraper import payload, robots
from scraper.address import Addresses, shown
from scraper.connection import POOLS, TERMS, Deadline, Terms
from scraper.courtesy import NOT_MODIFIED, Answer, Courtesy, Question
from scraper.limits import LIMITS, Limits
from scraper.pace import Memory
from scraper.page import NotModified, Page

__all__ = ["FEED", "HTML", "LIMITS", "Fetcher", "Limits", "Memory"]

log = structlog.get_logger(__name__)

HTML: Final = ("text/html", "application/xhtml+xml")
"""The media types of a page for people."""

FEED: Final = (
    "application/rss+xml",
    "application/atom+xml",
    "application/xml",
    "text/xml",
    "text/plain",
)
"""The media types of feeds and other lists for machines."""

_CHUNK: Final = 1 << 16
_HEAD: Final = 1 << 20  # bytes on the wire that are no body: status, headers, chunk sizes


class Fetcher:
    """Asks the hosts of one city for pages, through one run and from one thread.

    A context manager: leaving it closes what is open.
    """

    def __init__(  # noqa: PLR0913 - each by its name
        self,
        *,
        hosts: Collection[str],
        origins: Mapping[str, str],
        agent: str,
        delay: float,
        now: datetime,
        memory: Memory,
        limits: Limits = LIMITS,
    ) -> None:
        """Ask only `hosts`; where `origins` names one, send its requests to that origin.

        `agent` is the User-Agent, which names the product first. `delay` is in seconds. `now`
        (aware) dates pages and what is put into `memory`; only waiting uses the machine's clock.
        ConfigError for an origin that is none.
        """
        self.requests = 0
        """How many requests were sent, with retries, redirects and robots.txt."""
        self._addresses = Addresses.of(hosts, origins)
        self._now = now
        self._limits = limits
        self._session = _session(agent)
        self._courtesy = Courtesy(
            ask=self._ask,
            addresses=self._addresses,
            agent=agent,
            delay=delay,
            now=now,
            memory=memory,
            limits=limits,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self._session.close()

    def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        accept: Collection[str] = HTML,
    ) -> Page | NotModified:
        """Give the page at a city's address, or NotModified where it is as `etag` or date say.

        The page's `url` is the city's address that was redirected to last, in canonical form; of
        that one, `etag` and date are not asked about.
        `accept` names the media types that will do. Forbidden where robots.txt asks to leave the
        page alone, FetchError (with the HTTP status, where that is why) where it cannot be had.
        """
        conditions = {
            "If-None-Match": payload.validator(etag),
            "If-Modified-Since": payload.validator(last_modified),
        }
        headers = {name: value for name, value in conditions.items() if value}
        headers["Accept"] = ", ".join([*accept, "*/*;q=0.1"])
        answer = self._courtesy.answer(
            Question(url=self._addresses.city(url), headers=headers, accept=accept)
        )
        if answer.status == NOT_MODIFIED:
            return NotModified(url=answer.url, fetched=self._now)
        kind, charset = payload.media(answer.headers.get("Content-Type"))
        return Page(
            url=answer.url,
            body=answer.body,
            fetched=self._now,
            charset=charset,
            content_type=kind,
            etag=payload.validator(answer.headers.get("ETag")),
            last_modified=payload.validator(answer.headers.get("Last-Modified")),
            temporary=answer.temporary,
        )

    def _ask(self, url: str, question: Question, deadline: Deadline) -> Answer:
        """Send one request and read its answer; see `Ask`."""
        proxies = self._proxies(url)
        terms = TERMS.set(self._terms(url, deadline))
        self.requests += 1
        try:
            with closing(
                self._session.get(
                    self._addresses.asked(url),
                    headers=dict(question.headers),
                    timeout=(self._limits.connect, self._limits.read),
                    proxies=proxies,
                    stream=True,
                )
            ) as response:
                log.debug("asked", url=url, status=response.status_code)
                return self._answer(url, question, response)
        finally:
            TERMS.reset(terms)

    def _terms(self, url: str, deadline: Deadline) -> Terms:
        return Terms(
            url=url,
            deadline=deadline,
            connect=self._limits.connect,
            read=self._limits.read,
            wire=self._limits.body + _HEAD,
            private=self._addresses.origin(url) is not None,
        )

    def _proxies(self, url: str) -> dict[str, str]:
        if self._addresses.origin(url) is not None:
            return {}
        proxies = get_environ_proxies(url)
        if any(proxy.lower().startswith("socks") for proxy in proxies.values()):
            raise FetchError(url, "a SOCKS proxy cannot be used, only one that speaks HTTP")
        return dict(proxies)

    def _answer(self, url: str, question: Question, response: requests.Response) -> Answer:
        """Read the body of an answer that is what was asked for, and of no other."""
        headers, status = response.headers, response.status_code
        raw: HTTPResponse = response.raw
        if not question.answered(status):
            if raw.length_remaining is not None and raw.length_remaining <= _CHUNK:
                raw.drain_conn()  # else a new connection would have to be made after each 304
            return Answer(url=url, status=status, headers=headers)
        if headers.get("Transfer-Encoding", "chunked").strip().lower() != "chunked":
            raise FetchError(url, "it is packed in a way that was not asked for")
        parts = raw.stream(_CHUNK, decode_content=False)
        unpacked = payload.unpacked(url, parts, headers.get("Content-Encoding", ""))
        if question.robots:
            body = payload.beginning(unpacked, robots.SIZE)
        else:
            self._check(url, question, headers, raw.length_remaining)
            body = payload.whole(url, unpacked, self._limits.body)
        return Answer(url=url, status=status, headers=headers, body=body)

    def _check(
        self, url: str, question: Question, headers: Mapping[str, str], length: int | None
    ) -> None:
        """Raise FetchError for a page that is none, or one that is announced as too large."""
        kind, _ = payload.media(headers.get("Content-Type"))
        if kind not in question.accept:
            raise FetchError(url, f"it came as {shown(kind) or 'nothing with a name'}, not a page")
        if length is not None and length > self._limits.body:
            raise FetchError(url, f"it is larger than {self._limits.body} bytes")


class _Session(requests.Session):
    """A session that leaves redirects to us."""

    def get_redirect_target(self, resp: requests.Response) -> str | None:  # noqa: ARG002 - theirs
        """Give None: even where redirects are not followed, theirs reads the body of one whole."""
        return None


class _Adapter(HTTPAdapter):
    """An adapter whose connections keep the terms, also to a proxy."""

    def __init__(self) -> None:
        super().__init__()
        self.poolmanager.pool_classes_by_scheme = POOLS

    def proxy_manager_for(self, proxy: str, **options: object) -> ProxyManager:
        manager: ProxyManager = super().proxy_manager_for(proxy, **options)
        manager.pool_classes_by_scheme = POOLS
        return manager


def _session(agent: str) -> requests.Session:
    session = _Session()
    session.trust_env = False
    session.verify = (
        os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or True
    )
    session.headers.clear()
    session.headers["User-Agent"] = agent
    session.headers["Accept-Encoding"] = ", ".join(payload.ENCODINGS)
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    for scheme in POOLS:
        session.mount(f"{scheme}://", _Adapter())
    return session
