"""Documents as pages list them: by what they are, with their type and size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from feeds import phrases
from feeds.page.language import Language
from feeds.text import line, media_type, web
from records.model import Document
from records.terms import Role

_TYPES: Final = {
    "application/pdf": "PDF",
    "application/msword": "Word",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.ms-excel": "Excel",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel",
}
_ORDER: Final = (
    Role.AGENDA,
    Role.PAPERS,
    Role.MINUTES,
    Role.IMMEDIATE_MINUTES,
    Role.PROPOSAL,
    Role.MOTION,
    Role.QUESTION,
    Role.REPORT,
    Role.RESIGNATION,
    Role.APPENDIX,
    Role.OTHER,
)
_KILO: Final = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One document; `about` is its type and size."""

    id: str
    name: str
    url: str | None
    role: str
    about: str


def papers(speech: Language, documents: Sequence[Document]) -> tuple[Paper, ...]:
    """Give documents in the order in which a meeting makes them."""
    ordered = sorted(documents, key=lambda one: _ORDER.index(one.role))
    return tuple(paper(speech, one) for one in ordered)


def chief(speech: Language, documents: Iterable[Document]) -> tuple[Paper, ...]:
    """Give the first document of each of the roles that people look for in a list."""
    found: dict[Role, Document] = {}
    for one in documents:
        found.setdefault(one.role, one)
    wanted = (Role.AGENDA, Role.PAPERS, Role.MINUTES, Role.IMMEDIATE_MINUTES)
    return tuple(paper(speech, found[role]) for role in wanted if role in found)


def paper(speech: Language, document: Document) -> Paper:
    """Give one document as it is listed."""
    kind = media_type(document.media_type)
    named = _TYPES.get(kind, kind) if kind else None
    return Paper(
        id=document.id,
        name=line(document.name),
        url=web(document.url),
        role=speech.say(phrases.ROLE[document.role]),
        about=", ".join(filter(None, (named, _size(speech, document.size)))),
    )


def _size(speech: Language, size: int | None) -> str:
    """Give «9,6 MB»."""
    if not size:
        return ""
    if size < _KILO * _KILO:
        return f"{max(round(size / _KILO), 1)} kB"
    number = f"{size / _KILO / _KILO:.1f}"
    return f"{number.replace('.', ',') if speech.code == 'sv' else number} MB"
