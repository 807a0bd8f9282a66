"""Dates, clock times, sizes and address words as the city writes them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

STOCKHOLM: Final = ZoneInfo("Europe/Stockholm")

_MONTHS: Final = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
_WEEKDAYS: Final = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_PLAIN: Final = str.maketrans("åäöéü", "aaoeu")
_KILO: Final = 1024


def squeeze(words: str) -> str:
    """Write words as the city's addresses do: lower case, å and ä as a, ö as o, no gaps."""
    return "".join(
        letter
        for letter in words.lower().translate(_PLAIN)
        if letter.isascii() and letter.isalnum()
    )


def clock(moment: datetime) -> str:
    """Write «14.00»."""
    return f"{moment:%H.%M}"


def stamp(moment: datetime) -> str:
    """Write «2026-11-30 14.00»."""
    return f"{moment:%Y-%m-%d %H.%M}"


def month(day: date) -> str:
    """Write «november»."""
    return _MONTHS[day.month - 1]


def day_and_month(day: date) -> str:
    """Write «30 november»."""
    return f"{day.day} {month(day)}"


def words(day: date) -> str:
    """Write «30 november 2026»."""
    return f"{day_and_month(day)} {day.year}"


def weekday(day: date) -> str:
    """Write «måndag»."""
    return _WEEKDAYS[day.weekday()]


def spoken(day: date, *, year: bool = True) -> str:
    """Write «måndag den 30 november 2026», without the year if that is not asked for."""
    return f"{weekday(day)} den {words(day) if year else day_and_month(day)}"


def size(tenths: int) -> str:
    """Write a file size given in tenths of a kB: «975 kB», «1021.4 kB», «5.5 MB»."""
    if tenths < 10 * _KILO:
        return f"{tenths / 10:.1f}".removesuffix(".0") + " kB"
    return f"{tenths / 10 / _KILO:.1f}".removesuffix(".0") + " MB"


def weekday_name(weekday: int) -> str:
    """Write the name of a weekday, 0 for «måndag»."""
    return _WEEKDAYS[weekday]


def size_in_bytes(printed: str) -> int:
    """Read «607.8 kB» as a script's data has it: 1 kB is 1024 bytes."""
    number, _, unit = printed.partition(" ")
    return round(float(number) * {"kB": _KILO, "MB": _KILO**2}[unit])
