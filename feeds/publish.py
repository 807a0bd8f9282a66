"""Publish an edition: every file that changed and passes the gate, each in one step."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from feeds import twin
from feeds.catalogue import File, files, manifests
from feeds.edition import Edition
from feeds.entries import entries
from feeds.entry import tag
from feeds.folder import last, place, prepare, stands, sweep, sync
from feeds.gate import Run, judge, let_go
from feeds.marks import Inputs, Mark, stood
from feeds.publication import Publication
from records.state import Held

_SAFE: Final = re.compile(r"(?:[a-z0-9][a-z0-9-]*/)*[a-z0-9][a-z0-9-]*(?:\.[a-z0-9]+)+")
_LONGEST: Final = 100  # octets of a name in a folder


@dataclass(slots=True, kw_only=True)
class _Tally:
    written: list[str] = field(default_factory=list)
    unchanged: int = 0
    held: list[Held] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    marks: dict[str, Mark] = field(default_factory=dict)


def publish(  # noqa: PLR0913 - what is published, where, when, and what the gate must know
    edition: Edition,
    out: Path,
    *,
    now: datetime,
    held: Sequence[Held] = (),
    force: Collection[str] = (),
    complete: bool = True,
    marks: Mapping[str, Mark] | None = None,
) -> Publication:
    """Publish one edition; `held` is what the last run remembered, `force` the paths let through.

    `marks` are those of the last publication by this very program: what stands as it was left, and
    would be made of the same, is passed over.

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
    releasing = _Releasing(
        out=out, run=run, before={item.path: item for item in held}, marks=marks or {}
    )
    tally = releasing.tally
    try:
        releasing.release(files(edition, releasing.standing))
        releasing.release(manifests(edition, _standing(out, tally.seen)), alike=False)
    finally:
        let_go()
        entries.cache_clear()
    return Publication(
        written=tuple(tally.written),
        unchanged=tally.unchanged,
        held=tuple(tally.held),
        paths=tuple(sorted(_standing(out, tally.seen))),
        marks=tally.marks,
    )


def paths(edition: Edition) -> frozenset[str]:
    """Give the path of every file that an edition may have."""
    made = [file.path for file in files(edition)]
    return frozenset((*made, *(file.path for file in manifests(edition, made))))


def _standing(out: Path, paths: Iterable[str]) -> set[str]:
    return {path for path in paths if _safe(path) and stands(out / path)}


@dataclass(slots=True, kw_only=True)
class _Releasing:
    """One publication under way."""

    out: Path
    run: Run
    before: Mapping[str, Held]
    marks: Mapping[str, Mark]
    tally: _Tally = field(default_factory=_Tally)
    inputs: Inputs = field(default_factory=Inputs)

    def standing(self, path: str) -> bytes | None:
        """Give what stands at a path, if this run has found or made it as it should be."""
        if path not in self.tally.marks:
            return None
        try:
            return (self.out / path).read_bytes()
        except OSError:  # it is made again from what is known
            return None

    def release(self, made: Iterable[File], *, alike: bool = True) -> None:
        """Put each file in its place that is new and may be; new names last from then on.

        `alike` says that files have parts in common: a part's digest is then kept with the part,
        which of the pages of a large archive would be much.
        """
        begun = len(self.tally.written)
        for file in made:
            known = self.before.get(file.path)
            refused = _refused(file, self.run, known, self.tally.seen)
            self.tally.seen.add(file.path)
            if refused:
                self.tally.held.append(refused)
            else:
                self._release(file, known, self.inputs if alike else Inputs())
        new = self.tally.written[begun:]
        for folder in sorted({(self.out / path).parent for path in new}):
            try:
                sync(folder)
            except OSError as error:
                self._unsure([path for path in new if (self.out / path).parent == folder], error)

    def _release(self, file: File, known: Held | None, inputs: Inputs) -> None:
        path = self.out / file.path
        digest = None if file.inputs is None else inputs.digest(file.inputs)
        made_of, left = self.marks.get(file.path, (None, None))
        ours = left == stood(path)
        if digest and known is None and ours and made_of == digest:
            self.tally.unchanged += 1
        else:
            outcome = _put(self.out, file, self.run, known, proved=ours)
            if isinstance(outcome, Held):
                self.tally.held.append(outcome)
                return
            if outcome:
                self.tally.written.append(file.path)
            else:
                self.tally.unchanged += 1
        if digest:
            self.tally.marks[file.path] = (digest, stood(path))

    def _unsure(self, paths: Iterable[str], error: OSError) -> None:
        """Hold back what stands there, and may not after a power cut: it is written once more."""
        for path in paths:
            self.tally.written.remove(path)
            self.tally.marks.pop(path, None)
            reason = f"could not be written ({error.strerror}): {self.out / path}"
            self.tally.held.append(_kept(path, self.run, self.before.get(path), reason, b""))


def _refused(file: File, run: Run, known: Held | None, seen: set[str]) -> Held | None:
    """Refuse a name that could lead elsewhere, or that another file of this edition has."""
    if file.path in seen:
        return _kept(file.path, run, known, "has the name of another file", b"")
    if not _safe(file.path):
        return _kept(file.path, run, known, "has a name that is no safe file name", b"")
    return None


def _safe(path: str) -> bool:
    short = all(len(name) <= _LONGEST for name in path.split("/"))
    return short and _SAFE.fullmatch(path) is not None


def _put(out: Path, file: File, run: Run, known: Held | None, *, proved: bool) -> Held | bool:
    body = file.render()
    try:
        path = place(out, file.path)
        old = last(path)
        refused = None if old == body else judge(file.path, body, old, run, known, proved=proved)
        return refused or twin.write(path, body)
    except OSError as error:
        reason = f"could not be written ({error.strerror}): {out / file.path}"
        return _kept(file.path, run, known, reason, body)


def _kept(path: str, run: Run, known: Held | None, reason: str, body: bytes) -> Held:
    since = known.since if known else run.now
    return Held(path=path, since=since, reason=reason, digest=hashlib.sha256(body).hexdigest())
