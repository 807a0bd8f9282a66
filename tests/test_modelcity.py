"""The model city is whole, and the same every day that it is built for, in every markup form."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from lxml import html

from modelcity import addresses
from modelcity.render import SEED, SEED_STRIPPED, Form
from modelcity.server import ModelCity
from modelcity.truth import build
from modelcity.words import BANNER
from visiting import ALL_FORMS, TODAY, Visitor, links, page, site, states, texts, truth

NAMES: Final = (
    "Kommunfullmäktige", "Kommunstyrelsen", "Borås Stadshus AB", "Kulturnämnden",
    "Arbetslivsnämnden", "Förskolenämnden", "Grundskolenämnden",
    "Gymnasie- och vuxenutbildningsnämnden", "Lokalförsörjningsnämnden", "Tekniska nämnden",
    "Samhällsbyggnadsnämnden", "Servicenämnden", "Miljö- och konsumentnämnden",
    "Fritids- och folkhälsonämnden", "Individ- och familjeomsorgsnämnden",
    "Vård- och äldrenämnden", "Sociala omsorgsnämnden", "Överförmyndarnämnden", "Valnämnden",
    "Revisorskollegiet", "Södra Älvsborgs Räddningstjänstförbund",
)  # fmt: skip
MEETING: Final = re.compile(
    r"/kommunochpolitik/kommunensorganisation/[a-z/]+/"
    r"[a-z]+sammantrade(\d{8})(?:kl)?(\d{4})\.5\.([0-9a-f]{21,24})\.html"
)


def rows(form: Form, markup: str) -> list[dict[str, str | None]]:
    """Give name and time of each meeting in the sidebar of a page, however it is drawn."""
    sidebars = markup.partition("<aside")[2].partition("</aside>")[0]
    if form in {"state", "elements"}:
        (events,) = (data["events"] for data in states(sidebars) if "events" in data)
        told = "fromDate" if form == "state" else "startDate"
        return [{"name": event["title"], "time": event[told]} for event in events]
    beside = html.fromstring(sidebars.partition("Sammanträdeskalender</h2>")[2])
    if form == "table":
        cells = [texts(row, "td") for row in beside.iter("tr")]
        return [{"name": cell[0], "time": cell[1]} for cell in cells if cell]
    items = [(texts(item, "h3")[0], texts(item, "p", "dd")[0]) for item in beside.iter("li")]
    return [{"name": name, "time": told.removeprefix("Tid: ")} for name, told in items]


@pytest.mark.slow
def test_a_day_has_one_truth() -> None:
    """What a reader should find cannot hang on the run that built it."""
    again = build(TODAY)
    assert again == truth()
    assert again.expected_meetings() == truth().expected_meetings()
    assert build(date(2026, 11, 24)) != truth()


@pytest.mark.slow
def test_every_process_renders_the_same_bytes() -> None:
    """Python hashes text anew in each process, and pages must not notice."""
    code = (
        "from datetime import date; from hashlib import sha256; from modelcity.truth import build;"
        "from modelcity.render import Site; s = Site(build(date(2026, 11, 23)), 'iso');"
        "print(sha256(b''.join(s.page(a) for a in s.addresses)).hexdigest())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=Path(__file__).parents[1],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


def test_the_city_is_as_large_as_the_real_one() -> None:
    """A page budget that was never strained proves nothing."""
    assert len(truth().paged) >= 400
    assert len({meeting.node for meeting in truth().paged}) == len(truth().paged)


def test_a_longer_archive_is_the_same_city_with_more_years() -> None:
    """Costs are compared over the size of the archive and of nothing else."""
    long = build(TODAY, scale=2)
    assert len(long.paged) > 1.5 * len(truth().paged)
    assert long.coming == truth().coming


def test_every_body_that_was_seen_is_named() -> None:
    """By the truth, and on the pages where a reader would learn of it."""
    assert {body.name for body in truth().bodies} == set(NAMES)
    lists = (addresses.COMMITTEES, addresses.CALENDAR, addresses.NOTICE_BOARD)
    shown = [page("iso", address) for address in lists]
    shown += [item.committee for item in build(date(2026, 11, 1)).notices]  # seen there alone
    assert [name for name in NAMES if name not in " ".join(shown)] == []


def test_addresses_follow_the_city_s_grammar() -> None:
    """Committee, day and clock in the slug, identity at the end; last year's in the archive."""
    for meeting in truth().paged:
        match = MEETING.fullmatch(meeting.path)
        assert match, meeting.path
        assert "".join(match.groups()[:2]) == f"{meeting.start:%Y%m%d%H%M}"
        assert match[3] == meeting.node
        if meeting.body.archive is not None:
            folder = meeting.path.rsplit("/", 2)[1]
            assert (folder == meeting.body.archive) is (meeting.start.year < TODAY.year)
    files = [file.path for meeting in truth().meetings for file in meeting.files]
    assert [f for f in files if not re.fullmatch(r"/download/18\.[0-9a-f]+/\d{13}/[^/ ]+", f)] == []


@pytest.mark.slow
def test_every_link_leads_somewhere() -> None:
    """A crawler that meets a dead end has found the city's fault, not the model's."""
    pages = site("iso").addresses
    asked = set(pages).union(*(links(page("iso", address)) for address in pages))
    with ModelCity(truth()) as city:
        visitor = Visitor(city)
        lost = {path for path in asked if visitor.ask(path, method="HEAD").status != 200}
        visitor.close()
    assert lost == set()
    assert len(asked) > len(pages)


@pytest.mark.slow
@pytest.mark.parametrize("form", ALL_FORMS[1:])
def test_links_do_not_hang_on_the_form(form: Form) -> None:
    """Every tenth page, and the few from which all else is found."""
    pages = site(form).addresses
    sample = {*pages[:10], *pages[::10]}
    with ModelCity(truth(), form=form) as city:
        visitor = Visitor(city)
        asked = sample.union(*(links(page(form, address)) for address in sample))
        assert [path for path in asked if visitor.ask(path, method="HEAD").status != 200] == []
        visitor.close()


@pytest.mark.slow
@pytest.mark.parametrize("form", ALL_FORMS)
def test_every_meeting_can_be_found_from_the_start_page(form: Form) -> None:
    """Nobody is told an address: what is not linked is not there."""
    known, queue = {"/"}, ["/"]
    while queue:
        found = links(page(form, queue.pop())) - known
        known |= found
        queue += [path for path in found if site(form).page(path)]
    assert {meeting.path for meeting in truth().paged} <= known


@pytest.mark.slow
@pytest.mark.parametrize("form", ALL_FORMS)
def test_every_page_has_the_city_s_frame(form: Form) -> None:
    """All that a parser must read past stands on all pages, and each says that it is a model."""
    for address in site(form).addresses:
        written = page(form, address)
        document = html.fromstring(written)
        (heading,) = texts(document, "h1")
        assert heading, address
        assert "<!-- Modell: " in written.partition("</head>")[0], address
        assert "Modell: " in texts(document, "footer")[0], address
        logos = [image.get("alt") for image in document.iter("img")][:3]
        assert logos == ["Logotyp för Borås Stad"] * 3, address
        told = texts(document, "main")[0]
        assert 0 <= told.find(BANNER) < told.rfind(heading), address
        assert 'class="contact" data-cid=' in written, address
        assert "Dela sidan: " in told, address


@pytest.mark.parametrize("form", ALL_FORMS)
def test_ordinary_pages_have_both_sidebars(form: Form) -> None:
    """The next five meetings of the whole city stand beside pages about anything; not articles."""
    articles: set[str | None] = {meeting.path for meeting in truth().paged}
    articles |= {each.path for each in truth().articles} | {each.path for each in truth().notices}
    five = [meeting.body.name for meeting in truth().coming[:5]]
    for address in site(form).addresses:
        written = page(form, address)
        assert ("<aside" in written) is (address not in articles), address
        if address in articles or address in {SEED, SEED_STRIPPED}:
            continue
        beside = html.fromstring(written.partition("<aside")[2])
        headings = texts(beside, "h3" if form == "elements" else "h2")
        assert headings[:2] == ["Nyheter", "Sammanträdeskalender"]
        assert [row["name"] for row in rows(form, written)] == five, address


@pytest.mark.parametrize("form", ALL_FORMS)
def test_the_seed_page_shows_five_meetings(form: Form) -> None:
    """In the order that a saved page of the city had them, one body twice on different days."""
    found = rows(form, page(form, SEED))
    assert [row["name"] for row in found] == [
        "Kommunstyrelsen", "Borås Stadshus AB", "Kommunstyrelsen", "Arbetslivsnämnden",
        "Kulturnämnden",
    ]  # fmt: skip
    assert [row["name"] for row in found] == [each.body.name for each in truth().queue]
    assert all(re.search(r"\d", row["time"] or "") for row in found)


@pytest.mark.parametrize("form", ALL_FORMS)
def test_the_stripped_seed_page_has_lost_its_times(form: Form) -> None:
    """As text extraction left it: the same rows, «kl.» and nothing on either side."""
    found = rows(form, page(form, SEED_STRIPPED))
    assert [row["name"] for row in found] == [each.body.name for each in truth().queue]
    assert {row["time"] for row in found} == {None if form in {"state", "elements"} else "kl."}
