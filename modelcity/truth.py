"""What is so in the model city on a day, and what a reader of its pages should find."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from modelcity import board, expected, feed, meetings, news, words
from modelcity.committees import BODIES, SIDEBAR_QUEUE
from modelcity.model import Announcement, Article, BoardItem, Body, Meeting


@dataclass(frozen=True, kw_only=True)
class Truth:
    """The whole city on one day; meetings by time, news and board newest first."""

    today: date
    bodies: tuple[Body, ...]
    meetings: tuple[Meeting, ...]
    articles: tuple[Article, ...]
    notices: tuple[BoardItem, ...]
    announcements: tuple[Announcement, ...]
    banner: str | None = words.BANNER

    @property
    def paged(self) -> tuple[Meeting, ...]:
        """Give the meetings that have a page."""
        return tuple(meeting for meeting in self.meetings if meeting.node)

    @property
    def coming(self) -> tuple[Meeting, ...]:
        """Give what the calendar holds: today's meetings and later ones."""
        return tuple(meeting for meeting in self.meetings if self.is_coming(meeting))

    def is_coming(self, meeting: Meeting) -> bool:
        """Say whether the calendar holds a meeting."""
        return meeting.start.date() >= self.today and meeting.body.in_calendar

    @property
    def queue(self) -> tuple[Meeting, ...]:
        """Give the five of the seed page: each the next of its body after the one before it."""
        found: list[Meeting] = []
        for body in SIDEBAR_QUEUE:
            after = found[-1].start if found else None
            found += [
                meeting
                for meeting in self.coming
                if meeting.body is body
                and meeting not in found
                and (after is None or meeting.start >= after)
            ][:1]
        return tuple(found)

    def meeting(self, key: str) -> Meeting:
        """Give the meeting of this key (`Meeting.key`); LookupError if there is none."""
        for meeting in self.meetings:
            if meeting.key == key:
                return meeting
        raise LookupError(f"no meeting {key!r} in the model city")

    def changed(self, key: str, **changes: Any) -> Truth:  # noqa: ANN401 - any field of Meeting
        """Give the same city with some fields of one meeting changed."""
        return self.with_meeting(key, replace(self.meeting(key), **changes))

    def cancelled(self, key: str) -> Truth:
        """Give the same city with one meeting called off."""
        return self.with_meeting(key, meetings.cancelled(self.meeting(key)))

    def without(self, key: str) -> Truth:
        """Give the same city as if one meeting had never been."""
        gone = self.meeting(key)
        return replace(self, meetings=tuple(each for each in self.meetings if each is not gone))

    def with_meeting(self, key: str, meeting: Meeting) -> Truth:
        """Give the same city with another meeting in the place of the one of this key."""
        old = self.meeting(key)
        rest = [meeting if each is old else each for each in self.meetings]
        return replace(self, meetings=tuple(sorted(rest, key=lambda m: (m.start, m.body.name))))

    def expected_meetings(self) -> list[dict[str, Any]]:
        """Give what the pages tell of each meeting that they show, by time and committee."""
        shown = (each for each in self.meetings if each.node or self.is_coming(each))
        return [expected.meeting(each) for each in shown]

    def expected_news(self) -> list[dict[str, Any]]:
        """Give what the pages tell of each article, newest first."""
        return [expected.article(each) for each in self.articles]

    def expected_notices(self) -> list[dict[str, Any]]:
        """Give what the notice board tells of each adjusted minutes, in its order."""
        return [expected.notice(each) for each in self.notices]

    def expected_announcements(self) -> list[dict[str, Any]]:
        """Give what the notice board tells of coming meetings, which is seldom any."""
        return [expected.announcement(each) for each in self.announcements]

    def expected_permits(self) -> list[dict[str, Any]]:
        """Give what the notice board holds besides."""
        return [expected.permit(*each) for each in board.permits().items()]

    def expected_feed(self) -> list[dict[str, Any]]:
        """Give the items of the city's own feed, newest first."""
        return [expected.feed_item(each) for each in feed.shown(self.articles)]


def build(today: date, *, scale: int = 1) -> Truth:
    """Give the city as it stands on a day; `scale` multiplies its archive, in years."""
    held = meetings.meetings(today, 2 * scale - 1)
    return Truth(
        today=today,
        bodies=BODIES,
        meetings=held,
        articles=news.articles(held, today),
        notices=board.items(held, today),
        announcements=board.announcements(held, today),
    )
