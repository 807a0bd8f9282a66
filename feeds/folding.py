"""Which changes are told one by one, and which together: nobody is met by two hundred entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Final

from records.model import ZONE, Change
from records.terms import ChangeKind

MANY: Final = 10
"""How many new meetings of one committee, or files of old meetings, in one run are told singly."""

OLD: Final = timedelta(days=60)
"""How long ago a meeting was whose files are old."""

SOON: Final = timedelta(hours=1)
"""How long after the first sight a correction belongs to what was told then."""

_SLIPS: Final = frozenset(
    {
        ChangeKind.MOVED,
        ChangeKind.RELOCATED,
        ChangeKind.ACCESS_CHANGED,
        ChangeKind.AGENDA_CHANGED,
        ChangeKind.DOCUMENT_REPLACED,
        ChangeKind.DOCUMENT_REMOVED,
    }
)
"""What corrects the first sight of a meeting; that it is called off is news of its own."""

_FILED: Final = frozenset(
    {ChangeKind.DOCUMENT_ADDED, ChangeKind.DOCUMENT_REPLACED, ChangeKind.DOCUMENT_REMOVED}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a change is about: a committee's meeting on that `day`, or something without a day.

    `committee` is whose it is now: a change that says itself whose it was is told for that one.
    """

    committee: str | None
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Single:
    """A change that is told by itself, with what was corrected in the hour after."""

    change: Change
    corrections: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Changes of one committee in one run that are told as one; `first` where that run was."""

    committee: str
    at: datetime
    changes: tuple[Change, ...]
    first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulk:
    """Files of old meetings, of whatever committees, that changed in one run."""

    at: datetime
    changes: tuple[Change, ...]


@dataclass(slots=True, kw_only=True)
class Folded:
    """All that is told, each kind by time."""

    singles: list[Single] = field(default_factory=list)
    batches: list[Batch] = field(default_factory=list)
    bulks: list[Bulk] = field(default_factory=list)


def fold(
    changes: Iterable[Change],
    about: Mapping[str, About],
    unseen: Mapping[str, datetime] = MappingProxyType({}),
) -> Folded:
    """Part changes into those told one by one and those told together.

    `about` has every record that is told of; changes of others are left out, and so is `text`.
    `unseen` has when committees were first told of by what is in no output any more: a summary that
    stood is not given again.
    """
    runs: dict[datetime, dict[str, list[Change]]] = defaultdict(lambda: defaultdict(list))
    for change in changes:
        if change.record in about and change.kind is not ChangeKind.TEXT:
            committee = told_for(change, about[change.record].committee)
            if committee:
                runs[change.at][committee].append(change)
    folded = Folded()
    alone: list[Change] = []
    begun: set[str] = set()
    for at, run in sorted(runs.items()):
        left: list[Change] = []
        for committee, found in sorted(run.items()):
            first = committee not in begun and at <= unseen.get(committee, at)
            begun.add(committee)
            new = [change for change in found if change.kind is ChangeKind.NEW]
            together = found if first else new if len(new) > MANY else []
            left += _without(found, together)
            if together:
                batch = Batch(committee=committee, at=at, changes=tuple(together), first=first)
                folded.batches.append(batch)
        old = [change for change in left if _is_old(change, about[change.record].day)]
        if len(old) > MANY:
            folded.bulks.append(Bulk(at=at, changes=tuple(old)))
            left = _without(left, old)
        alone += left
    told = [change for batch in folded.batches for change in batch.changes]
    folded.singles = list(_corrected(alone, told))
    return folded


def told_for(change: Change, now: str | None) -> str:
    """Give the committee in whose feed a change stands: whose it was, not who has it `now`."""
    return change.committee or now or ""


def _without(changes: Iterable[Change], others: Iterable[Change]) -> list[Change]:
    names = {other.id for other in others}
    return [change for change in changes if change.id not in names]


def document_of(change: Change) -> str | None:
    """Give the id of the file that a change is about: «18.ab» of «…/document-added/18.ab/1»."""
    parts = change.id.removeprefix(f"{change.record}/").split("/")
    return parts[1] if change.kind in _FILED and len(parts) > 2 else None  # noqa: PLR2004 - and a number


def _is_old(change: Change, day: date | None) -> bool:
    return (
        day is not None and change.kind in _FILED and change.at.astimezone(ZONE).date() - day > OLD
    )


def _corrected(alone: Sequence[Change], together: Sequence[Change]) -> Iterator[Single]:
    """Give each change with the slips of its first hour; those of a summary are in its list."""
    first: dict[tuple[str, str | None], list[Change]] = defaultdict(list)
    for change in sorted((*alone, *together), key=lambda it: it.at):
        thing = _thing(change)
        if thing:
            first[thing].append(change)
    slips: dict[str, list[Change]] = defaultdict(list)
    for change in alone:
        base = _base(change, first)
        if base:
            slips[base.id].append(change)
    folded = {slip.id for found in slips.values() for slip in found}
    for change in alone:
        if change.id not in folded:
            yield Single(change=change, corrections=tuple(slips[change.id]))


def _thing(change: Change) -> tuple[str, str | None] | None:
    """Name what is seen for the first time by a change: a meeting, or a file of it."""
    if change.kind is ChangeKind.NEW:
        return change.record, None
    file = document_of(change) if change.kind is ChangeKind.DOCUMENT_ADDED else None
    return (change.record, file) if file else None


def _base(
    change: Change, first: Mapping[tuple[str, str | None], Sequence[Change]]
) -> Change | None:
    """Give the first sight that a change corrects: the newest that is not later than it."""
    if change.kind not in _SLIPS:
        return None
    for thing in dict.fromkeys(((change.record, document_of(change)), (change.record, None))):
        for seen in reversed(first.get(thing, ())):
            if seen.at <= change.at <= seen.at + SOON and seen.id != change.id:
                return seen
    return None
