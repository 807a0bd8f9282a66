"""Entries that tell of many things at once: a first run, a whole year, a bulk of old files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final
from urllib.parse import urldefrag

from feeds import phrases
from feeds.edition import ALL, Edition, committee_of
from feeds.entry import Entry, by_day, home, origin, state, tag
from feeds.folding import Batch, Folded, told_for
from feeds.text import line, lines, web
from feeds.topics import TITLE, Topic, topics
from records.model import Change, Meeting
from records.wording import role

_SUMMED_UP: Final = "summary"


def summaries(edition: Edition, folded: Folded) -> Iterator[Entry]:
    """Give one entry for each batch; a number tells those of one committee and day apart."""
    gone = {one.record.id for one in edition.meetings if one.withdrawn}
    meetings = {one.record.id: one.record for one in edition.meetings}
    notices = {one.record.id: one.record for one in edition.notices}
    numbers = Counter[tuple[str, date]]()
    for batch in folded.batches:
        numbers[batch.committee, phrases.day_of(batch.at)] += 1
        told = {change.record for change in batch.changes} - gone
        held = sorted((meetings[id_] for id_ in told if id_ in meetings), key=by_day)
        posted = sorted(line(notices[id_].title) for id_ in told if id_ not in meetings)
        if told:
            number = numbers[batch.committee, phrases.day_of(batch.at)]
            yield _summary(edition, batch, held, posted, number)


def _summary(
    edition: Edition, batch: Batch, held: Sequence[Meeting], posted: Sequence[str], number: int
) -> Entry:
    ours = batch.committee != Topic.BOARD  # whose notices are of no committee
    committee = committee_of(edition, batch.committee)
    called = line(committee.name) if ours else TITLE[Topic.BOARD]
    name = _summed_up(batch.at, number)
    noun = "sammanträde" if len(held) == 1 else "sammanträden"
    what = f"{len(held)} {noun} i kalendern" if batch.first else f"{len(held)} nya {noun}"
    page = home(edition, committee)
    body = (
        *(f"{state(meeting)} {web(meeting.url) or ''}".rstrip() for meeting in held),
        *(f"Anslag: {title}" for title in posted),
        origin(batch.changes, page),
    )
    return Entry(
        id=tag(edition, f"{committee.slug}/{name}"),
        at=batch.at,
        title=f"{called}: {what if held else f'{len(posted)} anslag'}",
        link=f"{urldefrag(page).url}#{committee.slug}-{name.replace('/', '-')}",
        body="\n".join(body),
        author=called if ours else line(edition.city.name),
        committees=(committee.slug,) if ours else (),
        topics=() if held else (Topic.BOARD,),
    )


def _summed_up(at: datetime, number: int) -> str:
    """Give «summary/2026-03-02», with a number where the day has several."""
    return f"{_SUMMED_UP}/{phrases.day_of(at)}" + (f"/{number}" if number > 1 else "")


def bulks(edition: Edition, folded: Folded) -> Iterator[Entry]:
    """Give one entry for all files of old meetings that a run found changed."""
    meetings = {one.record.id: one.record for one in edition.meetings}
    numbers = Counter[date]()
    page = web(edition.city.url) or edition.address("")
    for bulk in folded.bulks:
        numbers[phrases.day_of(bulk.at)] += 1
        name = _summed_up(bulk.at, numbers[phrases.day_of(bulk.at)])
        told = sorted(_filed(edition, change, meetings[change.record]) for change in bulk.changes)
        committees = {told_for(it, meetings[it.record].committee) for it in bulk.changes}
        yield Entry(
            id=tag(edition, f"{ALL}/{name}"),
            at=bulk.at,
            title=f"{len(told)} ändringar av dokument till äldre sammanträden",
            link=f"{urldefrag(page).url}#{ALL}-{name.replace('/', '-')}",
            body="\n".join((*(row for *_, row in told), origin(bulk.changes, page))),
            author=line(edition.city.name),
            committees=tuple(sorted(committees)),
            topics=tuple(sorted({t for c in bulk.changes for t in topics(c.kind, role(c.text))})),
        )


def _filed(edition: Edition, change: Change, meeting: Meeting) -> tuple[str, date, str, str]:
    """Give what the files of old meetings are sorted by, and how one is told."""
    committee = committee_of(edition, told_for(change, meeting.committee))
    name, day = line(committee.name), phrases.day_of(meeting.start)
    return name, day, change.id, f"{name} {phrases.day(day)}: {lines(change.text)}"
