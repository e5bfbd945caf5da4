"""Build, PageRank, HITS and coreness by kznet's own functions."""

import sys

import numpy as np

from benchmarks.targets.sides.laps import Laps
from kznet.loaders import load
from kznet.measures import centrality
from kznet.network import network

_MEASURES = ("pagerank", "hits_authority", "hits_hub", "coreness")


def main(folder: str, out: str) -> None:
    """Save the four measures, a row each, in the order of the accounts."""
    laps = Laps()
    data = load([f"{folder}/ties.parquet"])
    laps.lap("read")
    net = network(data)
    laps.lap("build")
    table = centrality(net, measures=_MEASURES).table
    laps.lap("measures")
    np.save(f"{out}/answer.npy", table.iloc[:, 1:].to_numpy().T)
    laps.tell({"accounts": len(net), "ties": net.total.nnz})


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
