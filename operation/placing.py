"""Whose a meeting is that the lists of several committees lead to: it is one, in one calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from records.state import Seen
from records.store import Store
from scraper.normalise import UNPLACED

MEETINGS: Final = "meeting/"
"""How the bucket of a committee's meetings begins."""

NODE: Final = "node:"
"""How the key begins that leads from a page to its meeting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """The meetings' buckets that are to be made, with what is said in each.

    `named` has by node the ids that were given, whatever committee had the meeting then; `shared`
    by node the buckets that name it now; `elsewhere` by bucket the ids whose meetings another
    committee has now.
    """

    seen: Mapping[str, Sequence[Seen]]
    named: Mapping[str, str]
    shared: Mapping[str, Collection[str]]
    elsewhere: Mapping[str, frozenset[str]]

    def keys(self, bucket: str) -> dict[str, str]:
        """Give the keys of the pages that a bucket's meetings have, where they were given."""
        known = nodes(self.seen[bucket]).keys() & self.named.keys()
        return {NODE + node: self.named[node] for node in sorted(known)}


def named(scopes: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Give by node the ids of meetings, which some were given before they had a page."""
    return {node: next(iter(given.values())) for node, given in scopes.items()}


def stored(
    store: Store, city: str, touched: Iterable[str], sightings: Callable[[str], Sequence[Seen]]
) -> Placed:
    """Place what is said by all that the store knows; see `place`."""

    def stood(name: str) -> str | None:
        past = store.history(city, f"{city}:{name}")
        return past[-1].record.committee if past else None

    scopes = store.identified(city, MEETINGS, NODE)
    return place(touched, sightings=sightings, scopes=scopes, stood=stood)


def place(
    touched: Iterable[str],
    *,
    sightings: Callable[[str], Sequence[Seen]],
    scopes: Mapping[str, Mapping[str, str]],
    stood: Callable[[str], str | None],
) -> Placed:
    """Gather what is said in the touched buckets, and in those that share a meeting with them.

    `scopes` has by node the ids by bucket: a meeting has one in each bucket that ever named it.
    `stood` gives by id the committee that has a meeting.
    """
    names = named(scopes)
    made = set(touched)
    said = {bucket: sightings(bucket) for bucket in made}
    queue = sorted(made)
    for bucket in queue:
        here = nodes(said[bucket])
        for node, given in scopes.items():
            if node not in here and bucket not in given:
                continue
            for other in given.keys() - {bucket}:
                if other not in said:
                    said[other] = sightings(other)
                if other not in made and node in here and node in nodes(said[other]):
                    made.add(other)
                    queue.append(other)
    where = _where(said)
    seen = _together(said, where, lambda node: stood(names[node]) if node in names else None)
    return Placed(
        seen={bucket: seen[bucket] for bucket in sorted(made)},
        named=names,
        shared={node: buckets for node, buckets in where.items() if len(buckets) > 1},
        elsewhere=_elsewhere(scopes, seen),
    )


def _elsewhere(
    scopes: Mapping[str, Mapping[str, str]], seen: Mapping[str, Sequence[Seen]]
) -> dict[str, frozenset[str]]:
    """Give by bucket the ids that it gave, and that a page in another bucket has now.

    Of several pages one that is there has it, and the one whose own name it is before others.
    """
    names, holders = named(scopes), defaultdict[str, list[tuple[bool, bool, str]]](list)
    for bucket, every in seen.items():
        there = nodes(one for one in every if not one.page.gone)
        for node in nodes(every).keys() & names.keys():
            holders[names[node]].append((node not in there, node != names[node], bucket))
    found: dict[str, set[str]] = defaultdict(set)
    for given in scopes.values():
        for bucket, name in given.items():
            if name in holders and min(holders[name])[2] != bucket:
                found[bucket].add(name)
    return {bucket: frozenset(ids) for bucket, ids in found.items()}


def _together(
    said: Mapping[str, Sequence[Seen]],
    where: Mapping[str, Collection[str]],
    stood: Callable[[str], str | None],
) -> dict[str, list[Seen]]:
    """Give all that is said of a page's meeting to one bucket, of those in which it stands.

    Its own page decides; without one the committee that has it, so that it does not go to and fro
    between two lists that differ.
    """
    owner: dict[str, str] = {}
    for node, buckets in where.items():
        own = [bucket for bucket in sorted(buckets) if nodes(said[bucket])[node]]
        before = f"{MEETINGS}{stood(node)}" if len(buckets) > 1 and not own else ""
        owner[node] = own[0] if own else before if before in buckets else min(buckets)
    given: dict[str, list[Seen]] = {bucket: [] for bucket in said}
    for bucket, every in said.items():
        for one in every:
            given[owner.get(_node(one) or "", bucket) if bucket != UNPLACED else bucket].append(one)
    return {
        bucket: sorted(every, key=lambda one: (one.page.key, one.position))
        for bucket, every in given.items()
    }


def nodes(seen: Iterable[Seen]) -> dict[str, bool]:
    """Give the nodes that sightings name, and of each whether its own page is among them."""
    found: dict[str, bool] = {}
    for one in seen:
        node = _node(one)
        if node:
            found[node] = found.get(node, False) or one.sighting.data["where"] == "page"
    return found


def _where(said: Mapping[str, Sequence[Seen]]) -> dict[str, set[str]]:
    """Give the buckets that name each node; what names no committee has no part in it."""
    found: dict[str, set[str]] = defaultdict(set)
    for bucket, every in said.items():
        for node in nodes(every) if bucket != UNPLACED else ():
            found[node].add(bucket)
    return found


def _node(one: Seen) -> str | None:
    node: str | None = one.sighting.data.get("node")
    return node
