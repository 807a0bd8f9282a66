"""Committee, Meeting, NewsItem, Notice and what belongs to them: a city's words as frozen values.

Names follow iCalendar, schema.org, Open Civic Data and OParl. A record says what the city says; a
`Revision` adds what we noticed. Datetimes are aware and in `ZONE`; where the clock time is unknown
`Meeting.start` is a plain date, never midnight. Missing is None; collections are never None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final, Generic, TypeAlias, TypeVar
from zoneinfo import ZoneInfo

from records.terms import Access, Cause, ChangeKind, Classification, Role, Status

ZONE: Final = ZoneInfo("Europe/Stockholm")
"""The zone of every Swedish municipality."""

When: TypeAlias = datetime | date
"""An aware moment, or a plain date where the clock time is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Committees of one topic that are followed together; `committees` are slugs."""

    slug: str
    name: str
    committees: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Jurisdiction:
    """The city itself, and what only its own file tells.

    `places` gives the full postal line for a place in its pages' words, `coordinates` the verified
    latitude and longitude of such a line, `webcasts` where a committee's (slug) meetings are sent,
    `appeals` the city's own page on how to appeal.
    """

    slug: str
    name: str
    url: str
    places: Mapping[str, str] = field(default_factory=dict)
    coordinates: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    webcasts: Mapping[str, str] = field(default_factory=dict)
    appeals: str | None = None
    bundles: tuple[Bundle, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something a record cannot say, or that its sources tell differently."""

    code: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Committee:
    """A body that meets."""

    slug: str
    name: str
    classification: Classification
    url: str | None = None
    aliases: tuple[str, ...] = ()
    colour: str | None = None  # a CSS3 colour name (RFC 7986, COLOR)
    email_subscription: str | None = None
    until: date | None = None
    successors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a meeting is held, in the page's words."""

    name: str
    address: str | None = None
    online: bool = False
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file that belongs to a meeting; `size` in bytes, `published` the upload stamp."""

    id: str
    name: str
    url: str | None
    role: Role
    section: str | None = None
    media_type: str | None = None
    size: int | None = None
    published: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """One item of an agenda; `number` and `reference` (diarienummer) as the city writes them."""

    title: str
    number: str | None = None
    reference: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision as the city sums it up."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One meeting of one committee.

    `committee` is a slug. `end` is None unless the city gives it, and a plain date for the last of
    two days. `times` holds (clock, the city's words). `webcast` is None where the page is silent.
    `documents_known` is False where a script draws the list and its data is not in the page.
    """

    id: str
    uid: str
    committee: str
    title: str
    start: When
    end: When | None = None
    times: tuple[tuple[time, str], ...] = ()
    status: Status = Status.CONFIRMED
    location: Place | None = None
    access: Access = Access.UNKNOWN
    public_from: datetime | None = None
    webcast: bool | None = None
    url: str | None = None
    documents: tuple[Document, ...] = ()
    documents_known: bool = False
    agenda: tuple[AgendaItem, ...] = ()
    decisions: tuple[Decision, ...] = ()
    notices: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsItem:
    """One article; `published` is a plain date where the city gives no clock time.

    `content_html` is the whole text, sanitised, without the title. `image_text` is what the page
    gives for those who do not see the image.
    """

    id: str
    title: str
    summary: str | None = None
    content_html: str | None = None
    published: When | None = None
    url: str
    image: str | None = None
    image_text: str | None = None
    committees: tuple[str, ...] = ()
    meeting: str | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One item of the notice board; `appeal_deadline` is computed by us, never by the city."""

    id: str
    title: str
    url: str | None = None
    committee: str | None = None
    posted: date | None = None
    held: date | None = None
    adjusted: date | None = None
    immediate: bool = False
    kept_at: str | None = None
    document_url: str | None = None
    appeal_deadline: date | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def about_minutes(self) -> bool:
        """Tell adjusted minutes from other notices: of those only title and link are kept.

        Minutes have a last day to appeal, or a problem that says why not.
        """
        days = self.posted or self.held or self.adjusted or self.appeal_deadline
        return bool(days or self.kept_at or self.document_url or self.immediate or self.problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that happened to one record, `at` the run that first saw it.

    `text` is Swedish, `text_en` English. `stated` is when the city says that it happened: a file's
    upload stamp, the day of a notice, when the page was last changed. `previous` is when we had
    last looked at the page and found it otherwise. Each is None where it is not known.
    `committee` is whose the record was then, whoever has it later; None for what belongs to none.
    """

    id: str
    record: str
    kind: ChangeKind
    at: datetime
    text: str
    text_en: str | None = None
    stated: When | None = None
    previous: datetime | None = None
    committee: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An entry of the feeds that hangs on no record, kept as it was told.

    Its `id` begins with its feed: «veckan/week/2026-11-23», «kommunstyrelsen/outage/2026-11-24».
    `source` is the source that it is about, if any.
    """

    id: str
    at: datetime
    title: str
    body: str
    link: str
    source: str | None = None


Record: TypeAlias = Committee | Meeting | NewsItem | Notice
R = TypeVar("R", Committee, Meeting, NewsItem, Notice)


def identity(record: Record) -> str:
    """A record's lasting name: the slug of a committee, the id of everything else."""
    return record.slug if isinstance(record, Committee) else record.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a record's words came from: `signals` names, per field, the signal that gave it."""

    url: str
    fetched: datetime
    content_hash: str
    parser: int
    modified: datetime | None = None  # «Senast ändrad», as the page says of itself
    signals: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision(Generic[R]):
    """One version of a record with what we noticed about it.

    `sequence` rises on a change of time, place or status; `last_changed` on any visible change.
    `previous` is when its pages had last been looked at and said otherwise: the version before it
    was last seen then.
    """

    record: R
    first_seen: datetime
    last_changed: datetime
    sequence: int
    provenance: Provenance
    cause: Cause = Cause.CITY
    withdrawn: bool = False
    previous: datetime | None = None
