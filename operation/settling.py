"""Which pages have told all that is to come of them: the store knows what their records lack."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from records.model import Meeting, NewsItem, Record
from records.state import PageState
from records.store import Store
from records.terms import Role, Status
from scraper.rota import Settled, in_question

_NEWS: Final = timedelta(days=14)  # an article that is older is seldom changed


def settled(store: Store, city: str, pages: Iterable[PageState], now: datetime) -> Settled:
    """Give what says of any of these pages whether its meeting has its minutes, or it is old news.

    The store is asked once, and of no more pages than this run may want to know it of.
    """
    asked = [state.key for state in pages if in_question(state, now)]
    owners = store.owners(city, asked)
    over = frozenset(page for page, record in owners if _over(record, now.date()))
    return lambda state: state.key in over


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
