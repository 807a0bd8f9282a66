"""What a meeting's event says in its text, in the order in which a resident asks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, time
from typing import Final

from feeds import phrases
from feeds.hours import hours
from feeds.story import Story
from feeds.text import line, lines, web
from records.model import Meeting, Notice
from records.terms import Access, ChangeKind, Status

CHANGES: Final = 3
"""How many of the changes that came together are told."""

_QUESTIONS: Final = re.compile(r"frågestund", re.IGNORECASE)
_SENT: Final = re.compile(r"sänd|webb", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
_OFF: Final = {Status.CANCELLED, Status.POSTPONED}
_UNTOLD: Final = {ChangeKind.NEW, ChangeKind.NOTICE_POSTED, ChangeKind.NOTICE_REMOVED}


BRIEF: Final = "Ärenden och handlingar: se kommunens sida."
"""What a brief description says instead of all that."""


def description(story: Story, *, brief: bool = False) -> str:
    """Give the whole text, its parts with an empty line between them; every link stands in it.

    A `brief` one leads to the city's page for agenda, documents and decisions.
    """
    meeting = story.meeting
    body = [_brief(meeting)] if brief else [_agenda(meeting), _documents(meeting), _made(meeting)]
    parts = (_first(story), *body, _last(story, brief=brief))
    told = ("\n".join(filter(None, part)) for part in parts)
    return "\n\n".join(filter(None, told))


def page(story: Story) -> str | None:
    """Give the city's page for the meeting, or the nearest that there is."""
    return web(story.meeting.url) or web(story.committee.url) or web(story.city.url)


def webcast(story: Story) -> str | None:
    """Give where the meeting is sent: as its page says, or else as the city's file does."""
    meeting = story.meeting
    if not meeting.webcast:
        return None
    sentences = (notice for notice in meeting.notices if _SENT.search(notice))
    found = (match[0] for match in map(_ADDRESS.search, sentences) if match)
    return next(filter(None, map(web, found)), None) or web(
        story.city.webcasts.get(story.committee.slug)
    )


def _first(story: Story) -> Iterator[str]:
    """Tell who may come, whether it is held, and when what happens."""
    meeting = story.meeting
    yield _access(meeting)
    if meeting.status is Status.MISSING:
        yield f"{phrases.GONE} {phrases.day(story.gone)}; kommunen har inte sagt varför."
    yield phrases.STATUS_NOTE.get(meeting.status, "")
    notices = list(dict.fromkeys(lines(notice) for notice in meeting.notices))
    yield from (notice for notice in notices if _QUESTIONS.search(notice))
    yield from (_hour(clock, words) for clock, words in meeting.times)
    yield from (notice for notice in notices if not _QUESTIONS.search(notice))
    if address := webcast(story):
        yield f"Sammanträdet sänds på webben: {address}"
    elif meeting.webcast and not any(_SENT.search(notice) for notice in notices):
        yield "Sammanträdet sänds på webben."
    yield from (_adjusted(notice.record) for notice in story.notices)


def _access(meeting: Meeting) -> str:
    """Give the first line; an open meeting is open from its start, unless it has other clocks."""
    words = phrases.ACCESS[meeting.access]
    since: object = meeting.public_from
    if since is None and meeting.access is Access.OPEN and not meeting.times:
        since = meeting.start
    if meeting.status in _OFF or not isinstance(since, datetime):
        return words
    return f"{words} från {phrases.clock(since)}"


def _hour(clock: time, words: str) -> str:
    said = line(words)
    told = any(f"{clock:{form}}" in said for form in ("%H.%M", "%H:%M"))
    return said if told else f"{clock:%H.%M} {said}"


def _adjusted(notice: Notice) -> str:
    """Tell in one line that the minutes were adjusted: where and when is not told beforehand."""
    what = "Omedelbar justering: protokollet" if notice.immediate else "Protokollet"
    done = [
        f"{verb} {phrases.day(day)}"
        for verb, day in (("justerades", notice.adjusted), ("anslogs", notice.posted))
        if day
    ]
    return f"{what} {' och '.join(done)}." if done else ""


def _brief(meeting: Meeting) -> Iterator[str]:
    if meeting.agenda or meeting.documents or meeting.decisions or not meeting.documents_known:
        yield BRIEF


def _agenda(meeting: Meeting) -> Iterator[str]:
    if meeting.agenda:
        yield "Ärenden:"
    for item in meeting.agenda:
        number = line(item.number or "")
        numbered = f"{number}." if number.isdigit() else number
        yield line(f"{numbered or '–'} {item.title}")


def _documents(meeting: Meeting) -> Iterator[str]:
    if not meeting.documents and not meeting.documents_known:
        yield "Handlingar: se kommunens sida."
    for document in meeting.documents:
        if url := web(document.url):
            yield f"{phrases.ROLE[document.role]}: {line(document.name)}\n{url}"


def _made(meeting: Meeting) -> Iterator[str]:
    if meeting.decisions:
        yield "Beslut:"
    for decision in meeting.decisions:
        yield line(f"– {decision.title}: {decision.text}".removesuffix(": "))


def _last(story: Story, *, brief: bool) -> Iterator[str]:
    """Tell what changed last, where to look, what is ours, and that apps are slow."""
    yield _changed(story)
    where = page(story)
    if where and not brief:
        yield f"Kommunens sida: {where}"
    yield hours(story.meeting).ours
    yield f"{phrases.DELAY} {where or line(story.city.name)}"


def _changed(story: Story) -> str:
    told = [change for change in story.changes if change.kind not in _UNTOLD]
    if not told:
        return ""
    together = [line(change.text) for change in told if change.at == told[0].at]
    more = len(together) - CHANGES
    rest = [f"och {more} till"] if more > 0 else []
    return f"Senast ändrat {phrases.day(told[0].at)}: {_joined([*together[:CHANGES], *rest])}"


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(texts)
