"""Each page of the city that has been seen has its model, in the same order and with its slips."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from http.client import HTTPConnection

import pytest
from lxml import html

from modelcity import evidence
from modelcity.evidence import saved
from modelcity.render import Form
from modelcity.server import ModelCity
from modelcity.truth import build
from visiting import ALL_FORMS

NAMES = sorted(saved())
MEETINGS = [name for name in NAMES if saved()[name].kind == "meeting"]
SCRIPTED = {"state", "elements"}
SLUG = re.compile(r"sammantrade(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)\.5\.")


def text(name: str, form: Form) -> str:
    """Give the words of a page's own part, with single blanks and images by their text."""
    document = html.fromstring(saved()[name].render(form).encode())
    for image in document.iter("img"):
        image.tail = f" {image.get('alt')} {image.tail or ''}"
    for cell in document.iter("td", "th", "dt", "dd"):
        cell.tail = f" {cell.tail or ''}"
    return " ".join(document.xpath("string(//main)").split())


def test_every_page_that_was_seen_is_here() -> None:
    """Twenty-six meetings, three pieces of news, five boards, four others."""
    kinds = Counter(each.kind for each in saved().values())
    assert kinds == {"meeting": 26, "news": 3, "board": 5, "page": 4}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ALL_FORMS)
def test_every_form_parses_and_says_it_is_a_model(name: str, form: Form) -> None:
    """Nobody may take one of them for the city's own page."""
    written = saved()[name].render(form)
    assert "<!-- Modell: " in written.partition("</head>")[0]
    assert len(html.fromstring(written.encode()).xpath("//h1")) == 1


@pytest.mark.parametrize("name", MEETINGS)
@pytest.mark.parametrize("form", [form for form in ALL_FORMS if form not in SCRIPTED])
def test_a_meeting_stands_in_the_order_it_was_seen_in(name: str, form: Form) -> None:
    """Heading, place, then files, agenda and decisions as they came; the page's name at the end."""
    (told,) = saved()[name].expected
    said = text(name, form)
    label = "Plats" if form == "badges" else "Plats:"
    parts = [told["heading"], f"{label} {told['place_line']}", *(told["documents"] or [])]
    place = 0
    for part in [*parts, f"Dela sidan: [{told['created']}] {told['page_name']}"]:
        place = said.find(" ".join(part.split()), place)
        assert place >= 0, part
    assert all(item["title"] in said for item in told["agenda"])


@pytest.mark.parametrize("name", MEETINGS)
def test_address_and_name_agree_on_the_moment(name: str) -> None:
    """Two signals of one value, as on every page that was seen."""
    (told,) = saved()[name].expected
    slug = SLUG.search(saved()[name].path)
    assert slug is not None
    stamp = "{}-{}-{} {}.{}".format(*slug.groups())
    assert stamp in told["page_name"]
    assert told["start"].startswith(stamp.replace(" ", "T").replace(".", ":"))


def test_the_one_typed_time_is_typed_in_every_form() -> None:
    """The page of 2020 had plain text where later ones have an element."""
    for form in ALL_FORMS:
        label = "Tid" if form == "badges" else "Tid:"
        assert f"{label} 2020-06-08 13.00" in text("kun-2020-06-08", form)


@pytest.mark.parametrize(
    ("name", "slip"),
    [
        ("fskn-2018-09-27", "Förskolenämnden , sammanträde 2018-09-27 17.00"),
        ("fskn-2021-06-17", "protokoll.pdfPdf, 497.8 kB. 497.8 kB 2021-06-18 07.53"),
        ("ks-2020-03-02", "Kommunstyrelsens startar direkt efter Borås Stadshus AB"),
        ("kun-2021-05-17", "ärendelistaPDF"),
        ("kun-2022-08-22", "5.Almänhetens frågestund"),
        ("news-2019-09-16-ks-besluten", "härlänk till annan webbplats, öppnas i nytt fönster."),
        ("anslagstavla-2021-06", "Protokollet justerades: 2021-016-17"),
        ("anslagstavla-2021-06", "hölls: 2021-06-15Protokollet justerades: 2021-06-16"),
        ("anslagstavla-2019-12", "Protokollet för nedladdninglänk till annan webbplats"),
        ("page-forfattningssamling-2019", "Senast ändrad: 2019-02-04 12.53"),
        ("page-forfattningssamling-2019", "g q n C"),
    ],
)
def test_a_slip_is_as_it_was(name: str, slip: str) -> None:
    """A reader is tried by what is wrong, so it must be wrong in the same way."""
    assert slip in text(name, "iso")


def test_headings_over_nothing_are_not_no_documents() -> None:
    """Whether a script draws the list or nothing is there, cannot be seen."""
    unknown = [name for name in MEETINGS if saved()[name].expected[0]["documents"] is None]
    assert unknown == ["kun-2023-05-15", "kun-2023-10-23"]


def test_a_broken_date_is_none_and_told() -> None:
    """The board printed a month of three digits; the other items are sound."""
    items = saved()["anslagstavla-2021-06"].expected
    assert [item["broken"] for item in items if item["broken"]] == [["2021-016-17"]]
    assert [item["adjusted"] for item in items].count(None) == 1


def test_they_are_served_under_their_own_addresses() -> None:
    """Put into a city, they answer as its pages do; a board is asked for by name."""
    with ModelCity(build(date(2026, 11, 23)), form="text") as city:
        city.pages |= evidence.pages("text")
        city.pages |= evidence.pages("text", "anslagstavla-2024-04")
        connection = HTTPConnection(city.origin.removeprefix("http://"), timeout=5)
        for name in ("kf-2020-10-15", "news-2022-02-25-ackumulatortanken", "anslagstavla-2024-04"):
            connection.request("GET", saved()[name].path)
            answer = connection.getresponse()
            assert (answer.status, answer.read()) == (200, saved()[name].render("text").encode())
        connection.close()
