"""What can be said of a record: Swedish and English words, days and clocks as each writes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final

from records.model import When
from records.terms import ChangeKind, Role

_WEEKDAYS: Final = (
    ("måndag", "Monday"),
    ("tisdag", "Tuesday"),
    ("onsdag", "Wednesday"),
    ("torsdag", "Thursday"),
    ("fredag", "Friday"),
    ("lördag", "Saturday"),
    ("söndag", "Sunday"),
)
_MONTHS: Final = (
    ("januari", "January"),
    ("februari", "February"),
    ("mars", "March"),
    ("april", "April"),
    ("maj", "May"),
    ("juni", "June"),
    ("juli", "July"),
    ("augusti", "August"),
    ("september", "September"),
    ("oktober", "October"),
    ("november", "November"),
    ("december", "December"),
)
_DOCUMENTS: Final = {  # what a file is called, the form its participle takes, and its English name
    Role.AGENDA: ("Kallelse", 0, "Notice of meeting"),
    Role.PAPERS: ("Handlingar", 2, "Papers"),
    Role.MINUTES: ("Protokoll", 1, "Minutes"),
    Role.IMMEDIATE_MINUTES: ("Omedelbart justerat protokoll", 1, "Immediately approved minutes"),
    Role.APPENDIX: ("Bilaga", 0, "Appendix"),
    Role.PROPOSAL: ("Förslag", 1, "Proposal"),
    Role.MOTION: ("Motion", 0, "Motion"),
    Role.QUESTION: ("Fråga", 0, "Question"),
    Role.RESIGNATION: ("Avsägelse", 0, "Resignation"),
    Role.REPORT: ("Rapport", 0, "Report"),
    Role.OTHER: ("Dokument", 1, "Document"),
}
_PARTICIPLES: Final = {  # for an n-word, for a t-word, for several
    ChangeKind.DOCUMENT_ADDED: (("publicerad", "publicerat", "publicerade"), "published"),
    ChangeKind.DOCUMENT_REPLACED: (("utbytt", "utbytt", "utbytta"), "replaced"),
    ChangeKind.DOCUMENT_REMOVED: (("borttagen", "borttaget", "borttagna"), "removed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The same words in Swedish and in English; what the city wrote stays Swedish in both."""

    sv: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One thing that happened to a record; `document` is the id of the file it is about."""

    kind: ChangeKind
    words: Wording
    document: str | None = None


def say(sv: str, en: str, **parts: Wording | str) -> Wording:
    """Fill `{name}` in both sentences; a `Wording` among `parts` gives each its own words."""
    return Wording(
        sv=sv.format_map({k: v.sv if isinstance(v, Wording) else v for k, v in parts.items()}),
        en=en.format_map({k: v.en if isinstance(v, Wording) else v for k, v in parts.items()}),
    )


def instant(value: object) -> object:
    """A moment as it is compared: in UTC, as the hour that autumn repeats is two; else as it is."""
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def clock(value: time) -> Wording:
    """«18.00» and «18:00»."""
    return Wording(sv=f"{value:%H.%M}", en=f"{value:%H:%M}")


def day(value: date, *, year: bool) -> Wording:
    """«torsdag 3 december» and «Thursday 3 December», with the year where it matters."""
    weekday, month = _WEEKDAYS[value.weekday()], _MONTHS[value.month - 1]
    tail = f" {value.year}" if year else ""
    return Wording(
        sv=f"{weekday[0]} {value.day} {month[0]}{tail}",
        en=f"{weekday[1]} {value.day} {month[1]}{tail}",
    )


def month(name: str) -> int:
    """Give 12 for «december»; ValueError for what is no month."""
    return [swedish for swedish, _ in _MONTHS].index(name) + 1


def when(value: When, *, year: bool) -> Wording:
    """«torsdag 3 december kl. 18.00», without the clock for a plain date."""
    if not isinstance(value, datetime):
        return day(value, year=year)
    return say(
        "{day} kl. {clock}",
        "{day} at {clock}",
        day=day(value, year=year),
        clock=clock(value.time()),
    )


def role(text: str) -> Role | None:
    """Read from the Swedish of a change what its file is, also of one that is there no more."""
    found = (role for role, (noun, *_) in _DOCUMENTS.items() if text.startswith(f"{noun} "))
    return next(found, None)


def document(kind: ChangeKind, role: Role, name: str) -> Wording:
    """«Handlingar publicerade: …», by what the file is; `kind` is one of the document kinds."""
    noun, form, english = _DOCUMENTS[role]
    forms, done = _PARTICIPLES[kind]
    return Wording(sv=f"{noun} {forms[form]}: {name}", en=f"{english} {done}: {name}")
