"""The pages that list what came out of the meetings: documents, decisions, the notice board."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby, islice
from typing import Final

from feeds import appeal, phrases
from feeds.page.documents import Paper, paper
from feeds.page.site import Row, Site
from feeds.page.subscribe import Panel, panel
from feeds.text import line, lines, web
from records.model import Document, Meeting, Notice, Revision

PAPERS: Final = 120
"""How many documents the page of the newest shows."""

SITTINGS: Final = 25
"""Of how many meetings the page of the newest decisions tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """One document with the meeting that it belongs to."""

    row: Row
    paper: Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersView:
    """The newest documents by the day on which the city put them up."""

    days: tuple[tuple[str, str, tuple[Filed, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsView:
    """The newest decisions by their meetings."""

    sittings: tuple[tuple[Row, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hung:
    """One notice: adjusted minutes with what follows from them, or title and link alone."""

    slug: str
    title: str
    url: str | None
    facts: tuple[tuple[str, str], ...]
    minutes: str | None
    law: tuple[str, ...]
    deadline: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardView:
    """What hangs on the city's notice board, and the calendar of computed last days."""

    minutes: tuple[Hung, ...]
    others: tuple[Hung, ...]
    panel: Panel
    city: str | None


def papers(site: Site) -> PapersView:
    """Give the newest documents of all meetings."""
    found = [(_put_up(one, document.published), one, document) for one, document in _filed(site)]
    found.sort(key=lambda it: (it[0], it[1].id, it[2].id), reverse=True)
    shown = islice(found, PAPERS)
    return PapersView(
        days=tuple(
            (
                day.isoformat(),
                site.language.weekday(day),
                tuple(
                    Filed(row=site.row(one), paper=paper(site.language, document))
                    for _, one, document in group
                ),
            )
            for day, group in groupby(shown, key=lambda it: it[0])
        )
    )


def _filed(site: Site) -> Iterator[tuple[Meeting, Document]]:
    return ((one, document) for one in site.meetings for document in one.documents)


def _put_up(meeting: Meeting, published: object) -> date:
    """Give the day of a document's stamp; one without any is as old as its meeting."""
    stamp = published if isinstance(published, date) else meeting.start
    return phrases.day_of(stamp)


def decisions(site: Site) -> DecisionsView:
    """Give the newest decisions."""
    made = (one for one in reversed(site.meetings) if one.decisions)
    return DecisionsView(
        sittings=tuple(
            (
                site.row(one),
                tuple((line(it.title), lines(it.text)) for it in one.decisions),
            )
            for one in islice(made, SITTINGS)
        )
    )


def board(site: Site) -> BoardView:
    """Give what hangs on the notice board, newest first."""
    hanging = [one for one in site.edition.notices if not one.withdrawn]
    hanging.sort(key=lambda one: (one.record.posted or date.min, one.record.id), reverse=True)
    hung = [(one.record.about_minutes, _hung(site, one)) for one in hanging]
    return BoardView(
        minutes=tuple(one for minutes, one in hung if minutes),
        others=tuple(one for minutes, one in hung if not minutes),
        panel=panel(site, appeal.FILE, appeal.NAME, page="anslagstavla"),
        city=web(site.edition.city.appeals),
    )


def _hung(site: Site, revision: Revision[Notice]) -> Hung:
    notice, speech = revision.record, site.language
    deadline = notice.appeal_deadline
    known = site.names.get(notice.committee or "")
    named = line(known.name) if known and notice.about_minutes else line(notice.title)
    if notice.held:
        named = f"{named} {speech.day(notice.held)}"
    days = (
        ("Justerat", notice.adjusted),
        ("Anslaget", notice.posted),
    )
    facts = [(speech.say(label), speech.day(day)) for label, day in days if day]
    if notice.kept_at:
        facts.append((speech.say("Förvaras"), line(notice.kept_at)))
    return Hung(
        slug=notice.committee or "",
        title=named,
        url=web(notice.url),
        facts=tuple(facts),
        minutes=web(notice.document_url),
        law=tuple(appeal.words(site.edition, revision, deadline).split("\n\n")) if deadline else (),
        deadline=speech.weekday(deadline) if deadline else "",
    )
