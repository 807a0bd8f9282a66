"""A piece of news, and the list that leads to all of them, some to a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from modelcity import addresses, feed, lists, markup, moments
from modelcity.model import Article, Part
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
    return markup.join(_part(part) for part in article.parts)


def _part(part: Part) -> Markup:
    match part.kind:
        case "heading":
            return markup.heading(2, part.text)
        case "paragraph":
            return markup.paragraph(_words(part))
        case "list":
            return markup.bullets(_words(row) for row in part.rows)


def _words(part: Part) -> Markup:
    if part.link is None:
        return Markup("{}").format(part.text)
    before, _, after = part.text.partition(part.link.words)
    return Markup("{}{}{}").format(before, markup.link(*part.link), after)


def _picture(article: Article) -> Markup:
    caption = markup.paragraph(article.caption) if article.caption else markup.EMPTY
    return markup.image(article.image, address=article.image_path) + caption


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
    return scene.ordinary(address, "Nyheter", content, alternate=feed.alternate())
