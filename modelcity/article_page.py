"""A piece of news, and the list that leads to all of them, some to a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from modelcity import addresses, lists, markup, moments, swedish
from modelcity.model import Article
from modelcity.scene import Piece, Scene

PER_PAGE: Final = 20
_OUTDATED: Final = (
    "Denna nyhet kan innehålla inaktuell information",
    "Texten är äldre än ett år, och läget kan ha ändrats sedan dess.",
)


def render(scene: Scene, article: Article) -> str:
    """Give the page of one article."""
    page = article.node
    published = Markup('<p class="normal">Artikeln publicerades: {}</p>').format(
        moments.moment(scene.form, article.published)
    )
    content = markup.join(
        (
            markup.text(page, "Rubrik", markup.heading(1, article.title)),
            markup.text(page, "Publicerad", published),
            markup.text(page, "Inaktuell", _outdated()) if article.outdated else markup.EMPTY,
            markup.text(page, "Ingress", _intro(article)),
            markup.text(page, "Brodtext", _body(article)),
            markup.portlet(page, "image", "Bild", _picture(article)),
        )
    )
    piece = Piece(
        node=page,
        address=article.path,
        title=article.title,
        share=article.title,
        created=article.published.date(),
        changed=article.published,
        look=article.look,
    )
    return scene.article(piece, content)


def _outdated() -> Markup:
    head, told = _OUTDATED
    return markup.heading(2, head) + markup.paragraph(told)


def _intro(article: Article) -> Markup:
    return Markup('<p class="preamble">{}</p>').format(article.intro)


def _body(article: Article) -> Markup:
    heads = [markup.heading(2, title) for title in article.subheadings]
    told = [markup.paragraph(paragraph) for paragraph in article.paragraphs]
    mixed = [part for pair in zip(heads, told, strict=False) for part in pair] + told[len(heads) :]
    links = (markup.paragraph(markup.link(*link)) for link in article.links)
    return markup.join([*mixed, *links]) + _meeting_link(article)


def _picture(article: Article) -> Markup:
    caption = markup.paragraph(article.caption) if article.caption else markup.EMPTY
    return markup.image(article.image) + caption


def _meeting_link(article: Article) -> Markup:
    """Link the meeting by its whole address, as an editor copies it from the address bar."""
    if article.meeting is None or article.meeting.node is None:
        return markup.EMPTY
    named = f"{article.meeting.body.name}s möte {swedish.words(article.meeting.start)}"
    return markup.paragraph(markup.link(addresses.HOST + article.meeting.path, named))


def page_address(number: int) -> str:
    """Give the address of one page of the news list; the first has no number."""
    return addresses.NEWS if number == 1 else f"{addresses.NEWS}?page={number}"


def page_count(articles: Sequence[Article]) -> int:
    """Say how many pages the news list has."""
    return max(1, -(-len(articles) // PER_PAGE))


def render_list(scene: Scene, articles: Sequence[Article], number: int) -> str:
    """Give one page of the news list, counted from 1, with links to the others."""
    shown = articles[(number - 1) * PER_PAGE : number * PER_PAGE]
    address = page_address(number)
    links = [
        markup.link(page_address(each), f"Sida {each}")
        for each in range(1, page_count(articles) + 1)
        if each != number
    ]
    content = lists.news(scene.form, "nyheter", "Nyhetslista", shown) + markup.bullets(links)
    return scene.ordinary(address, "Nyheter", content)
