"""The notice board: coming meetings, and adjusted minutes in every spelling the city has used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from modelcity import draws, swedish
from modelcity.committees import COUNCIL
from modelcity.model import Announcement, BoardItem, Meeting

_SHOWN: Final = 16
_ANNOUNCED: Final = timedelta(days=10)


_PERMITS: Final = (
    "Kungörelse bygglov kvarteret Modellen 1",
    "Kungörelse bygglov kvarteret Mallen 4",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """One way in which an item of the board was once written."""

    adjusted_label: str = "Protokollet justerades:"
    link: str = "Protokoll för nedladdning"
    hint: str = ""
    one_line: bool = False
    broken: bool = False
    too_early: bool = False
    no_office: bool = False
    office_in_two: bool = False
    immediate: bool = False


_SPACED: Final = "Protokollet justerades :"
_SLIPS: Final = (
    Slip(hint="PDF"),
    Slip(adjusted_label=_SPACED, hint="öppnas i nytt fönster"),
    Slip(adjusted_label=_SPACED, no_office=True, link="Länk till protokollet",
         hint=" Pdf, 322.6 kB, öppnas i nytt fönster."),
    Slip(one_line=True),
    Slip(broken=True, hint=" Öppnas i nytt fönster."),
    Slip(office_in_two=True, link="Protokollet för nedladdning", hint="länk till annan webbplats"),
    Slip(too_early=True),
    Slip(immediate=True, hint=" Pdf, 61.2 kB."),
)  # fmt: skip


def items(meetings: Sequence[Meeting], today: date) -> tuple[BoardItem, ...]:
    """Give the latest adjusted minutes, newest first."""
    adjusted = sorted(
        ((_adjusted(meeting), meeting) for meeting in meetings if meeting.status == "confirmed"),
        key=lambda pair: (pair[0], pair[1].start, pair[1].body.name),
    )
    # slips are counted from the oldest item, so that an item keeps its own from day to day
    shown = [
        _item(meeting, day, _SLIPS[place % len(_SLIPS)])
        for place, (day, meeting) in enumerate(adjusted)
        if day < today
    ]
    return tuple(reversed(shown[-_SHOWN:]))


def announcements(meetings: Sequence[Meeting], today: date) -> tuple[Announcement, ...]:
    """Give the council's coming meeting when it is near; else the board says there is none."""
    return tuple(
        Announcement(meeting=meeting, posted=meeting.start.date() - _ANNOUNCED)
        for meeting in meetings
        if meeting.body is COUNCIL
        and meeting.status == "confirmed"
        and timedelta(0) <= meeting.start.date() - today < _ANNOUNCED
    )


def permits() -> dict[str, str]:
    """Give title by address of the board's items that are about something else."""
    folder = "/funktioner/anslagstavla/kungorelsebygglov"
    return {
        f"{folder}/{swedish.squeeze(title)}.5.{draws.node('permit', title)}.html": title
        for title in _PERMITS
    }


def _adjusted(meeting: Meeting) -> date:
    last = meeting.last_day or meeting.start.date()
    return last + timedelta(days=1 + draws.number("adjusted", meeting.body.name, last) % 11)


def _item(meeting: Meeting, adjusted: date, slip: Slip) -> BoardItem:
    name = meeting.body.name
    held = meeting.start.date()
    day = held - timedelta(days=27) if slip.too_early else adjusted
    printed = f"{day:%Y-0%m-%d}" if slip.broken else day.isoformat()
    office = None if slip.no_office else meeting.body.office
    return BoardItem(
        node=draws.node("board", name, meeting.start.isoformat(), adjusted),
        title=f"{name}, § 28 omedelbar justering" if slip.immediate else name,
        committee=name,
        posted=adjusted,
        held=held.isoformat(),
        adjusted=printed,
        kept_at=office,
        link_text=slip.link,
        link_hint=slip.hint,
        document=_document(meeting),
        lines=_lines(held, printed, office, slip),
        immediate=slip.immediate,
    )


def _lines(held: date, adjusted: str, office: str | None, slip: Slip) -> tuple[str, ...]:
    first, second = f"Sammanträdet hölls: {held}", f"{slip.adjusted_label} {adjusted}"
    lines = [first + second] if slip.one_line else [first, second]
    if office is None:
        return tuple(lines)
    kept = f"Protokollet finns hos: {office}"
    if slip.office_in_two:
        head, comma, tail = kept.partition(",")
        return (*lines, head + comma, tail.strip())
    return (*lines, kept)


def _document(meeting: Meeting) -> str:
    """Give the address of the minutes: a copy of the board's own, the same as long as it hangs."""
    node = draws.node("minutes", meeting.body.name, meeting.start.isoformat())
    return f"/download/18.{node}/{int(meeting.start.timestamp() * 1000)}/Protokoll.pdf"
