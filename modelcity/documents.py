"""The files of a meeting's page, as they come one after another and with the slips they have."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Final

from modelcity import draws, swedish, words
from modelcity.blocks import File, FileList
from modelcity.model import Body
from modelcity.plans import STYLES, Plan, Style
from modelcity.swedish import STOCKHOLM

_SLIPS: Final = (
    (" protokoll.pdf", " Protkoll.pdf"),
    ("Protokoll.pdf", "Protokoll_.pdf"),
    (" handlingar.pdf", " handlingar..pdf"),
)
_HIDDEN_FROM: Final = 2026  # since then the council's files are drawn by a script


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A meeting in the making: who, when, and what day it is."""

    body: Body
    start: datetime
    today: date
    last_day: date | None = None

    @property
    def day(self) -> date:
        """Give the day of the meeting, the first of two."""
        return self.start.date()

    @property
    def name(self) -> tuple[object, ...]:
        """Give what all its draws are named after."""
        return (self.body.name, self.start.isoformat())

    @property
    def style(self) -> Style:
        """Give how its office writes."""
        return STYLES[self.body.style]

    @property
    def held(self) -> bool:
        """Say whether it lies before today."""
        return (self.last_day or self.day) < self.today

    @property
    def called(self) -> bool:
        """Say whether the notice has gone out, a week before."""
        return self.day - timedelta(days=7) < self.today


def file_lists(sitting: Sitting) -> tuple[FileList, ...]:
    """Give the headings with their files, as far as these were there before today."""
    due = [plan for plan in sitting.style.plans if _is_due(plan, sitting)]
    groups = groupby(due, key=lambda plan: plan.heading)
    lists = [_file_list(heading, list(plans), sitting) for heading, plans in groups]
    if lists and not _has_minutes(due) and sitting.body.style == "culture":
        lists.insert(0, _waiting())
    return tuple(lists)


def _file_list(heading: str, plans: list[Plan], sitting: Sitting) -> FileList:
    if _hidden(sitting):
        return FileList(heading=heading, drawn=True)
    files = tuple(
        _file(plan, plan.name, sitting, number)
        for number, plan in enumerate(plans)
        if plan.name is not None
    )
    return FileList(heading=heading, files=files, shape="links" if sitting.style.links else None)


def _waiting() -> FileList:
    """Give the heading of minutes that are still to come."""
    return FileList(heading="Beslut och protokoll", note="Protokoll publiceras efter justering.")


def _has_minutes(due: list[Plan]) -> bool:
    return any(plan.after > 1 for plan in due)


def _hidden(sitting: Sitting) -> bool:
    """Say whether the list is left to a script: the council's spring, one in four of Kultur's."""
    if sitting.body.style == "council":
        return sitting.start.year >= _HIDDEN_FROM and sitting.start.month <= 6  # noqa: PLR2004 - June
    return sitting.body.style == "culture" and draws.seldom(4, *sitting.name, "hidden")


def _is_due(plan: Plan, sitting: Sitting) -> bool:
    wanted = draws.seldom(plan.one_in, *sitting.name, plan.heading, plan.name)
    return wanted and _uploaded(plan, sitting).date() < sitting.today


def _uploaded(plan: Plan, sitting: Sitting) -> datetime:
    drawn = draws.number(*sitting.name, plan.heading, plan.name, "uploaded")
    base = sitting.last_day or sitting.day
    day = (base if plan.after > 0 else sitting.day) + timedelta(days=plan.after)
    return datetime.combine(day, time(8 + drawn % 9, drawn // 9 % 60), STOCKHOLM)


def _file(plan: Plan, name: str, sitting: Sitting, number: int) -> File:
    least, most = plan.size
    tenths = least + draws.number(*sitting.name, name, "size") % (most - least)
    if draws.seldom(9, *sitting.name, name, "round"):
        tenths = tenths // 10 * 10
    return File(
        node=draws.node("file", *sitting.name, plan.heading, name),
        name=_slip(_filled(name, sitting), sitting, number),
        size=swedish.size(tenths),
        uploaded=_uploaded(plan, sitting),
        hint=sitting.style.hint,
        role=plan.role,
    )


def _filled(name: str, sitting: Sitting) -> str:
    """Fill in name and dates; the council's August papers carry the year before, as once seen."""
    day = sitting.day
    wrong = sitting.body.style == "council" and day.month == 8 and "handlingar" in name  # noqa: PLR2004 - August
    iso = f"{day.year - wrong}-{day:%m-%d}"
    span = f"{iso}-{sitting.last_day.day}" if sitting.last_day else iso
    return name.format(
        name=sitting.body.name,
        iso=span,
        short=f"{day:%y%m%d}",
        words=swedish.words(day),
        year=day.year,
        party=draws.pick(words.PARTIES, *sitting.name, name),
    )


def _slip(name: str, sitting: Sitting, number: int) -> str:
    """Write a name wrong, as an office does now and then."""
    if not draws.seldom(8, *sitting.name, "slip"):
        return name
    right, wrong = _SLIPS[(draws.number(*sitting.name, "kind") + number) % len(_SLIPS)]
    return name.replace(right, wrong)
