"""What an entry is as HTML: its lines with real links, then an agenda, decisions, an article."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import nh3

from feeds import phrases
from feeds.entry import Entry
from feeds.text import line, lines, web
from records.model import AgendaItem, Decision, Document, Meeting, NewsItem
from records.terms import ChangeKind, Role

_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
_TAGS: Final = {"p", "a", "ul", "ol", "li", "b", "strong", "em", "br", "h2", "h3", "h4"}
_TAG: Final = re.compile(r"<[^<>]*>")
_MAIN: Final = (Role.AGENDA, Role.MINUTES, Role.IMMEDIATE_MINUTES)
_WITH_AGENDA: Final = {ChangeKind.NEW, ChangeKind.AGENDA_CHANGED}


def plain(body: str) -> str:
    """Give text as the HTML that readers take a description for: escaped, with its line breaks."""
    return html.escape(body, quote=False).replace("\n", "<br/>\n")


def whole(entry: Entry) -> str:
    """Give all of an entry as HTML that may be shown as it is."""
    told = "<br/>\n".join(_shown(entry.body.split("\n")))
    return f"<p>{told}</p>" + (f"\n{entry.more}" if entry.more else "")


def of_meeting(meeting: Meeting, kind: ChangeKind, role: Role | None) -> str:
    """Give the agenda or the decisions, where that is what an entry is about."""
    if kind is ChangeKind.DECISIONS_PUBLISHED:
        return _listed("Beslut", map(_decision, meeting.decisions))
    if kind in _WITH_AGENDA or (role is Role.AGENDA and kind is not ChangeKind.DOCUMENT_REMOVED):
        return _listed("Ärenden", map(_item, meeting.agenda))
    return ""


def of_article(item: NewsItem) -> str:
    """Give an article's text and image; it was cleaned when it was read, and is so again."""
    image, words = web(item.image), line(item.image_text or "")
    shown = f'<p><img src="{_quoted(image)}" alt="{_quoted(words)}"/></p>\n' if image else ""
    return shown + nh3.clean(
        lines(item.content_html or ""),
        tags=_TAGS,
        attributes={"a": {"href"}},
        attribute_filter=lambda _tag, _name, value: web(value),
        link_rel=None,
    )


def words(item: NewsItem) -> str:
    """Give an article's text without its markup."""
    return html.unescape(_TAG.sub(" ", item.content_html or ""))


def main_first(files: Iterable[Document]) -> tuple[Document, ...]:
    """Give files with an address; the notice or the minutes before what belongs to them."""
    there = (file for file in files if web(file.url))
    return tuple(sorted(there, key=lambda file: file.role not in _MAIN))


def heard(meeting: Meeting, file: Document | None) -> tuple[str, ...]:
    """Give in what of a meeting words are looked for; of a mere paper, in its name alone.

    A meeting with forty papers of which one names a street is no forty news of that street.
    """
    if file and file.role not in _MAIN:
        return (file.name,)
    items = (f"{item.title} {item.reference or ''}" for item in meeting.agenda)
    made = (f"{one.title} {one.text}" for one in meeting.decisions)
    names = (one.name for one in ([file] if file else meeting.documents))
    return (meeting.title, *items, *made, *names)


def of_file(file: Document) -> str:
    """Give «Kallelse: Kallelse 2026-03-16.pdf», and its address on a line of its own."""
    url = web(file.url)
    words = f"{phrases.ROLE[file.role]}: {line(file.name)}"
    return f"{words}\n{url}" if url else words


def _item(item: AgendaItem) -> str:
    return line(f"{item.number or ''} {item.title}")


def _decision(made: Decision) -> str:
    return line(f"{made.title}: {made.text}".removesuffix(": "))


def _listed(title: str, rows: Iterable[str]) -> str:
    told = "".join(f"\n<li>{_quoted(row)}</li>" for row in rows)
    return f"<h2>{title}</h2>\n<ul>{told}\n</ul>" if told else ""


def _shown(told: Sequence[str]) -> Iterator[str]:
    """Give lines with links; one that is an address alone is where the line before it leads."""
    alone = [web(part) if _ADDRESS.fullmatch(part) else None for part in told]
    under = False  # the line before leads to this one
    for words, below in zip(told, (*alone[1:], None), strict=True):
        leads = below is not None and not under and not _ADDRESS.search(words)
        if leads:
            yield f'<a href="{_quoted(below or "")}">{_quoted(words)}</a>'
        elif not under:
            yield "".join(_parts(words))
        under = leads


def _parts(words: str) -> Iterator[str]:
    """Give a line escaped, with each address in it as a link."""
    end = 0
    for found in _ADDRESS.finditer(words):
        yield _quoted(words[end : found.start()])
        url, end = web(found[0]), found.end()
        shown = _quoted(found[0])
        yield f'<a href="{_quoted(url)}">{shown}</a>' if url else shown
    yield _quoted(words[end:])


def _quoted(words: str) -> str:
    return html.escape(words)
