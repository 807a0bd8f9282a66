"""The sentences about one meeting: who may come, when it begins, what is unusual."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta
from typing import Final

from modelcity import draws, swedish, words
from modelcity.blocks import Words
from modelcity.documents import Sitting
from modelcity.model import Access

OPEN_WEB: Final = "Sammanträdet är öppet för allmänheten och sänds även via webb."
CLOSED_WEB: Final = "Observera! Sammanträdet är inte öppet för allmänheten men sänds även via webb."
OPEN_QUESTIONS: Final = (
    "Sammanträdet är öppet för allmänheten och inleds med allmänhetens frågestund."
)
CLOSED: Final = "Sammanträdet är inte öppet för allmänheten."
CLOSED_LOUD: Final = (
    "OBS! På grund av rådande omständigheter är sammanträdet inte öppet för allmänheten! OBS!"
)
PARTLY: Final = (
    "Beslutssammanträdet som börjar kl 15.00 är öppet för allmänheten "
    "och inleds med allmänhetens frågestund."
)
DECIDING: Final = (
    "Sammanträdet är öppet för allmänheten och beslutsdelen inleds kl. 17.00 "
    "med allmänhetens frågestund."
)
PLACE_NOTE: Final = "Vänligen observera att mötet ej är öppet för allmänheten"
COMPANY_FIRST: Final = (
    "Borås Stadshus AB sammanträder kl 14.00. Kommunstyrelsen börjar direkt efter"
)
COMPANY_WORKS: Final = (
    "Kommunstyrelsens startar direkt efter Borås Stadshus AB avslutat sitt arbetsmöte ca 14:30"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a page tells of a meeting besides its time and place."""

    access: Access = "unknown"
    webcast: bool | None = None
    public_from: time | None = None
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    place_note: str = ""
    times: tuple[tuple[time, str], ...] = ()
    words: Words | None = None


def told(sitting: Sitting, *, with_company: bool) -> Told:
    """Give what is told of a meeting, by its body's custom."""
    if sitting.body.style == "board":
        return _board(sitting, with_company=with_company)
    customs = {
        "council": _council,
        "culture": _culture,
        "preschool": _preschool,
        "school": _school,
        "premises": _premises,
    }
    return customs.get(sitting.body.style, _education)(sitting)


def _council(sitting: Sitting) -> Told:
    theme = f"{words.COUNCIL_NOTES} {sitting.start.year - 1}."
    after = (OPEN_WEB, theme) if sitting.start.month == 4 else (OPEN_WEB,)  # noqa: PLR2004 - April
    return Told(access="open", webcast=True, after=after)


def _board(sitting: Sitting, *, with_company: bool) -> Told:
    closed = draws.seldom(9, *sitting.name, "closed")
    told = CLOSED_WEB if closed else OPEN_WEB
    late = sitting.start.minute > 0
    return Told(
        access="closed" if closed else "open",
        webcast=True,
        before=(COMPANY_FIRST,) if with_company and not late else (),
        after=(told, COMPANY_WORKS) if late else (told,),
    )


def _culture(sitting: Sitting) -> Told:
    closed = draws.seldom(5, *sitting.name, "closed")
    return Told(access="closed", place_note=PLACE_NOTE) if closed else Told()


def _preschool(sitting: Sitting) -> Told:
    del sitting
    return Told(access="open", after=(OPEN_QUESTIONS,))


def _premises(sitting: Sitting) -> Told:
    match draws.number(*sitting.name, "access") % 3:
        case 0:
            return Told(access="closed", before=(CLOSED_LOUD,))
        case 1:
            return Told(access="closed", after=(CLOSED,))
    return Told()


def _education(sitting: Sitting) -> Told:
    if sitting.start.time() <= time(13) and draws.seldom(2, *sitting.name, "partly"):
        return Told(access="partly", public_from=time(15), after=(PARTLY,))
    if sitting.start.time() < time(17) and draws.seldom(2, *sitting.name, "deciding"):
        return Told(access="open", public_from=time(17), after=(DECIDING,))
    return Told(access="closed", after=(CLOSED,))


def _school(sitting: Sitting) -> Told:
    """Summon the members, as one office does, with a list of clock times."""
    start = sitting.start
    later = start + timedelta(hours=1)
    ordinary = start + timedelta(hours=2)
    times = (
        (start.time(), "workshop om riskanalys"),
        (later.time(), "information från elevhälsan"),
        (ordinary.time(), "startar ordinarie sammanträde"),
    )
    summons = (
        f"{sitting.body.name}s ledamöter och ersättare kallas härmed till sammanträde i "
        f"{sitting.body.place}, {swedish.weekday(start)}en den {swedish.words(start)} "
        f"kl. {start:%H:%M}."
    )
    bullets = tuple(f"Kl. {clock:%H.%M} {what}" for clock, what in times)
    return Told(times=times, words=Words(paragraphs=(summons,), bullets=bullets))
