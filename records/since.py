"""Since when a page has said each thing: a year that its words leave out is the one of then."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final, TypeAlias

from records.state import PageState, Sighting

_WHEN: Final = ("where", "time", "row", "published", "stamps")
"""What of a sighting tells a day; the rest of its words may change beside it."""

_SINCE: Final = "said since"  # no field of what a parser gives

_Key: TypeAlias = tuple[Any, ...]


def kept(
    before: PageState | None, old: Sequence[Sighting], new: Sequence[Sighting], page: PageState
) -> list[Sighting]:
    """Give what a page says, with the day since which it has said it, where it said so before.

    The same words of the same group stand for the same day, however late the page is touched
    elsewhere. What only our reading changed, as another parser gives it, was said all along.
    """
    if before is None or before.fetched is None:
        return list(new)
    said: dict[_Key, deque[date]] = defaultdict(deque)
    for one in old:
        said[_key(one)].append(one.since or before.fetched.date())
    ours = page.fetched == before.fetched and len(old) == len(new)
    found = []
    for at, one in enumerate(new):
        days = said[_key(one)]
        since = days.popleft() if days else old[at].since if ours else None
        found.append(replace(one, since=since))
    return found


def _key(one: Sighting) -> _Key:
    return one.bucket, *(_plain(one.data.get(name)) for name in _WHEN)


def _plain(value: Any) -> Any:  # noqa: ANN401 - JSON
    return tuple(value) if isinstance(value, list) else value


def packed(one: Sighting) -> dict[str, Any]:
    """Give the data of a sighting as it is stored."""
    return {**one.data, **({_SINCE: one.since.isoformat()} if one.since else {})}


def unpacked(bucket: str, stored: Mapping[str, Any]) -> Sighting:
    """Read a sighting back."""
    data = dict(stored)
    since = data.pop(_SINCE, None)
    return Sighting(bucket=bucket, data=data, since=date.fromisoformat(since) if since else None)


def grouped(sightings: Iterable[Sighting]) -> dict[str, list[Any]]:
    """What a page says in each bucket, in its order."""
    found: dict[str, list[Any]] = defaultdict(list)
    for it in sightings:
        found[it.bucket].append(it.data)
    return found
