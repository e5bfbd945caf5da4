"""Where something that spreads along ties would best start."""

import numpy as np
from scipy.sparse import csr_array

from kznet.engines.graph import graph_engine
from kznet.measures.registry import measure
from kznet.network import Network

SEATS = 200
_WORK = 50_000_000


@measure()
def coreness(net: Network) -> np.ndarray:
    """Largest k such that the account is among others with k neighbours each (k-core).

    On the undirected network: a tie in both directions counts once.

    Returns
    -------
    array of float, shape (n,)
        Whole numbers, at least 0; high is deep in the core.

    References
    ----------
    Seidman (1983), https://doi.org/10.1016/0378-8733(83)90028-X
    """
    return graph_engine(net.engine).coreness(net.undirected)


@measure()
def voterank(net: Network) -> np.ndarray:
    """Turn in which an account is elected as a spreader, counted from the end.

    On the undirected network; 200 are elected at most.

    Returns
    -------
    array of float, shape (n,)
        The first elected has the highest value; 0 for those not elected.

    References
    ----------
    Zhang et al. (2016), https://doi.org/10.1038/srep27823
    """
    ties = net.undirected
    ability = np.ones(len(net))
    score = ties @ ability
    weakened = len(net) / max(ties.nnz, 1)
    result = np.zeros(len(net))
    for seat in range(min(SEATS, len(net)), 0, -1):
        elected = int(np.argmax(score))
        if score[elected] <= 0:
            break
        result[elected] = seat
        loss = np.zeros(len(net))
        around = ties.indices[ties.indptr[elected] : ties.indptr[elected + 1]]
        loss[around] = np.minimum(ability[around], weakened)
        loss[elected] = ability[elected]
        ability -= loss
        touched = np.append(around, elected)
        score -= ties[touched].T @ loss[touched]
        score[result > 0] = -1.0
    return result


@measure()
def collective_influence(net: Network) -> np.ndarray:
    """Degree of an account times the degrees at distance two (radius 2).

    On the undirected network, CI = (k-1) · Σ (k_j - 1) over the accounts j at distance two.

    Returns
    -------
    array of float, shape (n,)
        At least 0; high is many. Where the neighbourhoods of all accounts hold too many
        entries it is computed for the accounts of highest degree and missing for the others.

    References
    ----------
    Morone and Makse (2015), https://doi.org/10.1038/nature14604
    """
    ties = net.undirected
    degree = np.diff(ties.indptr)
    result = np.full(len(net), np.nan)
    order = np.lexsort([np.arange(len(net)), -degree])
    work = np.cumsum((ties @ degree.astype(np.float64))[order])
    for part in _parts(order, work):
        rows = ties[part]
        ball = csr_array((rows @ ties + rows).astype(bool))
        outer = ball @ (degree - 1.0) - rows @ (degree - 1.0)
        outer -= np.where(degree[part] > 0, degree[part] - 1.0, 0.0)
        result[part] = np.maximum(degree[part] - 1, 0) * outer
    return result


def _parts(order: np.ndarray, work: np.ndarray) -> list[np.ndarray]:
    """Split the accounts within the total work into parts of a twentieth of it."""
    within = order[work <= _WORK]
    if not len(within):
        return []
    slot = (work[: len(within)] // (_WORK / 20)).astype(np.int64)
    return np.split(within, np.flatnonzero(np.diff(slot)) + 1)
