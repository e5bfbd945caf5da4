import numpy as np
import pytest
from scipy.stats import false_discovery_control

from kznet.hubs.control import adjusted

RNG = np.random.default_rng(31)


def test_alone_it_is_the_rule_of_benjamini_and_hochberg():
    for size in (1, 2, 7, 40):
        p = np.round(RNG.random(size) ** 2, 2).clip(1e-4)
        assert adjusted(p, np.zeros(size)) == pytest.approx(false_discovery_control(p))


def test_a_test_of_which_neither_half_comes_near_counts_for_nothing():
    p, least = np.array([0.02, 0.7, 0.9]), np.array([0.001, 0.5, 0.8])
    assert adjusted(p, least)[0] == 0.02
    assert adjusted(p, np.zeros(3))[0] == pytest.approx(0.06)


def test_no_q_is_below_its_p_and_the_order_never_matters():
    p = RNG.random((2, 60)).max(axis=0)
    least = p * RNG.random(60)
    found = adjusted(p, least)
    assert (found >= p).all()
    order = RNG.permutation(60)
    assert (adjusted(p[order], least[order]) == found[order]).all()


@pytest.mark.parametrize("families", ["neither", "one half", "either half"])
def test_where_no_test_should_reject_few_families_do(families: str):
    # Small families of four, as claimants to be official come: at most 5 % with any rejection.
    pair = RNG.random((4_000, 4, 2))
    if families != "neither":
        pair[:, :, 0] = 1e-6
    if families == "either half":
        pair[:, 2:] = pair[:, 2:, ::-1]
    rejected = [(adjusted(one.max(axis=1), one.min(axis=1)) <= 0.05).any() for one in pair]
    assert np.mean(rejected) <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 4_000)
