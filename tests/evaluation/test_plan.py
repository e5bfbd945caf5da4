import pytest

from kznet.errors import DataError, UnknownNameError
from kznet.evaluation.plan import (
    AS_MADE,
    DEGRADED,
    REDRAWN,
    WITHOUT_PLANTS,
    Plan,
    read_seeds,
    tasks,
)


def test_seeds_are_numbers_and_ranges_with_both_ends():
    assert read_seeds("5") == (5,)
    assert read_seeds("0-2, 9") == (0, 1, 2, 9)


@pytest.mark.parametrize("text", ["", "a", "1-2-3", "-1", "1,,2"])
def test_seeds_that_are_no_numbers_are_refused(text: str):
    with pytest.raises(DataError, match="wanted numbers and ranges"):
        read_seeds(text)


@pytest.mark.parametrize("text", ["3-1", "1,1", "0-3,2"])
def test_no_seed_or_one_twice_is_refused(text: str):
    with pytest.raises(DataError, match="names none, or one of them twice"):
        read_seeds(text)


def test_every_world_comes_in_the_variants_that_its_seed_is_asked_for():
    plan = Plan(("small",), ("latency", "sessions"), (4, 5), nulls=1, degrade=1, redraw=2)
    found = [(task.variant, task.seed) for task in tasks(plan) if task.generator == "sessions"]
    assert found == [(AS_MADE, 4), (AS_MADE, 5), (WITHOUT_PLANTS, 4), *((d, 4) for d in DEGRADED)]
    again = [task for task in tasks(plan) if task.variant == REDRAWN]
    assert [task.draw for task in again] == [0, 1]


def test_worlds_without_plants_have_none_and_ask_for_finer_p():
    (_, bare) = tasks(Plan(("compact",), seeds=(0,), nulls=1))
    assert [bare.world.parts[name] for name in ("m1", "m2", "m3")] == [0, 0, 0]
    assert bare.world.parts["fans"] == 1
    assert bare.finest < bare.q


def test_a_world_keeps_its_own_generator_unless_one_is_named():
    (task,) = tasks(Plan(("sessions",), seeds=(0,)))
    assert task.generator == "sessions"


def test_unknown_names_are_refused_before_anything_runs():
    with pytest.raises(UnknownNameError, match="unknown world"):
        tasks(Plan(("smal",)))
    with pytest.raises(UnknownNameError, match="unknown generator"):
        tasks(Plan(generators=("latencies",)))


def test_one_redraw_has_nothing_to_be_compared_with():
    with pytest.raises(DataError, match="0 or at least 2"):
        tasks(Plan(redraw=1))
