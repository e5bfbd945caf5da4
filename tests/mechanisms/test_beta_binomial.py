import numpy as np
import pytest

from kznet.mechanisms.beta_binomial import Chance, moments


def test_a_spread_of_a_third_around_a_half_makes_every_count_as_likely():
    even = Chance(0.5, 1 / 3, 0.0)
    assert [even.lower(k, 9) for k in range(10)] == pytest.approx([k / 10 for k in range(1, 11)])
    assert [even.upper(k, 9) for k in range(10)] == pytest.approx(
        [k / 10 for k in range(10, 0, -1)]
    )
    assert even.band(8) == (0, 4, 8)


def test_doubt_about_the_mean_counts_like_spread():
    # a = b = 1/2: P(X = 0) = b (b + 1) / ((a + b) (a + b + 1))
    assert Chance(0.5, 0.5, 0.0).lower(0, 2) == pytest.approx(0.375)
    assert Chance(0.5, 0.0, 0.125).lower(0, 2) == pytest.approx(0.375)


def test_without_spread_it_is_nearly_binomial():
    assert Chance(0.5, 0.0, 0.0).lower(0, 4) == pytest.approx(1 / 16, abs=2e-4)


@pytest.mark.parametrize(("mean", "likely"), [(0.0, 0), (1.0, 9)])
def test_a_mean_at_the_edge_leaves_one_count(mean: float, likely: int):
    edge = Chance(mean, 0.0, 0.0)
    assert edge.lower(likely, 9) - (edge.lower(likely - 1, 9) if likely else 0) > 0.999


def test_accounts_that_agree_have_no_spread():
    found = moments(np.array([5, 5]), np.array([10, 10]))
    assert (found.mean, found.spread) == (0.5, 0.0)
    assert found.variance == pytest.approx(0.25 / 10 / 2)


def test_the_spread_is_what_chance_leaves_of_the_variance():
    # shares .2 and .6: variance .08, of which .4 * .6 / 10 = .024 is chance
    found = moments(np.array([2, 6]), np.array([10, 10]))
    assert found.spread == pytest.approx((0.08 - 0.024) / (0.24 * 0.9))
    assert found.variance == pytest.approx(0.04)
    assert moments(np.array([0, 10]), np.array([10, 10])).spread == 1.0
    assert moments(np.array([0, 0]), np.array([10, 10])) == Chance(0.0, 0.0, 0.0)
