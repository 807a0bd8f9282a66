"""The frame of every page: head, logos, menu, banner, contact box, sharing, sidebars, footer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final

from markupsafe import Markup

from modelcity import addresses, badges, chrome, draws, elements, markup, menu, moments, swedish
from modelcity.model import Look
from modelcity.moments import Form

PRIVATE: Final = (
    "Modellkontoret",
    "000-00 00 00",
    "modellkontoret@",
    "Modellredaktionen",
    "redaktor-",
)
"""What stands for people's names and addresses on the pages: nothing of it is to be kept."""

_NOTICE: Final = (
    "Modell: this page is a model of a city's web page, made from facts; it is not the city's own"
)
_PAGE: Final = Markup("""<!DOCTYPE html>
<html lang="sv" class="sv-no-js sv-template-{template}">
<head>
<!-- {notice} -->
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="modelcity">
<title>{title} | Borås Stad</title>
<link rel="canonical" href="{canonical}">
<meta name="DC.modified" content="{modified}">
{alternate}{context}{styles}
</head>
<body class="sv-responsive sv-theme-standard env-m-around--0">
<a class="lp-skip" href="#Innehall">Till innehållet</a>
<header class="sv-vertical sv-layout">{header}</header>
<main id="Innehall"><div class="sv-grid-main sv-row"><div class="sv-column-{width}">
{banner}{content}{tail}</div>
{aside}</div></main>
<footer class="sv-vertical sv-layout">{footer}</footer>
</body>
</html>
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What is particular in the frame of one page.

    `share` is the line after «Dela sidan:»; `changed` None leaves «Senast ändrad:» out.
    """

    node: str
    address: str
    title: str
    share: str | None
    changed: datetime | None
    look: Look
    template: str = "sida"
    alternate: Markup = markup.EMPTY
    aside: Markup = markup.EMPTY


def page(form: Form, frame: Frame, content: Markup) -> str:
    """Set content in its frame, in the classes and elements of the form's template."""
    dress = {"badges": badges.dress, "elements": elements.dress}.get(form, str)
    written = str(
        _PAGE.format(
            template=frame.template,
            notice=_NOTICE,
            title=frame.title,
            canonical=addresses.HOST + frame.address,
            modified="" if frame.changed is None else frame.changed.date(),
            alternate=frame.alternate,
            context=chrome.context(frame.node),
            styles=chrome.styles(),
            header=_header(frame.look),
            width=8 if frame.aside else 12,
            banner=_banner(frame),
            content=content,
            tail=_tail(form, frame),
            aside=frame.aside,
            footer=_footer(),
        )
    )
    return dress(written)


@cache
def _header(look: Look) -> Markup:
    if look.old_template:
        return Markup("<p>Meny</p><p>Meny</p>")
    logo = Markup('<a href="/" class="lp-logo">{}<img alt="{}" src="/images/18.logotyp.svg"></a>\n')
    logos = markup.join(
        logo.format(chrome.drawing(f"logo{place}"), alt) for place, alt in enumerate(look.logos)
    )
    search = Markup(
        '<div class="lp-search" role="search"><label for="sok">Sök på webbplatsen</label>'
        '<input id="sok" type="search"></div>'
    )
    return logos + search + menu.menu()


def _banner(frame: Frame) -> Markup:
    """Give the site-wide line above the heading, which is no part of the page."""
    if frame.look.banner is None:
        return markup.EMPTY
    told = Markup('<p class="lp-crisis__text"><strong>{}</strong></p>').format(frame.look.banner)
    return markup.text(frame.node, "Krisinformation", told)


def _tail(form: Form, frame: Frame) -> Markup:
    parts = [_contact(frame)]
    if frame.look.changed_shown and frame.changed is not None:
        told = _changed(form, frame.look, frame.changed)
        parts.append(markup.text(frame.node, "Andrad", told))
    editor = markup.paragraph("Ändrad av: Modellredaktionen")
    parts.append(markup.text(frame.node, "Andradav", editor))
    if frame.share is not None:
        share = markup.paragraph(f"Dela sidan: {frame.share}")
        parts.append(markup.text(frame.node, "Dela", share + _icons(frame.look)))
    return markup.join(parts)


def _changed(form: Form, look: Look, when: datetime) -> Markup:
    told = Markup('<p class="normal">Senast ändrad: {}</p>')
    return told.format(swedish.stamp(when) if look.plain_dates else moments.moment(form, when))


def _contact(frame: Frame) -> Markup:
    if frame.look.contact is None:
        return markup.EMPTY
    card = Markup(
        '<div class="contact" data-cid="12.{}"><div class="contact-title">'
        '<img alt="Ikon: pratbubblor" src="/images/18.pratbubblor.svg"><h2>{}</h2></div>'
        '<div class="contact-data">Modellkontoret, funktionsbrevlådan<br>'
        "E-post: modellkontoret@example.org<br>Telefon: 000-00 00 00</div></div>"
    ).format(draws.node(frame.node, "contact"), frame.look.contact)
    return markup.portlet(frame.node, "image", "Kontakt", card)


def _icons(look: Look) -> Markup:
    if look.old_template:
        return markup.paragraph("g q n C")
    link = Markup(
        '<a class="lp-share" href="#Dela">{}<img alt="{}" src="/images/18.dela.svg"></a> '
    )
    return markup.join(link.format(chrome.drawing("share"), icon) for icon in look.icons)


@cache
def _footer() -> Markup:
    links = (
        markup.link(addresses.NOTICE_BOARD, "Anslagstavla"),
        markup.link(addresses.generic("Kommun och politik", "Personuppgifter"), "Personuppgifter"),
        markup.link(addresses.generic("Kommun och politik", "Lämna synpunkt"), "Lämna synpunkt"),
        markup.link(addresses.COMMITTEES, "Nämnder"),
    )
    told = markup.paragraphs(("Borås Stad", "Växel: 000-00 00 00", _NOTICE))
    return told + markup.bullets(links) + chrome.drawing("footer")


def aside(news: Markup, calendar: Markup) -> Markup:
    """Set the two sidebars of an ordinary page: news, and the next meetings."""
    more = markup.paragraph(markup.link(addresses.NEWS, "Fler nyheter"))
    all_of_them = markup.paragraph(markup.link(addresses.CALENDAR, "Hela sammanträdeskalendern"))
    return Markup(
        '<aside class="sv-column-4"><div class="lp-side"><img alt="Ikon: tidning" '
        'src="/images/18.tidning.svg"><h2 class="subheading">Nyheter</h2>{}{}</div>'
        '<div class="lp-side"><img alt="Ikon: Kalender" src="/images/18.kalender.svg">'
        '<h2 class="subheading">Sammanträdeskalender</h2>{}{}</div></aside>'
    ).format(news, more, calendar, all_of_them)
