"""What the parsers find on one page and what they do not, for a person who mends them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final

from records.codec import from_json
from records.errors import PageChanged
from records.model import Problem
from records.state import PageState, Seen
from scraper import making
from scraper.cities import City, Reading
from scraper.document import Document
from scraper.known import AnyKnown
from scraper.lines import Line
from scraper.normalise import sighting
from scraper.raw import Raw, RawMeeting
from scraper.signals import told

_WORDS: Final[Mapping[str, str]] = {
    "adjusted": "no «Protokollet justerades»",
    "agenda": "no agenda below «Ärendelista», «Föredragningslista» or the like",
    "body": "no text below the heading",
    "committee": "no committee's name",
    "decisions": "no «Sammanfattning av beslut» or «Beslut i korthet»",
    "document": "no link to the minutes",
    "document_name": "no words on the link to the minutes",
    "files": "no list of files: there are none, or a script draws them",
    "held": "no «Sammanträdet hölls»",
    "heading": "no main heading (h1)",
    "image": "no image",
    "image_text": "no text of an image",
    "intro": "no text before time and place",
    "kept_at": "no «Protokollet finns hos»",
    "links": "no link to a meeting or a committee",
    "modified": "no «Senast ändrad», or no upload stamp of a file",
    "node": "no node id in the address",
    "notes": "no notices after time and place",
    "place": "no visible label «Plats»",
    "place_url": "no link at the place",
    "posted": "no «Anslaget den»",
    "published": "no visible label «Publicerad»",
    "section": "no heading above a file",
    "share_date": "no day in brackets after «Dela sidan»",
    "share_name": "no page name after «Dela sidan»",
    "row": "no words with a day",
    "size": "no size of a file",
    "stamps": "no machine-readable time, such as <time datetime>",
    "summary": "no introduction",
    "time": "no visible label «Tid»",
    "until": "no «Anslaget tas ner»",
    "url": "no link to a page of its own",
}
"""What is missing where a field of a sighting is empty; a field that is not here is called by its
name."""

_OF_PAGES: Final = frozenset(
    {"agenda", "body", "decisions", "files", "heading", "image", "intro", "links", "notes"}
    | {"share_date", "share_name"}
)
"""What no row of a list is looked through for."""

_OF_ROWS: Final = frozenset({"row"})
"""What a page of its own does not have."""

_ASIDE: Final = frozenset({"year", "drawn", "immediate", "more", "remark"})
"""What most pages rightly lack: nothing is missing there."""

_INSTEAD: Final[Mapping[str, tuple[str, ...]]] = {
    "row": ("time", "stamps"),
    "time": ("row",),
    "stamps": ("row",),
}
"""What may stand in a field's place: a row says its day beside a label, or in its own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What one page gave.

    `raws` are its own words, `known` the records that these words alone make, `told` every signal
    that told a meeting's time. `missing` says what was looked for and not found, `doubts` what
    disagreed or could not be read, `leads` how many links of each kind were found.
    """

    kind: str
    raws: tuple[Raw, ...]
    known: tuple[AnyKnown, ...]
    told: tuple[str, ...]
    missing: tuple[str, ...]
    doubts: tuple[Problem, ...]
    leads: Mapping[str, int]


def find(city: City, page: Document, state: PageState) -> Findings:
    """Read a page of the kind that its state names; PageChanged where it is no such page."""
    reading = city.read(page, state.kind)
    seen = tuple(
        Seen(page=state, position=n, sighting=sighting(city, raw))
        for n, raw in enumerate(reading.raws)
    )
    made = list(_made(city, seen))
    known = tuple(one for each in made for one in each.known)
    return Findings(
        kind=state.kind,
        raws=reading.raws,
        known=known,
        told=tuple(dict.fromkeys(text for one in seen for text in signals(one))),
        missing=tuple(missing(reading.raws)),
        doubts=(*_doubts(known), *_unmade(made)),
        leads=Counter(link.kind for link in reading.links),
    )


def signals(seen: Seen) -> Iterator[str]:
    """Say what each signal of a sighting tells of a meeting's time."""
    if seen.sighting.bucket.startswith("meeting/"):
        raw = from_json(RawMeeting, seen.sighting.data)
        yield from (str(one) for one in told(raw, seen)[0])


def readable(city: City, page: Document) -> Iterator[tuple[str, Reading]]:
    """Give each kind as which a page can be read, with what it gives then."""
    for kind in city.parsers:
        try:
            yield kind, city.read(page, kind)
        except PageChanged:
            continue


def _made(city: City, seen: Sequence[Seen]) -> Iterator[making.Made]:
    buckets: dict[str, list[Seen]] = defaultdict(list)
    for one in seen:
        buckets[one.sighting.bucket].append(one)
    for bucket, own in sorted(buckets.items()):
        yield making.make(city, bucket, own, {})


def _doubts(known: Sequence[AnyKnown]) -> Iterator[Problem]:
    for one in known:
        yield from one.record.problems


def _unmade(made: Sequence[making.Made]) -> Iterator[Problem]:
    count = sum(one.unmade for one in made)
    if count:
        text = f"{count} sightings name no day, or no committee: they would be in no calendar"
        yield Problem(code="unmade", text=text)


def missing(raws: Sequence[object]) -> Iterator[str]:
    """Say what was looked for in sightings and not found, with how many lack it."""
    groups: dict[tuple[type, str], list[Any]] = defaultdict(list)
    for raw in raws:
        groups[type(raw), getattr(raw, "where", "")].append(raw)
    for (_, where), own in groups.items():
        for field in fields(own[0]):
            lacking = sum(_lacks(one, field.name) for one in own)
            if lacking and _is_looked_for(field.name, where):
                words = _WORDS.get(field.name, f"no {field.name.replace('_', ' ')}")
                yield words if len(own) == 1 else f"{words} ({lacking} of {len(own)})"
            yield from missing(list(_inside(getattr(one, field.name) for one in own)))


def _is_looked_for(field: str, where: str) -> bool:
    others = _OF_ROWS if where in {"page", ""} else _OF_PAGES
    return field not in others | _ASIDE


def _lacks(raw: object, field: str) -> bool:
    names = (field, *_INSTEAD.get(field, ()))
    return all(getattr(raw, name, None) in (None, "", ()) for name in names)


def _inside(values: Iterator[Any]) -> Iterator[object]:
    for value in values:
        if isinstance(value, tuple):
            yield from (it for it in value if is_dataclass(it) and not isinstance(it, Line))
