"""Texts of any length are read in a time that grows with them, and no faster."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import process_time
from typing import Final

import pytest

from editions import CITY
from feeds.place import location
from feeds.readback import read
from records.errors import BadValue
from records.model import Place
from scraper import bodies, statuses, swedish, wording
from scraper.cities import load
from scraper.documents import document
from scraper.personal import redacted
from scraper.raw import RawFile
from tiny import Row, tiny

LENGTH: Final = 200_000
SECONDS: Final = 2
CITY_FILE: Final = load("boras")
DAY: Final = date(2026, 12, 7)
UNITS: Final = (
    *("x", "å", "7", "7 ", ": ", ".", ". ", "( ", "A-", "§", "§ 1, ", "1. ", "x:", "https://"),
    *("7 december ", "2026-12-07 ", "12/7 ", "7.30 ", "kl. 7 ", "måndag "),
    *("flyttat till ", "flyttat från ", "nytt datum ", "börjar kl ", "på grund av ", "ställs in "),
    *("öppet ", "mötet ", "protokoll ", "prot § 1 ", "alt ", "inga ", "Storgatan 1, ", "Pdf, 1"),
)


READERS: Final[Mapping[str, Callable[[str], object]]] = {
    "status": lambda text: statuses.status([text], [text], DAY),
    "new time": lambda text: statuses.new_time([text], DAY),
    "access": lambda text: wording.access([text]),
    "clock": swedish.has_clock,
    "day": lambda text: swedish.parse_moment(text, near=DAY),
    "document": lambda text: document(
        RawFile(name=text, url=None, section=text, size=text), "https://www.boras.se/"
    ),
    "place": lambda text: location(Place(name=text), CITY),
    "private": redacted,
    "body": lambda text: bodies.committee(CITY_FILE, text, None),
}


@pytest.mark.parametrize("unit", UNITS)
def test_a_long_text_is_read_in_time(unit: str) -> None:
    """Every reader of words takes 200 kB of the same: none tries it again at each letter."""
    text = (unit * (LENGTH // len(unit) + 1))[:LENGTH]
    for name, reader in READERS.items():
        begun = process_time()
        with suppress(BadValue):
            reader(text)
        assert process_time() - begun < SECONDS, name


@pytest.mark.slow
def test_what_we_write_we_read(tmp_path: Path) -> None:
    """A place of 200 kB is published in every file at once, CSV too, and the next run goes on."""
    short, other = Row(day="2026-12-07", node="aaaaaaaaaaa1"), Row(day="2026-12-14")
    with tiny(tmp_path) as city:
        city.show([short, other])
        city.run()
        city.show([replace(short, place="x" * LENGTH), other])
        begun = process_time()
        report = city.run(now="2026-11-24T16:00")
        assert process_time() - begun < 5 * SECONDS
        assert (report.exit, report.troubles) == (0, ())
        body = (tmp_path / "public/boras/data/meeting.csv").read_bytes()
    assert b"x" * LENGTH in body
    assert read("boras/data/meeting.csv", body).fault is None
