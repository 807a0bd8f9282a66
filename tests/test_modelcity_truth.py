"""The model city holds every case the real one has shown, and its pages say what is so."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from lxml import html

from modelcity import addresses
from modelcity.blocks import Agenda, FileList
from modelcity.model import Meeting
from modelcity.render import Form, Site
from modelcity.truth import build
from visiting import ALL_FORMS, TODAY, truth

YEAR = [TODAY + timedelta(days=53 * step) for step in range(7)]


def words(markup: str) -> str:
    """Give what a page says, to people and to its scripts, with single blanks."""
    document = html.fromstring(markup.encode())
    data = "".join(text for text in document.xpath("//script/text()"))
    return " ".join((document.xpath("string(//main)") + data).split())


def meeting_pages(form: Form) -> Iterator[tuple[Meeting, str]]:
    """Give every ninth meeting with the words of its page."""
    site = Site(truth(), form)
    for meeting in truth().paged[::9]:
        yield meeting, words((site.page(meeting.path) or b"").decode())


@pytest.mark.parametrize("form", ALL_FORMS)
def test_a_page_says_what_is_so(form: Form) -> None:
    """The answers are worth nothing if the page does not hold them."""
    answers = {each["url"]: each for each in truth().expected_meetings()}
    for meeting, said in meeting_pages(form):
        told = answers[addresses.HOST + meeting.path]
        held = [told["heading"], told["page_name"], told["place_line"] or "", *told["notices"]]
        held += [item["title"] for item in told["agenda"]]
        held += [decision["text"] for decision in told["decisions"]]
        held += [json.dumps(name, ensure_ascii=False)[1:-1] for name in told["documents"] or []]
        assert [each for each in held if " ".join(each.split()) not in said] == [], meeting.path


@pytest.mark.parametrize("form", ALL_FORMS)
def test_files_that_a_script_draws_unseen_are_on_no_page(form: Form) -> None:
    """«Unknown» is the only right answer there: a name on the page would make it wrong."""
    hidden = [meeting for meeting in truth().paged if not meeting.files_known]
    site = Site(truth(), form)
    assert len(hidden) > 5
    for meeting in hidden:
        written = (site.page(meeting.path) or b"").decode()
        assert "/download/" not in written
        assert "registerApp({" in written


def test_every_case_of_a_meeting_occurs() -> None:
    """What the city has shown once, a reader must be able to meet here."""
    paged = truth().paged
    days = Counter((meeting.body.name, meeting.start.date()) for meeting in paged)
    assert max(days.values()) == 2
    for case in (
        [m for m in paged if m.status == "cancelled"],
        [m for m in truth().coming if m.status == "cancelled"],
        [m for m in truth().coming if m.status == "tentative"],
        [m for m in truth().coming if m.node is None],
        [m for m in paged if any("flyttat från" in told for told in m.after)],
        [m for m in paged if m.last_day],
        [m for m in paged if m.untimed],
        [m for m in paged if m.slug_kl],
        [m for m in paged if m.stray_blank],
        [m for m in paged if m.place_note],
        [m for m in paged if m.times],
        [m for m in paged if m.public_from],
        [m for m in paged if m.heading_extra.endswith("teams")],
    ):
        assert case
    assert {m.access for m in paged} == {"open", "partly", "closed", "unknown"}


def test_every_form_of_agenda_and_slip_of_a_file_name_occurs() -> None:
    """Each has stood on a page of the city."""
    blocks = [block for meeting in truth().paged for block in meeting.blocks]
    agendas = [block for block in blocks if isinstance(block, Agenda)]
    lists = [block for block in blocks if isinstance(block, FileList)]
    assert {agenda.form for agenda in agendas} == {"numbered", "bullets", "typed", "lines"}
    assert {agenda.heading for agenda in agendas} == {
        None, "Ärendelista", "Ärendelista:", "Föredragningslista", "Ärenden", "Beslutsärenden",
        "Beslutsärenden:",
    }  # fmt: skip
    items = [item for agenda in agendas for item in agenda.items]
    assert {item.reference_inline for item in items if item.reference} == {True, False}
    assert any(item.gap == "" for item in items)
    files = [file for listed in lists for file in listed.files]
    for shape in ("Protkoll", "Protokoll_.", "..pdf", "§ 28", "Del 2", "v5.", "KS26", "_slutlig"):
        assert any(shape in file.name for file in files), shape
    assert {file.kind for file in files} == {"Pdf", "Word"}
    assert {file.hint for file in files} == {"spaced", "window", "glued", "bare", "none"}
    assert any(listed.heading == "Handlingar och ärendelista " for listed in lists)
    assert any(listed.note for listed in lists)


@pytest.mark.parametrize("today", YEAR, ids=str)
def test_any_day_makes_a_whole_city(today: date) -> None:
    """A demo is opened on the day it is opened, in July too."""
    city = build(today)
    assert len(city.paged) > 350
    assert [meeting.body.name for meeting in city.queue] == [
        "Kommunstyrelsen", "Borås Stadshus AB", "Kommunstyrelsen", "Arbetslivsnämnden",
        "Kulturnämnden",
    ]  # fmt: skip
    assert all(file.uploaded.date() < today for m in city.meetings for file in m.files)
    notices = city.expected_notices()
    assert any(notice["broken"] for notice in notices)
    assert any(notice["before_meeting"] for notice in notices)
    assert any(notice["kept_at"] is None for notice in notices)
    assert any(notice["immediate"] for notice in notices)
    printed = [line for item in city.notices for line in item.lines]
    assert any("Protokollet justerades :" in line for line in printed)
    assert any("hölls:" in line and "justerades" in line for line in printed)


def test_a_day_later_the_same_things_are_the_same() -> None:
    """What changes from one day to the next is news, so nothing else may change."""
    later = build(TODAY + timedelta(days=1))
    before = {item.node: item for item in truth().notices}
    kept = [item for item in later.notices if item.node in before]
    assert len(kept) > 10
    assert [item for item in kept if before[item.node] != item] == []
    nodes = {meeting.node: meeting for meeting in truth().paged}
    changed = [meeting for meeting in later.paged if nodes.get(meeting.node) != meeting]
    assert len(changed) < 20


def test_a_page_moves_to_the_archive_and_keeps_its_identity() -> None:
    """At New Year the folder changes, and with it the address; the node does not."""
    later = build(date(2027, 1, 4))
    council = [m for m in truth().paged if m.body.style == "council" and m.start.year == 2026]
    for meeting in council:
        moved = later.meeting(meeting.key)
        assert "/tidigarear/" in moved.path
        assert Site(later, "iso").moved(meeting.path) == moved.path


def test_articles_share_slugs_and_never_identities() -> None:
    """A reader that knows news by their title would lose most of them."""
    slugs = Counter(article.path.partition(".5.")[0] for article in truth().articles)
    assert slugs["/nyheter/nyheter/kommunstyrelsensmoteharhittardubesluten"] > 5
    assert len({article.node for article in truth().articles}) == len(truth().articles)
    told = truth().expected_news()
    assert any(each["committees"] and each["meeting"] for each in told)
    assert any(not each["committees"] for each in told)
    assert any(article.outdated for article in truth().articles)


def test_the_board_announces_the_council_only_when_it_is_near() -> None:
    """Otherwise it says in so many words that there is nothing."""
    none = "Just nu finns inga anslagna nämndsammanträden."
    for today, announced in ((TODAY, True), (date(2026, 10, 1), False)):
        said = (Site(build(today), "iso").page(addresses.NOTICE_BOARD) or b"").decode()
        assert (none in said) is not announced
        assert bool(build(today).announcements) is announced


def test_a_meeting_can_be_changed_in_the_city() -> None:
    """Tests tell a day's news by it: moved, called off, gone."""
    meeting = truth().coming[-1]
    start = meeting.start - timedelta(days=400)
    moved = truth().changed(meeting.key, start=start, place="Annan plats")
    assert [m.start for m in moved.meetings] == sorted(m.start for m in moved.meetings)
    assert moved.cancelled(truth().coming[0].key).coming[0].row_note == "Inställt"
    assert len(truth().without(meeting.key).meetings) == len(truth().meetings) - 1


@pytest.mark.parametrize("form", ALL_FORMS)
def test_hostile_text_stays_text(form: Form) -> None:
    """The model escapes what it prints, so that a test can print anything."""
    hostile = "</script><script>alert(1)</script><!-- & <b>"
    meeting = truth().coming[0]
    city = Site(truth().changed(meeting.key, place=hostile), form)
    for address in (meeting.path, addresses.CALENDAR):
        written = (city.page(address) or b"").decode()
        scripts = [each.text or "" for each in html.fromstring(written.encode()).iter("script")]
        assert [text for text in scripts if text.startswith("alert")] == []
        assert hostile in words(written).replace("<\\", "<")
