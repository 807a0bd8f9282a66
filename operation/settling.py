"""Which pages have told all that is to come of them: the store knows what their records lack."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from records.model import Meeting, NewsItem, Record
from records.state import PageState
from records.store import Store
from records.terms import Role, Status
from scraper.rota import Settled

_NEWS: Final = timedelta(days=14)  # an article that is older is seldom changed


def settled(store: Store, city: str, now: datetime) -> Settled:
    """Give what says of a page whether its meeting has its minutes, or its article is old."""

    def said(state: PageState) -> bool:
        record = store.owner(city, state.key)
        return record is not None and _over(record, now.date())

    return said


def _over(record: Record, today: date) -> bool:
    match record:
        case Meeting():
            minutes = any(document.role is Role.MINUTES for document in record.documents)
            return minutes or record.status is Status.CANCELLED
        case NewsItem(published=date() as published):
            day = published.date() if isinstance(published, datetime) else published
            return today - day > _NEWS
        case _:
            return False
