"""Whether a meeting takes place, and when instead, in the city's own words.

A cancellation that the city did not make is the worst thing to publish. So «inställt» counts where
it labels the meeting (its heading, its row, its time) or where a sentence says it of the meeting:
not of the question time or an item, not of another day, not as what may happen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Generic, TypeVar

from records.errors import BadValue
from records.model import Status
from scraper.swedish import clocks, has_date, parse_moment

T = TypeVar("T")

_WORDS: Final = (
    (
        Status.CANCELLED,
        re.compile(r"\b(?:inställ(?:t|d|da|s|es)|ställ(?:s|ts|es|des) in|utgår)\b"),
    ),
    (
        Status.POSTPONED,
        re.compile(
            r"\b(?:uppskjut(?:et|en|na)|skjut(?:s|its) (?:upp|fram)|framskjut(?:et|en)"
            r"|senarelag[td]|senareläggs|flytta(?:t|d|s|ts|de|des)|nytt datum)\b"
        ),
    ),
    (Status.TENTATIVE, re.compile(r"\bpreliminär[ta]?\b")),
)
_SENTENCE: Final = re.compile(r"(?<=[.!?])(?<!\bkl\.)(?<!\bca\.)\s+(?=[A-ZÅÄÖ])")
_CLAUSE: Final = re.compile(r"[;:!?–—]\s*|,\s+|\s-\s|\s+(?:men|och|samt)\s+|\.\s+", re.IGNORECASE)
_NOT: Final = re.compile(r"\b(?:inte|ej|icke|aldrig)\b")
_PERHAPS: Final = re.compile(
    r"\b(?:kan|kunde|kommer att kunna|om|ifall|eventuellt|kanske|risk|tidigare|förra|brukar)\b"
)
_MEETING: Final = re.compile(
    r"\b(?:sammanträde\w*|mötet?s?|extramötet?|nämnden|styrelsen|\w*nämnden|\w*styrelsen"
    r"|(?:kommun)?fullmäktige|det)\b"
)
_OTHER: Final = re.compile(
    r"\b(?:\w*frågestund\w*|\w*sändning\w*|\w*information\w*|\w*utbildning\w*|\w*workshop\w*"
    r"|\w*studiebesök\w*|\w*visning\w*|\w*dialog\w*|lunch\w*|fika\w*|\w*ärende\w*|punkt\w*|del"
    r"|\w*föredragning\w*|§+|motion\w*|\w*presentation\w*|gruppmöte\w*|protokoll\w*|handling\w*"
    r"|ärendelista\w*|beslut\w*|bussar\w*)\b"
)
_WHEN: Final = re.compile(
    r"\bpreliminär[ta]?\s+(?:datum|dag|tid|tider|sammanträd\w*|möt\w*|uppgift\w*)"
    r"|\b(?:datum(?:et)?|dagen|tiden|sammanträde\w*|mötet)\s+är\s+preliminär"
)
_TO_PLACE: Final = re.compile(r"\bflytta(?:t|d|s|ts|de|des)\b.*\b(?:till|in i|ut i)\b")
_NEW: Final = re.compile(
    r"\b(?:(?:(?:fram)?flytta(?:t|d|s|ts|des)?|ändra(?:t|d|s|ts|des)|senarelag[td]|senareläggs"
    r"|tidigarelag[td]|tidigareläggs|skjut(?:s|its) (?:upp|fram)|(?:upp|fram)skjut(?:et|en))\b"
    r"(?:(?!\btill\b|[.;]\s).){0,60}?\btill\b"
    r"|ny(?:tt|a)? (?:datum|dag|tid|sammanträdesdag|mötesdag|mötestid|starttid)\b"
    r"(?: (?:är|blir|för\s+\w+))*\s*:?)\s*(?P<new>.+)$",
    re.IGNORECASE,
)
_INSTEAD: Final = re.compile(
    r"\b(?:börjar|startar|inleds|hålls|äger rum)\s+(?P<new>(?:den|kl|\w+dag).+?)\s+"
    r"i\s?stället\s+för\b",
    re.IGNORECASE,
)
_LABEL: Final = 4  # words: «Inställt på grund av sjukdom» is more than a label


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Generic[T]):
    """A value, and the words of the city that it came from."""

    value: T
    words: str


def sentences(texts: Iterable[str]) -> Iterator[str]:
    """Give the sentences of texts, in order."""
    for text in texts:
        yield from (part for part in _SENTENCE.split(text) if part.strip())


def status(
    labels: Iterable[str], notices: Iterable[str], day: date | None = None
) -> Said[Status] | None:
    """Give the city's word for whether a meeting takes place, None where it says nothing.

    `labels` are its heading, its rows and its time; `notices` the sentences of its page; `day` is
    the meeting's, as a sentence may speak of another.
    """
    found = [said for text in labels for said in _in_label(text)]
    found += [said for text in sentences(notices) for said in _in_sentence(text, day)]
    order = [value for value, _ in _WORDS]
    return min(found, key=lambda said: order.index(said.value), default=None)


def new_time(notices: Iterable[str]) -> Said[str] | None:
    """Give the phrase that holds a new day or clock time: «flyttat till den 10 december»."""
    for text in sentences(notices):
        match = _INSTEAD.search(text) or _NEW.search(text)
        if match and not _NOT.search(text[: match.end("new")].lower()):
            phrase = match["new"].rstrip(". !")
            if has_date(phrase) or clocks_of(phrase):
                return Said(value=phrase, words=text)
    return None


def clocks_of(phrase: str) -> bool:
    """Tell whether a phrase holds a clock time that can be read."""
    try:
        return bool(clocks(phrase))
    except BadValue:
        return False


def _in_label(text: str) -> Iterator[Said[Status]]:
    for clause in _CLAUSE.split(text.lower()):
        for value, words in _WORDS:
            match = words.search(clause)
            if match and _fits(clause, match) and not _moves_place(clause):
                yield Said(value=value, words=text)


def _fits(clause: str, match: re.Match[str]) -> bool:
    """Tell whether a word is said, and of the meeting rather than of something beside it."""
    before, after = clause[: match.start()], clause[match.end() :]
    if _NOT.search(before) or _PERHAPS.search(before) or after.startswith((" inte", " ej")):
        return False
    return not (_OTHER.search(before) or _OTHER.match(after.strip()))


def _in_sentence(text: str, day: date | None) -> Iterator[Said[Status]]:
    if not _of_day(text, day):
        return
    lowered = text.lower()
    for clause in _CLAUSE.split(lowered):
        for value, words in _WORDS:
            match = words.search(clause)
            if match and _fits(clause, match) and _of_meeting(value, clause, match, lowered):
                yield Said(value=value, words=text)


def _of_meeting(value: Status, clause: str, match: re.Match[str], text: str) -> bool:
    if value is Status.TENTATIVE:
        return bool(_WHEN.search(text)) or len(text.split()) <= _LABEL
    if _moves_place(clause):
        return False
    before = clause[: match.start()]
    near = f"{before} {' '.join(clause[match.end() :].split()[:2])}"
    if _MEETING.search(near):
        return True
    return not _OTHER.search(text) and (len(text.split()) <= _LABEL or not before.strip())


def _moves_place(clause: str) -> bool:
    """Tell a move to another room from one to another day."""
    return bool(_TO_PLACE.search(clause)) and not has_date(clause) and not clocks_of(clause)


def _of_day(text: str, day: date | None) -> bool:
    """Tell whether a sentence may speak of this day: it names no other alone."""
    if day is None or not has_date(text):
        return True
    try:
        moment = parse_moment(text, near=day)
    except BadValue:  # several dates, and this day's perhaps among them
        return True
    return day in {moment.day, moment.moved_from}
