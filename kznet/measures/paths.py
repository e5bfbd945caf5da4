"""Shortest paths along ties: exact on small networks, from a sample of starts on large ones."""

from functools import partial
from typing import Final

import numpy as np
from scipy.sparse import csr_array

from kznet.engines.graph import graph_engine
from kznet.measures.registry import Estimate, measure
from kznet.network import Network
from kznet.parallel import spread

EXACT_WORK = 3e8
SAMPLE: Final = 256
_FEWER: Final = 64
_MANY_TIES: Final = 5_000_000
_BATCHES: Final = 16
_TASKS: Final = 4
_WORTHWHILE: Final = 1e8


def sources(net: Network, *, seed: int = 0) -> np.ndarray | None:
    """Starts for path measures: None (all) while n·(n+m) is at most 3e8, else 256 drawn.

    Above 5 million ties 64 are drawn.
    """
    n, m = len(net), net.total.nnz
    if n * (n + m) <= EXACT_WORK or n <= SAMPLE:
        return None
    size = SAMPLE if m <= _MANY_TIES else _FEWER
    drawn: np.ndarray = np.random.default_rng(seed).choice(n, size=size, replace=False)
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
        value = graph_engine(net.engine).betweenness(net.total) * scale
        return Estimate(value, np.zeros(n))
    sets = np.array_split(starts, _BATCHES)
    size = np.array([[len(part)] for part in sets])
    run = partial(_through, matrix=net.total, engine=net.engine)
    tasks = [sets[begin : begin + _TASKS] for begin in range(0, _BATCHES, _TASKS)]
    worthwhile = len(starts) * net.total.nnz > _WORTHWHILE
    parts = list(spread(run, tasks, worthwhile=worthwhile))
    return _estimate(np.concatenate(parts) * scale * n / size)


def _through(sets: list[np.ndarray], *, matrix: csr_array, engine: str) -> np.ndarray:
    return graph_engine(engine).betweenness(matrix, sets)


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
    engine = graph_engine(net.engine)
    if starts is None:
        value = engine.inverse_distances(net.total, [np.arange(n)])[0]
        return Estimate(value * scale, np.zeros(n))
    sets = np.array_split(starts, _BATCHES)
    size = np.array([[len(part)] for part in sets])
    return _estimate(engine.inverse_distances(net.total, sets) * scale * n / size)


def _estimate(parts: np.ndarray) -> Estimate:
    error = parts.std(axis=0, ddof=1) / np.sqrt(len(parts))
    return Estimate(parts.mean(axis=0), error)
