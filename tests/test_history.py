"""Whatever a city does and whatever fails: no meeting is lost, doubled or falsely called off."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from history import History

STEPS = 25


@pytest.mark.slow
def test_a_city_and_a_simple_model_of_it_agree(counts: Callable[[int], int]) -> None:
    """UIDs are stable, sequences rise, and the fold of many runs is one run."""
    chosen = settings(max_examples=counts(20), stateful_step_count=STEPS)
    run_state_machine_as_test(History, settings=chosen)
