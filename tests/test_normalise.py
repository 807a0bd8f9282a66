"""Sightings become records: title, place, status, agenda and notices as the city has them."""

from __future__ import annotations

from dataclasses import replace

from reading import MEETING, ROOT, seen
from scraper.cities import load
from scraper.normalise import UNPLACED, committee, sighting
from scraper.raw import RawCommittee, RawMeeting, RawNews

BORAS = load("boras")
KS = next(body for body in BORAS.committees if body.slug == "kommunstyrelsen")
VALN = next(body for body in BORAS.committees if body.slug == "valnamnden")
PAGE = RawMeeting(
    where="page",
    committee="Kommunstyrelsen",
    url=MEETING,
    node="1f2b506b1969f6e96e7e186",
    heading="Kommunstyrelsen , sammanträde 2026-11-30 14.00",
)
ROW = RawMeeting(where="calendar", committee="Kommunstyrelsen", time="2026-11-30 kl. 14.00")


def test_each_sighting_has_its_bucket() -> None:
    """What speaks of one record is normalised together; a meeting of nobody is counted."""
    news = RawNews(where="page", url=f"{ROOT}/nyheter/a", node="1f2b506b", title="x")
    assert sighting(BORAS, news).bucket == "news/1f2b506b"
    assert sighting(BORAS, replace(news, node=None)).bucket == "news//nyheter/a"
    assert sighting(BORAS, RawCommittee(name="Valnämnden", url="x")).bucket == (
        "committee/valnamnden"
    )
    assert sighting(BORAS, RawCommittee(name="", url=ROOT)).bucket == "committee/"
    assert sighting(BORAS, PAGE).bucket == f"{UNPLACED}kommunstyrelsen"
    assert sighting(BORAS, replace(ROW, committee=None)).bucket == UNPLACED


def test_a_committee_is_the_citys_own_or_as_its_meetings_name_it() -> None:
    """Its page's address comes from its page where the city's file has none."""
    page = seen(RawCommittee(name="Valnämnden", url=f"{ROOT}/valn"))
    assert committee(BORAS, "valnamnden", [seen(ROW), page]) == replace(VALN, url=f"{ROOT}/valn")
    assert committee(BORAS, "kommunstyrelsen", [page]) == KS
    new = committee(
        BORAS, "klimatnamnden", [seen(ROW), seen(replace(ROW, committee="Klimatnämnden"))]
    )
    assert new is not None
    assert new.name == "Klimatnämnden"
    assert committee(BORAS, "ingen", []) is None
