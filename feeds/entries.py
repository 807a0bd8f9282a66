"""What happened, as one list of entries: every feed, whatever its format, comes from it.

An entry is a change, an article, or many changes told as one, dated when we first saw it. All of it
hangs on the records alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from urllib.parse import urldefrag

from feeds import appeal, content, ending, phrases, told
from feeds.edition import Edition, committee_of, named
from feeds.entry import Entry, first_day, home, origin, page_of, state, tag
from feeds.folding import About, Single, document_of, fold, told_for
from feeds.summaries import bulks, summaries
from feeds.text import line, lines, web
from feeds.topics import Topic, topics
from records.model import Change, Committee, Document, Meeting, NewsItem, Notice, Revision
from records.terms import ChangeKind
from records.wording import role as role_of


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
        *told.entries(edition),
    ]
    start = first_day(edition.today)
    recent = (entry for entry in every if phrases.day_of(entry.at) >= start)
    return tuple(sorted(recent, key=_newest))


def _newest(entry: Entry) -> tuple[float, int, str]:
    """Sort by when we saw it; of a first run's articles the city's newest come first."""
    day = entry.stated.toordinal() if entry.stated else 0
    return -entry.at.timestamp(), -day, entry.id


def _about(edition: Edition) -> dict[str, About]:
    """Give what is told of: meetings, and notices; those of no committee are the board's own."""
    meetings = {
        one.record.id: About(
            committee=one.record.committee, day=phrases.day_of(one.record.end or one.record.start)
        )
        for one in edition.meetings
    }
    notices = {
        one.record.id: About(committee=one.record.committee or Topic.BOARD)
        for one in edition.notices
    }
    return notices | meetings


def _singles(edition: Edition, singles: Sequence[Single]) -> Iterator[Entry]:
    meetings = {one.record.id: one.record for one in edition.meetings}
    notices = {one.record.id: one for one in edition.notices}
    filed: dict[str, set[str | None]] = defaultdict(set)
    for change in edition.changes:
        filed[change.record].add(document_of(change))
    for single in singles:
        meeting = meetings.get(single.change.record)
        if meeting:
            files = tuple(_files(single.change, meeting, filed[meeting.id]))
            committee = committee_of(edition, told_for(single.change, meeting.committee))
            yield _happening(edition, single, meeting, committee, files)
        else:
            yield _notice(edition, single.change, notices[single.change.record])


def _happening(
    edition: Edition,
    single: Single,
    meeting: Meeting,
    committee: Committee,
    files: tuple[Document, ...],
) -> Entry:
    change = single.change
    document = _document(change, meeting)
    role = document.role if document else role_of(change.text)
    name = line(committee.name) or committee.slug
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
        *(content.of_file(file) for file in files),
        origin([change], page),
    ]
    return Entry(
        id=tag(edition, change.id),
        at=change.at,
        title=f"{name} {phrases.day(meeting.start)}: {what}",
        link=web(f"{page}#{fragment}") or page,
        body="\n".join(part for part in body if part),
        author=name,
        committees=(committee.slug,),
        topics=topics(change.kind, role),
        kind=change.kind,
        role=role if document else None,
        more=content.of_meeting(meeting, change.kind, role),
        files=content.main_first(files),
        heard=content.heard(meeting, document),
        changed=max((slip.at for slip in single.corrections), default=None),
    )


def _notice(edition: Edition, change: Change, revision: Revision[Notice]) -> Entry:
    notice = revision.record
    slug = told_for(change, notice.committee)
    committee = committee_of(edition, slug) if slug else None
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
    name = line(committee.name if committee else edition.city.name)
    return Entry(
        id=tag(edition, change.id),
        at=change.at,
        title=f"{name}{held}: {_posted(change, notice)}",
        link=web(f"{urldefrag(page).url}#{fragment}") or page,
        body="\n".join(part for part in body if part),
        author=name,
        committees=(committee.slug,) if committee else (),
        topics=topics(change.kind),
        kind=change.kind,
        heard=(notice.title,),
    )


def _posted(change: Change, notice: Notice) -> str:
    """Tell of minutes that they were put up or taken down, of anything else what it is."""
    if notice.about_minutes:
        return phrases.HAPPENED[change.kind]
    return f"{phrases.NOTICE[change.kind]} – {line(notice.title)}"


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
    whole = edition.news_body
    return Entry(
        id=tag(edition, change.id),
        at=change.at,
        title=line(item.title) or phrases.UNTITLED,
        link=page,
        body="\n".join(part for part in body if part),
        author=line(edition.city.name),
        committees=committees,
        topics=(Topic.NEWS,),
        kind=change.kind,
        more=content.of_article(item) if whole else "",
        image=web(item.image) if whole else None,
        heard=(item.title, item.summary or "", content.words(item)),
        stated=phrases.day_of(dated.stated) if dated.stated else None,
    )


def _tail(change: Change) -> str:
    """Give «moved/1» of «boras:1f2e/moved/1»."""
    return change.id.removeprefix(f"{change.record}/")


def _document(change: Change, meeting: Meeting) -> Document | None:
    """Give the document that a change tells of, where the meeting still has it."""
    return next((d for d in meeting.documents if d.id == document_of(change)), None)


def _files(change: Change, meeting: Meeting, told: Container[str | None]) -> Iterator[Document]:
    """Give the files that a change brought: of a new meeting all that nothing else tells of."""
    if change.kind is ChangeKind.NEW:
        yield from (file for file in meeting.documents if file.id not in told)
    elif document := _document(change, meeting):
        yield document
