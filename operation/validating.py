"""Published files held against the rules of calendar apps and feed readers, for `validate`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from feeds.lint import ENDINGS, lint
from records.errors import ConfigError


def validate(files: Iterable[Path]) -> Iterator[str]:
    """Give a line for each finding, beginning with its file.

    ConfigError, before anything is told, for what is no file or none that there are rules for.
    """
    bodies = [(path, _body(path)) for path in files]
    for path, body in bodies:
        for finding in lint(str(path.absolute()), body):
            yield f"{path}: {finding}"


def _body(path: Path) -> bytes:
    if path.suffix not in ENDINGS:
        raise ConfigError(f"{path} has no rules: give files that end in {', '.join(ENDINGS)}")
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(
            f"{path} cannot be read ({error.strerror}): give the path of a file"
        ) from error
