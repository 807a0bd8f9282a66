"""Two versions of a record in, what happened between them out, in words."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from records import documents, labels, schedule
from records.codec import to_json
from records.model import Committee, Meeting, NewsItem, Notice, Record, Revision, When
from records.terms import Access, ChangeKind
from records.wording import Happening, Wording, clock, instant, say, when

_ACCESS: Final = {
    Access.OPEN: Wording(sv="öppet för allmänheten", en="open to the public"),
    Access.PARTLY: Wording(sv="delvis öppet för allmänheten", en="partly open to the public"),
    Access.CLOSED: Wording(sv="inte öppet för allmänheten", en="not open to the public"),
    Access.UNKNOWN: Wording(
        sv="utan uppgift om allmänheten får närvara",
        en="without word on whether the public may attend",
    ),
}
_NOW: Final = Wording(sv="Nu", en="Now")
_ACCORDING: Final = Wording(sv="Enligt kommunen", en="According to the city")
_UNSAID: Final = frozenset({ChangeKind.MISSING, ChangeKind.WITHDRAWN, ChangeKind.NOTICE_REMOVED})
"""What shows itself by silence: no page speaks of it."""

_TAG: Final = re.compile(r"<[^<>]*>")
_TAG_BUT_LINK: Final = re.compile(r"<(?!a\b)[^<>]*>")


def between(old: Record, new: Record) -> tuple[Happening, ...]:
    """What happened between two versions of one record, what people plan by first.

    Not told, as no reader sees it: ids, addresses, how we file a record, and our own doubts.
    """
    told: list[Happening] = []
    if isinstance(old, Meeting) and isinstance(new, Meeting):
        told += schedule.between(old, new)
        told += documents.between(old, new)
        told += (*_access(old, new), *_agenda(old, new), *_decisions(old, new))
        told += _notices(old, new)
    if isinstance(old, NewsItem) and isinstance(new, NewsItem) and _body(old) != _body(new):
        told.append(_text(Wording(sv="Ny text", en="New text")))
    return (*told, *labels.between(old, new))


def first(record: Record) -> tuple[Happening, ...]:
    """What the first sight of a record tells; of a committee, nothing."""
    match record:
        case Meeting():
            words = say(
                "Nytt möte: {when}{state}",
                "New meeting: {when}{state}",
                when=when(record.start, year=True),
                state=schedule.state(record),
            )
            return (Happening(kind=ChangeKind.NEW, words=words),)
        case NewsItem():
            words = say("Nyhet: {title}", "News: {title}", title=record.title)
            return (Happening(kind=ChangeKind.NEW, words=words),)
        case Notice():
            words = say("Anslag: {title}", "Notice: {title}", title=record.title)
            return (Happening(kind=ChangeKind.NOTICE_POSTED, words=words),)
        case _:
            return ()


def withdrawn(record: Record) -> tuple[Happening, ...]:
    """What is told when a record leaves the feeds, as the city shows it no longer: see `first`."""
    match record:
        case Meeting() | NewsItem():
            words = Wording(
                sv="Borttaget: visas inte längre av kommunen",
                en="Removed: no longer shown by the city",
            )
            return (Happening(kind=ChangeKind.WITHDRAWN, words=words),)
        case Notice():
            words = Wording(sv="Anslaget är nedtaget", en="The notice was taken down")
            return (Happening(kind=ChangeKind.NOTICE_REMOVED, words=words),)
        case _:
            return ()


def returned(record: Record) -> tuple[Happening, ...]:
    """What is told when the city shows a withdrawn record again."""
    match record:
        case Meeting() | NewsItem():
            words = Wording(sv="Visas åter av kommunen", en="Shown by the city again")
            return (Happening(kind=ChangeKind.RESTORED, words=words),)
        case _:
            return first(record)


def stated(revision: Revision[Any], it: Happening) -> When | None:
    """When the city says that something happened to a record; None where it gives no time.

    A file's upload stamp, the day of an article or a notice, or when the page was last changed, if
    that is since we had last looked.
    """
    record, modified = revision.record, revision.provenance.modified
    match record:
        case Meeting() if it.document:
            return next((d.published for d in record.documents if d.id == it.document), None)
        case NewsItem() if it.kind is ChangeKind.NEW:
            return record.published
        case Notice() if it.kind is ChangeKind.NOTICE_POSTED:
            return record.posted
        case _ if it.kind in _UNSAID or modified is None:
            return None
        case _:
            return modified if not revision.previous or modified > revision.previous else None


def significant(old: Record, new: Record) -> bool:
    """Say whether time, place or status differ, so that a calendar's SEQUENCE must rise."""
    if isinstance(old, Notice) and isinstance(new, Notice):
        return (old.posted, old.appeal_deadline) != (new.posted, new.appeal_deadline)
    if isinstance(old, Committee) and isinstance(new, Committee):
        return old.until != new.until  # its last event moves
    return isinstance(old, Meeting) and isinstance(new, Meeting) and schedule.differs(old, new)


def visible(old: Record, new: Record) -> bool:
    """Say whether a reader sees any difference, so that `last_changed` must rise."""
    return bool(between(old, new))


def same(old: Record, new: Record) -> bool:
    """Say whether two versions hold the same; an article's markup alone is no difference."""
    return bool(to_json(_bare(old)) == to_json(_bare(new)))


def _access(old: Meeting, new: Meeting) -> Iterator[Happening]:
    if old.access is not new.access:
        known = old.access is not Access.UNKNOWN
        since = _NOW if known else _ACCORDING  # silence before is no «not open»
        words = say("{since} {it}", "{since} {it}", since=since, it=_ACCESS[new.access])
        yield Happening(kind=ChangeKind.ACCESS_CHANGED, words=words)
    if instant(old.public_from) != instant(new.public_from):
        yield Happening(kind=ChangeKind.ACCESS_CHANGED, words=_public_from(new.public_from))


def _public_from(moment: datetime | None) -> Wording:
    if moment is None:
        return Wording(
            sv="Inte längre angivet från när mötet är öppet",
            en="No longer given from when the meeting is open",
        )
    return say(
        "Öppet för allmänheten från kl. {clock}",
        "Open to the public from {clock}",
        clock=clock(moment.time()),
    )


def _agenda(old: Meeting, new: Meeting) -> Iterator[Happening]:
    if old.agenda == new.agenda:
        return
    before, after = Counter(i.title for i in old.agenda), Counter(i.title for i in new.agenda)
    if not new.agenda:
        words = Wording(sv="Ärendelistan borttagen", en="Agenda removed")
    elif not old.agenda:
        words = Wording(sv="Ärendelistan publicerad", en="Agenda published")
    elif before == after:
        words = Wording(sv="Ärendelistan ändrad", en="Agenda changed")
    else:
        words = say(
            "Ärendelistan ändrad: {added} tillkom, {gone} utgick",
            "Agenda changed: {added} added, {gone} removed",
            added=str((after - before).total()),
            gone=str((before - after).total()),
        )
    yield Happening(kind=ChangeKind.AGENDA_CHANGED, words=words)


def _decisions(old: Meeting, new: Meeting) -> Iterator[Happening]:
    if old.decisions == new.decisions:
        return
    if not new.decisions:
        words = Wording(sv="Beslut borttagna", en="Decisions removed")
    elif not old.decisions:
        words = Wording(sv="Beslut publicerade", en="Decisions published")
    else:
        words = Wording(sv="Beslut ändrade", en="Decisions changed")
    yield Happening(kind=ChangeKind.DECISIONS_PUBLISHED, words=words)


def _notices(old: Meeting, new: Meeting) -> Iterator[Happening]:
    for sentence in dict.fromkeys(new.notices):
        if sentence not in old.notices:
            yield _text(say("Meddelande: {it}", "Notice: {it}", it=sentence))
    for sentence in dict.fromkeys(old.notices):
        if sentence not in new.notices:
            yield _text(say("Meddelande borttaget: {it}", "Notice removed: {it}", it=sentence))


def _text(words: Wording) -> Happening:
    return Happening(kind=ChangeKind.TEXT, words=words)


def _body(item: NewsItem) -> tuple[str | None, str]:
    """Give an article's words without tags and blanks, which are where its markup differs."""
    words = html.unescape(_TAG.sub("", item.content_html or ""))
    return item.summary, "".join(words.split())


def _bare(record: Record) -> Record:
    """Take an article's tags away, but where its links lead."""
    if not isinstance(record, NewsItem) or record.content_html is None:
        return record
    kept = _TAG_BUT_LINK.sub("", record.content_html)
    return replace(record, content_html="".join(kept.split()))
