"""What sentences about a meeting mean: who may attend and from when, webcast, clocks, place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Final

from records.errors import BadValue
from records.terms import Access
from scraper import statuses
from scraper.statuses import Said, sentences
from scraper.swedish import clocks, has_date

_NOT_OPEN: Final = (
    r"\b(?:inte|ej|icke) (?:(?:är|vara|kommer att vara|längre|hållas) )*"
    r"(?:öpp(?:et|en|na)|offentlig[ta]?)\b"
)
_CLOSED: Final = re.compile(
    rf"{_NOT_OPEN}|\bstängda? dörrar\b|\bslutna? dörrar\b|(?<!i )\bslute[tn]\b(?! av\b)"
    r"|\b(?:slutet|stängt) (?:sammanträde|möte)\b"
    r"|\b(?:inte|ej) (?:tillträde|tillgång) för allmänheten\b"
    r"|\ballmänheten (?:har|äger|får|kan) (?:inte|ej) (?:tillträde|närvara|delta|komma|besöka)\b"
    r"|\b(?:utan|stängt för) (?:allmänhet(?:en)?|publik|åhörare)\b"
)
_OPEN: Final = re.compile(
    r"\böppe[tn]\b.{0,200}\b(?:allmänheten|alla|åhörare|publik)\b|\böppet (?:sammanträde|möte)\b"
    r"|\boffentligt (?:sammanträde|möte)\b|\b(?:sammanträdet|mötet) är (?:öppet|offentligt)\b"
    r"|\b(?:allmänheten|åhörare|alla)\b.{0,200}\b(?:välkommen|välkomna)\b"
    r"|\b(?:välkommen|välkomna)\b.{0,200}\b(?:åhörare|allmänheten|lyssna)\b"
)
_PART: Final = re.compile(
    r"\b(?:beslut(?:ssammanträdet|sdelen|smötet)|den (?:öppna|offentliga) delen)\b.{0,200}"
    r"\böppe[tn]\b"
    r"|\bdel(?:ar)? av (?:sammanträdet|mötet)\b.{0,200}\böppe[tn]\b|\bdelvis öppe[tn]\b"
    r"|\böppe[tn]\b.{0,200}\b(?:från (?:och med )?(?:kl|klockan)|med undantag|förutom|utom)\b"
)
_PART_CLOSED: Final = re.compile(
    r"\b(?:vid|för|under|del(?:ar)? av|ärenden?|punkt\w*|myndighetsutövning|sekretess\w*)\b"
)
_SENT: Final = re.compile(
    r"\b(?:webbsänd\w*|webb-?tv|direktsänd\w*|livesänd\w*|live-?stream\w*|strömma\w*|streama\w*"
    r"|via webb(?:en)?)\b"
    r"|\b(?:sammanträde\w*|möte\w*|och|även) (?:\w+ ){0,2}sänds\b(?! (?:ut|in)\b)"
    r"|\b(?:sammanträde\w*|möte\w*|följ\w*|se) .{0,200}\bpå webben\b"
)
_PAPER: Final = re.compile(
    r"\b(?:handlingar\w*|kallelse\w*|protokoll\w*|fråg(?:an|or)\w*)\b.{0,200}\b(?:sänds|webb)"
)
_NOT_SENT: Final = re.compile(
    r"\b(?:sänds|\w+sänds|sändas|strömmas|streamas) (?:inte|ej)\b|\bwebbsändning\s*:\s*nej\b"
    r"|\b(?:kan|går) (?:inte|ej) (?:att )?(?:ses|följas?|se) .{0,200}\bwebb"
    r"|\b(?:inte|ej|ingen|utan) (?:att )?(?:webb|direkt|live)?-?(?:sänd\w*|ström\w*|stream\w*)\b"
    r"|\bsändningen (?:är inställd|ställs in|utgår)\b"
)
_RADIO: Final = re.compile(r"\bradio\w*|\bnärradio\w*")
_MARKS: Final = re.compile(
    r"\b(?:obs|observera|öppe[tn]|dörrar|sänds|webbsänds|frågestund|sammanträder|startar|börjar"
    r"|inleds|kallas|inställ(?:t|d|da|s)|ställs in|utgår|uppskjut\w+|flytta[td]|flyttas|extrainsatt"
    r"|nytt datum|ny tid|ny lokal|distans\w*|digitalt|preliminär[ta]?|vänligen|välkom\w+|webben"
    r"|(?:protokoll|kallelse|handlingar|ärendelista)\w* (?:publiceras|läggs ut)|i stället för)\b"
)
_ONLINE: Final = re.compile(
    r"\b(?:teams|zoom|skype|meet|digital[ta]?|distans(?:möte)?|på distans|virtuell[ta]?|online"
    r"|webb(?:en|möte)?|videomöte|videolänk|länk)\b|teams-"
)
_ASIDE: Final = re.compile(
    r"\b(?:obs|observera|vänligen|allmänheten|inställt|sammanträdet|mötet|sänds)\b"
)
_STREET: Final = re.compile(
    r"\b(?:(?:(?:Västra|Östra|Norra|Södra|Övre|Nedre|Stora|Lilla|Nya|Gamla|Sankt|S:t)\s+)?"
    r"[A-ZÅÄÖ][\wåäöé-]{0,40}(?:gatan?|väg(?:en)?|plats(?:en)?|torg(?:et)?|gränd(?:en)?|allén?"
    r"|stig(?:en)?|backen?|leden|kajen|gård(?:en)?)"
    r"|(?:[A-ZÅÄÖ][\wåäöé]*\s+){1,2}(?:Terrass|Plats|Torg|Väg|Gata|Allé|Backe|Esplanad))"
    r"\s+\d{1,3}(?:-\d{1,3})?(?:\s?[A-Z]\b)?(?:,\s+(?:\d{3}\s?\d\d\s+)?Borås)?(?!\w)"
)
_CLOCKED: Final = re.compile(
    r"^(?:kl(?:ockan)?\b\.?\s*)?(?P<hour>\d{1,2})[.:](?P<minute>\d\d)"
    r"(?:\s*[-–]\s*(?:kl\.?\s*)?\d{1,2}[.:]\d\d)?\s*[:,–-]?\s+(?P<words>[^\W\d].*)$",
    re.IGNORECASE,
)
_NEXT_CLOCK: Final = re.compile(
    r"(?:[,;]|\boch\b)\s*(?=(?:kl(?:ockan)?\b\.?\s*)\d{1,2}[.:]\d\d)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """A place: its words, the street address among them, and the notice that stood on its line."""

    name: str
    address: str | None
    online: bool
    notice: str | None


def access(notices: Iterable[str]) -> Said[Access] | None:
    """Give who may attend, None where the city is silent.

    A closed door in any sentence outweighs an open one elsewhere, but for the door that is closed
    for some items alone.
    """
    found = list(sentences(notices))
    closed = [text for text in found if _CLOSED.search(text.lower())]
    opening = [text for text in found if text not in closed and _OPEN.search(text.lower())]
    part = [text for text in found if text not in closed and _PART.search(text.lower())]
    whole = [text for text in closed if not _is_part(text.lower())]
    if whole:
        return Said(value=Access.CLOSED, words=whole[0])
    if closed or part:
        return Said(value=Access.PARTLY, words=(part or closed)[0])
    return Said(value=Access.OPEN, words=opening[0]) if opening else None


def _is_part(text: str) -> bool:
    """Tell a door closed for some items from one closed to all: «vid sekretessärenden»."""
    match = _PART_CLOSED.search(text)
    return bool(match) and bool(re.search(r"ärende|punkt|myndighet|sekretess|\bdel", text))


def public_from(notices: Iterable[str]) -> Said[time] | None:
    """Give the clock time from which it is open, where the sentence that opens it has just one."""
    for text in sentences(notices):
        lowered = text.lower()
        if _OPEN.search(lowered) and not _CLOSED.search(lowered):
            told = _clocks(text)
            if len(told) == 1:
                return Said(value=told[0], words=text)
    return None


def _clocks(text: str) -> list[time]:
    try:
        return [clock.at for clock in clocks(text)]
    except BadValue:  # 25.70 is no time of day
        return []


def webcast(notices: Iterable[str]) -> Said[bool] | None:
    """Tell whether the meeting is sent on the web, None where the page is silent."""
    found = ((text, text.lower()) for text in sentences(notices))
    texts = [text for text, low in found if not (_RADIO.search(low) or _PAPER.search(low))]
    for value, words in ((False, _NOT_SENT), (True, _SENT)):
        said = next((text for text in texts if words.search(text.lower())), None)
        if said:
            return Said(value=value, words=said)
    return None


def times(lines: Iterable[str]) -> tuple[tuple[time, str], ...]:
    """Give the clocks of lines such as «Kl. 16.00 workshop», each with the words beside it."""
    parts = [part for line in lines for part in _NEXT_CLOCK.split(line)]
    found = (_CLOCKED.match(part.strip()) for part in parts)
    return tuple(pair for match in found if match for pair in _time(match))


def is_clocked(line: str) -> bool:
    """Tell a line of a programme, which begins with its clock."""
    return bool(times((line,)))


def _time(match: re.Match[str]) -> Iterator[tuple[time, str]]:
    hour, minute = int(match["hour"]), int(match["minute"])
    if hour < 24 and minute < 60:  # noqa: PLR2004 - a day has so many hours, an hour so many minutes
        yield time(hour, minute), match["words"].rstrip(" .,;")


def is_notice(text: str) -> bool:
    """Tell a sentence about this meeting from one that presents the committee."""
    lowered = text.lower()
    told = statuses.status([], [text]) or statuses.new_time([text])
    return bool(told or _MARKS.search(lowered) or _CLOSED.search(lowered))


def place(text: str) -> Where:
    """Give a place in the page's words, its street address, and whether it is on the web."""
    said = _apart(text)
    words, notice = said[0].rstrip(". "), " ".join(said[1:])
    street = _STREET.search(words)
    return Where(
        name=words,
        address=street[0].strip() if street else None,
        online=bool(_ONLINE.search(words.lower())),
        notice=notice or None,
    )


def _apart(text: str) -> Sequence[str]:
    """Part a place from the notice on its line."""
    found = re.split(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])", text)
    end = next((n for n in range(1, len(found)) if _ASIDE.search(found[n].lower())), len(found))
    return [" ".join(found[:end]), *found[end:]]


def dated(text: str) -> bool:
    """Tell a summons, which names the day and hour of its meeting."""
    lowered = text.lower()
    return "kallas" in lowered and has_date(lowered)
