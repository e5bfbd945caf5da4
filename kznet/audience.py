"""How many accounts of the data listen to each account."""

import numpy as np

from kznet.dataset import Dataset


def audience(data: Dataset) -> np.ndarray:
    """Distinct other accounts that follow or repost each account, shape (accounts,).

    In the order of `data.accounts`. An account that does both, or does it often, counts once.
    """
    ties = data.of_kind("follow", "repost")
    n = max(len(data.accounts), 1)
    source, target = (ties[end].cat.codes.to_numpy(np.int64) for end in ("source", "target"))
    heard = (target >= 0) & (source != target)
    pairs = np.unique(target[heard] * n + source[heard])
    return np.bincount(pairs // n, minlength=len(data.accounts))
