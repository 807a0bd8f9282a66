"""Publish an edition: every file that changed and passes the gate, each in one step."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from feeds import twin
from feeds.catalogue import File, files, manifests
from feeds.edition import Edition
from feeds.entries import entries
from feeds.entry import tag
from feeds.folder import last, place, prepare, stands, sweep, write
from feeds.gate import Run, judge
from records.errors import PublishError
from records.state import Held

__all__ = ["NOTHING", "Publication", "prepare", "publish", "put", "sweep"]

_SAFE: Final = re.compile(r"(?:[a-z0-9][a-z0-9-]*/)*[a-z0-9][a-z0-9-]*(?:\.[a-z0-9]+)+")
_LONGEST: Final = 100  # octets of a path


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What one run published: the paths written, how many were as before, what is held back.

    `paths` names every file of the edition that stands in the folder now, old or new.
    """

    written: tuple[str, ...]
    unchanged: int
    held: tuple[Held, ...]
    paths: tuple[str, ...]


NOTHING: Final = Publication(written=(), unchanged=0, held=(), paths=())
"""What a run published that did not publish."""


@dataclass(slots=True, kw_only=True)
class _Tally:
    written: list[str] = field(default_factory=list)
    unchanged: int = 0
    held: list[Held] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)


def publish(  # noqa: PLR0913 - what is published, where, when, and what the gate must know
    edition: Edition,
    out: Path,
    *,
    now: datetime,
    held: Sequence[Held] = (),
    force: Collection[str] = (),
    complete: bool = True,
) -> Publication:
    """Publish one edition; `held` is what the last run remembered, `force` the paths let through.

    `complete` says that nothing failed in this run: only then does the gate count the day.
    Files that name others come last, and name only what stands there by then. A file that cannot
    be written is held back with its reason and keeps nothing else from being published.
    PublishError where the whole folder cannot be written.
    """
    prepare(out)
    sweep(out)
    gone = {r.record.uid for r in edition.meetings if r.withdrawn}
    gone |= {name for id_ in edition.taken_down for name in (id_, tag(edition, id_))}
    known = {tag(edition, change.id) for change in edition.changes}
    gone |= known - {entry.id for entry in entries(edition)}  # told otherwise now, and by rule
    run = Run(now=now, complete=complete, excused=gone, forced=force)
    before = {item.path: item for item in held}
    tally = _Tally()
    _release(out, files(edition), run, before, tally)
    _release(out, manifests(edition, _standing(out, tally.seen)), run, before, tally)
    return Publication(
        written=tuple(tally.written),
        unchanged=tally.unchanged,
        held=tuple(tally.held),
        paths=tuple(sorted(_standing(out, tally.seen))),
    )


def put(path: Path, body: bytes) -> None:
    """Write one file that no gate guards; PublishError where it cannot be written."""
    try:
        write(path, body)
    except OSError as error:
        raise PublishError(
            f"{path} could not be written ({error.strerror}): make room or give the right"
        ) from error


def _standing(out: Path, paths: Iterable[str]) -> set[str]:
    return {path for path in paths if _safe(path) and stands(out / path)}


def _release(
    out: Path, made: Iterable[File], run: Run, before: dict[str, Held], tally: _Tally
) -> None:
    for file in made:
        known = before.get(file.path)
        outcome = _refused(file, run, known, tally.seen) or _put(out, file, run, known)
        tally.seen.add(file.path)
        if isinstance(outcome, Held):
            tally.held.append(outcome)
        elif outcome:
            tally.written.append(file.path)
        else:
            tally.unchanged += 1


def _refused(file: File, run: Run, known: Held | None, seen: set[str]) -> Held | None:
    """Refuse a name that could lead elsewhere, or that another file of this edition has."""
    if file.path in seen:
        return _kept(file.path, run, known, "has the name of another file", b"")
    if not _safe(file.path):
        return _kept(file.path, run, known, "has a name that is no safe file name", b"")
    return None


def _safe(path: str) -> bool:
    return len(path) <= _LONGEST and _SAFE.fullmatch(path) is not None


def _put(out: Path, file: File, run: Run, known: Held | None) -> Held | bool:
    body = file.render()
    try:
        path = place(out, file.path)
        old = last(path)
        refused = None if old == body else judge(file.path, body, old, run, known)
        return refused or twin.write(path, body)
    except OSError as error:
        reason = f"could not be written ({error.strerror}): {out / file.path}"
        return _kept(file.path, run, known, reason, body)


def _kept(path: str, run: Run, known: Held | None, reason: str, body: bytes) -> Held:
    since = known.since if known else run.now
    return Held(path=path, since=since, reason=reason, digest=hashlib.sha256(body).hexdigest())
