"""The kinds of record that can be exported, alone: the command line needs them at once."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What can be exported; its value names the file."""

    MEETING = "meeting"
    NEWS = "news"
    NOTICE = "notice"
    COMMITTEE = "committee"
    CHANGE = "change"
