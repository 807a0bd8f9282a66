"""Whose pages are published, as the operator says it: name, contact, statement of accessibility."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict

from feeds import edition
from operation.contact import contact

Contact = Annotated[str, AfterValidator(contact)]


class Accessibility(BaseModel):
    """How far everybody can use the pages, how and when that was tried, and what is amiss."""

    model_config = ConfigDict(extra="forbid")

    compliance: Literal["full", "partial", "none"]
    tested: date
    method: str
    shortcomings: tuple[str, ...] = ()


class Publisher(BaseModel):
    """Who stands behind the pages; `official` where it is the city itself."""

    model_config = ConfigDict(extra="forbid")

    name: str = ""
    contact: Contact | None = None
    official: bool = False
    accessibility: Accessibility | None = None


def publisher(said: Publisher) -> edition.Publisher:
    """Give what the pages show."""
    statement = said.accessibility
    return edition.Publisher(
        name=said.name,
        contact=said.contact,
        official=said.official,
        accessibility=edition.Accessibility(**statement.model_dump()) if statement else None,
    )


def left_out(said: Publisher) -> Iterator[str]:
    """Name what a city must say on its own pages (lagen 2018:1937, om tillgänglighet)."""
    if said.official and not said.name:
        yield "publisher.name: give the city's name, for official says that the pages are its own"
    if said.official and said.contact is None:
        yield "publisher.contact: give a web or mail address, for the pages are the city's own"
    if said.official and said.accessibility is None:
        yield "publisher.accessibility: give the statement that the law asks of a city's pages"
