"""All that a meeting's event is told from: the record, its latest changes, its notices."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from feeds.edition import Edition, named
from feeds.phrases import day_of
from records.model import Change, Committee, Jurisdiction, Meeting, Notice, Revision
from records.terms import ChangeKind, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One meeting with what hangs on it; `changes` come newest first."""

    revision: Revision[Meeting]
    committee: Committee
    city: Jurisdiction
    changes: tuple[Change, ...] = ()
    notices: tuple[Revision[Notice], ...] = ()

    @property
    def meeting(self) -> Meeting:
        """The meeting; one that was withdrawn is one that the city shows no longer."""
        if self.revision.withdrawn:
            return replace(self.revision.record, status=Status.MISSING)
        return self.revision.record

    @property
    def changed(self) -> datetime:
        """When what is told last changed; an app that goes by it misses nothing."""
        hung = (notice.last_changed for notice in self.notices)
        return max((self.revision.last_changed, *hung))

    @property
    def gone(self) -> datetime:
        """When the city was first seen to show the meeting no longer."""
        told = {change.kind: change.at for change in reversed(self.changes)}  # the newest of each
        left = told.get(ChangeKind.WITHDRAWN, self.revision.last_changed)
        return told.get(ChangeKind.MISSING, left)


def stories(edition: Edition) -> Iterator[Story]:
    """Give the story of each meeting of the edition, withdrawn ones too."""
    names = named(edition)
    changes: dict[str, list[Change]] = defaultdict(list)
    for change in edition.changes:
        changes[change.record].append(change)
    sittings = Counter(_sitting(revision) for revision in edition.meetings)
    notices: dict[tuple[str, date], list[Revision[Notice]]] = defaultdict(list)
    for notice in edition.notices:
        if notice.record.committee and notice.record.held:
            notices[notice.record.committee, notice.record.held].append(notice)
    for revision in edition.meetings:
        sitting = _sitting(revision)
        alone = sittings[sitting] == 1  # of two in a day a notice does not say which it is about
        own = notices[sitting] if alone else []
        yield Story(
            revision=revision,
            committee=names[revision.record.committee],
            city=edition.city,
            changes=tuple(changes[revision.record.id]),
            notices=tuple(sorted(own, key=lambda notice: notice.record.id)),
        )


def _sitting(revision: Revision[Meeting]) -> tuple[str, date]:
    return revision.record.committee, day_of(revision.record.start)
