"""Facts as they are written down in evidence.toml, as the model's things."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any, Final

from modelcity import addresses, draws, words
from modelcity.blocks import Agenda, Block, Decision, Decisions, File, FileList, Item, Words
from modelcity.committees import BODIES
from modelcity.model import LOGO, Article, BoardItem, Body, Link, Look, Meeting
from modelcity.swedish import STOCKHOLM, squeeze

_ICONS: Final = ("Facebooksymbol", "LinkedInsymbol", "E-postsymbol")
_OLD_ICONS: Final = ("Facebooksymbol", "Twittersymbol", "LinkedInsymbol", "E-postsymbol")
_PATH: Final = re.compile(
    r"(?P<folder>.+)/(?P<body>[a-z]+)sammantrade(?P<moment>\d{12})\.5\.(?P<node>[0-9a-f]+)\.html"
)
_TYPED: Final = re.compile(r"(?P<number>\d+)\.(?P<gap> ?)(?P<title>.+)")


def stamp(printed: str) -> datetime:
    """Read «2020-06-08 13.00»."""
    return datetime.strptime(printed, "%Y-%m-%d %H.%M").replace(tzinfo=STOCKHOLM)


def logos(facts: dict[str, Any]) -> tuple[str, ...]:
    """Give the logos' alternative texts: listed, counted, or three of the usual."""
    told = facts.get("logos", 3)
    return (LOGO,) * told if isinstance(told, int) else tuple(told)


def meeting(facts: dict[str, Any]) -> Meeting:
    """Give a meeting: body, moment, folder and node from its address, as they must agree."""
    address = _match(_PATH, facts["path"])
    start = datetime.strptime(address["moment"], "%Y%m%d%H%M").replace(tzinfo=STOCKHOLM)
    blocks = tuple(_block(each, facts, start) for each in facts["blocks"])
    clock = facts.get("public_from")
    return Meeting(
        body=body(address["body"]),
        start=start,
        created=facts["created"],
        changed=_changed(facts, blocks),
        place=facts["place"],
        folder=address["folder"],
        node=address["node"],
        last_day=facts.get("end"),
        place_note=facts.get("place_note", ""),
        access=facts.get("access", "unknown"),
        public_from=_clock(clock) if clock else None,
        webcast=facts.get("webcast"),
        times=tuple(_time(told) for told in facts.get("times", [])),
        before=tuple(facts.get("before", [])),
        after=tuple(facts.get("after", [])),
        blocks=blocks,
        heading_extra=facts.get("heading_extra", ""),
        stray_blank=facts.get("stray_blank", False),
        image=facts.get("image", "Ordförandeklubba"),
        caption=facts.get("caption"),
        look=_look(facts),
    )


def article(facts: dict[str, Any]) -> Article:
    """Give a piece of news."""
    names = {body.name: body for body in BODIES}
    link = facts.get("link")
    return Article(
        node=_match(re.compile(r".+\.5\.(?P<node>[0-9a-f]+)\.html"), facts["path"])["node"],
        title=facts["title"],
        intro=facts["intro"],
        published=stamp(facts["published"]),
        paragraphs=tuple(facts["paragraphs"]),
        body=names.get(facts.get("committee", "")),
        subheadings=tuple(facts.get("subheadings", [])),
        outdated=facts.get("outdated", False),
        image=facts["image"],
        caption=facts.get("caption"),
        links=(Link(addresses.BOARD_LISTING, link),) if link else (),
        look=_look({"changed_shown": facts.get("changed", False), **facts}),
    )


def headline(title: str) -> Article:
    """Give a piece of news of which only the headline was seen, in a list."""
    return Article(
        node=draws.node("seen", title),
        title=title,
        intro=f"{words.NEWS_INTRO} {words.FILLER[0]}",
        published=datetime(2024, 11, 19, 9, 0, tzinfo=STOCKHOLM),
        paragraphs=(),
    )


def board_item(facts: dict[str, Any]) -> BoardItem:
    """Give an item of the notice board, which had no page of its own."""
    node = draws.node("seen", facts["title"], facts["held"])
    return BoardItem(
        node=None,
        title=facts["title"],
        committee=facts["title"],
        posted=facts["posted"],
        held=facts["held"],
        adjusted=facts["adjusted"],
        kept_at=facts.get("kept"),
        link_text=facts.get("link", "Protokoll för nedladdning"),
        link_hint=facts.get("hint", ""),
        document=f"/download/18.{node}/1/Protokoll.pdf",
        lines=_lines(facts),
    )


def _lines(facts: dict[str, Any]) -> tuple[str, ...]:
    label = "Protokollet justerades :" if facts.get("spaced") else "Protokollet justerades:"
    first, second = f"Sammanträdet hölls: {facts['held']}", f"{label} {facts['adjusted']}"
    lines = (first + second,) if facts.get("one_line") else (first, second)
    if "kept" not in facts:
        return lines
    kept = f"Protokollet finns hos: {facts['kept']}"
    if facts.get("two_lines"):
        head, comma, tail = kept.partition(",")
        return (*lines, head + comma, tail.strip())
    return (*lines, kept)


def _look(facts: dict[str, Any]) -> Look:
    return Look(
        logos=logos(facts),
        banner=facts.get("banner"),
        contact=facts.get("contact", "Om du har frågor kontakta:") or None,
        icons=_OLD_ICONS if facts.get("twitter") else _ICONS,
        changed_shown=facts.get("changed_shown", True),
        plain_dates=facts.get("plain_dates", False),
    )


def path(body: Body, slug: str, name: str) -> str:
    """Give the address of a page that was never seen, by the city's grammar."""
    folder = f"{addresses.ORGANISATION}/{body.folder}/{squeeze(body.name)}"
    return f"{folder}/{slug}.5.{node(name)}.html"


def node(*name: object) -> str:
    """Give the identity of a page or file that was never seen."""
    return draws.node("aside", *name)


def body(slug: str) -> Body:
    """Give the body whose name is written so in addresses."""
    return next(body for body in BODIES if squeeze(body.name) == slug)


def _block(told: dict[str, Any], facts: dict[str, Any], start: datetime) -> Block:
    """Give a block by the key that names its kind."""
    rows = told["rows"]
    if "agenda" in told:
        items = tuple(_item(row, told["form"], place) for place, row in enumerate(rows, start=1))
        return Agenda(heading=told["agenda"] or None, form=told["form"], items=items)
    if "decisions" in told:
        decisions = (row.partition(" | ") for row in rows)
        items_ = tuple(Decision(title=title, text=text) for title, _, text in decisions)
        return Decisions(heading=told["decisions"], intro=told.get("intro"), items=items_)
    if "words" in told:
        return Words(
            paragraphs=tuple(told["words"]), bullets=tuple(told["bullets"]), after=tuple(rows)
        )
    return FileList(
        heading=told["files"],
        files=tuple(_file(row, facts, start) for row in rows),
        note=told.get("note"),
        drawn=told.get("drawn", False),
        shape=facts.get("shape"),
    )


def _item(row: str | dict[str, Any], form: str, place: int) -> Item:
    """Give an item: its words as printed, or a table of what is printed in it."""
    if isinstance(row, dict):
        own = {"number": str(place)} if form == "numbered" else {}
        return Item(**{**own, **row})
    if form == "typed":
        typed = _match(_TYPED, row)
        return Item(title=typed["title"], number=typed["number"], gap=typed["gap"])
    return Item(title=row, number=str(place) if form == "numbered" else None)


def _file(row: str, facts: dict[str, Any], start: datetime) -> File:
    name, _, rest = row.partition(" | ")
    size, _, rest = rest.partition(" | ")
    uploaded, _, role = rest.partition(" | ")
    return File(
        node=draws.node("seen", facts["name"], name),
        name=name,
        size=size or "100 kB",
        uploaded=stamp(uploaded) if uploaded else start,
        hint=facts.get("hints", {}).get(name, facts.get("hint", "spaced")),
        role=role if role not in {"", "-"} else None,
    )


def _changed(facts: dict[str, Any], blocks: tuple[Block, ...]) -> datetime:
    if "changed" in facts:
        return stamp(facts["changed"])
    uploads = [
        file.uploaded for block in blocks if isinstance(block, FileList) for file in block.files
    ]
    return max(uploads, default=_noon(facts["created"]))


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), STOCKHOLM)


def _clock(printed: str) -> time:
    hour, _, minute = printed.partition(".")
    return time(int(hour), int(minute))


def _time(told: str) -> tuple[time, str]:
    clock, _, what = told.partition(" ")
    return _clock(clock), what


def _match(pattern: re.Pattern[str], told: str) -> re.Match[str]:
    if (match := pattern.fullmatch(told)) is None:
        raise ValueError(f"{told} is not written as it should be")
    return match
