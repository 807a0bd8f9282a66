"""Dates and clock times in each markup form: attributes, text, none, cells, pieces in spans."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, Literal, TypeAlias

from markupsafe import Markup

from modelcity import swedish
from modelcity.markup import EMPTY

Form: TypeAlias = Literal["iso", "split", "text", "state", "table", "badges", "elements"]
FORMS: Final[tuple[Form, ...]] = ("iso", "split", "text", "state", "table")
"""`iso`: `<time>` with date, clock and offset; `split`: `<time>` with the date, the clock in text;
`text`: Swedish words; `state`: drawn by a script from data in the page; `table`: table cells."""
LATER_FORMS: Final[tuple[Form, ...]] = ("badges", "elements")
"""Forms that came when readers already read the others, to see what these had learnt by heart.

`badges`: day, month and clock in spans of their own, as the LimePark and Soleil templates have
them; `elements`: custom elements, and `<time>` without offset."""

_PIECE: Final = Markup('<span class="lp-date__{}">{}</span>')
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
        case "badges" | "elements":
            return _later_moment(form, when)


def day(form: Form, when: date) -> Markup:
    """Write a day after a label such as «Anslaget den:»."""
    match form:
        case "iso":
            return _TIME.format(when, when)
        case "split" | "elements":
            return _TIME.format(when, swedish.words(when))
        case "text":
            return Markup("{}").format(swedish.words(when))
        case "state" | "table":
            return Markup("{}").format(when)
        case "badges":
            return _pieces(*_day_pieces(when))


def row(form: Form, when: datetime, today: date) -> Markup:
    """Write date and clock of a calendar row, as two pieces around «kl.».

    In `badges` the day stands in a badge of its own (`badge`), and only weekday and clock here.
    """
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
        case "badges":
            return _pieces(("weekday", swedish.weekday(when)), ("clock", f"kl. {clock}"))
        case "state" | "elements":
            return EMPTY
        case "table":
            return Markup("{} kl. {}").format(swedish.words(when), clock)


def local(when: datetime) -> str:
    """Write a moment as ISO 8601 to the minute, without its offset."""
    return f"{when:%Y-%m-%dT%H:%M}"


def badge(when: date, *, year: bool) -> Markup:
    """Write day and month as a badge: two blocks with nothing between them."""
    month = swedish.month(when)[:3]
    pieces = [("day", f"{when:%d}"), ("month", month), *([("year", str(when.year))] * year)]
    shown = EMPTY.join(_PIECE.format(*piece) for piece in pieces)
    return Markup('<div class="lp-date-badge">{}</div>').format(shown)


def _later_moment(form: Literal["badges", "elements"], when: datetime) -> Markup:
    if form == "elements":
        return _TIME.format(local(when), f"{swedish.words(when)} kl. {when:%H:%M}")
    clock = ("clock", f"kl. {swedish.clock(when)}")
    return _pieces(("weekday", swedish.weekday(when)), *_day_pieces(when), clock)


def _day_pieces(when: date) -> tuple[tuple[str, str], ...]:
    return (("day", str(when.day)), ("month", swedish.month(when)), ("year", str(when.year)))


def _pieces(*pieces: tuple[str, str]) -> Markup:
    return Markup(" ").join(_PIECE.format(*piece) for piece in pieces)
