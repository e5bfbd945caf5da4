import numpy as np
import pytest
from sklearn.metrics import average_precision_score, roc_auc_score

from kznet.evaluation.figures.ranking import auroc, average_precision, ordered, recall_at


@pytest.mark.parametrize("levels", [2, 5, 1000])
def test_areas_equal_those_of_scikit_learn_with_and_without_ties(levels: int):
    rng = np.random.default_rng(levels)
    score = rng.integers(0, levels, 300).astype(float)
    positive = rng.random(300) < 0.2 + 0.3 * (score > levels / 2)
    assert auroc(score, positive) == pytest.approx(roc_auc_score(positive, score))
    expected = average_precision_score(positive, score)
    assert average_precision(score, positive) == pytest.approx(expected)


def test_a_score_that_says_nothing_is_a_coin():
    positive = np.array([True, False, False, False])
    assert auroc(np.zeros(4), positive) == 0.5
    assert average_precision(np.zeros(4), positive) == 0.25


def test_without_positives_there_is_no_area():
    none = np.zeros(3, dtype=bool)
    assert np.isnan(auroc(np.arange(3.0), none))
    assert np.isnan(average_precision(np.arange(3.0), none))
    assert np.isnan(recall_at(np.arange(3.0), none, ~none, rate=0.1))


def test_recall_is_taken_above_the_mark_that_so_many_hard_ones_pass():
    score = np.array([9.0, 7.0, 5.0, 8.0, 6.0, 4.0, 2.0])
    positive = np.array([True] * 3 + [False] * 4)
    assert recall_at(score, positive, ~positive, rate=0.0) == pytest.approx(1 / 3)
    assert recall_at(score, positive, ~positive, rate=0.25) == pytest.approx(2 / 3)


def test_the_second_key_decides_among_equals_alone_and_missing_comes_last():
    first, second = np.array([1.0, 2.0, 2.0, np.nan]), np.array([9.0, 1.0, 3.0, 9.0])
    assert ordered(first, second).tolist() == [1, 2, 3, 0]
