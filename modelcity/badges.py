"""What the form `badges` draws its own way: definition lists, accordions, badges, loose spans."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from markupsafe import Markup

from modelcity import markup, moments, swedish
from modelcity.blocks import File
from modelcity.model import Article, BoardItem, Meeting

_BREAK: Final = Markup("<br>\n")
_CLASSES: Final = {
    "sv-text-portlet sv-use-margins": "lp-module lp-module--text",
    "sv-text-portlet-content": "lp-module__content",
    "sv-channel-item": "lp-list__item",
    "sv-custom-module sv-marginalia sv-skip-spacer": "lp-app sv-limepark-app-evolution",
}


def facts(pairs: Iterable[tuple[str, str]]) -> Markup:
    """Give labels and values as a definition list, its labels without a colon."""
    row = Markup('<dt class="lp-facts__label">{}</dt><dd class="lp-facts__value">{}</dd>\n')
    rows = markup.join(row.format(label, value) for label, value in pairs)
    return Markup('<dl class="lp-facts">{}</dl>\n').format(rows)


def accordion(summary: str, content: Markup) -> Markup:
    """Fold content away under its heading."""
    return Markup(
        '<details class="lp-accordion"><summary class="lp-accordion__heading">{}</summary>'
        '<div class="lp-accordion__content">{}</div></details>\n'
    ).format(summary, content)


def calendar_row(meeting: Meeting, clock: Markup, *, stripped: bool) -> Markup:
    """Give a row of a calendar: the day in a badge without its year, the rest as facts."""
    told = [("Tid", clock)]
    told += [("Plats", Markup("{}").format(meeting.place))] if meeting.place else []
    told += [("Status", Markup("{}").format(meeting.row_note))] if meeting.row_note else []
    return Markup(
        '<li class="lp-calendar-list__item">{badge}<div class="lp-calendar-list__text">{image}'
        '<h3 class="sol-article-item-heading">{name}</h3>{facts}</div></li>\n'
    ).format(
        badge="" if stripped else moments.badge(meeting.start, year=False),
        image=markup.image(meeting.body.image),
        name=markup.link(meeting.path if meeting.node else None, meeting.body.name),
        facts=facts(told),
    )


def news_row(article: Article, intro: str) -> Markup:
    """Give a row of a news list: badge, title as a link that holds its heading, intro."""
    return Markup(
        '<li class="lp-news-list__item"><span class="lp-news-list__meta">Publicerad</span>{badge}'
        '<a class="sol-article-item-heading" href="{path}"><h3>{title}</h3></a>'
        '<div class="lp-news-list__text">{intro}</div></li>\n'
    ).format(
        badge=moments.badge(article.published, year=True),
        path=article.path,
        title=article.title,
        intro=intro,
    )


def documents(files: Iterable[File]) -> Markup:
    """Give files with kind, size and upload moment in spans beside the link, not in it."""
    row = Markup(
        '<li class="lp-document-list__item"><a class="lp-document-list__link" href="{}">'
        '<span class="lp-document-list__name">{}</span></a>'
        '<span class="lp-document-list__meta"><span>{}</span><span>{}</span><span>{}</span></span>'
        "</li>\n"
    )
    rows = (
        row.format(file.path, file.name, file.kind, file.size, swedish.stamp(file.uploaded))
        for file in files
    )
    return Markup('<ul class="lp-document-list">{}</ul>').format(markup.join(rows))


def board_row(item: BoardItem, posted: Markup, link: Markup) -> Markup:
    """Give an item of the notice board, the link to its minutes last."""
    return Markup(
        '<li class="lp-bulletin-board__list-item">'
        '<h3 class="lp-bulletin-board__list-item__heading">{}</h3>'
        '<div class="lp-bulletin-board__list-item__description">{}{}</div></li>\n'
    ).format(markup.link(item.path, item.title), board_facts(item, posted), link)


def board_facts(item: BoardItem, posted: Markup) -> Markup:
    """Give the labelled lines of an item as facts; a line without a label goes on with the last."""
    pairs: list[tuple[str, Markup]] = [("Anslaget den:", posted)]
    for line in item.lines:
        label, colon, value = line.partition(":")
        if colon:
            pairs.append((label + colon, Markup("{}").format(value.strip())))
        else:
            label, before = pairs.pop()
            pairs.append((label, before + _BREAK + line))
    return facts(pairs)


def dress(page: str) -> str:
    """Give a page in the classes of another template."""
    for old, new in _CLASSES.items():
        page = page.replace(f'class="{old}"', f'class="{new}"')
    return page
