"""Every kind of list says in every form whether a meeting takes place, and is believed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

import pytest

from modelcity import addresses
from modelcity.render import Form, Site
from modelcity.truth import Truth
from reading import MEETING, ROOT, meetings_of, page, read
from records.model import Meeting
from scraper.cities import load
from scraper.crawl import bring
from scraper.raw import RawMeeting
from visiting import ALL_FORMS

BORAS: Final = load("boras")
SHOWN: Final = {
    "calendar": {"confirmed", "cancelled", "tentative"},
    "listing": {"confirmed", "cancelled"},
    "committee": {"confirmed", "cancelled"},
    "start": {"confirmed", "cancelled"},
}
"""What each kind of list has to tell of the model city's meetings."""


def lists(truth: Truth, kind: str) -> list[str]:
    """Give the addresses of all lists of a kind."""
    of_bodies = {
        "listing": (addresses.listing, addresses.planned),
        "committee": (addresses.committee,),
    }
    found = [address(body) for address in of_bodies.get(kind, ()) for body in truth.bodies]
    others = {"calendar": (addresses.CALENDAR,), "start": (addresses.START, addresses.SEED)}
    return [path for path in (*found, *others.get(kind, ())) if path]


def listed(site: Site, kind: str) -> Iterator[Meeting]:
    """Give what each list of a kind tells by itself."""
    for path in lists(site.truth, kind):
        body = site.page(path)
        assert body is not None, path
        document = bring(page(body, f"{addresses.HOST}{path}"), kind)
        found = list(meetings_of(BORAS, BORAS.read(document, kind).raws))
        assert found, path
        yield from found


@pytest.mark.parametrize("form", ALL_FORMS)
@pytest.mark.parametrize("kind", SHOWN)
def test_a_list_says_of_each_meeting_whether_it_takes_place(
    kind: str, form: Form, truth: Truth
) -> None:
    """«Inställt» may stand in a line, a cell, a field of its own, or in script data."""
    slugs = {body.name: body.slug for body in BORAS.committees}
    expected = {
        (slugs[told["committee"]], told["start"][:10], told["id"] and told["url"]): told["status"]
        for told in truth.expected_meetings()
    }
    found = [
        ((one.committee, one.start.isoformat()[:10], one.url), str(one.status))
        for one in listed(Site(truth, form), kind)
    ]
    assert [(key, status) for key, status in found if expected[key] != status] == []
    assert {status for _, status in found} == SHOWN[kind]


def shown(body: str) -> list[RawMeeting]:
    """Give the meetings of a calendar page."""
    document = read(f"<h1>Sammanträdeskalender</h1>{body}", f"{ROOT}/sammantradeskalender")
    return [raw for raw in BORAS.read(document, "calendar").raws if isinstance(raw, RawMeeting)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (  # as definitions, the day in a badge above
            (
                "<div><span>25 nov</span></div><h3>Kulturnämnden</h3><dl><dt>Tid<dd>kl. 16.00"
                "<dt>Plats<dd>Huset<dt>Status<dd>Inställt</dl>"
                "<div><span>26 nov</span></div><h3>Valnämnden</h3><dl><dt>Tid<dd>kl. 13.00</dl>"
            ),
            [("Kulturnämnden", "Inställt"), ("Valnämnden", None)],
        ),
        (  # below names without headings
            (
                "<p>Kulturnämnden</p><p>Tid: 2026-12-07</p><p>Status: Inställt</p>"
                "<p>Anmärkning: sjukdom</p><p>Valnämnden</p><p>Tid: 2026-12-08</p>"
            ),
            [("Kulturnämnden", "Inställt | sjukdom"), ("Valnämnden", None)],
        ),
        (  # above the time, at one meeting only
            (
                "<p>Kulturnämnden</p><p>Tid: 2026-12-07</p><p>Plats: Huset</p>"
                "<p>Valnämnden</p><p>Status: Inställt</p><p>Tid: 2026-12-08</p><p>Plats: Huset</p>"
            ),
            [("Kulturnämnden", None), ("Valnämnden", "Inställt")],
        ),
        (  # between day and hour, and on the next line
            (
                "<h3>Kulturnämnden</h3><p>Datum: 7 december 2026</p><p>Status:</p><p>Inställt</p>"
                "<p>Tid: 17.00</p>"
            ),
            [("Kulturnämnden", "Inställt")],
        ),
        (  # left empty: what stands below is the next meeting's name
            (
                "<p>Kulturnämnden</p><p>Tid: 2026-12-07</p><p>Status:</p>"
                "<p>Valnämnden</p><p>Tid: 2026-12-08</p>"
            ),
            [("Kulturnämnden", None), ("Valnämnden", None)],
        ),
        (  # in the head of a table, which is read as a block and row by row
            (
                "<table><tr><th>Datum<th>Tid<th>Status</tr>"
                "<tr><td>7 december 2026<td>17.00<td>Inställt</tr></table>"
            ),
            [(None, "Inställt"), (None, None)],
        ),
    ],
)
def test_a_field_for_remarks_is_said_of_its_own_block(
    body: str, expected: list[tuple[str | None, str | None]]
) -> None:
    """A cancelled meeting would be called to, or the one beside it called off."""
    found = shown(body)
    assert [(raw.committee, raw.remark) for raw in found] == expected


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        ({"title": "KS", "subject": "Inställt"}, ("KS", "Inställt")),
        ({"title": "KS", "status": {"name": "Inställt"}}, ("KS", "Inställt")),
        ({"title": "KS", "subject": "Sjukdom", "status": "Inställt"}, ("KS", "Sjukdom | Inställt")),
        ({"title": "KS", "subject": None, "status": ""}, ("KS", None)),
        ({"title": "Mötet, inställt", "organization": "KS"}, ("Mötet, inställt", None)),
        ({"organization": "KS"}, ("KS", None)),
    ],
)
def test_state_tells_remarks_and_titles_beside_the_body(
    entry: dict[str, object], expected: tuple[str, str | None]
) -> None:
    """What script data says of a meeting is said, in whichever of its fields."""
    whole = {"uri": MEETING, "startDate": "2026-11-30T14:00", **entry}
    script = f"AppRegistry.registerInitialState('12.a', {json.dumps({'events': [whole]})});"
    (raw,) = shown(f"<script>{script}</script>")
    assert (raw.row, raw.remark, raw.stamps) == (*expected, ("2026-11-30T14:00",))
