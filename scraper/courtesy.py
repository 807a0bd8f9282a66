"""How a host is asked: with leave of robots.txt, in its pace, again after a while, onward if told.

The asking itself is handed in, so nothing here knows how a request is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus
from math import inf
from time import monotonic, sleep
from typing import Final, TypeAlias
from urllib.parse import urljoin

from urllib3.exceptions import HTTPError, MaxRetryError
from urllib3.util import Retry

from records.errors import FetchError, Forbidden
from scraper import robots
from scraper.address import Addresses, netloc
from scraper.connection import Deadline, reason
from scraper.limits import Limits
from scraper.pace import Host, Memory, Pace, retry_after

OK: Final = 200
NOT_MODIFIED: Final = 304

_LASTING: Final = frozenset({301, 308})
_REDIRECTS: Final = frozenset({302, 303, 307}) | _LASTING
_VALIDATORS: Final = frozenset({"If-None-Match", "If-Modified-Since"})
_RETRIED: Final = frozenset({408, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What to ask for; `accept` names the media types of pages that will do.

    Of robots.txt the type does not matter, the beginning is enough, and nobody needs leave for it.
    """

    url: str
    headers: Mapping[str, str]
    accept: Collection[str] = ()
    robots: bool = False

    @property
    def conditional(self) -> bool:
        """Whether 304 is an answer."""
        return bool(_VALIDATORS & self.headers.keys())

    def answered(self, status: int) -> bool:
        """Tell whether this is an answer with a body to read; a part is no robots.txt."""
        whole = status // 100 == HTTPStatus.OK // 100 and status != HTTPStatus.PARTIAL_CONTENT
        return status == OK or (self.robots and whole)

    def at(self, url: str) -> Question:
        """Give the question as it is asked at an address that a redirect led to.

        What is known of one page says nothing of another: its validators go to its own address.
        """
        if url == self.url:
            return self
        kept = {name: value for name, value in self.headers.items() if name not in _VALIDATORS}
        return replace(self, headers=kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back from the city's address `url`; a body only where the question is answered.

    `temporary` where a redirect led there for now, and not for good.
    """

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    temporary: bool = False

    @property
    def location(self) -> str | None:
        """Where a redirect leads; headers are read as Latin-1, but mostly meant as UTF-8."""
        if self.status not in _REDIRECTS or "Location" not in self.headers:
            return None
        location = self.headers["Location"]
        try:
            return location.encode("latin-1").decode()
        except UnicodeDecodeError:
            return location


Ask: TypeAlias = Callable[[str, Question, Deadline], Answer]
"""Sends one request to a city's address and reads the answer.

FetchError where the answer must not be read. A failure of the network comes as the libraries raise
it: OSError, urllib3's HTTPError, or ValueError where a chunk claims a negative size.
"""


class Courtesy:
    """The manners towards all hosts of one city, through one run."""

    def __init__(  # noqa: PLR0913 - each by its name
        self,
        *,
        ask: Ask,
        addresses: Addresses,
        agent: str,
        delay: float,
        now: datetime,
        memory: Memory,
        limits: Limits,
    ) -> None:
        """Keep `delay` seconds between requests, and obey robots.txt as the User-Agent `agent`."""
        self._send = ask
        self._addresses = addresses
        self._agent = agent
        self._now = now
        self._begun = monotonic()
        self._memory = memory
        self._limits = limits
        self._pace = Pace(delay)
        self._hosts: dict[str, Host] = {}
        self._retry = Retry(
            total=limits.retries,
            backoff_factor=limits.backoff,
            backoff_jitter=limits.backoff,
            backoff_max=limits.rest,
        )

    def answer(self, question: Question) -> Answer:
        """Follow redirects to an answer that is of use; FetchError for any other."""
        deadline = Deadline(self._limits.total)
        url, temporary = question.url, False
        for _ in range(self._limits.redirects + 1):
            if not question.robots:
                with deadline.standing():
                    self._take_leave(url)
            asked = question.at(url)
            answer = self._persist(url, asked, deadline)
            if answer.location is not None:
                url = self._addresses.target(url, answer.location)
                temporary = temporary or answer.status not in _LASTING
                continue
            unchanged = answer.status == NOT_MODIFIED and asked.conditional
            if unchanged or asked.answered(answer.status):
                return replace(answer, temporary=temporary)
            raise FetchError(url, f"the server answered {answer.status}", status=answer.status)
        raise FetchError(question.url, f"it is redirected more than {self._limits.redirects} times")

    def _host(self, url: str) -> Host:
        name = netloc(url)
        if name not in self._hosts:
            self._hosts[name] = Host(name, self._memory, self._now, self._begun)
        return self._hosts[name]

    def _take_leave(self, url: str) -> None:
        """Raise FetchError where a page may not be asked for now."""
        host = self._host(url)
        if host.failures >= self._limits.failures:
            raise FetchError(url, f"its host has failed {host.failures} times in a row")
        if host.unruled is not None:
            raise FetchError(url, host.unruled)
        if host.rules is None:
            host.rules = robots.Rules(self._robots(url, host), self._agent)
        if not host.rules.allow(url):
            raise Forbidden(url, "robots.txt asks that it is left alone")
        if host.rules.delay > self._limits.crawl_delay:
            raise FetchError(url, f"robots.txt asks for {host.rules.delay:g} s between requests")

    def _robots(self, url: str, host: Host) -> str:
        """Give the text of the host's robots.txt, asked for once a day at most."""
        state = host.state
        if robots.fresh(state, self._now):
            return state.robots or ""
        headers = {"Accept": "text/plain, */*;q=0.1"}
        try:
            answer = self.answer(
                Question(url=urljoin(url, "/robots.txt"), headers=headers, robots=True)
            )
        except FetchError as error:
            if not robots.absent(error.status):
                host.unruled = f"robots.txt could not be had: {error.reason}"
                raise FetchError(url, host.unruled) from error
            host.learn(None, error.status)
            return ""
        text = robots.text(answer.body)
        host.learn(text, answer.status)
        return text

    def _persist(self, url: str, question: Question, deadline: Deadline) -> Answer:
        """Ask until there is an answer, a few times; the last failure is raised."""
        host = self._host(url)
        retry = self._retry
        while True:
            try:
                answer = self._ask(url, question, host, deadline)
            except FetchError:
                host.failures = 0
                raise
            except (OSError, HTTPError, ValueError) as error:
                failure = FetchError(url, self._why(error, deadline))
            else:
                if answer.status not in _RETRIED:
                    host.failures = 0
                    return answer
                failure = self._unwell(answer, host)
            retry = self._back_off(retry, failure, host, deadline)

    def _ask(self, url: str, question: Question, host: Host, deadline: Deadline) -> Answer:
        """Send one request when it is the host's turn."""
        rest = host.resting()
        if rest > self._limits.rest:
            raise FetchError(url, f"its host asks to be left alone for {rest:.0f} s more")
        server = netloc(self._addresses.asked(url))
        with deadline.standing():
            sleep(rest)
            self._pace.wait(server, host.rules.delay if host.rules else 0.0)
        try:
            return self._send(url, question, deadline)
        finally:
            self._pace.ended(server)

    def _back_off(self, retry: Retry, failure: FetchError, host: Host, deadline: Deadline) -> Retry:
        """Wait before the next attempt, or raise the failure where there is to be none.

        Retry counts and reckons, but does not act: its own loop reads the body of an error whole,
        be it endless, and would neither keep the pace nor know the deadline.
        """
        try:
            retry = retry.increment("GET", failure.url)
            pause = max(retry.get_backoff_time(), host.resting())
        except MaxRetryError:
            pause = inf
        if pause > min(self._limits.rest, deadline.left()):
            host.failures += 1
            raise failure
        sleep(pause)
        return retry

    def _unwell(self, answer: Answer, host: Host) -> FetchError:
        """Take note of a server in distress, and of the rest that it asks for."""
        words = f"the server answered {answer.status}"
        rest = retry_after(answer.headers.get("Retry-After"), host.moment)
        if rest:
            host.rest(rest)
            words += f" and asks to be left alone for {rest:.0f} s"
        return FetchError(answer.url, words, status=answer.status)

    def _why(self, error: Exception, deadline: Deadline) -> str:
        if deadline.left() <= 0:
            return f"it did not come whole within {self._limits.total:g} s"
        return reason(error)
