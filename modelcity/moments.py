"""Dates and clock times in each markup form: attribute and offset, date only, text, none, cell."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, Literal, TypeAlias

from markupsafe import Markup

from modelcity import swedish
from modelcity.markup import EMPTY

Form: TypeAlias = Literal["iso", "split", "text", "state", "table"]
FORMS: Final[tuple[Form, ...]] = ("iso", "split", "text", "state", "table")
"""`iso`: `<time>` with date, clock and offset; `split`: `<time>` with the date, the clock in text;
`text`: Swedish words; `state`: drawn by a script from data in the page; `table`: table cells."""

_TIME: Final = Markup('<time class="normal" datetime="{}">{}</time>')


def moment(form: Form, when: datetime) -> Markup:
    """Write a moment after a label such as «Tid:»; in `state` nothing, as a script draws it."""
    match form:
        case "iso":
            return _TIME.format(when.isoformat(), swedish.stamp(when))
        case "split":
            shown = f"{swedish.words(when)} kl. {swedish.clock(when)}"
            return _TIME.format(when.date(), shown)
        case "text":
            return Markup("{} kl. {}").format(swedish.spoken(when), swedish.clock(when))
        case "state":
            return Markup('<span class="sv-date"></span>')
        case "table":
            return Markup("{:%Y-%m-%d} kl. {}").format(when, swedish.clock(when))


def day(form: Form, when: date) -> Markup:
    """Write a day after a label such as «Anslaget den:»."""
    match form:
        case "iso":
            return _TIME.format(when, when)
        case "split":
            return _TIME.format(when, swedish.words(when))
        case "text":
            return Markup("{}").format(swedish.words(when))
        case "state" | "table":
            return Markup("{}").format(when)


def row(form: Form, when: datetime, today: date) -> Markup:
    """Write date and clock of a calendar row, as two pieces around «kl.»."""
    clock = swedish.clock(when)
    match form:
        case "iso":
            hour = _TIME.format(when.isoformat(), clock)
            return Markup("{} kl. {}").format(_TIME.format(when.isoformat(), when.date()), hour)
        case "split":
            shown = _TIME.format(when.date(), swedish.words(when))
            return Markup("{} kl. <span>{}</span>").format(shown, clock)
        case "text":
            near = abs((when.date() - today).days) < 60  # noqa: PLR2004 - two months
            return Markup("{} kl. {}").format(swedish.spoken(when, year=not near), clock)
        case "state":
            return EMPTY
        case "table":
            return Markup("{} kl. {}").format(swedish.words(when), clock)
