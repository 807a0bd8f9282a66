"""Published files in which a record that was taken down is named yet, by its id or its page."""

from __future__ import annotations

import gzip
import html
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from feeds import gone
from feeds.folder import stands

_PACKED: Final = ".gz"


def naming(out: Path, ids: Iterable[str], urls: Iterable[str]) -> Iterator[str]:
    """Give the paths of all files below `out`, whoever made them, that have one of these names.

    `ids` are without the city. A twin goes by its file, and the list of what is gone is passed
    over.
    """
    # «kommunstyrelsen-20261201» does not stand in the id «kommunstyrelsen-20261201-2»
    sought = [rf"(?<![0-9a-z-]){re.escape(one)}(?![0-9a-z]|-\d+(?![0-9a-z-]))" for one in ids]
    spelled = {form for url in urls for form in (url, html.escape(url))}
    sought += [rf"{re.escape(form)}(?![\w/-])" for form in sorted(spelled)]
    names = re.compile("|".join(sought).encode())
    for path in sorted(out.rglob("*")):
        name = path.relative_to(out).as_posix()
        if not stands(path) or name == gone.FILE or stands(_plain(path)):
            continue
        if names.search(_body(path).replace(b"\r\n ", b"")):
            yield name


def _plain(path: Path) -> Path:
    """Give the file whose twin a path may be; for no twin a name that no file has."""
    return path.with_suffix("") if path.suffix == _PACKED else path / path.name


def _body(path: Path) -> bytes:
    body = path.read_bytes()
    if path.suffix != _PACKED:
        return body
    try:
        return gzip.decompress(body)
    except (OSError, EOFError):  # no packed file, whatever its name
        return body
