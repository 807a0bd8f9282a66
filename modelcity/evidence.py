"""A model of each of the city's pages that has been seen, with what a reader should find on it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from importlib.resources import files
from typing import Any, Final

from markupsafe import Markup

from modelcity import (
    addresses,
    article_page,
    board_page,
    evidence_facts,
    expected,
    lists,
    markup,
    meeting_page,
    shell,
)
from modelcity.committees import BOARD
from modelcity.model import Look
from modelcity.moments import Form
from modelcity.scene import Scene

_DAY: Final = date(2026, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """One page that has been seen: `kind` is meeting, news, board or page (or as `aside` says).

    `expected` holds what is to be found: one meeting, one piece of news, the items of a board, or
    nothing. `render` gives the page in a markup form.
    """

    name: str
    path: str
    kind: str
    expected: tuple[dict[str, Any], ...]
    render: Callable[[Form], str]


@cache
def saved() -> Mapping[str, Saved]:
    """Give every page that has been seen, by the name it was kept under."""
    facts = tomllib.loads(files("modelcity").joinpath("evidence.toml").read_text("utf-8"))
    made = {"meeting": _meeting, "news": _news, "board": _board, "page": _page}
    return {each["name"]: make(each) for kind, make in made.items() for each in facts[kind]}


def pages(form: Form, *names: str) -> dict[str, bytes]:
    """Give pages by path, to be put in `ModelCity.pages`; without names all meetings and news.

    Some paths have held several pages over the years: ask for these by name.
    """
    kinds = {"meeting", "news"}
    wanted = names or [each.name for each in saved().values() if each.kind in kinds]
    return {saved()[name].path: saved()[name].render(form).encode() for name in wanted}


def _scene(form: Form) -> Scene:
    return Scene(form=form, today=_DAY, banner=None, aside=markup.EMPTY)


def _meeting(facts: dict[str, Any]) -> Saved:
    meeting = evidence_facts.meeting(facts)
    return Saved(
        name=facts["name"],
        path=meeting.path,
        kind="meeting",
        expected=(expected.meeting(meeting),),
        render=lambda form: meeting_page.render(_scene(form), meeting),
    )


def _news(facts: dict[str, Any]) -> Saved:
    article = evidence_facts.article(facts)
    return Saved(
        name=facts["name"],
        path=article.path,
        kind="news",
        expected=(expected.article(article),),
        render=lambda form: article_page.render(_scene(form), article),
    )


def _board(facts: dict[str, Any]) -> Saved:
    items = [evidence_facts.board_item(each) for each in facts["items"]]
    heading = facts.get("heading", board_page.ADJUSTED)
    look = Look(logos=evidence_facts.logos(facts))

    def render(form: Form) -> str:
        content = board_page.content(form, markup.EMPTY, items, heading)
        return _scene(form).ordinary(facts["path"], board_page.TITLE, content, look=look)

    return Saved(
        name=facts["name"],
        path=facts["path"],
        kind="board",
        expected=tuple(expected.notice(item) for item in items),
        render=render,
    )


def _page(facts: dict[str, Any]) -> Saved:
    return Saved(
        name=facts["name"],
        path=facts["path"],
        kind="page",
        expected=(),
        render=partial(_render_page, facts),
    )


def _render_page(facts: dict[str, Any], form: Form) -> str:
    """Give an ordinary page: its sidebars, if it has them, have lost most of their items."""
    old = facts.get("old_template", False)
    look = Look(
        logos=evidence_facts.logos(facts),
        contact=None if old else Look().contact,
        old_template=old,
        plain_dates=old,
    )
    changed = evidence_facts.stamp(facts["changed"]) if "changed" in facts else None
    parts = [_regulations(facts)] if "regulations" in facts else []
    parts += [_part(part) for part in facts["parts"]]
    aside = _sidebars(form, facts.get("news", [])) if "sidebars" in facts else markup.EMPTY
    return _scene(form).ordinary(
        facts["path"], facts["title"], markup.join(parts), aside=aside, look=look, changed=changed
    )


def _regulations(facts: dict[str, Any]) -> Markup:
    hint = Markup('<span class="env-assistive-text">{}</span>').format(
        f" Pdf, {facts['regulations']}, öppnas i nytt fönster."
    )
    link = markup.link(addresses.regulations(BOARD), f"{facts['title']}s reglemente")
    return markup.paragraph(BOARD.about) + markup.paragraph(link + hint)


def _part(part: dict[str, Any]) -> Markup:
    image = markup.image(part["image"]) if "image" in part else markup.EMPTY
    head = markup.heading(2, part["heading"]) if "heading" in part else markup.EMPTY
    told = markup.paragraphs(part.get("words", []))
    rows = markup.bullets(part["bullets"]) if "bullets" in part else markup.EMPTY
    return image + head + told + rows + (_ways() if part.get("ways") else markup.EMPTY)


def _ways() -> Markup:
    """Link the calendar and the earlier meetings; the list between them was lost."""
    calendar = markup.link(addresses.CALENDAR, "sammanträdeskalendern")
    told = Markup("Se {} för alla kommande sammanträden.").format(calendar)
    earlier = "Beslut och protokoll från tidigare sammanträden"
    return markup.paragraphs((told, markup.link(addresses.BOARD_LISTING, earlier)))


def _sidebars(form: Form, titles: list[str]) -> Markup:
    articles = [evidence_facts.headline(title) for title in titles]
    news = lists.news(form, "sett", "Nyheter", articles) if articles else markup.EMPTY
    return shell.aside(news, markup.EMPTY)
