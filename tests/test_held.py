"""What the gate holds back stands for as long as a run is not whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from modelcity.faults import Fault
from tiny import LISTING, Row, tiny

ROW = Row(day="2026-12-01", node="aaaaaaaaaaaa")
HELD = "boras/kommunstyrelsen.ics"


@pytest.mark.slow
def test_a_loss_is_not_believed_while_a_source_fails(tmp_path: Path) -> None:
    """Seen on two days with a failing source it stays held; on two days of whole runs it is so."""
    with tiny(tmp_path) as town:
        town.show([ROW, replace(ROW, day="2026-12-08", node="bbbbbbbbbbbb")])
        town.run("2026-11-24T09:00")
        path = tmp_path / "public" / HELD
        body = path.read_bytes()
        start, end = body.index(b"BEGIN:VEVENT"), body.index(b"END:VEVENT") + len(b"END:VEVENT\r\n")
        event = body[start:end]
        more = [event.replace(b"aaaaaaaaaaaa@", b"%012d@" % number) for number in range(6)]
        path.write_bytes(body[:start] + b"".join(more) + body[start:])
        town.model.faults[LISTING] = Fault(status=500)
        failing = [town.run(f"2026-11-{day}T09:00") for day in (25, 26, 27)]
        assert [[held.path for held in one.held] for one in failing] == [[HELD]] * 3
        assert [held.days for held in failing[-1].held] == [()]
        town.model.faults.clear()
        whole = [town.run(f"2026-11-{day}T09:00") for day in (28, 29)]
        assert [len(one.held) for one in whole] == [1, 0]
        assert path.read_bytes() == body
