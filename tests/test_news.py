"""The city's news: an article from every page that was seen, the list, its turning, its feed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from feeds.kinds import Kind
from modelcity.addresses import NEWS, START
from modelcity.evidence import saved
from modelcity.faults import Fault, Robots
from modelcity.render import FORMS, LATER_FORMS, Form
from modelcity.server import ModelCity
from modelcity.truth import Truth
from newsroom import as_expected, as_told
from operation.overview import overview
from operation.update import update
from reading import ROOT, read, seen
from records.codec import to_json
from records.errors import PageChanged
from records.state import Link
from runs import LATER, exported, run, settings
from scraper import articles
from scraper.cities import City, load
from scraper.document import load as stored
from scraper.known import Known
from scraper.raw import RawNews

BORAS: Final = load("boras")
NAMES: Final = {body.slug: body.name for body in BORAS.committees}
SAVED: Final = {name: one for name, one in saved().items() if one.kind == "news"}
ARTICLE: Final = f"{ROOT}/nyheter/nyheter/beslut.5.1f2b506b.html"
LIST: Final = f"{ROOT}/nyheter"


def raw(body: str, url: str = ARTICLE) -> RawNews:
    """Read an article's page."""
    (found,) = BORAS.read(read(body, url), "news").raws
    assert isinstance(found, RawNews)
    return found


def record(found: RawNews) -> Known[Any]:
    """Give the article that one sighting makes."""
    known = articles.news(BORAS, [seen(found)])
    assert known is not None
    return known


@pytest.mark.parametrize("form", [*FORMS, *LATER_FORMS])
@pytest.mark.parametrize("name", SAVED)
def test_an_article_that_was_seen_is_read_whole(name: str, form: Form) -> None:
    """With the same headings, labels, dates and defects as the city's own page had.

    In `state` a script draws the hour, and what is left is the day in the page's name.
    """
    one = SAVED[name]
    known = record(raw(one.render(form), ROOT + one.path))
    (expected,) = one.expected
    if form == "state":
        expected = expected | {"published": expected["published"][:10]}
    assert as_told(to_json(known.record), NAMES) == as_expected(expected)
    assert known.record.problems == ()
    assert known.provenance.signals["published"] == ("share name" if form == "state" else "page")


@pytest.mark.parametrize("name", SAVED)
def test_what_is_kept_of_an_article_gives_it_again(name: str) -> None:
    """Stored pages are read anew when our reading is mended."""
    one = SAVED[name]
    reading = BORAS.read(read(one.render("iso"), ROOT + one.path), "news")
    again = BORAS.read(stored(reading.kept.dump()), "news")
    assert (again.raws, again.kept) == (reading.raws, reading.kept)


def test_two_articles_of_one_name_are_two() -> None:
    """The city uses a title, and so a slug, again and again."""
    both = [one for name, one in SAVED.items() if name.endswith("ks-besluten")]
    found = [record(raw(one.render("iso"), ROOT + one.path)).record for one in both]
    assert len({item.title for item in found}) == 1
    assert len({item.id for item in found}) == 2


HEAD: Final = "<h1>Besluten</h1><p>Artikeln publicerades: 2026-11-20 10.00</p>"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (HEAD + "<p>Ingress</p><p>Text</p>", ["Ingress", "Text"]),
        (
            HEAD + "<h2>Denna nyhet kan innehålla inaktuell information</h2><p>Det kan bero på"
            " åldern.</p><p>Ingress</p>",
            ["Ingress"],
        ),
        (
            HEAD + "<p>Denna nyhet kan innehålla inaktuell information. Det kan bero på åldern."
            "</p><p>Ingress</p>",
            ["Ingress"],
        ),
        (HEAD + "<p>Ingress</p><figure><img alt='Hus'><figcaption>Ett hus</figcaption></figure>"
         "<p>Text</p>", ["Ingress", "Text"]),
        (HEAD + "<p>Ingress</p><p>Text</p><img alt='Hus'><p>Ett hus</p>", ["Ingress", "Text"]),
        (HEAD + "<p>Ingress</p><img alt='Hus'><p>Text</p>", ["Ingress", "Text"]),
        (HEAD + "<img alt='Hus'><p>Ingress</p><img alt='Hus'><p>Text</p>", ["Ingress", "Text"]),
        (HEAD + f"<p>Ingress</p><p>A</p><img alt='Hus'><p>{'Lång text. ' * 20}</p>",
         ["Ingress", "A", ("Lång text. " * 20).strip()]),
        (HEAD + "<p>Ingress</p><h2>Kontakt</h2><p>Hemlig Person</p>", ["Ingress"]),
        (HEAD + "<p>Ingress</p><p>Dela sidan: Besluten</p><p>Facebooksymbol</p>", ["Ingress"]),
    ],
)  # fmt: skip
def test_an_article_is_its_text_alone(body: str, words: list[str]) -> None:
    """Without heading, day, box, captions, contacts and the line for sharing."""
    assert [line.text for line in raw(body).body] == words


@pytest.mark.parametrize(
    ("body", "published", "stamps"),
    [
        ("<p>Artikeln publicerades: 2026-11-20 10.00</p>", "2026-11-20 10.00", ()),
        ("<p>Artikeln publicerades :</p><p>20 november 2026 kl. 10.00</p>",
         "20 november 2026 kl. 10.00", ()),
        ("<table><tr><th>Publicerad:<td>2026-11-20</table>", "2026-11-20", ()),
        ("<dl><dt>Publicerad<dd>fredag den 20 november 2026</dl>",
         "fredag den 20 november 2026", ()),
        ("<p>Publicerad <time datetime='2026-11-20T10:00:00+01:00'></time></p>", None,
         ("2026-11-20T10:00:00+01:00",)),
        ("<p><time datetime='2026-11-20'>20 november 2026 10:00</time></p>",
         "20 november 2026 10:00", ("2026-11-20",)),
        ("<p>Artikeln publicerades: nyss</p>", "nyss", ()),
        ("<p>Artikeln publicerades:</p><p>Den 20 november beslutades.</p>", None, ()),
    ],
)  # fmt: skip
def test_when_an_article_says_it_was_published(
    body: str, published: str | None, stamps: tuple[str, ...]
) -> None:
    """Beside the label, below it, in a table or a list; a sentence below it is no day."""
    found = raw(f"<h1>Besluten</h1>{body}<p>Publicerade handlingar finns i diariet.</p>")
    assert (found.published, found.stamps) == (published, stamps)
    assert found.body[-1].text == "Publicerade handlingar finns i diariet."
    assert "2026" not in "".join(line.text for line in found.body)


@pytest.mark.parametrize(
    ("images", "expected"),
    [
        ("<img alt='Hus' src='/images/18.a/hus.jpg'>", (f"{ROOT}/images/18.a/hus.jpg", "Hus")),
        ("<img alt='Ikon: pil' src='/i'><img alt='Hus' src='h.jpg'>",
         (f"{ROOT}/nyheter/nyheter/h.jpg", "Hus")),
        ("<img alt='Hus' src='data:image/gif;base64,R0lG'>", (None, None)),
        ("<img alt='Hus'>", (None, None)),
        ("<img alt='' src='/i.jpg'>", (None, None)),
        ("<img alt='Hus' src='http://[bad'>", (None, None)),
    ],
)  # fmt: skip
def test_the_image_of_an_article(images: str, expected: tuple[str | None, str | None]) -> None:
    """The first that is no sign of the template, by its whole address and with its text."""
    known = record(raw(f"{HEAD}<p>Ingress</p>{images}"))
    assert (known.record.image, known.record.image_text) == expected
    assert known.provenance.signals.get("image") == ("page" if expected[0] else None)


def test_no_address_and_no_number_of_staff_is_kept() -> None:
    """Neither in the text nor in what is stored of the page; that it stood there is said."""
    body = (
        f"{HEAD}<p>Ingress</p><p>Ring <a href='tel:033'>Hemlig Person</a>, 031-390 06 00, eller"
        " skriv till hemlig.person@example.org.</p><p><a href='mailto:x@example.org'>Hemlig</a></p>"
    )
    reading = BORAS.read(read(body, ARTICLE), "news")
    assert b"emlig" not in reading.kept.dump()
    assert b"390 06" not in reading.kept.dump()
    html = record(raw(body)).record.content_html
    assert html == (
        "<p>Ingress</p><p>Ring [telefon], [telefon], eller skriv till [e-post].</p><p>[e-post]</p>"
    )


def links(body: str, url: str = LIST, kind: str = "news-list") -> list[Link]:
    """Give where a page of the list leads."""
    return list(BORAS.read(read(f"<p>Inga nyheter.</p>{body}", url), kind).links)


@pytest.mark.parametrize(
    ("href", "text"),
    [
        ("?start=20", "2"),
        ("?sv.12.1f2b506b.start=20", "x"),
        ("/nyheter/nyheter.4.1f2b506b.html?page=2", "Sida 2"),
        ("?okand=20", "Nästa"),
        ("?okand=20", "Visa fler nyheter"),
        ("/nyheter/2", "x"),
        ("/nyheter/nyheter/sida/2", "x"),
    ],
)
def test_the_list_is_turned_however_it_turns(href: str, text: str) -> None:
    """By its address, or by what a link with any query says."""
    (link,) = links(f"<h1>Nyheter</h1><p>Inga nyheter.</p><a href='{href}'>{text}</a>")
    assert (link.kind, link.source) == ("news-older", "news")


@pytest.mark.parametrize("href", ["?kategori=3", "/nyheter/nagot", "?utskrift=1"])
def test_other_ways_of_showing_the_list_are_left_alone(href: str) -> None:
    """A list by category holds nothing that the list does not."""
    assert links(f"<h1>Nyheter</h1><p>Inga nyheter.</p><a href='{href}'>Skola</a>") == []


def test_a_page_past_the_end_of_the_list_is_empty() -> None:
    """A «Nästa» may lead one page too far; a page for maintenance is still none."""
    past = "<h1>Nyheter</h1><p><a href='?start=20'>2</a></p>"
    assert BORAS.read(read(past, f"{LIST}?start=40"), "news-older").raws == ()
    row = f"<p><a href='{ARTICLE}'>Besluten</a></p>"
    assert len(BORAS.read(read(f"<h1>Nyheter</h1>{row}", f"{LIST}?start=40"), "news-older").raws)
    with pytest.raises(PageChanged):
        BORAS.read(read("<h1>Vi uppdaterar</h1>", f"{LIST}?start=40"), "news-older")


@pytest.mark.slow
def test_an_ordinary_run_reads_the_newest_page_of_the_list(folder: Path, city: ModelCity) -> None:
    """The older ones were read once, and have their turn once a fortnight."""
    run(folder, city, now=LATER)
    assert [one.path for one in city.requests if one.path.startswith(NEWS)] == [NEWS]
    city.requests.clear()
    run(folder, city, now="2026-12-07T09:00")
    lists = [one.path for one in city.requests if one.path.startswith(NEWS)]
    assert sorted(lists) == [NEWS, *(f"{NEWS}?page={number}" for number in range(2, 7))]


def only_news() -> City:
    """Give Borås with its list of news to begin from, and nothing else to follow."""
    start = Link(url=ROOT + NEWS, kind="news-list", source="news")
    rules = tuple(rule for rule in BORAS.rules if rule.kind.startswith("news"))
    return replace(BORAS, start=(start,), rules=rules)


@pytest.mark.slow
def test_older_pages_that_robots_txt_forbids_are_noted(city: ModelCity, tmp_path: Path) -> None:
    """The newest news are read all the same, and no source has failed by it."""
    city.robots = Robots(text="User-agent: *\nDisallow: /*?page\n")
    report = update(only_news(), settings(tmp_path, city.origin))
    assert {source.name: source.ok for source in report.sources} == {
        "calendar": False,
        "news": True,
    }
    assert len(exported(tmp_path, Kind.NEWS)) == 20
    (problem,) = report.run.problems
    assert problem.startswith(f"robots.txt asks that 5 pages are left alone: {ROOT}{NEWS}?page=")


@pytest.mark.slow
def test_an_article_that_leaves_the_newest_page_is_as_it_was(truth: Truth, tmp_path: Path) -> None:
    """The hour that only the list told stands, and nothing is told of articles that are old."""
    newest, *rest = truth.articles
    with ModelCity(replace(truth, articles=tuple(rest)), form="state") as city:
        update(only_news(), settings(tmp_path, city.origin))
        before = {row["id"]: row["published"] for row in exported(tmp_path, Kind.NEWS)}
        city.replace(truth)
        report = update(only_news(), settings(tmp_path, city.origin, now=LATER))
    after = {row["id"]: row["published"] for row in exported(tmp_path, Kind.NEWS)}
    assert after == before | {f"boras:{newest.node}": newest.published.isoformat()}
    assert [change.record for change in report.changes] == [f"boras:{newest.node}"]


@pytest.mark.slow
def test_an_article_that_only_a_list_had_stays(city: ModelCity, tmp_path: Path) -> None:
    """Its page was never read, and newer news have pushed it out."""
    row = "<h1>Nyheter</h1><h3><a href='/nyheter/nyheter/{0}.5.{0}.html'>Besluten</a></h3>"
    chosen = replace(only_news(), page_budget=1)
    city.pages[NEWS] = row.format("aaaaaa").encode()
    update(chosen, settings(tmp_path, city.origin))
    city.pages[NEWS] = row.format("bbbbbb").encode()
    update(chosen, settings(tmp_path, city.origin, now=LATER))
    assert [row["id"] for row in exported(tmp_path, Kind.NEWS)] == ["boras:aaaaaa", "boras:bbbbbb"]


@pytest.mark.slow
def test_an_article_that_is_gone_stays(folder: Path, city: ModelCity) -> None:
    """What the city took down was still said."""
    before = exported(folder, Kind.NEWS)
    gone = city.truth.articles[0]
    city.faults[gone.path] = Fault(status=404)
    report = run(folder, city, now=LATER)
    assert (report.exit, report.changes) == (0, ())
    assert exported(folder, Kind.NEWS) == before


FEED: Final = "/4.1fef6289155e1318edf38e56/12.1f2b506b.portlet?state=rss&sv.contenttype=text/xml"
OFFER: Final = f'<link type="application/rss+xml" rel="alternate" href="{FEED}" title="Nyheter">'
RSS: Final = '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel>{}</channel></rss>'
ITEM: Final = "<item><title>{}</title><link>{}{}</link><pubDate>{}</pubDate></item>"


def offer(city: ModelCity, page: str, rss: str, **fault: Any) -> None:  # noqa: ANN401 - any fault
    """Let a page offer a feed in its head."""
    shown = city.answer(page, {}).body.decode()
    city.pages[page] = shown.replace("</head>", f"{OFFER}</head>").encode()
    given: dict[str, Any] = {"status": 200, "content_type": "text/xml;charset=UTF-8"}
    city.faults["/4.*.portlet*"] = Fault(body=rss.encode(), **(given | fault))


@pytest.mark.slow
def test_a_feed_is_one_signal_more(folder: Path, city: ModelCity) -> None:
    """What agrees with the page is silent, what does not is told; the page is what counts."""
    before = {row["id"]: row for row in exported(folder, Kind.NEWS)}
    agreed, other = city.truth.articles[:2]
    meeting = city.truth.paged[0]
    stamp = f"{agreed.published:%a, %d %b %Y %H:%M:%S %z}"
    offer(
        city,
        START,
        RSS.format(
            ITEM.format(agreed.title, ROOT, agreed.path, stamp)
            + ITEM.format("Helt annat", ROOT, other.path, "Wed, 01 Jan 2025 08:00:00 GMT")
            + ITEM.format("Ett möte", ROOT, meeting.path, stamp)
        ),
    )
    report = run(folder, city, now=LATER)
    after = {row["id"]: row for row in exported(folder, Kind.NEWS)}
    assert (report.exit, report.run.problems) == (0, ())
    assert city.asked(FEED)[0].headers["accept"].startswith("application/rss+xml")
    assert after.keys() == before.keys()
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {f"boras:{other.node}"}
    row = after[f"boras:{other.node}"]
    assert (row["title"], row["published"]) == (other.title, other.published.isoformat())
    assert [problem["code"] for problem in row["problems"]] == ["published-disagrees"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rss", "fault", "says"),
    [
        ("<rss", {}, "a feed that is well-formed"),
        (RSS.format(""), {"content_type": "text/html"}, "it came as text/html"),
        (RSS.format(""), {"status": 500}, "500"),
    ],
)
def test_a_broken_feed_is_told_and_fails_nothing(
    rss: str, fault: dict[str, Any], says: str, city: ModelCity, tmp_path: Path
) -> None:
    """The news are read as they are without it."""
    offer(city, NEWS, rss, **fault)
    report = update(only_news(), settings(tmp_path, city.origin))
    assert {source.name: source.ok for source in report.sources} == {
        "calendar": False,
        "news": True,
    }
    assert len(exported(tmp_path, Kind.NEWS)) == len(city.truth.articles)
    assert says in " ".join(report.run.problems)
    assert says in overview(settings(tmp_path, city.origin)).text


@pytest.mark.slow
def test_a_feed_that_a_meeting_offers_is_not_asked(city: ModelCity, tmp_path: Path) -> None:
    """Every page may offer one of its own: only those that lead to news are read for it."""
    meeting = city.truth.paged[0].path
    offer(city, meeting, RSS.format(""))
    update(
        replace(only_news(), start=(Link(url=ROOT + meeting, kind="meeting", source="x"),)),
        settings(tmp_path, city.origin),
    )
    assert city.asked(FEED) == []
