"""What happened, as one list of entries: RSS now, and every other format later, comes from it.

An entry is a change or an article, dated when we first saw it. A committee's first run, and a run
that publishes many of its meetings, become one entry each. All of it hangs on the records alone.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from urllib.parse import urldefrag

from feeds import phrases
from feeds.edition import Edition, named
from feeds.text import line, lines, web
from records.model import Change, ChangeKind, Committee, Document, Meeting, NewsItem

MANY: Final = 10
"""How many new meetings of one committee in one run are still told one by one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One happening, under one `id` in every format and feed; `body` is plain text in lines.

    `committees` are the slugs in whose feeds it stands; `news` says that it is an article.
    """

    id: str
    at: datetime
    title: str
    link: str
    body: str
    author: str
    committees: tuple[str, ...]
    news: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Changes of one committee in one run that are told as one."""

    committee: str
    at: datetime
    changes: tuple[Change, ...]
    first: bool


def entries(edition: Edition) -> tuple[Entry, ...]:
    """Give the city's entries of the last twelve months, newest first."""
    every = [*_happenings(edition), *_articles(edition)]
    start = first_day(edition.today)
    recent = (entry for entry in every if phrases.day_of(entry.at) >= start)
    return tuple(sorted(recent, key=lambda entry: (-entry.at.timestamp(), entry.id)))


def first_day(today: date) -> date:
    """Give the first day whose entries are still told; it moves on the first of a month."""
    return date(today.year - 1, today.month, 1)


def fold(changes: Sequence[Change], owners: Mapping[str, str]) -> tuple[list[Change], list[Batch]]:
    """Part the changes that are told one by one from those told together, oldest batch first.

    `owners` gives a meeting's committee; changes of other records are left out.
    """
    runs: dict[tuple[datetime, str], list[Change]] = defaultdict(list)
    for change in changes:
        if change.record in owners:
            runs[change.at, owners[change.record]].append(change)
    singles: list[Change] = []
    batches: list[Batch] = []
    begun: set[str] = set()
    for (at, committee), found in sorted(runs.items(), key=lambda item: item[0]):
        first = committee not in begun
        begun.add(committee)
        new = [change for change in found if change.kind is ChangeKind.NEW]
        together = found if first else new if len(new) > MANY else []
        singles += [change for change in found if change not in together]
        if together:
            batches.append(Batch(committee=committee, at=at, changes=tuple(together), first=first))
    return singles, batches


def tag(edition: Edition, name: str) -> str:
    """Give the tag: URI (RFC 4151) of an entry; it says nothing of where the site stands."""
    return line(f"tag:{edition.city.slug}.kallelse,2026:{name}")


def _happenings(edition: Edition) -> Iterator[Entry]:
    meetings = {revision.record.id: revision.record for revision in edition.meetings}
    committees = named(edition)
    owners = {id_: meeting.committee for id_, meeting in meetings.items()}
    singles, batches = fold(edition.changes, owners)
    for change in singles:
        meeting = meetings[change.record]
        yield _happening(edition, change, meeting, committees[meeting.committee])
    gone = {revision.record.id for revision in edition.meetings if revision.withdrawn}
    numbers = Counter[tuple[str, date]]()
    for batch in batches:
        key = batch.committee, phrases.day_of(batch.at)
        numbers[key] += 1
        told = {change.record for change in batch.changes} - gone
        if told:
            held = sorted((meetings[id_] for id_ in told), key=_by_day)
            yield _summary(edition, batch, held, committees[batch.committee], numbers[key])


def _by_day(meeting: Meeting) -> tuple[date, str, str]:
    return phrases.day_of(meeting.start), meeting.start.isoformat(), meeting.id


def _happening(edition: Edition, change: Change, meeting: Meeting, committee: Committee) -> Entry:
    document = _document(change, meeting)
    what = phrases.HAPPENED[change.kind]
    if document:
        what = f"{what} ({phrases.ROLE[document.role].lower()})"
    page, fragment = _page(edition, meeting, committee), _tail(change).replace("/", "-")
    if not web(meeting.url):  # many meetings, one page
        fragment = f"{meeting.id.rpartition(':')[2]}-{fragment}"
    place = f", {line(meeting.location.name)}" if meeting.location else ""
    body = [
        lines(change.text),
        f"Sammanträde: {_state(meeting)}{place}",
        _file(document) if document else "",
        _origin(change.at, page),
    ]
    return Entry(
        id=tag(edition, change.id),
        at=change.at,
        title=f"{line(committee.name)} {phrases.day(meeting.start)}: {what}",
        link=web(f"{page}#{fragment}") or page,
        body="\n".join(part for part in body if part),
        author=line(committee.name),
        committees=(committee.slug,),
    )


def _summary(
    edition: Edition, batch: Batch, held: Sequence[Meeting], committee: Committee, number: int
) -> Entry:
    """Give one entry for many; `number` tells it from others of the committee that day."""
    name = f"summary/{phrases.day_of(batch.at)}" + (f"/{number}" if number > 1 else "")
    noun = "sammanträde" if len(held) == 1 else "sammanträden"
    what = f"{len(held)} {noun} i kalendern" if batch.first else f"{len(held)} nya {noun}"
    page = web(committee.url) or web(edition.city.url) or edition.address("")
    rows = (f"{_state(meeting)} {web(meeting.url) or ''}".rstrip() for meeting in held)
    fragment = f"{committee.slug}-{name.replace('/', '-')}"
    return Entry(
        id=tag(edition, f"{committee.slug}/{name}"),
        at=batch.at,
        title=f"{line(committee.name)}: {what}",
        link=f"{urldefrag(page).url}#{fragment}",
        body="\n".join((*rows, _origin(batch.at, page))),
        author=line(committee.name),
        committees=(committee.slug,),
    )


def _articles(edition: Edition) -> Iterator[Entry]:
    """Give the articles; those of the first run are no news of a committee, only of the city."""
    news = {revision.record.id: revision.record for revision in edition.news}
    first = min((change.at for change in edition.changes), default=None)
    for change in edition.changes:
        if change.kind is ChangeKind.NEW and change.record in news:
            item = news[change.record]
            yield _article(edition, change, item, () if change.at == first else item.committees)


def _article(
    edition: Edition, change: Change, item: NewsItem, committees: tuple[str, ...]
) -> Entry:
    page = web(item.url) or f"{web(edition.city.url) or edition.address('')}#{line(item.id)}"
    dated = f"Publicerad av kommunen: {phrases.day(item.published)}." if item.published else ""
    body = (lines(item.summary or ""), dated, _origin(change.at, page))
    return Entry(
        id=tag(edition, change.id),
        at=change.at,
        title=line(item.title),
        link=page,
        body="\n".join(part for part in body if part),
        author=line(edition.city.name),
        committees=committees,
        news=True,
    )


def _page(edition: Edition, meeting: Meeting, committee: Committee) -> str:
    """Give the city's page for a meeting without a fragment, or the nearest that there is."""
    page = web(meeting.url) or web(committee.url) or web(edition.city.url) or edition.address("")
    return urldefrag(page).url


def _tail(change: Change) -> str:
    """Give «moved/1» of «boras:1f2e/moved/1»."""
    return change.id.removeprefix(f"{change.record}/")


def _document(change: Change, meeting: Meeting) -> Document | None:
    """Give the document that a change tells of, where the meeting still has it."""
    parts = _tail(change).split("/")
    return next((d for d in meeting.documents if parts[1:-1] == [d.id]), None)


def _file(document: Document) -> str:
    url = web(document.url)
    words = f"{phrases.ROLE[document.role]}: {line(document.name)}"
    return f"{words}\n{url}" if url else words


def _state(meeting: Meeting) -> str:
    return f"{phrases.PREFIX[meeting.status]}{phrases.when(meeting.start)}"


def _origin(at: datetime, page: str) -> str:
    return f"Först sett av Kallelse: {phrases.when(at)}. Källa: {page}"
