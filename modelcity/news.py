"""The city's news: of meetings, under titles that come again and again, and of other things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from modelcity import addresses, draws, swedish, words
from modelcity.committees import BOARD, COUNCIL
from modelcity.model import Article, Link, Look, Meeting, Part
from modelcity.swedish import STOCKHOLM

_OUTDATED: Final = timedelta(days=365)
_AGAIN: Final = {
    BOARD.name: "Kommunstyrelsens möte – här hittar du besluten",
    COUNCIL.name: "Kommunfullmäktiges möte - här hittar du besluten",
}
_LOOK: Final = Look(changed_shown=False)


def articles(meetings: Iterable[Meeting], today: date) -> tuple[Article, ...]:
    """Give the news as they stood when today began, newest first."""
    known = list(meetings)
    first = min(meeting.start.date() for meeting in known)
    found = [*_of_meetings(known), *_general(first, today)]
    begun = datetime.combine(today, time(0), STOCKHOLM)
    shown = [_dated(article, today) for article in found if article.published < begun]
    return tuple(sorted(shown, key=lambda article: (article.published, article.node), reverse=True))


def _of_meetings(meetings: Iterable[Meeting]) -> Iterator[Article]:
    for meeting in meetings:
        if meeting.node and meeting.status == "confirmed" and meeting.body in {BOARD, COUNCIL}:
            yield _after(meeting)
            if meeting.last_day:
                yield _budget(meeting, meeting.last_day)


def _after(meeting: Meeting) -> Article:
    """Give the article of the day after: an old title for half of them, or one with the day."""
    name, day = meeting.body.name, meeting.start.date()
    dated = draws.seldom(2, "title", meeting.node)
    spoken = f"{swedish.weekday(day)}en den {swedish.day_and_month(day)}"
    return Article(
        node=draws.node("article", meeting.node),
        title=f"Beslut i {name} den {swedish.words(day)}" if dated else _AGAIN[name],
        intro=f"{spoken.capitalize()} sammanträdde {name}. {words.NEWS_INTRO}",
        published=_at(meeting.last_day or day, 1, meeting.node),
        paragraphs=draws.some(words.FILLER, 3, meeting.node),
        subheadings=draws.some(words.TITLES, 3, meeting.node),
        body=meeting.body,
        meeting=meeting,
        rows=_rows(meeting),
        links=_links(meeting),
        image="Kommunstyrelsen" if meeting.body is BOARD else "Fullmäktiges sessionssal",
        look=_LOOK,
    )


def _rows(meeting: Meeting) -> tuple[Part, ...]:
    """List what comes next, for half of them: one row links from the root, one relatively."""
    if not draws.seldom(2, "rows", meeting.node):
        return ()
    board = Link("../../anslagstavla", "anslagstavlan")
    return (
        Part(kind="paragraph", text="Protokollet justeras inom fjorton dagar."),
        Part(kind="paragraph", text="Justeringen anslås på anslagstavlan.", link=board),
        Part(
            kind="paragraph",
            text="Nästa möte står i sammanträdeskalendern.",
            link=Link(addresses.CALENDAR, "sammanträdeskalendern"),
        ),
    )


def _links(meeting: Meeting) -> tuple[Link, ...]:
    """Link the recording, which lies on another host, for a third of them."""
    if not draws.seldom(3, "recording", meeting.node):
        return ()
    return (Link("https://webbtv.example.org/mote?id=1&del=2", "Se mötet i efterhand"),)


def _budget(meeting: Meeting, last: date) -> Article:
    """Tell of a meeting of two days a week before it begins."""
    first = meeting.start.date()
    days = f"{first.day}-{swedish.day_and_month(last)}"
    return Article(
        node=draws.node("budget", meeting.node),
        title=f"{meeting.body.name} {days}, budget {last.year + 1}",
        intro=f"Under två dagar behandlar {meeting.body.name} budgeten. {words.FILLER[2]}",
        published=_at(first, -7, meeting.node),
        paragraphs=draws.some(words.FILLER, 2, meeting.node, "budget"),
        body=meeting.body,
        meeting=meeting,
        look=_LOOK,
    )


def _general(first: date, today: date) -> Iterator[Article]:
    """Give news that are of no body: about two a month."""
    for number in range((today - first).days // 15):
        day = first + timedelta(days=15 * number)
        title, lead = draws.pick(words.GENERAL_NEWS, "news", day)
        yield Article(
            node=draws.node("news", day),
            title=title,
            intro=f"{lead}. {words.FILLER[number % 5]} {words.FILLER[(number + 2) % 5]}",
            published=_at(day, 0, day),
            paragraphs=draws.some(words.FILLER, 3, day),
        )


def _dated(article: Article, today: date) -> Article:
    """Put the box about old news on what is more than a year old."""
    if today - article.published.date() < _OUTDATED:
        return article
    return replace(article, outdated=True)


def _at(day: date, after: int, name: object) -> datetime:
    drawn = draws.number("published", name)
    return datetime.combine(
        day + timedelta(days=after), time(8 + drawn % 9, drawn // 9 % 60), STOCKHOLM
    )
