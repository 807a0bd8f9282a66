"""What is told of a run, once: a source begins to fail, a source is back, all went well."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import structlog

from operation import notify
from operation.report import Report
from operation.settings import Settings
from records.state import SourceState
from records.store import Store

log = structlog.get_logger(__name__)

NOTE: Final = "failing"
"""The note that holds which sources were told to be failing, and since when."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A source that begins (`failing`) or ceases to fail; `since` when it began."""

    source: SourceState
    failing: bool
    since: datetime | None

    def facts(self, city: str) -> dict[str, str]:
        """Give what a command is told of it, as environment variables."""
        return {
            "KALLELSE_EVENT": "failing" if self.failing else "back",
            "KALLELSE_EVENT_CITY": city,
            "KALLELSE_EVENT_SOURCE": self.source.name,
            "KALLELSE_EVENT_URL": self.source.url,
            "KALLELSE_EVENT_REASON": self.source.reason or "",
            "KALLELSE_EVENT_SINCE": self.since.isoformat() if self.since else "",
        }


def edges(note: str | None, sources: Sequence[SourceState]) -> tuple[list[Edge], str]:
    """Give what has changed since it was told last, and what to remember as told.

    What was told is remembered apart from what is so: a run that was killed before it could tell
    leaves it to the next one, and no alarm is missed.
    """
    told: dict[str, str | None] = json.loads(note or "{}")
    found, kept = list[Edge](), dict[str, str | None]()
    for source in sources:
        if not source.ok:
            since = source.failing_since
            kept[source.name] = since.isoformat() if since else None
            if source.name not in told:
                found.append(Edge(source=source, failing=True, since=since))
        elif source.name in told:
            began = told[source.name]
            since = datetime.fromisoformat(began) if began else None
            found.append(Edge(source=source, failing=False, since=since))
    return found, json.dumps(kept, ensure_ascii=False, sort_keys=True)


def show(report: Report, settings: Settings) -> None:
    """Log each edge of a run, and start the operator's command for it."""
    with Store.open(settings.store) as store:
        found, note = edges(store.note(report.city, NOTE), report.sources)
        for edge in found:
            facts = {"city": report.city, "source": edge.source.name, "url": edge.source.url}
            since = str(edge.since)
            if edge.failing:
                log.warning("a source fails", **facts, since=since, reason=edge.source.reason)
            else:
                log.warning("a source is back", **facts, failed_since=since)  # --quiet tells it
            if settings.notify.command:
                notify.command(settings.notify.command, edge.facts(report.city))
        if found:
            with store.writing(report.city, report.run.at) as writer:
                writer.put_note(NOTE, note)


def well(settings: Settings) -> None:
    """Call the address that expects it after a good run; what becomes of that changes no code."""
    if settings.notify.ping:
        notify.ping(settings.notify.ping, settings.agent)
