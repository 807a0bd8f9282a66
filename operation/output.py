"""What is published of one city: an edition of all that its store holds."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from feeds.edition import Edition
from operation import announcing, board
from operation.freshness import interval
from operation.imprint import publisher
from operation.settings import Settings
from records import forgotten
from records.model import ZONE, Committee, Meeting, NewsItem
from records.store import Store
from scraper.cities import City

_ANY_MONDAY: Final = datetime(2024, 1, 1, tzinfo=ZONE)
"""From when the timetable is looked at: what is published does not depend on the hour."""


def edition(city: City, store: Store, settings: Settings, now: datetime, *, model: bool) -> Edition:
    """Gather an edition as of `now`; `model` marks every page of a demonstration."""
    slug = city.slug
    published = board.output(store, slug)
    return Edition(
        city=city.jurisdiction,
        site=settings.site,
        today=now.date(),
        committees=tuple(store.revisions(slug, Committee)),
        meetings=tuple(store.revisions(slug, Meeting)),
        news=tuple(store.revisions(slug, NewsItem)),
        notices=published.notices,
        changes=published.changes,
        taken_down=published.taken_down,
        forgotten=forgotten.read(store.note(slug, forgotten.NOTE)),
        unseen=published.unseen,
        model=model,
        publisher=publisher(settings.publisher),
        interval=interval(settings.timetable.cron, _ANY_MONDAY),
        pages=settings.pages,
        news_body=settings.news_body,
        told=announcing.remembered(store, slug),
        watches=tuple(watch.watched for watch in settings.watch),
    )
