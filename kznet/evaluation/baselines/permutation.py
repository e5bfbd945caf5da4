"""Repeated meetings within a minute, against accounts permuted inside posts."""

import pandas as pd

from kznet.evaluation.baselines.repeats import repeats
from kznet.mechanisms.amplification import Prepared


def permutation(prepared: Prepared, /, *, accounts: pd.Index, seed: int = 0) -> pd.DataFrame:
    """The same pairs meet in the same minute more often than if anyone reposted at any time.

    The null keeps who reposts a post and when it is reposted, and lets any of them have been
    the one who came at each time. It knows no habits: accounts that are always quick, or read
    at the same hour, meet more often than it allows.

    Returns
    -------
    DataFrame
        account, score (-log10 p, ties told apart), p (of 199 draws).

    References
    ----------
    Permutation of labels: Phipson and Smyth (2010), https://doi.org/10.2202/1544-6115.1585
    """
    return repeats(prepared, accounts, blocks=1, margin=0.0, seed=seed)
