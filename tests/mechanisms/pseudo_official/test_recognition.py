import numpy as np
import pandas as pd
import pytest

from kznet.dataset import Dataset
from kznet.mechanisms.pseudo_official.recognition import active, fitted, readers, recognition

SAME = np.zeros(4)


def test_accounts_of_one_size_share_one_rate():
    # chi-square ((2-3)^2 + (4-3)^2) / (6 * 1/4) = 4/3 on 3 degrees of freedom: no spread
    chance = fitted(np.array([2, 4, 3, 3]), np.full(4, 6), SAME).of(7.0)
    assert (chance.mean, chance.spread) == (pytest.approx(0.5), 0.0)
    assert chance.variance == pytest.approx(0.25 / 24)


def test_the_spread_is_what_chi_square_leaves_over():
    # chi-square 4 * (1-3)^2 / (6 * 1/4) = 32/3, over 3; less 1, over 5 more trials
    rate = fitted(np.array([1, 5, 1, 5]), np.full(4, 6), SAME)
    spread = (32 / 9 - 1) / 5
    assert rate.spread == pytest.approx(spread)
    assert rate.of(0.0).variance == pytest.approx(0.25 / 24 * (1 + 5 * spread))


def test_larger_accounts_are_never_expected_to_be_known_less():
    size = np.arange(4.0)
    chance = fitted(np.array([6, 4, 2, 0]), np.full(4, 6), size)
    assert chance.of(0.0).mean == chance.of(3.0).mean == pytest.approx(0.5)


def test_the_curve_solves_the_ridge_equations():
    size, known, trials = np.arange(6.0), np.array([1, 2, 2, 4, 3, 5]), np.full(6, 6)
    rate = fitted(known, trials, size)
    z = (size - size.mean()) / size.std()
    left = known - trials * np.array([rate.of(s).mean for s in size])
    assert rate.coefficients[1] > 0
    assert left.sum() == pytest.approx(0, abs=1e-8)
    assert (z * left).sum() == pytest.approx(rate.coefficients[1], abs=1e-8)


def test_a_size_outside_the_range_of_the_confirmed_counts_as_the_nearest():
    rate = fitted(np.array([1, 2, 4, 5]), np.full(4, 6), np.arange(4.0))
    assert rate.of(99.0) == rate.of(3.0)
    assert rate.of(-9.0) == rate.of(0.0)


@pytest.mark.parametrize(("known", "mean"), [(6, 24.5 / 25), (0, 0.5 / 25)])
def test_half_a_count_keeps_a_rate_off_the_edge(known: int, mean: float):
    assert fitted(np.full(4, known), np.full(4, 6), np.arange(4.0)).of(1.0).mean == (
        pytest.approx(mean)
    )


def test_only_active_confirmed_accounts_recognise_and_each_once():
    # a <-> b, c -> a;  b -> h twice, d -> h; d is confirmed and knows none of the others
    ties = pd.DataFrame(
        [
            ("x:a", "x:b", "follow"),
            ("x:b", "x:a", "repost"),
            ("x:c", "x:a", "follow"),
            ("x:b", "x:h", "follow"),
            ("x:b", "x:h", "repost"),
            ("x:d", "x:h", "follow"),
            ("x:h", "x:h", "follow"),
            ("x:z", "x:h", "follow"),
        ],
        columns=["source", "target", "kind"],
    )
    data = Dataset(ties=ties)
    ids = list(data.accounts["account"])
    confirmed = np.array([ids.index(name) for name in ("x:a", "x:b", "x:c", "x:d")])
    reader = readers(data)
    assert [ids[at] for at in active(reader, confirmed)] == ["x:a", "x:b", "x:c"]
    found = recognition(reader, confirmed)
    assert found.active == 3
    assert found.knows[ids.index("x:h")] == 1
    assert found.knows[ids.index("x:a")] == 2
    assert found.size[ids.index("x:h")] == pytest.approx(np.log(1 + 3))


def test_without_follows_size_is_in_reposters():
    ties = pd.DataFrame({"source": ["x:a", "x:b"], "target": "x:h", "kind": "repost"})
    reader = readers(Dataset(ties=ties))
    assert list(reader.size) == pytest.approx([0, 0, np.log(3)])
