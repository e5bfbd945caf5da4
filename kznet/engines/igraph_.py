"""The default engine: igraph, and scipy for what sparse linear algebra gives faster."""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Final

import igraph
import numpy as np
from scipy.sparse import csr_array, triu

from kznet.engines import waves
from kznet.engines.linear import components, eigenvector, hits, katz, pagerank

__all__ = [
    "LeidenGraph",
    "betweenness",
    "clustering",
    "components",
    "constraint",
    "coreness",
    "eigenvector",
    "force_layout",
    "hits",
    "inverse_distances",
    "katz",
    "label_propagation",
    "pagerank",
]

_MOST_ITERATIONS: Final = 40
_AT_ONCE: Final = 1 << 20


@contextmanager
def _generator(seed: int) -> Iterator[None]:
    """Give igraph a generator of its own; its C core otherwise draws from Python's global one."""
    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311  # no secret depends on it
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)


def _graph(rows: np.ndarray, columns: np.ndarray, n: int, *, directed: bool) -> igraph.Graph:
    """Build from pairs one by one: of an array igraph makes a list of lists first."""
    places = range(0, len(rows), _AT_ONCE)
    slices = [slice(place, place + _AT_ONCE) for place in places]
    edges = (zip(rows[part].tolist(), columns[part].tolist(), strict=True) for part in slices)
    return igraph.Graph(n=n, edges=chain.from_iterable(edges), directed=directed)


def _directed(matrix: csr_array) -> igraph.Graph:
    entries = matrix.tocoo()
    return _graph(entries.row, entries.col, matrix.shape[0], directed=True)


def _undirected(matrix: csr_array) -> igraph.Graph:
    """Graph of a symmetric matrix, each tie once in row-major order."""
    upper = triu(matrix, k=1, format="coo")
    return _graph(upper.row, upper.col, matrix.shape[0], directed=False)


def coreness(undirected: csr_array) -> np.ndarray:
    """Largest k such that a node is in the k-core of a symmetric matrix, shape (n,)."""
    return np.array(_undirected(undirected).coreness(), dtype=np.float64)


def clustering(undirected: csr_array) -> np.ndarray:
    """Share of a node's neighbour pairs that are tied, shape (n,); 0 below two neighbours."""
    graph = _undirected(undirected)
    return np.array(graph.transitivity_local_undirected(mode="zero"), dtype=np.float64)


def constraint(undirected: csr_array) -> np.ndarray:
    """Burt's constraint on a weighted symmetric matrix, shape (n,); missing for isolates."""
    graph = _undirected(undirected)
    weights = triu(undirected, k=1, format="coo").data.tolist()
    return np.array(graph.constraint(weights=weights), dtype=np.float64)


def betweenness(matrix: csr_array, starts: Sequence[np.ndarray] | None = None) -> np.ndarray:
    """Shortest directed paths through each node: from all nodes, or from each set of starts.

    Shape (n,), or (sets, n).
    """
    graph = _directed(matrix)
    if starts is None:
        return np.array(graph.betweenness(directed=True), dtype=np.float64)
    return np.array([graph.betweenness(directed=True, sources=part.tolist()) for part in starts])


def inverse_distances(matrix: csr_array, starts: Sequence[np.ndarray]) -> np.ndarray:
    """Sum of 1 / directed distance from each set of starts to each node, shape (sets, n)."""
    found = waves.inverse_distances(matrix, starts)
    return _distances(matrix, starts) if found is None else found


def _distances(matrix: csr_array, starts: Sequence[np.ndarray]) -> np.ndarray:
    """Do the same start by start, which is better where paths are very long."""
    graph = _directed(matrix)
    total = np.zeros((len(starts), matrix.shape[0]))
    for row, part in zip(total, starts, strict=True):
        for start in part.tolist():
            distance = np.array(graph.distances(source=[start], mode="out")[0])
            row += np.divide(1.0, distance, out=np.zeros(len(row)), where=distance > 0)
    return total


def label_propagation(undirected: csr_array, *, seed: int = 0) -> np.ndarray:
    """Community of each node where each takes the label most of its neighbours have, shape (n,).

    References
    ----------
    Raghavan, Albert and Kumara (2007), https://doi.org/10.1103/PhysRevE.76.036106
    """
    graph = _undirected(undirected)
    weights = triu(undirected, k=1, format="coo").data.tolist()
    with _generator(seed):
        return np.array(graph.community_label_propagation(weights=weights).membership)


class LeidenGraph:
    """A weighted symmetric matrix, its upper half, as a graph on which Leiden runs many times.

    References
    ----------
    Traag, Waltman and van Eck (2019), https://doi.org/10.1038/s41598-019-41695-z
    """

    def __init__(self, weights: csr_array) -> None:
        upper = triu(weights, k=1, format="coo")
        self._graph = _graph(upper.row, upper.col, weights.shape[0], directed=False)
        self._graph.es["weight"] = upper.data.tolist()

    def run(self, *, resolution: float, seed: int, iterations: int) -> np.ndarray:
        """Community of each node, shape (n,); -1 iterations end when no node moves, or at 40.

        igraph's own -1 goes on for ever where equally good partitions lead to each other.
        """
        found: list[int] | None = None
        with _generator(seed):
            if iterations >= 0:
                return np.array(self._moved(found, resolution, iterations), dtype=np.int64)
            for _ in range(_MOST_ITERATIONS):
                before, found = found, self._moved(found, resolution, 1)
                if found == before:
                    break
        return np.array(found, dtype=np.int64)

    def _moved(self, start: list[int] | None, resolution: float, iterations: int) -> list[int]:
        found = self._graph.community_leiden(
            objective_function="modularity",
            weights="weight",
            resolution=resolution,
            n_iterations=iterations,
            initial_membership=start,
        )
        membership: list[int] = found.membership
        return membership

    def modularity(self, membership: np.ndarray, *, resolution: float) -> float:
        """Return the weighted modularity of a partition."""
        return float(self._graph.modularity(membership, weights="weight", resolution=resolution))

    def rewired(self, *, seed: int, swaps: int) -> "LeidenGraph":
        """Return a random graph with the same degrees: swaps a tie, weights shuffled over ties."""
        graph = self._graph.copy()
        weights = np.array(graph.es["weight"])
        with _generator(seed):
            graph.rewire(n=swaps * len(weights))
        np.random.default_rng(seed).shuffle(weights)
        graph.es["weight"] = weights.tolist()
        result = LeidenGraph.__new__(LeidenGraph)
        result._graph = graph
        return result

    def upper(self) -> csr_array:
        """Upper half of the matrix."""
        n = self._graph.vcount()
        ends = np.sort(np.array(self._graph.get_edgelist()).reshape(-1, 2), axis=1)
        return csr_array((np.array(self._graph.es["weight"]), tuple(ends.T)), shape=(n, n))


def force_layout(
    edges: np.ndarray, weights: np.ndarray, n: int, *, seed: int = 0, iterations: int = 300
) -> np.ndarray:
    """Fruchterman–Reingold positions around the origin, shape (n, 2), of ties of shape (m, 2).

    References
    ----------
    Fruchterman and Reingold (1991), https://doi.org/10.1002/spe.4380211102
    """
    graph = igraph.Graph(n=n, edges=edges)
    start = np.random.default_rng([seed, n]).normal(size=(n, 2))
    with _generator(seed):
        layout = graph.layout_fruchterman_reingold(
            weights=weights.tolist() or None, niter=iterations, seed=start.tolist()
        )
    places = np.array(layout.coords, dtype=np.float64)
    return np.asarray(places - places.mean(axis=0))
