"""Agendas and decisions of a meeting's page, in the ways the offices write them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from modelcity import draws, words
from modelcity.blocks import Agenda, AgendaForm, Decision, Decisions, Item
from modelcity.documents import Sitting

_CODES: Final = ("Kc1", "PF1", "SP8", "E5", "M9", "Kc2", "PF3")
_FORMS: Final[dict[str, tuple[AgendaForm, ...]]] = {
    "council": ("numbered",),
    "board": ("numbered",),
    "culture": ("typed",),
    "preschool": ("bullets", "lines"),
    "school": ("numbered",),
    "education": ("bullets", "numbered"),
    "premises": ("numbered", "typed"),
}


def agenda(sitting: Sitting) -> Agenda:
    """Give the agenda, with the extras that its office writes."""
    style = sitting.body.style
    form = draws.pick(_FORMS[style], *sitting.name, "agenda")
    heading = draws.pick(sitting.style.agenda_headings, *sitting.name, "agenda")
    items = [*_opening(style), *_middle(sitting), *_closing(style)]
    return Agenda(heading=heading, form=form, items=tuple(_numbered(items, form)))


def decisions(sitting: Sitting) -> Decisions | None:
    """Give the decisions in short, where the office writes them and the meeting is over."""
    heading = sitting.style.decisions
    if heading is None or not sitting.held:
        return None
    items = tuple(
        _decision(sitting, title) for title in draws.some(words.TITLES, 4, *sitting.name, "items")
    )
    intro = words.SUMMARY_INTRO if sitting.body.style == "board" else None
    return Decisions(heading=heading, intro=intro, items=items)


def _decision(sitting: Sitting, title: str) -> Decision:
    outcome = draws.pick(words.OUTCOMES, *sitting.name, title)
    if sitting.body.style != "board":
        return Decision(title=title, text=outcome)
    code = draws.pick(_CODES, *sitting.name, title)
    return Decision(title=f"{title} ({code})", text=f"{words.SUBJECTS_LEAD} Beslut: {outcome}")


def _opening(style: str) -> list[Item]:
    first = {
        "council": ("Upprop", "Val av justerande ledamöter"),
        "culture": ("Upprop och val av protokollsjusterare", "Godkännande av föredragningslista"),
        "preschool": (),
    }.get(
        style,
        (
            "Upprop och val av justerare ledamot och dennes ersättare",
            "Godkännande av föredragningslistan",
        ),
    )
    return [Item(title=title) for title in first]


def _middle(sitting: Sitting) -> list[Item]:
    count = 5 + draws.number(*sitting.name, "count") % 7
    titles = draws.some(words.TITLES, count, *sitting.name, "items")
    return [_dressed(Item(title=title), sitting, place) for place, title in enumerate(titles)]


def _dressed(item: Item, sitting: Sitting, place: int) -> Item:
    """Add what the office adds: a number of print, a code, a diary number, a remark."""
    name = (*sitting.name, item.title)
    drawn = draws.number(*name, "extra")
    match sitting.body.style:
        case "council":
            word = "Nr" if place % 2 else "nr"
            return replace(item, title=f"{item.title} ({word} {drawn % 190})")
        case "board":
            return replace(item, code=draws.pick(_CODES, *name))
        case "premises":
            diary = f"Dnr {sitting.start.year}-{drawn % 900:05} 3.5.4.0 1"
            return replace(item, reference=diary, reference_inline=place % 3 == 0)
        case "culture" if place == 1:
            return replace(item, title="Almänhetens frågestund", gap="")
        case "education" if place == 0:
            return replace(item, title="Allmänhetens frågestund")
    remark = draws.pick(("", "", "", " (Sekretess)", " – omedelbar justering"), *name)
    return replace(item, title=f"{item.title}{remark}")


def _closing(style: str) -> list[Item]:
    last = {
        "council": ("Anmälningsärenden", "Motion om gröna tak – läggs på bordet"),
        "preschool": ("Anmälningsärenden enl. bilagd förteckning", "Delegationsbeslut"),
    }.get(style, ("Delegationsbeslut", "Anmälningsärenden", "Övriga frågor"))
    return [Item(title=title) for title in last]


def _numbered(items: list[Item], form: AgendaForm) -> list[Item]:
    if form in {"bullets", "lines"}:
        return items
    return [replace(item, number=str(place)) for place, item in enumerate(items, start=1)]
