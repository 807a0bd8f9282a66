"""What residents read: dates, statuses, roles and happenings in Swedish."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from babel.dates import format_date

from records.model import ZONE, When
from records.terms import Access, ChangeKind, Role, Status

UNKNOWN_HOUR: Final = "tid ej fastställd"
DELAY: Final = "Appen kan visa ändringar först efter ett dygn. Kontrollera samma dag:"
GONE: Final = "Sammanträdet syns inte längre hos kommunen sedan"
EXTRA: Final = "Extra: "
UNTITLED: Final = "Utan rubrik"

ACCESS: Final[Mapping[Access, str]] = {
    Access.OPEN: "Öppet för allmänheten",
    Access.PARTLY: "Delvis öppet för allmänheten",
    Access.CLOSED: "Inte öppet för allmänheten",
    Access.UNKNOWN: "Kommunen anger inte om mötet är öppet",
}

PREFIX: Final[Mapping[Status, str]] = {
    Status.CONFIRMED: "",
    Status.TENTATIVE: "PRELIMINÄRT: ",
    Status.CANCELLED: "INSTÄLLT: ",
    Status.POSTPONED: "UPPSKJUTET: ",
    Status.MISSING: "OSÄKERT: ",
}

STATUS_NOTE: Final[Mapping[Status, str]] = {
    Status.TENTATIVE: "Kommunen kallar uppgifterna preliminära.",
    Status.CANCELLED: "Sammanträdet är inställt.",
    Status.POSTPONED: "Sammanträdet är uppskjutet; kommunen har inte angett någon ny dag.",
}

ROLE: Final[Mapping[Role, str]] = {
    Role.AGENDA: "Kallelse",
    Role.PAPERS: "Handlingar",
    Role.MINUTES: "Protokoll",
    Role.IMMEDIATE_MINUTES: "Omedelbart justerat protokoll",
    Role.APPENDIX: "Bilaga",
    Role.PROPOSAL: "Förslag",
    Role.MOTION: "Motion",
    Role.QUESTION: "Fråga",
    Role.RESIGNATION: "Avsägelse",
    Role.REPORT: "Rapport",
    Role.OTHER: "Dokument",
}

HAPPENED: Final[Mapping[ChangeKind, str]] = {
    ChangeKind.NEW: "nytt sammanträde",
    ChangeKind.MOVED: "ny tid",
    ChangeKind.RELOCATED: "ny plats",
    ChangeKind.POSTPONED: "uppskjutet",
    ChangeKind.CANCELLED: "inställt",
    ChangeKind.RESTORED: "åter aktuellt",
    ChangeKind.MISSING: "saknas på kommunens sidor",
    ChangeKind.WITHDRAWN: "borttaget ur kalendern",
    ChangeKind.ACCESS_CHANGED: "ändrad öppenhet för allmänheten",
    ChangeKind.AGENDA_CHANGED: "ändrad ärendelista",
    ChangeKind.DOCUMENT_ADDED: "nytt dokument",
    ChangeKind.DOCUMENT_REPLACED: "ersatt dokument",
    ChangeKind.DOCUMENT_REMOVED: "borttaget dokument",
    ChangeKind.DECISIONS_PUBLISHED: "beslut publicerade",
    ChangeKind.NOTICE_POSTED: "protokollet anslaget",
    ChangeKind.NOTICE_REMOVED: "anslaget nedtaget",
    ChangeKind.TEXT: "ändrad text",
}

NOTICE: Final[Mapping[ChangeKind, str]] = {
    ChangeKind.NOTICE_POSTED: "nytt anslag",
    ChangeKind.NOTICE_REMOVED: "anslag nedtaget",
}


def day_of(moment: When) -> date:
    """Give the day in the city of a moment, or the plain date itself."""
    return moment.astimezone(ZONE).date() if isinstance(moment, datetime) else moment


def day(moment: When) -> str:
    """Give «16 mars 2026»."""
    return _written(day_of(moment), "d MMMM y")


def weekday(moment: When) -> str:
    """Give «måndag 16 mars 2026»."""
    return _written(day_of(moment), "EEEE d MMMM y")


def clock(moment: datetime) -> str:
    """Give «kl. 17.00»."""
    return f"kl. {moment.astimezone(ZONE):%H.%M}"


def when(moment: When) -> str:
    """Give «måndag 16 mars 2026 kl. 17.00», or the day and that its hour is not known."""
    if isinstance(moment, datetime):
        return f"{weekday(moment)} {clock(moment)}"
    return f"{weekday(moment)}, {UNKNOWN_HOUR}"


def stamp(moment: When) -> str:
    """Give «måndag 16 mars 2026 kl. 17.00», or the day alone where no hour was given."""
    return when(moment) if isinstance(moment, datetime) else weekday(moment)


def span(first: date, last: date) -> str:
    """Give «25–26 november 2026» for two days, naming the month and year of the first if other."""
    pattern = "d" if (first.year, first.month) == (last.year, last.month) else "d MMMM"
    if first.year != last.year:
        pattern = "d MMMM y"
    return f"{_written(first, pattern)}–{day(last)}"


@lru_cache(maxsize=4096)  # a day is named by all that happens on it
def _written(one: date, pattern: str) -> str:
    return format_date(one, pattern, locale="sv")
