"""A page saved as a test fixture: whom it names is cut out, and beside it stands whence it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from operation.looking import Looked, meta_of
from records.errors import PageChanged, PublishError
from scraper.capture import capture
from scraper.crawl import bring
from scraper.page import Page
from scraper.personal import redacted

FOLDER = Path("captures")
"""Where pages are saved unless another folder is named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A page that was saved; `cut` counts what was cut out, by what it was."""

    file: Path
    cut: Mapping[str, int]

    @property
    def sentence(self) -> str:
        """What a person should know of it."""
        parts = [f"{number} × {what}" for what, number in sorted(self.cut.items())]
        return f"{self.file}: cut out {', '.join(parts) or 'nothing'}"


def save(looked: Looked, folder: Path) -> Saved:
    """Save a page as `<kind>-<date>.html` and `.meta.json`; nothing that stands there is replaced.

    PublishError where the folder cannot be written, or where the page would be read differently
    once it is cut; PageChanged where its bytes are no text.
    """
    kept = capture(looked.page)
    if _words(looked, looked.page) != _words(looked, kept.page):
        raise PublishError(
            f"{looked.page.url} is read differently with what is personal cut out:"
            " save it by hand, and cut it with care"
        )
    kind = looked.link.kind if looked.link else "page"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = _free(folder, f"{kind}-{looked.page.fetched:%Y-%m-%d}")
        file.write_bytes(kept.page.body)
        meta_of(file).write_text(_meta(kept.page, kind), encoding="utf-8")
    except OSError as error:
        raise PublishError(
            f"{folder} cannot be written ({error.strerror}): name another folder with --to"
        ) from error
    return Saved(file=file, cut=kept.cut)


def _meta(page: Page, kind: str) -> str:
    told = {
        "url": page.url,
        "fetched": page.fetched.isoformat(),
        "kind": kind,
        "content_type": page.content_type,
        "charset": page.charset,
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _free(folder: Path, name: str) -> Path:
    """Give the first name that nothing has: two pages of one kind on one day are two."""
    names = (folder / f"{name}{f'-{n}' if n > 1 else ''}.html" for n in count(1))
    return next(file for file in names if not file.exists())


def _words(looked: Looked, page: Page) -> str:
    """Give what a page says, or what is missing in it, without what is cut out everywhere."""
    try:
        read = bring(page, looked.link.kind if looked.link else "")
        if looked.link is None:
            return ""
        return redacted(repr(looked.city.read(read, looked.link.kind).raws))
    except PageChanged as error:
        return error.missing
