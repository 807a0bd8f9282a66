"""The two languages of the pages: Swedish as it is written, English by a catalogue of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, lru_cache
from importlib import resources
from io import BytesIO
from typing import Final

from babel.dates import format_date
from babel.messages.pofile import read_po

from feeds.phrases import day_of
from records.model import ZONE, When

CODES: Final = ("sv", "en")
"""What the pages are written in; the first stands at the addresses without a language."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its code, where its pages stand, and its words for the Swedish ones."""

    code: str
    catalogue: dict[str, str] = field(default_factory=dict, hash=False, compare=False)

    @property
    def prefix(self) -> str:
        """The folder of its pages, with a slash, or nothing."""
        return "" if self.code == CODES[0] else f"{self.code}/"

    def say(self, text: str, **values: object) -> str:
        """Give the words for a Swedish text, with these values put in."""
        words = self.catalogue.get(text, text)
        return words.format(**values) if values else words

    def day(self, moment: When) -> str:
        """Give «16 mars 2026»."""
        return _formatted(day_of(moment), "d MMMM y", self.code)

    def weekday(self, moment: When) -> str:
        """Give «måndag 16 mars 2026»."""
        return _formatted(day_of(moment), "EEEE d MMMM y", self.code)

    def month(self, moment: When) -> str:
        """Give «mars 2026»."""
        return _formatted(day_of(moment), "LLLL y", self.code)

    def short_month(self, moment: When) -> str:
        """Give «mars» or «nov.» as it stands in a calendar leaf."""
        return _formatted(day_of(moment), "MMM", self.code).rstrip(".")

    def long_weekday(self, moment: When) -> str:
        """Give «måndag»."""
        return _formatted(day_of(moment), "EEEE", self.code)

    def short_weekday(self, moment: When) -> str:
        """Give «mån»."""
        return _formatted(day_of(moment), "EEE", self.code)

    def clock(self, moment: datetime) -> str:
        """Give «kl. 17.00», in English «17:00»."""
        hour = moment.astimezone(ZONE)
        return f"kl. {hour:%H.%M}" if self.code == CODES[0] else f"{hour:%H:%M}"

    def hour(self, moment: When) -> str:
        """Give the clock time, or that it is not known."""
        if isinstance(moment, datetime):
            return self.clock(moment)
        return self.say("tid ej fastställd")

    def when(self, moment: When) -> str:
        """Give «måndag 16 mars 2026 kl. 17.00»; the day alone where no hour is known."""
        if isinstance(moment, datetime):
            return f"{self.weekday(moment)} {self.clock(moment)}"
        return self.weekday(moment)


@cache
def spoken(code: str) -> Language:
    """Give a language by its code."""
    if code == CODES[0]:
        return Language(code)
    text = resources.files(__package__ or "feeds.page").joinpath(f"{code}.po").read_bytes()
    found = {
        message.id: message.string
        for message in read_po(BytesIO(text), locale=code)
        if isinstance(message.id, str) and isinstance(message.string, str)
        if message.id and message.string  # the one without an id is the catalogue's own head
    }
    return Language(code, found)


@lru_cache(maxsize=8192)
def _formatted(day: date, pattern: str, code: str) -> str:
    return format_date(day, pattern, locale=code)
