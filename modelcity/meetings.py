"""The city's meetings of some years, as their pages stand on a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from modelcity import addresses, agenda, dates, documents, draws, sentences, swedish
from modelcity.blocks import Block, FileList
from modelcity.committees import BODIES, CITY_COMPANY, COUNCIL
from modelcity.documents import Sitting
from modelcity.model import Body, Look, Meeting
from modelcity.swedish import STOCKHOLM

_AHEAD: Final = timedelta(days=243)
_PLANNED: Final = (10, 15)  # by then next year's days are settled
_KNOWN: Final = timedelta(days=30)  # so long before is a cancellation told
_SURE: Final = timedelta(days=120)  # further off, one body calls its days preliminary
_CREATED: Final = ((11, 4), (11, 29), (12, 7), (12, 18), (12, 21), (12, 29), (1, 25))
_CANCELLED: Final = {("Servicenämnden", 6), ("Tekniska nämnden", 11)}
_MOVED: Final = {("Fritids- och folkhälsonämnden", 10), ("Vård- och äldrenämnden", 12)}
_COMPANY_HOUR: Final = 14
_TENTATIVE: Final = "Miljö- och konsumentnämnden"
_PLACES: Final = {
    "Kommunfullmäktige": (
        "Fullmäktiges sessionssal, Sturegatan",
        "Fullmäktiges sessionssal, Sturegatan",
        "Borås Kongress, Akademiplatsen 2, Borås",
    ),
    "Kulturnämnden": (
        "Kulturhuset, Röda rummet",
        "Kulturhuset, Röda rummet",
        "Microsoft Teams och i Kulturhuset, Röda rummet.",
    ),
    "Gymnasie- och vuxenutbildningsnämnden": (
        "Olovsholmsgatan 32, plan 5, konferensrum Tämta",
        "Bergslenagymnasiet, Bergslenagatan 4",
        "Bäckängsgymnasiet, PA Halls Terrass 7, sal 108",
        "Viskastrandsgymnasiet, Viskastrandsgatan 8",
    ),
    "Förskolenämnden": (
        "Förskoleförvaltningen sammanträdeslokal Borgstena, plan 1, Olovsholmsgatan 32",
        "Borås Kongress, konferenslokal Tacitus",
        "Digitalt sammanträde från Utgårdsgatan 9, Borås",
    ),
}
_IMAGES: Final = {
    "culture": "Skulpturen House of Knowledge",
    "preschool": "Barn som hoppar i vattenpöl",
    "education": "Ordförandeklubba och Ipad",
    "premises": "Nya förskolan Sjömarken",
}
_LOOKS: Final = {"premises": Look(contact="Kontakt"), "board": Look(contact="Vid frågor kontakta")}


def meetings(today: date, past_years: int) -> tuple[Meeting, ...]:
    """Give every meeting from so many years ago to about eight months ahead, in order."""
    found = [
        meeting
        for year in range(today.year - past_years, today.year + 2)
        for meeting in _year(year, today)
    ]
    return tuple(sorted(found, key=lambda meeting: (meeting.start, meeting.body.name)))


def _year(year: int, today: date) -> Iterator[Meeting]:
    if year > today.year and (today.month, today.day) < _PLANNED:
        return
    last = today + _AHEAD if year > today.year else date(year, 12, 31)
    company = frozenset(start.date() for start in dates.moments(CITY_COMPANY, year))
    for body in BODIES:
        for start in dates.moments(body, year):
            if start.date() <= last:
                yield _meeting(body, start, today, company)


def _meeting(body: Body, start: datetime, today: date, company: frozenset[date]) -> Meeting:
    """Give one meeting; its node is named after the day that was first set for it."""
    moved = (body.name, start.month) in _MOVED
    held = start + timedelta(days=7 * moved)
    last_day = held.date() + timedelta(days=1) if dates.two_days(body, held) else None
    sitting = Sitting(body=body, start=held, today=today, last_day=last_day)
    created = _created(body, start)
    plain = Meeting(
        body=body,
        start=held,
        last_day=last_day,
        created=created,
        changed=datetime.combine(created, time(10), STOCKHOLM),
        place=draws.pick(_PLACES.get(body.name, (body.place,)), *sitting.name, "place"),
    )
    if body.listing is None or created > today:
        return _with_status(plain, today)
    meeting = _with_page(plain, sitting, draws.node("meeting", body.name, start.isoformat()))
    meeting = _with_sentences(meeting, sitting, company)
    return _with_status(_moved(meeting, start) if moved else meeting, today)


def _created(body: Body, start: datetime) -> date:
    """Give the day a page was made: most offices make a whole year's pages around New Year."""
    month, day = draws.pick(_CREATED, body.name, "created")
    made = date(start.year - (month > 1), month, day)
    return min(made, start.date() - timedelta(days=21))


def _with_page(meeting: Meeting, sitting: Sitting, node: str) -> Meeting:
    body, start = meeting.body, meeting.start
    blocks = _blocks(sitting)
    uploads = [
        file.uploaded for block in blocks if isinstance(block, FileList) for file in block.files
    ]
    untimed = body is COUNCIL and meeting.last_day is not None and start.year % 2 == 1
    return replace(
        meeting,
        node=node,
        folder=addresses.meeting_folder(body, start.year, sitting.today.year),
        blocks=blocks,
        changed=max([meeting.changed, *uploads]),
        heading_extra=_heading_extra(sitting),
        stray_blank=body.archive is None and draws.seldom(3, *sitting.name, "blank"),
        slug_kl=body.style == "culture" and start.month == 6,  # noqa: PLR2004 - June
        untimed=untimed,
        place=None if untimed else meeting.place,
        image=_IMAGES.get(body.style, meeting.image),
        look=_LOOKS.get(body.style, meeting.look),
    )


def _blocks(sitting: Sitting) -> tuple[Block, ...]:
    files = documents.file_lists(sitting)
    items = (agenda.agenda(sitting),) if sitting.called else ()
    decided = agenda.decisions(sitting)
    short = (decided,) if decided else ()
    return (*files, *short, *items) if sitting.style.decisions_first else (*files, *items, *short)


def _heading_extra(sitting: Sitting) -> str:
    if sitting.body.style != "culture" or not draws.seldom(3, *sitting.name, "heading"):
        return ""
    digital = draws.seldom(2, *sitting.name, "digital")
    told = ", digitalt möte via Microsoft teams" if digital else ""
    return f" {swedish.stamp(sitting.start)}{told}"


def _with_sentences(meeting: Meeting, sitting: Sitting, company: frozenset[date]) -> Meeting:
    company_first = sitting.day in company and sitting.start.hour == _COMPANY_HOUR
    told = sentences.told(sitting, with_company=company_first)
    return replace(
        meeting,
        access=told.access,
        webcast=told.webcast,
        public_from=told.public_from,
        before=told.before,
        after=told.after,
        place_note=told.place_note,
        times=told.times if sitting.called else (),
        blocks=_summoned(meeting.blocks, told, sitting),
    )


def _summoned(
    blocks: tuple[Block, ...], told: sentences.Told, sitting: Sitting
) -> tuple[Block, ...]:
    """Put a summons where the offices that write one have it: just before the agenda."""
    if told.words is None or not sitting.called:
        return blocks
    return (*blocks[:-1], told.words, blocks[-1])


def _moved(meeting: Meeting, first: datetime) -> Meeting:
    told = f"Nytt datum! Sammanträdet är flyttat från den {swedish.words(first)}."
    return replace(meeting, after=(told, *meeting.after))


def _with_status(meeting: Meeting, today: date) -> Meeting:
    """Cancel what is to be cancelled, and leave one body's far days preliminary."""
    ahead = meeting.start.date() - today
    if (meeting.body.name, meeting.start.month) in _CANCELLED and ahead < _KNOWN:
        return cancelled(meeting)
    if meeting.body.name == _TENTATIVE and ahead > _SURE:
        return replace(meeting, status="tentative", before=("Preliminärt datum.", *meeting.before))
    return meeting


def cancelled(meeting: Meeting) -> Meeting:
    """Give the same meeting, called off: its page says so and has nothing more to offer."""
    told = ("Sammanträdet är inställt.", *meeting.before)
    return replace(meeting, status="cancelled", before=told, blocks=())
