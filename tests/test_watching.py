"""A resident follows a street, a school or a word, and is told of it and of nothing else."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from editions import AGENDA, NOW, article, change, edition, meeting, revision
from feeding import FORMATS, body, read
from feeds.edition import Edition
from feeds.lint import lint
from feeds.publish import publish
from feeds.watching import Watched
from operation.configuring import shown, wrong
from operation.settings import load
from records.errors import ConfigError
from records.model import AgendaItem, Decision, Meeting, NewsItem
from records.terms import ChangeKind, Role

LATER: Final = NOW - timedelta(hours=1)
PAPER: Final = replace(AGENDA, id="18cc", name="Detaljplan_Viskan.pdf", role=Role.PAPERS)
VISKAN: Final = Watched(slug="viskan", words=("Viskan", "södra torget"))


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("Viskan", "Bro över VISKAN.", True),
        ("viskan", "Detaljplan_Viskan-2.pdf", True),
        ("Viskan", "Viskans stränder", False),
        ("skola", "Förskola", False),
        ("södra  Torget", "på Södra\ntorget, Borås", True),
        ("södra torget", "Södra nya torget", False),
        ("Södra torget", "södra torgets", False),
        ("råd", "Rad för rad", False),
        ("val", "Väl mött", False),
        ("åby", "ÅBY IDROTT", True),
        ("Åby", unicodedata.normalize("NFD", "i Åby"), True),
        ("ide", "En idé", True),
        ("Sørensen", "Sörensen", True),
        ("E20", "Väg E20: buller", True),
    ],
)
def test_whole_words_as_swedish_reads_them(word: str, text: str, found: bool) -> None:  # noqa: FBT001 - what is expected
    """Case and accents are nothing, å ä ö are letters, and a part of a word is another word."""
    assert Watched(slug="x", words=(word,)).finds([text]) is found


@given(before=st.text(), word=st.from_regex(r"[a-zåäö]{1,9}", fullmatch=True), after=st.text())
def test_a_word_between_blanks_is_found(before: str, word: str, after: str) -> None:
    """Whatever stands around it."""
    watched = Watched(slug="x", words=(word,))
    assert watched.finds([f"{before} {word.upper()} {after}"])


def heard(record: Meeting, kind: ChangeKind, part: str = "") -> bool:
    """Say whether a happening of a meeting is told to those who watch for the river."""
    told = [change(record.id, kind, LATER, part=part), change(record.id, ChangeKind.NEW)]
    made = edition([revision(record)], changes=told, watches=(VISKAN,))
    return len(read(made, "bevakning/viskan").entries) == 1


def test_all_of_a_meeting_is_searched() -> None:
    """Its title, agenda, decisions and the names of its documents."""
    kind = ChangeKind.CANCELLED
    assert not heard(meeting(), kind)
    assert heard(meeting(title="Kulturnämnden om Viskan"), kind)
    assert heard(meeting(agenda=(AgendaItem(title="Bad i Viskan"),)), kind)
    assert heard(meeting(decisions=(Decision(title="Bad", text="Viskan renas."),)), kind)
    assert heard(meeting(documents=(PAPER,)), kind)


def test_a_paper_is_searched_by_its_own_name() -> None:
    """Of forty papers one names the river; the notice of the meeting belongs to all its items."""
    agenda = (AgendaItem(title="Bad i Viskan"),)
    other = replace(PAPER, id="18dd", name="Budget.pdf")
    record = meeting(agenda=agenda, documents=(PAPER, other, AGENDA))
    added = ChangeKind.DOCUMENT_ADDED
    assert heard(record, added, PAPER.id)
    assert not heard(record, added, other.id)
    assert heard(record, added, AGENDA.id)


@pytest.mark.parametrize(
    "said",
    [
        {"title": "Ny bro över Viskan"},
        {"summary": "Det byggs på Södra torget."},
        {"content_html": "<p>Bad i <b>Vis</b></p><p>Viskan&nbsp;är ren.</p>"},
    ],
)
def test_news_are_searched_whole(said: dict[str, Any]) -> None:
    """Also the text that the feed itself does not tell."""
    item: NewsItem = article(**said)
    made = edition(
        news=(revision(item),), changes=[change(item.id, ChangeKind.NEW)], watches=(VISKAN,)
    )
    assert len(read(made, "bevakning/viskan").entries) == 1


def test_a_subject_has_its_files_and_its_place_in_the_list(tmp_path: Path) -> None:
    """In each format, under its slug, named by its words, beside the others."""
    made: Edition = edition([revision(meeting())], watches=(VISKAN,))
    done = publish(made, tmp_path, now=NOW)
    for ending in FORMATS:
        path = f"boras/bevakning/viskan.{ending}"
        assert path in done.paths
        assert lint(path, (tmp_path / path).read_bytes()) == []
    assert b'href="../../feed.css"' in body(made, "bevakning/viskan")
    (outline,) = etree.parse(tmp_path / "boras/feeds.opml").xpath(
        "//outline[@text='Bevakningar']/outline"
    )
    assert outline.get("text") == "Bevakning: Viskan, södra torget"


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder whose settings a test writes."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / "kallelse.toml"


def test_subjects_are_settings(elsewhere: Path) -> None:
    """Blocks in the file; `config show` tells them."""
    elsewhere.write_text('[[watch]]\nslug = "viskan"\nwords = ["Viskan", "södra torget"]\n')
    (watch,) = load(None, {}).watch
    assert watch.watched == VISKAN
    (row,) = (one for one in shown(None, {}) if one.name == "watch")
    assert json.dumps(row.value, ensure_ascii=False) == (
        '[{"slug": "viskan", "words": ["Viskan", "södra torget"]}]'
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('slug = "Å"\nwords = ["x"]', "watch.0.slug: write at most 60 of a-z"),
        ('slug = "../x"\nwords = ["x"]', "watch.0.slug"),
        (f'slug = "{"x" * 61}"\nwords = ["x"]', "watch.0.slug"),
        ('slug = "x"\nwords = []', "watch.0.words"),
        ('slug = "x"\nwords = [" – "]', "watch.0.words.0: write a word"),
        ('slug = "x"', "watch.0.words"),
        ('slug = "x"\nwords = ["x"]\nname = "y"', "watch.0.name: there is no such setting"),
        ('slug = "x"\nwords = ["x"]\n[[watch]]\nslug = "x"\nwords = ["y"]', "x stands twice"),
    ],
)
def test_config_check_finds_what_is_wrong(text: str, says: str, elsewhere: Path) -> None:
    """All of it, before a feed is published under a name that nobody can keep."""
    elsewhere.write_text(f"[[watch]]\n{text}\n")
    assert [one for one in wrong(None, {}) if says in one]
    with pytest.raises(ConfigError):
        load(None, {})
