"""The forms that came later are like no form before, and leave out nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from lxml import html

from modelcity import addresses
from modelcity.evidence import saved
from modelcity.moments import badge
from modelcity.render import FORMS, LATER_FORMS, Form
from modelcity.swedish import size_in_bytes
from visiting import page, states, truth


def meeting_page(form: Form, name: str) -> html.HtmlElement:
    """Give the main part of a meeting's page that has been seen."""
    return html.fromstring(saved()[name].render(form).encode()).get_element_by_id("Innehall")


def data(form: Form, address: str, key: str) -> list[dict[str, Any]]:
    """Give the rows that a page hands to a script under a key, without its sidebars."""
    main = page(form, address).partition("<aside")[0]
    (rows,) = (told[key] for told in states(main) if key in told)
    assert isinstance(rows, list)
    return rows


def test_the_five_stay_as_they_were() -> None:
    """Readers were written by these, so the later ones are named apart."""
    assert FORMS == ("iso", "split", "text", "state", "table")
    assert LATER_FORMS == ("badges", "elements")


def test_badges_have_label_and_value_in_a_definition_list() -> None:
    """The label without its colon, the date in pieces."""
    facts = meeting_page("badges", "ks-2019-09-30").xpath(".//dl")[0]
    told = {dt.text: " ".join(dt.getnext().text_content().split()) for dt in facts.iter("dt")}
    assert told == {
        "Tid": "måndag 30 september 2019 kl. 14.00",
        "Plats": "Kommunstyrelsens sessionssal, Stadshuset",
    }
    assert len(facts.xpath(".//dd[1]/span")) == 5


def test_badges_set_sizes_and_stamps_beside_the_link() -> None:
    """The link holds the name alone."""
    rows = meeting_page("badges", "ks-2019-09-30").xpath(".//li[.//a[contains(@href, '18.')]]")
    assert len(rows) == 8
    first = [span.text_content() for span in rows[0].iterdescendants("span") if not len(span)]
    assert first == [
        "Kommunstyrelsen 2019-09-30 protokoll.pdf", "Pdf", "754.8 kB", "2020-09-02 12.19",
    ]  # fmt: skip


def test_badges_fold_agenda_decisions_and_years_away() -> None:
    """The heading is the summary of an accordion."""
    agenda = meeting_page("badges", "kun-2023-05-15").xpath(".//details")
    assert [each.find("summary").text for each in agenda] == ["Ärendelista"]
    decided = meeting_page("badges", "ks-2020-03-02").xpath(".//details")
    assert [each.find("summary").text for each in decided] == [
        "Regler för allmänhetens frågestund (Kc1)"
    ]
    years = html.fromstring(page("badges", addresses.COUNCIL_LISTING)).xpath("//summary/text()")
    assert years[:2] == ["2026", "2025"]
    assert meeting_page("badges", "kf-2020-04-29").xpath(".//details") == []


def test_a_calendar_badge_has_no_year_and_nothing_between_day_and_month() -> None:
    """The weekday beside the clock is what tells the year."""
    day = truth().coming[0].start
    assert html.fromstring(badge(day, year=False)).text_content() == "24nov"
    assert html.fromstring(badge(day, year=True)).text_content() == "24nov2026"
    rows = html.fromstring(page("badges", addresses.CALENDAR)).xpath("//main//li[div/@class]")
    shown = [" ".join(str(row.text_content()).split()) for row in rows[: len(truth().coming)]]
    assert shown[0].startswith("24nov")
    assert "tisdag kl. 15.00" in shown[0]
    assert "2026" not in shown[0]


def test_badges_keep_the_slips_of_the_board() -> None:
    """Two labels on one line are two labels on one line, in a list of definitions too."""
    document = html.fromstring(saved()["anslagstavla-2021-06"].render("badges").encode())
    labels = document.xpath("//dt/text()")
    assert "Protokollet justerades :" in labels
    held = document.xpath("//dt[.='Sammanträdet hölls:']/following-sibling::dd[1]")
    assert "2021-06-15Protokollet justerades: 2021-06-16" in [dd.text_content() for dd in held]
    office = html.fromstring(saved()["anslagstavla-2019-12"].render("badges").encode())
    assert "Stadsledningskansliet,\nSekretariatet" in office.text_content()


@pytest.mark.parametrize("name", ["ks-2019-09-30", "kun-2024-01-22"])
def test_elements_are_custom_and_headings_deeper(name: str) -> None:
    """No portlet is a div, and no section's heading is of the second level."""
    main = meeting_page("elements", name)
    assert main.xpath(".//h2 | .//div[contains(@class, 'portlet sv-')]") == []
    assert len(main.xpath(".//h1")) == 1
    assert {str(each.tag) for each in main.iter() if "-" in str(each.tag)} >= {
        "sv-text-block", "sv-fact-list", "sv-fact", "sv-web-app", "sv-image-block",
        "sv-contact-card",
    }  # fmt: skip


def test_elements_have_moments_without_offset() -> None:
    """To the minute, in the attribute; the words beside it have a colon in the clock."""
    (shown,) = meeting_page("elements", "ks-2019-09-30").xpath(".//sv-fact//time")
    assert shown.get("datetime") == "2019-09-30T14:00"
    assert shown.text == "30 september 2019 kl. 14:00"


def test_elements_hand_files_to_a_script() -> None:
    """Under other spellings: sizes in bytes, moments without offset, no second address."""
    (told,) = saved()["ks-2019-09-30"].expected
    written = saved()["ks-2019-09-30"].render("elements")
    rows = [file for data in states(written) for file in data.get("files", [])]
    assert [row["name"] for row in rows] == told["documents"]
    for row, file in zip(rows, told["files"], strict=True):
        assert row["url"] == file["url"].removeprefix(addresses.HOST)
        assert row["fileSize"] == size_in_bytes(file["size"])
        assert file["uploaded"].startswith(row["lastModifiedDateTime"])
        assert "uri" not in row
    assert size_in_bytes("2 MB") == 2 * 1024 * 1024


def test_elements_hand_lists_to_scripts_under_other_keys() -> None:
    """Calendar, past meetings, news and both sections of the board."""
    calendar = data("elements", addresses.CALENDAR, "events")
    assert len(calendar) == len(truth().coming)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d", calendar[0]["startDate"])
    past = data("elements", addresses.COUNCIL_LISTING, "articles")
    assert past[0]["title"].startswith("Sammanträdet den ")
    assert len(data("elements", addresses.NEWS, "pages")) == 20
    notices = data("elements", addresses.NOTICE_BOARD, "initialNotices")
    assert [each["title"] for each in notices] == [each.title for each in truth().notices]
    (coming,) = data("elements", addresses.NOTICE_BOARD, "announcements")
    assert "onsdag den 25 november 2026 kl. 09.00" in coming["text"]
