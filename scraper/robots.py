"""What a host's robots.txt asks of us (RFC 9309): what to leave alone, and how slowly to go."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Final

from protego import Protego

from records.state import HostState

SIZE: Final = 500 * 1024
"""How many bytes of a robots.txt count (RFC 9309, 2.5)."""

LIFE: Final = timedelta(hours=24)
"""How long a robots.txt is taken as it was read (RFC 9309, 2.4)."""

_TOKEN: Final = re.compile("[A-Za-z_-]+")
_NAMED: Final = re.compile(
    r"^([ \t]*user-agent[ \t]*:[ \t]*[a-z_-]+)[^\r\n]*", re.IGNORECASE | re.MULTILINE
)


class Rules:
    """The rules of one robots.txt for one robot."""

    def __init__(self, text: str, agent: str) -> None:
        """Read the rules for the product that the User-Agent `agent` begins with.

        Only that word counts (RFC 9309, 2.2.1): the rest of a User-Agent holds a contact, whose
        words could be the names of others' robots. Of a name with a version it is the name that
        is meant, which the library compares whole.
        """
        token = _TOKEN.match(agent)
        self._agent = token.group() if token else "*"
        self._rules = Protego.parse(_NAMED.sub(r"\1", text))
        self.delay = self._rules.crawl_delay(self._agent) or 0.0
        """Seconds between two requests (Crawl-delay)."""

    def allow(self, url: str) -> bool:
        """Say whether the page at a canonical address may be asked for."""
        return self._rules.can_fetch(url, self._agent)


def text(body: bytes) -> str:
    """Give the text of a robots.txt; a line that the limit cuts is no rule."""
    kept = body[:SIZE].rpartition(b"\n")[0] if len(body) > SIZE else body
    return kept.decode("utf-8-sig", "replace").replace("\0", "")


def fresh(state: HostState, now: datetime) -> bool:
    """Say whether the remembered robots.txt still holds; one from the future does not."""
    if state.robots_fetched is None:
        return False
    age = now.astimezone(UTC) - state.robots_fetched.astimezone(UTC)
    return timedelta(0) <= age < LIFE


def absent(status: int | None) -> bool:
    """Say whether an answer means that there are no rules (RFC 9309, 2.3.1.3).

    429 is a server in distress, and is treated as 5xx are: not as a permission. Neither is a part
    of the rules (206).
    """
    return (
        status is not None
        and HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
        and status != HTTPStatus.TOO_MANY_REQUESTS
    )
