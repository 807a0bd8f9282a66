"""The pages kept aside hold what they are expected to be read as, in every markup form."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, datetime
from http.client import HTTPConnection
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from lxml import html

from modelcity.addresses import HOST
from modelcity.aside import pages
from modelcity.evidence import saved
from modelcity.render import Form
from modelcity.server import ModelCity
from visiting import ALL_FORMS, truth

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NAMES = sorted(pages())
MEETINGS = [name for name in NAMES if pages()[name].kind == "meeting"]
LISTS = [name for name in NAMES if pages()[name].kind == "list"]
MONTHS = ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
          "oktober", "november", "december")  # fmt: skip
ROLES = {
    "agenda", "papers", "minutes", "immediate-minutes", "appendix", "proposal", "motion",
    "question", "resignation", "report", "other", None,
}  # fmt: skip
LAWFUL: dict[str, set[object]] = {
    "status": {"confirmed", "tentative", "cancelled", "postponed"},
    "access": {"open", "partly", "closed", "unknown"},
    "webcast": {True, False, None},
}


def said(name: str, form: Form) -> str:
    """Give what a page says to people and to scripts, without soft hyphens, with single blanks."""
    written = pages()[name].render(form).replace("&shy;", "").replace("\xad", "")
    document = html.fromstring(written.encode())
    data = " ".join(document.xpath("//body//script/text()"))
    for cell in document.iter("td", "th", "dt", "dd", "br", "li", "span", "p"):
        cell.tail = f" {cell.tail or ''}"
    told = f"{document.xpath('string(//body)')} {data}"
    return " ".join(told.replace("\xa0", " ").split())


def spellings(iso: str) -> list[str]:
    """Give a day as these pages may have written it."""
    day = date.fromisoformat(iso[:10])
    month = MONTHS[day.month - 1]
    return [
        f"{day}", f"{day:%Y/%m/%d}", f"{day.day}.{day.month}.{day.year}", f"{day.day}/{day.month}",
        f"{day.day} {month}", f"{day.day} {month[:3]}", f"{day.day}–", f"{day.day}-",
        f"{day.day} och", f"{day:%Y%m%d}",
    ]  # fmt: skip


def clocks(iso: str) -> list[str]:
    """Give a clock time as these pages may have written it."""
    moment = datetime.fromisoformat(iso)
    return [f"{moment:%H.%M}", f"{moment:%H:%M}", f"{moment.hour}.{moment:%M}", f"kl {moment.hour}"]


def test_there_are_enough_of_each_kind() -> None:
    """Forty meetings and lists at the least, and pages that must give nothing."""
    kinds = Counter(each.kind for each in pages().values())
    assert kinds["meeting"] + kinds["list"] >= 40
    assert kinds == {"meeting": 72, "list": 7, "undated": 3, "wall": 4, "page": 3}
    assert [name for name in NAMES if not pages()[name].expected] == sorted(
        ["tom-lista", *(n for n in NAMES if pages()[n].kind in {"wall", "page", "undated"})]
    )


def test_they_are_none_of_the_pages_that_have_been_seen() -> None:
    """A reader may have learnt those."""
    seen = {each.path.rpartition(".5.")[2] for each in saved().values()}
    aside = [each.path for each in pages().values()]
    assert len(set(aside)) == len(aside)
    assert seen.isdisjoint(path.rpartition(".5.")[2] for path in aside)


@pytest.mark.parametrize("name", MEETINGS + LISTS)
def test_expected_has_the_shape_of_the_seen_pages(name: str) -> None:
    """The same names, and values that the design knows."""
    (like,) = saved()["ks-2019-09-30"].expected
    for told in pages()[name].expected:
        assert set(told) == set(like)
        assert {field for field, values in LAWFUL.items() if told[field] not in values} == set()
        assert {file["role"] for file in told["files"] or []} <= ROLES
        assert all(set(file) == set(like["files"][0]) for file in told["files"] or [])
        if told["id"]:
            assert told["url"].endswith(f".5.{told['id'].removeprefix('boras:')}.html")
        for field in ("start", "end"):
            if "T" in (told[field] or ""):
                moment = datetime.fromisoformat(told[field])
                assert moment.utcoffset() == moment.astimezone(STOCKHOLM).utcoffset()


@pytest.mark.parametrize("name", MEETINGS)
@pytest.mark.parametrize("form", ALL_FORMS)
def test_a_meeting_s_page_says_what_is_expected(name: str, form: Form) -> None:
    """Nothing may be asked of a reader that no reader could find: in words, attributes or data."""
    (told,) = pages()[name].expected
    words = said(name, form)
    held = [told["heading"], told["page_name"], told["place_line"] or "", *(told["notices"] or [])]
    held += [item[part] or "" for item in told["agenda"] for part in ("title", "reference", "code")]
    held += [part for decision in told["decisions"] for part in decision.values()]
    held += [file["section"] for file in told["files"] or [] if file["section"]]
    held += [what for _, what in told["times"]]
    held += told["documents"] or []
    assert [each for each in held if " ".join(each.split()).rstrip(".") not in words] == []
    assert path_of(told) == pages()[name].path
    found = f"{words.lower()} {told['url']} {pages()[name].render(form)}"
    for field in ("start", "end"):
        if told[field]:
            assert any(each in found for each in spellings(told[field])), (field, told[field])
    if "T" in told["start"]:
        slug = told["start"][11:16].replace(":", "")
        assert any(each in found for each in [*clocks(told["start"]), slug]), told["start"]


def path_of(told: dict[str, Any]) -> str:
    """Give the path of an expected meeting's address."""
    return str(told["url"]).removeprefix(HOST)


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("form", ALL_FORMS)
def test_a_list_says_what_is_expected(name: str, form: Form) -> None:
    """Each row's day stands in it, its address is linked, and the page names its body."""
    words, written = said(name, form), pages()[name].render(form)
    for told in pages()[name].expected:
        assert any(each in words for each in spellings(told["start"])), told["start"]
        assert told["committee"] in words
        assert told["url"] is None or f'href="{path_of(told)}"' in written
        for what in (told["documents"], told["files"], told["heading"]):
            assert what is None


@pytest.mark.parametrize("name", MEETINGS + LISTS)
def test_weekdays_fit_their_dates(name: str) -> None:
    """What a page is expected to be read as must not hang on a slip of ours."""
    names = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
    pattern = rf"({'|'.join(names)})(?:en)?,? (?:den )?(\d+) ({'|'.join(MONTHS)}) (\d{{4}})"
    for spoken in re.finditer(pattern, said(name, "iso").lower()):
        day = date(int(spoken[4]), MONTHS.index(spoken[3]) + 1, int(spoken[2]))
        assert names[day.weekday()] == spoken[1], spoken[0]


@pytest.mark.parametrize("name", [name for name in NAMES if pages()[name].kind == "wall"])
def test_a_wall_stands_at_a_meeting_s_address_and_is_no_page_of_the_city(name: str) -> None:
    """The address alone looks like a meeting; the page has neither its heading nor its frame."""
    written = pages()[name].render("iso")
    assert re.search(r"sammantrade\d{12}\.5\.", pages()[name].path)
    assert "sammanträde" not in written
    assert "Dela sidan" not in written


def test_the_sidebars_of_the_article_hold_no_meeting() -> None:
    """As on the one stored page whose two headings stand over nothing."""
    written = pages()["innovation-med-sidospalter"].render("iso")
    aside = html.fromstring(written).xpath("//aside")[0]
    assert "Sammanträdeskalender" in aside.text_content()
    assert aside.xpath(".//li") == []
    assert "Tid: torsdag 12 mars 2026" in said("innovation-med-sidospalter", "iso")


@pytest.mark.parametrize("form", ALL_FORMS)
def test_every_page_can_be_served(form: Form) -> None:
    """Put into a city by path, each answers with its bytes, the same each time."""
    with ModelCity(truth(), form=form) as city:
        city.pages |= {each.path: each.render(form).encode() for each in pages().values()}
        connection = HTTPConnection(city.origin.removeprefix("http://"), timeout=5)
        for name in NAMES:
            connection.request("GET", pages()[name].path)
            answer = connection.getresponse()
            assert (answer.status, answer.read()) == (200, pages()[name].render(form).encode())
        connection.close()
