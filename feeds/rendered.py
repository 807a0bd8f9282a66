"""Every meeting's event, rendered once for all the files of an edition that hold it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Final

from icalendar import Alarm

from feeds.edition import Edition
from feeds.event import Text, event, summary
from feeds.folded import written
from feeds.story import Story, stories
from records.terms import Status

_END: Final = b"END:VEVENT\r\n"
_OFF: Final = {Status.CANCELLED, Status.POSTPONED}


class Variant(StrEnum):
    """The forms of a calendar; its value stands in the file's name."""

    PLAIN = ""
    GOOGLE = "google"  # a cancelled meeting stays visible
    REMINDERS = "paminnelse"


class Events:
    """The events of one edition; each is made when it is first asked for."""

    def __init__(self, edition: Edition) -> None:
        self.stories = tuple(stories(edition))
        self._made: dict[tuple[str, Variant, bool], bytes] = {}

    def event(
        self, story: Story, variant: Variant = Variant.PLAIN, *, brief: bool = False
    ) -> bytes:
        """Give a meeting's VEVENT; `brief` as in `feeds.event`."""
        if variant is Variant.GOOGLE and story.meeting.status is not Status.CANCELLED:
            variant = Variant.PLAIN
        key = (story.meeting.id, variant, brief)
        if key not in self._made:
            self._made[key] = self._rendered(story, variant, brief=brief)
        return self._made[key]

    def _rendered(self, story: Story, variant: Variant, *, brief: bool) -> bytes:
        if variant is Variant.REMINDERS:
            return _reminding(self.event(story, brief=brief), story)
        return event(story, google=variant is Variant.GOOGLE, brief=brief)


def _reminding(made: bytes, story: Story) -> bytes:
    """Add the alarms; what is not held calls nobody.

    A whole day begins at midnight, when nobody wants to be woken: it is told at nine
    the day before.
    """
    meeting = story.meeting
    if meeting.status in _OFF:
        return made
    before = ("-P1D", "-PT1H") if isinstance(meeting.start, datetime) else ("-PT15H",)
    alarms = b"".join(_alarm(span, summary(meeting, story.committee)) for span in before)
    return made.removesuffix(_END) + alarms + _END


def _alarm(span: str, words: str) -> bytes:
    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("trigger", Text(span), encode=False)  # the library would write a day as PT24H
    made.add("description", Text(words), encode=False)
    return written(made)
