"""Another program, or other facts of a city, publish what they make of the records at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from operation.publishing import PUBLISHED
from operation.report import Report
from operation.update import update
from operation.version import build
from records.model import ZONE
from records.store import Store
from runs import LATER, MORNING, settings, stamps
from scraper.cities import City
from tiny import Row, Tiny, city, tiny


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[Tiny]:
    """Give a city that was read this morning."""
    with tiny(tmp_path) as made:
        made.show([Row(day="2026-12-03", clock="09.00")])
        made.run(MORNING)
        yield made


def again(shown: Tiny, other: City) -> Report:
    """Update later on the same day, when nothing has changed on the city's pages."""
    return update(other, settings(shown.folder, shown.model.origin, now=LATER))


def test_an_upgrade_within_the_day_publishes_what_the_new_program_makes(shown: Tiny) -> None:
    """What the old one had made otherwise is replaced, and nothing else is touched."""
    calendar = shown.folder / "public/boras/kommunstyrelsen.ics"
    before, whole = stamps(shown.folder / "public"), calendar.read_bytes()
    calendar.write_bytes(whole.replace(b"Kallelse//", b"Older//"))
    moment = settings(shown.folder, "http://127.0.0.1:1", now=MORNING).moment.astimezone(ZONE)
    with Store.open(f"sqlite:///{shown.folder / 'kallelse.db'}") as store:
        made_of, paths = json.loads(store.note("boras", PUBLISHED) or "")
        assert made_of[0] == build()
        with store.writing("boras", moment) as writer:
            writer.put_note(PUBLISHED, json.dumps([["older", *made_of[1:]], paths]))
    assert again(shown, city()).written == ("boras/kommunstyrelsen.ics",)
    assert calendar.read_bytes() == whole
    after = stamps(shown.folder / "public")
    touched = {path for path in after if after[path] != before[path]}
    assert touched <= {"status.json", "boras/kommunstyrelsen.ics", "boras/kommunstyrelsen.ics.gz"}


def test_other_facts_in_a_citys_file_are_published_within_the_day(shown: Tiny) -> None:
    """A hall's address is no page's: no record changes by it."""
    whole = city()
    facts = replace(whole.jurisdiction, places={"Stadshuset": "Stadshuset, Kungsgatan 55, Borås"})
    assert "boras/kommunstyrelsen.ics" in again(shown, replace(whole, jurisdiction=facts)).written
    assert "Kungsgatan 55" in shown.file("kommunstyrelsen.ics").replace("\\,", ",")
    assert again(shown, replace(whole, jurisdiction=facts)).written == ()
