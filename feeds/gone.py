"""Which published paths were taken down for good: a list beside the files, itself not served."""

from __future__ import annotations

import json
import re
from typing import Final

FILE: Final = "gone.json"
"""The list, in the published folder; people may add to it."""

PAGE: Final = b"""\
<!doctype html>
<html lang="sv">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>Borttagen</title>
<p>Borttagen.
</html>
"""
"""What stands where the page of a forgotten record was."""

_NAME: Final = re.compile(r"(?:[a-z0-9][a-z0-9-]*/)*[a-z0-9][a-z0-9-]*(?:\.[a-z0-9]+)+")


def names(body: bytes) -> frozenset[str]:
    """Give the files that a list names, a folder by its page; what is no list names none.

    What is no name of ours is left out: nothing outside of the folder is ever meant.
    """
    try:
        listed = json.loads(body)
    except ValueError:
        return frozenset()
    paths = [str(path).removeprefix("/") for path in listed] if isinstance(listed, list) else []
    whole = (f"{path}index.html" if path.endswith("/") else path for path in paths)
    return frozenset(path for path in whole if _NAME.fullmatch(path))


def listed(paths: frozenset[str]) -> bytes:
    """Give the list of these files."""
    return (json.dumps(sorted(paths), indent=1) + "\n").encode()
