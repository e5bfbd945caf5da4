import numpy as np

from kznet.simulate.draws import pareto, pick, pick_distinct, stream


def test_streams_repeat_and_differ_by_seed_name_and_number() -> None:
    first = stream(1, "posts").random()
    others = [stream(2, "posts"), stream(1, "follows"), stream(1, "posts", 1)]
    assert stream(1, "posts").random() == first
    assert first not in [other.random() for other in others]


def test_picks_come_in_proportion_to_their_weights() -> None:
    found = pick(np.random.default_rng(1), np.array([1.0, 0.0, 3.0]), 10_000)
    share = np.bincount(found, minlength=3) / 10_000
    assert share[1] == 0
    assert abs(share[2] - 0.75) < 0.02


def test_distinct_picks_never_repeat_and_never_take_a_zero() -> None:
    weights = np.array([1.0, 0.0, 2.0, 5.0])
    found = pick_distinct(np.random.default_rng(1), weights, 10)
    assert sorted(found.tolist()) == [0, 2, 3]


def test_the_pareto_tail_is_as_asked_and_is_cut() -> None:
    found = pareto(np.random.default_rng(1), 100_000, tail=1.6, cap=12)
    assert found.min() >= 1
    assert found.max() == 12
    assert abs(np.mean(found > 4) - 4**-1.6) < 0.005
