"""Build, PageRank, HITS and coreness by networkx."""

import sys

import networkx as nx
import numpy as np

from benchmarks.targets.sides.edges import read
from benchmarks.targets.sides.laps import Laps

_ROUNDS = 1_000


def main(folder: str, out: str) -> None:
    """Save the four measures, a row each; PageRank stops where kznet's does."""
    laps = Laps()
    columns = [column.tolist() for column in read(folder)]
    n = max(max(columns[0]), max(columns[1])) + 1
    laps.lap("read")
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(n))
    graph.add_weighted_edges_from(zip(*columns, strict=True))
    laps.lap("build")
    rank = nx.pagerank(graph, tol=1e-12 / n, max_iter=_ROUNDS)
    hub, authority = nx.hits(graph, max_iter=_ROUNDS)
    core = nx.core_number(graph.to_undirected())
    laps.lap("measures")
    answer = np.array([[found[i] for i in range(n)] for found in (rank, authority, hub, core)])
    answer[1:3] /= answer[1:3].max(axis=1, keepdims=True)
    np.save(f"{out}/answer.npy", answer)
    laps.tell({"accounts": n, "ties": graph.number_of_edges()})


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
