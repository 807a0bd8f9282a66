"""In a real browser: a resident subscribes, searches, filters, and no page asks anybody else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from browsing import AXE, DESK, PHONE, Visiting
from editions import SITE

KINDS: Final = (
    *("", "boras/", "boras/kulturnamnden/", "boras/moten/1a2b3c/", "boras/kalender/2026-03/"),
    *("boras/alla/", "boras/handlingar/", "boras/beslut/", "boras/anslagstavla/"),
    *("boras/sok/?q=upprop", "boras/embed/kulturnamnden/", "status/", "guide/", "tillganglighet/"),
    *("en/", "en/boras/kulturnamnden/", "en/boras/moten/f00d/"),
)
"""A page of each kind."""

CULTURE: Final = "boras/kulturnamnden"
ADDRESS: Final = f"{SITE}/{CULTURE}.ics"


OPEN: Final = """
for (const one of document.querySelectorAll("details")) {
  one.removeAttribute("name"); // of those with one name only one is open
  one.open = true;
}
"""
"""A script that shows all that a press would show."""


def shown(page: Page, selector: str) -> list[str]:
    """Give the words of what can be seen."""
    found = page.locator(selector)
    return [one.inner_text() for one in found.all() if one.is_visible()]


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_pages_fit_both_screens_in_both_lights(
    visit: Visiting, size: Mapping[str, int], theme: str
) -> None:
    """No page is wider than the screen, none tells the console of an error (checked by `visit`)."""
    opened = visit(viewport=size, color_scheme=theme)
    for path in KINDS:
        page = opened.go(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
        paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        light = sum(int(part) for part in paper.strip("rgb()").split(",")) > 3 * 128
        assert light == (theme == "light"), path


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_has_a_fault_that_machines_can_find(visit: Visiting, theme: str) -> None:
    """The rules of WCAG 2.1 AA, as far as axe knows them, on every kind of page."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm install --prefix tests/peers")
    rules = AXE.read_text("utf-8")
    asked: dict[str, Any] = {"resultTypes": ["violations"]}
    if theme == "dark":  # which differs by its colours alone
        asked["runOnly"] = ["color-contrast"]
    opened = visit("iphone" if theme == "dark" else "pc", color_scheme=theme)
    found: dict[str, Any] = {}
    for path in KINDS:
        page = opened.go(path)
        page.evaluate(OPEN)
        page.evaluate(rules)
        result = page.evaluate(f"axe.run({json.dumps(asked)})")
        for fault in result["violations"]:
            where = [node["target"] for node in fault["nodes"]][:3]
            found[f"{path} {fault['id']}"] = where
    assert found == {}


@pytest.mark.slow
def test_three_taps_subscribe_on_an_iphone(visit: Visiting) -> None:
    """From the first page: the committee, its app, and the app's own question."""
    page = visit("iphone").go("")
    page.get_by_role("link", name="Prenumerera: Kulturnämnden").click()
    button = page.get_by_role("link", name="Öppna i Kalender")
    expect(button).to_be_visible()
    assert button.get_attribute("href") == ADDRESS.replace("https:", "webcal:")


@pytest.mark.slow
def test_three_taps_subscribe_on_android_without_google(visit: Visiting) -> None:
    """The same for ICSx5; what does nothing there is not shown."""
    page = visit("android").go("")
    page.get_by_role("link", name="Prenumerera: Kulturnämnden").click()
    page.get_by_text("Android utan Google: ICSx5").click()
    assert shown(page, "a[href^='webcal:']") == ["Öppna i ICSx5"]
    assert shown(page, "a[href*='addbyurl']") == []


def test_the_address_is_copied_and_said(visit: Visiting) -> None:
    """Also by keyboard alone, and those who listen hear that it was done."""
    opened = visit(permissions=["clipboard-read", "clipboard-write"])
    page = opened.go(f"{CULTURE}/")
    button = page.get_by_role("button", name="Kopiera adressen")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text("Kopierat")
    assert page.locator("#said").get_attribute("role") == "status"
    assert page.evaluate("navigator.clipboard.readText()") == ADDRESS


@pytest.mark.slow
def test_a_google_user_is_told_the_truth(visit: Visiting) -> None:
    """Once on a computer: the phone sends the link there, or adds one meeting that stays so."""
    page = visit("android").go(f"{CULTURE}/")
    google = page.locator("details[data-app=google]")
    expect(google).to_have_attribute("open", "")
    said = "Google Kalender: görs en gång på en dator, syns sedan i mobilen"
    expect(google).to_contain_text(said)
    assert google.locator("code").inner_text() == ADDRESS.replace(".ics", ".google.ics")
    letter = google.get_by_role("link", name="Skicka länken till mig").get_attribute("href") or ""
    assert f"{SITE}/{CULTURE}/" in parse_qs(urlsplit(letter).query)["body"][0]
    once = google.get_by_role("link", name="Lägg till bara nästa möte").get_attribute("href") or ""
    assert parse_qs(urlsplit(once).query)["dates"] == ["20260316T160000Z/20260316T190000Z"]
    assert "följer ändringar" in google.inner_text()
    desk = visit("pc").go(f"{CULTURE}/").locator("details[data-app=google]")
    desk.locator("summary").click()
    expect(desk.get_by_role("link", name="Googles sida Från webbadress")).to_be_visible()
    expect(desk.get_by_role("link", name="Skicka länken till mig")).to_be_hidden()


@pytest.mark.slow
def test_the_link_is_shared_where_the_phone_can(visit: Visiting) -> None:
    """Its own sheet opens instead of a letter."""
    opened = visit("android")
    opened.page.add_init_script("navigator.share = async (told) => { window.shared = told; }")
    page = opened.go(f"{CULTURE}/")
    page.get_by_role("link", name="Skicka länken till mig").click()
    assert page.evaluate("shared") == {"title": "Kulturnämnden", "url": f"{SITE}/{CULTURE}/"}


@pytest.mark.slow
def test_the_code_is_for_wide_screens(visit: Visiting) -> None:
    """Nobody photographs the phone with the phone."""
    for device, seen in (("pc", True), ("iphone", False)):
        page = visit(device).go(f"{CULTURE}/")
        assert page.locator("svg.qr").is_visible() == seen


@pytest.mark.slow
def test_a_month_is_filtered_by_its_address(visit: Visiting) -> None:
    """The choice stands in the address, holds when it is opened again, and goes to other months."""
    opened = visit()
    page = opened.go("boras/kalender/2026-03/")
    assert len(shown(page, ".month td a")) == 3
    page.get_by_label("Visa").select_option("kulturnamnden")
    assert opened.path == "/boras/kalender/2026-03/?namnd=kulturnamnden"
    assert [text.split("\n")[-1] for text in shown(page, ".month td a")] == ["Kultur\u00adnämnden"]
    page.reload()
    assert len(shown(page, ".month td a")) == 1
    page.get_by_role("link", name="april 2026").click()
    assert opened.path == "/boras/kalender/2026-04/?namnd=kulturnamnden"
    assert len(shown(page, ".month td a")) == 1


@pytest.mark.slow
def test_a_narrow_month_is_a_list(visit: Visiting) -> None:
    """Days without meetings are left out, and each day says which it is."""
    page = visit("iphone").go("boras/kalender/2026-03/")
    days = [day.split("\n")[0] for day in shown(page, ".month td")]
    assert days == ["måndag 9 mars 2026", "måndag 16 mars 2026"]


@pytest.mark.slow
@pytest.mark.parametrize("words", ["LEKPLATS", "lekplats kulturnämnden", "kulturnamnden lekplats"])
def test_search_finds_as_people_write(visit: Visiting, words: str) -> None:
    """Case, å ä ö and the order of words make no difference; the result leads on."""
    opened = visit("iphone")
    page = opened.go("boras/sok/")
    page.get_by_role("searchbox").press_sequentially(words)
    expect(page.locator("#found")).to_have_text("1 träffar")
    page.wait_for_url(lambda url: parse_qs(urlsplit(url).query) == {"q": [words]})
    page.locator("#results a").click()
    assert opened.path == "/boras/moten/1a2b3c/"
    assert page.url.endswith("#beslut")


@pytest.mark.slow
def test_a_search_can_be_sent(visit: Visiting) -> None:
    """The address holds the query; from the first page the same form leads there."""
    opened = visit()
    page = opened.go("")
    page.get_by_role("searchbox").fill("upprop")
    page.keyboard.press("Enter")
    expect(page.locator("#found")).to_have_text("1 träffar")
    assert opened.path == "/boras/sok/?q=upprop"
    page.get_by_role("searchbox").fill("finns inte")
    expect(page.locator("#found")).to_have_text("Inget hittades.")


@pytest.mark.slow
def test_search_holds_with_the_archive_of_many_years(visit: Visiting) -> None:
    """Five thousand meetings on a phone: the newest of what is found, and how much there is."""
    rows: list[dict[str, object]] = [{"id": "kulturnamnden", "n": "Kulturnämnden"}]
    for number in range(5000):
        agenda = [f"Bygglov {number}", "Åtgärder mot buller", "Övriga frågor"]
        rows.append({"id": f"{number:x}", "c": "kulturnamnden", "d": "2026-03-16", "a": agenda})
    body = "\n".join(json.dumps(row) for row in rows)
    opened = visit("android")
    opened.page.route("**/sok/index.jsonl", lambda route: route.fulfill(body=body))
    page = opened.go("boras/sok/?q=atgarder buller")
    expect(page.locator("#found")).to_have_text("De 50 senaste av 5000 träffar")
    page.get_by_role("searchbox").fill("bygglov 4711")
    expect(page.locator("#found")).to_have_text("1 träffar")
    assert page.locator("#results a").count() == 1


@pytest.mark.slow
def test_old_pages_say_so(visit: Visiting) -> None:
    """After two intervals without a check a banner says when the last was; before, nothing."""
    banner = visit().go("", still=True).locator("#stale")
    expect(banner).to_be_hidden()
    late = visit(clock="2026-03-02T09:20:00+01:00").go(f"{CULTURE}/").locator("#stale")
    expect(late).to_be_visible()
    expect(late).to_contain_text("2 mars 2026 kl. 07:15")


@pytest.mark.slow
def test_the_status_page_names_what_fails(visit: Visiting) -> None:
    """By the names that people know; what another machine wrote is text."""
    page = visit().go("status/")
    expect(page.locator("#checked")).to_contain_text("Något gick inte att läsa.")
    expect(page.locator("#status .rows")).to_contain_text("Kulturnämnden")
    expect(page.locator("#status .rows")).to_contain_text("senast läst 1 mars 2026")
    expect(page.locator("#held")).to_contain_text("boras/alla.ics")
    assert shown(page, "#status .rows strong") == ["Kulturnämnden", "Äldrenämnden"]


@pytest.mark.slow
def test_everything_serves_without_script(visit: Visiting) -> None:
    """All ways are there to be read and pressed, and what needs script says so."""
    page = visit("pc", java_script_enabled=False).go(f"{CULTURE}/")
    assert page.locator("code", has_text=ADDRESS).first.is_visible()
    for summary in page.locator(".apps summary").all():
        summary.click()
    assert len(shown(page, ".apps details[open] p")) > 0
    assert page.locator("button:visible").count() == 0
    noted = visit("pc", java_script_enabled=False)
    assert "JavaScript" in noted.go("boras/sok/").inner_text("main")
    assert noted.go("status/").locator("noscript a").get_attribute("href") == "../status.json"
    assert noted.go("boras/kalender/2026-03/").locator("form").is_hidden()


@pytest.mark.slow
def test_a_keyboard_is_enough(visit: Visiting) -> None:
    """The first stop leads past the menu, and every stop can be seen."""
    page = visit().go(f"{CULTURE}/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Till innehållet"
    page.keyboard.press("Enter")
    assert page.url.endswith("#innehall")
    seen = "(({outlineStyle, boxShadow}) => outlineStyle !== 'none' || boxShadow !== 'none')"
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(f"{seen}(getComputedStyle(document.activeElement))")


@pytest.mark.slow
def test_another_site_may_frame_the_small_view_alone(visit: Visiting) -> None:
    """The view for others shows within their page; a whole page does not."""
    opened = visit()
    opened.page.route("**/other.html", lambda route: route.fulfill(body="<title>x</title>"))
    page = opened.page
    page.goto(f"{opened.url}/other.html")
    frame = json.dumps(f"{opened.url}/boras/embed/kulturnamnden/")
    page.evaluate(f"document.body.innerHTML = `<iframe src=${{{frame}}}></iframe>`")
    expect(page.frame_locator("iframe").get_by_role("heading")).to_have_text("Kulturnämnden")


@pytest.mark.slow
def test_the_first_page_is_light(visit: Visiting) -> None:
    """Under 60 kB over the wire, with all that it loads, and drawn before any script has run."""
    opened = visit()
    sizes: list[int] = []
    opened.page.on("requestfinished", lambda one: sizes.append(one.sizes()["responseBodySize"]))
    opened.go("", still=True)
    assert 10_000 < sum(sizes) < 60_000
    assert opened.page.locator("script[src]:not([defer])").count() == 0
