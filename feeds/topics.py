"""What can be followed by itself: the kinds of happening that have feeds of their own."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from records.terms import ChangeKind, Role


class Topic(StrEnum):
    """One kind; its value names the files, behind a committee's slug or alone for the city."""

    AGENDAS = "kallelser"
    PAPERS = "handlingar"
    MINUTES = "protokoll"
    DECISIONS = "beslut"
    CHANGES = "andringar"
    BOARD = "anslagstavla"
    NEWS = "nyheter"


TITLE: Final[Mapping[Topic, str]] = {
    Topic.AGENDAS: "Kallelser",
    Topic.PAPERS: "Handlingar",
    Topic.MINUTES: "Protokoll",
    Topic.DECISIONS: "Beslut",
    Topic.CHANGES: "Ändringar",
    Topic.BOARD: "Anslagstavlan",
    Topic.NEWS: "Nyheter",
}
"""What a feed of a kind is called."""

SAID: Final[Mapping[Topic, str]] = {
    Topic.AGENDAS: "Kallelser och ärendelistor, när de publiceras eller ändras",
    Topic.PAPERS: "Handlingar och andra dokument till sammanträden",
    Topic.MINUTES: "Protokoll, när de publiceras",
    Topic.DECISIONS: "Beslut, när kommunen har sammanfattat dem",
    Topic.CHANGES: "Flyttade och inställda sammanträden, ny plats, ändrad öppenhet",
    Topic.BOARD: "Det som anslås på kommunens anslagstavla",
    Topic.NEWS: "Kommunens egna nyheter",
}
"""What such a feed says that it holds."""

_ROLES: Final = {
    Role.AGENDA: Topic.AGENDAS,
    Role.MINUTES: Topic.MINUTES,
    Role.IMMEDIATE_MINUTES: Topic.MINUTES,
}
_KINDS: Final = {
    ChangeKind.AGENDA_CHANGED: Topic.AGENDAS,
    ChangeKind.DECISIONS_PUBLISHED: Topic.DECISIONS,
    ChangeKind.MOVED: Topic.CHANGES,
    ChangeKind.RELOCATED: Topic.CHANGES,
    ChangeKind.POSTPONED: Topic.CHANGES,
    ChangeKind.CANCELLED: Topic.CHANGES,
    ChangeKind.RESTORED: Topic.CHANGES,
    ChangeKind.MISSING: Topic.CHANGES,
    ChangeKind.WITHDRAWN: Topic.CHANGES,
    ChangeKind.ACCESS_CHANGED: Topic.CHANGES,
    ChangeKind.NOTICE_POSTED: Topic.BOARD,
    ChangeKind.NOTICE_REMOVED: Topic.BOARD,
}
_FILED: Final = {
    ChangeKind.DOCUMENT_ADDED,
    ChangeKind.DOCUMENT_REPLACED,
    ChangeKind.DOCUMENT_REMOVED,
}


def topics(kind: ChangeKind, role: Role | None = None) -> tuple[Topic, ...]:
    """Give what a happening belongs to: a new meeting to nothing, a file by its `role`."""
    if kind in _FILED:
        return (_ROLES.get(role or Role.OTHER, Topic.PAPERS),)
    return (_KINDS[kind],) if kind in _KINDS else ()
