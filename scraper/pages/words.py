"""The words by which a notice board labels what it tells, each list under its usual spelling."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MINUTES, MEETING, OTHER = "minutes", "meeting", "other"

BODY_LABELS: Final = ("nämnd", "organ", "instans", "nämnd/styrelse", "organization")
POSTED_LABELS: Final = (
    *("anslaget den", "anslaget", "anslagen", "anslagen den", "anslagsdatum", "datum för anslag"),
    *("anslaget sätts upp", "anslaget sattes upp", "datum för anslagets uppsättande"),
    *("datum då anslaget sätts upp", "anslås från", "fromdate"),
)
HELD_LABELS: Final = (
    *("sammanträdet hölls", "sammanträdet hölls den", "mötet hölls", "sammanträdesdatum"),
    *("sammanträdesdag", "datum för sammanträde", "datum för sammanträdet", "mötesdatum"),
)
ADJUSTED_LABELS: Final = (
    *("protokollet justerades", "protokollet justerades den", "protokollet justerat"),
    *("paragrafen justerades", "justerades", "justerades den", "justerat", "justeringsdatum"),
    "datum för justering",
)
KEPT_LABELS: Final = (
    *("protokollet finns hos", "protokollet förvaras hos", "protokollet förvaras"),
    *("förvaringsplats", "förvaringsplats för protokollet", "förvaras hos"),
)
UNTIL_LABELS: Final = (
    *("anslaget tas ner", "anslaget tas ner den", "anslaget tas ned", "anslaget tas ned den"),
    *("tas ner", "anslås till", "anslås till och med", "datum för anslagets nedtagande"),
    *("datum då anslaget tas ned", "datum då anslaget tas ner", "todate"),
)
DAYS: Final = (*POSTED_LABELS, *HELD_LABELS, *ADJUSTED_LABELS, *UNTIL_LABELS)

POSTED, HELD, ADJUSTED = POSTED_LABELS[0], HELD_LABELS[0], ADJUSTED_LABELS[0]
UNTIL, KEPT, BODY, SUBJECT = UNTIL_LABELS[0], KEPT_LABELS[0], BODY_LABELS[0], "subject"
PEOPLE: Final = (
    *("justerare", "sekreterare", "ordförande", "kontakt", "kontaktperson", "telefon", "e-post"),
)
"""Labels that only end the value before them: who stands there is not read."""

FIELDS: Final[Mapping[str, str]] = {
    label: names[0]
    for names in (
        *(POSTED_LABELS, HELD_LABELS, ADJUSTED_LABELS, UNTIL_LABELS, KEPT_LABELS, BODY_LABELS),
        *((SUBJECT,), PEOPLE),
    )
    for label in names
}
"""Every label with the usual spelling of what it asks for."""

DATED: Final = frozenset({POSTED, HELD, ADJUSTED, UNTIL, KEPT})
"""What an item has once: where one of these comes again, another item has begun."""
