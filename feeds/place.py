"""Where a meeting is held: one postal line, as maps want it."""

from __future__ import annotations

import re
from typing import Final

from feeds.text import line
from records.model import Jurisdiction, Place

# bounded, or a long word would be read again from each of its letters
_ADDRESS: Final = re.compile(r"\w{1,20}://\S*")


def location(place: Place | None, city: Jurisdiction) -> str:
    """Give the postal line that the city's file has for the page's words, else those words."""
    if place is None:
        return ""
    known = {line(name).casefold(): address for name, address in city.places.items()}
    words = line(place.name)
    if words.casefold() in known:
        return line(known[words.casefold()])
    address = line(place.address or "")
    if address and address.casefold() not in words.casefold():
        words = f"{words}, {address}"
    return line(_ADDRESS.sub("", words))  # a link here sends map apps astray
