"""What a meeting's page is made of: file lists, agenda, decisions and sentences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias
from urllib.parse import quote

Hint: TypeAlias = Literal["spaced", "window", "glued", "bare", "none"]
"""How a file's kind is told after its name: « Pdf, 1 kB.», the same with a new window, without a
blank before it, «PDF» alone, or not at all."""
Shape: TypeAlias = Literal["table", "portlet", "links", "state", "spans", "data"]
AgendaForm: TypeAlias = Literal["numbered", "bullets", "typed", "lines"]


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file for downloading; `size` as printed, `hint` how its kind is told after the name.

    `role` is what the file is to the meeting, None where nobody has judged it.
    """

    node: str
    name: str
    size: str
    uploaded: datetime
    hint: Hint = "spaced"
    role: str | None = None

    @property
    def kind(self) -> str:
        """Give the city's word for the file type."""
        return "Word" if self.name.endswith(".docx") else "Pdf"

    @property
    def path(self) -> str:
        """Give the address: node, upload moment in milliseconds, name."""
        named = self.name if self.name.endswith((".pdf", ".docx")) else f"{self.name}.pdf"
        return f"/download/18.{self.node}/{int(self.uploaded.timestamp() * 1000)}/{quote(named)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileList:
    """A heading with files under it; `drawn`: by a script whose data is not in the page."""

    heading: str | None
    files: tuple[File, ...] = ()
    note: str | None = None
    drawn: bool = False
    shape: Shape | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of an agenda; `reference` is all that is printed of its diary number."""

    title: str
    number: str | None = None
    code: str | None = None
    reference: str | None = None
    reference_inline: bool = False
    gap: str = " "


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """An agenda under its heading, or under none."""

    heading: str | None
    form: AgendaForm
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision in short."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What was decided, in short."""

    heading: str
    intro: str | None
    items: tuple[Decision, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Sentences and a bullet list between other blocks, such as a summons."""

    paragraphs: tuple[str, ...] = ()
    bullets: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


Block: TypeAlias = FileList | Agenda | Decisions | Words
