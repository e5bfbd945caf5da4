"""Shortest paths along ties: exact on small networks, from a sample of starts on large ones."""

import numpy as np

from kznet.engines import igraph_
from kznet.measures.registry import Estimate, measure
from kznet.network import Network

EXACT_WORK = 3e8
SAMPLE = 256
_BATCHES = 16


def sources(net: Network, *, seed: int = 0) -> np.ndarray | None:
    """Starts for path measures: None (all) while n·(n+m) is at most 3e8, else 256 drawn."""
    n = len(net)
    if n * (n + net.total.nnz) <= EXACT_WORK or n <= SAMPLE:
        return None
    drawn: np.ndarray = np.random.default_rng(seed).choice(n, size=SAMPLE, replace=False)
    return drawn


@measure(needs="sources")
def betweenness(net: Network, starts: np.ndarray | None = None) -> Estimate:
    """How many shortest chains of ties pass through an account.

    Directed, unweighted, divided by (n-1)(n-2): 0 to 1. From a sample of starts the value is
    an estimate with the standard error of 16 batches.

    References
    ----------
    Brandes (2001), https://doi.org/10.1080/0022250X.2001.9990249; from a sample of starts:
    Brandes and Pich (2007), https://doi.org/10.1142/S0218127407018403
    """
    n = len(net)
    scale = 1.0 / max((n - 1) * (n - 2), 1)
    if starts is None:
        value = igraph_.betweenness(net.total) * scale
        return Estimate(value, np.zeros(n))
    sets = np.array_split(starts, _BATCHES)
    size = np.array([[len(part)] for part in sets])
    return _estimate(igraph_.betweenness(net.total, sets) * scale * n / size)


@measure(needs="sources")
def harmonic_closeness(net: Network, starts: np.ndarray | None = None) -> Estimate:
    """How near an account is to those whose ties lead to it: mean of 1 / distance.

    Directed, unweighted, 0 to 1; an account that no chain of ties reaches has 0. From a sample
    of starts the value is an estimate with the standard error of 16 batches.

    References
    ----------
    Marchiori and Latora (2000), https://doi.org/10.1016/S0378-4371(00)00311-3
    """
    n = len(net)
    scale = 1.0 / max(n - 1, 1)
    batches = max(n // 64, 1) if starts is None else _BATCHES
    chosen = np.arange(n) if starts is None else starts
    sets = np.array_split(chosen, batches)
    parts = igraph_.inverse_distances(net.total, sets)
    if starts is None:
        return Estimate(parts.sum(axis=0) * scale, np.zeros(n))
    size = np.array([[len(part)] for part in sets])
    return _estimate(parts * scale * n / size)


def _estimate(parts: np.ndarray) -> Estimate:
    error = parts.std(axis=0, ddof=1) / np.sqrt(len(parts))
    return Estimate(parts.mean(axis=0), error)
