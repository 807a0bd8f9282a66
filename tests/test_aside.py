"""Pages that no parser was written by are read: markup forms, wordings and layouts kept aside.

The model's author wrote them from the evidence without having seen a parser. What is given is
counted field by field: precision is the share of what we tell that is so, recall the share of what
is so that we tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias

import pytest

from modelcity import aside, evidence
from modelcity.evidence import Saved
from modelcity.mask import mask
from modelcity.moments import FORMS, LATER_FORMS, Form
from reading import NOW, ROOT, seen
from records.codec import to_json
from records.errors import PageChanged
from records.model import Meeting
from scraper import document, meetings, normalise
from scraper.cities import load
from scraper.page import Page
from scraper.raw import RawMeeting

BORAS: Final = load("boras")
NAMES: Final = {body.slug: body.name for body in BORAS.committees}
EVERY: Final[tuple[Form, ...]] = (*FORMS, *LATER_FORMS)
ENOUGH: Final = 0.99
CERTAIN: Final = ("id", "committee", "start")
UNITS: Final = {"kB": 1024, "MB": 1024**2}
Facts: TypeAlias = dict[str, set[Any]]  # by field, what is told of one meeting


def read(saved: Saved, body: bytes) -> list[Meeting]:
    """Give the meetings of one page, read by itself; a page that is none gives none."""
    kind = "meeting" if saved.kind != "list" else "listing"
    kind = "calendar" if "kalender" in saved.path else kind
    page = Page(url=f"{ROOT}{saved.path}", body=body, fetched=NOW, charset="utf-8")
    try:
        raws = BORAS.read(document.read(page), kind).raws
    except PageChanged:
        return []
    buckets: dict[str, list[RawMeeting]] = defaultdict(list)
    for raw in raws:
        if isinstance(raw, RawMeeting):
            buckets[normalise.sighting(BORAS, raw).bucket].append(raw)
    found: list[Meeting] = []
    for bucket, own in buckets.items():
        sightings = [seen(raw, key="page", position=n) for n, raw in enumerate(own)]
        committee = normalise.committee(BORAS, bucket.partition("/")[2], sightings)
        if committee is not None:
            known, _ = meetings.meetings(BORAS, committee, sightings, {})
            found += [one.record for one in known]
    return found


def told(meeting: Meeting) -> Facts:
    """Give what we tell of a meeting; what is missing is nothing told."""
    row = to_json(meeting)
    public_from = row["public_from"] and row["public_from"][11:16]
    facts = {
        "id": [row["id"]],
        "committee": [NAMES.get(meeting.committee, meeting.committee)],
        "start": [row["start"]],
        "end": [row["end"]],
        "status": [row["status"]],
        "place": [row["location"] and row["location"]["name"]],
        "access": [row["access"]],
        "public_from": [public_from],
        "webcast": [row["webcast"]],
        "times": map(tuple, row["times"]),
        "notices": row["notices"],
        "agenda": [(it["number"], it["title"], it["code"]) for it in row["agenda"]],
        "references": [it["reference"] for it in row["agenda"]],
        "decisions": [(it["title"], it["text"]) for it in row["decisions"]],
        **{f"documents {name}": _listed(row["documents"], name) for name in _FILE},
    }
    return _facts(facts)


_FILE: Final = {"role": "role", "size": "size", "published": "uploaded", "section": "section"}


def _listed(files: Iterable[Mapping[str, Any]], name: str) -> Iterator[tuple[str, Any]]:
    return ((file["name"], _stripped(file[name])) for file in files if file[name] is not None)


def _stripped(value: Any) -> Any:  # noqa: ANN401 - a text or a number
    return value.strip() if isinstance(value, str) else value


def is_so(expected: Mapping[str, Any], page: str) -> Facts:
    """Give what is so; what a person could not tell either is not counted (see `modelcity`)."""
    files = [{**it, "size": _bytes(it["size"], page)} for it in expected["files"] or ()]
    agenda = expected["agenda"] or ()
    facts = {
        **{name: [expected[name]] for name in ("id", "committee", "start", "end", "status")},
        **{name: [expected[name]] for name in ("place", "access", "public_from", "webcast")},
        "times": map(tuple, expected["times"]),
        "notices": expected["notices"] or (),
        "agenda": [(it["number"], it["title"], it["code"]) for it in agenda],
        "references": [(it["reference"] or "").removeprefix("Dnr ") or None for it in agenda],
        "decisions": [(it["title"], it["text"]) for it in expected["decisions"]],
        **{
            f"documents {ours}": [
                (it["name"], _stripped(it[theirs])) for it in files if it[theirs] is not None
            ]
            for ours, theirs in _FILE.items()
        },
    }
    return _facts(facts)


def _facts(facts: Mapping[str, Iterable[Any]]) -> Facts:
    return {name: {it for it in values if it is not None} for name, values in facts.items()}


def _bytes(printed: Any, page: str) -> int | None:  # noqa: ANN401 - as the model has it
    """Give a size that the page shows, as a text or in bytes: some forms leave it out."""
    if not isinstance(printed, str):
        return None
    number, unit = printed.replace(",", ".").split()
    found = round(float(number) * UNITS[unit])
    return found if printed in page or str(found) in page else None


class Score:
    """What was told and what is so, counted by field."""

    def __init__(self) -> None:
        self.hits: dict[str, int] = defaultdict(int)
        self.told: dict[str, int] = defaultdict(int)
        self.so: dict[str, int] = defaultdict(int)
        self.wrong: list[str] = []

    def add(self, name: str, ours: Facts, theirs: Facts, skip: Iterable[str]) -> None:
        """Count one meeting of the page of that name."""
        for field in theirs.keys() - set(skip):
            self.hits[field] += len(ours[field] & theirs[field])
            self.told[field] += len(ours[field])
            self.so[field] += len(theirs[field])
            if ours[field] != theirs[field]:
                self.wrong.append(f"{name}: {field}: {ours[field]} for {theirs[field]}")

    def below(self, share: float) -> list[str]:
        """Give the fields whose precision or recall is below a share, and some of their errors."""
        weak = [
            field
            for field in self.so
            if self.hits[field] < share * max(self.told[field], self.so[field])
        ]
        return [*weak, *self.wrong[:20]] if weak else []


def _unjudged(expected: Mapping[str, Any]) -> list[str]:
    """Give the fields of which the model itself says that a person could not tell."""
    files = expected["files"]
    unknown = [name for name in ("notices", "agenda") if expected[name] is None]
    for ours, theirs in _FILE.items():
        if files is None or any(it[theirs] is None for it in files):
            unknown.append(f"documents {ours}")
    return unknown


def score(pages: Iterable[Saved], form: Form, *, masked: bool = False) -> Score:
    """Read pages in one form, and count what came of it."""
    counted = Score()
    for saved in pages:
        html = saved.render(form)
        found = read(saved, (mask(html, seed=7) if masked else html).encode())
        assert len(found) == len(saved.expected), f"{saved.name} gives {len(found)} meetings"
        for expected in saved.expected:
            meeting = _counterpart(found, expected)
            whole = saved.kind == "meeting"
            skip = _unjudged(expected) if whole else set(_facts_of_pages())
            skip = [*skip, *(["id"] if expected["id"] is None else [])]
            counted.add(saved.name, told(meeting), is_so(expected, html), skip)
            if whole and expected["files"] is None:
                assert not meeting.documents_known, f"{saved.name} claims to know all files"
    return counted


def _facts_of_pages() -> Iterator[str]:
    """Give the fields that a row of a list does not have."""
    yield from ("access", "public_from", "webcast", "times", "notices", "agenda", "references")
    yield from ("decisions", *(f"documents {name}" for name in _FILE))


def _counterpart(found: Iterable[Meeting], expected: Mapping[str, Any]) -> Meeting:
    ranked = sorted(
        found,
        key=lambda it: (
            it.id != expected["id"],
            to_json(it)["start"] != expected["start"],
            NAMES.get(it.committee) != expected["committee"],
        ),
    )
    return ranked[0]


SEEN: Final = [it for it in evidence.saved().values() if it.kind == "meeting"]
ASIDE: Final = list(aside.pages().values())


@pytest.mark.parametrize("form", EVERY)
def test_every_page_that_was_seen_is_read_whole_in_every_form(form: Form) -> None:
    """Headings, dates, places, files and slips as the city had them; nothing is left over."""
    assert score(SEEN, form).below(1.0) == []


@pytest.mark.slow
@pytest.mark.parametrize("form", EVERY)
def test_wordings_and_layouts_kept_aside_are_read(form: Form) -> None:
    """Start, committee and id are right in every one, all else in ninety-nine of a hundred."""
    counted = score(ASIDE, form)
    assert [line for line in counted.wrong if line.split(": ")[1] in CERTAIN] == []
    assert all(counted.hits[name] == counted.told[name] == counted.so[name] for name in CERTAIN)
    assert counted.below(ENOUGH) == []


@pytest.mark.slow
@pytest.mark.parametrize("form", EVERY)
def test_a_page_whose_classes_and_ids_are_random_is_still_read(form: Form) -> None:
    """The next redesign renames them all."""
    assert score(SEEN, form, masked=True).below(1.0) == []
    assert score(ASIDE, form, masked=True).below(ENOUGH) == []


@pytest.mark.parametrize("form", EVERY)
def test_what_is_no_meeting_gives_none(form: Form) -> None:
    """Walls, guides and articles stand at a meeting's address on a bad day."""
    nothing = [it for it in ASIDE if not it.expected]
    assert len(nothing) >= 10
    assert [it.name for it in nothing if read(it, it.render(form).encode())] == []
