"""Every meeting's event, rendered once for all the files of an edition that hold it.

What stands in a published file that would be made of the same is not rendered at all: of a city
with one changed meeting one event is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Final

from icalendar import Alarm

from feeds.contentlines import EVENT
from feeds.description import BRIEF
from feeds.edition import Edition
from feeds.event import Text, event, summary
from feeds.folded import written
from feeds.story import Story, stories
from records.model import Meeting
from records.terms import Status

_BRIEF: Final = BRIEF.encode()
_FOLD: Final = b"\r\n "
_END: Final = b"END:VEVENT\r\n"
_OFF: Final = {Status.CANCELLED, Status.POSTPONED}


class Variant(StrEnum):
    """The forms of a calendar; its value stands in the file's name."""

    PLAIN = ""
    GOOGLE = "google"  # a cancelled meeting stays visible
    REMINDERS = "paminnelse"


class Events:
    """The events of one edition; each is made when it is first asked for.

    `own` gives a meeting's own file as it is published, if it is known to be as it would be made
    now.
    """

    def __init__(
        self, edition: Edition, own: Callable[[Meeting], bytes | None] = lambda _: None
    ) -> None:
        self.stories = tuple(stories(edition))
        self._own = own
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
        if variant is Variant.PLAIN and not brief:
            found = _only(self._own(story.meeting) or b"")
            if found is not None:
                return found
        return event(story, google=variant is Variant.GOOGLE, brief=brief)


def _only(body: bytes) -> bytes | None:
    """Give the one event of a file; None where there are others, or it is a brief one."""
    found: list[bytes] = EVENT.findall(body)
    return found[0] if len(found) == 1 and _BRIEF not in found[0].replace(_FOLD, b"") else None


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
