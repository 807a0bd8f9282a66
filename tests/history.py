"""A city's meetings as a simple model, changed at random, and what must hold after each run."""

from __future__ import annotations

import json
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from agreement import BODIES, Told, agrees, published, shown, stands
from modelcity.addresses import CALENDAR
from modelcity.faults import Fault
from operation.report import BUSY, WRONG
from records.model import ZONE
from records.wording import day
from runs import MORNING
from tiny import LISTING, Row, Tiny, tiny

FIRST: Final = date(2027, 1, 4)
"""Later than any day on which the model runs, so that every meeting is to come."""

CANCELLED: Final = "Sammanträdet är inställt."
PLACES: Final = ("Stadshuset", "Borgen", "Kulturhuset, Röda rummet")
CLOCKS: Final = ("00.00", "09.00", "14.00", "18.30", "23.59")
FAULTS: Final = (
    Fault(status=500),
    Fault(status=404),
    Fault(close=True),
    Fault(truncate=200),
    Fault(body=b"<html><body><h1>Underh\xc3\xa5ll</h1></body></html>"),
    Fault(body=b""),
)


class _Killed(BaseException):
    """Raised in the middle of a walk, as a signal would be."""


class History(RuleBasedStateMachine):
    """A city that adds, moves, cancels, archives and forgets meetings, on a server that fails."""

    def __init__(self) -> None:
        super().__init__()
        self.closing = ExitStack()
        folder = self.closing.enter_context(tempfile.TemporaryDirectory())
        self.tiny: Tiny = self.closing.enter_context(tiny(Path(folder)))
        self.rows: dict[int, Row] = {}  # by number, in the order of the list
        self.gone: dict[int, Row] = {}  # taken off both lists, and their pages with them
        self.told: dict[int, Told] = {}
        self.only: dict[int, str] = {}  # which list shows a meeting that the other does not
        self.met: set[int] = set()  # seen by a good run as they are: row or page, day and committee
        self.lost = False  # the store, and no good run since
        self.days = 0  # days given to a meeting: no two share one
        self.now = datetime.fromisoformat(MORNING).replace(tzinfo=ZONE)

    def teardown(self) -> None:
        """Fold all runs: one run into an empty folder sees the city as many runs left it."""
        self.tiny.model.faults.clear()
        if self.rows:
            self._run()
            many = shown(self.tiny, self.rows.values())
            with tempfile.TemporaryDirectory() as folder:
                once = Tiny(self.tiny.model, Path(folder))
                once.run(self.now.isoformat())
                assert shown(once, self.rows.values()) == many
        self.closing.close()

    def _day(self) -> str:
        self.days += 1
        return f"{FIRST + timedelta(days=self.days)}"

    @initialize(paged=st.lists(st.booleans(), min_size=1, max_size=6))
    def begin(self, paged: list[bool]) -> None:
        """Begin with some meetings."""
        for own in paged:
            self.add(own, "14.00")

    @rule(own=st.booleans(), clock=st.sampled_from(CLOCKS))
    def add(self, own: bool, clock: str) -> None:  # noqa: FBT001 - drawn by hypothesis
        """Show a meeting more, with a page of its own or without."""
        day = self._day()
        node = f"1a2b3c{self.days:06x}" if own else None
        self.rows[self.days] = Row(day=day, clock=clock, node=node)

    def _change(self, data: st.DataObject, *, paged: bool | None = None, **values: Any) -> None:  # noqa: ANN401 - fields of Row
        found = [n for n, row in self.rows.items() if paged is None or bool(row.node) is paged]
        if found:
            number = data.draw(st.sampled_from(found))
            self.rows[number] = replace(self.rows[number], **values)

    def _move(self, data: st.DataObject, **values: Any) -> None:  # noqa: ANN401 - as above
        """Change what a good run has seen as it is, by which alone it can be known again."""
        found = sorted(self.met & self.rows.keys())
        paged = [n for n in found if self.rows[n].node]
        if paged:
            number = data.draw(st.sampled_from(paged))
            self.rows[number] = replace(self.rows[number], **values)
            self.met.discard(number)

    @rule(data=st.data(), clock=st.sampled_from(CLOCKS), place=st.sampled_from(PLACES))
    def change(self, data: st.DataObject, clock: str, place: str) -> None:
        """Correct an hour and a place; the page's address tells the new hour."""
        self._change(data, clock=clock, place=place)

    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        """Move a meeting that has a page to another day."""
        self._move(data, day=self._day())

    @rule(data=st.data())
    def move_row(self, data: st.DataObject) -> None:
        """Move a meeting without a page, and say from where."""
        found = [n for n in sorted(self.met & self.rows.keys()) if not self.rows[n].node]
        if found:
            number = data.draw(st.sampled_from(found))
            row = self.rows[number]
            left = f"Flyttat från {day(date.fromisoformat(row.day), year=True).sv}"
            self.rows[number] = replace(row, day=self._day(), remark=left)
            self.met.discard(number)

    @rule(data=st.data(), body=st.sampled_from(BODIES))
    def hand_over(self, data: st.DataObject, body: str) -> None:
        """Give a meeting that has a page to another committee, or give it back."""
        self._move(data, body=body)

    @rule(data=st.data())
    def make_anew(self, data: st.DataObject) -> None:
        """Delete a meeting's page and make another; a run looks before anything else is done."""
        if not self.lost:
            self.days += 1
            self._move(data, node=f"1a2b3c{self.days:06x}")
            self._run()

    @rule(data=st.data())
    def give_page(self, data: st.DataObject) -> None:
        """Give a meeting without a page one of its own, which does not say from where it moved."""
        known = {n for n, row in self.rows.items() if n in self.met or not row.remark}
        found = [n for n in self.rows if n in known and not self.rows[n].node]
        if found:
            self.days += 1
            number = data.draw(st.sampled_from(found))
            node = f"1a2b3c{self.days:06x}"
            self.rows[number] = replace(self.rows[number], node=node, remark="")
            self.met.discard(number)

    @rule(data=st.data())
    def archive(self, data: st.DataObject) -> None:
        """Move a meeting's page to the archive: its address changes, its node does not."""
        self._change(data, paged=True, folder="/tidigarear")

    @rule(data=st.data(), note=st.sampled_from((CANCELLED, "")))
    def cancel(self, data: st.DataObject, note: str) -> None:
        """Call a meeting off, or take that back."""
        self._change(data, note=note)

    @rule(data=st.data())
    def publish(self, data: st.DataObject) -> None:
        """List a file on a meeting's page."""
        name = "download/18.aa/1700000000000/Kallelse.pdf"
        self._change(data, paged=True, files=(name,))

    @precondition(lambda self: self.rows)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        """Take a meeting off the lists and its page down, without a word."""
        number = data.draw(st.sampled_from(list(self.rows)))
        self.gone[number] = self.rows.pop(number)

    @precondition(lambda self: self.gone)
    @rule(data=st.data())
    def show_again(self, data: st.DataObject) -> None:
        """Show again what was taken off."""
        number = data.draw(st.sampled_from(list(self.gone)))
        self.rows[number] = self.gone.pop(number)

    @rule(data=st.data(), which=st.sampled_from((CALENDAR, LISTING, "")))
    def list_on(self, data: st.DataObject, which: str) -> None:
        """Show a meeting on one list alone, or on both."""
        if self.rows:
            self.only[data.draw(st.sampled_from(list(self.rows)))] = which

    @rule(data=st.data())
    def reorder(self, data: st.DataObject) -> None:
        """List the meetings in another order."""
        order = data.draw(st.permutations(list(self.rows)))
        self.rows = {number: self.rows[number] for number in order}

    @rule(fault=st.sampled_from(FAULTS), which=st.sampled_from((CALENDAR, LISTING, "*")))
    def fail(self, fault: Fault, which: str) -> None:
        """Run while a list, or all of the site, cannot be had or read."""
        self.tiny.model.faults[which] = fault
        self._run(well=False)
        self.tiny.model.faults.clear()

    @rule(share=st.floats(0.05, 0.95), which=st.sampled_from((CALENDAR, LISTING)))
    def truncate(self, share: float, which: str) -> None:
        """Run while a list ends in its middle, though the server says that it is whole."""
        self._show()
        body = self.tiny.model.pages[which]
        self.tiny.model.faults[which] = Fault(body=body[: int(len(body) * share)])
        self._run(well=False)
        self.tiny.model.faults.clear()

    @rule(pages=st.integers(0, 5))
    def kill(self, pages: int) -> None:
        """End a run after some pages, as a signal would."""
        self._show()
        left = iter(range(pages))

        def progress(_: object) -> None:
            if next(left, None) is None:
                raise _Killed

        try:
            self.tiny.run(self._later(), progress=progress)
        except _Killed:
            return
        self._check(well=True)

    @rule()
    def lose_store(self) -> None:
        """Lose the store; the published folder stays."""
        for path in self.tiny.folder.glob("kallelse.db*"):
            path.unlink()
        self.lost = True

    @rule()
    def run(self) -> None:
        """Run, and compare."""
        self._run()

    def _later(self) -> str:
        self.now += timedelta(minutes=95)
        return self.now.isoformat()

    def _show(self) -> None:
        own = {n for n, row in self.rows.items() if row.body == BODIES[0]}
        listing = [row for n, row in self.rows.items() if n in own and self.only.get(n) != CALENDAR]
        planned = [n for n in self.rows if n not in own or self.only.get(n) != LISTING]
        self.tiny.show([self.rows[n] for n in planned], listing)

    def _run(self, *, well: bool = True) -> None:
        self._show()
        report = self.tiny.run(self._later())
        assert report.exit not in {WRONG, BUSY}
        self._check(well=well)

    def _check(self, *, well: bool) -> None:
        """Compare what is exported and published with the model."""
        if not (self.tiny.folder / "kallelse.db").exists():
            return
        exported = self.tiny.meetings()
        by_day = {row["start"][:10]: row for row in exported}
        assert len(by_day) == len(exported), json.dumps(exported, indent=1)
        for number, row in self.rows.items():
            if row.day in by_day or well:
                self._remember(number, by_day[row.day])
        if well:
            for row in self.rows.values():
                agrees(row, by_day[row.day])
            self.met |= self.rows.keys()
            self.lost = False
        for number in self.gone.keys() & self.told.keys():
            stands(self.told[number], self.gone[number], exported)
        published(self.tiny.folder / "public", exported)

    def _remember(self, number: int, found: dict[str, Any]) -> None:
        """A meeting keeps its id and UID for ever, and its sequence never falls."""
        before = self.told.get(number)
        if before:
            assert (found["id"], found["uid"]) == (before.id, before.uid)
            assert found["sequence"] >= before.sequence
        self.told[number] = Told(id=found["id"], uid=found["uid"], sequence=found["sequence"])
        assert len({told.uid for told in self.told.values()}) == len(self.told)


def tried(cases: int, steps: int) -> None:
    """Try so many histories of so many steps, each time others; the shortest that fails is told."""
    chosen = settings(
        max_examples=cases,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(History, settings=chosen)
