"""The site's menu and the ordinary pages it leads to, which have nothing to do with meetings."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from modelcity import addresses, draws, markup, words

SECTIONS: Final = {
    "Förskola och utbildning": (
        "Förskola", "Grundskola", "Gymnasium", "Vuxenutbildning", "Fritidshem", "Skolskjuts",
        "Modersmål", "Läsår och lov", "Elevhälsa", "Synpunkter på skolan",
    ),
    "Omsorg och stöd": (
        "Äldre", "Funktionsnedsättning", "Barn och familj", "Ekonomiskt stöd", "God man",
        "Anhörigstöd", "Missbruk och beroende", "Våld i nära relation", "Hemsjukvård",
        "Fixartjänst",
    ),
    "Uppleva och göra": (
        "Bibliotek", "Museer", "Bad och simhallar", "Idrottsanläggningar", "Motionsspår",
        "Konst i staden", "Evenemang", "Föreningar", "Mötesplatser", "Lekplatser",
    ),
    "Bygga, bo och miljö": (
        "Bygglov", "Detaljplaner", "Energirådgivning", "Avfall och återvinning",
        "Vatten och avlopp",
        "Buller", "Radon", "Tomtkö", "Kartor", "Naturreservat",
    ),
    "Trafik och stadsmiljö": (
        "Parkering", "Cykla", "Vägarbeten", "Vinterväghållning", "Gatubelysning", "Färdtjänst",
        "Parker", "Torg och salutorg", "Trafiksäkerhet", "Felanmälan",
    ),
    "Näringsliv och arbete": (
        "Lediga jobb", "Starta företag", "Serveringstillstånd", "Upphandling", "Lokaler och mark",
        "Livsmedelskontroll", "Praktik", "Sommarjobb", "Etablering", "Företagslots",
    ),
    "Kommun och politik": (
        "Budget och årsredovisning", "Styrande dokument", "Säkerhet och beredskap", "Statistik",
        "Allmänna val", "Personuppgifter", "Diarium och arkiv", "Jämlikhet", "Vänorter",
        "Lämna synpunkt",
    ),
}  # fmt: skip


def pages() -> dict[str, tuple[str, str]]:
    """Give section and title of every ordinary page by its address."""
    return {
        addresses.generic(section, title): (section, title)
        for section, titles in SECTIONS.items()
        for title in titles
    }


def content(section: str, title: str) -> Markup:
    """Give the text of an ordinary page."""
    told = draws.some(words.FILLER, 4, section, title)
    intro = f"Här samlas det som rör {title.lower()} i kommunen."
    return markup.paragraphs((intro, *told)) + markup.bullets(draws.some(words.TITLES, 5, title))


def menu() -> Markup:
    """Give the whole menu, as it stands folded out on every page."""
    return Markup('<nav class="lp-megamenu" aria-label="Huvudmeny"><ul>{}</ul></nav>').format(
        markup.join(_section(section, titles) for section, titles in SECTIONS.items())
    )


def _section(section: str, titles: tuple[str, ...]) -> Markup:
    entry = (
        _entry(section, "Möten, handlingar och beslut", addresses.ENTRY)
        if section == "Kommun och politik"
        else markup.EMPTY
    )
    rows = (_entry(section, title, addresses.generic(section, title)) for title in titles)
    return Markup(
        '<li class="lp-megamenu__section"><button type="button" class="lp-megamenu__button" '
        'aria-expanded="false"><span class="lp-megamenu__label">{}</span></button>'
        "<ul>{}</ul></li>\n"
    ).format(section, entry + markup.join(rows))


def _entry(section: str, title: str, address: str) -> Markup:
    about = draws.pick(words.FILLER, section, title)
    return Markup(
        '<li class="lp-megamenu__item sv-jcrmenu-item"><a class="lp-megamenu__link env-nav__link" '
        'href="{}"><span class="lp-megamenu__title">{}</span>'
        '<span class="lp-megamenu__about env-assistive-text">{}</span></a></li>\n'
    ).format(address, title, about)
