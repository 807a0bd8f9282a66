"""Fields that many records have lost at once: the city changed its pages, or we misread them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import fields
from typing import Final

from records.model import Committee, Record
from records.state import Drift
from records.tables import kind_of
from records.terms import Access

LEAST: Final = 5
"""In how many records a field must be lost."""

SHARE: Final = 5
"""And in at least one of so many of those that had it."""

_EMPTY: Final = (None, "", (), Access.UNKNOWN)
_DOUBTS: Final = "problems"  # to lose them is no loss


def drifted(versions: Iterable[tuple[Record, Record]]) -> tuple[Drift, ...]:
    """Give the fields that drifted, from (previous version, version now) of each record.

    Whoever calls leaves out new records and those whose own page was not read.
    """
    had: Counter[tuple[str, str]] = Counter()
    lost: Counter[tuple[str, str]] = Counter()
    for old, new in versions:
        for name in _filled(old):
            had[kind_of(type(old)), name] += 1
            lost[kind_of(type(old)), name] += getattr(new, name) in _EMPTY
    return tuple(
        Drift(kind=kind, field=name, lost=count, of=had[kind, name])
        for (kind, name), count in sorted(lost.items())
        if count >= LEAST and count * SHARE >= had[kind, name]
    )


def _filled(record: Record) -> Iterable[str]:
    if isinstance(record, Committee):  # the city's file speaks of it, and no page
        return ()
    named = (field.name for field in fields(record) if field.name != _DOUBTS)
    return (name for name in named if getattr(record, name) not in _EMPTY)
