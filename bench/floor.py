"""What nobody can go below: the same pages over one kept connection, parsed by lxml, nothing else.

    python -m bench.floor ORIGIN FILE

FILE holds a path a line.
"""

from __future__ import annotations

import sys
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from lxml import html


def main(origin: str, paths: Path) -> None:
    """Ask for each, and parse it."""
    connection = HTTPConnection(urlsplit(origin).netloc)
    for path in paths.read_text("utf-8").splitlines():
        connection.request("GET", path)
        body = connection.getresponse().read()
        if body.lstrip().startswith(b"<"):
            html.document_fromstring(body)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
