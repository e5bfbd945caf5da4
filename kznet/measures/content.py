"""Measures that look at posts, not at accounts alone."""

import numpy as np

from kznet.dataset import Dataset
from kznet.measures.registry import measure
from kznet.network import Network


@measure(needs="reposts")
def h_index(net: Network, data: Dataset) -> np.ndarray:
    """Largest h such that h of an account's posts were reposted by at least h accounts each.

    Returns
    -------
    array of float, shape (n,)
        Whole numbers, at least 0; missing for all where reposts name no posts.

    References
    ----------
    DeVerna et al. (2024), https://doi.org/10.1371/journal.pone.0302201
    """
    ties = data.of_kind("repost")
    ties = ties[ties["post"].notna() & ties["target"].notna()]
    if ties.empty:
        return np.full(len(net), np.nan)
    codes = np.column_stack(
        [ties[name].cat.codes.to_numpy(dtype=np.int64) for name in ("target", "post", "source")]
    )
    codes = np.unique(codes[codes[:, 0] != codes[:, 2]], axis=0)
    posts, count = np.unique(codes[:, :2], axis=0, return_counts=True)
    order = np.lexsort([-count, posts[:, 0]])
    author, count = posts[order, 0], count[order]
    first = np.searchsorted(author, author)
    place = np.arange(len(author)) - first + 1
    counted = np.bincount(author, weights=count >= place, minlength=len(net))
    return counted.astype(np.float64)
