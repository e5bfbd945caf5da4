"""Where a reader who follows ties at random ends up, and kindred fixed points."""

import numpy as np
from scipy.sparse import csr_array

from kznet.measures.registry import measure
from kznet.network import Network

_ROUNDS = 1_000


@measure()
def pagerank(net: Network) -> np.ndarray:
    """Attention that a reader gives who follows ties at random and sometimes starts anew.

    Damping .85; a reader at an account without ties out starts anew anywhere.

    Returns
    -------
    array of float, shape (n,)
        Sums to 1; high is central.

    References
    ----------
    Brin and Page (1998), https://doi.org/10.1016/S0169-7552(98)00110-X
    """
    n = len(net)
    if n == 0:
        return np.zeros(0)
    out = np.asarray(net.total.sum(axis=1))
    return settled(csr_array(net.total.T), out, np.full(n, 1 / n), tolerance=1e-12)


def settled(flow: csr_array, out: np.ndarray, rank: np.ndarray, *, tolerance: float) -> np.ndarray:
    """PageRank by steps from `rank` until all together move less than `tolerance`.

    `flow` is the weight of the ties into each account (rows), shape (n, n), and `out` its
    column sums.
    """
    n = len(rank)
    share = np.divide(1.0, out, out=np.zeros(n), where=out > 0)
    for _ in range(_ROUNDS):
        moved = 0.85 * (flow @ (rank * share) + rank[out == 0].sum() / n) + 0.15 / n
        if np.abs(moved - rank).sum() < tolerance:
            break
        rank = moved
    result: np.ndarray = moved / moved.sum()
    return result


@measure()
def eigenvector(net: Network) -> np.ndarray:
    """Attention from accounts that are given attention themselves (leading eigenvector).

    Returns
    -------
    array of float, shape (n,)
        Largest value 1; zero for all where there are no ties. In a network without cycles it
        gathers on the ends of the longest paths.

    References
    ----------
    Bonacich (1987), https://doi.org/10.1086/228631
    """
    return _leading(csr_array(net.total.T))[0]


@measure()
def katz(net: Network) -> np.ndarray:
    """Walks of any length that end at an account, long ones discounted.

    The discount is .85 over the leading eigenvalue (at most .85).

    Returns
    -------
    array of float, shape (n,)
        Largest value 1; equal for all where there are no ties.

    References
    ----------
    Katz (1953), https://doi.org/10.1007/BF02289026
    """
    flow = csr_array(net.total.T)
    alpha = 0.85 / max(_leading(flow)[1], 1.0)
    score = np.ones(len(net))
    for _ in range(_ROUNDS):
        moved = alpha * (flow @ score) + 1.0
        if np.abs(moved - score).max(initial=0.0) < 1e-10 * moved.max(initial=1.0):
            break
        score = moved
    result: np.ndarray = score / score.max(initial=1.0)
    return result


@measure()
def hits_authority(net: Network) -> np.ndarray:
    """Attention from accounts that attend to much-attended accounts (HITS authority).

    It gathers on the densest group of ties, so a high value may speak of one clique alone.

    Returns
    -------
    array of float, shape (n,)
        Largest value 1; zero for all where there are no ties.

    References
    ----------
    Kleinberg (1999), https://doi.org/10.1145/324133.324140
    """
    return _leading(net.total, folded=True)[0]


@measure()
def hits_hub(net: Network) -> np.ndarray:
    """Attention that an account gives to much-attended accounts (HITS hub).

    The name is the algorithm's; it has nothing to do with the hub table.

    Returns
    -------
    array of float, shape (n,)
        Largest value 1; zero for all where there are no ties.

    References
    ----------
    Kleinberg (1999), https://doi.org/10.1145/324133.324140
    """
    return _leading(csr_array(net.total.T), folded=True)[0]


def _leading(matrix: csr_array, *, folded: bool = False) -> tuple[np.ndarray, float]:
    """Leading eigenvector (largest entry 1) and eigenvalue of a non-negative matrix.

    A little of the vector is kept in each step, so that alternating networks settle too. With
    `folded` the matrix is M'M instead of M.
    """
    turned = csr_array(matrix.T) if folded else matrix
    vector = np.ones(matrix.shape[0])
    value = 0.0
    for _ in range(_ROUNDS):
        product = turned @ (matrix @ vector) if folded else matrix @ vector
        value = float(product.max(initial=0.0))
        if value == 0.0:
            return np.zeros(matrix.shape[0]), 0.0
        moved = product / value + 0.1 * vector
        moved /= moved.max()
        if np.abs(moved - vector).max() < 1e-10:
            break
        vector = moved
    return np.where(moved < 1e-9, 0.0, moved), value
