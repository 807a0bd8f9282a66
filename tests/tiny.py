"""A city of two lists and a few meetings, which a test writes itself: a run takes a moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from feeds.kinds import Kind
from modelcity.addresses import CALENDAR
from modelcity.server import ModelCity
from modelcity.truth import build
from operation.report import Report
from operation.update import update
from records.state import Link
from runs import BOARD, MORNING, TODAY, exported, settings, small
from scraper.cities import City, load

FOLDER: Final = "/kommunochpolitik/kommunensorganisation/kommunstyrelsen/kommunstyrelsen"
LISTING: Final = urlsplit(BOARD.url).path


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A meeting as the city shows it; without a `node` it has no page of its own."""

    day: str
    clock: str = "14.00"
    node: str | None = None
    place: str = "Stadshuset"
    note: str = ""
    remark: str = ""  # on the lists alone
    body: str = "Kommunstyrelsen"
    folder: str = ""
    files: Sequence[str] = ()

    @property
    def path(self) -> str:
        """Give the address of its page."""
        moment = datetime.fromisoformat(f"{self.day}T{self.clock.replace('.', ':')}")
        return f"{FOLDER}{self.folder}/sammantrade{moment:%Y%m%d%H%M}.5.{self.node}.html"


@dataclass(slots=True)
class Tiny:
    """The city in a folder: `show` writes its pages, `run` reads them."""

    model: ModelCity
    folder: Path

    def show(
        self, calendar: Sequence[Row], listing: Sequence[Row] | None = None, *, pages: bool = True
    ) -> None:
        """Show these meetings on the lists (the listing as the calendar), and each on its page."""
        rows = calendar if listing is None else listing
        self.model.pages.clear()
        self.model.pages[CALENDAR] = listed("Sammanträdeskalender", calendar)
        self.model.pages[LISTING] = listed("Handlingar och protokoll, Kommunstyrelsen", rows)
        for row in {row.path: row for row in (*calendar, *rows) if row.node}.values():
            if pages:
                self.page(row)

    def page(self, row: Row) -> None:
        """Show a meeting's own page."""
        self.model.pages[row.path] = _page(row)

    def run(
        self,
        now: str = MORNING,
        *,
        progress: Callable[[object], None] = lambda _: None,
        **more: Any,  # noqa: ANN401 - any setting
    ) -> Report:
        """Update the city."""
        chosen = settings(self.folder, self.model.origin, now=now, **more)
        return update(city(), chosen, progress=progress)

    def meetings(self) -> list[dict[str, Any]]:
        """Give the exported meetings in their order."""
        return sorted(exported(self.folder, Kind.MEETING), key=lambda row: row["start"])

    def changes(self) -> list[dict[str, Any]]:
        """Give what was told, oldest first."""
        return sorted(exported(self.folder, Kind.CHANGE), key=lambda row: (row["at"], row["id"]))

    def file(self, name: str) -> str:
        """Give a published file as one text, its lines unfolded."""
        raw = (self.folder / "public" / "boras" / name).read_bytes().decode()
        return raw.replace("\r\n ", "")


@contextmanager
def tiny(folder: Path) -> Iterator[Tiny]:
    """Give the city, which shows nothing yet."""
    with ModelCity(small(build(TODAY))) as served:
        yield Tiny(served, folder)


def city() -> City:
    """Give Borås as it begins with the calendar and one listing."""
    calendar = Link(url=f"https://www.boras.se{CALENDAR}", kind="calendar", source="calendar")
    whole = load("boras")
    rules = tuple(rule for rule in whole.rules if rule.kind == "meeting")
    return replace(whole, start=(calendar, BOARD), rules=rules)


def html(title: str, body: str) -> bytes:
    """Give a page of the city: a heading, and what stands below."""
    page = f"<title>{title}</title></head><body><main><h1>{title}</h1>{body}</main></body>"
    return f'<!DOCTYPE html><html lang="sv"><head><meta charset="utf-8">{page}</html>'.encode()


def listed(title: str, rows: Sequence[Row]) -> bytes:
    """Give a list of meetings."""
    shown = "".join(_row(row) for row in rows)
    return html(title, shown or "<p>Inga sammanträden är planerade.</p>")


def _row(row: Row) -> str:
    heading = f'<a href="{row.path}">{row.body}</a>' if row.node else row.body
    note = "".join(f"<p>{text}</p>" for text in (row.note, row.remark) if text)
    return f"<h3>{heading}</h3><p>Tid: {row.day} {row.clock}</p><p>Plats: {row.place}</p>{note}"


def _page(row: Row) -> bytes:
    note = f"<p>{row.note}</p>" if row.note else ""
    files = "".join(f'<li><a href="{FOLDER}/{name}">{name}</a></li>' for name in row.files)
    shown = f"<h2>Handlingar</h2><ul>{files}</ul>" if files else ""
    body = f"{note}<p>Tid: {row.day} {row.clock}</p><p>Plats: {row.place}</p>{shown}"
    return html(f"{row.body}, sammanträde", body)
