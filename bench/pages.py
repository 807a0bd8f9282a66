"""Time the pages: `./run python -m bench.pages [MEETINGS]` renders those of a made-up city."""

from __future__ import annotations

import sys
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from editions import AGENDA, COMMITTEES, at, edition, meeting, revision
from feeds.page import pages
from records.model import AgendaItem, Decision


def main(number: int) -> None:
    """Print how long views and pages of so many meetings take, and how large the pages are."""
    first = date(2025, 1, 7)
    agenda = tuple(AgendaItem(number=str(n), title=f"Ärende {n}") for n in range(1, 16))
    made = edition(
        [
            revision(
                meeting(
                    f"{n:x}",
                    committee=COMMITTEES[n % len(COMMITTEES)].slug,
                    start=at(first + timedelta(days=n)),
                    agenda=agenda,
                    documents=(AGENDA,) * 3,
                    decisions=(Decision(title="Lekplats", text="Bifall."),) * 3,
                )
            )
            for n in range(number)
        ],
        committees=COMMITTEES,
    )
    begun = time.process_time()
    known = list(pages(made, ()))
    seen = time.process_time()
    bodies = [one.render() for one in known]
    done = time.process_time()
    kinds = Counter(one.template for one in known)
    print(f"{len(known)} pages: {dict(kinds)}")
    print(f"views {seen - begun:.2f} s, pages {done - seen:.2f} s of one core")
    print(f"{len(known) / (done - begun):.0f} pages a second, {sum(map(len, bodies)):,} octets")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
