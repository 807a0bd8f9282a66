"""What the pages read in one run have lost, against what stood in their records before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Any, Final

from records.drift import drifted
from records.model import Meeting, NewsItem, Notice, Record, Revision, identity
from records.state import Drift
from records.store import Store
from scraper.cities import City
from scraper.crawl import Outcome, Read, Unchanged, key

_READ: Final = 200


def standing(
    city: City, store: Store, outcomes: Iterable[Outcome], today: date
) -> tuple[Record, ...]:
    """Give the records, as they stand in the store, whose own page these outcomes read.

    Those of committees that have ended are left out: their pages are cleared away.
    """
    pages = {
        one.state.key
        for one in outcomes
        if isinstance(one, Read | Unchanged) and one.state.status == _READ and _asked(one)
    }
    if not pages:  # an ordinary run, where the city answered «not modified» to everything
        return ()
    found: Iterator[Revision[Any]] = chain(
        store.revisions(city.slug, Meeting),
        store.revisions(city.slug, NewsItem),
        store.revisions(city.slug, Notice),
    )
    ended = city.ended(today)
    return tuple(
        record
        for record in (one.record for one in found)
        if record.url and key(record.url) in pages
        if getattr(record, "committee", None) not in ended
    )


def _asked(outcome: Read | Unchanged) -> bool:
    return isinstance(outcome, Read) or outcome.asked


def drift(before: Iterable[Record], made: Mapping[str, Record]) -> tuple[Drift, ...]:
    """Compare records with those of the same identity that this run made; others are as before."""
    return drifted((old, made.get(identity(old), old)) for old in before)
