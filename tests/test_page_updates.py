"""Pages are made by the same run as the feeds, and only those that changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from editions import at, edition, meeting, revision, whole
from feeds.catalogue import files, manifests
from feeds.marks import Inputs
from modelcity.server import ModelCity
from runs import LATER, run, stamps


@pytest.mark.slow
def test_a_run_publishes_the_pages_and_the_next_leaves_them(
    little: ModelCity, small_folder: Path
) -> None:
    """Who asks for them has them from then on; a second run of the day writes no page."""
    assert not (small_folder / "public/index.html").exists()
    first = run(small_folder, little, pages=True)
    assert first.held == ()
    pages = {path for path in first.written if path.endswith(".html")}
    assert {"index.html", "boras/kulturnamnden/index.html", "en/status/index.html"} < pages
    before = stamps(small_folder / "public")
    again = run(small_folder, little, now=LATER, pages=True)
    assert again.written == ()
    after = stamps(small_folder / "public")
    assert {path for path in before if before[path] != after[path]} == {"status.json"}


@pytest.mark.slow
def test_a_change_touches_only_the_pages_that_show_it(
    little: ModelCity, small_folder: Path
) -> None:
    """A new place: the meeting, its committee, lists of what comes; no other meeting's page."""
    run(small_folder, little, pages=True)
    truth = little.truth
    changed = next(one for one in truth.coming if one.node)
    little.replace(truth.changed(changed.key, place="Rådhuset"))
    try:
        report = run(small_folder, little, now=LATER, pages=True)
    finally:
        little.replace(truth)
    pages = {path for path in report.written if path.endswith(".html")}
    assert f"boras/moten/{changed.node}/index.html" in pages
    meetings = {path for path in pages if path.startswith("boras/moten/")}
    assert meetings == {f"boras/moten/{changed.node}/index.html"}
    assert not [path for path in pages if "/kalender/" in path or "guide" in path]


def test_every_page_says_what_it_is_made_of() -> None:
    """So that publishing passes over those that would be made of the same."""
    made = edition([revision(meeting()), revision(meeting("b", start=at("2026-04-20")))])
    known = [file.path for file in files(made)]

    def marks() -> dict[str, str]:
        inputs, found = Inputs(), {}
        for file in manifests(made, known):
            if file.path.endswith(".html"):
                assert file.inputs is not None
                found[file.path] = inputs.digest(file.inputs)
        return found

    first = marks()
    assert first == marks()
    assert len(set(first.values())) == len(first) > 50


def test_without_pages_nothing_names_one() -> None:
    """Who only wants feeds has no page, no style and no index of a search."""
    bare = edition(whole().meetings, pages=False)
    paths = [file.path for file in files(bare)]
    paths += [file.path for file in manifests(bare, paths)]
    assert not [path for path in paths if path.endswith((".html", ".js"))]
    assert "style.css" not in paths
