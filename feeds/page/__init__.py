"""The web pages: what residents see of a city's meetings, as static HTML that needs no script."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from feeds.colours import colour
from feeds.edition import Edition, Publisher
from feeds.heads import LOADED
from feeds.page import committee, lists, meeting, month, plain, start
from feeds.page.language import CODES, spoken
from feeds.page.site import Site, sites
from feeds.page.subscribe import GOOGLE, code
from feeds.text import line, web
from records.model import Committee, Revision

STYLE: Final = "style.css"
"""Our own style sheet, on top of Pico's."""

ASSETS: Final = ("pico.css", STYLE, "page.js")
"""What the pages load, all of it our own, as it stands at the top of the published folder."""


COLOURS: Final = "farger.css"
"""The style sheet of a city's colours."""

_COMPOUND: Final = re.compile(
    r"(?<=\w{4})(?=nämnden|styrelsen|fullmäktige|förbund|kollegiet|byggnads|omsorgs|utbildnings"
    r"|försörjnings|förmyndar|hälso)"
)
_SWEDISH: Final = Markup(' lang="sv"')  # the city's own words on a page in another language
_NAME: Final = re.compile(r"[a-z][a-z0-9-]*")  # what a style sheet may name as it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """What stands around every page."""

    code: str
    city: str
    home: str | None
    start: str
    pages: str
    publisher: Publisher
    contact: str | None
    model: bool
    minutes: int
    colours: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: where it stands, and all that it is made of; the same always gives the same."""

    folder: str
    template: str
    view: object
    shell: Shell
    site: str
    unlisted: bool = False

    @property
    def path(self) -> str:
        """Its path in the published folder."""
        return f"{self.folder}index.html"

    def render(self) -> bytes:
        """Give the page."""
        speech = spoken(self.shell.code)
        tail = self.folder.removeprefix(speech.prefix)
        made = _environment().get_template(f"{self.template}.html")
        return made.render(
            _=speech.say,
            root="../" * self.folder.count("/") or "./",
            shell=self.shell,
            site=self.site,
            view=self.view,
            address=f"{self.site}/{self.folder}",
            others=[
                (
                    code,
                    f"{spoken(code).prefix}{tail}",
                    f"{self.site}/{spoken(code).prefix}{tail}",
                )
                for code in CODES
            ],
            unlisted=self.unlisted,
            swedish="" if speech.code == CODES[0] else _SWEDISH,
        ).encode()


def pages(edition: Edition, published: Container[str]) -> Iterator[Page]:
    """Give every page, each after those that only it leads to; none names a file not `published`.

    Meetings that are new come first: the pages of their neighbours lead to them.
    """
    for site in reversed(list(sites(edition, published))):
        yield from _of(site)


def _of(site: Site) -> Iterator[Page]:
    stories = sorted(
        site.stories.values(), key=lambda one: (one.revision.first_seen, one.meeting.id)
    )
    for story in reversed(stories):
        folder = site.meeting_page(story.meeting)
        yield _page(site, folder, "meeting", meeting.view(site, story))
    for folder, shown in month.months(site):
        yield _page(site, folder, "month", shown)
    for one in site.edition.committees:
        view = committee.view(site, one.record)
        yield _page(site, site.page(f"{one.record.slug}/"), "committee", view)
    for bundle in (None, *site.edition.city.bundles):
        many = committee.topic(site, bundle)
        yield _page(site, site.page(f"{many.slug}/"), "topic", many)
    for part in plain.embeds(site):
        yield _page(site, site.page(f"embed/{part.slug}/"), "embed", part, unlisted=True)
    yield _page(site, site.page("handlingar/"), "papers", lists.papers(site), unlisted=True)
    yield _page(site, site.page("beslut/"), "decisions", lists.decisions(site))
    yield _page(site, site.page("anslagstavla/"), "board", lists.board(site), unlisted=True)
    yield _page(site, site.page("sok/"), "search", plain.looking(site))
    top = site.language.prefix
    yield _page(site, f"{top}status/", "status", plain.status(site))
    yield _page(site, f"{top}guide/", "guide", plain.guide(site))
    yield _page(site, f"{top}tillganglighet/", "accessibility", plain.accessibility(site))
    first = start.view(site)
    yield _page(site, site.page(), "start", first)
    yield _page(site, top, "start", first)


def _page(site: Site, folder: str, template: str, view: object, *, unlisted: bool = False) -> Page:
    return Page(
        folder=folder,
        template=template,
        view=view,
        shell=_shell(site),
        site=site.edition.site,
        unlisted=unlisted,
    )


def _shell(site: Site) -> Shell:
    edition, contact = site.edition, site.edition.publisher.contact
    return Shell(
        code=site.language.code,
        city=line(edition.city.name),
        home=web(edition.city.url),
        start=site.language.prefix,
        pages=site.page(),
        publisher=edition.publisher,
        contact=f"mailto:{contact}" if contact and "://" not in contact else contact,
        model=edition.model,
        minutes=int(edition.interval.total_seconds() // 60),
        colours=edition.path(COLOURS),
    )


def colours(committees: Iterable[Revision[Committee]]) -> bytes:
    """Give the style sheet of the committees' colours: no style may stand in a page."""
    bodies = (revision.record for revision in committees)
    found = sorted((one.slug, colour(one.slug, one.colour)[1]) for one in bodies)
    rules = (f"[data-c={slug}]{{--c:{value}}}\n" for slug, value in found if _NAME.fullmatch(slug))
    return "".join(rules).encode()


def asset(name: str) -> bytes:
    """Give a file that the pages load; our own style without what only its readers need."""
    body = resources.files(__name__).joinpath("static", name).read_bytes()
    return _squeezed(body.decode()).encode() if name == STYLE else body


def _squeezed(style: str) -> str:
    """Give a style sheet without remarks and needless blanks."""
    bare = re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL))
    tight = re.sub(r" ?([{};,>]) ?", r"\1", bare)
    short = tight.replace(": ", ":").replace(";}", "}").strip()
    return re.sub(r"(?<=[ :,])0\.", ".", short) + "\n"


@cache
def _environment() -> Environment:
    """Give the templates; each is read once."""
    made = Environment(
        loader=PackageLoader("feeds.page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    made.globals |= {"google": GOOGLE, "qr": code, "policy": LOADED}
    made.filters["soft"] = soft
    return made


def soft(name: str) -> str:
    """Give a name with a soft hyphen where a long Swedish compound may be parted."""
    return _COMPOUND.sub("\u00ad", name)
