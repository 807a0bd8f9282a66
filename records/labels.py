"""What changed in a record's plain fields, each told as a label and its new value."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import Final

from records.model import Committee, Meeting, NewsItem, Notice, Record
from records.terms import ChangeKind
from records.wording import Happening, Wording, clock, instant, say, when

_LABELS: Final[dict[type[Record], dict[str, Wording]]] = {
    Committee: {
        "name": Wording(sv="Nytt namn", en="New name"),
        "until": Wording(sv="Upphör", en="Ends"),
        "successors": Wording(sv="Efterträds av", en="Succeeded by"),
    },
    Meeting: {
        "committee": Wording(sv="Hålls nu av", en="Now held by"),
        "title": Wording(sv="Ny rubrik", en="New title"),
        "times": Wording(sv="Tider", en="Times"),
        "webcast": Wording(sv="Webbsändning", en="Webcast"),
    },
    NewsItem: {
        "title": Wording(sv="Ny rubrik", en="New title"),
        "published": Wording(sv="Publicerad", en="Published"),
    },
    Notice: {
        "title": Wording(sv="Ny rubrik", en="New title"),
        "committee": Wording(sv="Organ", en="Body"),
        "posted": Wording(sv="Anslaget", en="Posted"),
        "held": Wording(sv="Sammanträdesdag", en="Date of meeting"),
        "adjusted": Wording(sv="Justerat", en="Minutes approved"),
        "immediate": Wording(sv="Omedelbar justering", en="Immediate approval"),
        "kept_at": Wording(sv="Förvaras", en="Kept at"),
        "document_url": Wording(sv="Dokument", en="Document"),
        "appeal_deadline": Wording(
            sv="Beräknad sista dag att överklaga", en="Computed last day to appeal"
        ),
    },
}
_NOT_GIVEN: Final = Wording(sv="inte längre angivet", en="no longer given")
_ANSWERS: Final = (Wording(sv="nej", en="no"), Wording(sv="ja", en="yes"))


def between(old: Record, new: Record) -> Iterator[Happening]:
    """Tell each labelled field that differs between two versions of one record."""
    for field, label in _LABELS[type(new)].items():
        value = getattr(new, field)
        if instant(getattr(old, field)) != instant(value):
            words = say("{label}: {value}", "{label}: {value}", label=label, value=_shown(value))
            yield Happening(kind=ChangeKind.TEXT, words=words)


def _shown(value: object) -> Wording | str:
    """Write a field's value: a text, yes or no, a day, a list of texts, or clocks with words."""
    match value:
        case None | ():
            return _NOT_GIVEN
        case bool():
            return _ANSWERS[value]
        case date():
            return when(value, year=True)
        case tuple():
            parts = [_part(part) for part in value]
            return Wording(
                sv=", ".join(part.sv for part in parts), en=", ".join(part.en for part in parts)
            )
        case _:
            return str(value)


def _part(part: str | tuple[time, str]) -> Wording:
    if isinstance(part, str):
        return Wording(sv=part, en=part)
    return say("{clock} {words}", "{clock} {words}", clock=clock(part[0]), words=part[1])
