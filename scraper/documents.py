"""Files as pages list them, made documents: a clean name, a role, a type, a size and a stamp."""

from __future__ import annotations

import re
from datetime import datetime
from hashlib import sha256
from typing import Final

from records.model import ZONE, Document
from records.terms import Role
from scraper.bodies import slugify, tells
from scraper.document import absolute, same_host
from scraper.raw import RawFile

_UNITS: Final = {"bytes": 1, "b": 1, "kb": 1024, "mb": 1024**2, "gb": 1024**3}  # 1021.4 kB is seen
_SIZE: Final = re.compile(
    r"(?<![\d.,])(?P<number>\d{1,12}(?:[.,]\d{1,6})?)\s*(?P<unit>bytes|[kmg]?b)\b", re.IGNORECASE
)
_BYTES: Final = re.compile(r"\d{1,15}")
_MILLISECONDS: Final = re.compile(r"\d{10,14}")
_TYPES: Final = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
}
_WORDS: Final = {"word": "docx", "excel": "xlsx", "powerpoint": "pptx"}
_KIND: Final = r"(?:Pdf|PDF|Word|Docx|Doc|Excel|Xlsx|Powerpoint|Pptx)"
_HINT: Final = re.compile(
    rf"(?<!\s)\s*+(?:{_KIND}(?:,\s*+\d[\d.,]*+\s*+[kMG]?B)?)?"
    r"(?:\s*+,?\s*+(?:länk till annan webbplats|[Öö]ppnas i nytt fönster))*\s*+\.?$"
)
_CLOCK: Final = re.compile(r"^(\d{4}-\d\d-\d\d)[ T](\d\d)[.:](\d\d)")
_HEX: Final = re.compile(r"/download/18\.(?P<id>[0-9a-f]+)/(?P<stamp>\d{10,14})/")
_ROLES: Final = (  # the first that fits the name decides; the section only where none does
    (Role.OTHER, re.compile(r"debattordning|beslutsordning|arbetsordning")),
    (Role.MOTION, re.compile(r"^\s*motion\b")),
    (Role.APPENDIX, re.compile(r"bilag(?:a|or)\b|\bvotering")),
    (
        Role.IMMEDIATE_MINUTES,
        re.compile(
            r"omedelbar(?:t|a)? juster|§\s*\d+[\s,]*prot|prot\w{0,20}\s*§\s*\d+\b(?!\s*[-–])"
        ),
    ),
    (Role.MINUTES, re.compile(r"\bproto?kol|\bprotkoll")),
    (Role.RESIGNATION, re.compile(r"avsägelse")),
    (Role.MOTION, re.compile(r"\bmotion")),
    (Role.QUESTION, re.compile(r"\b(?:enkel )?fråg(?:a|or)\b|interpellation")),
    (
        Role.PROPOSAL,
        re.compile(
            r"\balt(?:ernativ\w*)?\b.{0,200}förslag|yrkande|återremiss|initiativärende"
            r"|\balt förslag"
        ),
    ),
    (Role.PAPERS, re.compile(r"handlingar|anmälningsärenden|delegationsbeslut|\bdel \d")),
    (Role.AGENDA, re.compile(r"kallelse|ärendelista|föredragningslista|dagordning")),
    (Role.REPORT, re.compile(r"missiv|rapport|revision|stadsrev")),
)


def document(raw: RawFile, base: str) -> Document:
    """Make one listed file a document; `base` is the page's address.

    On another host the address holds no id of the city's.
    """
    name, url = clean_name(raw.name), absolute(base, raw.url) if raw.url else None
    address = _HEX.search(url) if url and same_host(url, base) else None
    return Document(
        id=address["id"] if address else named(name),
        name=name,
        url=url,
        role=role(name, raw.section),
        section=raw.section,
        media_type=media_type(raw.name),
        size=size(raw.size or "") or size(raw.name[len(name) :]),
        published=stamp(raw.modified) or _address_stamp(address),
    )


def named(name: str) -> str:
    """Give the id of a file whose address has none: its slug, and what else tells it apart.

    Names in other letters, and long ones, may have one slug.
    """
    slug = slugify(name)
    return slug if tells(name) else f"{slug}-{sha256(name.encode()).hexdigest()[:8]}"


def clean_name(text: str) -> str:
    """Give a file's name without the hint glued to it: «protokoll.pdfPdf, 497.8 kB.»."""
    return _HINT.sub("", text).strip() or text


def role(name: str, section: str | None) -> Role:
    """Give what a document is by its name, or else by the heading that it stands under."""
    for text in (name, section or ""):
        found = next((role for role, words in _ROLES if words.search(text.lower())), None)
        if found:
            return found
    return Role.OTHER


def media_type(text: str) -> str | None:
    """Give the IANA type that a name or its hint tells."""
    ending = re.search(r"\.([a-z]{3,4})(?=$|[\s,.A-Z])", text)
    hint = re.search(rf"({_KIND})(?:,|\.|$)", text)
    word = (ending[1] if ending else hint[1] if hint else "").lower()
    return _TYPES.get(_WORDS.get(word, word))


def size(text: str) -> int | None:
    """Give bytes for «15.1 MB»; plain digits, as script state has them, are bytes."""
    if _BYTES.fullmatch(text):
        return int(text)
    match = _SIZE.search(text)
    if not match:
        return None
    return round(float(match["number"].replace(",", ".")) * _UNITS[match["unit"].lower()])


def stamp(text: str | None) -> datetime | None:
    """Give the moment of «2020-08-04 07.55», of ISO 8601 or of Unix milliseconds; else None."""
    if text and _MILLISECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(text) // 1000, ZONE)
    if not _CLOCK.match(text or ""):
        return None  # a day without a clock time is no moment
    try:
        moment = datetime.fromisoformat(_CLOCK.sub(r"\1T\2:\3", text or "", count=1))
        return moment.astimezone(ZONE) if moment.tzinfo else moment.replace(tzinfo=ZONE)
    except (OverflowError, ValueError):  # no real date
        return None


def _address_stamp(address: re.Match[str] | None) -> datetime | None:
    """Give the stamp that stands in a file's address: Unix time in milliseconds."""
    return stamp(address["stamp"]) if address else None
