"""Build, PageRank, HITS and coreness by bare calls of scipy and igraph."""

import sys

import igraph
import numpy as np
from scipy.sparse import csr_array

from benchmarks.targets.sides.edges import read
from benchmarks.targets.sides.laps import Laps

_TOLERANCE, _ROUNDS = 1e-12, 1_000


def pagerank(matrix: csr_array) -> np.ndarray:
    """Damping .85; who has no ties out starts anew anywhere."""
    n, out = matrix.shape[0], np.asarray(matrix.sum(axis=1))
    share = np.divide(1.0, out, out=np.zeros(n), where=out > 0)
    flow, rank, idle = csr_array(matrix.T), np.full(n, 1 / n), out == 0
    for _ in range(_ROUNDS):
        before = rank
        rank = 0.85 * (flow @ (before * share) + before[idle].sum() / n) + 0.15 / n
        if np.abs(rank - before).sum() < _TOLERANCE:
            break
    return rank


def hits(matrix: csr_array) -> tuple[np.ndarray, np.ndarray]:
    """Authorities and hubs, the largest of either 1."""
    turned, authority = csr_array(matrix.T), np.ones(matrix.shape[0])
    for _ in range(_ROUNDS):
        before = authority
        authority = turned @ (matrix @ before)
        authority /= authority.max()
        if np.abs(authority - before).max() < 1e-10:
            break
    hub = matrix @ authority
    return authority, hub / hub.max()


def coreness(matrix: csr_array) -> np.ndarray:
    """On the undirected graph, in which a tie in both directions counts once."""
    both = csr_array(matrix + matrix.T).tocoo()
    upper = both.row < both.col
    edges = np.column_stack([both.row[upper], both.col[upper]])
    return np.array(igraph.Graph(n=matrix.shape[0], edges=edges).coreness(), dtype=np.float64)


def main(folder: str, out: str) -> None:
    """Save the four measures, a row each."""
    laps = Laps()
    source, target, weight = read(folder)
    laps.lap("read")
    n = int(max(source.max(), target.max())) + 1
    matrix = csr_array((weight, (source, target)), shape=(n, n))
    laps.lap("build")
    answer = np.vstack([pagerank(matrix), *hits(matrix), coreness(matrix)])
    laps.lap("measures")
    np.save(f"{out}/answer.npy", answer)
    laps.tell({"accounts": n, "ties": matrix.nnz})


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
