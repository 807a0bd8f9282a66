"""The things of the model city: bodies, meetings, articles and notices as frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final, Literal, NamedTuple, TypeAlias

from modelcity import draws, swedish
from modelcity.blocks import Block, File, FileList

Status: TypeAlias = Literal["confirmed", "cancelled", "tentative", "postponed"]
HOST: Final = "https://www.boras.se"

Access: TypeAlias = Literal["open", "partly", "closed", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When a body meets: the nth such weekday of each month, or every so many weeks."""

    weekday: int
    clock: time
    nth: int = 1
    weeks: int | None = None
    months: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12)
    other_clocks: tuple[time, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """One body that meets; `folder` is None where the city's site has no page for it.

    `listing` is the node of its list of past meetings, None where its meetings have no pages.
    `archive` is the folder that takes last year's pages, None where they stay where they were.
    """

    name: str
    rule: Rule
    place: str
    office: str
    about: str
    folder: str | None
    node: str
    listing: str | None
    archive: str | None
    style: str
    image: str = "Ordförandeklubba"
    in_calendar: bool = True


LOGO: Final = "Logotyp för Borås Stad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What stands around a page's own text, by template generation.

    `plain_dates`: dates are typed text in every form, as older templates had them.
    """

    logos: tuple[str, ...] = (LOGO, LOGO, LOGO)
    banner: str | None = None
    contact: str | None = "Om du har frågor kontakta:"
    icons: tuple[str, ...] = ("Facebooksymbol", "LinkedInsymbol", "E-postsymbol")
    changed_shown: bool = True
    old_template: bool = False
    plain_dates: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One meeting; without `node` it has no page of its own and is only in the calendar.

    `untimed` pages have no Tid and Plats block. `place` is the place alone, `place_note` what is
    glued to it on the same line. `created` is the day in brackets after «Dela sidan».
    """

    body: Body
    start: datetime
    created: date
    changed: datetime
    place: str | None
    folder: str = ""
    node: str | None = None
    last_day: date | None = None
    place_note: str = ""
    status: Status = "confirmed"
    access: Access = "unknown"
    public_from: time | None = None
    webcast: bool | None = None
    times: tuple[tuple[time, str], ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    heading_extra: str = ""
    stray_blank: bool = False
    slug_kl: bool = False
    untimed: bool = False
    image: str = "Ordförandeklubba"
    caption: str | None = None
    look: Look = field(default_factory=Look)

    @property
    def key(self) -> str:
        """Name the meeting: its node, else its body and moment."""
        return self.node or f"{swedish.squeeze(self.body.name)}{self.start:%Y%m%d%H%M}"

    @property
    def heading(self) -> str:
        """Give the page's heading."""
        return f"{self.body.name}, sammanträde{self.heading_extra}"

    @property
    def page_name(self) -> str:
        """Give the page's name, as it stands after «Dela sidan»."""
        told = self.heading_extra.partition(",")[2]
        blank = " " if self.stray_blank else ""
        name = f"{self.body.name}{blank}, sammanträde {swedish.stamp(self.start)}"
        return f"{name},{told}" if told else name

    @property
    def path(self) -> str:
        """Give the page's address on the city's host; an error if it has no page."""
        if self.node is None:
            raise LookupError(f"{self.key} has no page")
        kl = "kl" if self.slug_kl else ""
        slug = swedish.squeeze(f"{self.body.name}sammanträde{self.start:%Y%m%d}{kl}")
        return f"{self.folder}/{slug}{self.start:%H%M}.5.{self.node}.html"

    @property
    def place_line(self) -> str | None:
        """Give what is printed after «Plats:», with what is glued to it."""
        if self.place is None or not self.place_note:
            return self.place
        return f"{self.place.rstrip('.')}. {self.place_note}"

    @property
    def row_note(self) -> str | None:
        """Give what a calendar row says of it besides."""
        return {"cancelled": "Inställt", "tentative": "Preliminärt"}.get(self.status)

    @property
    def files(self) -> tuple[File, ...]:
        """Give every file of the page, in its order."""
        lists = (block for block in self.blocks if isinstance(block, FileList))
        return tuple(file for block in lists for file in block.files)

    @property
    def files_known(self) -> bool:
        """Say whether the page tells its files.

        It does not where a script draws them whose data is not in the page, and not where all of
        its headings stand over nothing: nobody can say whether there is nothing, or a script.
        """
        lists = [block for block in self.blocks if isinstance(block, FileList)]
        drawn = any(block.drawn for block in lists)
        return not drawn and (not lists or any(block.files or block.note for block in lists))


class Link(NamedTuple):
    """A link in a text, its address as the editor gave it: whole, from the root, or relative."""

    address: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of an article's body; `link` lies on some words of its text, `rows` are a list's."""

    kind: Literal["heading", "paragraph", "list"]
    text: str = ""
    link: Link | None = None
    rows: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One piece of news; several may share a slug and a title, never a node.

    `rows` are a bullet list below the paragraphs, `links` those that an editor typed below all.
    """

    node: str
    title: str
    intro: str
    published: datetime
    paragraphs: tuple[str, ...]
    body: Body | None = None
    meeting: Meeting | None = None
    subheadings: tuple[str, ...] = ()
    outdated: bool = False
    image: str = "Vy över stadshuskvarteret."
    caption: str | None = None
    rows: tuple[Part, ...] = ()
    links: tuple[Link, ...] = ()
    look: Look = field(default_factory=Look)

    @property
    def path(self) -> str:
        """Give the article's address."""
        return f"/nyheter/nyheter/{swedish.squeeze(self.title)}.5.{self.node}.html"

    @property
    def image_path(self) -> str:
        """Give the address of its image: node, moment in milliseconds, name."""
        moment = int(self.published.timestamp() * 1000)
        name = swedish.squeeze(self.image)
        return f"/images/18.{draws.node('image', self.node)}/{moment}/x160p/{name}.jpg"

    @property
    def parts(self) -> tuple[Part, ...]:
        """Give the body: each sub-heading before its paragraph, then list and links.

        The meeting is linked by its whole address, as copied from the address bar.
        """
        heads = [Part(kind="heading", text=title) for title in self.subheadings]
        told = [Part(kind="paragraph", text=paragraph) for paragraph in self.paragraphs]
        mixed = [part for pair in zip(heads, told, strict=False) for part in pair]
        listed = [Part(kind="list", rows=self.rows)] if self.rows else []
        links = [*self.links]
        if self.meeting is not None and self.meeting.node is not None:
            named = f"{self.meeting.body.name}s möte {swedish.words(self.meeting.start)}"
            links.append(Link(HOST + self.meeting.path, named))
        below = [Part(kind="paragraph", text=link.words, link=link) for link in links]
        return (*mixed, *told[len(heads) :], *listed, *below)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardItem:
    """Adjusted minutes on the notice board; dates stand as printed, right or wrong.

    `lines` are the label lines as printed, but for `posted`, which the template prints first.
    """

    node: str | None
    title: str
    committee: str
    posted: date
    held: str
    adjusted: str
    kept_at: str | None
    link_text: str
    link_hint: str
    document: str
    lines: tuple[str, ...]
    immediate: bool = False

    @property
    def path(self) -> str | None:
        """Give the address of the item's own page, None where it has none."""
        if self.node is None:
            return None
        name = swedish.squeeze(self.title)
        return f"/funktioner/anslagstavla/justeringavprotokoll/{name}.5.{self.node}.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """A coming meeting, announced on the notice board."""

    meeting: Meeting
    posted: date
