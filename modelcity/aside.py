"""Pages kept aside: wordings and layouts that no reader was written by, and what they say."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cache, partial
from importlib.resources import files
from typing import Any, Final

from lxml.html import fragment_fromstring
from markupsafe import Markup

from modelcity import addresses, evidence_facts, expected, markup, meeting_page, shell
from modelcity.blocks import File
from modelcity.evidence import Saved
from modelcity.model import Body, Look
from modelcity.moments import Form
from modelcity.scene import Piece, Scene
from modelcity.swedish import STOCKHOLM

_CREATED: Final = date(2025, 12, 18)
_CHANGED: Final = datetime(2026, 1, 7, 9, 30, tzinfo=STOCKHOLM)
_UNSAID: Final[dict[str, Any]] = {
    "end": None,
    "status": "confirmed",
    "place": None,
    "access": "unknown",
    "public_from": None,
    "webcast": None,
    "notices": [],
}


@cache
def pages() -> Mapping[str, Saved]:
    """Give every page kept aside, by its name.

    Kinds are those of `evidence.saved`, and `list` for several meetings, `undated` for a meeting
    whose date nobody can read, `wall` for what is no page of the city's at all. Texts that run over
    several paragraphs have a blank between them. In `expected` a list that is None (`notices`,
    `documents`, `files`) and a role that is None are what a person could not tell either.
    """
    facts = tomllib.loads(files("modelcity").joinpath("aside.toml").read_text("utf-8"))
    made = {"meeting": _meeting, "page": _page, "list": _list, "nothing": _nothing}
    return {each["name"]: make(each) for kind, make in made.items() for each in facts[kind]}


def _scene(form: Form) -> Scene:
    return Scene(form=form, today=_CREATED, banner=None, aside=markup.EMPTY)


def _meeting(facts: dict[str, Any]) -> Saved:
    """Give a page in the city's own layout, which every markup form shows in its way."""
    start = evidence_facts.stamp(facts["start"])
    body = evidence_facts.body(facts["body"])
    slug = f"{facts['body']}sammantrade{start:%Y%m%d%H%M}"
    path = evidence_facts.path(body, slug, facts["name"])
    meeting = evidence_facts.meeting({"created": _CREATED, **facts, "path": path})
    return Saved(
        name=facts["name"],
        path=path,
        kind="meeting",
        expected=(expected.meeting(meeting),),
        render=lambda form: meeting_page.render(_scene(form), meeting),
    )


def _page(facts: dict[str, Any]) -> Saved:
    """Give a page in a layout of its own; the markup form shows in its frame alone."""
    body = evidence_facts.body(facts["body"])
    path = evidence_facts.path(body, facts["slug"], facts["name"])
    listed = [_file(facts["name"], row) for row in facts.get("files", [])]
    content = _filled(facts["html"], "f", [file.path for file, _ in listed])
    told = {**_told(facts, body, path), **_own(facts), "files": _files(listed)}
    told["documents"] = [file["name"] for file in told["files"]]
    told |= dict.fromkeys(facts.get("unjudged", []))
    return Saved(
        name=facts["name"],
        path=path,
        kind="meeting",
        expected=(told,),
        render=partial(_render_article, path, facts["title"], content),
    )


def _list(facts: dict[str, Any]) -> Saved:
    """Give a list of meetings, of one body or of all."""
    body = facts.get("body", "")
    path = f"{addresses.ORGANISATION}/{facts['name'].replace('-', '')}"
    path = f"{path}.4.{evidence_facts.node(facts['name'])}.html"
    rows = [_row(facts["name"], place, row, body) for place, row in enumerate(facts["rows"])]
    content = _filled(facts["html"], "m", [address or "" for address, _ in rows])
    return Saved(
        name=facts["name"],
        path=path,
        kind="list",
        expected=tuple(told for _, told in rows),
        render=lambda form: _scene(form).ordinary(path, facts["title"], content),
    )


def _nothing(facts: dict[str, Any]) -> Saved:
    """Give a page that tells of no meeting, though its address or its words may look like one."""
    path = facts.get("path") or evidence_facts.path(
        evidence_facts.body(facts["body"]), facts["slug"], facts["name"]
    )
    renders = {"wall": _render_bare, "undated": _render_undated, "page": _render_ordinary}
    return Saved(
        name=facts["name"],
        path=path,
        kind=facts["kind"],
        expected=(),
        render=partial(renders[facts["kind"]], path, facts),
    )


def _render_bare(path: str, facts: dict[str, Any], form: Form) -> str:
    """Give what has no frame of the city's, and so no form and no address in it."""
    del path, form
    return str(facts["bare"])


def _render_undated(path: str, facts: dict[str, Any], form: Form) -> str:
    return _render_article(path, facts["title"], _filled(facts["html"], "", []), form)


def _render_ordinary(path: str, facts: dict[str, Any], form: Form) -> str:
    content = _filled(facts["html"], "", [])
    aside = shell.aside(markup.EMPTY, markup.EMPTY) if "sidebars" in facts else markup.EMPTY
    return _scene(form).ordinary(path, facts["title"], content, aside=aside)


def _render_article(path: str, title: str, content: Markup, form: Form) -> str:
    piece = Piece(
        node=addresses.node(path),
        address=path,
        title=title,
        share=title,
        created=_CREATED,
        changed=_CHANGED,
        look=Look(),
    )
    return _scene(form).article(piece, content)


def _filled(html: str, letter: str, paths: list[str]) -> Markup:
    """Put addresses where «{f0}», «{f1}» … stand."""
    for place, path in enumerate(paths):
        html = html.replace(f"{{{letter}{place}}}", path)
    return Markup(html)  # noqa: S704 - written in aside.toml


def _row(name: str, place: int, row: dict[str, Any], slug: str) -> tuple[str | None, Any]:
    body = evidence_facts.body(row.get("body", slug))
    path = None
    if "slug" in row:
        path = evidence_facts.path(body, row["slug"], f"{name}{place}")
    told = _told(row, body, path)
    return path, {**told, "heading": None, "page_name": None, "created": None, "changed": None}


def _told(facts: dict[str, Any], body: Body, path: str | None) -> dict[str, Any]:
    """Give what a page or a row says of its meeting; a row never tells of documents."""
    said = {field: facts.get(field, unsaid) for field, unsaid in _UNSAID.items()}
    return {
        "id": f"boras:{addresses.node(path)}" if path else None,
        "committee": body.name,
        "start": _iso(facts["start"]),
        **said,
        "end": _iso(said["end"]),
        "place_line": said["place"],
        "times": [],
        "documents": None,
        "files": None,
        "agenda": [],
        "decisions": [],
        "url": addresses.HOST + path if path else None,
    }


def _own(facts: dict[str, Any]) -> dict[str, Any]:
    """Give what only a meeting's own page says."""
    blank = {"number": None, "title": None, "reference": None, "code": None}
    clocks = (told.partition(" ") for told in facts.get("times", []))
    return {
        "times": [(clock.replace(".", ":"), what) for clock, _, what in clocks],
        "agenda": [{**blank, **item} for item in facts.get("agenda", [])],
        "decisions": facts.get("decisions", []),
        "heading": _heading(facts["html"]),
        "page_name": facts["title"],
        "created": _CREATED.isoformat(),
        "changed": _CHANGED.isoformat(),
    }


def _heading(html: str) -> str:
    """Give the page's heading as a person sees it: soft hyphens unseen, blanks single."""
    (heading,) = fragment_fromstring(html, create_parent=True).iter("h1")
    return " ".join(str(heading.text_content()).replace("\xad", "").split())


def _file(name: str, row: str) -> tuple[File, dict[str, Any]]:
    """Read «name | size | uploaded | role | section»; a hyphen is what is not told or judged.

    A sixth column is the name on the page, where that is not the file's own.
    """
    named, size, uploaded, role, section, *shown = (part.strip() for part in row.split("|"))
    told = {"section": section or None, "size": None if size == "-" else size}
    told |= {"name": shown[0]} if shown else {}
    file = File(
        node=evidence_facts.node(name, named),
        name=named,
        size=size,
        uploaded=evidence_facts.stamp(uploaded),
        role=None if role == "-" else role,
    )
    return file, told


def _files(listed: list[tuple[File, dict[str, Any]]]) -> list[dict[str, Any]]:
    return [expected.file(file, told["section"]) | told for file, told in listed]


def _iso(printed: str | None) -> str | None:
    """Give a moment with the city's offset; a plain date stays one."""
    if printed is None or "T" not in printed:
        return printed
    day, _, clock = printed.partition("T")
    moment = datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), STOCKHOLM)
    return moment.isoformat()
