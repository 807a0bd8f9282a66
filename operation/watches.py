"""The subjects that have feeds of their own, as settings name them."""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from feeds.watching import Watched, folded

_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST: Final = 60  # characters: it stands in a published path


def _slug(value: str) -> str:
    if not _SLUG.fullmatch(value) or len(value) > _LONGEST:
        raise ValueError(
            f"write at most {_LONGEST} of a-z, 0-9 and single hyphens, such as viskan: it names the"
            " feed"
        )
    return value


def _word(value: str) -> str:
    if not folded(value).strip():
        raise ValueError("write a word, or several in a row")
    return value


class Watch(BaseModel):
    """One subject: `words` of which any is enough, and the `slug` of its feed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    slug: Annotated[str, AfterValidator(_slug)]
    words: tuple[Annotated[str, AfterValidator(_word)], ...] = Field(min_length=1)

    @property
    def watched(self) -> Watched:
        """The same for those who render feeds."""
        return Watched(slug=self.slug, words=self.words)


def _apart(value: tuple[Watch, ...]) -> tuple[Watch, ...]:
    slugs = [watch.slug for watch in value]
    twice = sorted({slug for slug in slugs if slugs.count(slug) > 1})
    if twice:
        raise ValueError(f"give each its own slug: {', '.join(twice)} stands twice")
    return value


Watches = Annotated[tuple[Watch, ...], AfterValidator(_apart)]
"""Every subject, each under a slug of its own."""
