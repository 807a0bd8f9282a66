"""Where a list has moved to is believed as long as the city means it, and as long as it is there.

Whole updates of a tiny city: what holds for a single request stands in `test_address.py`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from modelcity.faults import Fault
from records.state import SourceState
from tiny import LISTING, Row, Tiny, tiny

ELSEWHERE: Final = "/kommunochpolitik/tillfallig.html"
ROWS: Final = (Row(day="2026-12-07"), Row(day="2026-12-14"))


def asked(city: Tiny, now: str) -> tuple[list[str], SourceState]:
    """Give which of the list's two addresses an update asked, and how the list did."""
    city.model.requests.clear()
    report = city.run(now)
    (listing,) = (source for source in report.sources if source.name == "kommunstyrelsen")
    paths = [request.path for request in city.model.requests]
    return [path for path in paths if path in {LISTING, ELSEWHERE}], listing


@pytest.mark.slow
@pytest.mark.parametrize(
    ("status", "after"),
    [
        (302, None),
        (303, None),
        (307, None),
        (301, Fault(status=404)),
        (301, Fault(status=410)),
        (308, Fault(body=b"<h1>Driftstopp</h1>")),
    ],
)
def test_a_list_is_asked_at_its_own_address_again(
    status: int, after: Fault | None, tmp_path: Path
) -> None:
    """What leads there for now is forgotten; what led for good, when no list is there any more."""
    with tiny(tmp_path) as city:
        city.show(ROWS)
        city.model.pages[ELSEWHERE] = city.model.pages[LISTING]
        city.model.faults[LISTING] = Fault(status=status, redirect=ELSEWHERE)
        assert asked(city, "2026-11-23T14:00")[0] == [LISTING, ELSEWHERE]
        city.model.faults.clear()
        if after:
            city.model.faults[ELSEWHERE] = after
        first, second = (asked(city, f"2026-11-23T{hour}:00") for hour in (15, 16))
        assert (first[1].ok, second[1].ok) == (True, True)
        assert first[0] == ([ELSEWHERE, LISTING] if after else [LISTING])
        assert second[0] == [LISTING]


def test_a_page_for_maintenance_does_not_say_that_a_list_is_unchanged(tmp_path: Path) -> None:
    """It answers 304 to the list's date: nothing was learnt of the list, and that is said."""
    with tiny(tmp_path) as city:
        city.show(ROWS)
        city.run()
        city.model.faults[LISTING] = Fault(redirect="/driftstopp.html")
        city.model.pages["/driftstopp.html"] = b"<h1>Driftstopp</h1>"
        city.model.faults["/driftstopp.html"] = Fault(status=304)
        _, listing = asked(city, "2026-11-23T15:00")
        assert not listing.ok
        assert not {"if-none-match", "if-modified-since"} & {*city.model.requests[-1].headers}
