"""How well a score puts planted accounts before innocent ones."""

import numpy as np
from scipy.stats import rankdata


def auroc(score: np.ndarray, positive: np.ndarray) -> float:
    """Chance that a positive one scores above a negative one, ties counted half.

    Returns
    -------
    float
        In [0, 1], .5 where the score says nothing; missing without positives or negatives.

    Examples
    --------
    >>> auroc(np.array([3.0, 1.0, 2.0, 2.0]), np.array([True, False, True, False]))
    0.875
    """
    n, m = int(positive.sum()), int((~positive).sum())
    if not n or not m:
        return float("nan")
    return float((rankdata(score)[positive].sum() - n * (n + 1) / 2) / (n * m))


def average_precision(score: np.ndarray, positive: np.ndarray) -> float:
    """Area under the curve of precision against recall: the precision at each new recall, summed.

    Accounts with the same score come in together, so that their order does not matter.

    Returns
    -------
    float
        In [0, 1], the share of positives where the score says nothing; missing without any.
    """
    if not positive.any():
        return float("nan")
    order = np.argsort(-score, kind="stable")
    last = np.flatnonzero(np.diff(score[order], append=-np.inf) != 0)
    right = np.cumsum(positive[order])[last]
    gained = np.diff(right, prepend=0) / positive.sum()
    return float((gained * right / (last + 1)).sum())


def recall_at(score: np.ndarray, positive: np.ndarray, hard: np.ndarray, *, rate: float) -> float:
    """Share of positives above the lowest mark that at most this share of `hard` ones passes.

    Returns
    -------
    float
        In [0, 1]; missing without positives or hard ones.
    """
    if not positive.any() or not hard.any():
        return float("nan")
    ranked = np.sort(score[hard])[::-1]
    allowed = int(np.floor(rate * len(ranked)))
    mark = ranked[allowed] if allowed < len(ranked) else -np.inf
    return float((score[positive] > mark).mean())


def ordered(*keys: np.ndarray) -> np.ndarray:
    """One score out of several: the first decides, each next where all before are equal.

    Each key is higher for stronger evidence; missing values come last.
    """
    codes = [np.unique(np.nan_to_num(key, nan=-np.inf), return_inverse=True)[1] for key in keys]
    result = np.zeros(len(codes[0]), dtype=np.int64)
    for code in codes:
        result = np.unique(result * (int(code.max(initial=0)) + 1) + code, return_inverse=True)[1]
    return result.astype(np.float64)
