"""Counts and sums of an account's own ties."""

import numpy as np

from kznet.measures.registry import measure
from kznet.network import Network


@measure()
def in_degree(net: Network) -> np.ndarray:
    """How many accounts follow or repost this one.

    Returns
    -------
    array of float, shape (n,)
        Whole numbers, at least 0; high is many.
    """
    return np.bincount(net.total.indices, minlength=len(net)).astype(np.float64)


@measure()
def out_degree(net: Network) -> np.ndarray:
    """How many accounts this one follows or reposts.

    Returns
    -------
    array of float, shape (n,)
        Whole numbers, at least 0; high is many.
    """
    return np.diff(net.total.indptr).astype(np.float64)


@measure()
def in_strength(net: Network) -> np.ndarray:
    """Audience: the summed weight of the ties into each account.

    Returns
    -------
    array of float, shape (n,)
        At least 0, in reposts (or follows); high is much.

    References
    ----------
    Barrat et al. (2004), https://doi.org/10.1073/pnas.0400087101
    """
    return np.asarray(net.total.sum(axis=0), dtype=np.float64)


@measure()
def out_strength(net: Network) -> np.ndarray:
    """Activity: the summed weight of the ties out of each account.

    Returns
    -------
    array of float, shape (n,)
        At least 0, in reposts (or follows); high is much.
    """
    return np.asarray(net.total.sum(axis=1), dtype=np.float64)


@measure()
def reciprocity(net: Network) -> np.ndarray:
    """Share of an account's neighbours tied with it in both directions.

    Returns
    -------
    array of float, shape (n,)
        0 to 1; missing without neighbours.
    """
    pattern = net.total.astype(bool)
    both = np.diff(pattern.multiply(pattern.T).tocsr().indptr)
    either = np.diff(net.undirected.indptr)
    share = np.full(len(net), np.nan)
    np.divide(both, either, out=share, where=either > 0)
    return share
