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
from records.terms import Status
from scraper.swedish import MONTHS, has_clock, has_date, parse_moment

T = TypeVar("T")

CALLED_OFF: Final = (
    r"(?:inställ(?:t|d|da|s|es)|ställ(?:s|t|ts|es|de|des|a|as|er)(?:\s+(?!in\b)\w+){0,4}?\s+in"
    r"|utgår|avlys(?:t|ts|es|er|a))"
)
"""An expression for the words that say that a meeting does not take place."""

SHIFTED: Final = (
    r"(?:(?:fram)?flytta(?:t|d|s|ts|de|des)|senarelag[td]|senareläggs|tidigarelag[td]|tidigareläggs"
    r"|skjut(?:s|its) (?:upp|fram)|(?:upp|fram)skjut(?:et|en|na))"
)
"""An expression for the words that say that it takes place on another day, or at another hour."""

RENEWED: Final = r"ny(?:tt|a)? (?:datum|dag|tid|sammanträdesdag|mötesdag|mötestid|starttid)"
"""An expression for the words before a new day or hour."""

PRELIMINARY: Final = r"preliminär[ta]?"
"""An expression for the city's word for what is not settled."""

_WORDS: Final = (
    (Status.CANCELLED, re.compile(rf"\b{CALLED_OFF}\b")),
    (Status.POSTPONED, re.compile(rf"\b(?:{SHIFTED}|nytt datum)\b")),
    (Status.TENTATIVE, re.compile(rf"\b{PRELIMINARY}\b")),
)
_SENTENCE: Final = re.compile(r"(?<=[.!?])(?<!\bkl\.)(?<!\bca\.)\s+(?=[A-ZÅÄÖ])")
_REASON: Final = re.compile(  # why, which is not what: «på grund av för få ärenden»
    r"\b(?:på grund av|pga\.?|med anledning av|till följd av|eftersom|^då|^när)\b.*?"
    r"(?=\b(?:är|har|ställ\w+|inställ\w+|utgår|avlys\w+|flytta\w+|skjuts)\b|[,.;!]|$)"
)
_APART: Final = re.compile(r";|\b(?:men|utan|medan)\b|(?<=\w)[!?]\s")
_DASH: Final = re.compile(r"\s[–—-]\s")  # parts a label; in a sentence it stands before its verb
_NOT: Final = re.compile(r"\b(?:inte|ej|icke|aldrig)\b")
_PERHAPS: Final = re.compile(
    r"\b(?:kan|kunde|om|ifall|såvida|eventuellt|kanske|risk\w*|tidigare|förra|brukar|vid behov"
    r"|möjlighet\w*|ersätt\w*|som var|i\s?stället för)\b"
)
_OF_ANOTHER: Final = re.compile(r"\b(?:fysiska|nästa|delar|det inställda|inställda \w*möt\w*)\b")
_MEETING: Final = (
    r"sammanträde(?:t|n|na)?|möte(?:t|n|na)?|extramötet?|\w*nämnden|\w*styrelsen|\w*fullmäktige"
)
_OTHER: Final = (
    r"\w*frågestund\w*|\w*sändning\w*|\w*information\w*|\w*utbildning\w*|\w*workshop\w*"
    r"|\w*studiebesök\w*|\w*visning\w*|\w*dialog\w*|lunch\w*|fika\w*|\w*ärende\w*|punkt\w*|del"
    r"|\w*föredragning\w*|§+|motion\w*|\w*presentation\w*|gruppmöte\w*|protokoll\w*|handling\w*"
    r"|dagordning\w*|program\w*|beslut(?:et|en|s\w+)?|bussar\w*|justering\w*|anmäl\w*|lokal\w*"
    r"|sista dag\w*|svarstid\w*|remiss\w*|sammanträdes\w+"
)
_NOUN: Final = re.compile(rf"(?<!\w)(?:(?P<other>{_OTHER})|(?P<meeting>{_MEETING}))(?!\w)")
_WHEN: Final = re.compile(
    r"\bpreliminär[ta]?\s+(?:datum|dag|tid|tider|sammanträd\w*|möt\w*|uppgift\w*)"
    r"|\b(?:datum(?:et)?|dagen|tiden|sammanträde\w*|mötet)\s+är\s+preliminär"
)
_TO: Final = re.compile(r"\b(?:flytta\w+|ändra\w+)\b.{0,200}\b(?:till|in i|ut i)\b")
_NEW: Final = re.compile(
    rf"\b(?:(?:{SHIFTED}|ändra(?:t|d|s|ts|des))\b(?:(?!\btill\b|[.;]\s).){{0,60}}?\btill\b"
    rf"|{RENEWED}\b"
    r"(?: (?:är|blir|för\s+\w+(?:\s+\w+)?))*\s*:?)\s*(?P<new>.+)$",
    re.IGNORECASE,
)
_INSTEAD: Final = re.compile(
    r"\b(?:börjar|startar|inleds|hålls|äger rum)\s+(?P<new>(?:den|kl|\w+dag).{1,200}?)\s+"
    r"i\s?stället\s+för\b",
    re.IGNORECASE,
)
_HOUR: Final = re.compile(r"^(?:kl\b|klockan\b|\d{1,2}[.:]\d\d\W*$)")
_BARE: Final = re.compile(  # before «flyttas till», what names no other thing than the meeting
    r"\b(?:obs|observera|att|det|den|har|är|blir|vi|nu|på grund av \w+|tiden|starttiden|dagen"
    r"|datum(?:et)?|klockslaget|och|inställ(?:t|d)|\w+dag(?:en)?|kl|\d+|"
    + "|".join(MONTHS)
    + r")\b"
)
_NEXT: Final = re.compile(r"\b(?:nästa|nästkommande|kommande)\b")
_HELD: Final = re.compile(rf"(?:det\s)?(?:ordinarie\s)?(?:{_MEETING})\b")
_LABEL: Final = 4  # words: «Inställt på grund av sjukdom» is more than a label
_NEAR: Final = 3  # words after «Inställt» in which its noun may stand


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
    found = [said for text in labels for said in _said(text, day, label=True)]
    found += [said for text in sentences(notices) for said in _said(text, day, label=False)]
    order = [value for value, _ in _WORDS]
    return min(found, key=lambda said: order.index(said.value), default=None)


def new_time(notices: Iterable[str], day: date | None = None) -> Said[str] | None:
    """Give the phrase that holds a new day or clock time: «flyttat till den 10 december».

    Only of the meeting itself: not of an item, the room, or a meeting of another day than `day`.
    """
    for text in sentences(notices):
        match = _INSTEAD.search(text) or _NEW.search(text)
        head = text[: match.start("new")].lower() if match else ""
        if match and _is_moved(head, text[: match.start()].lower(), match["new"].lower(), day):
            phrase = match["new"].rstrip(". !")
            if has_date(phrase) or (_HOUR.match(phrase.lower()) and has_clock(phrase)):
                return Said(value=phrase, words=text)
    return None


def _is_moved(head: str, subject: str, new: str, day: date | None) -> bool:
    """Tell whether words up to a new day or hour say it of the meeting, and not what moves to it.

    What is moved «till nästa sammanträde den 14 december» is an item: that meeting was to be.
    """
    nouns = [noun for noun in _NOUN.finditer(head) if not _is_day(noun[0])]
    other = any(noun["other"] for noun in nouns)
    bare = _BARE.sub("", subject).strip(" .,:;!()–—-") == ""
    if other or _NEXT.search(new):
        return False
    if head.endswith("till ") and (_HELD.match(new) or not (nouns or bare)):
        return False
    return not (_NOT.search(head) or _OF_ANOTHER.search(head)) and _of_day(head, day)


def _is_day(noun: str) -> bool:
    return noun.startswith("sammanträdesdag")


def _said(text: str, day: date | None, *, label: bool) -> Iterator[Said[Status]]:
    """Find each status word of a text that is said of the meeting of this day."""
    parts = _APART.split(_REASON.sub(" ", text.lower()))
    for part in (own for each in parts for own in (_DASH.split(each) if label else [each])):
        for value, words in _WORDS:
            match = words.search(part)
            if match is None or not _of_day(part[: match.start()], None if label else day):
                continue
            if _fits(value, part, match, label=label):
                yield Said(value=value, words=text)


def _fits(value: Status, part: str, match: re.Match[str], *, label: bool) -> bool:
    """Tell whether a word is said, and of the meeting rather than of something beside it."""
    before, after = part[: match.start()], part[match.end() :]
    if value is Status.TENTATIVE:
        return _is_tentative(part, after, label=label)
    if _PERHAPS.search(f"{before} {after}") or _OF_ANOTHER.search(f"{before}{match[0]}"):
        return False
    if value is Status.POSTPONED and _moves_place(part):
        return False
    last = next(iter(list(_NOUN.finditer(before))[-1:]), None)
    negated = before[last.start() :] if last else before
    if _NOT.search(f"{negated} {match[0]}") or after.startswith((" inte", " ej")):
        return False
    noun = last or _NOUN.search(match[0]) or _NOUN.search(" ".join(after.split()[:_NEAR]))
    if noun:
        return noun["meeting"] is not None
    alone = not re.sub(r"\b(?:obs|observera|att)\b|\W", "", before)
    return label or alone or len(part.split()) <= _LABEL


def _is_tentative(part: str, after: str, *, label: bool) -> bool:
    noun = _NOUN.search(after)
    if noun and noun["other"]:
        return False
    return label or bool(_WHEN.search(part)) or len(part.split()) <= _LABEL


def _moves_place(part: str) -> bool:
    """Tell a move to another room from one to another day."""
    return bool(_TO.search(part)) and not has_date(part) and not has_clock(part)


def _of_day(head: str, day: date | None) -> bool:
    """Tell whether what is said after these words may be said of this day's meeting."""
    if day is None:
        return True
    if not has_date(head):
        named = [month for month in MONTHS if re.search(rf"\bi {month}\b", head)]
        return not named or MONTHS[day.month - 1] in named
    try:
        moment = parse_moment(head, near=day)
    except BadValue:  # several dates, and this day's perhaps among them
        return True
    return day in {moment.day, moment.moved_from}
