"""What happened, as one list of entries: every feed, whatever its format, comes from it.

An entry is a change, an article, or many changes told as one, dated when we first saw it. All of it
hangs on the records alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from urllib.parse import urldefrag

from feeds import appeal, ending, phrases
from feeds.edition import Edition, committee_of, named
from feeds.entry import Entry, first_day, home, origin, page_of, state, tag
from feeds.folding import About, Single, document_of, fold, told_for
from feeds.summaries import bulks, summaries
from feeds.text import line, lines, web
from records.model import Change, Committee, Document, Meeting, NewsItem, Notice, Revision
from records.terms import ChangeKind


@lru_cache(maxsize=2)  # feeds, calendars and the gate of one publication ask for the same
def entries(edition: Edition) -> tuple[Entry, ...]:
    """Give the city's entries of the last twelve months, newest first."""
    folded = fold(edition.changes, _about(edition), edition.unseen)
    every = [
        *_singles(edition, folded.singles),
        *summaries(edition, folded),
        *bulks(edition, folded),
        *ending.entries(edition),
        *_articles(edition),
    ]
    start = first_day(edition.today)
    recent = (entry for entry in every if phrases.day_of(entry.at) >= start)
    return tuple(sorted(recent, key=lambda entry: (-entry.at.timestamp(), entry.id)))


def _about(edition: Edition) -> dict[str, About]:
    """Give what is told of: meetings and notices."""
    meetings = {
        one.record.id: About(
            committee=one.record.committee, day=phrases.day_of(one.record.end or one.record.start)
        )
        for one in edition.meetings
    }
    notices = {one.record.id: About(committee=one.record.committee) for one in edition.notices}
    return notices | meetings


def _singles(edition: Edition, singles: Sequence[Single]) -> Iterator[Entry]:
    meetings = {one.record.id: one.record for one in edition.meetings}
    notices = {one.record.id: one for one in edition.notices}
    for single in singles:
        meeting = meetings.get(single.change.record)
        if meeting:
            committee = committee_of(edition, told_for(single.change, meeting.committee))
            yield _happening(edition, single, meeting, committee)
        else:
            yield _notice(edition, single.change, notices[single.change.record])


def _happening(edition: Edition, single: Single, meeting: Meeting, committee: Committee) -> Entry:
    change = single.change
    document = _document(change, meeting)
    what = phrases.HAPPENED[change.kind]
    if document:
        what = f"{what} ({phrases.ROLE[document.role].lower()})"
    page, fragment = page_of(edition, meeting, committee), _tail(change).replace("/", "-")
    if not web(meeting.url):  # many meetings, one page
        fragment = f"{meeting.id.rpartition(':')[2]}-{fragment}"
    place = f", {line(meeting.location.name)}" if meeting.location else ""
    body = [
        lines(change.text),
        *(f"Rättat inom en timme: {lines(slip.text)}" for slip in single.corrections),
        f"Sammanträde: {state(meeting)}{place}",
        _file(document) if document else "",
        origin([change], page),
    ]
    return Entry(
        id=tag(edition, change.id),
        at=change.at,
        title=f"{line(committee.name)} {phrases.day(meeting.start)}: {what}",
        link=web(f"{page}#{fragment}") or page,
        body="\n".join(part for part in body if part),
        author=line(committee.name),
        committees=(committee.slug,),
        kind=change.kind,
        role=document.role if document else None,
    )


def _notice(edition: Edition, change: Change, revision: Revision[Notice]) -> Entry:
    notice = revision.record
    committee = committee_of(edition, told_for(change, notice.committee))
    page = web(notice.url) or home(edition, committee)
    held = f" {phrases.day(notice.held)}" if notice.held else ""
    fragment = f"{notice.id.rpartition(':')[2]}-{_tail(change).replace('/', '-')}"
    minutes = web(notice.document_url)
    body = (
        lines(change.text),
        f"Anslaget av kommunen: {phrases.day(notice.posted)}." if notice.posted else "",
        f"Protokollet: {minutes}" if minutes else "",
        *_appeal(edition, revision),
        origin([change], page),
    )
    return Entry(
        id=tag(edition, change.id),
        at=change.at,
        title=f"{line(committee.name)}{held}: {phrases.HAPPENED[change.kind]}",
        link=web(f"{urldefrag(page).url}#{fragment}") or page,
        body="\n".join(part for part in body if part),
        author=line(committee.name),
        committees=(committee.slug,),
        kind=change.kind,
    )


def _appeal(edition: Edition, revision: Revision[Notice]) -> Iterator[str]:
    """Tell of the last day to appeal in the words of its calendar."""
    deadline = revision.record.appeal_deadline
    if deadline:
        yield f"{appeal.summary(revision.record, named(edition))}: {phrases.weekday(deadline)}"
        yield appeal.words(edition, revision, deadline)


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
    dated = replace(change, stated=change.stated or item.published)
    body = (lines(item.summary or ""), origin([dated], page))
    return Entry(
        id=tag(edition, change.id),
        at=change.at,
        title=line(item.title),
        link=page,
        body="\n".join(part for part in body if part),
        author=line(edition.city.name),
        committees=committees,
        news=True,
        kind=change.kind,
    )


def _tail(change: Change) -> str:
    """Give «moved/1» of «boras:1f2e/moved/1»."""
    return change.id.removeprefix(f"{change.record}/")


def _document(change: Change, meeting: Meeting) -> Document | None:
    """Give the document that a change tells of, where the meeting still has it."""
    return next((d for d in meeting.documents if d.id == document_of(change)), None)


def _file(document: Document) -> str:
    url = web(document.url)
    words = f"{phrases.ROLE[document.role]}: {line(document.name)}"
    return f"{words}\n{url}" if url else words
