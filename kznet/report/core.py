"""The part of a large network that other programs can still open."""

from dataclasses import replace
from typing import Final

import numpy as np

from kznet.analysis import Analysis
from kznet.report.map.selection import audience

MOST_TIES: Final = 500_000


def core(analysis: Analysis, *, most: int = MOST_TIES) -> Analysis:
    """Keep as many accounts of the largest audience as have at most so many ties among them.

    A smaller network stays as it is. Only `network` changes; of accounts with the same audience
    the first by id stay.
    """
    net = analysis.network
    ends = [(matrix.tocoo().row, matrix.tocoo().col) for matrix in net.layers.values()]
    if sum(len(source) for source, _ in ends) <= most:
        return analysis
    rank = np.empty(len(net), dtype=np.int64)
    order = np.argsort(-audience(net), kind="stable")
    rank[order] = np.arange(len(net))
    needed = np.concatenate([np.maximum(rank[source], rank[target]) for source, target in ends])
    kept = int(np.partition(needed, most)[most])
    return replace(analysis, network=net.subset(np.sort(order[:kept])))
