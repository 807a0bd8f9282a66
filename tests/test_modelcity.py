"""The model city is whole, the same every day it is built for, and as bad as it is told to be."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from http.client import HTTPConnection, IncompleteRead, RemoteDisconnected
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Final

import pytest
from lxml import html

from modelcity import addresses
from modelcity.render import FORMS, SEED, SEED_STRIPPED, Form, Site
from modelcity.server import Fault, ModelCity, Robots
from modelcity.truth import Truth, build
from modelcity.words import BANNER

TODAY: Final = date(2026, 11, 23)
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
STATE: Final = re.compile(r"registerInitialState\('[^']+', (\{.*\})\);$", re.MULTILINE)
LINK: Final = re.compile(r'(?:href=|"ur[il]": )"(/[^"#]*)"')
QUIET: Final = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What came back; headers by lower-case name."""

    status: int
    headers: dict[str, str]
    body: bytes


class Visitor:
    """One connection to a model city, kept open between its questions."""

    def __init__(self, city: ModelCity) -> None:
        """Connect when first asked."""
        self._connection = HTTPConnection(city.origin.removeprefix("http://"), timeout=QUIET)

    def ask(self, path: str, *, method: str = "GET", **headers: str) -> Reply:
        """Ask for a path; `If_None_Match=` is a header."""
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request(method, path, headers=told)
        answer = self._connection.getresponse()
        body = answer.read()
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Reply(status=answer.status, headers=named, body=body)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


@cache
def truth() -> Truth:
    """Give the city of the day, which no test can change."""
    return build(TODAY)


@cache
def site(form: Form) -> Site:
    """Give the city's pages in a form."""
    return Site(truth(), form)


def page(form: Form, address: str) -> str:
    """Give a page that must be there."""
    body = site(form).page(address)
    assert body is not None
    return body.decode()


def texts(element: html.HtmlElement, *tags: str) -> list[str]:
    """Give the words of each such element, with single blanks."""
    return [" ".join(str(found.text_content()).split()) for found in element.iter(*tags)]


def rows(form: Form, markup: str) -> list[dict[str, str | None]]:
    """Give name and time of each meeting in the sidebar of a page, however it is drawn."""
    sidebars = markup.partition("<aside")[2].partition("</aside>")[0]
    if form == "state":
        (events,) = (data["events"] for data in states(sidebars) if "events" in data)
        return [{"name": event["title"], "time": event["fromDate"]} for event in events]
    beside = html.fromstring(sidebars.partition("Sammanträdeskalender</h2>")[2])
    if form == "table":
        cells = [texts(row, "td") for row in beside.iter("tr")]
        return [{"name": cell[0], "time": cell[1]} for cell in cells if cell]
    items = [(texts(item, "h3")[0], texts(item, "p")[0]) for item in beside.iter("li")]
    return [{"name": name, "time": told.removeprefix("Tid: ")} for name, told in items]


def states(markup: str) -> list[dict[str, Any]]:
    """Give the data that a page hands to its scripts."""
    return [json.loads(found) for found in STATE.findall(markup)]


def links(markup: str) -> set[str]:
    """Give the addresses on the city's own host that a page leads to, in links and in data."""
    return {found.replace("&amp;", "&") for found in LINK.findall(markup)}


@pytest.fixture
def city() -> Iterator[ModelCity]:
    """Give an open city without faults."""
    with ModelCity(truth()) as opened:
        yield opened


@pytest.fixture
def visitor(city: ModelCity) -> Iterator[Visitor]:
    """Give somebody who asks that city."""
    asking = Visitor(city)
    yield asking
    asking.close()


def test_a_day_has_one_truth() -> None:
    """What a reader should find cannot hang on the run that built it."""
    again = build(TODAY)
    assert again == truth()
    assert again.expected_meetings() == truth().expected_meetings()
    assert build(date(2026, 11, 24)) != truth()


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


def test_every_link_leads_somewhere(city: ModelCity, visitor: Visitor) -> None:
    """A crawler that meets a dead end has found the city's fault, not the model's."""
    pages = site(city.form).addresses
    asked = set(pages).union(*(links(page(city.form, address)) for address in pages))
    assert {
        path: s for path in asked if (s := visitor.ask(path, method="HEAD").status) != 200
    } == {}
    assert len(asked) > len(pages)


@pytest.mark.parametrize("form", FORMS[1:])
def test_links_do_not_hang_on_the_form(form: Form) -> None:
    """Every tenth page, and the few from which all else is found."""
    pages = site(form).addresses
    sample = {*pages[:10], *pages[::10]}
    with ModelCity(truth(), form=form) as city:
        visitor = Visitor(city)
        asked = sample.union(*(links(page(form, address)) for address in sample))
        assert [path for path in asked if visitor.ask(path, method="HEAD").status != 200] == []
        visitor.close()


@pytest.mark.parametrize("form", FORMS)
def test_every_meeting_can_be_found_from_the_start_page(form: Form) -> None:
    """Nobody is told an address: what is not linked is not there."""
    known, queue = {"/"}, ["/"]
    while queue:
        found = links(page(form, queue.pop())) - known
        known |= found
        queue += [path for path in found if site(form).page(path)]
    assert {meeting.path for meeting in truth().paged} <= known


@pytest.mark.parametrize("form", FORMS)
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
        assert '<div class="contact"' in written, address
        assert "Dela sidan: " in told, address


@pytest.mark.parametrize("form", FORMS)
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
        assert texts(beside, "h2")[:2] == ["Nyheter", "Sammanträdeskalender"]
        assert [row["name"] for row in rows(form, written)] == five, address


@pytest.mark.parametrize("form", FORMS)
def test_the_seed_page_shows_five_meetings(form: Form) -> None:
    """In the order that a saved page of the city had them, one body twice on different days."""
    found = rows(form, page(form, SEED))
    assert [row["name"] for row in found] == [
        "Kommunstyrelsen", "Borås Stadshus AB", "Kommunstyrelsen", "Arbetslivsnämnden",
        "Kulturnämnden",
    ]  # fmt: skip
    assert [row["name"] for row in found] == [each.body.name for each in truth().queue]
    assert all(re.search(r"\d", row["time"] or "") for row in found)


@pytest.mark.parametrize("form", FORMS)
def test_the_stripped_seed_page_has_lost_its_times(form: Form) -> None:
    """As text extraction left it: the same rows, «kl.» and nothing on either side."""
    found = rows(form, page(form, SEED_STRIPPED))
    assert [row["name"] for row in found] == [each.body.name for each in truth().queue]
    assert {row["time"] for row in found} == {None if form == "state" else "kl."}


def test_an_unchanged_page_is_not_sent_twice(visitor: Visitor) -> None:
    """Both validators hold, and the tag wins where both are sent (RFC 9110, 13.2.2)."""
    first = visitor.ask("/")
    tag, stamp = first.headers["etag"], first.headers["last-modified"]
    assert first.headers["content-type"] == "text/html;charset=UTF-8"
    for held in ({"If_None_Match": tag}, {"If_Modified_Since": stamp}):
        again = visitor.ask("/", **held)
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == tag
    assert visitor.ask("/", If_None_Match='"annan"', If_Modified_Since=stamp).status == 200
    assert visitor.ask("/", If_Modified_Since="i går").status == 200


def test_a_changed_truth_changes_only_its_pages(city: ModelCity, visitor: Visitor) -> None:
    """One meeting is called off: its page is new, with a later stamp, and the others stand."""
    other, *_, meeting = truth().paged
    known, same = visitor.ask(meeting.path).headers, visitor.ask(other.path).headers
    city.replace(truth().cancelled(meeting.key))
    fresh = visitor.ask(meeting.path, If_None_Match=known["etag"])
    assert fresh.status == 200
    assert fresh.headers["last-modified"] != known["last-modified"]
    assert visitor.ask(meeting.path, If_Modified_Since=known["last-modified"]).status == 200
    assert city.truth.meeting(meeting.key).status == "cancelled"
    assert visitor.ask(other.path, If_None_Match=same["etag"]).status == 304


def test_a_removed_meeting_is_gone(city: ModelCity, visitor: Visitor) -> None:
    """404 and no memory of it, as when an editor deletes a page."""
    meeting = truth().paged[0]
    city.replace(truth().without(meeting.key), form="text")
    assert visitor.ask(meeting.path).status == 404
    with pytest.raises(LookupError, match="no meeting"):
        city.truth.meeting(meeting.key)


def test_robots_txt_says_what_it_is_told(city: ModelCity, visitor: Visitor) -> None:
    """It allows the pages until a test has it say something else."""
    assert visitor.ask("/robots.txt").body.startswith(b"User-agent: *\n")
    city.robots = Robots(text="User-agent: *\nDisallow: /\n", status=503, headers={"X-A": "b"})
    found = visitor.ask("/robots.txt")
    assert (found.status, found.headers["x-a"]) == (503, "b")
    assert found.body == b"User-agent: *\nDisallow: /\n"


def test_every_request_is_noted(city: ModelCity, visitor: Visitor) -> None:
    """Manners are judged by what the server saw."""
    begun = monotonic()
    visitor.ask("/?a=1", User_Agent="Kallelse/0.1")
    visitor.ask("/borta", method="HEAD")
    first, second = city.requests
    assert (first.method, first.path, first.status) == ("GET", "/?a=1", 200)
    assert (second.method, second.path, second.status) == ("HEAD", "/borta", 404)
    assert first.headers["user-agent"] == "Kallelse/0.1"
    assert begun <= first.at <= second.at <= monotonic()
    assert first.wall.tzinfo is UTC
    assert abs((datetime.now(UTC) - first.wall).total_seconds()) < 60
    assert (city.asked("/?a=1"), city.busiest) == ([first], 1)


def test_moved_pages_and_files_are_known_by_their_identity(visitor: Visitor) -> None:
    """Links from before the archive, or to an earlier upload, lead to where it lies now."""
    year = TODAY.year - 1
    old = next(m for m in truth().paged if m.body.archive and m.start.year == year)
    for was, now in (
        (f"/kommunochpolitik/nagot/{old.path.rsplit('/', 1)[1]}", old.path),
        (f"/download/18.{old.files[0].node}/1/gammal.pdf", old.files[0].path),
        ("/nagonstans/annatnamn.4.3043d72a150d717d8abcf6ed.html", None),
    ):
        found = visitor.ask(was)
        assert found.status == 301
        assert visitor.ask(found.headers["location"]).status == 200
        assert now in (None, found.headers["location"])
    assert visitor.ask("/nagot.5.0123456789abcdef01234.html").status == 404


def test_a_page_of_one_s_own_comes_before_the_city_s(city: ModelCity, visitor: Visitor) -> None:
    """A test can say what any address holds, without building a city around it."""
    city.pages["/?sida=2"] = b"<p>Egen"
    assert visitor.ask("/?sida=2").body == b"<p>Egen"
    assert visitor.ask("/").body == page("iso", "/").encode()


@pytest.mark.parametrize(
    ("fault", "status", "told"),
    [
        (Fault(status=503, headers={"Retry-After": "9"}), 503, ("retry-after", "9")),
        (Fault(body=b"<h1>Kaka?"), 200, ("content-length", "9")),
        (Fault(content_type="image/png"), 200, ("content-type", "image/png")),
        (Fault(redirect="/b"), 302, ("location", "/b")),
        (Fault(redirect="/b", status=308), 308, ("location", "/b")),
        (Fault(headers={"Content-Encoding": "br"}), 200, ("content-encoding", "br")),
    ],
)
def test_a_fault_of_the_answer(
    city: ModelCity, fault: Fault, status: int, told: tuple[str, str]
) -> None:
    """What is set is answered badly, and all else as ever; other addresses are not struck."""
    city.faults["/?*"] = fault
    visitor = Visitor(city)
    found, sound = visitor.ask("/?a"), visitor.ask("/")
    visitor.close()
    assert found.status == status
    assert found.headers[told[0]] == told[1]
    assert found.body == (fault.body or sound.body)
    assert (sound.status, sound.headers["content-type"]) == (200, "text/html;charset=UTF-8")


def test_a_fault_can_take_the_validators_away(city: ModelCity, visitor: Visitor) -> None:
    """Some servers have none, and then a page can only be compared."""
    city.faults["*"] = Fault(no_validators=True)
    assert visitor.ask("/").headers.keys().isdisjoint({"etag", "last-modified"})


def test_a_fault_heals_after_so_many_times(city: ModelCity, visitor: Visitor) -> None:
    """A hiccup is forgiven only by whoever asks again."""
    city.faults["/"] = Fault(status=500, times=2)
    assert [visitor.ask("/").status for _ in range(4)] == [500, 500, 200, 200]


def test_a_body_can_be_cut_short(city: ModelCity, visitor: Visitor) -> None:
    """The length promises the whole; and no 304 may stand in for a body that is at fault."""
    tag = visitor.ask("/").headers["etag"]
    city.faults["/"] = Fault(truncate=1000)
    with pytest.raises(IncompleteRead) as caught:
        visitor.ask("/", If_None_Match=tag)
    assert len(caught.value.partial) == 1000


def test_an_answer_can_be_late_or_slow(city: ModelCity, visitor: Visitor) -> None:
    """Before the first byte, or between any two pieces."""
    city.faults |= {
        "/sent": Fault(delay=0.2),
        "/segt": Fault(slow=0.05, piece=2, body=b"seg sida"),
    }
    for path, least in (("/sent", 0.2), ("/segt", 0.15)):
        begun = monotonic()
        visitor.ask(path)
        assert monotonic() - begun >= least


def test_a_server_can_hang_up_or_never_answer(city: ModelCity) -> None:
    """Neither is an answer, so neither is noted as one."""
    city.faults |= {"/bort": Fault(close=True), "/tyst": Fault(hang=True)}
    with pytest.raises(RemoteDisconnected):
        Visitor(city).ask("/bort")
    silent = HTTPConnection(city.origin.removeprefix("http://"), timeout=0.2)
    silent.request("GET", "/tyst")
    with pytest.raises(TimeoutError):
        silent.getresponse()
    silent.close()
    assert [(asked.path, asked.status) for asked in city.requests] == [("/bort", 0), ("/tyst", 0)]


def test_closing_leaves_nothing_behind() -> None:
    """No thread, no socket, and no waiting for those who still wait for an answer."""
    threads = threading.active_count()
    with ModelCity(truth()) as city:
        city.faults["/tyst"] = Fault(hang=True)
        idle = Visitor(city)
        idle.ask("/")
        waiting = HTTPConnection(city.origin.removeprefix("http://"), timeout=QUIET)
        waiting.request("GET", "/tyst")
        while not city.asked("/tyst"):
            sleep(0.01)
        begun = monotonic()
    assert monotonic() - begun < 2
    assert threading.active_count() == threads
    for connection in (idle, waiting):
        connection.close()
    with pytest.raises(ConnectionRefusedError):
        Visitor(city).ask("/")


def test_a_city_that_was_never_opened_can_be_closed() -> None:
    """Its socket is taken when it is made, so it must be given back."""
    ModelCity(truth()).close()
