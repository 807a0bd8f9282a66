"""The pages around the meetings: start, entry, committees, lists, calendar, the seed article."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from markupsafe import Markup

from modelcity import addresses, draws, lists, markup, shell, swedish, words
from modelcity.model import Article, Body, Meeting
from modelcity.moments import Form
from modelcity.scene import Scene

_NEAR = timedelta(days=14)
_SIDEBAR = 5


def sidebars(
    form: Form, articles: Sequence[Article], coming: Sequence[Meeting], today: date
) -> Markup:
    """Give the news and calendar sidebars of ordinary pages, five items each."""
    news = lists.news(form, "sidospalt", "Nyheter", articles[:_SIDEBAR])
    calendar = lists.calendar(form, "sidospalt", "Kalender", coming[:_SIDEBAR], today)
    return shell.aside(news, calendar)


def start(scene: Scene) -> str:
    """Give the start page, from which all else is found."""
    links = {
        "Möten, handlingar och beslut": addresses.ENTRY,
        "Sammanträdeskalender": addresses.CALENDAR,
        "Anslagstavla": addresses.NOTICE_BOARD,
        "Nyheter": addresses.NEWS,
        "Nämnder": addresses.COMMITTEES,
        "Innovation i offentlig sektor": addresses.SEED,
        "Innovation i offentlig sektor (arkiverad)": addresses.SEED_STRIPPED,
    }
    return scene.ordinary(addresses.START, "Välkommen", _links(links))


def entry(scene: Scene) -> str:
    """Give the page on meetings, papers and decisions."""
    links = {
        "Handlingar och protokoll Kommunfullmäktige": addresses.COUNCIL_LISTING,
        "Handlingar och protokoll Kommunstyrelsen": addresses.BOARD_LISTING,
        "Nämnder": addresses.COMMITTEES,
        "Sammanträdeskalender": addresses.CALENDAR,
        "Anslagstavla": addresses.NOTICE_BOARD,
        "Webbdiarium": addresses.WEB_DIARY,
    }
    told = markup.paragraph("Här finns kallelser, handlingar och beslut från stadens möten.")
    return scene.ordinary(addresses.ENTRY, "Möten, handlingar och beslut", told + _links(links))


def committees(scene: Scene, bodies: Sequence[Body]) -> str:
    """Give the page that names every body which has a page."""
    links = {body.name: addresses.committee(body) for body in bodies if body.folder}
    return scene.ordinary(addresses.COMMITTEES, "Nämnder", _links(links))


def calendar(scene: Scene, coming: Sequence[Meeting]) -> str:
    """Give the whole calendar of coming meetings."""
    told = markup.paragraph("Alla sammanträden som är bestämda, i tidsordning.")
    shown = lists.calendar(scene.form, "kalender", "Sammantraden", coming, scene.today)
    return scene.ordinary(addresses.CALENDAR, "Sammanträdeskalender", told + shown)


def committee(scene: Scene, body: Body, coming: Sequence[Meeting]) -> str:
    """Give a body's own page with its next meeting and the way to the earlier ones."""
    page = body.node
    told = markup.paragraphs((body.about, _regulations(body), _custom(body)))
    following = [meeting for meeting in coming if meeting.body is body][:1]
    shown = lists.calendar(scene.form, page, "Nasta", following, scene.today)
    content = markup.join(
        (
            markup.text(page, "Om", told),
            markup.text(page, "Rubriknasta", markup.heading(2, "Nästa sammanträde")),
            shown,
            markup.text(page, "Mer", _ways(body)),
            markup.text(page, "Prenumerera", _subscribe(body)),
        )
    )
    return scene.ordinary(addresses.committee(body) or "", body.name, content)


def _regulations(body: Body) -> Markup:
    hint = " Pdf, 168.2 kB, öppnas i nytt fönster."
    return Markup(
        '<a href="{}">{}s reglemente<span class="env-assistive-text">{}</span></a>'
    ).format(addresses.regulations(body), body.name, hint)


def _custom(body: Body) -> str:
    day = swedish.weekday_name(body.rule.weekday)
    often = {None: f"en {day} i månaden", 2: f"varannan {day}", 4: f"var fjärde {day}"}
    return f"{body.name} sammanträder {often[body.rule.weeks]}."


def _ways(body: Body) -> Markup:
    calendar_link = markup.link(addresses.CALENDAR, "sammanträdeskalendern")
    told = Markup("Se {} för alla kommande sammanträden.").format(calendar_link)
    ways = [markup.paragraph(told)]
    if (planned := addresses.planned(body)) is not None:
        ways.append(markup.paragraph(markup.link(planned, f"Sammanträden, {body.name}")))
    if (listing := addresses.listing(body)) is not None:
        words_ = "Beslut och protokoll från tidigare sammanträden"
        ways.append(markup.paragraph(markup.link(listing, words_)))
    return markup.join(ways)


def _subscribe(body: Body) -> Markup:
    told = f"E-post kan skickas när {body.name} har nya ärendelistor, handlingar eller beslut."
    manage = markup.link(addresses.SUBSCRIPTION, "Hantera prenumeration")
    return markup.heading(2, "Prenumerera") + markup.paragraphs((told, manage))


def listing(scene: Scene, body: Body, meetings: Sequence[Meeting]) -> str:
    """Give the list of a body's meetings by year, up to those whose papers may be out."""
    address = addresses.listing(body) or ""
    rows = [
        meeting
        for meeting in meetings
        if meeting.body is body and meeting.node and meeting.start.date() <= scene.today + _NEAR
    ]
    title = f"Handlingar och protokoll, {body.name}"
    return scene.ordinary(address, title, lists.listing(scene.form, body.node + "1", rows))


def planned(scene: Scene, body: Body, coming: Sequence[Meeting]) -> str:
    """Give the list of a body's coming meetings."""
    rows = [meeting for meeting in coming if meeting.body is body]
    shown = lists.calendar(scene.form, body.node, "Kommande", rows, scene.today)
    return scene.ordinary(addresses.planned(body) or "", f"Sammanträden, {body.name}", shown)


def seed(
    scene: Scene, articles: Sequence[Article], queue: Sequence[Meeting], *, stripped: bool
) -> str:
    """Give the article that is no meeting and no news, with the five meetings beside it."""
    news = lists.news(scene.form, "seed", "Nyheter", articles[:_SIDEBAR])
    meetings = lists.calendar(scene.form, "seed", "Kalender", queue, scene.today, stripped=stripped)
    told = markup.join(
        (
            markup.paragraphs(words.INNOVATION[:2]),
            markup.heading(2, "Pröva i liten skala"),
            markup.paragraphs(words.INNOVATION[2:]),
        )
    )
    address = addresses.SEED_STRIPPED if stripped else addresses.SEED
    title = "Innovation i offentlig sektor"
    return scene.ordinary(address, title, told, aside=shell.aside(news, meetings))


def plain(scene: Scene, address: str, title: str, content: Markup) -> str:
    """Give an ordinary page with nothing on it that matters here."""
    return scene.ordinary(address, title, markup.text(draws.node(address), "Text", content))


def _links(links: dict[str, str | None] | dict[str, str]) -> Markup:
    return markup.bullets(markup.link(address, title) for title, address in links.items())
