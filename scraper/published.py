"""When an article was published, by every signal that tells: one is trusted, none is hidden."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, time
from email.utils import parsedate_to_datetime
from typing import Final, TypeAlias

from records.errors import BadValue
from records.model import ZONE, Problem, When
from records.state import Seen
from scraper.raw import RawNews
from scraper.signals import Told, moment, reading
from scraper.swedish import clocks

Entry: TypeAlias = tuple[RawNews, Seen]

SHARE: Final = "share name"
TRUST: Final = ("page", "list", "feed", SHARE)
"""The order of trust: the article's own page, its row in a list, its item in a feed, and last the
day in the page's name, which is when the page was made.
"""

_DAYS_END: Final = time(23, 59)  # what some sites write for a day without an hour


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """When it was published, the signal that was trusted, and what disagreed or was not read."""

    when: When | None
    signal: str | None
    problems: tuple[Problem, ...]


def published(entries: Sequence[Entry]) -> Publication:
    """Choose by the order of trust; an hour may come from another signal of the same day."""
    found: list[Told] = []
    problems: list[Problem] = []
    for raw, one in entries:
        for signal, phrase, stamps in _phrases(raw):
            try:
                found.append(_told(signal, phrase, stamps, one))
            except BadValue:
                said = phrase or ", ".join(stamps)
                problems.append(Problem(code="unread-date", text=f"{signal}: {said}"))
    ranked = sorted(found, key=lambda told: TRUST.index(told.signal))
    if not ranked:
        return Publication(when=None, signal=None, problems=tuple(problems))
    first = ranked[0]
    chosen = next((told for told in ranked if told.clock and told.agrees(first)), first)
    problems += [
        Problem(code="published-disagrees", text=f"{chosen} är valt; {other}")
        for other in ranked
        if not other.agrees(chosen)
    ]
    return Publication(
        when=moment(first.day, chosen.clock),
        signal=chosen.signal,
        problems=tuple(dict.fromkeys(problems)),
    )


def _phrases(raw: RawNews) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    if raw.published or raw.stamps:
        yield raw.where, raw.published or "", raw.stamps
    if raw.share_date:
        yield SHARE, raw.share_date, ()


def _told(signal: str, phrase: str, stamps: tuple[str, ...], one: Seen) -> Told:
    near = one.since
    if signal == "feed":
        return _in_feed(phrase, near)
    told = reading(signal, phrase, stamps, near)
    if told.clock is None:
        return told
    minute = told.clock.replace(second=0, microsecond=0)
    silent = minute == _DAYS_END and not clocks(phrase)
    return replace(told, clock=None if silent else minute)


def _in_feed(phrase: str, near: date) -> Told:
    """Read «Wed, 08 Nov 2023 08:30:00 GMT» (RFC 822), or the ISO form that other feeds have."""
    try:
        at = parsedate_to_datetime(phrase)
        local = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(ZONE)
    except (OverflowError, ValueError):
        return reading("feed", "", (phrase,), near)
    clock = local.time().replace(second=0, microsecond=0)
    return Told(signal="feed", day=local.date(), clock=clock)
