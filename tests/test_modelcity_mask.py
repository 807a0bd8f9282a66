"""A masked page has no class and no id that it had, and is otherwise the same page."""

from __future__ import annotations

import re

import pytest
from lxml import html

from modelcity import addresses, aside
from modelcity.evidence import saved
from modelcity.mask import mask
from modelcity.render import SEED, Form
from visiting import ALL_FORMS, page, states

ADDRESSES = (addresses.START, addresses.CALENDAR, addresses.NOTICE_BOARD, addresses.NEWS, SEED)
SEEN = ("ks-2019-09-30", "kun-2024-01-22", "kf-2020-10-15", "news-2023-11-08-ks-besluten")
KEPT_ASIDE = ("dokument-ur-script", "dokument-i-dragspel", "inloggning")
FRESH = re.compile(r"[ci][0-9a-f]{11}")


def samples(form: Form) -> list[str]:
    """Give pages of every kind."""
    kept = [aside.pages()[name].render(form) for name in KEPT_ASIDE]
    return [
        *(page(form, each) for each in ADDRESSES), *(saved()[each].render(form) for each in SEEN),
        *kept,
    ]  # fmt: skip


def named(markup: str, attribute: str) -> list[str]:
    """Give the values of an attribute, in the order they stand."""
    return [
        each for value in html.fromstring(markup).xpath(f"//@{attribute}") for each in value.split()
    ]


def outline(markup: str) -> list[tuple[object, ...]]:
    """Give everything about a page but classes, ids and what refers to them."""
    loose = {"class", "id", "for", "data-cid"}
    found: list[tuple[object, ...]] = []
    for element in html.fromstring(markup).iter():
        if not isinstance(element.tag, str):
            continue
        kept = {name: value for name, value in element.attrib.items() if name not in loose}
        if kept.get("href", "").startswith("#"):
            del kept["href"]
        text = "" if element.tag in {"style", "script"} else element.text
        found.append((element.tag, sorted(kept.items()), text, element.tail))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("form", ALL_FORMS)
@pytest.mark.parametrize("references", ["kept", "broken"])
def test_only_classes_and_ids_change(form: Form, references: str) -> None:
    """Words, elements, addresses and `datetime` stay; no old name is left on any element."""
    for written in samples(form):
        masked = mask(written, 7, references="kept" if references == "kept" else "broken")
        assert outline(masked) == outline(written)
        for attribute in ("class", "id"):
            names = named(masked, attribute)
            assert len(names) == len(named(written, attribute))
            assert [name for name in names if not FRESH.fullmatch(name)] == []


@pytest.mark.slow
@pytest.mark.parametrize("form", ALL_FORMS)
def test_same_names_stay_the_same_name(form: Form) -> None:
    """A redesign renames; it does not shuffle."""
    for written in samples(form):
        for attribute in ("class", "id"):
            pairs = set(
                zip(named(written, attribute), named(mask(written, 1), attribute), strict=True)
            )
            assert len(pairs) == len(set(named(written, attribute)))


def test_a_seed_is_a_redesign() -> None:
    """The same for the same seed, another for another."""
    written = samples("iso")[0]
    assert mask(written, 1) == mask(written, 1)
    assert mask(written, 1) != mask(written, 2)


@pytest.mark.parametrize("form", ALL_FORMS)
def test_what_refers_to_an_id_follows_it_or_is_lost(form: Form) -> None:
    """Anchors, labels, and the elements and portlets of scripts."""
    for written in samples(form):
        kept, broken = mask(written, 3), mask(written, 3, references="broken")
        for markup, whole in ((written, True), (kept, True), (broken, False)):
            ids = set(named(markup, "id"))
            asked = [each[1:] for each in named(markup, "href") if each.startswith("#")]
            asked += re.findall(r"htmlElementId:['\"]([^'\"]+)", markup)
            asked += named(markup, "for")
            assert all((each in ids) is whole for each in asked), asked
        for markup in (written, kept, broken):
            drawn = set(re.findall(r"registerInitialState\(['\"]([^'\"]+)", markup))
            assert drawn <= set(re.findall(r"portletId:['\"]([^'\"]+)", markup))
        portlets = set(re.findall(r"portletId:['\"]([^'\"]+)", kept))
        assert portlets <= set(named(kept, "data-cid"))
        assert portlets.isdisjoint(re.findall(r"portletId:['\"]([^'\"]+)", written))


@pytest.mark.parametrize("references", ["kept", "broken"])
def test_the_data_of_scripts_stays(references: str) -> None:
    """What a script is handed is no class and no id."""
    written = page("elements", addresses.CALENDAR)
    masked = mask(written, 5, references="kept" if references == "kept" else "broken")
    assert states(masked) == states(written)
    assert len(states(masked)) == 3


def test_comments_and_style_rules_do_not_betray_the_old_names() -> None:
    """SiteVision writes each anchor's name into a comment; rules name classes."""
    masked = mask(saved()["ks-2019-09-30"].render("iso"), 9)
    assert "<!-- Rubrik -->" not in masked
    assert "<!-- Modell: " in masked
    assert ".env-m-top--1{" not in masked
    assert "{margin-top:4px}" in masked


def test_any_way_of_writing_attributes_is_masked() -> None:
    """A page that somebody saved has its own manners, and words that look like attributes."""
    written = (
        "<DIV Class='a b' data-x=\"1 > 0\" id=c title=\"class=a id='c'\">"
        '<a href="#c" class=a>Jonas\' id="c"</a></DIV>'
    )
    masked = mask(written, 4)
    outer, inner = html.fromstring(masked), html.fromstring(masked)[0]
    first, second = (outer.get("class") or "").split()
    assert (inner.get("class"), inner.get("href")) == (first, f"#{outer.get('id')}")
    assert all(FRESH.fullmatch(name) for name in (first, second, outer.get("id") or ""))
    assert (outer.get("title"), outer.get("data-x")) == ("class=a id='c'", "1 > 0")
    assert inner.text == 'Jonas\' id="c"'
