"""What sentences about a meeting mean: its status, who may attend, whether the web shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from records.model import Access, Status

_NOT: Final = r"(?<!inte )(?<!ej )(?<!icke )"
_STATUSES: Final = (
    (Status.CANCELLED, re.compile(rf"{_NOT}\b(?:inställ(?:t|d|da|s)|ställ(?:s|ts|es) in|utgår)\b")),
    (
        Status.POSTPONED,
        re.compile(rf"{_NOT}\b(?:uppskjut(?:et|en|na)|skjuts upp|flytta(?:t|d|s|de)|nytt datum)\b"),
    ),
    (Status.TENTATIVE, re.compile(r"\bpreliminär[ta]?\b")),
)
_CLOSED: Final = re.compile(
    r"\b(?:inte|ej|icke) (?:är )?öppe[tn]\b|\bstängda? dörrar\b|(?<!i )\bslute[tn]\b(?! av\b)"
)
_OPEN: Final = re.compile(
    r"\böppe[tn]\b.*\ballmänheten\b|\ballmänheten\b.*\b(?:välkommen|välkomna)\b"
)
_PART: Final = re.compile(
    r"\b(?:beslut(?:ssammanträdet|sdelen|smötet)|den (?:öppna|offentliga) delen)\b.*\böppe[tn]\b"
)
_SENT: Final = re.compile(r"\b(?:sänds|webbsänds|webbsändning|direktsänds|via webb(?:en)?)\b")
_NOT_SENT: Final = re.compile(r"\b(?:sänds|webbsänds) (?:inte|ej)\b|\b(?:inte|ej) (?:webb)?sänds\b")
_MARKS: Final = re.compile(
    r"\b(?:obs|observera|öppe[tn]|dörrar|sänds|webbsänds|frågestund|sammanträder|startar|börjar"
    r"|kallas|inställ(?:t|d|da|s)|flytta[td]|extrainsatt|nytt datum|ny tid|distans)\b"
)
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])")
_ONLINE: Final = re.compile(
    r"\b(?:teams|zoom|skype|digital[ta]?|distans(?:möte)?|virtuell[ta]?|webb(?:möte)?)\b"
)
_ASIDE: Final = re.compile(r"\b(?:obs|observera|vänligen|allmänheten|inställt)\b")


def status(texts: Iterable[str]) -> Status | None:
    """Give the city's word for whether a meeting takes place, None where it says nothing."""
    joined = " | ".join(texts).lower()
    return next((value for value, words in _STATUSES if words.search(joined)), None)


def access(notices: Iterable[str]) -> Access:
    """Give who may attend; a closed door in any sentence outweighs an open one elsewhere."""
    texts = [notice.lower() for notice in notices]
    if any(_CLOSED.search(text) for text in texts):
        return Access.CLOSED
    opening = [text for text in texts if _OPEN.search(text)]
    if not opening:
        return Access.UNKNOWN
    return Access.PARTLY if any(_PART.search(text) for text in opening) else Access.OPEN


def webcast(notices: Iterable[str]) -> bool | None:
    """Tell whether the meeting is sent on the web, None where the page is silent."""
    texts = [notice.lower() for notice in notices]
    if any(_NOT_SENT.search(text) for text in texts):
        return False
    return True if any(_SENT.search(text) for text in texts) else None


def is_notice(text: str) -> bool:
    """Tell a sentence about this meeting from one that presents the committee."""
    return bool(_MARKS.search(text.lower()) or _CLOSED.search(text.lower()))


def place(text: str) -> tuple[str, bool, tuple[str, ...]]:
    """Give a place's words, whether it is on the web, and the notice that stood on its line."""
    sentences = _SENTENCE.split(text)
    later = range(1, len(sentences))
    end = next((n for n in later if _ASIDE.search(sentences[n].lower())), len(sentences))
    words, notice = " ".join(sentences[:end]).rstrip(". "), " ".join(sentences[end:])
    return words, bool(_ONLINE.search(words.lower())), (notice,) if notice else ()
