"""E-mail addresses and telephone numbers in a text: found, and cut out."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

MAIL: Final = "e-mail address"
CALL: Final = "telephone number"

MARKS: Final = {MAIL: "[e-post]", CALL: "[telefon]"}
"""What stands where one of them stood."""

_EMAIL: Final = re.compile(
    r"(?<![\w.+%-])[\w.+%-]+(?:@|\s?\(at\)\s?|\s?\[at\]\s?)[\w-]+(?:\.[\w-]+)+"
)
_LINK: Final = re.compile(r"\b(?P<to>mailto|tel):(?P<whom>[^\s\"'<>\\]+)", re.IGNORECASE)
_NUMBER: Final = re.compile(
    r"""
    (?<![\w.,:/=§+-])
    (?:
        (?:\+|00)46[\s-]?(?:\(0\))?\s?\d{1,3}[\s/–-]*(?P<abroad>\d{2,3}(?:[\s-]?\d{2,3}){1,3})
      | 0\d{1,3}\s?[/–-]\s?(?P<local>\d{2,3}(?:\s?\d{2,3}){1,3})
      | 0\d{1,3}(?P<apart>\s\d{2,3}\s\d{2}(?:\s\d{2})?)
      | 07\d(?P<mobile>\d{7})
    )
    (?![\d-])
    """,
    re.VERBOSE,
)
"""Swedish numbers: from abroad, area and subscriber set apart, or a mobile's ten digits."""

_SHORTEST: Final = 5
"""Digits of a subscriber's number: «0830-1000» are two clock times."""


def redacted(text: str, cut: Counter[str] | None = None, *, numbers: bool = True) -> str:
    """Give a text without addresses and, where `numbers`, without numbers; count them in `cut`."""
    counted = Counter[str]() if cut is None else cut

    def mark(what: str) -> str:
        counted[what] += 1
        return MARKS[what]

    def link(match: re.Match[str]) -> str:
        if match["whom"] in MARKS.values():
            return match[0]
        return f"{match['to']}:{mark(MAIL if match['to'].lower() == 'mailto' else CALL)}"

    def call(match: re.Match[str]) -> str:
        own = next(group for group in match.groups() if group)
        long = sum(letter.isdigit() for letter in own) >= _SHORTEST
        return mark(CALL) if long else match[0]

    text = _EMAIL.sub(lambda _: mark(MAIL), _LINK.sub(link, text))
    return _NUMBER.sub(call, text) if numbers else text
