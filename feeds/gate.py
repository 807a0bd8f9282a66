"""May this file replace the last one? A file that lost much by one bad day stays behind."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from feeds import lint, lint_ics, readback
from feeds.contentlines import EVENT
from feeds.entry import first_day
from feeds.readback import Contents, read
from feeds.syndication import LIMIT
from records.model import ZONE
from records.state import Held

FEW: Final = 5
"""Below this many entries any of them may go: small numbers change by much."""

_NONE: Final = frozenset[bytes]()

DAYS: Final = 2
"""On how many days the same must be seen before a loss is believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What the gate must know of a run: its moment, and what it may overlook.

    `complete` says that nothing failed; `excused` names entries that go by rule; `forced` are the
    paths that the operator lets through.
    """

    now: datetime
    complete: bool = True
    excused: Collection[str] = ()
    forced: Collection[str] = ()


def judge(  # noqa: PLR0913 - a file, what it replaces, and what is known of both
    path: str, new: bytes, old: bytes | None, run: Run, held: Held | None, *, proved: bool = False
) -> Held | None:
    """Give None where `new` may be published, else what is remembered of it until it may.

    `old` is what stands there, `held` what the last run remembered. A loss is let through when it
    is forced, or when complete runs on two days lost the same; a malformed file never is.

    `proved` says that `old` was let through by this very gate: the events of a calendar that stand
    in both are not proved again, for of a city's thousands one has changed.
    """
    known = frozenset(EVENT.findall(old)) if proved and old and path.endswith(".ics") else _NONE
    after = read(path, new, known)
    since = held.since if held else run.now
    if fault := after.fault or lint.fault(path, new, known):
        reason = f"is malformed: {fault}"
        return Held(path=path, since=since, reason=reason, digest=_digest(new))
    if old is None or path in run.forced:
        return None
    before = read(path, old, known)
    found = _moved(before, after) or _lost(path, before, after, run)
    if found is None:
        return None
    reason, names = found
    verdict = Held(path=path, since=since, reason=reason, digest=_digest("\n".join(names).encode()))
    seen = set(held.days) if held and held.digest == verdict.digest else set[date]()
    if run.complete:
        seen.add(run.now.astimezone(ZONE).date())
    return None if len(seen) >= DAYS else replace(verdict, days=tuple(sorted(seen)))


def let_go() -> None:
    """Forget what files of one publication had in common: a daemon would keep it for good."""
    readback.let_go()
    lint_ics.let_go()


def _moved(before: Contents, after: Contents) -> tuple[str, list[str]] | None:
    """Find entries that another committee now has; a new name for the same one is no move."""
    still = set(after.owners.values())
    names = sorted(
        name
        for name, owner in before.owners.items()
        if owner in still and after.owners.get(name, owner) != owner
    )
    return (f"gives {names[0]} to another committee", names) if names else None


def _lost(path: str, before: Contents, after: Contents, run: Run) -> tuple[str, list[str]] | None:
    """Find what is gone, if it is more than a third of at least `FEW` that should be there."""
    due = {name for name in before.entries if _due(path, name, before, after, run.now)}
    gone = due.difference(after.entries, run.excused)
    if len(due) < FEW or 3 * len(gone) <= len(due):
        return None
    names = set(before.entries).difference(after.entries, run.excused)  # the hour changes `due`
    return f"loses {len(gone)} of {len(due)} entries", sorted(names)


def _due(path: str, name: str, before: Contents, after: Contents, now: datetime) -> bool:
    """Whether an entry should still be there: what leaves by window or limit is no loss."""
    moment, today = before.entries[name], now.astimezone(ZONE).date()
    if not isinstance(moment, datetime):
        return moment is None or moment >= today
    if path.endswith(".ics"):
        return moment > now
    times = [at for at in after.entries.values() if isinstance(at, datetime)]
    limited = len(times) >= LIMIT and moment <= min(times)
    return moment.astimezone(ZONE).date() >= first_day(today) and not limited


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
