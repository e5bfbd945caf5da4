"""Who is tied to whom: one sparse matrix per kind of tie, in the order of one list of accounts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, get_index_dtype

from kznet.dataset import Dataset
from kznet.errors import DataError
from kznet.schema import KINDS

if TYPE_CHECKING:
    import igraph
    import networkx


@dataclass(frozen=True, eq=False)
class Network:
    """Accounts and their ties; position i in `accounts` is node i.

    `layers` maps a kind to a square array in which [i, j] is the weight of the tie i → j:
    i follows or reposts j. `loops` counts the ties of each kind from an account to itself,
    which the layers leave out. `engine` is the graph engine that measures it.
    """

    accounts: pd.Index
    layers: Mapping[str, csr_array]
    loops: Mapping[str, int] = field(default_factory=dict)
    engine: str = "igraph"

    def __post_init__(self) -> None:
        n = len(self.accounts)
        for kind, matrix in self.layers.items():
            if matrix.shape != (n, n):
                raise DataError(f"layer {kind!r}: found shape {matrix.shape}, wanted ({n}, {n})")

    def __len__(self) -> int:
        return len(self.accounts)

    @cached_property
    def total(self) -> csr_array:
        """Sum of all layers, shape (n, n)."""
        matrix = csr_array((len(self), len(self)), dtype=np.float64)
        for layer in self.layers.values():
            matrix = matrix + layer
        return matrix

    @cached_property
    def undirected(self) -> csr_array:
        """Who is tied with whom in either direction: symmetric, without loops, all ones."""
        matrix = self.total + self.total.T
        return csr_array((np.ones(matrix.nnz), matrix.indices, matrix.indptr), shape=matrix.shape)

    def only(self, *kinds: str) -> "Network":
        """Return the same accounts with these layers alone."""
        return replace(self, layers={kind: self.layers[kind] for kind in kinds})

    def subset(self, positions: Sequence[int] | np.ndarray) -> "Network":
        """Return the ties among the accounts at these positions, in the order given."""
        at = np.asarray(positions, dtype=np.int64)
        layers = {kind: csr_array(matrix[at][:, at]) for kind, matrix in self.layers.items()}
        return Network(self.accounts[at], layers, engine=self.engine)

    def renamed(self, names: Mapping[str, str]) -> "Network":
        """Return the same ties under other ids, sorted by them; every id must be in `names`."""
        accounts = pd.Index([names[account] for account in self.accounts], dtype="str")
        order = np.argsort(accounts.to_numpy(dtype=object), kind="stable")
        moved = replace(self, accounts=accounts).subset(order)
        return replace(moved, loops=self.loops)

    def edges(self) -> pd.DataFrame:
        """One row a tie: source, target, kind, weight; sorted by kind, source, target."""
        frames = []
        for kind, matrix in self.layers.items():
            entries = matrix.tocoo()
            frame = pd.DataFrame(
                {
                    "source": self.accounts[entries.row],
                    "target": self.accounts[entries.col],
                    "kind": kind,
                    "weight": entries.data,
                }
            )
            frames.append(frame)
        columns = {"source": "str", "target": "str", "kind": "str", "weight": "float64"}
        empty = pd.DataFrame({name: pd.Series(dtype=dtype) for name, dtype in columns.items()})
        return pd.concat(frames, ignore_index=True) if frames else empty

    def to_igraph(self) -> "igraph.Graph":
        """Return a directed igraph graph: vertex `name`; edge `kind`, `weight`; parallel kinds."""
        import igraph

        graph = igraph.Graph(n=len(self), directed=True)
        graph.vs["name"] = list(self.accounts)
        coordinates = [(matrix.tocoo(), kind) for kind, matrix in self.layers.items()]
        for entries, kind in coordinates:
            attributes = {"kind": [kind] * entries.nnz, "weight": entries.data.tolist()}
            graph.add_edges(np.column_stack([entries.row, entries.col]), attributes=attributes)
        return graph

    def to_networkx(self) -> "networkx.MultiDiGraph[str]":
        """Return a networkx multigraph keyed by kind; edge attributes `kind` and `weight`."""
        import networkx

        graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
        graph.add_nodes_from(self.accounts)
        edges = self.edges()
        columns = (edges[name].to_list() for name in ("source", "target", "kind", "weight"))
        for source, target, kind, weight in zip(*columns, strict=True):
            graph.add_edge(source, target, key=kind, kind=kind, weight=weight)
        return graph

    @classmethod
    def from_igraph(cls, graph: "igraph.Graph") -> "Network":
        """Build from an igraph graph; without `kind` every tie counts as a follow."""
        if "name" in graph.vs.attributes():
            names = [str(name) for name in graph.vs["name"]]
        else:
            names = [str(i) for i in range(graph.vcount())]
        frame = pd.DataFrame(graph.get_edgelist(), columns=["source", "target"])
        for column, default in (("kind", "follow"), ("weight", 1.0)):
            known = column in graph.es.attributes()
            frame[column] = graph.es[column] if known else default
        names_of = np.array(names, dtype=object)
        frame["source"] = names_of[frame["source"].to_numpy(dtype=np.int64)]
        frame["target"] = names_of[frame["target"].to_numpy(dtype=np.int64)]
        return _from_edges(names, frame)

    @classmethod
    def from_networkx(cls, graph: "networkx.Graph[Any]") -> "Network":
        """Build from any networkx graph; an undirected tie counts in both directions."""
        rows = [
            (str(a), str(b), attributes.get("kind", "follow"), attributes.get("weight", 1.0))
            for a, b, attributes in graph.to_directed(as_view=True).edges(data=True)
        ]
        frame = pd.DataFrame(rows, columns=["source", "target", "kind", "weight"])
        return _from_edges([str(node) for node in graph.nodes], frame)


def network(data: Dataset, *, kinds: Sequence[str] = KINDS) -> Network:
    """Sum the ties of a dataset into one sparse matrix per kind; O(m).

    Following is a state: repeated rows of one follow count once, with the largest weight. The
    weights of all other kinds add up. Ties without a target (a share of a post whose author is
    unknown) are in no layer.
    """
    n = len(data.accounts)
    layers: dict[str, csr_array] = {}
    loops: dict[str, int] = {}
    for kind in kinds:
        ties = data.of_kind(kind)
        if ties.empty:
            continue
        source = ties["source"].cat.codes.to_numpy(dtype=np.int64)
        target = ties["target"].cat.codes.to_numpy(dtype=np.int64)
        loops[kind] = int((source == target).sum())
        keep = (target >= 0) & (source != target)
        weight = ties["weight"].to_numpy()[keep]
        layers[kind] = _matrix(source[keep], target[keep], weight, n, largest=kind == "follow")
    return Network(pd.Index(data.accounts["account"]), layers, loops)


def _matrix(
    source: np.ndarray, target: np.ndarray, weight: np.ndarray, n: int, *, largest: bool
) -> csr_array:
    """Aggregate to one entry a pair; the weights arrive sorted, so that sums repeat exactly."""
    key = source * n + target
    order = np.argsort(key, kind="stable")
    distinct, start = np.unique(key[order], return_index=True)
    combine = np.maximum if largest else np.add
    value = combine.reduceat(weight[order], start) if len(distinct) else weight[order]
    keep = value > 0
    rows, columns = np.divmod(distinct[keep], max(n, 1))
    narrow = get_index_dtype(maxval=max(n, len(distinct)))
    place = rows.astype(narrow), columns.astype(narrow)
    return csr_array((value[keep], place), shape=(n, n))


def _from_edges(names: Sequence[str], edges: pd.DataFrame) -> Network:
    accounts = pd.DataFrame({"account": pd.Series(list(names), dtype="str")})
    return network(Dataset(accounts=accounts, ties=edges))
