"""The closed lists that records choose from: bodies, states, roles of documents, what can happen.

The values are what is exported; names follow iCalendar, schema.org, Open Civic Data and OParl.
"""

from __future__ import annotations

from enum import StrEnum


class Classification(StrEnum):
    """What kind of body a committee is (Open Civic Data: organization classification)."""

    COUNCIL = "council"  # kommunfullmäktige
    BOARD = "board"  # kommunstyrelsen
    COMMITTEE = "committee"  # nämnd
    SUBCOMMITTEE = "subcommittee"  # utskott
    COMPANY = "company"  # bolag
    AUDIT = "audit"  # revision
    AUTHORITY = "authority"  # another body than the city: kommunalförbund
    OTHER = "other"


class Status(StrEnum):
    """Whether a meeting takes place: the city's word, but for `MISSING`, which is ours."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"  # preliminär
    CANCELLED = "cancelled"  # inställt, ställs in, utgår
    POSTPONED = "postponed"  # uppskjutet, flyttat without a new date
    MISSING = "missing"  # no longer shown by the city, which has not said why


class Access(StrEnum):
    """Whether the public may attend."""

    OPEN = "open"
    PARTLY = "partly"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Role(StrEnum):
    """What a document is to its meeting."""

    AGENDA = "agenda"  # kallelse, ärendelista, föredragningslista
    PAPERS = "papers"  # handlingar
    MINUTES = "minutes"  # protokoll
    IMMEDIATE_MINUTES = "immediate-minutes"  # §-protokoll, omedelbar justering
    APPENDIX = "appendix"  # bilaga, voteringar
    PROPOSAL = "proposal"  # alternativt förslag, yrkande, återremiss
    MOTION = "motion"
    QUESTION = "question"  # fråga, interpellation
    RESIGNATION = "resignation"  # avsägelse
    REPORT = "report"  # missiv, kortrapport, revision
    OTHER = "other"


class ChangeKind(StrEnum):
    """What can happen to a record, as a subscriber would say it."""

    NEW = "new"
    MOVED = "moved"
    RELOCATED = "relocated"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    RESTORED = "restored"
    MISSING = "missing"
    WITHDRAWN = "withdrawn"
    ACCESS_CHANGED = "access-changed"
    AGENDA_CHANGED = "agenda-changed"
    DOCUMENT_ADDED = "document-added"
    DOCUMENT_REPLACED = "document-replaced"
    DOCUMENT_REMOVED = "document-removed"
    DECISIONS_PUBLISHED = "decisions-published"
    NOTICE_POSTED = "notice-posted"
    NOTICE_REMOVED = "notice-removed"
    TEXT = "text"


class Cause(StrEnum):
    """Why a revision differs from the one before it."""

    CITY = "city"
    CORRECTION = "correction"  # our reading was mended; the city said the same before
