"""What a walk gave, put into the store: pages, sightings and the records made of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from operation import absence, board, placing
from operation.absence import Watch
from operation.placing import MEETINGS, NODE, Placed
from operation.proof import looked
from operation.replaced import leave, replaced
from records.codec import to_json
from records.errors import LETTER
from records.model import Change, Committee, Meeting, NewsItem, Provenance, Record, identity
from records.state import SourceState
from records.store import Store
from records.terms import Cause
from records.writer import Writer
from scraper import articles, making, normalise
from scraper.cities import City
from scraper.crawl import Failure, Gone, Outcome, Read, Unchanged, fails, forbidden
from scraper.identity import days
from scraper.known import AnyKnown
from scraper.making import Made
from scraper.normalise import UNPLACED

UNDATED = "undated"
"""The note that counts, by bucket, the meetings that were seen without a day."""

COMMITTEES: Final = "committees"
"""The note of what the records of the city's own committees were last made of, beside its pages."""

_NEWS: Final = "news/"


@dataclass(slots=True)
class Gathered:
    """What was learnt: changes, and how many revisions.

    `made` are the records that were made anew, changed or not, by their identity. `undated` counts
    meetings without a day, `nameless` notices that nothing tells apart; `notes` are pages that were
    not read, and whose source has not failed by that; `doubted` says why sources are not believed.
    `learnt` says that any source was read.
    """

    changes: list[Change] = field(default_factory=list)
    revised: int = 0
    undated: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    nameless: int = 0
    made: dict[str, Record] = field(default_factory=dict)
    doubted: dict[str, str] = field(default_factory=dict)
    learnt: bool = False


def gather(  # noqa: PLR0913 - what was seen, by which sources, and where it is written
    city: City,
    store: Store,
    writer: Writer,
    outcomes: Sequence[Outcome],
    *,
    states: Sequence[SourceState],
    watch: Watch,
) -> Gathered:
    """Write what the pages said, and make records of every group of which a sighting changed.

    What only our own reading changed comes first, and as a correction: what a page says anew is
    then told on top of it, and apart from it. `watch` learns which pages show a meeting to come.
    """
    gathering = _Gathering(
        city=city,
        store=store,
        writer=writer,
        watch=watch,
        found=Gathered(undated=json.loads(store.note(city.slug, UNDATED) or "{}")),
    )
    ours = [one for one in outcomes if isinstance(one, Read) and one.ours]
    if ours:
        gathering.correct(ours)
    gathering.learn(outcomes)
    found = gathering.found
    nameless = days(writer.sightings(UNPLACED))
    seen = looked(outcomes, states, city.page_budget, found.undated, nameless)
    verdict = watch.judge(writer, seen)
    found.changes += verdict.changes
    found.doubted = verdict.doubted
    found.notes += (*_unread(outcomes), *verdict.problems)
    found.revised = writer.revised
    found.learnt = any(state.ok for state in states)
    writer.put_note(UNDATED, json.dumps(found.undated, sort_keys=True))
    return found


def _unread(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Say what was not read, though no source has failed by it."""
    dead = [one.state.url for one in outcomes if isinstance(one, Gone) and not one.state.fetched]
    if dead:
        yield (
            f"The city's lists lead to {len(dead)} pages that it does not have: {dead[0]} is the"
            " first, and what the lists say of them stands"
        )
    for state in replaced(outcomes).values():
        yield (
            f"{state.url} is gone, and another page of its kind was read: what the old one said"
            " is let go when a run of another day finds the same"
        )
    excused = [one for one in outcomes if isinstance(one, Failure) and not fails(one)]
    closed = [one.link.url for one in excused if forbidden(one)]
    if closed:
        yield (
            f"robots.txt asks that {len(closed)} pages are left alone: {closed[0]} is the first,"
            f" and {LETTER} asks the city for leave"
        )
    yield from (str(one.error) for one in excused if not forbidden(one))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gathering:
    """One run's writing under way."""

    city: City
    store: Store
    writer: Writer
    watch: Watch
    found: Gathered

    def correct(self, ours: Sequence[Read]) -> None:
        """Write pages that were read again; all their records are made again, by today's rules."""
        for one in ours:
            self.writer.saw(one.state, one.sightings, one.snapshot)
        said = {sighting.bucket for one in ours for sighting in one.sightings}
        self._make(said | self.writer.touched, Cause.CORRECTION)
        self._post(ours, Cause.CORRECTION)
        self.writer.touched.clear()

    def learn(self, outcomes: Sequence[Outcome]) -> None:
        """Write what the city says now."""
        for outcome in outcomes:
            match outcome:
                case Read(state=state, sightings=sightings, snapshot=snapshot, ours=False):
                    self.writer.saw(state, sightings, snapshot)
                case Unchanged(state=state, asked=True) | Gone(state=state):
                    self.writer.asked(state)
                case _:
                    pass
        self.watch.leave(leave(self.writer, outcomes, self.watch.now.date()))
        unmet = self.writer.buckets("meeting") if self.watch.new else set[str]()
        self._make(self.writer.touched | unmet, Cause.CITY)
        fetched = [one for one in outcomes if not (isinstance(one, Read) and one.ours)]
        self._post(fetched, Cause.CITY)

    def _make(self, buckets: Iterable[str], cause: Cause) -> None:
        """Make committees and meetings, then the news that name them."""
        self._known_committees()
        every = sorted(it for it in buckets if it.startswith((MEETINGS, _NEWS)))
        if not every:
            return
        meetings = [bucket for bucket in every if bucket.startswith(MEETINGS)]
        placed = placing.place(
            meetings,
            sightings=self.writer.sightings,
            scopes=self.writer.identified(MEETINGS, NODE),
            stood=self._committee,
        )
        for bucket in placed.seen:
            self._meetings(bucket, placed, cause)
        named = placing.named(self.writer.identified(MEETINGS, NODE))
        for bucket in (it for it in every if it.startswith(_NEWS)):
            seen, known = self.writer.sightings(bucket), self.writer.identities(bucket)
            self._records(bucket, making.make(self.city, bucket, seen, known, named), cause)

    def _committee(self, name: str) -> str | None:
        """Give the committee that has a meeting, by its local id."""
        newest = self.writer.newest(Meeting, f"{self.city.slug}:{name}")
        return newest.record.committee if newest else None

    def _meetings(self, bucket: str, placed: Placed, cause: Cause) -> None:
        """Make a committee's meetings; whoever else names one of them finds the same."""
        made = making.make(
            self.city,
            bucket,
            placed.seen[bucket],
            placed.keys(bucket) | self.writer.identities(bucket),
            starts=self.watch.starts(bucket),
            elsewhere=placed.elsewhere.get(bucket, ()),
        )
        self._records(bucket, made, cause)
        given = self.writer.identities(bucket)
        for node, buckets in placed.shared.items():
            for other in buckets if NODE + node in given else ():
                self.writer.identify(other, {NODE + node: given[NODE + node]})

    def _records(self, bucket: str, made: Made, cause: Cause) -> None:
        self._new_committee(made, cause)
        stays = [one for one in made.known if not self.writer.forgets(identity(one.record))]
        self.watch.met(bucket, stays)
        for known in map(self._lasting, stays):
            given = identity(known.record).partition(":")[2]
            self.writer.identify(bucket, dict.fromkeys(known.keys, given))
            record, withdrawn = absence.standing(self.writer, known)
            pages = [one.page.key for one in known.seen]
            self._save(record, known.provenance, cause, withdrawn=withdrawn, pages=pages)
        self.found.undated.pop(bucket, None)
        if made.unmade:
            self.found.undated[bucket] = made.unmade

    def _lasting(self, known: AnyKnown) -> AnyKnown:
        """Give an article with what a list told of it and now tells no more."""
        if not isinstance(known.record, NewsItem):
            return known
        last = self.writer.newest(NewsItem, known.record.id)
        return articles.lasting(known, known.seen, last) if last else known

    def _post(self, outcomes: Sequence[Outcome], cause: Cause) -> None:
        posted = board.post(self.city, self.writer, outcomes, cause)
        self.found.changes += posted.changes
        self.found.nameless = posted.nameless

    def _known_committees(self) -> None:
        """Write the committees of the city's file: one without meetings has a calendar too.

        What the file says is no reading of ours: it is told, such as that one ends. One stands as
        it was while the file says the same of it, and its pages do, read by the same parsers.
        """
        file = hashlib.sha256(json.dumps(to_json(self.city.committees)).encode()).hexdigest()
        made_of = f"{self.city.parser_version} {file}"
        same = self.writer.note(COMMITTEES) == made_of
        for body in self.city.committees:
            bucket = f"committee/{body.slug}"
            if same and bucket not in self.writer.touched:
                continue
            seen = self.writer.sightings(bucket)
            record = normalise.committee(self.city, body.slug, seen) or body
            self._save(record, self._from_file(), Cause.CITY)
        if not same:
            self.writer.put_note(COMMITTEES, made_of)

    def _from_file(self) -> Provenance:
        return Provenance(
            url=self.city.jurisdiction.url,
            fetched=self.watch.now,
            content_hash="",
            parser=self.city.parser_version,
        )

    def _new_committee(self, made: Made, cause: Cause) -> None:
        """Write a committee that the city's file does not know, by its first meeting."""
        body = made.body
        if body is None or any(own.slug == body.slug for own in self.city.committees):
            return
        if made.known:
            self._save(body, made.known[0].provenance, cause)

    def _save(
        self,
        record: Record,
        provenance: Provenance,
        cause: Cause,
        *,
        withdrawn: bool = False,
        pages: Iterable[str] = (),
    ) -> None:
        self.found.made[identity(record)] = record
        self.found.changes += self.writer.save(
            record, provenance, cause=cause, withdrawn=withdrawn, pages=pages
        )


def counts(store: Store, city: City, found: Gathered) -> dict[str, int]:
    """Give how many records of each kind there are, and how many meetings named no day."""
    return {
        "committees": store.count(city.slug, Committee),
        "meetings": store.count(city.slug, Meeting),
        "news": store.count(city.slug, NewsItem),
        "notices": board.hanging(store, city.slug),
        "undated": sum(found.undated.values()),
        "changes": len(found.changes),
    }
