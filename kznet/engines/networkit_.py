"""The engine for tens of millions of ties: communities by networkit, the rest by the default.

Building networkit's graph takes longer than the default's coreness and clustering together. One
thread only: with two the same seed gives other communities.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from scipy.sparse import csr_array, triu

from kznet.engines import igraph_
from kznet.engines.choice import missing
from kznet.engines.igraph_ import (
    betweenness,
    clustering,
    constraint,
    coreness,
    inverse_distances,
)
from kznet.engines.linear import components, eigenvector, hits, katz, pagerank

try:
    import networkit
except ImportError as error:
    raise missing("networkit") from error

__all__ = [
    "LeidenGraph",
    "betweenness",
    "clustering",
    "components",
    "constraint",
    "coreness",
    "eigenvector",
    "hits",
    "inverse_distances",
    "katz",
    "label_propagation",
    "pagerank",
]
_MOST_ITERATIONS = 40


@contextmanager
def _one_thread(seed: int = 0) -> Iterator[None]:
    """Run on one thread from a seed, and hand the threads back."""
    threads = networkit.getMaxNumberOfThreads()
    networkit.setNumberOfThreads(1)
    networkit.setSeed(seed, False)
    try:
        yield
    finally:
        networkit.setNumberOfThreads(threads)


def _undirected(matrix: csr_array) -> networkit.Graph:
    """Weighted graph of the upper half of a symmetric matrix."""
    upper = triu(matrix, k=1, format="coo")
    place = (upper.row.astype(np.uint64), upper.col.astype(np.uint64))
    entries = (upper.data.astype(np.float64), place)
    return networkit.GraphFromCoo(entries, n=matrix.shape[0], weighted=True)


def label_propagation(undirected: csr_array, *, seed: int = 0) -> np.ndarray:
    """Community of each node where each takes the label most of its neighbours have, shape (n,).

    References
    ----------
    Raghavan, Albert and Kumara (2007), https://doi.org/10.1103/PhysRevE.76.036106
    """
    with _one_thread(seed):
        run = networkit.community.PLP(_undirected(undirected)).run()
    return _membership(run)


def _membership(run: networkit.community.CommunityDetector) -> np.ndarray:
    found = np.array(run.getPartition().getVector(), dtype=np.int64)
    result: np.ndarray = np.unique(found, return_inverse=True)[1]
    return result


class LeidenGraph:
    """A weighted symmetric matrix, its upper half, as a graph on which Leiden runs many times.

    References
    ----------
    Traag, Waltman and van Eck (2019), https://doi.org/10.1038/s41598-019-41695-z
    """

    def __init__(self, weights: csr_array) -> None:
        self._weights = triu(weights, k=1, format="csr")
        self._graph = _undirected(self._weights)

    def run(self, *, resolution: float, seed: int, iterations: int) -> np.ndarray:
        """Community of each node, shape (n,); -1 iterations end when no node moves, or at 40."""
        most = iterations if iterations >= 0 else _MOST_ITERATIONS
        with _one_thread(seed):
            run = networkit.community.ParallelLeiden(
                self._graph, iterations=most, gamma=resolution
            ).run()
        return _membership(run)

    def modularity(self, membership: np.ndarray, *, resolution: float) -> float:
        """Return the weighted modularity of a partition."""
        ties = self._weights.tocoo()
        inside = ties.data[membership[ties.row] == membership[ties.col]].sum()
        whole = ties.data.sum()
        strength = np.asarray(self._weights.sum(axis=0)) + np.asarray(self._weights.sum(axis=1))
        share = np.bincount(membership, strength) / (2 * whole)
        return float(inside / whole - resolution * (share**2).sum())

    def rewired(self, *, seed: int, swaps: int) -> "LeidenGraph":
        """Return a random graph with the same degrees: swaps a tie, weights shuffled over ties."""
        return LeidenGraph(
            igraph_.LeidenGraph(self._weights).rewired(seed=seed, swaps=swaps).upper()
        )
