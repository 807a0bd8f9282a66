"""What the search page looks in: one small file of committees, meetings and their matters."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from feeds import phrases
from feeds.text import line
from records.model import Committee, Meeting, Revision

FILE: Final = "sok/index.jsonl"


def index(
    committees: Sequence[Revision[Committee]], meetings: Sequence[Revision[Meeting]]
) -> bytes:
    """Give the file: a line for each committee, then one for each meeting, newest first.

    Names are short, for it travels to phones: `n` name, `c` committee, `d` day, `a` agenda,
    `b` decisions, `f` documents.
    """
    rows = [*_committees(committees, meetings), *_meetings(meetings)]
    said = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return "".join(f"{row}\n" for row in said).encode()


def _committees(
    committees: Sequence[Revision[Committee]], meetings: Sequence[Revision[Meeting]]
) -> Iterator[dict[str, Any]]:
    """Give each committee; one that is known only from its meetings goes by its slug."""
    names = {one.record.committee: one.record.committee for one in meetings}
    names |= {one.record.slug: line(one.record.name) for one in committees}
    for slug, name in sorted(names.items()):
        yield {"id": slug, "n": name}


def _meetings(meetings: Sequence[Revision[Meeting]]) -> Iterator[dict[str, Any]]:
    shown = [one.record for one in meetings if not one.withdrawn]
    shown.sort(key=lambda one: (phrases.day_of(one.start), one.id), reverse=True)
    for one in shown:
        row = {
            "id": one.id.partition(":")[2],
            "c": one.committee,
            "d": phrases.day_of(one.start).isoformat(),
            **_words(one),
        }
        yield {name: value for name, value in row.items() if value}


def _words(meeting: Meeting) -> dict[str, list[str]]:
    return {
        "a": [line(item.title) for item in meeting.agenda],
        "b": [line(item.title) for item in meeting.decisions],
        "f": [line(document.name) for document in meeting.documents],
    }
