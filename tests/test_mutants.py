"""Whatever becomes of a page's markup, it gives the same meetings or an error, never others."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from html import unescape
from random import Random
from typing import Final, TypeAlias

import pytest

from modelcity import addresses, article_page, feed
from modelcity.render import FORMS, Site
from modelcity.truth import Truth
from mutants import DRESSED, GARBLED, TORN, Mutation
from reading import NOW, ROOT, meetings_of
from records.codec import to_json
from records.errors import KallelseError
from records.terms import Status
from scraper.cities import load
from scraper.crawl import bring
from scraper.page import Page
from scraper.raw import RawBoard, RawMeeting

BORAS: Final = load("boras")
Told: TypeAlias = tuple[str | None, str, str, str]  # the page's id, whose, when, whether

SECONDS: Final = 2.0


@pytest.fixture(scope="module")
def sites(truth: Truth) -> list[Site]:
    """A part of the model city in every form: pages that are read thousands of times are short."""
    few = replace(truth, meetings=truth.meetings[:: len(truth.meetings) // 80])
    return [Site(few, form) for form in FORMS]


def pages(sites: list[Site], kind: str) -> list[tuple[str, bytes]]:
    """Give model pages of one kind, in every form."""
    found = []
    for site in sites:
        truth = site.truth
        paths = {
            "meeting": [meeting.path for meeting in truth.paged[::8]],
            "calendar": [addresses.CALENDAR],
            "listing": [addresses.COUNCIL_LISTING, addresses.BOARD_LISTING],
            "start": [addresses.START, addresses.SEED],
            "committee": [addresses.committee(truth.bodies[1]) or ""],
            "news-list": [addresses.NEWS],
            "news": [truth.articles[0].path],
            "hub": [addresses.ENTRY],
            "news-older": [article_page.page_address(2)],
            "board": [addresses.NOTICE_BOARD],
            "notice": [item.path for item in truth.notices if item.path][:3],
            "feed": [feed.ADDRESS],
        }[kind]
        found += [(path, site.page(path) or site.feed(path) or b"") for path in paths]
    return found


def read(path: str, body: bytes, kind: str) -> list[object]:
    """Give what a page says of records, or the one error that it may raise."""
    page = Page(url=f"{ROOT}{path}", body=body, fetched=NOW, charset="utf-8")
    try:
        return list(BORAS.read(bring(page, kind), kind).raws)
    except KallelseError:
        return []


def told(path: str, body: bytes, kind: str) -> list[Told]:
    """Give the meetings that a page tells of; news and notices by page or title."""
    return sorted(_told(read(path, body, kind)), key=str)


def _told(raws: list[object]) -> Iterator[Told]:
    for raw in raws:
        if not isinstance(raw, RawMeeting | RawBoard):
            words = to_json(raw)
            name = words.get("node") or words.get("title") or ""  # with neither it is no record
            yield name, type(raw).__name__, "", ""
    for meeting in meetings_of(BORAS, raws):
        yield meeting.id, meeting.committee, str(meeting.start), meeting.status


def mutants(
    found: list[tuple[str, bytes]], mutations: tuple[Mutation, ...], count: int
) -> Iterator[tuple[str, bytes, str, bytes]]:
    """Give (path, page, what was done, mutant): each mutation in turn, then the next page."""
    draw = Random(2026)  # noqa: S311 - the same mutants in each run, and no secret
    for n in range(count):
        mutation = mutations[n % len(mutations)]
        path, body = found[n // len(mutations) % len(found)]
        yield path, body, mutation.__name__, mutation(body, draw)


KINDS: Final = tuple(BORAS.parsers)
PAGES: Final = tuple(kind for kind in KINDS if kind != "feed")  # whose markup means nothing


@pytest.mark.parametrize("kind", PAGES)
def test_other_markup_around_the_same_words_reads_the_same(
    kind: str, sites: list[Site], counts: Callable[[int], int]
) -> None:
    """A redesign must not move, cancel or lose a meeting."""
    found = pages(sites, kind)
    known = {(path, body): told(path, body, kind) for path, body in found}
    assert all(known.values())
    for path, body, what, mutant in mutants(found, tuple(DRESSED), counts(600)):
        assert told(path, mutant, kind) == known[path, body], what


@pytest.mark.parametrize("kind", KINDS)
def test_broken_markup_invents_no_meeting(
    kind: str, sites: list[Site], counts: Callable[[int], int]
) -> None:
    """What is lost is lost, and the gate sees to it; nothing is there that was not."""
    found = pages(sites, kind)
    known = {(path, body): set(_days(told(path, body, kind))) for path, body in found}
    known_off = {(path, body): set(_cancelled(told(path, body, kind))) for path, body in found}
    for path, body, what, mutant in mutants(found, tuple(TORN), counts(1000)):
        found_now = told(path, mutant, kind)
        assert set(_days(found_now)) <= known[path, body], what
        assert set(_cancelled(found_now)) <= known_off[path, body], what
        said = unescape(body.decode())
        assert all(str(name) in said for name, _, when, _ in found_now if not when), what


def _days(found: list[Told]) -> Iterator[tuple[str, str]]:
    """Give whose meetings stand on which days: an hour or a link may be torn off, no day is other.

    News and notices have none, and may lose the heading or link that they were told apart by: what
    is told of them is what the page said.
    """
    return ((whose, when[:10]) for _, whose, when, _ in found if when)


def _cancelled(found: list[Told]) -> Iterator[tuple[str, str]]:
    """Give what does not take place: the word may be torn off, and is put to no other meeting."""
    return _days([one for one in found if one[3] == Status.CANCELLED])


@pytest.mark.parametrize("kind", KINDS)
def test_noise_is_an_error_or_less_and_never_a_crash(
    kind: str, sites: list[Site], counts: Callable[[int], int]
) -> None:
    """Half of the bytes may be anything."""
    found = pages(sites, kind)
    for path, body, what, mutant in mutants(found, tuple(GARBLED), counts(400)):
        begun = time.process_time()
        rows = len(read(path, mutant, kind))
        assert rows <= mutant.count(b"<") + 1, what
        assert time.process_time() - begun < SECONDS
        assert body
