"""Reach: which share of all attention goes to an account's posts, with a bootstrap interval.

Accounting, not persuasion: who could have seen a post, never who believed it.
"""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from kznet.dataset import Dataset
from kznet.exposure.union import unions
from kznet.network import Network

TOP_SHARE: Final = 0.10
AUDIENCE_SHARE: Final = 0.01
_DRAWS: Final = 500
_BLOCK: Final = 5_000

Basis = Literal["followers of author and reposters", "reposters", "followers", "none"]


@dataclass(frozen=True, eq=False)
class Exposure:
    """`table`: account, exposure, exposure_low, exposure_high, reached; and what it counts."""

    table: pd.DataFrame
    basis: Basis


def exposure(data: Dataset, net: Network, *, seed: int = 0) -> Exposure:
    """Share of all attention that an account's posts got.

    The reach of a post is the number of distinct accounts that follow its author or one of its
    reposters; without follows, of its distinct reposters. Where no post is known at all, the
    reposters (or followers) of an account count once and there is no interval.

    Returns
    -------
    Exposure
        `exposure` sums to 1 over accounts (0 where nothing is known); the 95 % interval comes
        from 500 Poisson bootstrap draws of posts and is missing without posts; `reached` is
        the summed reach of the account's posts.

    References
    ----------
    Bootstrap: Efron (1979), https://doi.org/10.1214/aos/1176344552
    """
    author = data.authors
    reach, basis = _reach(data, net, author)
    known = np.flatnonzero((author >= 0) & (reach > 0))
    if len(known):
        share, low, high = _bootstrap(author[known], reach[known], len(net), seed)
        reached = np.bincount(author[known], reach[known], len(net))
    else:
        reached, basis = _without_posts(net)
        share = reached / max(reached.sum(), 1.0)
        low = high = np.full(len(net), np.nan)
    table = pd.DataFrame(
        {
            "account": net.accounts.astype("str"),
            "exposure": share,
            "exposure_low": low,
            "exposure_high": high,
            "reached": reached,
        }
    )
    return Exposure(table, basis)


def gate(table: pd.DataFrame) -> np.ndarray:
    """Whether each account has reach: among the top tenth, or at least 1 % of all attention.

    It is the lower bound of the interval that must reach either mark, and the value itself
    where there is no interval.
    """
    value = table["exposure"].to_numpy()
    bound = table["exposure_low"].fillna(table["exposure"]).to_numpy()
    tenth = np.quantile(value, 1 - TOP_SHARE) if len(value) else 0.0
    passed: np.ndarray = (bound > 0) & ((bound >= tenth) | (bound >= AUDIENCE_SHARE))
    return passed


def _reach(data: Dataset, net: Network, author: np.ndarray) -> tuple[np.ndarray, Basis]:
    """Distinct accounts reached by each post, shape (posts,)."""
    post, sharer = (data.ties[name].cat.codes.to_numpy() for name in ("post", "source"))
    shared = np.flatnonzero((data.ties["kind"] == "repost") & (post >= 0))
    named = np.flatnonzero(author >= 0)
    shape = (len(author), len(net))
    if "follow" not in net.layers:
        return np.diff(_pattern(post[shared], sharer[shared], shape).indptr), "reposters"
    rows = np.concatenate([post[shared], named])
    columns = np.concatenate([sharer[shared], author[named]])
    followers = csr_array(net.layers["follow"].T)
    return unions(_pattern(rows, columns, shape), followers), "followers of author and reposters"


def _pattern(rows: np.ndarray, columns: np.ndarray, shape: tuple[int, int]) -> csr_array:
    matrix = csr_array((np.ones(len(rows), dtype=np.int8), (rows, columns)), shape=shape)
    matrix.sum_duplicates()
    return matrix


def _bootstrap(
    author: np.ndarray, reach: np.ndarray, n: int, seed: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng([seed, 1])
    known, inverse = np.unique(author, return_inverse=True)
    reach = reach.astype(np.float64)
    draws = np.empty((_DRAWS, len(known)))
    for row in draws:
        weighted = reach * rng.poisson(1.0, len(reach))
        np.divide(np.bincount(inverse, weighted), max(weighted.sum(), 1.0), out=row)
    share = np.bincount(author, reach, n) / reach.sum()
    low, high = np.zeros(n), np.zeros(n)
    for begin in range(0, len(known), _BLOCK):
        some = slice(begin, begin + _BLOCK)
        low[known[some]], high[known[some]] = np.quantile(draws[:, some], [0.025, 0.975], axis=0)
    return share, low, high


def _without_posts(net: Network) -> tuple[np.ndarray, Basis]:
    for kind, basis in (("repost", "reposters"), ("follow", "followers")):
        if kind in net.layers and net.layers[kind].nnz:
            count = np.bincount(net.layers[kind].indices, minlength=len(net))
            return count.astype(np.float64), basis  # type: ignore[return-value]  # a tuple's strings lose their literal type in a loop
    return np.zeros(len(net)), "none"
