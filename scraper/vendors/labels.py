"""Time, place and remark as pages label them: beside, above or below, in tables, or bare."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Final

from records.errors import BadValue
from scraper import statuses
from scraper.lines import Line
from scraper.swedish import has_clock, has_date, parse_moment
from scraper.vendors import sitevision
from scraper.vendors.sitevision import Labelled

__all__ = ["DAY", "PLACE", "REMARK", "TIME", "Labelled", "fields"]

TIME, PLACE, DAY, REMARK = "tid", "plats", "dag", "anmärkning"
_BARE: Final = "bare"  # a date that stands alone, with no label
_LABELS: Final = {
    **dict.fromkeys(("tid", "tidpunkt", "klockslag", "starttid", "datum och tid"), TIME),
    **dict.fromkeys(("tid och plats",), TIME),
    **dict.fromkeys(("datum", "dag", "mötesdag", "sammanträdesdag", "när"), DAY),
    **dict.fromkeys(("plats", "lokal", "mötesplats", "var"), PLACE),
    **dict.fromkeys(("status", "anmärkning", "notering"), REMARK),
}
_ANY_DAY: Final = date(2000, 1, 1)  # whether it is a date does not hang on the year
_WORD: Final = re.compile(r"[^\W\d_]+")
_OF_DATES: Final = re.compile(
    r"(?:mån|tis|ons|tors?|fre|lör|sön)(?:dag(?:en)?)?|jan\w*|feb\w*|mars?|apr\w*|maj|jun\w*|jul\w*"
    r"|aug\w*|sep\w*|okt\w*|nov\w*|dec\w*|den|kl|klockan|från|till|och|ca|heldag|[ae]"
)
_UNMARKED: Final = re.compile(
    rf"^({'|'.join(label for label, what in _LABELS.items() if what != REMARK)})\s+(?=\S)",
    re.IGNORECASE,
)


def fields(lines: Sequence[Line], *, alone: int = 0) -> list[Labelled]:
    """Give times, places and remarks in their order; a day and an hour that stand apart are joined.

    A date without a label is the day of the labelled hour after it; among the first `alone` lines
    it is a time of its own.
    """
    found = list(sitevision.labelled(lines, tuple(_LABELS)))
    found += _in_columns(lines)
    if not any(_LABELS[field.label] == TIME for field in found):
        found += _unmarked(lines)
    taken = {at for field in found for at in field.lines}
    named = [replace(field, label=_LABELS[field.label]) for field in found]
    named = [field for field in named if field.label != REMARK or _is_remark(field)]
    named += [bare for bare in _bare(lines) if bare.at not in taken]
    remarks = [field for field in named if field.label == REMARK]
    others = sorted((field for field in named if field.label != REMARK), key=_place)
    return sorted([*_together(others, alone), *remarks], key=_place)


def _place(field: Labelled) -> int:
    return field.at


def _is_remark(field: Labelled) -> bool:
    """Tell the value of a field for remarks from what begins below one that was left empty."""
    beside = len(field.lines) == 1 or field.value.kind == "dd"
    return bool(field.value.text) and (
        beside or statuses.status([field.value.text], []) is not None
    )


def _together(found: Sequence[Labelled], alone: int) -> Iterator[Labelled]:
    """Put each day to the hour that follows it, and leave out dates that belong to none."""
    waiting: Labelled | None = None
    for field in found:
        if field.label in {DAY, _BARE}:
            yield from _day_alone(waiting, alone)
            waiting = field
        elif field.label == TIME and waiting and not _is_dated(field.value):
            yield _joined(waiting, field)
            waiting = None
        else:
            if field.label == TIME:
                waiting = None if waiting and waiting.label == _BARE else waiting
            yield from _day_alone(waiting, alone)
            waiting = None
            yield field
    yield from _day_alone(waiting, alone)


def _day_alone(day: Labelled | None, alone: int) -> Iterator[Labelled]:
    if day and (day.label == DAY or day.at < alone):
        yield replace(day, label=TIME)


def _joined(day: Labelled, hour: Labelled) -> Labelled:
    value = replace(
        day.value,
        text=f"{day.value.text} {hour.value.text}".strip(),
        times=day.value.times + hour.value.times,
    )
    return replace(day, label=TIME, value=value, lines=day.lines | hour.lines)


def _is_dated(value: Line) -> bool:
    return has_date(value.text) or any("-" in stamp for stamp, _ in value.times)


def _bare(lines: Sequence[Line]) -> Iterator[Labelled]:
    for at, line in enumerate(lines):
        words = _WORD.findall(line.text.lower())
        if (
            line.kind in sitevision.PLAIN
            and not line.links
            and all(map(_OF_DATES.fullmatch, words))
        ):
            try:
                parse_moment(line.text, near=_ANY_DAY)
            except BadValue:
                continue
            yield sitevision.field(_BARE, line, at, at)


def _in_columns(lines: Sequence[Line]) -> Iterator[Labelled]:
    """Give the first row of a table whose head is nothing but labels: «Datum | Tid | Plats»."""
    for at, (head, row) in enumerate(pairwise(lines)):
        names = [cell.text.lower().rstrip(":? ") for cell in head.cells]
        if len(names) > 1 and set(names) <= set(_LABELS) and len(row.cells) == len(names):
            for name, cell in zip(names, row.cells, strict=True):
                yield sitevision.field(name, cell, at, at + 1)


def _unmarked(lines: Sequence[Line]) -> Iterator[Labelled]:
    """Give «Tid torsdag 16 april kl. 14» and the «Plats …» beside it, where no colon parts them."""
    times = [
        at
        for at, line in enumerate(lines)
        if (match := _UNMARKED.match(line.text))
        and _LABELS[match[1].lower()] != PLACE
        and (has_date(line.text) or has_clock(line.text))
    ]
    for at in times:
        for near in range(max(at - 1, 0), min(at + 2, len(lines))):
            match = _UNMARKED.match(lines[near].text)
            if match and (near == at or _LABELS[match[1].lower()] == PLACE):
                value = replace(lines[near], text=lines[near].text[match.end() :])
                yield sitevision.field(match[1], value, near, near)
