"""What hosts asked of us is kept whatever becomes of the run that was asked."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from modelcity.faults import Fault
from records.errors import Stopped
from records.store import Store
from runs import settings
from tiny import Row, tiny


def _breaks(error: type[Exception]) -> Callable[[object], None]:
    def progress(_: object) -> None:
        raise error

    return progress


@pytest.mark.parametrize(
    ("dry", "progress"),
    [(True, print), (False, _breaks(ZeroDivisionError)), (False, _breaks(Stopped))],
    ids=["dry", "broken", "stopped"],
)
def test_a_host_s_wish_outlives_a_run_that_writes_nothing_else(
    dry: bool,  # noqa: FBT001 - a parameter of the test
    progress: Callable[[object], None],
    tmp_path: Path,
) -> None:
    """Who tries something out, or trips over it, is no more welcome within the hour."""
    with tiny(tmp_path) as city:
        city.show([Row(day="2026-12-07")])
        city.model.faults["*sammantrade*"] = Fault(status=503, headers={"Retry-After": "3600"})
        with suppress(ZeroDivisionError, Stopped):
            city.run("2026-11-23T15:00", dry_run=dry, progress=progress)
        assert city.model.requests
        with Store.open(settings(tmp_path, city.model.origin).store) as store:
            assert (list(store.pages("boras")), store.last_run("boras")) == ([], None)
        city.model.requests.clear()
        report = city.run("2026-11-23T15:59")
        assert city.model.requests == []
        assert "asks to be left alone" in " ".join(report.troubles)
        city.run("2026-11-23T16:01")
        assert city.model.requests
