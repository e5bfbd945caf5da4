import numpy as np
import pandas as pd
import pytest
from scipy.stats import binomtest

from kznet.evaluation.figures.bounds import alike, mean_interval, shares


def test_bounds_are_those_of_clopper_and_pearson():
    count, number = pd.Series([0, 3, 20]), pd.Series([20, 20, 20])
    found = shares(count, number)
    assert found["high"][0] == pytest.approx(1 - 0.025 ** (1 / 20))
    assert found["low"][2] == pytest.approx(0.025 ** (1 / 20))
    exact = binomtest(3, 20).proportion_ci(method="exact")
    assert found.loc[1, ["low", "high"]].to_list() == pytest.approx([exact.low, exact.high])


def test_of_nothing_there_is_no_share():
    assert shares(pd.Series([0]), pd.Series([0])).isna().all(axis=None)


def test_the_interval_of_a_mean_is_normal_and_stays_between_0_and_1():
    mean, low, high = mean_interval(np.array([0.0, 0.0, 0.0, 1.0]))
    assert (mean, low) == (0.25, 0.0)
    assert high == pytest.approx(0.25 + 1.96 * 0.5 / 2)
    assert np.isnan(mean_interval(np.array([]))).all()


def test_equal_shares_are_alike_and_opposite_ones_are_not():
    assert alike(np.array([5, 5, 5]), np.array([50, 50, 50])) == 1.0
    assert alike(np.array([0, 30]), np.array([30, 30])) < 0.001


def test_two_groups_give_the_p_of_the_exact_law():
    # Of 8 accounts 2 are called, both in the group of 4: 6 of 28 ways, and 6 for the other.
    assert alike(np.array([2, 0]), np.array([4, 4])) == pytest.approx(12 / 28, abs=0.02)


def test_where_nothing_can_differ_p_is_one():
    assert alike(np.array([0, 0]), np.array([5, 9])) == 1.0
    assert alike(np.array([3]), np.array([5])) == 1.0
