"""The undirected weighted graph of a layer on which communities are sought."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from kznet.engines.graph import Leiden, graph_engine
from kznet.network import Network

CAMP_LAYERS = ("follow", "repost")


@dataclass(frozen=True, eq=False)
class LayerGraph:
    """A symmetric matrix over the accounts that have a tie, and their positions."""

    name: str
    weights: csr_array
    positions: np.ndarray
    isolates: int
    engine: str = "igraph"

    @property
    def n(self) -> int:
        """Accounts with a tie."""
        return len(self.positions)

    @property
    def m(self) -> int:
        """Ties, a tie in both directions counting once."""
        return int(self.weights.nnz) // 2

    @cached_property
    def leiden(self) -> Leiden:
        """The graph in the form that Leiden takes; each process makes its own."""
        return graph_engine(self.engine).LeidenGraph(self.weights)

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "leiden"}


def layer_graphs(net: Network) -> list[LayerGraph]:
    """Graphs of the follow and repost layers; of all others where there is neither.

    Replies, mentions and quotes cross camps as often as they follow them.
    """
    kinds = [kind for kind in net.layers if kind in CAMP_LAYERS] or list(net.layers)
    return [_graph(kind, _collapsed(kind, net.layers[kind]), net.engine) for kind in kinds]


def combined(graphs: list[LayerGraph], net: Network) -> LayerGraph:
    """Return the plain sum of these layers; their natural scale is kept."""
    n = len(net)
    total = csr_array((n, n), dtype=np.float64)
    for graph in graphs:
        total = total + _collapsed(graph.name, net.layers[graph.name])
    return _graph(" + ".join(graph.name for graph in graphs), csr_array(total), net.engine)


def _collapsed(kind: str, matrix: csr_array) -> csr_array:
    """W + W': a follow weighs 1 a direction, anything else log(1 + count)."""
    weights = matrix.astype(np.float64, copy=True)
    weights.data = np.ones(weights.nnz) if kind == "follow" else np.log1p(weights.data)
    return csr_array(weights + weights.T)


def _graph(name: str, weights: csr_array, engine: str) -> LayerGraph:
    positions = np.flatnonzero(np.diff(weights.indptr))
    isolates = weights.shape[0] - len(positions)
    inner = csr_array(weights[positions][:, positions])
    return LayerGraph(name, inner, positions, isolates, engine)
