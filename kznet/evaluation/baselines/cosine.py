"""Accounts that repost the same rare posts, and sit at the centre of those that do."""

from typing import Final

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from kznet.evaluation.baselines.flagged import share_by
from kznet.evaluation.baselines.scored import scored
from kznet.mechanisms.amplification import Prepared

_FEWEST: Final = 10
_CENTRAL: Final = 0.95
_STEPS: Final = 200


def cosine(prepared: Prepared, /, *, accounts: pd.Index, seed: int = 0) -> pd.DataFrame:
    """Share of reposts made by the accounts most central among those that repost the same posts.

    Each account is a vector of the posts that it reposts, weighted by their rarity (TF-IDF); two
    are as similar as the cosine of their vectors. Accounts with fewer than ten reposts are left
    out, and of the others those in the top 5 % of eigenvector centrality in the network of
    similarities are named. A source is scored by the share of its reposts that come from them.

    Returns
    -------
    DataFrame
        account, score (share in [0, 1]), p (missing: the method has no null).

    References
    ----------
    Similarity: Pacheco et al. (2021), https://doi.org/10.1609/icwsm.v15i1.18075; pruning by
    centrality: Luceri et al. (2024), https://doi.org/10.1145/3589334.3645529
    """
    events, n = prepared.kept, len(accounts)
    busy = np.flatnonzero(np.bincount(events.account, minlength=n) >= _FEWEST)
    central = np.zeros(n)
    mine = np.isin(events.account, busy)
    central[busy] = centrality(np.searchsorted(busy, events.account[mine]), events.post[mine])
    limit = np.quantile(central[busy], _CENTRAL) if len(busy) else np.inf
    named = (central >= limit) & (central > 0)
    return scored(prepared, accounts, share_by(events, named[events.account], n))


def centrality(account: np.ndarray, post: np.ndarray) -> np.ndarray:
    """Leading eigenvector of the cosine similarities, without ever writing them out."""
    post = np.unique(post, return_inverse=True)[1]
    rarity = 1 + np.log((account.max(initial=-1) + 2) / (np.bincount(post) + 1))
    length = np.sqrt(np.bincount(account, rarity[post] ** 2))
    shape = (len(length), len(rarity))
    vectors = csr_array((rarity[post] / length[account], (account, post)), shape=shape)
    turned = vectors.T.tocsr()
    v = np.ones(vectors.shape[0])
    for _ in range(_STEPS if len(v) else 0):
        v = vectors @ (turned @ v)
        v /= np.linalg.norm(v)
    return v
