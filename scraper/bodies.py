"""Which committee a name means; a name that the city's file does not know becomes a new one."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from records.model import Committee
from records.terms import Classification
from scraper import statuses
from scraper.cities import City
from scraper.lines import clean
from scraper.swedish import has_date

RESERVED: Final = frozenset(
    {"alla", "nyheter", "anslagstavla", "handlingar", "beslut", "kallelser", "protokoll"}
    | {"andringar", "veckan", "bevakning", "overklagande", "moten", "data", "kalender", "sok"}
    | {"embed", "feeds"}
)
"""Names in the published folder that no committee may take."""

_LONGEST: Final = 80  # characters of a slug: a file name of it stays under 100 bytes
_GENITIVE: Final = re.compile(r"s$")
_WORDS: Final = 8  # of the longest names of bodies; more are a sentence
_MARK: Final = (  # what says of a meeting whether and when it is, says nothing of whose it is
    rf"(?:(?:{statuses.CALLED_OFF}|{statuses.SHIFTED}|{statuses.PRELIMINARY}"
    r"|extra(?:insatt|ordinarie)?)(?: sammanträde| möte)?"
    rf"|{statuses.RENEWED}|ny(?:tt|a)? (?:lokal|plats)"
    r"|ändra(?:t|d|de) (?:datum|dag|tid|starttid|lokal|plats))"
)
_REMARK: Final = re.compile(  # «INSTÄLLT: Kulturnämnden», «Kulturnämnden (ny tid)»
    rf"^(?:obs[!:.]?\s*)?{_MARK}\b\s*[:!.–-]*\s*|(?<![\s,(–—-])[\s,(–—-]*\b{_MARK}[!.]*\s*\)?[!.]*$",
    re.IGNORECASE,
)
_COMMON: Final = re.compile(  # what stands above lists of meetings, and is nobody's name
    r"\d+|nästa|kommande|tidigare|alla|senaste|visa|läs|mer|till|för|och|i|den|på|här|från|med|se"
    r"|sammanträde\w*|möte\w*|(?:sammanträdes|mötes)?kalender\w*|kalendarium|nyhet\w*"
    r"|handlingar|protokoll|beslut|ärendelista|datum|dag|tid|plats|klockan|kl|start\w*|meny"
)
PART_OF: Final = re.compile(r"utskott|beredning|delegation|\bråd", re.IGNORECASE)
"""Bodies within a body: their meetings and minutes are not the whole body's."""

_LETTERS: Final = str.maketrans(
    {"å": "a", "ä": "a", "ö": "o", "é": "e", "ü": "u", "æ": "a", "ø": "o"}
)


def slugify(name: str) -> str:
    """Give a name as lower-case ASCII with hyphens, as published addresses have it."""
    slug = _spelled(name)[:_LONGEST].strip("-")
    return f"{slug}-2" if slug in RESERVED else slug or "namnlos"


def tells(name: str) -> bool:
    """Say whether a name's slug tells it: none of its letters is left out, nor its end cut off."""
    letters = filter(str.isalnum, unicodedata.normalize("NFC", name))
    return bool(_spelled(name)) and not cut(name) and all(map(_spelled, letters))


def cut(name: str) -> bool:
    """Say whether a name's slug lacks its end."""
    return len(_spelled(name)) > _LONGEST


def _spelled(name: str) -> str:
    text = unicodedata.normalize("NFC", name).lower().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def known(city: City, name: str) -> Committee | None:
    """Give the city's committee of this name or alias; case, blanks and hyphens do not matter."""
    wanted = _folded(_REMARK.sub("", name))
    for body in city.committees:
        if any(
            _folded(own) in {wanted, _GENITIVE.sub("", wanted)}
            for own in (body.name, *body.aliases)
        ):
            return body
    return None


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", clean(name).casefold())


def committee(city: City, name: str | None, url: str | None) -> Committee | None:
    """Give the committee that a name means, or else the one whose folder the address lies in.

    A part of a body, such as its arbetsutskott, lies in the body's folder and is not the body.

    A name that is not known becomes a committee of its own, classification `other`. None where
    there is neither a name nor a known folder, or where the words are no name («Nästa sammanträde»,
    a date): then nobody's calendar may take the meeting.
    """
    found = known(city, name) if name else None
    if found or not (name or url):
        return found
    folder = city.source("meeting", url) if url else ""
    in_folder = next((body for body in city.committees if body.slug == folder), None)
    own = clean(_REMARK.sub("", name or ""))
    if PART_OF.search(own) and _is_name(own):
        in_folder = None
    if in_folder or not _is_name(own):
        return in_folder
    slug = slugify(own)
    taken = {bundle.slug for bundle in city.jurisdiction.bundles}
    slug = f"{slug}-2" if slug in taken else slug
    return Committee(slug=slug, name=own, classification=Classification.OTHER)


def _is_name(words: str) -> bool:
    """Tell a body's name from a heading, a sentence or a date that stands where a name should."""
    if words.rstrip().endswith((".", "!", "?", ":")) or len(words.split()) > _WORDS:
        return False
    told = [word for word in re.findall(r"\w+", words.lower()) if not _COMMON.fullmatch(word)]
    return bool(told) and not has_date(words) and any(map(str.isalpha, words))
