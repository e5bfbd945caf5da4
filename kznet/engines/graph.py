"""What every graph engine can do, and the engine of a name.

Matrices are `csr_array` of shape (n, n) in which [i, j] is the weight of the tie i → j;
`undirected` ones are symmetric. Values come as arrays of shape (n,).
"""

from collections.abc import Sequence
from typing import Literal, Protocol

import numpy as np
from scipy.sparse import csr_array

from kznet.errors import UnknownNameError
from kznet.registry import unknown


class Leiden(Protocol):
    """A graph on which Leiden runs many times."""

    def run(self, *, resolution: float, seed: int, iterations: int) -> np.ndarray:
        """Community of each node; -1 iterations end when no node moves."""

    def modularity(self, membership: np.ndarray, *, resolution: float) -> float:
        """Return the weighted modularity of a partition."""

    def rewired(self, *, seed: int, swaps: int) -> "Leiden":
        """Return a random graph with the same degrees: swaps a tie, weights shuffled over ties."""


class GraphEngine(Protocol):
    """The functions of a module of `kznet.engines`; each says more in the default engine."""

    def LeidenGraph(self, weights: csr_array) -> Leiden:  # noqa: N802  # a class there
        """Return a symmetric matrix as a graph for Leiden."""

    def pagerank(self, matrix: csr_array) -> np.ndarray:
        """Share of attention, summing to 1."""

    def hits(self, matrix: csr_array) -> tuple[np.ndarray, np.ndarray]:
        """Authority and hub scores, largest 1."""

    def eigenvector(self, matrix: csr_array) -> tuple[np.ndarray, float]:
        """Leading eigenvector, largest 1, and its eigenvalue."""

    def katz(self, matrix: csr_array, *, largest: float) -> np.ndarray:
        """Discounted walks, largest 1, given the largest eigenvalue."""

    def components(self, matrix: csr_array, *, connection: Literal["weak", "strong"]) -> np.ndarray:
        """Component, numbered from 0."""

    def coreness(self, undirected: csr_array) -> np.ndarray:
        """Largest k-core."""

    def clustering(self, undirected: csr_array) -> np.ndarray:
        """Share of neighbour pairs that are tied."""

    def constraint(self, undirected: csr_array) -> np.ndarray:
        """Burt's constraint."""

    def betweenness(
        self, matrix: csr_array, starts: Sequence[np.ndarray] | None = None
    ) -> np.ndarray:
        """Shortest paths through each node; of shape (sets, n) from sets of starts."""

    def inverse_distances(self, matrix: csr_array, starts: Sequence[np.ndarray]) -> np.ndarray:
        """Sum of 1 / distance from each set of starts, shape (sets, n)."""

    def label_propagation(self, undirected: csr_array, *, seed: int = 0) -> np.ndarray:
        """Community of each node."""


def graph_engine(name: str) -> GraphEngine:
    """Return the engine of a name, ``igraph`` or ``networkit``.

    Raises
    ------
    MissingDependencyError
        networkit is not installed.
    UnknownNameError
        There is no such engine.
    """
    if name == "igraph":
        from kznet.engines import igraph_

        return igraph_
    if name == "networkit":
        from kznet.engines import networkit_

        return networkit_
    raise UnknownNameError(unknown("graph engine", name, dict.fromkeys(["igraph", "networkit"])))
