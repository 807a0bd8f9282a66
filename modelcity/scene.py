"""What every page of one city in one form shares: form, day, banner and sidebars."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from markupsafe import Markup

from modelcity import draws, markup, shell
from modelcity.model import Look
from modelcity.moments import Form
from modelcity.swedish import STOCKHOLM

_LOOK: Final = Look()


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What is particular to one article: `created` is the day in brackets after «Dela sidan»."""

    node: str
    address: str
    title: str
    share: str
    created: date
    changed: datetime | None
    look: Look


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The setting of a page; `banner` is the site-wide line where a page has none of its own."""

    form: Form
    today: date
    banner: str | None
    aside: Markup

    def ordinary(  # noqa: PLR0913 - what a frame has, all of it with a default
        self,
        address: str,
        title: str,
        content: Markup,
        *,
        aside: Markup | None = None,
        look: Look = _LOOK,
        changed: datetime | None = None,
        alternate: Markup = markup.EMPTY,
    ) -> str:
        """Set an ordinary page, which has the sidebars, in its frame."""
        frame = shell.Frame(
            node=draws.node("frame", address),
            address=address,
            title=title,
            share=title,
            changed=changed or _changed(address),
            look=self.look(look),
            aside=self.aside if aside is None else aside,
            alternate=alternate,
        )
        return shell.page(self.form, frame, markup.heading(1, title) + content)

    def article(self, piece: Piece, content: Markup) -> str:
        """Set an article, which has no sidebars, in its frame."""
        framed = shell.Frame(
            node=piece.node,
            address=piece.address,
            title=piece.title,
            share=f"[{piece.created}] {piece.share}",
            changed=piece.changed,
            look=self.look(piece.look),
            template="artikel",
        )
        return shell.page(self.form, framed, content)

    def look(self, look: Look) -> Look:
        """Give a look with the site-wide banner, unless it has its own."""
        return look if look.banner else replace(look, banner=self.banner)


def _changed(address: str) -> datetime:
    """Give when an editor last touched an ordinary page; the lists on it change without one."""
    minutes = draws.number("changed", address) % (2 * 365 * 24 * 60)
    return datetime(2024, 1, 2, tzinfo=STOCKHOLM) + timedelta(minutes=minutes)
